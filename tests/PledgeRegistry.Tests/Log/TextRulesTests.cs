using System.Globalization;
using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class TextRulesTests
{
    [Theory]
    [InlineData("")]
    [InlineData("plain text,\n\tin two lines\r\n")]
    [InlineData("\u200eleft\u200f right\u061c")]
    [InlineData("\u2066one \u2067two\u2069\u2069 \u2068three\u2069")]
    [InlineData("🌍 👩‍⚕️ الصحة \u2028 \u2029 \u00a0 \ufeff \ufffd")]
    [InlineData("q\u0323\u0307")]
    public void Text_of_any_language_is_allowed(string text) => TextRules.Check(text);

    [Theory]
    [InlineData("a\0b", 2, "U+0000")]
    [InlineData("\u001b", 1, "U+001B")]
    [InlineData("ab\u007f", 3, "U+007F")]
    [InlineData("\u0085", 1, "U+0085")]
    [InlineData("\u009f", 1, "U+009F")]
    [InlineData("x\u202a", 2, "U+202A")]
    [InlineData("\u202e", 1, "U+202E")]
    [InlineData("\uffff", 1, "U+FFFF")]
    public void A_refusal_names_the_character_and_its_place(string text, int place, string character)
    {
        var refused = Assert.Throws<TextRefusedException>(() => TextRules.Check(text));
        Assert.StartsWith(string.Create(CultureInfo.InvariantCulture, $"Character {place} ({character}) is "), refused.Reason, StringComparison.Ordinal);
        Assert.Null(refused.Field);
    }

    // Not as inline data: an attribute's text can't hold half a character.
    [Fact]
    public void Half_a_character_is_refused_and_a_whole_one_is_not()
    {
        A_refusal_names_the_character_and_its_place("🌍\ud800", 3, "U+D800");
        A_refusal_names_the_character_and_its_place("\udc00\ud800", 1, "U+DC00");
        A_refusal_names_the_character_and_its_place("\ud83cx", 1, "U+D83C");
        TextRules.Check("\ud83c\udf0d");
    }

    [Theory]
    [InlineData("\u2066never closed")]
    [InlineData("never opened\u2069")]
    [InlineData("\u2069\u2066")]
    [InlineData("\u2066\u2067one closed\u2069")]
    public void Isolates_must_be_balanced(string text) =>
        Assert.Contains("isolate", Assert.Throws<TextRefusedException>(() => TextRules.Check(text)).Reason, StringComparison.Ordinal);

    [Fact]
    public void Every_embedding_and_override_and_every_control_character_is_refused()
    {
        var refused = Enumerable.Range(0, 0xffff).Where(c => c is < 0xd800 or > 0xdfff && !Allowed((char)c)).ToList();
        int[] expected = [.. Enumerable.Range(0, 0x20).Where(c => c is not ('\t' or '\n' or '\r')), .. Enumerable.Range(0x7f, 0x21), .. Enumerable.Range(0x202a, 5), 0x2066, 0x2067, 0x2068, 0x2069, 0xfffe];
        Assert.Equal(expected, refused);
    }

    [Fact]
    public void What_is_taken_for_plain_is_allowed_and_in_composed_form()
    {
        for (var c = 0; c <= 0xffff; c++)
        {
            var text = ((char)c).ToString();
            if (TextRules.IsPlainAscii(text))
            {
                TextRules.Check(text);
                Assert.True(text.IsNormalized());
                Assert.True(c < 0x7f);
            }
        }
    }

    private static bool Allowed(char c)
    {
        try
        {
            TextRules.Check(c.ToString());
            return true;
        }
        catch (TextRefusedException)
        {
            return false;
        }
    }
}

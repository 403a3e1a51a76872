using System.Globalization;
using System.Runtime.CompilerServices;
using System.Text;
using FsCheck;
using FsCheck.Fluent;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class CanonicalJsonTests
{
    private static readonly string Vectors = Path.Combine(Folder(), "..", "Vectors", "jcs");

    public static TheoryData<string> Published => [.. Directory.GetFiles(Path.Combine(Vectors, "input")).Select(f => Path.GetFileName(f)).Order(StringComparer.Ordinal)];

    [Theory]
    [MemberData(nameof(Published))]
    public void The_published_cases_of_RFC_8785_come_out_byte_for_byte(string file)
    {
        var input = File.ReadAllBytes(Path.Combine(Vectors, "input", file));
        var expected = File.ReadAllBytes(Path.Combine(Vectors, "output", file));
        Assert.Equal(Encoding.UTF8.GetString(expected), Encoding.UTF8.GetString(CanonicalJson.Canonicalize(input)));
        Assert.Equal(expected, CanonicalJson.Canonicalize(expected));
    }

    [Fact]
    public void All_published_cases_are_there() => Assert.Equal(6, Published.Count);

    /// <summary>RFC 8785, appendix B; every expected text was also had from a JavaScript engine's String(x).</summary>
    [Theory]
    [InlineData(0x0000000000000000, "0")]
    [InlineData(0x8000000000000000, "0")]
    [InlineData(0x0000000000000001, "5e-324")]
    [InlineData(0x8000000000000001, "-5e-324")]
    [InlineData(0x7fefffffffffffff, "1.7976931348623157e+308")]
    [InlineData(0xffefffffffffffff, "-1.7976931348623157e+308")]
    [InlineData(0x4340000000000000, "9007199254740992")]
    [InlineData(0xc340000000000000, "-9007199254740992")]
    [InlineData(0x4430000000000000, "295147905179352830000")]
    [InlineData(0x44b52d02c7e14af5, "9.999999999999997e+22")]
    [InlineData(0x44b52d02c7e14af6, "1e+23")]
    [InlineData(0x44b52d02c7e14af7, "1.0000000000000001e+23")]
    [InlineData(0x444b1ae4d6e2ef4e, "999999999999999700000")]
    [InlineData(0x444b1ae4d6e2ef4f, "999999999999999900000")]
    [InlineData(0x444b1ae4d6e2ef50, "1e+21")]
    [InlineData(0x3eb0c6f7a0b5ed8c, "9.999999999999997e-7")]
    [InlineData(0x3eb0c6f7a0b5ed8d, "0.000001")]
    [InlineData(0x41b3de4355555553, "333333333.3333332")]
    [InlineData(0x41b3de4355555554, "333333333.33333325")]
    [InlineData(0x41b3de4355555555, "333333333.3333333")]
    [InlineData(0x41b3de4355555556, "333333333.3333334")]
    [InlineData(0x41b3de4355555557, "333333333.33333343")]
    [InlineData(0xbecbf647612f3696, "-0.0000033333333333333333")]
    [InlineData(0x43143ff3c1cb0959, "1424953923781206.2")]
    public void Numbers_are_written_as_ECMAScript_writes_them(ulong bits, string expected) =>
        Assert.Equal(expected, CanonicalText.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Theory]
    [InlineData(0x7fffffffffffffff)]
    [InlineData(0x7ff0000000000000)]
    [InlineData(0xfff0000000000000)]
    public void What_is_no_number_is_refused(ulong bits) =>
        Assert.Throws<FormatException>(() => CanonicalText.Number(BitConverter.UInt64BitsToDouble(bits)));

    [Fact]
    public void Any_number_reads_back_as_itself_and_in_the_fewest_digits() =>
        Prop.ForAll(ArbMap.Default.ArbFor<ulong>(), bits =>
        {
            var number = BitConverter.UInt64BitsToDouble(bits);
            if (!double.IsFinite(number))
            {
                return true;
            }
            var text = CanonicalText.Number(number);
            return double.Parse(text, CultureInfo.InvariantCulture) == number
                && Digits(text) == Digits(number.ToString("R", CultureInfo.InvariantCulture))
                && text.Contains('e', StringComparison.Ordinal) == (number != 0 && Math.Abs(number) is < 1e-6 or >= 1e21);
        }).Check(Config.QuickThrowOnFailure.WithMaxTest(5_000));

    [Theory]
    [InlineData("\"\\u2028\\u2029\\u0085\\u007f\"", "\"\u2028\u2029\u0085\u007f\"")]
    [InlineData("\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\\\\/\\\"\"", "\"\\u0000\\u001f\\b\\f\\n\\r\\t\\\\/\\\"\"")]
    [InlineData("\"\\uD83C\\uDF0D\"", "\"🌍\"")]
    [InlineData("{\"\\u20ac\":1,\"\\r\":2,\"\\ufb33\":3,\"1\":4,\"\\ud83d\\ude00\":5,\"\\u0080\":6,\"\\u00f6\":7}",
        "{\"\\r\":2,\"1\":4,\"\u0080\":6,\"ö\":7,\"€\":1,\"😀\":5,\"\ufb33\":3}")]
    [InlineData("[1.0,1e2,-0,-0.0,100,9007199254740991]", "[1,100,0,0,100,9007199254740991]")]
    public void Strings_and_keys_are_escaped_and_ordered_as_the_RFC_says(string json, string expected) =>
        Assert.Equal(expected, Encoding.UTF8.GetString(CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json))));

    [Theory]
    [InlineData("")]
    [InlineData("{\"a\":1,\"a\":2}")]
    [InlineData("{\"a\":{\"b\":1,\"\\u0062\":2}}")]
    [InlineData("{} {}")]
    [InlineData("{}x")]
    [InlineData("{'a':1}")]
    [InlineData("{a:1}")]
    [InlineData("[1,]")]
    [InlineData("[1 /* one */]")]
    [InlineData("[01]")]
    [InlineData("[0x10]")]
    [InlineData("[+1]")]
    [InlineData("[.5]")]
    [InlineData("[1.]")]
    [InlineData("NaN")]
    [InlineData("undefined")]
    [InlineData("new Date(1)")]
    [InlineData("\"a\nb\"")]
    [InlineData("\"\\x41\"")]
    [InlineData("\"\\ud800\"")]
    [InlineData("\"\\udc00\\ud800\"")]
    [InlineData("{\"\\ud800\":1}")]
    [InlineData("\ufeff{}")]
    [InlineData("\"abc")]
    public void What_is_not_strict_JSON_is_refused(string json) =>
        Assert.Throws<FormatException>(() => CanonicalJson.Parse(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData("9007199254740992")]
    [InlineData("-9007199254740992")]
    [InlineData("123456789012345678901234567890")]
    [InlineData("1e400")]
    public void A_number_that_not_every_reader_keeps_has_no_canonical_form(string json) =>
        Assert.Throws<FormatException>(() => CanonicalJson.Canonicalize(Encoding.UTF8.GetBytes(json)));

    [Theory]
    [InlineData(new byte[] { 0x22, 0xff, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xc0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xed, 0xa0, 0x80, 0x22 })]
    [InlineData(new byte[] { 0x22, 0xf4, 0x90, 0x80, 0x80, 0x22 })]
    public void Bytes_that_are_not_UTF_8_are_refused(byte[] json) => Assert.Throws<FormatException>(() => CanonicalJson.Parse(json));

    [Fact]
    public void JSON_may_nest_32_deep_and_no_deeper()
    {
        static byte[] Nested(int depth) => Encoding.UTF8.GetBytes(new string('[', depth) + new string(']', depth));
        Assert.Equal(Nested(32), CanonicalJson.Canonicalize(Nested(32)));
        Assert.Throws<FormatException>(() => CanonicalJson.Parse(Nested(33)));
    }

    [Fact]
    public void Half_a_character_has_no_canonical_form()
    {
        foreach (var text in new[] { "\ud800", "a\udc00b", "\ud83c x" })
        {
            Assert.Throws<FormatException>(() => CanonicalJson.Encode(new Newtonsoft.Json.Linq.JValue(text)));
        }
    }

    private static string Digits(string number) =>
        string.Concat(number.TakeWhile(c => c is not ('e' or 'E')).Where(char.IsAsciiDigit)).Trim('0');

    private static string Folder([CallerFilePath] string path = "") => SourceFiles.FolderOf(path);
}

using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

public sealed class CheckTests
{
    [Theory]
    [InlineData("a", true)]
    [InlineData("IMRF-2022.v1", true)]
    [InlineData("a\n", false)]
    [InlineData("-a", false)]
    [InlineData("a/b", false)]
    [InlineData("é", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void An_id_has_letters_digits_dots_and_hyphens(string? id, bool passes) => Assert.Equal(passes, New.Id(id, "id").Passed);

    [Fact]
    public void An_id_has_at_most_60_characters()
    {
        Assert.True(New.Id(new string('a', 60), "id").Passed);
        Assert.False(New.Id(new string('a', 61), "id").Passed);
    }

    [Theory]
    [InlineData("en", true)]
    [InlineData("zh-Hant-TW", true)]
    [InlineData("en\n", false)]
    [InlineData("EN", false)]
    [InlineData("e", false)]
    [InlineData("english", false)]
    public void A_language_is_a_tag(string tag, bool passes) => Assert.Equal(passes, New.Language(tag, "language").Passed);

    [Theory]
    [InlineData("0", true)]
    [InlineData("-12.05", true)]
    [InlineData("1250", true)]
    [InlineData("0.5\n", false)]
    [InlineData("-0", false)]
    [InlineData("-0.0", false)]
    [InlineData("01", false)]
    [InlineData("1.50", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1e3", false)]
    [InlineData("1,5", false)]
    [InlineData("٣", false)]
    [InlineData("1234567890123456789012345678901", false)]
    public void A_decimal_number_has_one_form(string number, bool passes) => Assert.Equal(passes, New.Decimal(number, "value").Passed);

    [Fact]
    public void Characters_are_counted_as_a_person_counts_them_up_to_the_limit()
    {
        Assert.Equal(3, Check.Length("a🌍ñ"));
        Assert.True(New.Text(string.Concat(Enumerable.Repeat("🌍", 300)), "title", Check.ShortText).Passed);
        Assert.False(New.Text(string.Concat(Enumerable.Repeat("🌍", 301)), "title", Check.ShortText).Passed);
        Assert.False(New.Text(" \n\u00a0", "title").Passed);
        Assert.False(New.Text("ab", "title", least: 3).Passed);
        Assert.True(New.Text("abc", "title", least: 3).Passed);
    }

    [Fact]
    public void All_that_is_wrong_is_told_at_once()
    {
        var refused = Assert.IsType<Decision.Refused>(New.Text("", "title").Id("a b", "id").Refusal);
        Assert.Equal([("missing", "title"), ("not-an-id", "id")], refused.Reasons.Select(r => (r.Code, r.Field!)));
        Assert.Null(New.Text("a", "title").Refusal);
    }

    private static Check New => new(SampleRegistry.State);
}

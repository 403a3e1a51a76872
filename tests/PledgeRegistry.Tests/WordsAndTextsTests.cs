using System.Text.Json;
using PledgeRegistry.Pledges;
using Xunit;

namespace PledgeRegistry.Tests;

public sealed class WordsAndTextsTests
{
    [Fact]
    public void A_word_reads_back_as_its_value()
    {
        Assert.Equal(["not-started", "planning", "in-progress", "partially-fulfilled", "fulfilled", "discontinued"], Kebab.Codes<ClaimedStatus>());
        foreach (var status in Enum.GetValues<ClaimedStatus>())
        {
            Assert.True(Kebab.TryParse<ClaimedStatus>(status.Code(), out var read));
            Assert.Equal(status, read);
            Assert.Equal($"\"{status.Code()}\"", JsonSerializer.Serialize(status));
            Assert.Equal(status, JsonSerializer.Deserialize<ClaimedStatus>(JsonSerializer.Serialize(status)));
        }
        Assert.Equal("{\"in-progress\":1}", JsonSerializer.Serialize(new Dictionary<ClaimedStatus, int> { [ClaimedStatus.InProgress] = 1 }));
        Assert.Equal(1, JsonSerializer.Deserialize<Dictionary<ClaimedStatus, int>>("{\"in-progress\":1}")![ClaimedStatus.InProgress]);
    }

    [Theory]
    [InlineData("\"In-Progress\"")]
    [InlineData("\"InProgress\"")]
    [InlineData("\"in-progress, fulfilled\"")]
    [InlineData("\" in-progress\"")]
    [InlineData("\"2\"")]
    [InlineData("2")]
    [InlineData("\"\"")]
    [InlineData("null")]
    public void Nothing_but_the_word_itself_is_read(string json) =>
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<ClaimedStatus>(json));

    [Fact]
    public void Texts_are_ordered_and_equal_by_language()
    {
        var texts = Texts.Of(("fr", "santé"), ("ar", "الصحة"), ("en", "health"));
        Assert.Equal(["ar", "en", "fr"], texts.Select(t => t.Key));
        Assert.Equal(texts, Texts.Of(("en", "health"), ("fr", "santé"), ("ar", "الصحة")));
        Assert.Equal(texts.GetHashCode(), Texts.Of(("en", "health"), ("fr", "santé"), ("ar", "الصحة")).GetHashCode());
        Assert.NotEqual(texts, Texts.Of(("en", "health")));
        Assert.Equal(("santé", null, "health"), (texts["fr"], texts["es"], texts.For("es")));
        Assert.Equal("الصحة", Texts.Of(("ar", "الصحة"), ("fr", "santé")).For("es"));
        Assert.Null(Texts.None.For("en"));
    }

    [Fact]
    public void Two_texts_in_one_language_are_refused()
    {
        Assert.Throws<ArgumentException>(() => Texts.Of(("en", "a"), ("fr", "b"), ("en", "c")));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Texts>("{\"en\":\"a\",\"en\":\"b\"}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Texts>("{\"en\":null}"));
        Assert.Throws<JsonException>(() => JsonSerializer.Deserialize<Texts>("[]"));
        Assert.Equal(Texts.Of(("en", "a")), JsonSerializer.Deserialize<Texts>("{\"en\":\"a\"}"));
    }
}

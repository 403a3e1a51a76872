using PledgeRegistry.Projections.Duplicates;

namespace PledgeRegistry.Projections.Tests.Duplicates;

public sealed class WordBagTests
{
    [Theory]
    // Case and accents, in the one or the other normal form.
    [InlineData("ATENCION DE LA SALUD", "atención de la salud")]
    [InlineData("santé des réfugiés", "SANTE DES REFUGIES")]
    [InlineData("sante\u0301", "santé")]
    // Endings.
    [InlineData("vaccination of migrants", "vaccinations for the migrant")]
    [InlineData("migraciones", "migración")]
    // Order, punctuation, words that every text has.
    [InlineData("care at the border", "The border: care!")]
    [InlineData("l'accès aux soins", "accès, soins")]
    // The letters of Arabic that are written one for the other; short vowels; strokes; the article, alone or after others.
    [InlineData("الأطفال", "الاطفال")]
    [InlineData("صحة", "صحه")]
    [InlineData("مَرْكَز", "مركز")]
    [InlineData("مـركـز", "مركز")]
    [InlineData("والمهاجرين", "مهاجرين")]
    [InlineData("للمهاجرين", "المهاجرين")]
    // Marks of direction and soft hyphens inside a word.
    [InlineData("mig\u00ADrant", "migrant")]
    [InlineData("\u200Fصحة\u200F", "صحة")]
    public void These_are_the_same_words(string one, string other) => Assert.Equal(WordBag.Of(one).Order(StringComparer.Ordinal), WordBag.Of(other).Order(StringComparer.Ordinal));

    [Theory]
    [InlineData("health", "wealth")]
    [InlineData("salud", "saludable")]
    [InlineData("2022", "2026")]
    [InlineData("صحة", "صحراء")]
    public void These_are_not(string one, string other) => Assert.NotEqual(WordBag.Of(one), WordBag.Of(other));

    [Fact]
    public void A_text_of_nothing_but_common_words_tells_nothing()
    {
        Assert.Empty(WordBag.Of("it is of the and"));
        Assert.Empty(WordBag.Of("de la que el en, y"));
        Assert.Empty(WordBag.Of("في من على"));
        Assert.Empty(WordBag.Of(" \n – … "));
    }
}

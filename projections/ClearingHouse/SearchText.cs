using System.Globalization;
using System.Text;

namespace PledgeRegistry.Projections.ClearingHouse;

/// <summary>
/// Texts as a search holds them against each other: lower case, without accents and vowel marks; of the Arabic letters
/// those alike that are often written for each other (alef, ya and ta marbuta in their forms), and no stretching.
/// </summary>
public static class SearchText
{
    /// <summary>True if all the words stand in the text, wherever and in whatever order.</summary>
    public static bool Has(string text, string words)
    {
        var folded = Fold(text);
        return Fold(words).Split(' ', StringSplitOptions.RemoveEmptyEntries).All(w => folded.Contains(w, StringComparison.Ordinal));
    }

    public static string Fold(string text)
    {
        var folded = new StringBuilder(text.Length);
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format || c == '\u0640')
            {
                continue;
            }
            folded.Append(c switch
            {
                'ٱ' => 'ا',
                'ى' => 'ي',
                'ة' => 'ه',
                _ when char.IsWhiteSpace(c) => ' ',
                _ => char.ToLowerInvariant(c),
            });
        }
        return folded.ToString();
    }
}

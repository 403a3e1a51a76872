using System.Globalization;
using System.Text;

namespace PledgeRegistry.Projections.Search;

/// <summary>
/// Texts as they are held against each other: lower case, without accents, vowel marks and marks of direction; of the
/// Arabic letters those alike that are often written for each other (alef, ya and ta marbuta in their forms), and no stretching.
/// </summary>
public static class FoldedText
{
    // By character, made when first met: the normal form of one character doesn't depend on its neighbours but in the order of marks, which go.
    private static readonly string?[] ByCharacter = new string?[char.MaxValue + 1];

    public static string Of(string text)
    {
        var folded = new StringBuilder(text.Length);
        for (var at = 0; at < text.Length;)
        {
            folded.Append(At(text, at, out var width));
            at += width;
        }
        return folded.ToString();
    }

    /// <summary>The words of a text, in order, as they are compared.</summary>
    public static IReadOnlyList<string> Words(string text)
    {
        var found = new List<string>();
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            found.Add(words.Current.ToString());
        }
        return found;
    }

    /// <summary>What stands for the character at a place: nothing, or one or several characters.</summary>
    /// <param name="width">How many places the character takes in the text: two where it is a pair of surrogates.</param>
    internal static string At(string text, int at, out int width)
    {
        var c = text[at];
        if (!char.IsSurrogate(c))
        {
            width = 1;
            return ByCharacter[c] ??= IsCharacter(c) ? Fold(c.ToString()) : " ";
        }
        width = char.IsHighSurrogate(c) && at + 1 < text.Length && char.IsLowSurrogate(text[at + 1]) ? 2 : 1;
        // Half a pair is no text: it stands for nothing, and parts words.
        return width == 2 && IsCharacter(char.ConvertToUtf32(c, text[at + 1])) ? Fold(text.Substring(at, 2)) : " ";
    }

    // What Unicode keeps from ever being a character is no text either, and has no normal form: asked for one, .NET throws.
    private static bool IsCharacter(int code) => (code & 0xFFFE) != 0xFFFE && code is not (>= 0xFDD0 and <= 0xFDEF);

    private static string Fold(string character)
    {
        var folded = new StringBuilder(character.Length);
        foreach (var c in character.Normalize(NormalizationForm.FormKD))
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

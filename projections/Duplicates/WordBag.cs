using System.Collections.Frozen;
using System.Globalization;
using System.Text;

namespace PledgeRegistry.Projections.Duplicates;

/// <summary>
/// The words of a text as they are compared: without case, accents and short vowels, without the words that every text
/// has, and without the commonest endings. For English, Spanish, French and Arabic; other languages are taken word by word.
/// </summary>
public static class WordBag
{
    private static readonly FrozenSet<string> Common = string.Join(' ',
        "a about after all also an and any are as at be been before being between both but by can could each every for from had has have in including into is it its may more most must new no not of on or other our out over per shall should so some such than that the their them there these they this those through to under until up upon was we well were what when where which while who will with within without would",
        "a al ante aquella aquellas aquel aquellos asi aun cada como con contra cual cuales cuando de del desde donde durante e el ella ellas ellos en entre era es esa esas ese eso esos esta estas este esto estos fue ha han hasta hay la las le les lo los mas mediante mientras muy ni no nos o otra otras otro otros para pero por porque que quien quienes se segun ser sera seran si sin sobre son su sus tal tambien tanto toda todas todo todos un una unas uno unos y ya",
        "a afin ainsi alors apres au aucun aussi autre autres aux avant avec ce cela celle celles celui ces cet cette ceux chaque comme contre d dans de depuis des donc dont du elle elles en encore entre est et etaient etait etre eux fait il ils l la le les leur leurs lors lui mais meme ne ni nos notre nous on ont ou par pas pendant plus pour qu que qui s sa sans se selon sera seront ses si son sont sous sur tel tous tout toute toutes tres un une vers vos votre vous y",
        "في من على الى إلى عن مع هذا هذه ذلك تلك التي الذي الذين او أو و ثم كل كما لا لم لن ما ان أن إن كان كانت قد بين عند بعد قبل حتى اذا إذا بما مما عبر خلال غير وفق ضمن هو هي هم")
        .Split(' ').SelectMany(w => Words(w)).ToFrozenSet(StringComparer.Ordinal);

    /// <summary>The words that tell a text from others, each once.</summary>
    public static HashSet<string> Of(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        foreach (var word in Words(text))
        {
            if (!Common.Contains(word) && word.Length > 1)
            {
                found.Add(Stem(word));
            }
        }
        return found;
    }

    private static IEnumerable<string> Words(string text)
    {
        var word = new StringBuilder();
        foreach (var c in text.Normalize(NormalizationForm.FormKD))
        {
            if (Unseen(c))
            {
                continue;
            }
            if (char.IsLetterOrDigit(c))
            {
                word.Append(Plain(char.ToLowerInvariant(c)));
            }
            else if (word.Length > 0)
            {
                yield return word.ToString();
                word.Clear();
            }
        }
        if (word.Length > 0)
        {
            yield return word.ToString();
        }
    }

    // Accents, short vowels, the stroke that lengthens a word of Arabic, marks of direction and soft hyphens: a word is the same with them.
    private static bool Unseen(char c) => c == '\u0640' || CharUnicodeInfo.GetUnicodeCategory(c) is UnicodeCategory.NonSpacingMark or UnicodeCategory.Format;

    // Letters of Arabic that are written one for the other.
    private static char Plain(char c) => c switch
    {
        'أ' or 'إ' or 'آ' or 'ٱ' => 'ا',
        'ى' => 'ي',
        'ة' => 'ه',
        _ => c,
    };

    private static string Stem(string word)
    {
        if (word[0] is >= '\u0600' and <= '\u06FF')
        {
            // The article, alone or after "and", "for", "with", "as".
            foreach (var prefix in new[] { "وال", "بال", "كال", "فال", "لل", "ال", "و" })
            {
                if (word.Length > prefix.Length + 2 && word.StartsWith(prefix, StringComparison.Ordinal))
                {
                    word = word[prefix.Length..];
                    break;
                }
            }
            foreach (var suffix in new[] { "ات", "ين", "ون", "ها", "هم", "يه", "ه" })
            {
                if (word.Length > suffix.Length + 2 && word.EndsWith(suffix, StringComparison.Ordinal))
                {
                    return word[..^suffix.Length];
                }
            }
            return word;
        }
        foreach (var suffix in new[] { "aciones", "acion", "ations", "ation", "ments", "ment", "mente", "ings", "ing", "ies", "es", "ed", "s", "e", "a", "o", "y" })
        {
            if (word.Length > suffix.Length + 3 && word.EndsWith(suffix, StringComparison.Ordinal))
            {
                return word[..^suffix.Length];
            }
        }
        return word;
    }
}

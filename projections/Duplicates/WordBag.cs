using PledgeRegistry.Projections.Search;

namespace PledgeRegistry.Projections.Duplicates;

/// <summary>
/// The words of a text as they are compared: without case, accents and short vowels, without the words that every text
/// has, and without the commonest endings. For English, Spanish, French and Arabic; other languages are taken word by word.
/// </summary>
public static class WordBag
{
    /// <summary>The words that tell a text from others, each once.</summary>
    public static HashSet<string> Of(string text)
    {
        var found = new HashSet<string>(StringComparer.Ordinal);
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            if (words.Current.Length > 1 && !CommonWords.Has(words.Current))
            {
                found.Add(Stem(words.Current.ToString()));
            }
        }
        return found;
    }

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

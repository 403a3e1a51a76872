using System.Buffers;

namespace PledgeRegistry.Projections.Search;

/// <summary>A word that is asked for, folded.</summary>
/// <param name="Begins">True where a word that begins so will do.</param>
internal readonly record struct SoughtWord(string Word, bool Begins = false)
{
    public bool Is(ReadOnlySpan<char> word) => Begins ? word.StartsWith(Word, StringComparison.Ordinal) : word.SequenceEqual(Word);
}

/// <summary>
/// What somebody typed, as it is understood: words that must all be there, phrases in quotation marks whose words must
/// follow each other, and a star at the end of a word for all that begin so.
/// </summary>
internal sealed class SearchWords
{
    private const string Opening = "\"“”„«»‟";
    private const string Spaces = " \t\r\n\u00A0\u3000";
    private static readonly SearchValues<char> Closing = SearchValues.Create(Opening);
    private static readonly SearchValues<char> Ends = SearchValues.Create(Spaces + Opening);

    private SearchWords(IReadOnlyList<SoughtWord> words, IReadOnlyList<IReadOnlyList<string>> phrases, IReadOnlyList<string> common, IReadOnlyList<string> letters) =>
        (Words, Phrases, Common, Letters) = (words, phrases, common, letters);

    /// <summary>The words that tell, each once.</summary>
    public IReadOnlyList<SoughtWord> Words { get; }

    /// <summary>The phrases, and what is written without a space between; each with at least one word that tells.</summary>
    public IReadOnlyList<IReadOnlyList<string>> Phrases { get; }

    /// <summary>Words that every text has, outside of phrases.</summary>
    public IReadOnlyList<string> Common { get; }

    /// <summary>Single letters, and beginnings that are too short.</summary>
    public IReadOnlyList<string> Letters { get; }

    public static SearchWords Of(string text)
    {
        var (words, phrases, common, letters) = (new List<SoughtWord>(), new List<IReadOnlyList<string>>(), new List<string>(), new List<string>());
        for (var at = 0; at < text.Length;)
        {
            if (Spaces.Contains(text[at], StringComparison.Ordinal))
            {
                at++;
            }
            else if (Opening.Contains(text[at], StringComparison.Ordinal))
            {
                // A mark that isn't closed holds to the end.
                var end = text.AsSpan(at + 1).IndexOfAny(Closing);
                end = end < 0 ? text.Length : at + 1 + end;
                Add(Folded(text[(at + 1)..end]), begins: false);
                at = end + 1;
            }
            else
            {
                var rest = text.AsSpan(at).IndexOfAny(Ends);
                var end = rest < 0 ? text.Length : at + rest;
                Add(Folded(text[at..end]), begins: text[end - 1] == '*');
                at = end;
            }
        }
        return new SearchWords([.. words.Distinct()], phrases, [.. common.Distinct()], [.. letters.Distinct()]);

        // What is written without a space belongs together, too: IMRF-2022-0042, l'accès.
        void Add(List<string> found, bool begins)
        {
            if (found.Count > 1 && !begins && found.Exists(w => SearchIndex.Tells(w)))
            {
                phrases.Add(found);
                return;
            }
            for (var i = 0; i < found.Count; i++)
            {
                var starred = begins && i == found.Count - 1;
                if (SearchIndex.IsLetter(found[i]))
                {
                    letters.Add(found[i]);
                }
                else if (!starred && CommonWords.Has(found[i]))
                {
                    common.Add(found[i]);
                }
                else
                {
                    words.Add(new SoughtWord(found[i], starred));
                }
            }
        }
    }

    private static List<string> Folded(string text)
    {
        var found = new List<string>();
        Span<char> buffer = stackalloc char[SearchIndex.LongestTerm];
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            found.Add(SearchIndex.Term(words.Current, buffer).ToString());
        }
        return found;
    }
}

namespace PledgeRegistry.Projections.Search;

/// <summary>A piece of a text; marked where it is what was searched for. Never markup.</summary>
public sealed record TextPiece(string Text, bool Marked);

/// <summary>Finds what was searched for in a text, and cuts a piece out around it.</summary>
internal static class Marks
{
    /// <summary>A word in a text.</summary>
    internal readonly record struct Placed(string Word, int Start, int End);

    /// <summary>How many characters a cut-out has, about.</summary>
    private const int Around = 220;

    public static List<Placed> Words(string text)
    {
        var found = new List<Placed>();
        Span<char> buffer = stackalloc char[SearchIndex.LongestTerm];
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            found.Add(new Placed(SearchIndex.Term(words.Current, buffer).ToString(), words.Start, words.End));
        }
        return found;
    }

    /// <summary>Where a phrase stands among a text's words: the index of its first word.</summary>
    public static IEnumerable<int> Phrase(List<Placed> words, IReadOnlyList<string> phrase)
    {
        for (var i = 0; i + phrase.Count <= words.Count; i++)
        {
            var same = true;
            for (var j = 0; same && j < phrase.Count; j++)
            {
                same = words[i + j].Word == phrase[j];
            }
            if (same)
            {
                yield return i;
            }
        }
    }

    /// <summary>The spans of a text that were searched for, in order, none within another.</summary>
    public static IReadOnlyList<(int Start, int End)> Spans(string text, IReadOnlyList<SoughtWord> sought, IReadOnlyList<IReadOnlyList<string>> phrases)
    {
        var words = Words(text);
        var spans = words.Where(w => sought.Any(s => s.Is(w.Word))).Select(w => (w.Start, w.End))
            .Concat(phrases.SelectMany(p => Phrase(words, p).Select(i => (words[i].Start, words[i + p.Count - 1].End))))
            .Order();
        var apart = new List<(int Start, int End)>();
        foreach (var span in spans)
        {
            if (apart.Count > 0 && span.Start < apart[^1].End)
            {
                apart[^1] = (apart[^1].Start, Math.Max(apart[^1].End, span.End));
            }
            else
            {
                apart.Add(span);
            }
        }
        return apart;
    }

    /// <summary>All of a text, in pieces.</summary>
    public static IReadOnlyList<TextPiece> Whole(string text, IReadOnlyList<(int Start, int End)> spans) => Pieces(text, spans, 0, text.Length);

    /// <summary>What stands around the first span, in pieces, with dots where it is cut off.</summary>
    public static IReadOnlyList<TextPiece> CutOut(string text, IReadOnlyList<(int Start, int End)> spans)
    {
        var first = spans.Count > 0 ? spans[0].Start : 0;
        var from = first <= Around / 3 ? 0 : AfterSpace(text, first - Around / 3, first);
        var to = text.Length <= from + Around ? text.Length : BeforeSpace(text, from + Around, spans.Count > 0 ? spans[0].End : from);
        var pieces = Pieces(text, spans, from, to);
        if (from > 0)
        {
            pieces.Insert(0, new TextPiece("… ", false));
        }
        if (to < text.Length)
        {
            pieces.Add(new TextPiece(" …", false));
        }
        return pieces;
    }

    private static List<TextPiece> Pieces(string text, IReadOnlyList<(int Start, int End)> spans, int from, int to)
    {
        var pieces = new List<TextPiece>();
        var at = from;
        foreach (var (start, end) in spans.Where(s => s.Start >= from && s.End <= to))
        {
            Add(start, marked: false);
            Add(end, marked: true);
        }
        Add(to, marked: false);
        return pieces;

        void Add(int end, bool marked)
        {
            if (end > at)
            {
                pieces.Add(new TextPiece(text[at..end], marked));
                at = end;
            }
        }
    }

    // Never in the middle of a word; where there is no space, at least never in the middle of a pair.
    private static int AfterSpace(string text, int from, int limit)
    {
        var space = text.IndexOf(' ', from, limit - from);
        return space >= 0 ? space + 1 : char.IsLowSurrogate(text[from]) ? from - 1 : from;
    }

    private static int BeforeSpace(string text, int to, int limit)
    {
        to = Math.Max(to, Math.Min(limit, text.Length));
        var space = to > limit ? text.LastIndexOf(' ', to - 1, to - limit) : -1;
        return space > 0 ? space : to < text.Length && char.IsLowSurrogate(text[to]) ? to + 1 : to;
    }
}

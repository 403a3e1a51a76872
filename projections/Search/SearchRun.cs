namespace PledgeRegistry.Projections.Search;

/// <summary>How a document was found.</summary>
/// <param name="Score">The sum of what the words weigh, each where it weighs most.</param>
/// <param name="Passage">The last of its passages with a word in it that isn't a code or a name, or else the last of all.</param>
internal readonly record struct Found(int Score, int Passage);

/// <summary>One search at a size: the documents that have all the words. Each step is bounded by the words' own postings.</summary>
/// <param name="mostRead">So many passages are read again at most for one phrase, the last that were recorded.</param>
internal sealed class SearchRun(SearchIndex index, long size, int mostRead, CancellationToken cancel)
{
    private readonly int known = index.Known(size);
    private int steps;

    /// <summary>True where a phrase could have stood in more passages than were read again.</summary>
    public bool Capped { get; private set; }

    public IReadOnlyDictionary<int, Found> Run(IReadOnlyList<SoughtWord> words, IReadOnlyList<IReadOnlyList<string>> phrases)
    {
        Dictionary<int, Found>? found = null;
        // The rarest first: what it doesn't have needn't be looked for.
        foreach (var postings in words.Select(Postings).OrderBy(p => p.Sum(x => (long)x.Weight)))
        {
            found = Both(found, Passages(postings));
        }
        foreach (var phrase in phrases)
        {
            var candidates = Phrase(phrase);
            var before = found;
            int[] read = [.. before is null ? candidates : candidates.Where(p => before.ContainsKey(index.At(p).Document))];
            Capped |= read.Length > mostRead;
            found = Both(before, read.TakeLast(mostRead), p => Has(p, phrase));
        }
        return found ?? [];
    }

    private Postings[] Postings(SoughtWord word) => word.Begins ? [.. index.Beginning(word.Word)] : index.Find(word.Word) is { } one ? [one] : [];

    private Dictionary<int, Found> Both(Dictionary<int, Found>? before, IEnumerable<int> passages, Func<int, bool>? holds = null)
    {
        var now = new Dictionary<int, Found>();
        foreach (var number in passages)
        {
            var passage = index.At(number);
            var first = default(Found);
            if (before is not null && !before.TryGetValue(passage.Document, out first))
            {
                continue;
            }
            if (holds is not null && !holds(number))
            {
                continue;
            }
            var (score, shown) = (Weight(passage.Field), Better(before is null ? number : first.Passage, number));
            now[passage.Document] = now.TryGetValue(passage.Document, out var other)
                ? new Found(Math.Max(other.Score, first.Score + score), Better(other.Passage, shown))
                : new Found(first.Score + score, shown);
        }
        return now;
    }

    /// <summary>A name is shown anyhow; what stands in the text tells more.</summary>
    private int Better(int one, int other)
    {
        var (a, b) = (IsName(one), IsName(other));
        return a == b ? Math.Max(one, other) : a ? other : one;
    }

    private bool IsName(int passage) => index.At(passage).Field is SearchField.Code or SearchField.Name;

    private static int Weight(SearchField field) => field switch
    {
        SearchField.Code => 8,
        SearchField.Name or SearchField.TranslatedName => 4,
        SearchField.Text or SearchField.TranslatedText => 2,
        _ => 1,
    };

    private List<int> Passages(Postings[] postings)
    {
        var found = new List<int>();
        foreach (var one in postings)
        {
            var reader = one.Below(known);
            while (reader.MoveNext())
            {
                Step();
                if (index.Stands(reader.Current, size))
                {
                    found.Add(reader.Current);
                }
            }
        }
        return found;
    }

    // The passages that have all the phrase's words, in whatever order.
    private IEnumerable<int> Phrase(IReadOnlyList<string> phrase)
    {
        HashSet<int>? all = null;
        foreach (var postings in phrase.Where(w => SearchIndex.Tells(w)).Distinct().Select(w => Postings(new SoughtWord(w))).OrderBy(p => p.Sum(x => (long)x.Weight)))
        {
            var these = Passages(postings);
            all = [.. all is null ? these : these.Where(all.Contains)];
        }
        return all!.Order();
    }

    private bool Has(int passage, IReadOnlyList<string> phrase)
    {
        // A text may be long.
        cancel.ThrowIfCancellationRequested();
        return index.Texts(index.At(passage)).Any(t => Marks.Phrase(Marks.Words(t.Text), phrase).Any());
    }

    private void Step()
    {
        if ((++steps & 0xFF) == 0)
        {
            cancel.ThrowIfCancellationRequested();
        }
    }
}

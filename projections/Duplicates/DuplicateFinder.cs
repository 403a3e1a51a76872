using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Duplicates;

/// <summary>
/// Compares pledges by the words of title and text (rare words weigh more), by parties and by mappings. A pure function of
/// the timelines at a basis. Only what shares a telling word is compared, so a large registry stays quick.
/// </summary>
internal sealed class DuplicateFinder
{
    /// <summary>In hundredths: what is alike by this much is worth a look.</summary>
    public const int Least = 55;

    // Words that more than so many pledges have don't bring two of them together.
    private const int MostShared = 200;

    private readonly List<Entry> entries = [];
    private readonly Dictionary<string, List<int>> byWord = new(StringComparer.Ordinal);
    private readonly CancellationToken cancel;

    public DuplicateFinder(ReadModels models, Reading reading, CancellationToken cancel)
    {
        this.cancel = cancel;
        foreach (var row in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            // What goes on under another id was looked at already.
            if (row.EndedOn(reading.On).Counts())
            {
                Add(Entry.Of(DuplicateHandlers.Sought(row, reading), row.On(reading.On).Title));
            }
        }
    }

    public IReadOnlyList<DuplicateCandidate> Like(Sought sought, int limit, int least = Least)
    {
        var entry = Entry.Of(sought, "");
        return [.. Near(entry).Select(i => entries[i]).Where(e => e.Id != sought.Id).Select(e => Compare(entry, e)).Where(c => c.Likeness >= least)
            .OrderByDescending(c => c.Likeness).ThenBy(c => c.Pledge, StringComparer.Ordinal).Take(limit)];
    }

    public IReadOnlyList<DuplicatePair> Pairs(int limit, int least = Least)
    {
        var pairs = new List<DuplicatePair>();
        for (var i = 0; i < entries.Count; i++)
        {
            cancel.ThrowIfCancellationRequested();
            pairs.AddRange(Near(entries[i]).Where(j => j > i).Select(j => Compare(entries[i], entries[j])).Where(c => c.Likeness >= least)
                .Select(c => new DuplicatePair(entries[i].Id!, entries[i].Title, c)));
        }
        return [.. pairs.OrderByDescending(p => p.Second.Likeness).ThenBy(p => p.First, StringComparer.Ordinal).ThenBy(p => p.Second.Pledge, StringComparer.Ordinal).Take(limit)];
    }

    private void Add(Entry entry)
    {
        foreach (var word in entry.Words)
        {
            if (!byWord.TryGetValue(word, out var with))
            {
                byWord.Add(word, with = []);
            }
            with.Add(entries.Count);
        }
        entries.Add(entry);
    }

    private IEnumerable<int> Near(Entry entry) => entry.Words
        .Select(w => byWord.GetValueOrDefault(w)).OfType<List<int>>().Where(with => with.Count <= MostShared)
        .SelectMany(with => with).GroupBy(i => i).Where(g => g.Count() > 1).Select(g => g.Key);

    private DuplicateCandidate Compare(Entry a, Entry b)
    {
        // The two wordings that are most alike, whatever their languages.
        var (title, text) = a.Wordings.SelectMany(x => b.Wordings.Select(y => (Title: Alike(x.Title, y.Title), Text: Alike(x.Text, y.Text)))).MaxBy(l => l.Title + l.Text);
        var (parties, items) = (Overlap(a.Parties, b.Parties), Overlap(a.Items, b.Items));
        var words = (title + text) / 2;
        // Two parties may promise the same in the same words: without a party in common it is a likeness, hardly a duplicate.
        var likeness = 0.7 * words + 0.2 * parties + 0.1 * items;
        return new DuplicateCandidate(b.Id!, b.Title, Hundredths(likeness), Hundredths(title), Hundredths(text), Hundredths(parties), Hundredths(items));
    }

    private double Alike(HashSet<string> a, HashSet<string> b)
    {
        double both = 0, all = 0;
        foreach (var word in a)
        {
            var weight = Weight(word);
            all += weight;
            both += b.Contains(word) ? 2 * weight : 0;
        }
        all += b.Sum(Weight);
        return all == 0 ? 0 : both / all;
    }

    private double Weight(string word) => Math.Log(1 + (entries.Count + 1.0) / (1 + (byWord.GetValueOrDefault(word)?.Count ?? 0)));

    private static double Overlap<T>(HashSet<T> a, HashSet<T> b) => a.Count + b.Count == 0 ? 0 : (double)a.Count(b.Contains) / a.Union(b).Count();

    private static int Hundredths(double share) => (int)Math.Round(share * 100, MidpointRounding.AwayFromZero);

    private sealed record Entry(string? Id, string Title, IReadOnlyList<(HashSet<string> Title, HashSet<string> Text)> Wordings, HashSet<string> Words, HashSet<string> Parties, HashSet<string> Items)
    {
        public static Entry Of(Sought sought, string title)
        {
            (HashSet<string> Title, HashSet<string> Text)[] wordings = [.. sought.Wordings.Select(w => (WordBag.Of(w.Title), WordBag.Of(w.Text)))];
            return new Entry(
                sought.Id, title, wordings, [.. wordings.SelectMany(w => w.Title.Concat(w.Text))], [.. sought.Parties], [.. sought.Items.Select(i => $"{i.Framework} {i.Item}")]);
        }
    }
}

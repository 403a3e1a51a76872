using System.Collections.Concurrent;

namespace PledgeRegistry.Projections.Time;

/// <summary>
/// Every row that a key ever had, each from the position of the entry that made it; appended to, never edited. The row
/// as known at a size is found by binary search, so a read of the past costs what a read of now costs.
/// </summary>
public sealed class Timeline<TRow> where TRow : class
{
    private readonly AppendOnlyList<(long Position, TRow Row)> rows = new();

    public int Count => rows.Count;

    /// <summary>The last row there is: for the fold, which is always at the end.</summary>
    internal TRow? Last => rows.Count == 0 ? null : rows[rows.Count - 1].Row;

    internal void Add(long position, TRow row) => rows.Add((position, row));

    /// <summary>The row as known at a size (how many entries were known), or null if there was none yet.</summary>
    public TRow? At(long size)
    {
        var all = rows.Snapshot();
        int low = 0, high = all.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (all[middle].Position < size)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low == 0 ? null : all[low - 1].Row;
    }
}

/// <summary>The timelines of a read model, by key, and the keys in the order in which they first came up.</summary>
public sealed class Timelines<TRow> where TRow : class
{
    private readonly ConcurrentDictionary<string, Timeline<TRow>> byKey = new(StringComparer.Ordinal);
    private readonly AppendOnlyList<(long Position, Timeline<TRow> Timeline)> inOrder = new();

    /// <summary>The row of a key as known at a size, or null.</summary>
    public TRow? At(string key, long size) => byKey.TryGetValue(key, out var timeline) ? timeline.At(size) : null;

    /// <summary>All rows as known at a size, in the order in which their keys first came up.</summary>
    public IEnumerable<TRow> At(long size)
    {
        for (var i = 0; i < inOrder.Count; i++)
        {
            var (position, timeline) = inOrder[i];
            if (position >= size)
            {
                yield break;
            }
            yield return timeline.At(size)!;
        }
    }

    internal TRow? Last(string key) => byKey.TryGetValue(key, out var timeline) ? timeline.Last : null;

    internal void Add(string key, long position, TRow row)
    {
        var isNew = !byKey.TryGetValue(key, out var timeline);
        timeline ??= new Timeline<TRow>();
        timeline.Add(position, row);
        if (isNew)
        {
            byKey[key] = timeline;
            inOrder.Add((position, timeline));
        }
    }
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Transparency;

/// <summary>What was known of a log: its size, and the roots of the full subtrees that its root is made of (largest first).</summary>
public sealed record KnownHead(long Size, IReadOnlyList<Hash> Peaks)
{
    public static readonly KnownHead Empty = new(0, []);

    public Hash Root => Peaks.Count == 0 ? MerkleTree.EmptyRoot : MerkleTree.FoldPeaks(Peaks);

    /// <summary>Holds a log against what was known of it.</summary>
    /// <exception cref="LogRolledBackException">It was cut, rewritten or rolled back.</exception>
    public void Check(MerkleTree tree)
    {
        if (tree.Size < Size)
        {
            throw new LogRolledBackException(
                $"The log was cut or rolled back: it has {tree.Size} entries, and had {Size} when this registry last ran. " +
                $"Entries {tree.Size} to {Size - 1} are gone. Last known root: {Root}.");
        }
        if (FirstDifference(tree) is var (start, end))
        {
            throw new LogRolledBackException(
                $"The log was rewritten: its first {Size} entries are not the ones that were there when this registry last ran. " +
                $"The first difference is between entries {start} and {end}. Last known root: {Root}; root now: {tree.Root(Size)}.");
        }
    }

    /// <summary>The first subtree that a log differs in, as its first and last position; null where there is none. The log has at least this size.</summary>
    public (long Start, long End)? FirstDifference(MerkleTree tree)
    {
        long start = 0;
        var peaks = tree.Peaks(Size);
        for (var i = 0; i < peaks.Count; i++)
        {
            var width = 1L << System.Numerics.BitOperations.Log2((ulong)(Size - start));
            if (peaks[i] != Peaks[i])
            {
                return (start, start + width - 1);
            }
            start += width;
        }
        return null;
    }
}

using System.Numerics;
using System.Security.Cryptography;

namespace PledgeRegistry.Transparency;

/// <summary>
/// The Merkle tree of RFC 6962 §2.1 over the log: leaf index = position. Append-only; one writer, any number of
/// readers. A reader asks only for sizes it learned from the published head, so it never sees a half-added leaf.
/// </summary>
public sealed class MerkleTree
{
    /// <summary>The root of a tree without leaves: SHA-256 of nothing.</summary>
    public static readonly Hash EmptyRoot = Hash.Of([]);

    // levels[l] holds the roots of all full subtrees of 2^l leaves, from the left.
    private readonly AppendOnlyList<Hash>[] levels = [.. Enumerable.Range(0, 63).Select(_ => new AppendOnlyList<Hash>())];

    public long Size => levels[0].Count;

    public static Hash LeafHash(ReadOnlySpan<byte> entry)
    {
        Span<byte> digest = stackalloc byte[Hash.Length];
        var buffer = System.Buffers.ArrayPool<byte>.Shared.Rent(entry.Length + 1);
        buffer[0] = 0;
        entry.CopyTo(buffer.AsSpan(1));
        SHA256.HashData(buffer.AsSpan(0, entry.Length + 1), digest);
        System.Buffers.ArrayPool<byte>.Shared.Return(buffer);
        return new Hash(digest);
    }

    public static Hash NodeHash(Hash left, Hash right)
    {
        Span<byte> buffer = stackalloc byte[1 + 2 * Hash.Length];
        buffer[0] = 1;
        left.CopyTo(buffer[1..]);
        right.CopyTo(buffer[(1 + Hash.Length)..]);
        return Hash.Of(buffer);
    }

    public void Append(Hash leaf)
    {
        var node = leaf;
        var index = levels[0].Count;
        levels[0].Add(node);
        for (var level = 0; (index & 1) == 1; level++)
        {
            node = NodeHash(levels[level][index - 1], node);
            index >>= 1;
            levels[level + 1].Add(node);
        }
    }

    public Hash Leaf(long position) => levels[0][checked((int)position)];

    /// <summary>The root of a full subtree of 2^<paramref name="level"/> leaves, the <paramref name="index"/>th from the left.</summary>
    public Hash Node(int level, long index) => levels[level][checked((int)index)];

    /// <summary>The root of the first <paramref name="size"/> leaves.</summary>
    public Hash Root(long size)
    {
        var peaks = Peaks(size);
        return peaks.Count == 0 ? EmptyRoot : FoldPeaks(peaks);
    }

    /// <summary>The roots of the full subtrees that make up a tree of this size, largest (leftmost) first.</summary>
    public IReadOnlyList<Hash> Peaks(long size)
    {
        CheckSize(size);
        var peaks = new List<Hash>();
        long start = 0;
        for (var level = 62; level >= 0; level--)
        {
            if ((size >> level & 1) == 1)
            {
                peaks.Add(levels[level][checked((int)(start >> level))]);
                start += 1L << level;
            }
        }
        return peaks;
    }

    public static Hash FoldPeaks(IReadOnlyList<Hash> peaks)
    {
        var root = peaks[^1];
        for (var i = peaks.Count - 2; i >= 0; i--)
        {
            root = NodeHash(peaks[i], root);
        }
        return root;
    }

    /// <summary>The audit path of RFC 6962 §2.1.1: the leaf's sibling first.</summary>
    public IReadOnlyList<Hash> InclusionProof(long index, long size)
    {
        CheckSize(size);
        ArgumentOutOfRangeException.ThrowIfNegative(index);
        ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual(index, size);
        var proof = new List<Hash>();
        long start = 0, end = size;
        while (end - start > 1)
        {
            var split = start + SplitPoint(end - start);
            if (index < split)
            {
                proof.Add(Subtree(split, end));
                end = split;
            }
            else
            {
                proof.Add(Subtree(start, split));
                start = split;
            }
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>The consistency proof of RFC 6962 §2.1.2 from <paramref name="first"/> to <paramref name="second"/> leaves.</summary>
    public IReadOnlyList<Hash> ConsistencyProof(long first, long second)
    {
        CheckSize(second);
        ArgumentOutOfRangeException.ThrowIfNegative(first);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, second);
        var proof = new List<Hash>();
        if (first == 0 || first == second)
        {
            return proof;
        }
        long start = 0, end = second;
        var known = true;
        while (first != end)
        {
            var split = start + SplitPoint(end - start);
            if (first <= split)
            {
                proof.Add(Subtree(split, end));
                end = split;
            }
            else
            {
                proof.Add(Subtree(start, split));
                start = split;
                known = false;
            }
        }
        if (!known)
        {
            proof.Add(Subtree(start, end));
        }
        proof.Reverse();
        return proof;
    }

    /// <summary>The largest power of two smaller than <paramref name="n"/> (n &gt; 1).</summary>
    internal static long SplitPoint(long n) => 1L << BitOperations.Log2((ulong)(n - 1));

    private Hash Subtree(long start, long end)
    {
        var count = end - start;
        if (BitOperations.IsPow2(count))
        {
            var level = BitOperations.Log2((ulong)count);
            return levels[level][checked((int)(start >> level))];
        }
        var split = start + SplitPoint(count);
        return NodeHash(Subtree(start, split), Subtree(split, end));
    }

    private void CheckSize(long size)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(size);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(size, Size);
    }
}

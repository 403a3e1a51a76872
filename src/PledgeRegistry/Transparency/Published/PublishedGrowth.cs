using System.Numerics;
using PledgeRegistry.Transparency.Tiles;

namespace PledgeRegistry.Transparency.Published;

/// <summary>Proves from published tiles that a log only grew. The proof is checked by hashes alone: tiles that lie can't make one.</summary>
public sealed class PublishedGrowth(IPublishedFiles files, long size)
{
    private readonly Dictionary<Tile, IReadOnlyList<Hash>> tiles = [];

    /// <summary>The consistency proof of RFC 6962 §2.1.2 from a smaller size to this one.</summary>
    /// <exception cref="PublishedFileException">A tile is missing, or has another form.</exception>
    public async Task<IReadOnlyList<Hash>> ProofAsync(long first, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(first, 1);
        ArgumentOutOfRangeException.ThrowIfGreaterThan(first, size);
        var proof = new List<Hash>();
        if (first == size)
        {
            return proof;
        }
        long start = 0, end = size;
        var known = true;
        while (first != end)
        {
            var split = start + MerkleTree.SplitPoint(end - start);
            if (first <= split)
            {
                proof.Add(await SubtreeAsync(split, end, cancel));
                end = split;
            }
            else
            {
                proof.Add(await SubtreeAsync(start, split, cancel));
                start = split;
                known = false;
            }
        }
        if (!known)
        {
            proof.Add(await SubtreeAsync(start, end, cancel));
        }
        proof.Reverse();
        return proof;
    }

    private async Task<Hash> SubtreeAsync(long start, long end, CancellationToken cancel)
    {
        var count = end - start;
        if (!BitOperations.IsPow2(count))
        {
            var split = start + MerkleTree.SplitPoint(count);
            return MerkleTree.NodeHash(await SubtreeAsync(start, split, cancel), await SubtreeAsync(split, end, cancel));
        }
        // A full subtree of 2^n leaves: 2^(n mod 8) hashes of a tile, folded.
        var (level, rest) = Math.DivRem(BitOperations.Log2((ulong)count), Tile.Height);
        var at = start >> (level * Tile.Height);
        var (index, skip) = Math.DivRem(at, Tile.Full);
        var hashes = await TileAsync(level, index, cancel);
        var nodes = hashes.Skip((int)skip).Take(1 << rest).ToArray();
        for (var width = nodes.Length; width > 1; width /= 2)
        {
            for (var i = 0; i < width / 2; i++)
            {
                nodes[i] = MerkleTree.NodeHash(nodes[2 * i], nodes[2 * i + 1]);
            }
        }
        return nodes[0];
    }

    private async Task<IReadOnlyList<Hash>> TileAsync(int level, long index, CancellationToken cancel)
    {
        var tile = new Tile(level, index, (int)Math.Min(Tile.Full, Tile.CountAt(level, size) - index * Tile.Full));
        if (tiles.TryGetValue(tile, out var hashes))
        {
            return hashes;
        }
        var bytes = await files.ReadAsync(tile.Path, tile.Width * Hash.Length, cancel) ?? throw new PublishedFileException($"{tile.Path} is missing.");
        try
        {
            return tiles[tile] = TileContent.ReadHashes(bytes, tile.Width);
        }
        catch (FormatException e)
        {
            throw new PublishedFileException($"{tile.Path} isn't right: {e.Message}", e);
        }
    }
}

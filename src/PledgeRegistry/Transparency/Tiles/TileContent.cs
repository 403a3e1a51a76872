using System.Buffers.Binary;

namespace PledgeRegistry.Transparency.Tiles;

/// <summary>What tiles hold, as bytes: the same for every engine, and at every time.</summary>
public static class TileContent
{
    /// <summary>A tile of hashes: each 32 bytes, one after the other.</summary>
    /// <param name="tile">One that is in the tree.</param>
    public static byte[] OfHashes(MerkleTree tree, Tile tile)
    {
        var bytes = new byte[tile.Width * Hash.Length];
        for (var i = 0; i < tile.Width; i++)
        {
            tree.Node(tile.Level * Tile.Height, tile.First + i).CopyTo(bytes.AsSpan(i * Hash.Length));
        }
        return bytes;
    }

    /// <summary>The hashes in a tile.</summary>
    /// <exception cref="FormatException">It doesn't have the length of a tile of that width.</exception>
    public static IReadOnlyList<Hash> ReadHashes(ReadOnlySpan<byte> bytes, int width)
    {
        if (bytes.Length != width * Hash.Length)
        {
            throw new FormatException($"A tile of {width} hashes has {width * Hash.Length} bytes, not {bytes.Length}.");
        }
        var hashes = new Hash[width];
        for (var i = 0; i < width; i++)
        {
            hashes[i] = new Hash(bytes.Slice(i * Hash.Length, Hash.Length));
        }
        return hashes;
    }

    /// <summary>A bundle of entries: before each, its length in two bytes, the higher first.</summary>
    public static byte[] OfEntries(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var bytes = new byte[entries.Sum(e => 2 + e.Length)];
        var at = 0;
        foreach (var entry in entries)
        {
            BinaryPrimitives.WriteUInt16BigEndian(bytes.AsSpan(at), checked((ushort)entry.Length));
            entry.Span.CopyTo(bytes.AsSpan(at + 2));
            at += 2 + entry.Length;
        }
        return bytes;
    }

    /// <summary>The entries in a bundle.</summary>
    /// <exception cref="FormatException">It doesn't hold exactly so many.</exception>
    public static IReadOnlyList<ReadOnlyMemory<byte>> ReadEntries(ReadOnlyMemory<byte> bytes, int width)
    {
        var entries = new List<ReadOnlyMemory<byte>>(width);
        while (bytes.Length >= 2 && BinaryPrimitives.ReadUInt16BigEndian(bytes.Span) is var length && bytes.Length >= 2 + length)
        {
            entries.Add(bytes.Slice(2, length));
            bytes = bytes[(2 + length)..];
        }
        return entries.Count == width && bytes.IsEmpty ? entries : throw new FormatException($"The bundle doesn't hold {width} entries.");
    }
}

using System.Globalization;
using System.Numerics;

namespace PledgeRegistry.Transparency.Tiles;

/// <summary>
/// A piece of a log as C2SP's tlog-tiles publishes it: 256 hashes of a level of the tree, or 256 entries; fewer at the end.
/// What it holds never changes.
/// </summary>
/// <param name="Level">0: leaf hashes; l: roots of subtrees of 256^l leaves; <see cref="Entries"/>: the entries themselves.</param>
/// <param name="Index">Its place in its level, from 0.</param>
/// <param name="Width">How many it holds: 1 to 256. Fewer than 256 is a partial tile.</param>
public readonly record struct Tile(int Level, long Index, int Width = Tile.Full)
{
    /// <summary>The level of the bundles of entries.</summary>
    public const int Entries = -1;

    public const int Full = 256;

    /// <summary>log2 of <see cref="Full"/>: so many levels of the tree is a level of tiles.</summary>
    public const int Height = 8;

    /// <summary>The highest level of a tree of less than 2^63 leaves.</summary>
    public const int MaxLevel = 62 / Height;

    /// <summary>Position of its first hash or entry in its level.</summary>
    public long First => Index * Full;

    /// <summary>Its address, without a slash before it: <c>tile/0/x001/x234/067.p/12</c>.</summary>
    public string Path
    {
        get
        {
            var groups = (Index % 1000).ToString("000", CultureInfo.InvariantCulture);
            for (var rest = Index / 1000; rest > 0; rest /= 1000)
            {
                groups = string.Create(CultureInfo.InvariantCulture, $"x{rest % 1000:000}/{groups}");
            }
            var level = Level == Entries ? "entries" : Level.ToString(CultureInfo.InvariantCulture);
            return Width == Full ? $"tile/{level}/{groups}" : string.Create(CultureInfo.InvariantCulture, $"tile/{level}/{groups}.p/{Width}");
        }
    }

    /// <summary>The tile of an address in the one form that <see cref="Path"/> writes; null for any other.</summary>
    public static Tile? TryParse(string path)
    {
        var parts = path.Split('/');
        if (parts.Length is < 3 or > 10 || parts[0] != "tile")
        {
            return null;
        }
        var level = Entries;
        if (parts[1] != "entries" && !int.TryParse(parts[1], NumberStyles.None, CultureInfo.InvariantCulture, out level))
        {
            return null;
        }
        var width = Full;
        var groups = parts.AsSpan(2);
        if (groups.Length > 1 && groups[^2].EndsWith(".p", StringComparison.Ordinal))
        {
            if (!int.TryParse(groups[^1], NumberStyles.None, CultureInfo.InvariantCulture, out width) || width is < 1 or >= Full)
            {
                return null;
            }
            groups = groups[..^1];
        }
        long index = 0;
        foreach (var group in groups)
        {
            if (!long.TryParse(group.Replace(".p", "", StringComparison.Ordinal).TrimStart('x'), NumberStyles.None, CultureInfo.InvariantCulture, out var digits)
                || digits > 999 || index > long.MaxValue / Full / 1000 - 1)
            {
                return null;
            }
            index = index * 1000 + digits;
        }
        var tile = new Tile(level, index, width);
        return level <= MaxLevel && tile.Path == path ? tile : null;
    }

    /// <summary>Whether a log of this size has all that the tile holds.</summary>
    public bool IsIn(long size) => Width is >= 1 and <= Full && Index >= 0 && Width <= CountAt(Level, size) - First;

    /// <summary>How many hashes (or entries) a level has at a size: that of tiles l has floor(size / 256^l).</summary>
    public static long CountAt(int level, long size) => size >> (Height * Math.Max(level, 0));

    /// <summary>Every tile that a log of a size has, lowest level first, entries before all; partial ones at the ends. None is empty.</summary>
    /// <param name="since">Leaves out the full tiles that a log of this size had already.</param>
    public static IEnumerable<Tile> Of(long size, long since = 0)
    {
        var top = size == 0 ? -1 : BitOperations.Log2((ulong)size) / Height;
        for (var level = size == 0 ? 0 : Entries; level <= top; level++)
        {
            var count = CountAt(level, size);
            for (var index = CountAt(level, since) / Full; index < count / Full; index++)
            {
                yield return new Tile(level, index);
            }
            if (count % Full > 0)
            {
                yield return new Tile(level, count / Full, (int)(count % Full));
            }
        }
    }

    public override string ToString() => Path;
}

using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Tiles;

namespace PledgeRegistry.Cli.Tests.Published;

/// <summary>Published files in memory.</summary>
internal sealed class FilesInMemory(IReadOnlyDictionary<string, byte[]> files) : IPublishedFiles
{
    public IReadOnlyDictionary<string, byte[]> All => files;

    public static FilesInMemory Read(string folder) => new(Directory.EnumerateFiles(folder, "*", SearchOption.AllDirectories)
        .ToDictionary(f => Path.GetRelativePath(folder, f).Replace(Path.DirectorySeparatorChar, '/'), File.ReadAllBytes, StringComparer.Ordinal));

    public FilesInMemory With(params (string Path, byte[] Bytes)[] changed)
    {
        var copy = new Dictionary<string, byte[]>(files, StringComparer.Ordinal);
        foreach (var (path, bytes) in changed)
        {
            copy[path] = bytes;
        }
        return new FilesInMemory(copy);
    }

    public Task<byte[]?> ReadAsync(string path, int most, CancellationToken cancel = default) =>
        !files.TryGetValue(path, out var bytes) ? Task.FromResult<byte[]?>(null)
        : bytes.Length > most ? throw new PublishedFileException($"{path} has {bytes.Length} bytes; at most {most} are possible.")
        : Task.FromResult<byte[]?>(bytes);

    public IEnumerable<string>? Tiles() => files.Keys.Where(f => f.StartsWith("tile/", StringComparison.Ordinal)).Order(StringComparer.Ordinal);

    public void Write(string folder)
    {
        foreach (var (path, bytes) in files)
        {
            var file = Path.Combine(folder, path);
            Directory.CreateDirectory(Path.GetDirectoryName(file)!);
            File.WriteAllBytes(file, bytes);
        }
    }
}

/// <summary>Rows as an engine could give them out, whatever they are.</summary>
internal sealed class RowsInMemory(IReadOnlyList<StoredEntry> rows) : IEventLog
{
    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) => throw new NotSupportedException();

    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default) =>
        Task.FromResult<IReadOnlyList<StoredEntry>>([.. rows.Skip((int)from).Take(count)]);

    public Task WaitAsync(long after, CancellationToken cancel = default) => Task.Delay(Timeout.Infinite, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

/// <summary>What can happen to stored bytes: one random change, which always leaves other bytes.</summary>
internal static class Mutations
{
    /// <summary>Bits flipped, a piece cut out, two pieces swapped, something appended or put in.</summary>
    public static (byte[] Bytes, string What) Change(byte[] bytes, Random random)
    {
        while (true)
        {
            var (changed, what) = random.Next(5) switch
            {
                0 => (Flipped(bytes, random, 1), "flip"),
                1 => (Flipped(bytes, random, random.Next(2, 9)), "flips"),
                2 => (Cut(bytes, random), "cut"),
                3 => (Swapped(bytes, random), "swap"),
                _ => (Inserted(bytes, random), "append"),
            };
            if (!changed.AsSpan().SequenceEqual(bytes))
            {
                return (changed, what);
            }
        }
    }

    /// <summary>One of the files changed, replaced by another, or by what it was at an older size.</summary>
    public static (FilesInMemory Files, string What, string Path) ChangeFile(FilesInMemory good, FilesInMemory older, Random random)
    {
        while (true)
        {
            var path = Pick(good.All.Keys, random);
            var bytes = good.All[path];
            var (changed, what) = random.Next(6) switch
            {
                0 => (good.All[Pick(good.All.Keys, random)], "another file"),
                1 => (older.All.GetValueOrDefault(path) ?? older.All[Pick(older.All.Keys, random)], "older file"),
                _ => Change(bytes, random),
            };
            if (changed.AsSpan().SequenceEqual(bytes))
            {
                continue;
            }
            return path.StartsWith("tile/entries/", StringComparison.Ordinal) && random.Next(2) == 0 && WithLeaves(good, path, random) is { } consistent
                ? (consistent, "entry and its leaf hash", path)
                : (good.With((path, changed)), what, path);
        }
    }

    /// <summary>An entry changed within its bundle, and the tile of leaf hashes made to fit: only what is signed tells.</summary>
    private static FilesInMemory? WithLeaves(FilesInMemory good, string path, Random random)
    {
        var tile = Tile.TryParse(path)!.Value;
        var entries = TileContent.ReadEntries(good.All[path], tile.Width).ToArray();
        var at = random.Next(entries.Length);
        var changed = Change(entries[at].ToArray(), random).Bytes;
        if (changed.Length > ushort.MaxValue)
        {
            return null;
        }
        entries[at] = changed;
        var leaves = (tile with { Level = 0 }).Path;
        var hashes = (byte[])good.All[leaves].Clone();
        MerkleTree.LeafHash(changed).CopyTo(hashes.AsSpan(at * Hash.Length));
        return good.With((path, TileContent.OfEntries(entries)), (leaves, hashes));
    }

    /// <summary>A row changed, exchanged for another, or gone; or the last rows gone.</summary>
    public static (IReadOnlyList<StoredEntry> Rows, string What) ChangeRows(IReadOnlyList<StoredEntry> good, Random random)
    {
        var rows = good.ToList();
        var (at, other) = (random.Next(rows.Count), random.Next(rows.Count));
        switch (random.Next(7))
        {
            case 0 when at != other:
                (rows[at], rows[other]) = (rows[other], rows[at]);
                return (rows, "rows swapped");
            case 1:
                rows.RemoveAt(at);
                return (rows, "row gone");
            case 2:
                rows.RemoveRange(at, rows.Count - at);
                return (rows, "end gone");
            case 3:
                var leaf = rows[at].Leaf.ToArray();
                rows[at] = rows[at] with { Leaf = new Hash(Flipped(leaf, random, random.Next(1, 3))) };
                return (rows, "leaf hash");
            case 4:
                rows.Add(rows[other]);
                return (rows, "row again");
            case 5:
                rows[at] = StoredEntry.Of(Change(rows[at].Bytes.ToArray(), random).Bytes);
                return (rows, "entry and its leaf hash");
            default:
                var (bytes, what) = Change(rows[at].Bytes.ToArray(), random);
                rows[at] = rows[at] with { Bytes = bytes };
                return (rows, what);
        }
    }

    private static byte[] Flipped(byte[] bytes, Random random, int bits)
    {
        var changed = (byte[])bytes.Clone();
        var places = new HashSet<int>();
        while (places.Count < Math.Min(bits, bytes.Length * 8))
        {
            places.Add(random.Next(bytes.Length * 8));
        }
        foreach (var place in places)
        {
            changed[place / 8] ^= (byte)(1 << (place % 8));
        }
        return changed;
    }

    private static byte[] Cut(byte[] bytes, Random random)
    {
        var start = random.Next(bytes.Length);
        var length = random.Next(1, Math.Min(64, bytes.Length - start) + 1);
        return [.. bytes[..start], .. random.Next(3) == 0 ? [] : bytes[(start + length)..]];
    }

    private static byte[] Swapped(byte[] bytes, Random random)
    {
        var length = Math.Min(random.Next(1, 65), bytes.Length / 2);
        if (length == 0)
        {
            return bytes;
        }
        var a = random.Next(bytes.Length - 2 * length + 1);
        var b = random.Next(a + length, bytes.Length - length + 1);
        return [.. bytes[..a], .. bytes[b..(b + length)], .. bytes[(a + length)..b], .. bytes[a..(a + length)], .. bytes[(b + length)..]];
    }

    private static byte[] Inserted(byte[] bytes, Random random)
    {
        var added = new byte[random.Next(1, 65)];
        random.NextBytes(added);
        var at = random.Next(3) == 0 ? random.Next(bytes.Length + 1) : bytes.Length;
        return [.. bytes[..at], .. random.Next(2) == 0 && bytes.Length > added.Length ? bytes[^added.Length..] : added, .. bytes[at..]];
    }

    private static string Pick(IEnumerable<string> paths, Random random)
    {
        var all = paths.Order(StringComparer.Ordinal).ToArray();
        return all[random.Next(all.Length)];
    }
}

/// <summary>Counts of what was done, and what was found.</summary>
internal sealed class MutationFigures
{
    private readonly SortedDictionary<string, int> kinds = new(StringComparer.Ordinal);

    public int Done { get; private set; }

    /// <summary>Those of which at least the first check held: a good signature and a sound first entry.</summary>
    public int PastFirst { get; private set; }

    public void Add(string kind, bool pastFirst)
    {
        kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
        Done++;
        PastFirst += pastFirst ? 1 : 0;
    }

    public override string ToString() => string.Create(CultureInfo.InvariantCulture,
        $"{Done} mutations, {100.0 * PastFirst / Done:0.0} % past the first check; {string.Join(", ", kinds.Select(k => $"{k.Key}: {k.Value}"))}");
}

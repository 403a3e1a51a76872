using PledgeRegistry.Private;

namespace PledgeRegistry.Transparency.Tiles;

/// <summary>What a publication did.</summary>
/// <param name="Written">Files written now.</param>
/// <param name="Kept">Files that were there already, and were right.</param>
public sealed record Published(long Size, Hash Root, int Written, int Kept);

/// <summary>A folder can't be published into; the message says why.</summary>
public sealed class PublishException(string message) : Exception(message);

/// <summary>
/// Writes a signed log as files that any web server can serve, under the addresses of C2SP's tlog-tiles. Each is there whole or
/// not at all; the checkpoint comes last, so that whoever reads it finds all that it speaks of. Goes on where it was cut off, and writes
/// anew what was lost or changed.
/// </summary>
public static class TilePublisher
{
    public const string CheckpointFile = "checkpoint";

    /// <param name="withheld">The entries of which something is withheld: bundles that show them in full are written anew.</param>
    /// <param name="progress">Told how many files are there, now and then.</param>
    /// <exception cref="PublishException">The folder holds another log, or a later state of this one.</exception>
    public static async Task<Published> WriteAsync(
        TileSource source, MerkleTree tree, SignedHead signed, string folder, IEnumerable<long>? withheld = null, Action<int>? progress = null, CancellationToken cancel = default)
    {
        Check(tree, signed, Path.Combine(folder, CheckpointFile));
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        var folders = new HashSet<string>(StringComparer.Ordinal);
        int written = await RewriteAsync(source, signed.Size, folder, withheld ?? [], cancel), kept = 0;
        foreach (var tile in Tile.Of(signed.Size))
        {
            var file = Path.Combine([folder, .. tile.Path.Split('/')]);
            for (var on = Path.GetDirectoryName(file)!; on.Length >= folder.Length && folders.Add(on);)
            {
                on = Path.GetDirectoryName(on)!;
            }
            if (await IsRightAsync(source, tree, tile, signed.Size, file, cancel))
            {
                kept++;
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                AtomicFile.Write(file, (await source.ReadAsync(tile, signed.Size, cancel))!, syncFolder: false);
                written++;
            }
            if ((written + kept) % 256 == 0)
            {
                progress?.Invoke(written + kept);
            }
        }
        Directory.CreateDirectory(folder);
        // Once for all files in them, and before the checkpoint, which speaks of these.
        foreach (var on in folders)
        {
            DirectorySync.Flush(on);
        }
        AtomicFile.Write(Path.Combine(folder, CheckpointFile), System.Text.Encoding.UTF8.GetBytes(signed.Note));
        return new Published(signed.Size, signed.Root, written + 1, kept);
    }

    // Held against the tree, which is in memory: of what is right, nothing is read from the log.
    private static async Task<bool> IsRightAsync(TileSource source, MerkleTree tree, Tile tile, long size, string file, CancellationToken cancel)
    {
        if (!File.Exists(file) || (tile.Level != Tile.Entries && new FileInfo(file).Length != (long)tile.Width * Hash.Length))
        {
            return false;
        }
        var there = await File.ReadAllBytesAsync(file, cancel);
        if (tile.Level != Tile.Entries)
        {
            return TileContent.OfHashes(tree, tile).AsSpan().SequenceEqual(there);
        }
        try
        {
            var entries = TileContent.ReadEntries(there, tile.Width);
            if (!entries.Where((entry, i) => MerkleTree.LeafHash(entry.Span) != tree.Leaf(tile.First + i)).Any())
            {
                return true;
            }
        }
        catch (FormatException)
        {
            return false;
        }
        // Also an entry of which something is withheld, whose bytes don't have that hash.
        return (await source.ReadAsync(tile, size, cancel)).AsSpan().SequenceEqual(there);
    }

    // Of every width that was ever published: an older, narrower one has the entry, too.
    private static async Task<int> RewriteAsync(TileSource source, long size, string folder, IEnumerable<long> withheld, CancellationToken cancel)
    {
        var written = 0;
        foreach (var tile in withheld.Select(p => p / Tile.Full).Distinct().SelectMany(i => Enumerable.Range(1, Tile.Full).Select(w => new Tile(Tile.Entries, i, w))))
        {
            var file = Path.Combine([folder, .. tile.Path.Split('/')]);
            if (!File.Exists(file))
            {
                continue;
            }
            if (await source.ReadAsync(tile, size, cancel) is not { } now)
            {
                // Of a size beyond what is signed: nobody asks for it.
                File.Delete(file);
                written++;
            }
            else if (await File.ReadAllBytesAsync(file, cancel) is var there && !now.AsSpan().SequenceEqual(there))
            {
                AtomicFile.Write(file, now);
                written++;
            }
        }
        return written;
    }

    // What was published there before is of this log, and no later state of it.
    private static void Check(MerkleTree tree, SignedHead signed, string file)
    {
        SignedHead? before;
        try
        {
            before = Signing.SignedCopy.Read(file);
        }
        catch (DirectoryNotFoundException)
        {
            return;
        }
        catch (FormatException e)
        {
            throw new PublishException($"{file} is no checkpoint: {e.Message} Name a folder of its own.");
        }
        if (before is null)
        {
            return;
        }
        if (OriginOf(before) != OriginOf(signed))
        {
            throw new PublishException($"{file} is of a log of another origin. Name a folder of its own.");
        }
        if (before.Size > signed.Size)
        {
            throw new PublishException($"{file} is of {before.Size} entries, and only {signed.Size} are signed here. Nothing was changed.");
        }
        if (tree.Root(before.Size) != before.Root)
        {
            throw new PublishException($"{file} is of another log: its first {before.Size} entries are not those here. Nothing was changed.");
        }
    }

    private static string OriginOf(SignedHead head) => Notes.Checkpoint.Parse(Notes.SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(head.Note)).Text).Origin;
}

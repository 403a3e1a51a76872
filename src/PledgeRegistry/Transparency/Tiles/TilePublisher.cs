using PledgeRegistry.Private;

namespace PledgeRegistry.Transparency.Tiles;

/// <summary>What a publication did.</summary>
/// <param name="Written">Files written now.</param>
/// <param name="Kept">Files that were there already.</param>
public sealed record Published(long Size, Hash Root, int Written, int Kept);

/// <summary>A folder can't be published into; the message says why.</summary>
public sealed class PublishException(string message) : Exception(message);

/// <summary>
/// Writes a signed log as files that any web server can serve, under the addresses of C2SP's tlog-tiles. Each is there whole or
/// not at all; the checkpoint comes last, so that whoever reads it finds all that it speaks of. Goes on where it was cut off.
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
        var before = Before(tree, signed, Path.Combine(folder, CheckpointFile));
        int written = await RewriteAsync(source, signed.Size, folder, withheld ?? [], cancel), kept = 0;
        foreach (var tile in Tile.Of(signed.Size, since: before))
        {
            var file = Path.Combine([folder, .. tile.Path.Split('/')]);
            if (File.Exists(file))
            {
                kept++;
            }
            else
            {
                Directory.CreateDirectory(Path.GetDirectoryName(file)!);
                AtomicFile.Write(file, (await source.ReadAsync(tile, signed.Size, cancel))!);
                written++;
            }
            if ((written + kept) % 256 == 0)
            {
                progress?.Invoke(written + kept);
            }
        }
        Directory.CreateDirectory(folder);
        AtomicFile.Write(Path.Combine(folder, CheckpointFile), System.Text.Encoding.UTF8.GetBytes(signed.Note));
        return new Published(signed.Size, signed.Root, written + 1, kept);
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

    // The size that was published wholly before: its full tiles are there.
    private static long Before(MerkleTree tree, SignedHead signed, string file)
    {
        SignedHead? before;
        try
        {
            before = Signing.SignedCopy.Read(file);
        }
        catch (DirectoryNotFoundException)
        {
            return 0;
        }
        catch (FormatException e)
        {
            throw new PublishException($"{file} is no checkpoint: {e.Message} Name a folder of its own.");
        }
        return before is null ? 0
            : Notes.Checkpoint.Parse(Notes.SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(before.Note)).Text).Origin
                != Notes.Checkpoint.Parse(Notes.SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(signed.Note)).Text).Origin
                ? throw new PublishException($"{file} is of a log of another origin. Name a folder of its own.")
            : before.Size > signed.Size ? throw new PublishException($"{file} is of {before.Size} entries, and only {signed.Size} are signed here. Nothing was changed.")
            : tree.Root(before.Size) != before.Root ? throw new PublishException($"{file} is of another log: its first {before.Size} entries are not those here. Nothing was changed.")
            : before.Size;
    }
}

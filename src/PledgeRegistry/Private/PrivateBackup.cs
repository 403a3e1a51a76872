using System.Security.Cryptography;

namespace PledgeRegistry.Private;

/// <summary>How much a backup of the private store holds.</summary>
/// <param name="Contacts">Contacts, erased ones included.</param>
/// <param name="AccessLines">Lines of the access log.</param>
/// <param name="Signed">1 where a checkpoint was signed, else 0.</param>
public sealed record PrivateCounts(long Contacts, long Drafts, long Keys, long AccessLines, long Signed = 0);

/// <summary>A backup that was written.</summary>
/// <param name="MadeAt">Who is erased after this is in it still: whoever keeps the file must know.</param>
public sealed record PrivateBackupMade(string Path, DateTimeOffset MadeAt, PrivateCounts Counts);

/// <summary>A backup that was restored.</summary>
/// <param name="MadeAt">When the backup was made. Who was erased after that is back, and must be erased again.</param>
/// <param name="Contacts">The contacts that have a person again: actor id and participant, no more.</param>
public sealed record PrivateRestored(DateTimeOffset MadeAt, PrivateCounts Counts, IReadOnlyList<(string Actor, string Participant)> Contacts);

/// <summary>A backup can't be restored. The message says why: at damage, the line.</summary>
public sealed class PrivateBackupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>
/// The private store as a file of JSON lines, the same for every engine: a head, each thing as it is stored, an end with
/// counts and hash. It holds people, forms and secret keys in the clear: it is readable by its owner alone, and whoever keeps
/// it must keep it as safe as the store, and no longer than needed.
/// </summary>
public static class PrivateBackup
{
    /// <summary>Writes the store to a file, whole or not at all; one that was there under this name is replaced then.</summary>
    /// <param name="by">The actor id under which that is logged.</param>
    /// <exception cref="IOException">The file can't be written.</exception>
    /// <exception cref="PrivateUnavailableException">The store can't be read.</exception>
    public static PrivateBackupMade Write(IPrivateStore store, string by, string path, TimeProvider clock)
    {
        var madeAt = DateTimeOffset.FromUnixTimeMilliseconds(clock.GetUtcNow().ToUnixTimeMilliseconds());
        var full = Path.GetFullPath(path);
        var making = $"{full}.{Path.GetRandomFileName()}.tmp";
        try
        {
            PrivateCounts counts;
            using (var file = new FileStream(making, OwnersOwn()))
            {
                var writer = new PrivateBackupWriter(file, madeAt);
                store.CopyOut(by, writer.Write);
                counts = writer.End();
                file.Flush(flushToDisk: true);
            }
            File.Move(making, full, overwrite: true);
            return new PrivateBackupMade(full, madeAt, counts);
        }
        catch
        {
            File.Delete(making);
            throw;
        }
    }

    /// <summary>
    /// Restores a backup of any engine into a store that has nothing in it, all or nothing. The whole file is checked before
    /// anything is written, and again while it is.
    /// </summary>
    /// <param name="by">The actor id under which that is logged.</param>
    /// <exception cref="PrivateBackupException">The file is damaged, cut or something else, or the store has something in it.</exception>
    /// <exception cref="PrivateUnavailableException">The store can't be written.</exception>
    public static PrivateRestored Restore(IPrivateStore store, string by, string path)
    {
        foreach (var _ in new PrivateBackupReader(path).Rows())
        {
            // Only whether it is whole.
        }
        var reader = new PrivateBackupReader(path);
        if (!store.TakeIn(by, reader.Rows()))
        {
            throw new PrivateBackupException("The private store has something in it. A backup is only restored into an empty one; nothing was changed.");
        }
        return new PrivateRestored(reader.MadeAt, reader.Counts, reader.Contacts);
    }

    internal static string Hex(ReadOnlySpan<byte> hash) => Convert.ToHexStringLower(hash);

    internal static byte[] Hash(ReadOnlySpan<byte> bytes) => SHA256.HashData(bytes);

    private static FileStreamOptions OwnersOwn()
    {
        var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
        if (!OperatingSystem.IsWindows())
        {
            options.UnixCreateMode = UnixFileMode.UserRead | UnixFileMode.UserWrite;
        }
        return options;
    }
}

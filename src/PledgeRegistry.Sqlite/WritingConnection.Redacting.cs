using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite;

/// <summary>Withholding: a stub in an entry's place, and files without what it replaced.</summary>
internal sealed partial class WritingConnection
{
    private const string Trigger = "entries_are_never_changed";

    /// <summary>
    /// Appends the entries and stores the stub, or does neither. The trigger that refuses changes is gone for the length of
    /// the transaction only, and is made again from the words that the file had for it.
    /// </summary>
    public AppendOutcome Redact(LogHead expected, IReadOnlyList<StoredEntry> entries, long position, StoredEntry stub)
    {
        try
        {
            // What is overwritten is zeroed in its page, and no copy of that page goes into a temporary file.
            LogFile.Execute(connection, "PRAGMA secure_delete = ON");
            LogFile.Execute(connection, "PRAGMA temp_store = MEMORY");
        }
        catch (SqliteException e) when (LogFile.IsFault(e))
        {
            throw LogFile.FaultOf(path, e);
        }
        return Transact(expected, () =>
        {
            var trigger = LogFile.Execute(connection, $"SELECT sql FROM sqlite_schema WHERE type = 'trigger' AND name = '{Trigger}'") as string
                ?? throw new LogDamagedException($"{path} has lost the trigger that refuses changes.");
            LogFile.Execute(connection, $"DROP TRIGGER {Trigger}");
            Replace(position, stub);
            LogFile.Execute(connection, trigger);
            Insert(expected.Size, entries);
        });
    }

    /// <summary>
    /// Rebuilds the file, since a page may keep an older copy of a row that was moved, and empties the write-ahead file. Throws
    /// unless all of it was done.
    /// </summary>
    public void Clean()
    {
        try
        {
            LogFile.Execute(connection, "PRAGMA secure_delete = ON");
            LogFile.Execute(connection, "PRAGMA temp_store = DEFAULT");
            LogFile.Execute(connection, "VACUUM");
            CheckpointFully();
            LogFile.Sync(path + "-wal");
        }
        catch (SqliteException e) when (LogFile.IsFault(e))
        {
            throw LogFile.FaultOf(path, e);
        }
        catch (SqliteException e)
        {
            throw new IOException($"{path} can't be rewritten now: {e.Message}. Stop whatever reads it, see that the disk has room for a second copy of it, and try again.", e);
        }
    }

    private void Replace(long position, StoredEntry stub)
    {
        Span<byte> leaf = stackalloc byte[Transparency.Hash.Length];
        stub.Leaf.CopyTo(leaf);
        using var update = new Statement(connection, "UPDATE entries SET bytes = ?3 WHERE position = ?1 AND leaf = ?2");
        update.Bind(1, position);
        update.Bind(2, leaf);
        update.Bind(3, stub.Bytes.Span);
        update.Run();
        if (LogFile.Execute(connection, "SELECT changes()") is not 1L)
        {
            throw new LogDamagedException($"{path}: entry {position} isn't the one that was to be withheld. Nothing was changed.");
        }
    }
}

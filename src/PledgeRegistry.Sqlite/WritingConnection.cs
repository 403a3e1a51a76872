using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using SQLitePCL;

namespace PledgeRegistry.Sqlite;

/// <summary>
/// The one connection that writes and checkpoints. The caller lets one thread at a time use it, and after any exception
/// calls nothing but <see cref="Abandon"/>.
/// </summary>
internal sealed partial class WritingConnection : IDisposable
{
    private readonly string path;
    private readonly Faults faults;
    private readonly SqliteConnection connection;
    private readonly Statement begin;
    private readonly Statement commit;
    private readonly Statement rollback;
    private readonly Statement last;
    private readonly Statement leafAt;
    private readonly Statement insert;
    private readonly Statement checkpoint;

    public WritingConnection(string path, Faults faults)
    {
        this.path = path;
        this.faults = faults;
        connection = LogFile.Open(path, SqliteOpenMode.ReadWrite);
        try
        {
            LogFile.Execute(connection, "PRAGMA synchronous = FULL");
            LogFile.Execute(connection, "PRAGMA fullfsync = ON");
            LogFile.Execute(connection, "PRAGMA checkpoint_fullfsync = ON");
            LogFile.Execute(connection, $"PRAGMA busy_timeout = {faults.BusyTimeoutMilliseconds}");
            if (LogFile.Execute(connection, "PRAGMA journal_mode = WAL") is not "wal")
            {
                throw new IOException($"{path} can't be put into write-ahead mode. Is it on a network drive, or open in another program?");
            }
            // SQLite opens such a file all the same, and begins a transaction: only the first insert would fail.
            if (raw.sqlite3_db_readonly(connection.Handle!, "main") != 0)
            {
                throw new IOException($"{path} can't be written: the file is read-only, or its header is damaged.");
            }
            begin = new Statement(connection, "BEGIN IMMEDIATE");
            commit = new Statement(connection, "COMMIT");
            rollback = new Statement(connection, "ROLLBACK");
            last = new Statement(connection, "SELECT position, leaf FROM entries ORDER BY position DESC LIMIT 1");
            leafAt = new Statement(connection, "SELECT leaf FROM entries WHERE position = ?1");
            insert = new Statement(connection, "INSERT INTO entries (position, leaf, bytes) VALUES (?1, ?2, ?3)");
            checkpoint = new Statement(connection, "PRAGMA wal_checkpoint(TRUNCATE)");
        }
        catch (Exception e)
        {
            Abandon();
            throw e is SqliteException s && LogFile.IsFault(s) ? LogFile.FaultOf(path, s) : e;
        }
    }

    /// <summary>Appends all or nothing. When this returns Appended, the commit has been synced (synchronous = FULL).</summary>
    public AppendOutcome Append(LogHead expected, IReadOnlyList<StoredEntry> entries) => Transact(expected, () => Insert(expected.Size, entries));

    /// <summary>What is written is written only if the last entry is the expected one; all of it, or nothing.</summary>
    private AppendOutcome Transact(LogHead expected, Action write)
    {
        try
        {
            begin.Run();
            var outcome = Compare(expected, Head());
            if (outcome != AppendOutcome.Appended)
            {
                rollback.Run();
                return outcome;
            }
            write();
            faults.BeforeCommit?.Invoke(connection);
            commit.Run();
            faults.AfterCommit?.Invoke(connection);
            return AppendOutcome.Appended;
        }
        catch (SqliteException e) when (LogFile.IsFault(e))
        {
            throw LogFile.FaultOf(path, e);
        }
    }

    public LogHead Head()
    {
        try
        {
            return last.Step() ? new LogHead(last.Integer(0) + 1, Leaf(last, 1, last.Integer(0))) : LogHead.Empty;
        }
        catch (SqliteException e) when (LogFile.IsFault(e))
        {
            throw LogFile.FaultOf(path, e);
        }
        finally
        {
            last.Reset();
        }
    }

    /// <summary>
    /// Copies all that was committed into the main file, syncs that, and empties the write-ahead file. Throws unless all
    /// of it was done.
    /// </summary>
    public void CheckpointFully()
    {
        try
        {
            var (busy, logged, copied) = checkpoint.Step() ? (checkpoint.Integer(0), checkpoint.Integer(1), checkpoint.Integer(2)) : default;
            if (busy != 0 || logged < 0 || logged != copied)
            {
                throw new IOException(
                    $"{path}: what was written last can't be made safe in the main file, because another process is in the middle of a read "
                    + $"(checkpoint: busy {busy}, {copied} of {logged} pages). Let it finish, or stop it, and try again.");
            }
        }
        catch (SqliteException e) when (LogFile.IsFault(e))
        {
            throw LogFile.FaultOf(path, e);
        }
        finally
        {
            checkpoint.Reset();
        }
    }

    /// <summary>
    /// Closes without a checkpoint, for a connection whose commit is in doubt: the checkpoint that SQLite does on closing
    /// reports no error.
    /// </summary>
    public void Abandon()
    {
        if (connection.Handle is { } handle)
        {
            _ = raw.sqlite3_db_config(handle, raw.SQLITE_DBCONFIG_NO_CKPT_ON_CLOSE, 1, out _);
        }
        Dispose();
    }

    public void Dispose()
    {
        begin?.Dispose();
        commit?.Dispose();
        rollback?.Dispose();
        last?.Dispose();
        leafAt?.Dispose();
        insert?.Dispose();
        checkpoint?.Dispose();
        connection.Dispose();
    }

    private AppendOutcome Compare(LogHead expected, LogHead head)
    {
        if (expected.Size == 0)
        {
            return head.Size == 0 ? AppendOutcome.Appended : AppendOutcome.Stale;
        }
        if (expected.Size > head.Size)
        {
            return AppendOutcome.Diverged;
        }
        var leaf = expected.Size == head.Size ? head.LastLeaf : LeafAt(expected.Size - 1);
        return leaf != expected.LastLeaf ? AppendOutcome.Diverged
            : expected.Size < head.Size ? AppendOutcome.Stale
            : AppendOutcome.Appended;
    }

    private Hash LeafAt(long position)
    {
        leafAt.Bind(1, position);
        try
        {
            return leafAt.Step()
                ? Leaf(leafAt, 0, position)
                : throw new LogDamagedException($"{path}: the entry at position {position} is missing, though there are later ones.");
        }
        finally
        {
            leafAt.Reset();
        }
    }

    private void Insert(long position, IReadOnlyList<StoredEntry> entries)
    {
        Span<byte> leaf = stackalloc byte[Hash.Length];
        foreach (var entry in entries)
        {
            entry.Leaf.CopyTo(leaf);
            insert.Bind(1, position++);
            insert.Bind(2, leaf);
            insert.Bind(3, entry.Bytes.Span);
            insert.Run();
        }
    }

    private Hash Leaf(Statement row, int column, long position)
    {
        var leaf = row.Blob(column);
        return leaf.Length == Hash.Length
            ? new Hash(leaf)
            : throw new LogDamagedException($"{path}: the leaf hash at position {position} has {leaf.Length} bytes, not {Hash.Length}.");
    }
}

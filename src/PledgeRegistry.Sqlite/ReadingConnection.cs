using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Sqlite;

/// <summary>
/// A read-only connection. It never checkpoints: the SQLite that is bundled (3.50.4) can lose a commit when two
/// connections write or checkpoint at once, so only the writing connection does. Not safe for two threads at a time.
/// </summary>
internal sealed class ReadingConnection : IDisposable
{
    private readonly string path;
    private readonly SqliteConnection connection;
    private readonly Statement select;
    private readonly Statement max;

    public ReadingConnection(string path)
    {
        this.path = path;
        connection = LogFile.Open(path, SqliteOpenMode.ReadOnly);
        LogFile.Execute(connection, "PRAGMA wal_autocheckpoint = 0");
        select = new Statement(connection, "SELECT position, leaf, bytes FROM entries WHERE position >= ?1 ORDER BY position LIMIT ?2");
        max = new Statement(connection, "SELECT max(position) + 1 FROM entries");
    }

    /// <exception cref="LogDamagedException">A position is missing, or SQLite finds the file malformed.</exception>
    public IReadOnlyList<StoredEntry> Read(long from, int count)
    {
        var read = new List<StoredEntry>(Math.Min(count, 256));
        try
        {
            // From the start, so that a row below position 0 is met, too.
            select.Bind(1, from == 0 ? long.MinValue : from);
            select.Bind(2, count);
            while (select.Step())
            {
                // ">=" and not a range: past a missing position the next row turns up, and the gap never looks like the end.
                var (position, expected) = (select.Integer(0), from + read.Count);
                if (position != expected)
                {
                    throw new LogDamagedException(position > expected
                        ? $"{path}: the entry at position {expected} is missing, though there is one at {position}."
                        : $"{path}: there is an entry at position {position}, before the first.");
                }
                read.Add(new StoredEntry(Bytes(position), Leaf(position)));
            }
            return read;
        }
        catch (SqliteException e) when (LogFile.IsDamage(e))
        {
            throw LogFile.Damaged(path, e);
        }
        finally
        {
            select.Reset();
        }
    }

    /// <summary>How many entries the log has.</summary>
    public long Size()
    {
        try
        {
            return max.Step() ? max.Integer(0) : 0;
        }
        catch (SqliteException e) when (LogFile.IsDamage(e))
        {
            throw LogFile.Damaged(path, e);
        }
        finally
        {
            max.Reset();
        }
    }

    public void Dispose()
    {
        select.Dispose();
        max.Dispose();
        connection.Dispose();
    }

    private byte[] Bytes(long position)
    {
        var bytes = select.Blob(2);
        return bytes.Length > 0 ? bytes.ToArray() : throw new LogDamagedException($"{path}: the entry at position {position} has no bytes.");
    }

    private Hash Leaf(long position)
    {
        var leaf = select.Blob(1);
        return leaf.Length == Hash.Length
            ? new Hash(leaf)
            : throw new LogDamagedException($"{path}: the leaf hash at position {position} has {leaf.Length} bytes, not {Hash.Length}.");
    }
}

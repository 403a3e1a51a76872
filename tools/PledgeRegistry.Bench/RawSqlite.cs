using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;

namespace PledgeRegistry.Bench;

/// <summary>The raw limit: the same bytes into the same table with the same durability, and nothing else.</summary>
internal static class RawSqlite
{
    /// <summary>Inserts entries in batches, each its own durable transaction.</summary>
    /// <returns>The time of each batch, in milliseconds.</returns>
    public static List<double> Insert(string path, IReadOnlyList<StoredEntry> entries, int batch)
    {
        using var connection = Open(path);
        Execute(connection, "PRAGMA journal_mode=WAL; PRAGMA synchronous=FULL; CREATE TABLE entries(position INTEGER PRIMARY KEY, leaf BLOB NOT NULL, bytes BLOB NOT NULL) STRICT");
        using var insert = connection.CreateCommand();
        insert.CommandText = "INSERT INTO entries VALUES ($p, $l, $b)";
        var (p, l, b) = (insert.Parameters.Add("$p", SqliteType.Integer), insert.Parameters.Add("$l", SqliteType.Blob), insert.Parameters.Add("$b", SqliteType.Blob));
        var times = new List<double>();
        for (var start = 0; start < entries.Count; start += batch)
        {
            var watch = Stopwatch.GetTimestamp();
            using var transaction = connection.BeginTransaction(deferred: false);
            insert.Transaction = transaction;
            for (var i = start; i < Math.Min(start + batch, entries.Count); i++)
            {
                p.Value = i;
                l.Value = entries[i].Leaf.ToArray();
                b.Value = entries[i].Bytes.ToArray();
                insert.ExecuteNonQuery();
            }
            transaction.Commit();
            times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }
        return times;
    }

    /// <summary>Reads every entry in order.</summary>
    /// <returns>Entries a second.</returns>
    public static double Read(string path)
    {
        using var connection = Open(path);
        using var select = connection.CreateCommand();
        select.CommandText = "SELECT position, leaf, bytes FROM entries ORDER BY position";
        var watch = Stopwatch.StartNew();
        using var reader = select.ExecuteReader();
        var count = 0;
        while (reader.Read())
        {
            _ = reader.GetInt64(0);
            _ = (byte[])reader[1];
            _ = (byte[])reader[2];
            count++;
        }
        return count / watch.Elapsed.TotalSeconds;
    }

    private static SqliteConnection Open(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }

    private static void Execute(SqliteConnection connection, string sql)
    {
        using var command = connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}

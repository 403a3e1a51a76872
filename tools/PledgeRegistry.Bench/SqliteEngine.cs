using System.Diagnostics;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;

namespace PledgeRegistry.Bench;

/// <summary>SQLite, in a folder of its own.</summary>
internal sealed class SqliteEngine : BenchEngine
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-bench-").FullName;
    private int raws;

    public override string Name => "SQLite";

    public override string Durability => "WAL, synchronous=FULL";

    public override string StartTarget => "at least 0.25";

    public override Task<IEventLog> OpenForWritingAsync(string log) => Task.FromResult<IEventLog>(SqliteLog.OpenForWriting(PathOf(log)));

    public override Task<IEventLog> OpenForReadingAsync(string log) => Task.FromResult<IEventLog>(SqliteLog.OpenForReading(PathOf(log)));

    public override Task<IPrivateStore> OpenPrivateAsync(string log, TimeProvider clock) => Task.FromResult<IPrivateStore>(new SqlitePrivateStore(PathOf($"{log}-private"), clock));

    public override Task<List<double>> RawInsertAsync(IReadOnlyList<StoredEntry> entries, int batch)
    {
        using var connection = Open(PathOf($"raw-{++raws}"));
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
        return Task.FromResult(times);
    }

    public override Task<double> RawReadAsync(string log)
    {
        using var connection = Open(PathOf(log));
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
        return Task.FromResult(count / watch.Elapsed.TotalSeconds);
    }

    public override ValueTask DisposeAsync()
    {
        Directory.Delete(folder, recursive: true);
        return ValueTask.CompletedTask;
    }

    private string PathOf(string log) => Path.Combine(folder, $"{log}.db");

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

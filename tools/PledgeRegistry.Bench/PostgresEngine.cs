using System.Diagnostics;
using System.Globalization;
using Npgsql;
using NpgsqlTypes;
using PledgeRegistry.Log;
using PledgeRegistry.Postgres;
using PledgeRegistry.Private;

namespace PledgeRegistry.Bench;

/// <summary>
/// PostgreSQL, on a server that is there for it: a database for each log, and a role that runs the registry, which may
/// select and insert. Both are dropped at the end.
/// </summary>
/// <param name="server">How an administrator connects, without a database. The running role has no password: the server must trust it.</param>
internal sealed class PostgresEngine(string server) : BenchEngine
{
    private const string Role = "pledge_bench";

    private readonly HashSet<string> databases = [];
    private string durability = "unknown";

    public override string Name => "PostgreSQL";

    public override string Durability => durability;

    public override string StartTarget => "at least 0.60";

    /// <summary>Makes the role, and asks how durable a commit is.</summary>
    public async Task StartAsync()
    {
        await SqlAsync("postgres", $"create role {Role} login");
        durability = (string)(await SqlAsync("postgres",
            "select string_agg(name || '=' || setting, ', ' order by name) from pg_settings where name in ('fsync', 'synchronous_commit', 'full_page_writes', 'server_version')"))!;
    }

    public override async Task<IEventLog> OpenForWritingAsync(string log)
    {
        if (databases.Add(log))
        {
            await SqlAsync("postgres", $"create database \"{log}\"");
            await PostgresSchema.ApplyAsync(To(log), Role);
        }
        return await PostgresLog.OpenForWritingAsync(Running(log));
    }

    public override async Task<IEventLog> OpenForReadingAsync(string log) => await PostgresLog.OpenForReadingAsync(Running(log));

    public override async Task<IPrivateStore> OpenPrivateAsync(string log, TimeProvider clock) => await PostgresPrivateStore.OpenAsync(Running(log), clock);

    /// <summary>How a node connects to a log.</summary>
    public string Running(string log) => new NpgsqlConnectionStringBuilder(server) { Database = log, Username = Role, Password = null }.ConnectionString;

    public override async Task<List<double>> RawInsertAsync(IReadOnlyList<StoredEntry> entries, int batch)
    {
        const string Raw = "raw";
        if (databases.Add(Raw))
        {
            await SqlAsync("postgres", $"create database {Raw}");
        }
        await SqlAsync(Raw, "drop table if exists entries; create table entries (position bigint primary key, leaf bytea not null, bytes bytea not null)");
        await using var connection = await OpenAsync(Raw);
        await using var insert = new NpgsqlCommand(
            "insert into entries select $1 + added.place - 1, added.leaf, added.bytes from unnest($2, $3) with ordinality as added (leaf, bytes, place)", connection);
        var first = new NpgsqlParameter<long> { NpgsqlDbType = NpgsqlDbType.Bigint };
        var leaves = new NpgsqlParameter<byte[][]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        var bytes = new NpgsqlParameter<ReadOnlyMemory<byte>[]> { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
        insert.Parameters.AddRange(new NpgsqlParameter[] { first, leaves, bytes });
        await insert.PrepareAsync();
        var times = new List<double>();
        for (var start = 0; start < entries.Count; start += batch)
        {
            var watch = Stopwatch.GetTimestamp();
            var part = entries.Skip(start).Take(batch).ToList();
            first.TypedValue = start;
            leaves.TypedValue = [.. part.Select(e => e.Leaf.ToArray())];
            bytes.TypedValue = [.. part.Select(e => e.Bytes)];
            await insert.ExecuteNonQueryAsync();
            times.Add(Stopwatch.GetElapsedTime(watch).TotalMilliseconds);
        }
        return times;
    }

    public override async Task<double> RawReadAsync(string log)
    {
        await using var connection = await OpenAsync(log);
        await using var select = new NpgsqlCommand("select position, leaf, bytes from pledge_registry.entries order by position", connection);
        var watch = Stopwatch.StartNew();
        await using var reader = await select.ExecuteReaderAsync();
        var count = 0;
        while (await reader.ReadAsync())
        {
            _ = reader.GetInt64(0);
            _ = reader.GetFieldValue<byte[]>(1);
            _ = reader.GetFieldValue<byte[]>(2);
            count++;
        }
        return count / watch.Elapsed.TotalSeconds;
    }

    public override async ValueTask DisposeAsync()
    {
        foreach (var database in databases)
        {
            await SqlAsync("postgres", string.Create(CultureInfo.InvariantCulture, $"drop database \"{database}\" with (force)"));
        }
        await SqlAsync("postgres", $"drop role {Role}");
    }

    private string To(string database) => new NpgsqlConnectionStringBuilder(server) { Database = database, Pooling = false }.ConnectionString;

    private async Task<NpgsqlConnection> OpenAsync(string database)
    {
        var connection = new NpgsqlConnection(To(database));
        await connection.OpenAsync();
        return connection;
    }

    private async Task<object?> SqlAsync(string database, string sql)
    {
        await using var connection = await OpenAsync(database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }
}

using Npgsql;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Postgres;

/// <summary>The connections that read, one for each read at a time. Every read is one statement, and so one state of the log.</summary>
internal sealed class ReadingPool(Database database) : IAsyncDisposable
{
    public const string SizeQuery = "select coalesce((select position + 1 from pledge_registry.entries order by position desc limit 1), 0)";

    // ">=" and not a range: past a missing position the next row turns up, and the gap never looks like the end.
    public const string ReadQuery = "select position, leaf, bytes from pledge_registry.entries where position >= $1 order by position limit $2";

    private readonly NpgsqlDataSource pool = database.Pool();

    /// <exception cref="LogDamagedException">A position is missing, or PostgreSQL finds the table damaged.</exception>
    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel) => UseAsync<IReadOnlyList<StoredEntry>>(async connection =>
    {
        await using var command = new NpgsqlCommand(ReadQuery, connection) { Parameters = { new() { Value = from }, new() { Value = (long)count } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        return await EntriesAsync(database, row, from, count, cancel);
    }, cancel);

    /// <summary>The entries that <see cref="ReadQuery"/> finds.</summary>
    /// <exception cref="LogDamagedException">A position is missing, or something that can't be an entry is there.</exception>
    public static async Task<IReadOnlyList<StoredEntry>> EntriesAsync(Database database, NpgsqlDataReader row, long from, int count, CancellationToken cancel)
    {
        var read = new List<StoredEntry>(Math.Min(count, 256));
        while (await row.ReadAsync(cancel))
        {
            var (position, expected) = (row.GetInt64(0), from + read.Count);
            if (position != expected)
            {
                throw new LogDamagedException($"{database.Name}: the entry at position {expected} is missing, though there is one at {position}.");
            }
            var (leaf, bytes) = (row.GetFieldValue<byte[]>(1), row.GetFieldValue<byte[]>(2));
            if (leaf.Length != Hash.Length || bytes.Length == 0)
            {
                throw new LogDamagedException($"{database.Name}: the entry at position {position} has {bytes.Length} bytes and a leaf hash of {leaf.Length}.");
            }
            read.Add(new StoredEntry(bytes, new Hash(leaf)));
        }
        return read;
    }

    /// <summary>How many entries the log has.</summary>
    public Task<long> SizeAsync(CancellationToken cancel) => UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand(SizeQuery, connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }, cancel);

    /// <summary>The server's clock.</summary>
    public Task<DateTimeOffset> TimeAsync(CancellationToken cancel) => UseAsync(async connection =>
    {
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        return new DateTimeOffset((DateTime)(await command.ExecuteScalarAsync(cancel))!);
    }, cancel);

    /// <summary>Refuses a schema that isn't the one of this release.</summary>
    public Task CheckAsync(CancellationToken cancel) => UseAsync(async connection =>
    {
        await StartCheck.SchemaAsync(database, connection, cancel);
        return true;
    }, cancel);

    public ValueTask DisposeAsync() => pool.DisposeAsync();

    private async Task<T> UseAsync<T>(Func<NpgsqlConnection, Task<T>> read, CancellationToken cancel)
    {
        for (var again = false; ; again = true)
        {
            try
            {
                await using var connection = await pool.OpenConnectionAsync(cancel);
                try
                {
                    return await read(connection);
                }
                catch (NpgsqlException) when (!again && connection.FullState != System.Data.ConnectionState.Open)
                {
                    // It had been waiting in the pool since before a restart; and so may the others there.
                    pool.Clear();
                }
            }
            catch (NpgsqlException e) when (database.Told(e) is { } told)
            {
                throw told;
            }
            catch (System.Net.Sockets.SocketException e)
            {
                throw new NpgsqlException($"{database.Name} can't be reached: {e.Message}", e);
            }
        }
    }
}

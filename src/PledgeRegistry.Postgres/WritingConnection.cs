using Npgsql;
using NpgsqlTypes;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The one connection of a log that writes. The caller lets one thread at a time use it, and after any exception calls
/// nothing but <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class WritingConnection : IAsyncDisposable
{
    /// <summary>
    /// One statement, and so one transaction and one journey. Two that are sent at the same head both find it in place, and
    /// then both insert the same position: the second waits for the first to commit, and then fails on the primary key. So
    /// there is nothing to lock, and no number is handed out before it is known whether it will be used. In order of
    /// position, so that the first that is inserted is the contended one, and no two can wait for each other.
    /// </summary>
    private const string Append = """
        insert into pledge_registry.entries (position, leaf, bytes)
        select $1 + added.place - 1, added.leaf, added.bytes
        from unnest($3, $4) with ordinality as added (leaf, bytes, place)
        where ($1 = 0 or exists (select from pledge_registry.entries where position = $1 - 1 and leaf = $2))
            and not exists (select from pledge_registry.entries where position >= $1)
        order by added.place
        """;

    private const string WhyNot = """
        select (select leaf from pledge_registry.entries where position = $1 - 1),
            exists (select from pledge_registry.entries where position >= $1)
        """;

    private readonly NpgsqlConnection connection;
    private readonly NpgsqlCommand append;
    private readonly NpgsqlParameter<long> size = new() { NpgsqlDbType = NpgsqlDbType.Bigint };
    private readonly NpgsqlParameter<byte[]> lastLeaf = new() { NpgsqlDbType = NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<byte[][]> leaves = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private readonly NpgsqlParameter<ReadOnlyMemory<byte>[]> bytes = new() { NpgsqlDbType = NpgsqlDbType.Array | NpgsqlDbType.Bytea };
    private string? warning;

    private WritingConnection(NpgsqlConnection connection)
    {
        this.connection = connection;
        append = new NpgsqlCommand(Append, connection) { Parameters = { size, lastLeaf, leaves, bytes } };
        connection.Notice += (_, notice) => warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : warning;
    }

    /// <summary>The session at the server: its process, and when that began, since numbers of processes are used again.</summary>
    public required (int Process, string Began) Session { get; init; }

    /// <exception cref="LogRefusedException">The database isn't one that is safe to write to.</exception>
    public static async Task<WritingConnection> OpenAsync(Database database, CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        try
        {
            await StartCheck.SchemaAsync(database, connection, cancel);
            await StartCheck.WritingAsync(database, connection, cancel);
            await using var began = new NpgsqlCommand("select backend_start::text from pg_stat_activity where pid = pg_backend_pid()", connection);
            var session = (connection.ProcessID, (string)(await began.ExecuteScalarAsync(cancel))!);
            var opened = new WritingConnection(connection) { Session = session };
            await opened.append.PrepareAsync(cancel);
            return opened;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Appends all or nothing. When this returns Appended, the commit is durable (synchronous_commit, checked at opening).</summary>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        size.TypedValue = expected.Size;
        lastLeaf.TypedValue = expected.LastLeaf.ToArray();
        leaves.TypedValue = [.. entries.Select(e => e.Leaf.ToArray())];
        bytes.TypedValue = [.. entries.Select(e => e.Bytes)];
        int added;
        try
        {
            warning = null;
            added = await append.ExecuteNonQueryAsync(cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UniqueViolation)
        {
            added = 0;
        }
        finally
        {
            bytes.TypedValue = [];
        }
        if (warning is not null)
        {
            // As when the wait for a synchronous standby was cancelled: committed, and reported as done, but only here.
            throw new IOException($"The append was answered with a warning: {warning}");
        }
        if (added != 0)
        {
            return added == entries.Count ? AppendOutcome.Appended
                : throw new LogDamagedException($"{added} entries of {entries.Count} were inserted: something changes what is inserted.");
        }
        return await WhyNotAsync(expected, cancel);
    }

    /// <summary>
    /// Makes durable beyond doubt what can be seen: writes something to the server's write-ahead log and commits it as
    /// every append is committed. What is before it there is then as durable, here and on a standby that is waited for.
    /// An identifier of a transaction alone would not be waited for; a message is, and needs no table and no right.
    /// </summary>
    public async Task CommitFurtherAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select pg_logical_emit_message(true, 'pledge_registry', 'settled')", connection);
        warning = null;
        await command.ExecuteNonQueryAsync(cancel);
        if (warning is not null)
        {
            throw new IOException($"What was written last can't be made safe: {warning}");
        }
    }

    /// <summary>Ends a session whose answer was lost: what it was sent could still be on its way to being committed.</summary>
    /// <exception cref="IOException">It hasn't ended yet.</exception>
    public async Task EndAsync((int Process, string Began) session, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(
            "select pg_terminate_backend(pid) from pg_stat_activity where pid = $1 and backend_start::text = $2", connection)
        {
            Parameters = { new() { Value = session.Process }, new() { Value = session.Began } },
        };
        for (var attempt = 0; await command.ExecuteScalarAsync(cancel) is not null; attempt++)
        {
            if (attempt == 500)
            {
                throw new IOException($"The session {session.Process} of an append whose answer was lost hasn't ended. Until then nobody knows what came of it.");
            }
            await Task.Delay(10, cancel);
        }
    }

    public async Task<long> SizeAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ReadingPool.SizeQuery, connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        await append.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task<AppendOutcome> WhyNotAsync(LogHead expected, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(WhyNot, connection) { Parameters = { new() { Value = expected.Size } } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var longer = row.GetBoolean(1);
        var asExpected = expected.Size == 0 || (!row.IsDBNull(0) && new Hash(row.GetFieldValue<byte[]>(0)) == expected.LastLeaf);
        return (asExpected, longer) switch
        {
            (false, true) when row.IsDBNull(0) => throw new LogDamagedException(
                $"The entry at position {expected.Size - 1} is missing, though there are later ones."),
            (false, _) => AppendOutcome.Diverged,
            (true, true) => AppendOutcome.Stale,
            // The other that inserted the position first has taken it back, or wasn't seen yet.
            (true, false) => throw new IOException($"Nothing was inserted at position {expected.Size}, though nothing is there. Try again."),
        };
    }
}

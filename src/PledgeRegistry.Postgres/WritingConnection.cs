using Npgsql;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The one connection of a log that writes. The caller lets one thread at a time use it, and after any exception calls
/// nothing but <see cref="DisposeAsync"/>.
/// </summary>
internal sealed class WritingConnection : IAsyncDisposable
{
    private const string WhyNot = """
        select (select leaf from pledge_registry.entries where position = $1 - 1),
            exists (select from pledge_registry.entries where position >= $1)
        """;

    private readonly Database database;
    private readonly NpgsqlConnection connection;
    private string? warning;
    private bool hasTurn;

    // The turn couldn't be had: who has it may have been stopped, and isn't waited for.
    private bool anyTurn;

    private WritingConnection(Database database, NpgsqlConnection connection)
    {
        (this.database, this.connection) = (database, connection);
        connection.Notice += (_, notice) => warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : warning;
    }

    /// <summary>The session at the server: its process, and when that began, since numbers of processes are used again.</summary>
    public required (int Process, string Began) Session { get; init; }

    public required AppendStatement Append { get; init; }
    public required AppendStatement AppendInTurn { get; init; }

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
            return new WritingConnection(database, connection)
            {
                Session = session,
                Append = await AppendStatement.PrepareAsync(connection, endsTurn: false, cancel),
                AppendInTurn = await AppendStatement.PrepareAsync(connection, endsTurn: true, cancel),
            };
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>False once the session has ended, whoever ended it.</summary>
    public bool IsOpen => connection.State == System.Data.ConnectionState.Open;

    /// <summary>Appends all or nothing. When this returns Appended, the commit is durable (synchronous_commit, checked at opening).</summary>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        var statement = hasTurn ? AppendInTurn : Append;
        var regardless = hasTurn || anyTurn;
        (warning, hasTurn) = (null, false);
        var added = await statement.ExecuteAsync(expected, entries, regardless, cancel);
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
        return await WhyNotAsync(expected, regardless, cancel);
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
            throw new NpgsqlException($"What was written last can't be made safe: {warning}");
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

    /// <summary>Waits for the turn, and reads. Null if it isn't to be had in time.</summary>
    public async Task<IReadOnlyList<StoredEntry>?> TakeTurnAsync(long from, int count, CancellationToken cancel)
    {
        await using var batch = new NpgsqlBatch(connection)
        {
            BatchCommands = { new(AppendStatement.TakeTurn), new(ReadingPool.ReadQuery) { Parameters = { new() { Value = from }, new() { Value = (long)count } } } },
        };
        // Whatever comes of it: the next append then makes sure that it is ended.
        hasTurn = true;
        try
        {
            await using var row = await batch.ExecuteReaderAsync(cancel);
            anyTurn = false;
            await row.NextResultAsync(cancel);
            return await ReadingPool.EntriesAsync(database, row, from, count, cancel);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            (hasTurn, anyTurn) = (false, true);
            return null;
        }
    }

    public async Task EndTurnAsync()
    {
        if (hasTurn)
        {
            await using var command = new NpgsqlCommand(AppendStatement.EndTurn, connection);
            await command.ExecuteNonQueryAsync();
            hasTurn = false;
        }
    }

    public async Task<long> SizeAsync(CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(ReadingPool.SizeQuery, connection);
        return (long)(await command.ExecuteScalarAsync(cancel))!;
    }

    public async ValueTask DisposeAsync()
    {
        await Append.DisposeAsync();
        await AppendInTurn.DisposeAsync();
        await connection.DisposeAsync();
    }

    private async Task<AppendOutcome> WhyNotAsync(LogHead expected, bool regardless, CancellationToken cancel)
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
            // Somebody else has the turn, or waits for it.
            (true, false) when !regardless => AppendOutcome.Stale,
            // The other that inserted the position first has taken it back, or wasn't seen yet.
            (true, false) => throw new IOException($"Nothing was inserted at position {expected.Size}, though nothing is there. Try again."),
        };
    }
}

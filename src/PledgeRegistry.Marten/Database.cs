using Npgsql;

namespace PledgeRegistry.Marten;

/// <summary>What Marten has no words for: whether the server keeps what it acknowledges, and a commit of nothing but a mark.</summary>
internal static class Database
{
    private const string Settings = """
        select pg_is_in_recovery(), current_setting('fsync'), current_setting('full_page_writes'), current_setting('synchronous_commit'),
               current_setting('server_encoding')
        """;

    /// <summary>
    /// A connection that breaks when a command takes too long. By itself Npgsql would cancel the command and wait for what comes: for a
    /// commit that waits for a standby that is "done", with a warning.
    /// </summary>
    /// <exception cref="LogRefusedException">It can't be understood.</exception>
    public static string BreakingOff(string connectionString)
    {
        try
        {
            return new NpgsqlConnectionStringBuilder(connectionString) { CancellationTimeout = -1 }.ConnectionString;
        }
        catch (Exception e) when (e is ArgumentException or FormatException or InvalidCastException)
        {
            throw new LogRefusedException($"The connection string can't be understood: {e.Message} Write it as Host=…;Database=…;Username=….", e);
        }
    }

    /// <summary>Refuses a server on which an acknowledged entry could be lost.</summary>
    /// <exception cref="LogRefusedException">The message says which setting, and what to do.</exception>
    public static async Task CheckAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(Settings, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var fault = row switch
        {
            _ when row.GetBoolean(0) => "the server is a standby, which can only be read. Connect to the primary",
            _ when row.GetString(1) != "on" => "fsync is off, so that a power failure could take back what was acknowledged. Set fsync = on",
            _ when row.GetString(2) != "on" => "full_page_writes is off, so that a power failure could tear a page. Set full_page_writes = on",
            // "local" and "remote_write" answer before the standby that the server names has it on its disk.
            _ when row.GetString(3) is not ("on" or "remote_apply") => $"synchronous_commit is {row.GetString(3)}, so that an acknowledged entry could be lost. Set synchronous_commit = on",
            // jsonb keeps no character that the encoding hasn't.
            _ when row.GetString(4) != "UTF8" => $"its encoding is {row.GetString(4)}, which doesn't hold every character. Make a database with encoding 'UTF8'",
            _ => null,
        };
        if (fault is not null)
        {
            throw new LogRefusedException($"{connection.Host}/{connection.Database} can't keep the log: {fault}.");
        }
    }

    /// <summary>Does something while no other process does the same, as far as the name goes: Marten makes its tables without a lock.</summary>
    public static async Task<T> AloneAsync<T>(string connectionString, string name, Func<Task<T>> act, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        // The lock ends with the transaction, however that ends.
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await using var command = new NpgsqlCommand("select pg_advisory_xact_lock(hashtextextended($1, 0))", connection, transaction);
        command.Parameters.Add(new NpgsqlParameter { Value = $"pledge-registry {name}" });
        await command.ExecuteNonQueryAsync(cancel);
        return await act();
    }

    /// <summary>The server's clock.</summary>
    public static async Task<DateTimeOffset> TimeAsync(string connectionString, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand("select clock_timestamp()", connection);
        return await command.ExecuteScalarAsync(cancel) is DateTime time ? new DateTimeOffset(time) : throw new NpgsqlException("The server doesn't say what time it is.");
    }

    /// <summary>Writes something to the server's write-ahead log and commits it, as an append is committed: what is before it there is then as durable.</summary>
    public static Task CommitFurtherAsync(string connectionString, CancellationToken cancel) =>
        CommitAsync(connectionString, "select pg_logical_emit_message(true, 'pledge_registry', 'settled')", cancel);

    /// <summary>
    /// The same where commits wait for a standby: that wait may have been cut short (pg_cancel_backend, a time limit), which the server
    /// tells by a warning alone, on a connection that isn't ours. Where no standby is waited for, what is committed is on the disk.
    /// </summary>
    public static Task ConfirmAsync(string connectionString, CancellationToken cancel) => CommitAsync(connectionString,
        "select case when current_setting('synchronous_standby_names') <> '' then pg_logical_emit_message(true, 'pledge_registry', 'confirmed') end", cancel);

    private static async Task CommitAsync(string connectionString, string sql, CancellationToken cancel)
    {
        await using var connection = new NpgsqlConnection(connectionString);
        string? warning = null;
        connection.Notice += (_, notice) => warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : warning;
        await connection.OpenAsync(cancel);
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
        if (warning is not null)
        {
            throw new NpgsqlException($"What was written last can't be made safe: {warning}");
        }
    }
}

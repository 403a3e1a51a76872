using Npgsql;
using NpgsqlTypes;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Postgres;

/// <summary>
/// Withholding in a PostgreSQL log, as the owner of its table: the user that runs the registry can't change an entry. Nodes may
/// run meanwhile; who has read the entry in full hears of it and ends itself.
/// </summary>
/// <param name="ownerConnectionString">Npgsql's, of the user who owns the schema.</param>
public sealed class PostgresRedactor(string ownerConnectionString) : IRedactableLog
{
    /// <summary>
    /// Who appends waits until the transaction has ended, and is late then; who reads doesn't wait. What the trigger refuses is
    /// refused to the owner, too: so it is off for the length of this transaction.
    /// </summary>
    private const string Lock = "lock table pledge_registry.entries in share row exclusive mode";

    private const string Compare = """
        select (select leaf from pledge_registry.entries where position = $1 - 1), exists (select from pledge_registry.entries where position >= $1)
        """;

    private readonly Database database = new(ownerConnectionString, primary: true);

    /// <exception cref="LogDamagedException">The entry at the position isn't the one that was to be withheld; nothing was written.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> RedactAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, long position, StoredEntry stub, CancellationToken cancel = default)
    {
        Batch.Check(expected, [.. entries, stub]);
        string? warning = null;
        await using var connection = await OpenAsync(cancel);
        connection.Notice += (_, notice) => warning = notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : warning;
        await using (var transaction = await connection.BeginTransactionAsync(cancel))
        {
            await ExecuteAsync(connection, Lock, cancel);
            if (await CompareAsync(connection, expected, cancel) is var outcome and not AppendOutcome.Appended)
            {
                return outcome;
            }
            await ExecuteAsync(connection, "alter table pledge_registry.entries disable trigger unchanged", cancel);
            if (await ExecuteAsync(connection, "update pledge_registry.entries set bytes = $3 where position = $1 and leaf = $2", cancel, Number(position), Bytes(stub.Leaf), Bytes(stub.Bytes)) != 1)
            {
                throw new LogDamagedException($"{database.Name}: entry {position} isn't the one that was to be withheld. Nothing was changed.");
            }
            await ExecuteAsync(connection, "alter table pledge_registry.entries enable always trigger unchanged", cancel);
            for (var i = 0; i < entries.Count; i++)
            {
                await ExecuteAsync(connection, "insert into pledge_registry.entries (position, leaf, bytes) values ($1, $2, $3)", cancel,
                    Number(expected.Size + i), Bytes(entries[i].Leaf), Bytes(entries[i].Bytes));
            }
            await transaction.CommitAsync(cancel);
        }
        // As when the wait for a synchronous standby was cancelled: committed, and reported as done, but only here.
        return warning is null ? AppendOutcome.Appended : throw new IOException($"The redaction was answered with a warning: {warning}");
    }

    /// <summary>
    /// Writes the table to a new file; the old one is emptied at the commit. It waits for whoever reads in a long transaction.
    /// The planner's samples of the entries go, too.
    /// </summary>
    /// <inheritdoc/>
    public async Task CleanAsync(CancellationToken cancel = default)
    {
        await using var connection = await OpenAsync(cancel);
        await ExecuteAsync(connection, "set lock_timeout = '60s'", cancel);
        await ExecuteAsync(connection, "set statement_timeout = 0", cancel);
        await ForgetSamplesAsync(connection, cancel);
        await ExecuteAsync(connection, "vacuum (full) pledge_registry.entries", cancel);
    }

    private async Task ForgetSamplesAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var sampled = new NpgsqlCommand(
            "select count(*) from pg_stats where schemaname = 'pledge_registry' and tablename = 'entries' and attname = 'bytes' and coalesce(most_common_vals::text, histogram_bounds::text) is not null", connection);
        if (await sampled.ExecuteScalarAsync(cancel) is 0L)
        {
            await ExecuteAsync(connection, "alter table pledge_registry.entries alter column bytes set statistics 0", cancel);
            return;
        }
        // Of the same type: nothing is rewritten, but what was sampled of the column is forgotten.
        await ExecuteAsync(connection, "alter table pledge_registry.entries alter column bytes set statistics 0, alter column bytes type bytea", cancel);
        string? warning = null;
        connection.Notice += (_, notice) => warning ??= notice.Notice.InvariantSeverity == "WARNING" ? notice.Notice.MessageText : null;
        await ExecuteAsync(connection, "vacuum (full) pg_catalog.pg_statistic", cancel);
        if (warning is not null)
        {
            throw new IOException($"{database.Name}: the planner had samples of the entries, and where it keeps them can't be rewritten ({warning}). As the database's owner or a superuser, run: vacuum (full) pg_catalog.pg_statistic.");
        }
    }

    private async Task<NpgsqlConnection> OpenAsync(CancellationToken cancel)
    {
        var connection = await database.OpenAsync(cancel);
        try
        {
            await using var command = new NpgsqlCommand("select pg_get_userbyid(relowner) = current_user or pg_has_role(current_user, relowner, 'usage') from pg_class where oid = to_regclass('pledge_registry.entries')", connection);
            return await command.ExecuteScalarAsync(cancel) is true ? connection
                : throw new LogRefusedException($"{database.Name} doesn't own the log's table, or there is none. Give the connection of the user that ran 'pledge schema' with --owner.");
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    private static async Task<AppendOutcome> CompareAsync(NpgsqlConnection connection, LogHead expected, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(Compare, connection) { Parameters = { Number(expected.Size) } };
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        return expected.Size > 0 && (row.IsDBNull(0) || new Hash(row.GetFieldValue<byte[]>(0)) != expected.LastLeaf) ? AppendOutcome.Diverged
            : row.GetBoolean(1) ? AppendOutcome.Stale
            : AppendOutcome.Appended;
    }

    private static async Task<int> ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel, params NpgsqlParameter[] parameters)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        command.Parameters.AddRange(parameters);
        return await command.ExecuteNonQueryAsync(cancel);
    }

    private static NpgsqlParameter<long> Number(long value) => new() { TypedValue = value, NpgsqlDbType = NpgsqlDbType.Bigint };

    private static NpgsqlParameter<byte[]> Bytes(Hash value) => Bytes(value.ToArray());

    private static NpgsqlParameter<byte[]> Bytes(ReadOnlyMemory<byte> value) => new() { TypedValue = value.ToArray(), NpgsqlDbType = NpgsqlDbType.Bytea };
}

using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>What must hold before a connection is used. A refusal says what is wrong and what to do about it.</summary>
internal static class StartCheck
{
    /// <summary>What <see cref="ServerFault"/> looks at: the first columns of a query.</summary>
    public const string ServerColumns = """
        pg_is_in_recovery(),
            current_setting('transaction_read_only'),
            current_setting('fsync'),
            current_setting('full_page_writes'),
            current_setting('synchronous_commit')
        """;

    /// <exception cref="LogRefusedException">The schema is missing, or isn't the one of this release.</exception>
    public static async Task SchemaAsync(Database database, NpgsqlConnection connection, CancellationToken cancel)
    {
        try
        {
            Version(database, await PostgresSchema.VersionAsync(connection, PostgresSchema.Log, cancel), PostgresSchema.Version);
        }
        catch (PostgresException e) when (database.Told(e) is { } told)
        {
            throw told;
        }
    }

    /// <exception cref="LogRefusedException">The schema isn't the one of this release.</exception>
    public static void Version(Database database, int there, int needed)
    {
        if (there > needed)
        {
            throw new LogRefusedException(PostgresSchema.Newer(database.Name, there, needed));
        }
        if (there < needed)
        {
            throw new LogRefusedException(
                $"{database.Name}: the schema has version {there}, this release needs {needed}. Run 'pledge schema' as the owner of the database.");
        }
    }

    /// <summary>Why what this server acknowledges could be lost, or can't be written at all; null if neither.</summary>
    public static string? ServerFault(NpgsqlDataReader row) => row switch
    {
        _ when row.GetBoolean(0) => "the server is a standby, which can only be read. Connect to the primary",
        _ when row.GetString(1) != "off" => "transactions are read-only (default_transaction_read_only). Set it to off for this user",
        _ when row.GetString(2) != "on" => "fsync is off, so that a power failure could take back what was acknowledged. Set fsync = on",
        _ when row.GetString(3) != "on" => "full_page_writes is off, so that a power failure could tear a page. Set full_page_writes = on",
        // "local" and "remote_write" answer before the standby that the server names has it on its disk.
        _ when row.GetString(4) is not ("on" or "remote_apply") =>
            $"synchronous_commit is {row.GetString(4)}, so that what is acknowledged could be lost. Set synchronous_commit = on",
        _ => null,
    };

    /// <summary>That what is committed here is durable, and can't be taken back by this user.</summary>
    /// <exception cref="LogRefusedException">It isn't, or it can.</exception>
    public static async Task WritingAsync(Database database, NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"""
            select {ServerColumns},
                (select relpersistence from pg_class where oid = 'pledge_registry.entries'::regclass),
                has_table_privilege('pledge_registry.entries', 'insert'),
                has_table_privilege('pledge_registry.entries', 'update, delete, truncate, trigger')
                    or pg_has_role((select relowner from pg_class where oid = 'pledge_registry.entries'::regclass), 'member'),
                (select count(*) from pg_trigger where tgrelid = 'pledge_registry.entries'::regclass
                    and tgname in ('appended', 'unchanged') and tgenabled = 'A')
            """, connection);
        await using var row = await command.ExecuteReaderAsync(cancel);
        await row.ReadAsync(cancel);
        var synchronous = row.GetString(4);
        var fault = ServerFault(row) ?? row switch
        {
            _ when row.GetChar(5) != 'p' => "the table of the entries is not logged, and is emptied after a crash. Make it logged (alter table … set logged)",
            _ when !row.GetBoolean(6) => "the user may not insert entries. Run 'pledge schema' as the owner, with this user as --role",
            _ when row.GetBoolean(7) =>
                "the user may change or remove entries, as an owner or administrator may. Run the registry as a user that may only select and insert",
            _ when row.GetInt64(8) != 2 => "the triggers that keep entries as they are, are missing or disabled. Somebody who owns them removed them. Enable them (alter table … enable always trigger …), or make them again as in Schema/0001-entries.sql",
            _ => null,
        };
        if (fault is not null)
        {
            throw new LogRefusedException($"{database.Name}: {fault}.");
        }
        await row.DisposeAsync();
        // What was found holds for this connection, though the server's settings be changed and reloaded.
        await using var keep = new NpgsqlCommand(
            $"set synchronous_commit = {synchronous}; set default_transaction_isolation = 'read committed'", connection);
        await keep.ExecuteNonQueryAsync(cancel);
    }
}

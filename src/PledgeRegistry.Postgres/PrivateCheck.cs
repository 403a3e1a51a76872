using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>What must hold before a connection is used for the private store. A refusal says what is wrong and what to do about it.</summary>
internal static class PrivateCheck
{
    /// <summary>Checks a new connection, and keeps what was found for as long as it is open. Synchronous, as the store is.</summary>
    /// <exception cref="LogRefusedException">It can't be used.</exception>
    public static void Ready(Database database, NpgsqlConnection connection)
    {
        try
        {
            using var version = new NpgsqlCommand($"select coalesce(max(version), 0) from {PostgresSchema.Private}.schema_versions", connection);
            StartCheck.Version(database, (int)version.ExecuteScalar()!, PostgresSchema.PrivateVersion);
            var synchronous = Check(database, connection);
            using var keep = new NpgsqlCommand(
                $"set synchronous_commit = {synchronous}; set default_transaction_isolation = 'read committed'", connection);
            keep.ExecuteNonQuery();
        }
        catch (PostgresException e) when (database.Told(e) is { } told)
        {
            throw told;
        }
    }

    // What synchronous_commit is.
    private static string Check(Database database, NpgsqlConnection connection)
    {
        using var command = new NpgsqlCommand($"""
            select {StartCheck.ServerColumns},
                (select count(*) from pg_class where relnamespace = 'pledge_registry_private'::regnamespace and relkind = 'r' and relpersistence <> 'p'),
                has_table_privilege('pledge_registry_private.access', 'insert')
                    and has_table_privilege('pledge_registry_private.drafts', 'update')
                    and has_function_privilege('pledge_registry_private.delete_draft(text)', 'execute'),
                has_table_privilege('pledge_registry_private.access', 'update, delete, truncate, trigger')
                    or pg_has_role((select relowner from pg_class where oid = 'pledge_registry_private.access'::regclass), 'member'),
                (select count(*) from pg_trigger where tgrelid = 'pledge_registry_private.access'::regclass
                    and tgname in ('numbered', 'unchanged') and tgenabled = 'A')
            """, connection);
        using var row = command.ExecuteReader();
        row.Read();
        var fault = StartCheck.ServerFault(row) ?? row switch
        {
            _ when row.GetInt64(5) > 0 => "a table of the private store is not logged, and is emptied after a crash. Make it logged (alter table … set logged)",
            _ when !row.GetBoolean(6) => "the user may not write to the private store. Run 'pledge schema' as the owner, with this user as --role",
            _ when row.GetBoolean(7) =>
                "the user may change or remove lines of the access log, as an owner or administrator may. Run the registry as the user that the schema was applied for",
            _ when row.GetInt64(8) != 2 => "the triggers that keep the access log as it is, are missing or disabled. Run 'pledge schema' again, or enable them (enable always)",
            _ => null,
        };
        return fault is null ? row.GetString(4) : throw new LogRefusedException($"{database.Name}: {fault}.");
    }
}

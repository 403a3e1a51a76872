using System.Globalization;
using System.Reflection;
using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The tables of the log and those of the private store, each in a schema of its own, as numbered files that are applied in
/// their order by the owner of the database. The user that runs the registry is another one: it may select and insert, and
/// of what is private do what the store does, but change no line of the access log.
/// </summary>
public static class PostgresSchema
{
    internal const string Log = "pledge_registry", Private = "pledge_registry_private";

    private const string LogRights = """
        grant select, insert on pledge_registry.entries to {role};
        """;

    private const string PrivateRights = """
        grant select, insert on pledge_registry_private.contacts, pledge_registry_private.forms, pledge_registry_private.keys,
            pledge_registry_private.access to {role};
        grant select, insert, update on pledge_registry_private.drafts to {role};
        grant execute on function pledge_registry_private.take_turn(), pledge_registry_private.replace_details(text, text),
            pledge_registry_private.replace_form(text, text), pledge_registry_private.delete_draft(text) to {role};
        """;

    /// <summary>The number of the last file: the version that this release reads and writes.</summary>
    public static int Version { get; } = Latest(Log);

    /// <summary>The same of the private store.</summary>
    public static int PrivateVersion { get; } = Latest(Private);

    /// <summary>Applies what is not there yet, in one transaction, and gives a user the rights of the one that runs.</summary>
    /// <param name="ownerConnectionString">Of a user who owns the schemas, or may create them.</param>
    /// <param name="runningRole">An existing role, to which the rights are granted.</param>
    /// <exception cref="LogRefusedException">A schema is of a newer release, or the server refuses the owner.</exception>
    public static async Task ApplyAsync(string ownerConnectionString, string runningRole, CancellationToken cancel = default)
    {
        var database = new Database(ownerConnectionString);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        foreach (var (schema, rights) in new[] { (Log, LogRights), (Private, PrivateRights) })
        {
            await ApplyAsync(database, connection, schema, cancel);
            var role = new NpgsqlCommandBuilder().QuoteIdentifier(runningRole);
            await ExecuteAsync(connection, $"""
                revoke all on all tables in schema {schema} from public, {role};
                grant usage on schema {schema} to {role};
                grant select on {schema}.schema_versions to {role};
                {rights.Replace("{role}", role, StringComparison.Ordinal)}
                """, cancel);
        }
        await transaction.CommitAsync(cancel);
    }

    internal static string Newer(string name, int there, int known) =>
        $"{name}: the schema has version {there}, of a newer release; this one knows {known}. Run the newer release.";

    /// <summary>0 where nothing was applied.</summary>
    internal static async Task<int> VersionAsync(NpgsqlConnection connection, string schema, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select coalesce(max(version), 0) from {schema}.schema_versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ApplyAsync(Database database, NpgsqlConnection connection, string schema, CancellationToken cancel)
    {
        await ExecuteAsync(connection, $"""
            create schema if not exists {schema};
            create table if not exists {schema}.schema_versions (
                version integer primary key, applied_at timestamptz not null default now());
            lock table {schema}.schema_versions in exclusive mode;
            """, cancel);
        var there = await VersionAsync(connection, schema, cancel);
        if (there > Latest(schema))
        {
            throw new LogRefusedException(Newer(database.Name, there, Latest(schema)));
        }
        foreach (var (number, sql) in Files(schema).Where(f => f.Number > there).OrderBy(f => f.Number))
        {
            await ExecuteAsync(connection, sql, cancel);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"insert into {schema}.schema_versions (version) values ({number})"), cancel);
        }
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static int Latest(string schema) => Files(schema).Max(f => f.Number);

    // "pledge_registry/0001-entries.sql"
    private static IEnumerable<(int Number, string Sql)> Files(string schema)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{schema}/", StringComparison.Ordinal)))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan(schema.Length + 1, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}

using System.Globalization;
using System.Reflection;
using System.Text;
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

    private static readonly string[] Schemas = [Log, Private];

    /// <summary>The number of the last file: the version that this release reads and writes.</summary>
    public static int Version { get; } = Latest(Log);

    /// <summary>The same of the private store.</summary>
    public static int PrivateVersion { get; } = Latest(Private);

    /// <summary>Applies what is not there yet, in one transaction, and gives a user the rights of the one that runs.</summary>
    /// <param name="ownerConnectionString">Of a user who owns the schemas, or may create them.</param>
    /// <param name="runningRole">An existing role, to which the rights are granted.</param>
    /// <exception cref="LogRefusedException">A schema is of a newer release, the server refuses the owner, or there is no such role.</exception>
    public static async Task ApplyAsync(string ownerConnectionString, string runningRole, CancellationToken cancel = default)
    {
        var database = new Database(ownerConnectionString, primary: true);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            foreach (var schema in Schemas)
            {
                await ExecuteAsync(connection, Begin(schema), cancel);
                var there = await VersionAsync(connection, schema, cancel);
                if (there > Latest(schema))
                {
                    throw new LogRefusedException(Newer(database.Name, there, Latest(schema)));
                }
                foreach (var (_, sql) in Files(schema).Where(f => f.Number > there))
                {
                    await ExecuteAsync(connection, sql, cancel);
                }
                await ExecuteAsync(connection, Rights(schema, runningRole), cancel);
            }
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.UndefinedObject)
        {
            throw new LogRefusedException($"{database.Name}: {e.MessageText}. Create the role '{runningRole}' first, as a user that may log in.", e);
        }
        catch (PostgresException e) when (database.Told(e) is { } told)
        {
            throw told;
        }
        await transaction.CommitAsync(cancel);
    }

    /// <summary>The same as a script for psql, for an owner that only the database's own machine lets in.</summary>
    public static string Script(string runningRole)
    {
        var script = new StringBuilder("\\set ON_ERROR_STOP on\nset client_min_messages = warning;\nbegin;\n");
        foreach (var schema in Schemas)
        {
            script.Append(Begin(schema));
            script.Append(CultureInfo.InvariantCulture, $"select coalesce(max(version), 0) > {Latest(schema)} as newer from {schema}.schema_versions \\gset\n");
            script.Append("\\if :newer\ndo $$ begin raise exception 'This database belongs to a newer release. Run that one.'; end $$;\n\\endif\n");
            foreach (var (number, sql) in Files(schema))
            {
                script.Append(CultureInfo.InvariantCulture, $"select coalesce(max(version), 0) < {number} as apply from {schema}.schema_versions \\gset\n");
                script.Append("\\if :apply\n").Append(sql).Append("\n\\endif\n");
            }
            script.Append(Rights(schema, runningRole)).Append('\n');
        }
        return script.Append("commit;\n").ToString();
    }

    /// <summary>A connection string as user, host, port and database: without its password, for messages.</summary>
    public static string Describe(string connectionString)
    {
        try
        {
            return new Database(connectionString, primary: false).Name;
        }
        catch (LogRefusedException)
        {
            // It can't be understood, and may hold a password all the same.
            return "…";
        }
    }

    internal static string Newer(string name, int there, int known) =>
        $"{name}: the schema has version {there}, of a newer release; this one knows {known}. Run the newer release.";

    /// <summary>0 where nothing was applied.</summary>
    internal static async Task<int> VersionAsync(NpgsqlConnection connection, string schema, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand($"select coalesce(max(version), 0) from {schema}.schema_versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Begin(string schema) => $"""
        create schema if not exists {schema};
        create table if not exists {schema}.schema_versions (
            version integer primary key, applied_at timestamptz not null default now());
        lock table {schema}.schema_versions in exclusive mode;

        """;

    private static string Rights(string schema, string runningRole)
    {
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(runningRole);
        var own = schema == Log
            ? $"grant select, insert on {schema}.entries to {role};"
            : $"""
                grant select, insert on {schema}.contacts, {schema}.forms, {schema}.keys, {schema}.access to {role};
                grant select, insert, update on {schema}.drafts, {schema}.signed to {role};
                grant execute on function {schema}.take_turn(), {schema}.replace_details(text, text), {schema}.replace_form(text, text),
                    {schema}.delete_draft(text) to {role};
                """;
        return $"""
            revoke all on all tables in schema {schema} from public, {role};
            grant usage on schema {schema} to {role};
            grant select on {schema}.schema_versions to {role};
            {own}
            """;
    }

    private static int Latest(string schema) => Files(schema).Max(f => f.Number);

    // "pledge_registry/0001-entries.sql"; each is applied together with the line that says so.
    private static IEnumerable<(int Number, string Sql)> Files(string schema)
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Where(n => n.StartsWith($"{schema}/", StringComparison.Ordinal)).Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var number = int.Parse(name.AsSpan(schema.Length + 1, 4), CultureInfo.InvariantCulture);
            yield return (number, string.Create(CultureInfo.InvariantCulture, $"{reader.ReadToEnd()}\ninsert into {schema}.schema_versions (version) values ({number});\n"));
        }
    }
}

using System.Globalization;
using System.Reflection;
using System.Text;
using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The tables of the log, as numbered files that are applied in their order by the owner of the database. The user that
/// runs the registry is another one: it may select and insert, and nothing else.
/// </summary>
public static class PostgresSchema
{
    /// <summary>The number of the last file: the version that this release reads and writes.</summary>
    public static int Version { get; } = Files().Max(f => f.Number);

    private const string Begin = """
        create schema if not exists pledge_registry;
        create table if not exists pledge_registry.schema_versions (
            version integer primary key, applied_at timestamptz not null default now());
        lock table pledge_registry.schema_versions in exclusive mode;

        """;

    /// <summary>Applies what is not there yet, in one transaction, and gives a user the rights of the one that runs.</summary>
    /// <param name="ownerConnectionString">Of a user who owns the schema, or may create it.</param>
    /// <param name="runningRole">An existing role, to which select and insert are granted.</param>
    /// <exception cref="LogRefusedException">The schema is of a newer release, the server refuses the owner, or there is no such role.</exception>
    public static async Task ApplyAsync(string ownerConnectionString, string runningRole, CancellationToken cancel = default)
    {
        var database = new Database(ownerConnectionString);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        try
        {
            await ExecuteAsync(connection, Begin, cancel);
            var there = await VersionAsync(connection, cancel);
            if (there > Version)
            {
                throw new LogRefusedException(Newer(database.Name, there));
            }
            foreach (var (_, sql) in Files().Where(f => f.Number > there))
            {
                await ExecuteAsync(connection, sql, cancel);
            }
            await ExecuteAsync(connection, Rights(runningRole), cancel);
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
        var script = new StringBuilder("\\set ON_ERROR_STOP on\nset client_min_messages = warning;\nbegin;\n").Append(Begin);
        script.Append(CultureInfo.InvariantCulture, $"select coalesce(max(version), 0) > {Version} as newer from pledge_registry.schema_versions \\gset\n");
        script.Append("\\if :newer\ndo $$ begin raise exception 'This database belongs to a newer release. Run that one.'; end $$;\n\\endif\n");
        foreach (var (number, sql) in Files())
        {
            script.Append(CultureInfo.InvariantCulture, $"select coalesce(max(version), 0) < {number} as apply from pledge_registry.schema_versions \\gset\n");
            script.Append("\\if :apply\n").Append(sql).Append("\n\\endif\n");
        }
        return script.Append(Rights(runningRole)).Append("\ncommit;\n").ToString();
    }

    /// <summary>A connection string as user, host, port and database: without its password, for messages.</summary>
    public static string Describe(string connectionString)
    {
        try
        {
            return new Database(connectionString).Name;
        }
        catch (LogRefusedException)
        {
            // It can't be understood, and may hold a password all the same.
            return "…";
        }
    }

    internal static string Newer(string name, int there) =>
        $"{name}: the schema has version {there}, of a newer release; this one knows {Version}. Run the newer release.";

    /// <summary>0 where nothing was applied.</summary>
    internal static async Task<int> VersionAsync(NpgsqlConnection connection, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand("select coalesce(max(version), 0) from pledge_registry.schema_versions", connection);
        return (int)(await command.ExecuteScalarAsync(cancel))!;
    }

    private static async Task ExecuteAsync(NpgsqlConnection connection, string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        await command.ExecuteNonQueryAsync(cancel);
    }

    private static string Rights(string runningRole)
    {
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(runningRole);
        return $"""
            revoke all on all tables in schema pledge_registry from public, {role};
            grant usage on schema pledge_registry to {role};
            grant select on pledge_registry.schema_versions to {role};
            grant select, insert on pledge_registry.entries to {role};
            """;
    }

    // "0001-entries.sql"; each is applied together with the line that says so.
    private static IEnumerable<(int Number, string Sql)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames().Order(StringComparer.Ordinal))
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            var number = int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture);
            yield return (number, string.Create(CultureInfo.InvariantCulture, $"{reader.ReadToEnd()}\ninsert into pledge_registry.schema_versions (version) values ({number});\n"));
        }
    }
}

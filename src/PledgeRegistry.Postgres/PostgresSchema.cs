using System.Globalization;
using System.Reflection;
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

    /// <summary>Applies what is not there yet, in one transaction, and gives a user the rights of the one that runs.</summary>
    /// <param name="ownerConnectionString">Of a user who owns the schema, or may create it.</param>
    /// <param name="runningRole">An existing role, to which select and insert are granted.</param>
    /// <exception cref="LogRefusedException">The schema is of a newer release, or the server refuses the owner.</exception>
    public static async Task ApplyAsync(string ownerConnectionString, string runningRole, CancellationToken cancel = default)
    {
        var database = new Database(ownerConnectionString, primary: true);
        await using var connection = await database.OpenAsync(cancel);
        await using var transaction = await connection.BeginTransactionAsync(cancel);
        await ExecuteAsync(connection, """
            create schema if not exists pledge_registry;
            create table if not exists pledge_registry.schema_versions (
                version integer primary key, applied_at timestamptz not null default now());
            lock table pledge_registry.schema_versions in exclusive mode;
            """, cancel);
        var there = await VersionAsync(connection, cancel);
        if (there > Version)
        {
            throw new LogRefusedException(Newer(database.Name, there));
        }
        foreach (var (number, sql) in Files().Where(f => f.Number > there).OrderBy(f => f.Number))
        {
            await ExecuteAsync(connection, sql, cancel);
            await ExecuteAsync(connection, string.Create(CultureInfo.InvariantCulture, $"insert into pledge_registry.schema_versions (version) values ({number})"), cancel);
        }
        var role = new NpgsqlCommandBuilder().QuoteIdentifier(runningRole);
        await ExecuteAsync(connection, $"""
            revoke all on all tables in schema pledge_registry from public, {role};
            grant usage on schema pledge_registry to {role};
            grant select on pledge_registry.schema_versions to {role};
            grant select, insert on pledge_registry.entries to {role};
            """, cancel);
        await transaction.CommitAsync(cancel);
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

    // "0001-entries.sql"
    private static IEnumerable<(int Number, string Sql)> Files()
    {
        var assembly = Assembly.GetExecutingAssembly();
        foreach (var name in assembly.GetManifestResourceNames())
        {
            using var reader = new StreamReader(assembly.GetManifestResourceStream(name)!);
            yield return (int.Parse(name.AsSpan(0, 4), CultureInfo.InvariantCulture), reader.ReadToEnd());
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>
/// A PostgreSQL server of the tests' own: in a temporary folder, on a socket there, with passwords, gone at the end. Root
/// may not run one, so for root it runs as another user.
/// </summary>
public sealed partial class Cluster : IAsyncLifetime
{
    private const string Password = "a password of the tests";
    private const string Template = "pledge_template";

    /// <summary>The server ends with this process, however that ends: the shell then meets the end of its input.</summary>
    private const string Guard = """
        "$0/postgres" -D "$1/data" >> "$1/log" 2>&1 & server=$!; cat > /dev/null; kill -INT $server 2> /dev/null; wait $server
        """;

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-pg-").FullName;
    private readonly string binaries = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).Last() + "/bin"
        : throw new InvalidOperationException("PostgreSQL is missing: install Debian's package postgresql (tools/test.sh does).");
    private readonly string[] asUser = Environment.UserName == "root"
        ? ["setpriv", $"--reuid={Unprivileged}", $"--regid={Unprivileged}", "--clear-groups"]
        : [];
    private readonly Stack<string> returned = new();
    private Process? guard;
    private int databases;

    private static string Unprivileged => File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>The file of the socket that it listens on.</summary>
    public string Socket => Path.Combine(folder, ".s.PGSQL.5432");

    private string Data => Path.Combine(folder, "data");

    public async Task InitializeAsync()
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, Password);
        if (asUser.Length > 0)
        {
            await RunAsync(["chown", "-R", Unprivileged, folder]);
        }
        await RunAsync([.. asUser, $"{binaries}/initdb", "-D", Data, "-U", "admin", "-A", "scram-sha-256", $"--pwfile={password}", "--no-sync", "--locale=C", "-E", "UTF8"]);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = ''
            unix_socket_directories = '{folder}'
            max_connections = 100
            shared_buffers = 32MB
            log_min_messages = fatal
            """);
        await StartAsync();
        await SqlAsync("postgres", $"create role owner login password '{Password}'; create role registry login password '{Password}'");
        await SqlAsync("postgres", $"create database {Template} owner owner");
        await PostgresSchema.ApplyAsync(As("owner", Template), "registry");
    }

    public async Task DisposeAsync()
    {
        await StopAsync("immediate");
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>How a user connects to a database.</summary>
    public string As(string user, string database) =>
        new NpgsqlConnectionStringBuilder { Host = folder, Username = user, Password = Password, Database = database }.ConnectionString;

    /// <summary>A database with an empty log. Making and dropping one is slow, so it is one that a test before is done with.</summary>
    public async Task<string> TakeDatabaseAsync() => returned.TryPop(out var name) ? name : await NewDatabaseAsync();

    /// <summary>Empties a log that was taken, for the next test. Nobody but the administrator could, and only so.</summary>
    public async Task ReturnDatabaseAsync(string name)
    {
        await SqlAsync(name, """
            begin;
            alter table pledge_registry.entries disable trigger unchanged;
            truncate pledge_registry.entries;
            alter table pledge_registry.entries enable always trigger unchanged;
            do $$
            begin
                if exists (select from pledge_registry_private.access) or exists (select from pledge_registry_private.keys)
                    or exists (select from pledge_registry_private.signed) then
                    alter table pledge_registry_private.access disable trigger unchanged;
                    truncate pledge_registry_private.contacts, pledge_registry_private.drafts, pledge_registry_private.forms,
                        pledge_registry_private.keys, pledge_registry_private.access, pledge_registry_private.signed;
                    alter table pledge_registry_private.access enable always trigger unchanged;
                end if;
            end
            $$;
            commit
            """);
        returned.Push(name);
    }

    /// <summary>A database that a test may spoil, with the schema in it or empty.</summary>
    public async Task<string> NewDatabaseAsync(bool withSchema = true)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"log_{++databases}");
        await SqlAsync("postgres", $"create database {name} owner owner template {(withSchema ? Template : "template0")}");
        return name;
    }

    public async Task StartAsync()
    {
        string[] command = [.. asUser, "sh", "-c", Guard, binaries, folder];
        guard = Process.Start(new ProcessStartInfo(command[0], command[1..]) { RedirectStandardInput = true })!;
        var waiting = Stopwatch.StartNew();
        while (true)
        {
            try
            {
                await SqlAsync("postgres", "select");
                return;
            }
            catch (NpgsqlException) when (waiting.Elapsed < Patience)
            {
                await Task.Delay(20);
            }
        }
    }

    /// <summary>Stops the server: "fast" as an administrator does, "immediate" as a crash does.</summary>
    public async Task StopAsync(string mode)
    {
        if (guard is null)
        {
            return;
        }
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await RunAsync([.. asUser, $"{binaries}/pg_ctl", "stop", "-D", Data, "-m", mode, "-w"]);
        }
        guard.StandardInput.Close();
        await guard.WaitForExitAsync().WaitAsync(Patience);
        guard.Dispose();
        guard = null;
    }

    public async Task RestartAsync(string mode)
    {
        await StopAsync(mode);
        await StartAsync();
    }

    /// <summary>While the work is done, the server is a standby, which follows nobody.</summary>
    public async Task AsStandbyAsync(Func<Task> work)
    {
        var signal = Path.Combine(Data, "standby.signal");
        await StopAsync("fast");
        await File.WriteAllTextAsync(signal, "");
        try
        {
            await StartAsync();
            await work();
        }
        finally
        {
            await StopAsync("fast");
            File.Delete(signal);
            await StartAsync();
        }
    }

    /// <summary>While the work is done, a setting of the server has another value.</summary>
    public async Task WithSettingAsync(string name, string value, Func<Task> work)
    {
        await SetAsync($"alter system set {name} = '{value}'", name, was => was == value);
        try
        {
            await work();
        }
        finally
        {
            await SetAsync($"alter system reset {name}", name, was => was != value);
        }
    }

    /// <summary>The files of the databases (and not the write-ahead log) that hold a text, once all is written to them.</summary>
    public async Task<IReadOnlyList<string>> FilesWithAsync(string text)
    {
        await SqlAsync("postgres", "checkpoint");
        var wanted = System.Text.Encoding.UTF8.GetBytes(text);
        return [.. Directory.EnumerateFiles(Data, "*", SearchOption.AllDirectories)
            .Where(f => !f.StartsWith(Path.Combine(Data, "pg_wal"), StringComparison.Ordinal))
            .Where(f => Bytes(f).AsSpan().IndexOf(wanted) >= 0)];

        // One that has gone since it was listed holds nothing.
        static byte[] Bytes(string file)
        {
            try
            {
                return File.ReadAllBytes(file);
            }
            catch (FileNotFoundException)
            {
                return [];
            }
        }
    }

    /// <summary>What the server's write-ahead log holds from one place to another, as pg_waldump shows it.</summary>
    public async Task<string> WrittenAsync(string from, string to) =>
        await RunAsync([.. asUser, $"{binaries}/pg_waldump", "-p", Path.Combine(Data, "pg_wal"), "-s", from, "-e", to]);

    /// <summary>Runs SQL as the administrator, each time on a new connection, and gives the first value.</summary>
    public async Task<object?> SqlAsync(string database, string sql)
    {
        await using var connection = await OpenAsync("admin", database);
        return await SqlAsync(connection, sql);
    }

    public static async Task<object?> SqlAsync(NpgsqlConnection connection, string sql)
    {
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    public async Task<NpgsqlConnection> OpenAsync(string user, string database)
    {
        var connection = new NpgsqlConnection(As(user, database) + ";Pooling=false");
        try
        {
            await connection.OpenAsync();
            return connection;
        }
        catch
        {
            await connection.DisposeAsync();
            throw;
        }
    }

    /// <summary>Waits until something holds, and ends the test if it never does.</summary>
    public static async Task UntilAsync(Func<Task<bool>> holds)
    {
        var waiting = Stopwatch.StartNew();
        while (!await holds())
        {
            Assert.True(waiting.Elapsed < Patience, "It never came.");
            await Task.Delay(10);
        }
    }

    private async Task SetAsync(string sql, string name, Func<string, bool> done)
    {
        await SqlAsync("postgres", sql);
        await SqlAsync("postgres", "select pg_reload_conf()");
        await UntilAsync(async () => done((string)(await SqlAsync("postgres", $"select current_setting('{name}')"))!));
    }

    private static async Task<string> RunAsync(string[] command)
    {
        using var process = Process.Start(new ProcessStartInfo(command[0], command[1..])
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            WorkingDirectory = "/",
        })!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return process.ExitCode == 0 ? output : throw new InvalidOperationException($"{string.Join(' ', command)}: {await error}");
    }
}

/// <summary>All tests share one server, and so run one after the other.</summary>
[CollectionDefinition(Name)]
public sealed class ServerCollection : ICollectionFixture<Cluster>
{
    public const string Name = "server";
}

using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PledgeRegistry.Faults.Running;

/// <summary>
/// A PostgreSQL server in a temporary folder, on a socket there. Root may not run one, so for root it runs as another user.
/// </summary>
public sealed class PostgresServer : IAsyncDisposable
{
    private const string Password = "a password of the tests";
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-faults-pg-").FullName;
    private Process? server;
    private int databases;

    /// <summary>The server's programs.</summary>
    public static string Binaries { get; } = Directory.Exists("/usr/lib/postgresql")
        ? Directory.EnumerateDirectories("/usr/lib/postgresql").OrderBy(d => int.Parse(Path.GetFileName(d), CultureInfo.InvariantCulture)).Last() + "/bin"
        : throw new FaultException("PostgreSQL is missing: install Debian's package postgresql (tools/test.sh does).");

    private static string User => File.ReadLines("/etc/passwd").Any(l => l.StartsWith("postgres:", StringComparison.Ordinal)) ? "postgres" : "nobody";

    /// <summary>The words before a command that make it run as the server's user.</summary>
    public static IReadOnlyList<string> AsUser { get; } = Environment.UserName == "root" ? ["setpriv", $"--reuid={User}", $"--regid={User}", "--clear-groups"] : [];

    /// <summary>Where its socket is.</summary>
    public string Folder => folder;

    public string Data => Path.Combine(folder, "data");

    /// <summary>How the server's own process is started.</summary>
    public IReadOnlyList<string> Command => [.. AsUser, $"{Binaries}/postgres", "-D", Data];

    public static async Task<PostgresServer> StartNewAsync()
    {
        var made = new PostgresServer();
        try
        {
            await made.InitializeAsync();
            return made;
        }
        catch
        {
            await made.DisposeAsync();
            throw;
        }
    }

    public string As(string user, string database) =>
        new NpgsqlConnectionStringBuilder { Host = folder, Username = user, Password = Password, Database = database }.ConnectionString;

    /// <summary>A copy of another database, or an empty one.</summary>
    public async Task<string> NewDatabaseAsync(string template)
    {
        var name = string.Create(CultureInfo.InvariantCulture, $"log_{Interlocked.Increment(ref databases)}");
        await SqlAsync("postgres", $"create database {name} owner admin template {template}");
        return name;
    }

    /// <summary>Runs SQL as the administrator, and gives the first value.</summary>
    public async Task<object?> SqlAsync(string database, string sql)
    {
        await using var connection = await OpenAsync("admin", database);
        await using var command = new NpgsqlCommand(sql, connection);
        return await command.ExecuteScalarAsync();
    }

    /// <summary>Runs a file of psql's, as the administrator.</summary>
    public async Task PsqlAsync(string database, string file) => await Programs.SucceedAsync(
        [$"{Binaries}/psql", "--quiet", "--no-psqlrc", "-v", "ON_ERROR_STOP=1", "-h", folder, "-U", "admin", "-d", database, "-f", file],
        new Dictionary<string, string> { ["PGPASSWORD"] = Password });

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

    public async Task StartAsync()
    {
        server = Process.Start(new ProcessStartInfo(Command[0], Command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" })!;
        server.BeginErrorReadLine();
        server.BeginOutputReadLine();
        await AnswersAsync();
    }

    /// <summary>Waits until it takes connections.</summary>
    public async Task AnswersAsync()
    {
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

    /// <summary>"fast" as an administrator stops it, "immediate" as a crash does.</summary>
    public async Task StopAsync(string mode)
    {
        if (File.Exists(Path.Combine(Data, "postmaster.pid")))
        {
            await Programs.SucceedAsync([.. AsUser, $"{Binaries}/pg_ctl", "stop", "-D", Data, "-m", mode, "-w"]);
        }
        if (server is not null)
        {
            await server.WaitForExitAsync().WaitAsync(Patience);
            server.Dispose();
            server = null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync("immediate");
        Directory.Delete(folder, recursive: true);
    }

    private async Task InitializeAsync()
    {
        var password = Path.Combine(folder, "password");
        await File.WriteAllTextAsync(password, Password);
        if (AsUser.Count > 0)
        {
            await Programs.SucceedAsync(["chown", "-R", User, folder]);
        }
        await Programs.SucceedAsync([.. AsUser, $"{Binaries}/initdb", "-D", Data, "-U", "admin", "-A", "scram-sha-256", $"--pwfile={password}", "--no-sync", "--locale=C", "-E", "UTF8"]);
        await File.AppendAllTextAsync(Path.Combine(Data, "postgresql.conf"), $"""

            listen_addresses = ''
            unix_socket_directories = '{folder}'
            max_connections = 100
            shared_buffers = 32MB
            log_min_messages = fatal
            """);
        await StartAsync();
        await SqlAsync("postgres", $"create role registry login password '{Password}'");
    }
}

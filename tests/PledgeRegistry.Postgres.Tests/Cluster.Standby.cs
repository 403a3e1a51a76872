using System.Diagnostics;
using System.Globalization;
using Npgsql;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>A second server that follows the first, and the end of the first.</summary>
public sealed partial class Cluster
{
    /// <summary>The name that a standby has for <c>synchronous_standby_names</c>.</summary>
    public const string Standby = "standby";

    /// <summary>A running copy of this server, which streams from it.</summary>
    public async Task<Cluster> NewStandbyAsync()
    {
        var standby = new Cluster();
        if (asUser.Length > 0)
        {
            await RunAsync(["chown", "-R", Unprivileged, standby.folder]);
        }
        await RunAsync([.. asUser, $"{binaries}/pg_basebackup", "-d", $"host={folder} user=admin password='{Password}' application_name={Standby}", "-D", standby.Data, "-R", "-X", "stream", "-c", "fast", "--no-sync"]);
        await File.AppendAllTextAsync(Path.Combine(standby.Data, "postgresql.conf"), $"\nunix_socket_directories = '{standby.folder}'\n");
        await standby.StartAsync();
        return standby;
    }

    /// <summary>From now on a commit is acknowledged once the standby has it on its disk.</summary>
    public async Task WaitForStandbyAsync()
    {
        await SetAsync($"alter system set synchronous_standby_names = '{Standby}'", "synchronous_standby_names", was => was == Standby);
        await UntilAsync(async () => (string?)await SqlAsync("postgres", "select sync_state from pg_stat_replication") == "sync");
    }

    /// <summary>What the primary writes from now on doesn't reach this standby any more.</summary>
    public async Task CutOffAsync()
    {
        await SetAsync("alter system set primary_conninfo = ''", "primary_conninfo", was => was.Length == 0);
        await UntilAsync(async () => (long)(await SqlAsync("postgres", "select count(*) from pg_stat_wal_receiver"))! == 0);
    }

    public async Task PromoteAsync() => Assert.Equal(true, await SqlAsync("postgres", "select pg_promote()"));

    /// <summary>kill -9 of every process of the server.</summary>
    public async Task KillAsync()
    {
        var pidFile = Path.Combine(Data, "postmaster.pid");
        var postmaster = int.Parse((await File.ReadAllLinesAsync(pidFile))[0], CultureInfo.InvariantCulture);
        var children = Directory.EnumerateDirectories("/proc").Select(d => Path.GetFileName(d)).Where(n => int.TryParse(n, out _) && ParentOf(n) == postmaster);
        foreach (var pid in children.Select(n => int.Parse(n, CultureInfo.InvariantCulture)).Prepend(postmaster).ToList())
        {
            try
            {
                using var process = Process.GetProcessById(pid);
                process.Kill();
            }
            catch (ArgumentException)
            {
                // It has ended by itself.
            }
        }
        File.Delete(pidFile);
    }

    /// <summary>How a user connects to whichever of two servers is the primary; the other one is named first.</summary>
    public string AsAny(string user, string database, Cluster other) =>
        new NpgsqlConnectionStringBuilder(As(user, database)) { Host = $"{other.folder},{folder}" }.ConnectionString;

    // "1234 (postgres) S 1 …": the name may have blanks in it.
    private static int ParentOf(string pid)
    {
        try
        {
            var stat = File.ReadAllText($"/proc/{pid}/stat");
            return int.Parse(stat[(stat.LastIndexOf(')') + 2)..].Split(' ')[1], CultureInfo.InvariantCulture);
        }
        catch (IOException)
        {
            return 0;
        }
    }
}

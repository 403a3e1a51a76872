using System.Globalization;
using System.Security.Cryptography;
using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>A test with a log of its own on the shared server.</summary>
public abstract class ServerTest(Cluster cluster) : IAsyncLifetime
{
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    protected Cluster Cluster { get; } = cluster;

    protected string Database { get; private set; } = "";

    protected string Running => Cluster.As("registry", Database);

    public async Task InitializeAsync() => Database = await Cluster.TakeDatabaseAsync();

    public async Task DisposeAsync() => await Cluster.ReturnDatabaseAsync(Database);

    protected Task<PostgresLog> OpenAsync() => PostgresLog.OpenForWritingAsync(Running);

    protected Task<NpgsqlConnection> ConnectAsync(string user = "registry") => Cluster.OpenAsync(user, Database);

    protected static StoredEntry[] Entries(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var bytes = new byte[random.Next(1, 900)];
            random.NextBytes(bytes);
            return StoredEntry.Of(bytes);
        })];
    }

    protected static LogHead After(LogHead head, IReadOnlyList<StoredEntry> entries) => new(head.Size + entries.Count, entries[^1].Leaf);

    protected static async Task<LogHead> AppendedAsync(IEventLog log, LogHead head, IReadOnlyList<StoredEntry> entries)
    {
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, entries));
        return After(head, entries);
    }

    protected static async Task<LogHead> CatchUpAsync(IEventLog log, LogHead head, Action<StoredEntry>? seen = null)
    {
        while (await log.ReadAsync(head.Size, 1000) is { Count: > 0 } read)
        {
            foreach (var entry in read)
            {
                seen?.Invoke(entry);
            }
            head = After(head, read);
        }
        return head;
    }

    protected static async Task AssertHoldsAsync(IEventLog log, params StoredEntry[] expected)
    {
        var found = new List<StoredEntry>();
        await CatchUpAsync(log, LogHead.Empty, found.Add);
        Assert.Equal(expected.Select(Digest), found.Select(Digest));
    }

    protected static string Digest(StoredEntry entry) => Convert.ToHexStringLower(SHA256.HashData(entry.Bytes.Span));

    /// <summary>What the table holds, read without the engine: SHA-256 of the bytes at 0, 1, 2 … Fails on a gap and on a wrong leaf.</summary>
    protected async Task<List<string>> StoredAsync()
    {
        await using var connection = await ConnectAsync("admin");
        await using var command = new NpgsqlCommand(
            "select position, encode(sha256(bytes), 'hex'), sha256('\\x00'::bytea || bytes) = leaf from pledge_registry.entries order by position", connection);
        await using var row = await command.ExecuteReaderAsync();
        var stored = new List<string>();
        while (await row.ReadAsync())
        {
            Assert.Equal(stored.Count, row.GetInt64(0));
            Assert.True(row.GetBoolean(2), $"The leaf at {stored.Count} isn't that of its bytes.");
            stored.Add(row.GetString(1));
        }
        return stored;
    }

    /// <summary>Waits until a session of the running role waits for this, and says which.</summary>
    protected async Task<int> WaitingSessionAsync(string waitEvent)
    {
        int? found = null;
        await Cluster.UntilAsync(async () => (found = await WaitingAsync(waitEvent)) is not null);
        return found!.Value;
    }

    /// <summary>Whether a session of the running role waits for this now.</summary>
    protected async Task<bool> WaitsAsync(string waitEvent) => await WaitingAsync(waitEvent) is not null;

    private async Task<int?> WaitingAsync(string waitEvent) => (int?)await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture,
        $"select pid from pg_stat_activity where datname = '{Database}' and usename = 'registry' and wait_event = '{waitEvent}'"));
}

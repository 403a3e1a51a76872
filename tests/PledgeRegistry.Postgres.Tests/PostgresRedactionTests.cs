using Npgsql;
using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PostgresRedactionTests(Cluster cluster) : RedactableLogContract, IAsyncLifetime
{
    private string database = "";

    public async Task InitializeAsync() => database = await cluster.TakeDatabaseAsync();

    public async Task DisposeAsync()
    {
        await cluster.SqlAsync(database, "alter table pledge_registry.entries alter column bytes set statistics -1");
        await cluster.ReturnDatabaseAsync(database);
    }

    [Fact]
    public async Task The_user_that_runs_the_registry_can_withhold_nothing()
    {
        await using var log = await OpenAsync();
        var entry = StoredEntry.Of("one"u8.ToArray());
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(LogHead.Empty, [entry]));
        var running = new PostgresRedactor(cluster.As("registry", database));
        Assert.Contains("doesn't own", (await Assert.ThrowsAsync<LogRefusedException>(() => running.RedactAsync(new LogHead(1, entry.Leaf), [entry], 0, entry))).Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogRefusedException>(() => running.CleanAsync());
    }

    protected override async Task<IEventLog> OpenAsync() => await PostgresLog.OpenForWritingAsync(cluster.As("registry", database));

    protected override IRedactableLog Redactable(IEventLog log) => new PostgresRedactor(cluster.As("owner", database));

    protected override Task<IReadOnlyList<string>> FilesWithAsync(string text) => cluster.FilesWithAsync(text);

    // The planner's samples are files, too.
    protected override async Task EverythingInFilesAsync(IEventLog log)
    {
        await cluster.SqlAsync(database, "set default_statistics_target = 10000; analyze pledge_registry.entries");
        Assert.Equal(1L, await cluster.SqlAsync(database, "select count(*) from pg_stats where tablename = 'entries' and attname = 'bytes' and histogram_bounds is not null"));
    }

    protected override async Task AssertRefusesChangesAsync()
    {
        foreach (var user in new[] { "owner", "admin" })
        {
            await using var connection = await cluster.OpenAsync(user, database);
            foreach (var change in new[] { "update pledge_registry.entries set bytes = '\\x01' where position = 3", "delete from pledge_registry.entries", "truncate pledge_registry.entries" })
            {
                Assert.Equal("PR002", (await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, change))).SqlState);
            }
            Assert.Equal("PR001", (await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, "insert into pledge_registry.entries values (9999, sha256('x'), 'x')"))).SqlState);
        }
        // Both hold for a session in replica mode, too.
        Assert.Equal(2L, await cluster.SqlAsync(database, "select count(*) from pg_trigger where tgrelid = 'pledge_registry.entries'::regclass and tgenabled = 'A'"));
    }
}

using MartenDatabase = PledgeRegistry.Marten.Database;
using MartenRefused = PledgeRegistry.Marten.LogRefusedException;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>What the Marten adapter asks of the server without Marten.</summary>
[Collection(ServerCollection.Name)]
public sealed class MartenDatabaseTests(Cluster cluster) : ServerTest(cluster)
{
    [Fact]
    public async Task A_server_that_keeps_what_it_acknowledges_is_taken_and_a_mark_is_committed()
    {
        await MartenDatabase.CheckAsync(Running, CancellationToken.None);
        var before = await EndOfLogAsync();
        await MartenDatabase.CommitFurtherAsync(Running, CancellationToken.None);
        Assert.NotEqual(before, await EndOfLogAsync());
    }

    [Theory]
    [InlineData("off")]
    [InlineData("local")]
    [InlineData("remote_write")]
    public async Task A_server_that_acknowledges_too_early_is_refused(string setting)
    {
        var refused = await Assert.ThrowsAsync<MartenRefused>(() => MartenDatabase.CheckAsync($"{Running};Options=-c synchronous_commit={setting}", CancellationToken.None));
        Assert.Contains($"synchronous_commit is {setting}", refused.Message, StringComparison.Ordinal);
    }

    private async Task<object?> EndOfLogAsync() => await Cluster.SqlAsync(Database, "select pg_current_wal_lsn()::text");
}

using System.Globalization;
using Npgsql;
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

    [Fact]
    public async Task Where_a_standby_is_waited_for_an_append_is_confirmed_by_a_mark_that_it_has()
    {
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", async () =>
        {
            var confirming = MartenDatabase.ConfirmAsync(Running, CancellationToken.None);
            var session = await WaitingSessionAsync("SyncRep");
            Assert.False(confirming.IsCompleted, "What no standby has was confirmed.");
            await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({session})"));
            var fault = await Assert.ThrowsAsync<NpgsqlException>(() => confirming);
            Assert.Contains("can't be made safe", fault.Message, StringComparison.Ordinal);
        });
    }

    [Fact]
    public async Task Where_no_standby_is_waited_for_nothing_further_is_written()
    {
        var before = (string)(await EndOfLogAsync())!;
        await MartenDatabase.ConfirmAsync(Running, CancellationToken.None);
        await MartenDatabase.CommitFurtherAsync(Running, CancellationToken.None);
        var written = await Cluster.WrittenAsync(before, (string)(await Cluster.SqlAsync(Database, "select pg_current_wal_flush_lsn()::text"))!);
        Assert.Equal(2, written.Split("prefix \"pledge_registry\"").Length);
    }

    [Fact]
    public async Task A_command_that_takes_too_long_while_a_standby_is_waited_for_is_never_reported_as_done()
    {
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", async () =>
        {
            await using var connection = new NpgsqlConnection(MartenDatabase.BreakingOff($"{Running};Command Timeout=1"));
            await connection.OpenAsync();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => Cluster.SqlAsync(connection, "select pg_logical_emit_message(true, 'test', 'late')"));
        });
    }

    [Fact]
    public async Task The_time_is_the_server_s()
    {
        var before = (DateTime)(await Cluster.SqlAsync(Database, "select clock_timestamp()"))!;
        var time = await MartenDatabase.TimeAsync(Running, CancellationToken.None);
        Assert.InRange(time, before, (DateTime)(await Cluster.SqlAsync(Database, "select clock_timestamp()"))!);
    }

    [Fact]
    public void What_is_no_connection_string_is_refused() => Assert.Throws<MartenRefused>(() => MartenDatabase.BreakingOff("Hots=db"));

    private async Task<object?> EndOfLogAsync() => await Cluster.SqlAsync(Database, "select pg_current_wal_lsn()::text");
}

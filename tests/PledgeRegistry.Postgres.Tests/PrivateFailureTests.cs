using System.Globalization;
using Npgsql;
using PledgeRegistry.Private;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>Calls of the private store whose server, session or line goes away.</summary>
[Collection(ServerCollection.Name)]
public sealed class PrivateFailureTests(Cluster cluster) : PrivateServerTest(cluster)
{
    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task A_server_that_was_restarted_meanwhile_is_not_noticed(string mode)
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        await Cluster.RestartAsync(mode);
        Assert.Equal(Details.Name, store.FindContact(Me, Ana)!.Details!.Name);
        await Cluster.RestartAsync(mode);
        Assert.True(store.EraseContact(Me, Ana));
        await Cluster.RestartAsync(mode);
        Assert.Null(store.FindContact(Me, Ana)!.Details);
        Assert.Equal([PrivateAction.Added, PrivateAction.Read, PrivateAction.Erased, PrivateAction.Read], Done(store));
    }

    [Fact]
    public async Task A_server_that_is_away_is_told_and_when_it_is_back_all_goes_on()
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        await Cluster.StopAsync("fast");
        try
        {
            foreach (var call in new Action[] { () => store.FindContact(Me, Ana), () => store.EraseContact(Me, Ana), () => store.ReadKeys(), () => store.CopyOut(Me, _ => { }) })
            {
                var told = Assert.Throws<PrivateUnavailableException>(call).Message;
                Assert.Contains("can't be reached", told, StringComparison.Ordinal);
                Assert.Contains("Nothing was read or changed", told, StringComparison.Ordinal);
            }
        }
        finally
        {
            await Cluster.StartAsync();
        }
        Assert.NotNull(store.FindContact(Me, Ana)!.Details);
        Assert.Equal([PrivateAction.Added, PrivateAction.Read], Done(store));
    }

    [Fact]
    public async Task A_call_whose_session_is_ended_half_way_is_done_once()
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        await using var other = await ConnectAsync("admin");
        await Cluster.SqlAsync(other, "begin; lock table pledge_registry_private.contacts in access share mode");
        var erasing = Task.Run(() => store.EraseContact(Me, Ana));
        var session = await WaitingSessionAsync("relation");
        await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select pg_terminate_backend({session})"));
        // It is at it again, in another session, with nothing of the first.
        await Cluster.UntilAsync(async () => await WaitingSessionAsync("relation") != session);
        await Cluster.SqlAsync(other, "commit");
        Assert.True(await erasing);
        Assert.Equal([PrivateAction.Added, PrivateAction.Erased], Done(store));
        Assert.Empty(await Cluster.FilesWithAsync("Xiomara"));
    }

    [Fact]
    public async Task A_statement_that_is_cancelled_half_way_has_done_nothing_and_logged_nothing()
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        store.AddDraft(Me, "d-1", "CRI", DraftKind.Pledge, """{"a":["1"]}""");
        await using var other = await ConnectAsync("admin");
        await Cluster.SqlAsync(other, "begin");
        await Cluster.SqlAsync(other, "select count(*) from pledge_registry_private.contacts, pledge_registry_private.forms");
        foreach (var call in new Action[] { () => store.EraseContact(Me, Ana), () => store.DeleteDraft(Me, "d-1"), () => store.ChangeDraft(Me, "d-1", 1, "{}") })
        {
            var calling = Task.Run(call);
            var session = await WaitingSessionAsync("relation");
            await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({session})"));
            await Assert.ThrowsAsync<PrivateUnavailableException>(() => calling);
        }
        await Cluster.SqlAsync(other, "commit");
        Assert.NotNull(store.FindContact(Me, Ana)!.Details);
        Assert.Equal(("""{"a":["1"]}""", 1), (store.FindDraft(Me, "d-1")!.Form, store.FindDraft(Me, "d-1")!.Version));
        Assert.Equal([PrivateAction.Added, PrivateAction.Added, PrivateAction.Read, PrivateAction.Read, PrivateAction.Read], Done(store));
        Assert.Equal([1, 2, 3, 4, 5, 6, 7], store.ReadAccessLog(Me).Reverse().Select(l => l.Number));
    }

    [Fact]
    public async Task A_line_that_is_lost_at_the_commit_leaves_it_unknown_and_holds_nobody_up()
    {
        await using var relay = new Relay(Cluster.Socket);
        using var store = await OpenPrivateAsync(
            new NpgsqlConnectionStringBuilder(Running) { Host = relay.Folder }.ConnectionString, "-c lock_timeout=10000 -c idle_in_transaction_session_timeout=300");
        store.AddContact(Me, Ana, "CRI", Details);
        store.BeforeCommit = relay.Lose;
        var told = Assert.Throws<PrivateUnavailableException>(() => store.EraseContact(Me, Ana)).Message;
        Assert.Contains("isn't known", told, StringComparison.Ordinal);
        store.BeforeCommit = null;
        // The lost session had the turn until the server ended it.
        using var second = await OpenPrivateAsync();
        Assert.NotNull(second.FindContact(Me, Ana)!.Details);
        Assert.Equal([PrivateAction.Added, PrivateAction.Read], Done(store));
    }

    [Fact]
    public async Task A_commit_whose_wait_for_a_standby_was_cut_short_is_not_reported_as_safe()
    {
        using var store = await OpenPrivateAsync();
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", async () =>
        {
            var adding = Task.Run(() => store.AddContact(Me, Ana, "CRI", Details));
            var session = await WaitingSessionAsync("SyncRep");
            await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select pg_cancel_backend({session})"));
            Assert.Contains("isn't safe yet", (await Assert.ThrowsAsync<PrivateUnavailableException>(() => adding)).Message, StringComparison.Ordinal);
        });
        Assert.NotNull(store.FindContact(Me, Ana));
    }

    [Fact]
    public async Task Rights_that_are_lost_later_are_told_as_unavailable()
    {
        var database = await Cluster.NewDatabaseAsync();
        using var store = await OpenPrivateAsync(Cluster.As("registry", database));
        await Cluster.SqlAsync(database, "revoke all on pledge_registry_private.access from registry");
        Assert.Contains("lacks a right", Assert.Throws<PrivateUnavailableException>(() => store.FindContact(Me, Ana)).Message, StringComparison.Ordinal);
    }
}

using Npgsql;
using PledgeRegistry.Private;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PrivateStartTests(Cluster cluster) : PrivateServerTest(cluster)
{
    [Fact]
    public Task A_wrong_password_is_refused() => RefusedAsync(Running + ";Password=wrong", "password");

    [Fact]
    public Task A_database_that_is_not_there_is_refused() => RefusedAsync(Cluster.As("registry", "nowhere"), "no such database");

    [Fact]
    public async Task A_database_without_the_schema_is_refused() =>
        await RefusedAsync(Cluster.As("registry", await Cluster.NewDatabaseAsync(withSchema: false)), "schema of the private store is missing");

    [Theory]
    [InlineData("insert into pledge_registry_private.schema_versions (version) values (1000)", "newer release")]
    [InlineData("delete from pledge_registry_private.schema_versions", "version 0, this release needs 2")]
    [InlineData("revoke all on schema pledge_registry_private from registry", "lacks a right")]
    [InlineData("revoke insert on pledge_registry_private.access from registry", "may not write")]
    [InlineData("revoke execute on function pledge_registry_private.delete_draft(text) from registry", "may not write")]
    [InlineData("grant delete on pledge_registry_private.access to registry", "may change or remove")]
    [InlineData("alter table pledge_registry_private.access disable trigger unchanged", "triggers")]
    [InlineData("alter table pledge_registry_private.access enable trigger numbered", "triggers")]
    [InlineData("alter table pledge_registry_private.forms_7 set unlogged", "not logged")]
    public async Task A_schema_that_is_not_as_it_must_be_is_refused(string sql, string says)
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, sql);
        await RefusedAsync(Cluster.As("registry", database), says);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("admin")]
    public Task An_owner_and_an_administrator_are_refused(string user) => RefusedAsync(Cluster.As(user, Database), "may change or remove");

    [Theory]
    [InlineData("fsync", "off")]
    [InlineData("full_page_writes", "off")]
    [InlineData("synchronous_commit", "local")]
    public Task A_server_that_could_lose_what_is_kept_is_refused(string setting, string value) =>
        Cluster.WithSettingAsync(setting, value, () => RefusedAsync(Running, setting));

    [Fact]
    public Task A_standby_is_refused() => Cluster.AsStandbyAsync(() => RefusedAsync(Running, "standby"));

    [Fact]
    public async Task A_setting_that_is_weakened_later_does_not_weaken_a_store_that_is_open()
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", () => Cluster.WithSettingAsync("synchronous_commit", "off", async () =>
        {
            var erasing = Task.Run(() => store.EraseContact(Me, Ana));
            // It waits for the standby still.
            var session = await WaitingSessionAsync("SyncRep");
            await Cluster.SqlAsync(Database, $"select pg_cancel_backend({session})");
            await Assert.ThrowsAsync<PrivateUnavailableException>(() => erasing);
        }));
    }

    [Fact]
    public async Task The_schema_can_be_applied_again_keeps_what_is_there_and_is_added_to_a_database_with_the_log_alone()
    {
        using (var store = await OpenPrivateAsync())
        {
            store.AddContact(Me, Ana, "CRI", Details);
            await PostgresSchema.ApplyAsync(Cluster.As("owner", Database), "registry");
            Assert.NotNull(store.FindContact(Me, Ana)!.Details);
        }
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, "drop schema pledge_registry_private cascade");
        await PostgresSchema.ApplyAsync(Cluster.As("owner", database), "registry");
        using var added = await OpenPrivateAsync(Cluster.As("registry", database));
        Assert.Empty(added.ListContacts(Me));
    }

    [Fact]
    public async Task The_schema_of_a_newer_release_is_left_alone()
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, "insert into pledge_registry_private.schema_versions (version) values (1000)");
        var error = await Assert.ThrowsAsync<LogRefusedException>(() => PostgresSchema.ApplyAsync(Cluster.As("owner", database), "registry"));
        Assert.Contains("newer release", error.Message, StringComparison.Ordinal);
    }

    private async Task RefusedAsync(string connectionString, string says)
    {
        var error = await Assert.ThrowsAsync<LogRefusedException>(() => OpenPrivateAsync(connectionString));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        Assert.Contains(new NpgsqlConnectionStringBuilder(connectionString).Database!, error.Message, StringComparison.Ordinal);
        Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(connectionString).Password!, error.ToString(), StringComparison.Ordinal);
    }
}

using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class StartTests(Cluster cluster) : ServerTest(cluster)
{
    [Fact]
    public async Task A_wrong_password_is_refused() =>
        await RefusedAsync(Running + ";Password=wrong", "password");

    [Fact]
    public async Task An_unknown_user_is_refused() =>
        await RefusedAsync(Running + ";Username=nobody_here", "no such user");

    [Fact]
    public async Task A_database_that_is_not_there_is_refused() =>
        await RefusedAsync(Cluster.As("registry", "nowhere"), "no such database");

    [Fact]
    public async Task A_database_without_the_schema_is_refused() =>
        await RefusedAsync(Cluster.As("registry", await Cluster.NewDatabaseAsync(withSchema: false)), "schema of the log is missing");

    [Theory]
    [InlineData("insert into pledge_registry.schema_versions (version) values (1000)", "newer release")]
    [InlineData("delete from pledge_registry.schema_versions", "version 0, this release needs 1")]
    public async Task A_schema_of_another_version_is_refused(string sql, string says)
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, sql);
        await RefusedAsync(Cluster.As("registry", database), says);
    }

    [Fact]
    public async Task A_user_without_rights_is_refused()
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, "revoke all on schema pledge_registry from registry");
        await RefusedAsync(Cluster.As("registry", database), "lacks a right");
    }

    [Theory]
    [InlineData("revoke insert on pledge_registry.entries from registry", "may not insert")]
    [InlineData("grant delete on pledge_registry.entries to registry", "may change or remove entries")]
    [InlineData("grant update on pledge_registry.entries to registry", "may change or remove entries")]
    [InlineData("grant truncate on pledge_registry.entries to registry", "may change or remove entries")]
    [InlineData("alter table pledge_registry.entries disable trigger unchanged", "triggers")]
    [InlineData("alter table pledge_registry.entries enable trigger appended", "triggers")]
    [InlineData("drop trigger unchanged on pledge_registry.entries", "triggers")]
    [InlineData("alter table pledge_registry.entries set unlogged", "not logged")]
    public async Task A_table_that_is_not_safe_is_refused_for_writing(string sql, string says)
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, sql);
        await RefusedForWritingAsync(Cluster.As("registry", database), says);
    }

    [Theory]
    [InlineData("owner")]
    [InlineData("admin")]
    public async Task An_owner_and_an_administrator_are_refused_for_writing(string user) =>
        await RefusedForWritingAsync(Cluster.As(user, Database), "may change or remove entries");

    [Theory]
    [InlineData("fsync", "off")]
    [InlineData("full_page_writes", "off")]
    [InlineData("synchronous_commit", "off")]
    [InlineData("synchronous_commit", "local")]
    [InlineData("synchronous_commit", "remote_write")]
    public async Task A_server_that_could_lose_what_is_acknowledged_is_refused_for_writing(string setting, string value) =>
        await Cluster.WithSettingAsync(setting, value, () => RefusedForWritingAsync(Running, setting));

    [Fact]
    public async Task A_user_whose_commits_are_not_synchronous_is_refused_for_writing() =>
        await RefusedForWritingAsync(Running + ";Options=-c synchronous_commit=off", "synchronous_commit is off");

    [Fact]
    public async Task A_user_whose_transactions_are_read_only_is_refused_for_writing() =>
        await RefusedForWritingAsync(Running + ";Options=-c default_transaction_read_only=on", "read-only");

    [Fact]
    public async Task A_setting_that_is_weakened_later_does_not_weaken_a_log_that_is_open()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Entries(1));
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", () => Cluster.WithSettingAsync("synchronous_commit", "off", async () =>
        {
            using var cancel = new CancellationTokenSource();
            var append = log.AppendAsync(head, Entries(1, seed: 2), cancel.Token);
            // It waits for the standby still.
            await WaitingSessionAsync("SyncRep");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<Exception>(() => append);
        }));
    }

    [Fact]
    public async Task A_standby_is_refused_for_writing_and_can_be_read()
    {
        var entries = Entries(20);
        await using (var log = await OpenAsync())
        {
            await AppendedAsync(log, LogHead.Empty, entries);
        }
        await Cluster.AsStandbyAsync(() => RefusedForWritingAsync(Running, "standby", async reader => await AssertHoldsAsync(reader, entries)));
    }

    [Fact]
    public async Task A_log_that_is_open_for_reading_takes_no_append()
    {
        await using var log = await PostgresLog.OpenForReadingAsync(Running);
        await Assert.ThrowsAsync<InvalidOperationException>(() => log.AppendAsync(LogHead.Empty, Entries(1)));
    }

    [Fact]
    public async Task The_schema_can_be_applied_again_and_keeps_what_is_there()
    {
        var entries = Entries(3);
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, entries);
        await PostgresSchema.ApplyAsync(Cluster.As("owner", Database), "registry");
        await AssertHoldsAsync(log, entries);
        await AppendedAsync(log, head, Entries(1, seed: 2));
    }

    [Fact]
    public async Task The_schema_of_a_newer_release_is_left_alone()
    {
        var database = await Cluster.NewDatabaseAsync();
        await Cluster.SqlAsync(database, "insert into pledge_registry.schema_versions (version) values (1000)");
        var error = await Assert.ThrowsAsync<LogRefusedException>(() => PostgresSchema.ApplyAsync(Cluster.As("owner", database), "registry"));
        Assert.Contains("newer release", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_missing_entry_is_damage_and_not_the_end_of_the_log()
    {
        var database = await Cluster.NewDatabaseAsync();
        await using var log = await PostgresLog.OpenForWritingAsync(Cluster.As("registry", database));
        var entries = Entries(5);
        await AppendedAsync(log, LogHead.Empty, entries);
        await Cluster.SqlAsync(database, "alter table pledge_registry.entries disable trigger unchanged; delete from pledge_registry.entries where position = 2");
        Assert.Equal(2, (await log.ReadAsync(0, 2)).Count);
        var error = await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(0, 10));
        Assert.Contains("position 2 is missing", error.Message, StringComparison.Ordinal);
        await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(2, 1));
        await Assert.ThrowsAsync<LogDamagedException>(() => log.AppendAsync(new LogHead(3, entries[2].Leaf), Entries(1)));
    }

    private static async Task RefusedAsync(string connectionString, string says)
    {
        foreach (var opening in new[] { () => PostgresLog.OpenForWritingAsync(connectionString), () => PostgresLog.OpenForReadingAsync(connectionString) })
        {
            var error = await Assert.ThrowsAsync<LogRefusedException>(opening);
            Assert.Contains(says, error.Message, StringComparison.Ordinal);
            Assert.Contains(new NpgsqlConnectionStringBuilder(connectionString).Database!, error.Message, StringComparison.Ordinal);
            Assert.DoesNotContain(new NpgsqlConnectionStringBuilder(connectionString).Password!, error.ToString(), StringComparison.Ordinal);
        }
    }

    private static async Task RefusedForWritingAsync(string connectionString, string says, Func<IEventLog, Task>? reading = null)
    {
        var error = await Assert.ThrowsAsync<LogRefusedException>(() => PostgresLog.OpenForWritingAsync(connectionString));
        Assert.Contains(says, error.Message, StringComparison.Ordinal);
        await using var reader = await PostgresLog.OpenForReadingAsync(connectionString);
        await (reading ?? (async r => Assert.NotNull(await r.ReadAsync(0, 1))))(reader);
    }
}

using Npgsql;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PrivateRightsTests(Cluster cluster) : PrivateServerTest(cluster)
{
    private const string NotAtTheEnd = "PR001";
    private const string NeverChanged = "PR002";

    [Theory]
    [InlineData("update pledge_registry_private.access set by = 'nobody'")]
    [InlineData("delete from pledge_registry_private.access")]
    [InlineData("truncate pledge_registry_private.access")]
    [InlineData("alter table pledge_registry_private.access disable trigger all")]
    [InlineData("update pledge_registry_private.contacts set details = null")]
    [InlineData("delete from pledge_registry_private.contacts")]
    [InlineData("truncate pledge_registry_private.contacts")]
    [InlineData("update pledge_registry_private.forms set form = '{}'")]
    [InlineData("delete from pledge_registry_private.forms")]
    [InlineData("delete from pledge_registry_private.drafts")]
    [InlineData("select * from pledge_registry_private.forms_0")]
    [InlineData("update pledge_registry_private.keys set xml = ''")]
    [InlineData("delete from pledge_registry_private.keys")]
    [InlineData("select * from pledge_registry_private.turn")]
    [InlineData("select pledge_registry_private.rewrite('pledge_registry_private.access')")]
    [InlineData("insert into pledge_registry_private.schema_versions (version) values (99)")]
    public async Task The_running_role_has_no_right_to(string sql)
    {
        await using var connection = await ConnectAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
    }

    [Theory]
    [InlineData("update pledge_registry_private.access set by = 'nobody'", NeverChanged)]
    [InlineData("delete from pledge_registry_private.access where false", NeverChanged)]
    [InlineData("truncate pledge_registry_private.access", NeverChanged)]
    [InlineData("insert into pledge_registry_private.access values (3, 0, 'x', 'read', 'x')", NotAtTheEnd)]
    [InlineData("insert into pledge_registry_private.access values (1, 0, 'x', 'read', 'x')", NotAtTheEnd)]
    public async Task Even_the_owner_and_the_administrator_only_add_the_next_line_to_the_access_log(string sql, string state)
    {
        using var store = await OpenPrivateAsync();
        store.ListContacts(Me);
        foreach (var (user, first) in new[] { ("owner", "select"), ("admin", "select"), ("admin", "set session_replication_role = replica") })
        {
            await using var connection = await ConnectAsync(user);
            await Cluster.SqlAsync(connection, first);
            Assert.Equal(state, (await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, sql))).SqlState);
        }
        Assert.Equal([2, 1], store.ReadAccessLog(Me).Select(l => l.Number));
    }

    [Fact]
    public async Task The_functions_of_the_schema_use_no_table_that_the_caller_put_in_their_way()
    {
        using var store = await OpenPrivateAsync();
        store.AddContact(Me, Ana, "CRI", Details);
        await using var connection = await ConnectAsync();
        await Cluster.SqlAsync(connection, """
            create temporary table contacts (actor text, participant text, details text);
            create temporary table access (number bigint);
            insert into pg_temp.access values (99);
            set search_path = pg_temp, public;
            insert into pledge_registry_private.access (at, by, action, subject) values (0, 'x', 'erased', 'x');
            select pledge_registry_private.replace_details('a-aaaaaaaaaaaaaaaaaaaaaaaaaa', null)
            """);
        Assert.Null(store.FindContact(Me, Ana)!.Details);
        Assert.Equal(4, store.ReadAccessLog(Me).Count);
    }
}

using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class RightsTests(Cluster cluster) : ServerTest(cluster)
{
    private const string NotAtTheEnd = "PR001";
    private const string NeverChanged = "PR002";

    private static readonly StoredEntry[] Stored = Entries(3);

    [Theory]
    [InlineData("update pledge_registry.entries set bytes = '\\x00'")]
    [InlineData("delete from pledge_registry.entries")]
    [InlineData("truncate pledge_registry.entries")]
    [InlineData("drop table pledge_registry.entries")]
    [InlineData("alter table pledge_registry.entries disable trigger all")]
    [InlineData("alter table pledge_registry.entries set unlogged")]
    [InlineData("create table pledge_registry.more (a integer)")]
    [InlineData("insert into pledge_registry.schema_versions (version) values (99)")]
    [InlineData("set session_replication_role = replica")]
    public async Task The_running_role_has_no_right_to(string sql)
    {
        await using var log = await OpenAsync();
        await AppendedAsync(log, LogHead.Empty, Stored);
        await using var connection = await ConnectAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, sql));
        Assert.Equal(PostgresErrorCodes.InsufficientPrivilege, error.SqlState);
        await AssertHoldsAsync(log, Stored);
    }

    [Theory]
    [InlineData("update pledge_registry.entries set bytes = '\\x00'")]
    [InlineData("update pledge_registry.entries set position = position + 10")]
    [InlineData("delete from pledge_registry.entries where position = 2")]
    [InlineData("delete from pledge_registry.entries where false")]
    [InlineData("truncate pledge_registry.entries")]
    public async Task Even_the_owner_and_the_administrator_are_refused(string sql)
    {
        await using var log = await OpenAsync();
        await AppendedAsync(log, LogHead.Empty, Stored);
        foreach (var (user, first) in new[] { ("owner", "select"), ("admin", "select"), ("admin", "set session_replication_role = replica") })
        {
            await using var connection = await ConnectAsync(user);
            await Cluster.SqlAsync(connection, first);
            var error = await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, sql));
            Assert.Equal(NeverChanged, error.SqlState);
        }
        await AssertHoldsAsync(log, Stored);
    }

    [Theory]
    [InlineData("(4, sha256('a'), 'a')", NotAtTheEnd)]
    [InlineData("(3, sha256('a'), 'a'), (5, sha256('a'), 'a')", NotAtTheEnd)]
    [InlineData("(9223372036854775807, sha256('a'), 'a')", NotAtTheEnd)]
    [InlineData("(2, sha256('a'), 'a')", PostgresErrorCodes.UniqueViolation)]
    [InlineData("(-1, sha256('a'), 'a')", PostgresErrorCodes.CheckViolation)]
    [InlineData("(3, 'short', 'a')", PostgresErrorCodes.CheckViolation)]
    [InlineData("(3, sha256('a'), '')", PostgresErrorCodes.CheckViolation)]
    [InlineData("(3, sha256('a'), decode(repeat('00', 65536), 'hex'))", PostgresErrorCodes.CheckViolation)]
    [InlineData("(3, sha256('a'), null)", PostgresErrorCodes.NotNullViolation)]
    public async Task An_insert_that_is_not_an_entry_at_the_next_position_is_refused(string values, string state)
    {
        await using var log = await OpenAsync();
        await AppendedAsync(log, LogHead.Empty, Stored);
        await using var connection = await ConnectAsync();
        var error = await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(connection, $"insert into pledge_registry.entries values {values}"));
        Assert.Equal(state, error.SqlState);
        await AssertHoldsAsync(log, Stored);
    }

    [Fact]
    public async Task An_insert_at_the_next_position_is_taken_and_an_empty_one_does_nothing()
    {
        await using var log = await OpenAsync();
        await AppendedAsync(log, LogHead.Empty, Stored);
        await using var connection = await ConnectAsync();
        await Cluster.SqlAsync(connection, "insert into pledge_registry.entries select 7, sha256('a'), 'a' where false");
        await Cluster.SqlAsync(connection, "insert into pledge_registry.entries values (3, sha256('a'), 'a')");
        await AssertHoldsAsync(log, [.. Stored, StoredEntry.Of("a"u8.ToArray())]);
    }

    [Fact]
    public async Task The_log_after_an_entry_that_is_not_committed_yet_takes_nothing()
    {
        await using var first = await ConnectAsync();
        await using var second = await ConnectAsync();
        await using var transaction = await first.BeginTransactionAsync();
        await Cluster.SqlAsync(first, "insert into pledge_registry.entries values (0, sha256('a'), 'a')");
        var error = await Assert.ThrowsAsync<PostgresException>(() => Cluster.SqlAsync(second, "insert into pledge_registry.entries values (1, sha256('b'), 'b')"));
        Assert.Equal(NotAtTheEnd, error.SqlState);
    }
}

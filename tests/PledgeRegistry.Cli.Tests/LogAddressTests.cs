using PledgeRegistry.Engines;
using Xunit;

namespace PledgeRegistry.Cli.Tests;

public sealed class LogAddressTests
{
    private static readonly DataFolder Folder = new(Path.GetFullPath("data"));

    [Theory]
    [InlineData("sqlite:/var/lib/a.db", "sqlite", "/var/lib/a.db")]
    [InlineData("postgres:Host=db;Database=registry", "postgres", "Host=db;Database=registry")]
    [InlineData("POSTGRES:Host=db", "postgres", "Host=db")]
    [InlineData("marten:Host=db", "marten", "Host=db")]
    [InlineData("backup:/tmp/b.jsonl", "backup", "/tmp/b.jsonl")]
    [InlineData("esdb://db:2113?tls=false", "esdb", "esdb://db:2113?tls=false")]
    [InlineData("esdb+discover://a:2113,b:2113", "esdb", "esdb+discover://a:2113,b:2113")]
    [InlineData("kurrentdb://db:2113", "esdb", "kurrentdb://db:2113")]
    public void An_address_is_an_engine_and_a_place(string text, string engine, string place) =>
        Assert.Equal(new LogAddress(engine, place), LogAddress.Parse(text));

    [Theory]
    [InlineData("registry.db", "doesn't begin with an engine")]
    [InlineData("C:\\registry.db", "doesn't begin with an engine")]
    [InlineData("Host=db;Password=secret", "doesn't begin with an engine")]
    [InlineData("Host=db;Password=secret;Options=a:b", "doesn't begin with an engine")]
    [InlineData("mysql:Host=db", "There is no engine 'mysql'")]
    [InlineData("postgres:", "names no place")]
    [InlineData("postgres://u:secret@db/registry", "not by a URL")]
    public void What_can_not_be_understood_is_refused_with_how_it_is_written(string text, string named)
    {
        var refused = Assert.Throws<LogAddressException>(() => LogAddress.Parse(text));
        Assert.Contains(named, refused.Message, StringComparison.Ordinal);
        Assert.DoesNotContain("secret", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("postgres:Host=db;Database=registry;Username=me;Password=secret", "postgres:me@db:5432/registry")]
    [InlineData("esdb://admin:secret@db:2113?tls=false", "esdb://db:2113?tls=false")]
    [InlineData("postgres:Hots=db;Password=secret", "postgres:…")]
    public void A_message_never_tells_the_password(string text, string told) => Assert.Equal(told, LogAddress.Parse(text).ToString());

    [Fact]
    public void Where_nothing_is_named_it_is_the_file_in_the_data_folder() =>
        Assert.Equal(new LogAddress("sqlite", Folder.Log), LogAddress.Choose(Folder, null, null, " "));

    [Fact]
    public void The_command_line_comes_before_the_settings() =>
        Assert.Equal("Host=a", LogAddress.Choose(Folder, "postgres:Host=a", "postgres:Host=b").Place);

    [Fact]
    public void What_is_known_of_a_file_is_kept_beside_it() =>
        Assert.Equal(Path.GetFullPath("elsewhere/other.head"), LogAddress.Parse("sqlite:elsewhere/other.db").HeadRecord(Folder));

    [Theory]
    [InlineData("sqlite:a.db", null, true)]
    [InlineData("postgres:Host=a", null, true)]
    [InlineData("postgres:Host=a", "sqlite:private.db", false)]
    [InlineData("esdb://a", null, false)]
    [InlineData("marten:Host=a", null, false)]
    [InlineData("esdb://a", "postgres:Host=a", true)]
    [InlineData("marten:Host=a", "postgres:Host=a", true)]
    public void A_log_that_nodes_share_is_signed_only_where_they_share_the_private_store(string log, string? named, bool signs)
    {
        var address = LogAddress.Parse(log);
        Assert.Equal(signs, address.SigningObstacle(LogAddress.ChoosePrivate(Folder, address, named)) is null);
    }

    [Fact]
    public void A_move_to_another_engine_is_not_taken_for_a_rollback() =>
        Assert.Equal(3, new[] { "sqlite:a", "postgres:Host=a", "esdb://a" }.Select(a => LogAddress.Parse(a).HeadRecord(Folder)).Distinct().Count());
}

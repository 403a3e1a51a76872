using PledgeRegistry.OpeningData;
using PledgeRegistry.Pledges;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

public sealed class StartTests
{
    [Fact]
    public async Task The_first_start_makes_the_folder_loads_the_opening_data_and_says_so()
    {
        await using var registry = await TestRegistry.StartAsync(TestFolder.New());
        Assert.Equal($"Data folder: {registry.Folder.Path}", registry.Said[0]);
        Assert.Contains(registry.Said, s => s.StartsWith("Loading the vocabularies and the opening data", StringComparison.Ordinal));
        Assert.StartsWith("Serving http://127.0.0.1:", registry.Said[^1], StringComparison.Ordinal);
        Assert.EndsWith("press Ctrl+C to stop", registry.Said[^1], StringComparison.Ordinal);
        Assert.True(File.Exists(registry.Folder.Log) && File.Exists(registry.Folder.HeadRecord));
        Assert.True(FiveDocuments.IsLoaded(registry.Host.Node.Registry.State));
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute, File.GetUnixFileMode(registry.Folder.Path));
        }
    }

    [Fact]
    public async Task A_second_start_loads_nothing_and_reads_and_checks_what_is_there()
    {
        await using var registry = await TestRegistry.StartAsync();
        var (size, root) = (registry.Size, registry.Host.Node.Registry.Head.Root);
        await using var again = await registry.RestartAsync();
        Assert.Equal((size, root), (again.Size, again.Host.Node.Registry.Head.Root));
        Assert.Equal(size, again.Host.Node.EntriesAtStart);
        Assert.DoesNotContain(again.Said, s => s.StartsWith("Loading", StringComparison.Ordinal));
        Assert.Contains(again.Said, s => s.EndsWith("entries read and checked", StringComparison.Ordinal));
    }

    [Fact]
    public async Task A_demonstration_says_that_it_is_one_and_stays_one()
    {
        await using var registry = await TestRegistry.StartAsync(TestFolder.New(), demonstration: true);
        Assert.True(registry.Host.Node.Registry.State.Demonstration);
        Assert.True(DemoData.IsLoaded(registry.Host.Node.Registry.State));
        Assert.Contains(registry.Said, s => s.StartsWith("Loading the invented examples", StringComparison.Ordinal));
        var size = registry.Size;
        await registry.StopAsync();
        await using (var again = await TestRegistry.StartAsync(registry.Folder, demonstration: true))
        {
            Assert.Equal(size, again.Size);
            Assert.DoesNotContain(again.Said, s => s.StartsWith("Loading", StringComparison.Ordinal));
            await again.StopAsync();
            Assert.Contains("Start it with --demo", await RefusedAsync(registry.Folder, demonstration: false), StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_demonstration_that_holds_records_of_its_own_is_served_without_the_examples()
    {
        using var folder = TestFolder.New();
        Directory.CreateDirectory(folder.Path);
        var log = SqliteLog.OpenForWriting(folder.Log);
        var clock = new ManualTimeProvider(new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using (var node = await RegistryNode.StartAsync(log, new HeadRecord(folder.HeadRecord), clock, FiveDocuments.Steps(demonstration: true), _ => { }))
        {
            var pledge = FiveDocuments.Steps(demonstration: true).Select(s => s.What).OfType<RecordPledge>().First();
            Assert.IsType<Outcome.Recorded>(await node.Mediator.Send(new Submit<RecordPledge>(pledge, LocalOperator.For(null), "own")));
        }
        await using var registry = await TestRegistry.StartAsync(folder, demonstration: true);
        Assert.Contains(registry.Said, s => s.StartsWith("The invented examples are left out.", StringComparison.Ordinal));
        Assert.False(DemoData.IsLoaded(registry.Host.Node.Registry.State));
    }

    [Fact]
    public async Task Invented_data_never_comes_into_a_real_registry()
    {
        using var folder = await TestFolder.LoadedAsync();
        Assert.Contains("Start it without --demo", await RefusedAsync(folder, demonstration: true), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_head_record_that_is_gone_is_told_and_kept_again()
    {
        using var folder = await TestFolder.LoadedAsync();
        File.Delete(folder.HeadRecord);
        await using var registry = await TestRegistry.StartAsync(folder);
        Assert.Contains(registry.Said, s => s.StartsWith("Note: ", StringComparison.Ordinal) && s.Contains("registry.head", StringComparison.Ordinal));
        Assert.True(File.Exists(folder.HeadRecord));
    }

    [Fact]
    public async Task An_address_that_others_can_reach_is_told_to_take_no_writes()
    {
        await using var registry = await TestRegistry.StartAsync(urls: "http://0.0.0.0:0");
        Assert.Contains(registry.Said, s => s.StartsWith("Writing is off", StringComparison.Ordinal));
    }

    private static async Task<string> RefusedAsync(TestFolder folder, bool demonstration) =>
        (await Assert.ThrowsAsync<StartFailedException>(() => TestRegistry.StartAsync(folder, demonstration: demonstration))).Message;
}

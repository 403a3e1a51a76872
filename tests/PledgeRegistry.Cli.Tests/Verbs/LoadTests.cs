using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Sqlite;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class LoadTests(Registries registries)
{
    [Fact]
    public void A_load_prints_what_it_made_and_its_progress_apart_from_that()
    {
        var run = registries.OpeningLoad.Succeeded();
        Assert.Equal(["data folder", "demonstration", "entries added", "size", "root"], run.Lines.Select(l => l.Split('\t')[0]));
        Assert.Contains("demonstration\tno", run.Lines);
        Assert.Contains("Loading vocabularies and opening data", run.Error, StringComparison.Ordinal);
        Assert.Matches("\n([0-9]+) of \\1\n", run.Error);
    }

    [Fact]
    public async Task A_second_load_adds_nothing()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Demo);
        var again = (await Tool.RunAsync(folder.Path, "load", "--demo", "--json")).Json();
        Assert.Equal(0, again.GetProperty("added").GetInt64());
        Assert.True(again.GetProperty("demonstration").GetBoolean());
        var plain = (await Tool.RunAsync(folder.Path, "load", "--json")).Json();
        Assert.Equal(0, plain.GetProperty("added").GetInt64());
        Assert.Equal(again.GetProperty("root").GetString(), plain.GetProperty("root").GetString());
    }

    [Fact]
    public async Task Invented_examples_do_not_come_into_a_registry_that_is_no_demonstration()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Opening);
        var before = await File.ReadAllBytesAsync(folder.Log);
        (await Tool.RunAsync(folder.Path, "load", "--demo")).FailedWith(1, "invented examples never go into a real one");
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Log));
    }

    [Fact]
    public async Task A_load_says_so_where_a_host_is_writing()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Opening);
        await using var host = SqliteLog.OpenForWriting(folder.Log);
        (await Tool.RunAsync(folder.Path, "load")).FailedWith(1, "is being written by another process");
    }

    [Fact]
    public async Task The_environment_names_the_folder_where_the_command_line_does_not()
    {
        var run = await Tool.RunAsync(["show", "CRI", "--json"], null, new Dictionary<string, string> { ["PLEDGEREGISTRY_DATA"] = registries.Opening });
        Assert.Equal("CRI", run.Json().GetProperty("code").GetString());
        using var empty = new TemporaryFolder();
        var named = await Tool.RunAsync(["show", "CRI", "--data", registries.Opening], null, new Dictionary<string, string> { ["PLEDGEREGISTRY_DATA"] = empty.Path });
        named.Succeeded();
    }

    [Fact]
    public async Task Without_a_name_the_folder_is_registry_data_where_one_stands()
    {
        using var folder = new TemporaryFolder();
        var run = await Tool.RunAsync(["load"], null, new Dictionary<string, string>(), folder.Path);
        run.Succeeded();
        Assert.True(File.Exists(Path.Combine(folder.Path, "registry-data", "registry.db")));
    }

    [Fact]
    public async Task A_folder_that_can_not_be_made_is_named()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "a-file");
        await File.WriteAllTextAsync(file, "");
        (await Tool.RunAsync(Path.Combine(file, "registry"), "load")).FailedWith(1, file);
    }
}

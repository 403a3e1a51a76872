using System.Text.Json;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Cli.Verbs;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

[Collection(ReadingRegistries.Name)]
public sealed class ReplayTests(Registries registries)
{
    [Fact]
    public async Task A_replay_has_a_line_for_every_entry()
    {
        var run = (await Tool.RunAsync(registries.Demo, "replay")).Succeeded();
        var cells = run.Lines.Select(l => l.Split('\t')).ToArray();
        Assert.True(cells.Length > 800);
        Assert.Equal(Enumerable.Range(0, cells.Length).Select(i => $"{i}"), cells.Select(c => c[0]));
        Assert.All(cells, c => Assert.Equal(5, c.Length));
        Assert.All(cells, c => Assert.NotEqual("", c[4]));
        Assert.Equal("registry-opened.v1", cells[0][3]);
    }

    [Fact]
    public async Task The_first_and_the_last_position_are_both_in_it()
    {
        var run = (await Tool.RunAsync(registries.Sample, "replay", "--from", "3", "--to", "5")).Succeeded();
        Assert.Equal(["3", "4", "5"], run.Lines.Select(l => l.Split('\t')[0]));
        Assert.Empty((await Tool.RunAsync(registries.Sample, "replay", "--from", "3", "--size", "3")).Succeeded().Lines);
    }

    [Fact]
    public async Task The_grid_fills_up_and_ends_as_the_grid_is()
    {
        var lines = (await Tool.RunAsync(registries.Demo, "replay", "--grid", "--json", "--on", "2026-11-22")).Succeeded().Lines;
        var recorded = lines.Select(l => JsonDocument.Parse(l).RootElement.GetProperty("grid")).ToArray();
        var grid = (await Tool.RunAsync(registries.Demo, "grid", "--json", "--on", "2026-11-22")).Json();
        Assert.Equal(0, recorded[0].GetProperty("recorded").GetInt32());
        Assert.True(JsonElement.DeepEquals(grid.GetProperty("total"), recorded[^1]));
    }

    [Fact]
    public async Task Step_by_step_each_Enter_shows_one_entry_and_q_ends()
    {
        async Task<ToolRun> Step(string input) => await Tool.RunAsync(["--data", registries.Sample, "replay", "--step", "--to", "9"], input, new Dictionary<string, string>());
        Assert.Equal(3, (await Step("\n\nq\n\n\n")).Succeeded().Lines.Count);
        Assert.Equal(2, (await Step("\n")).Succeeded().Lines.Count);
        Assert.Equal(10, (await Step(new string('\n', 20))).Succeeded().Lines.Count);
        Assert.Contains("q and Enter: end", (await Step("q\n")).Error, StringComparison.Ordinal);
    }

    [Fact]
    public void Every_event_has_a_summary()
    {
        Assert.NotEmpty(RandomEvents.Types);
        Seeded.Run(20, random =>
        {
            foreach (var type in RandomEvents.Types)
            {
                Assert.NotNull(EntrySummary.Of(random.Event(type), "en"));
            }
        });
    }
}

using System.Text.Json;
using PledgeRegistry.Cli.Tests.Running;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary>The views of the opening data and of the demonstration.</summary>
[Collection(ReadingRegistries.Name)]
public sealed class ReadingTests(Registries registries)
{
    [Theory]
    [InlineData("grid", "rcm-grid/2")]
    [InlineData("follow-up", "imrf-follow-up/2")]
    [InlineData("follow-up 2026", "imrf-follow-up/2")]
    [InlineData("coverage gcm", "coverage/3")]
    [InlineData("clock", "clock/1")]
    [InlineData("clock --participant CRI --series RCM", "clock/1")]
    [InlineData("coverage rcm-areas/2016", "coverage/3")]
    [InlineData("history RCM-2016-0001", "history/2")]
    [InlineData("history participant CRI", "history/2")]
    [InlineData("history gcm/2018", "history/2")]
    [InlineData("show RCM-2016-0001", "pledge/2")]
    [InlineData("show CRI", "participant/2")]
    [InlineData("show meeting/IMRF-2022", "meeting/1")]
    [InlineData("show cmim-2011-slides", "source/1")]
    public async Task An_answer_names_its_basis_and_nothing_else_is_on_standard_output(string line, string view)
    {
        var run = (await Tool.RunAsync(registries.Opening, line.Split(' '))).Succeeded();
        Assert.Matches($"^{view}  size=[0-9]+  on=20[0-9-]{{8}}  from=[a-zA-Z0-9:-]+  root=[0-9a-f]{{64}}$", run.Lines[0]);
        Assert.True(run.Lines.Count > 3, run.Output);
        Assert.DoesNotContain("read and checked", run.Output, StringComparison.Ordinal);
        Assert.Matches("^[0-9]+ entries read and checked\n$", run.Error);
    }

    [Theory]
    [InlineData("diff sources --from-size 1", "rows")]
    [InlineData("grid", "groups")]
    [InlineData("follow-up 2022", "byObjective")]
    [InlineData("coverage gcm", "items")]
    [InlineData("clock", "series")]
    [InlineData("history", "lines")]
    [InlineData("show RCM-2016-0001", "parties")]
    [InlineData("show RCM", "members")]
    [InlineData("show IMRF-2022", "clusters")]
    [InlineData("show cmim-2011-slides", "document")]
    public async Task As_json_an_answer_is_one_object_with_its_basis(string line, string member)
    {
        var json = (await Tool.RunAsync(registries.Opening, [.. line.Split(' '), "--json", "--on", "2023-01-01"])).Json();
        Assert.Equal("2023-01-01", json.GetProperty("basis").GetProperty("on").GetString());
        Assert.NotEqual(JsonValueKind.Undefined, json.GetProperty(member).ValueKind);
    }

    [Fact]
    public async Task The_whole_history_comes_on_one_answer_and_in_pages()
    {
        var all = (await Tool.RunAsync(registries.Demo, "history", "--json")).Json();
        var count = all.GetProperty("count").GetInt64();
        Assert.Equal(Enumerable.Range(0, (int)count), all.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("position").GetInt32()));
        Assert.False(all.TryGetProperty("next", out _));

        var page = (await Tool.RunAsync(registries.Demo, "history", "--json", "--from", "10", "--limit", "5")).Json();
        Assert.Equal([10, 11, 12, 13, 14], page.GetProperty("lines").EnumerateArray().Select(l => l.GetProperty("position").GetInt32()));
        Assert.Equal(15, page.GetProperty("next").GetInt64());
        Assert.Equal(count, page.GetProperty("count").GetInt64());
    }

    [Fact]
    public async Task An_earlier_size_shows_what_was_known_then()
    {
        var before = (await Tool.RunAsync(registries.Demo, "history", "--json", "--size", "100")).Json();
        Assert.Equal(100, before.GetProperty("lines").GetArrayLength());
        Assert.Equal(0, (await Tool.RunAsync(registries.Demo, "grid", "--json", "--size", "100")).Json().GetProperty("total").GetProperty("recorded").GetInt32());
        Assert.Equal(0, (await Tool.RunAsync(registries.Demo, "grid", "--json", "--as-of", "2020-01-01")).Json().GetProperty("basis").GetProperty("size").GetInt64());
    }

    [Fact]
    public async Task Labels_are_in_the_language_that_was_asked_for()
    {
        Assert.Contains("RCM-A1 Sensibilización", (await Tool.RunAsync(registries.Opening, "grid", "--lang", "es")).Succeeded().Output, StringComparison.Ordinal);
        Assert.Contains("RCM-A1 التوعية", (await Tool.RunAsync(registries.Opening, "grid", "--lang", "ar")).Succeeded().Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_printed_does_not_depend_on_where_the_machine_stands()
    {
        var elsewhere = new Dictionary<string, string> { ["LC_ALL"] = "ar_SA.UTF-8", ["LANG"] = "ar_SA.UTF-8", ["TZ"] = "Asia/Tokyo" };
        foreach (var line in new[] { "grid", "follow-up", "history --limit 30", "show IMRF-2022-0034", "nonsense" })
        {
            string[] args = ["--data", registries.Demo, .. line.Split(' ')];
            var here = await Tool.RunAsync(args, null, new Dictionary<string, string> { ["LC_ALL"] = "C", ["TZ"] = "UTC" });
            var there = await Tool.RunAsync(args, null, elsewhere);
            Assert.Equal(here, there);
        }
    }

    [Fact]
    public async Task The_demonstration_says_what_it_is_and_shows_who_is_silent_late_and_on_time()
    {
        var run = (await Tool.RunAsync(registries.Demo, "follow-up", "2022", "--kind", "pledge", "--on", "2026-11-22")).Succeeded();
        Assert.Contains("(demonstration: some of it is invented)", run.Lines[0], StringComparison.Ordinal);
        var json = (await Tool.RunAsync(registries.Demo, "follow-up", "2022", "--kind", "pledge", "--on", "2026-11-22", "--json")).Json();
        var lines = json.GetProperty("lines").EnumerateArray().ToArray();
        Assert.All(lines, l => Assert.StartsWith("[Invented example] ", l.GetProperty("title").GetString(), StringComparison.Ordinal));
        var common = lines.Where(l => l.GetProperty("title").GetString()!.Contains("One vaccination card", StringComparison.Ordinal)).ToArray();
        Assert.Equal(["CRI owes", "DOM invited", "GTM owes", "HND left", "PAN owes", "SLV declined"], common.Select(l => $"{Text(l, "party")} {Text(l, "part")}").Order(StringComparer.Ordinal));
        Assert.Equal("answered", Text(common.Single(l => Text(l, "party") == "CRI"), "verified"));
        Assert.Equal("silent", Of("BLZ", "A health guide", "freshness"));
        Assert.Equal("on-time", Of("CRI", "Evening clinics", "timeliness"));
        Assert.Equal("verified", Of("CRI", "Evening clinics", "verified"));
        Assert.Equal("late", Of("HND", "A psychologist", "timeliness"));
        Assert.Equal("answered", Of("HND", "A psychologist", "verified"));
        Assert.Equal("disagrees", Of("MEX", "Health statistics", "independent"));
        Assert.Equal("fulfilled-late", Of("THA", "Twinned", "timeliness"));
        Assert.Equal("discontinued", Of("PRT", "Twinned", "claimed"));
        Assert.Equal("not-yet-due", Of("CAN", "Faster recognition", "timeliness"));
        Assert.Equal("withdrawn", Of("ECU", "Voluntary", "ended"));
        Assert.Equal("completed", Of("NIC", "Two midwives", "ended"));
        var ended = json.GetProperty("total").GetProperty("ended");
        Assert.All(new[] { "withdrawn", "superseded", "completed", "duplicate", "split", "merged" }, kind => Assert.True(ended.GetProperty(kind).GetInt32() > 0, kind));

        string Of(string party, string title, string member) =>
            Text(lines.Single(l => Text(l, "party") == party && l.GetProperty("title").GetString()!.Contains(title, StringComparison.Ordinal)), member);
        static string Text(JsonElement line, string member) => line.GetProperty(member).GetString()!;
    }

    [Fact]
    public async Task The_demonstration_fills_every_area_and_kind_and_leaves_cells_empty()
    {
        var grid = (await Tool.RunAsync(registries.Demo, "grid", "--json")).Json();
        var cells = grid.GetProperty("groups").EnumerateArray().SelectMany(g => g.GetProperty("rows").EnumerateArray()).SelectMany(r => r.GetProperty("cells").EnumerateArray()).ToArray();
        var recorded = cells.SelectMany(c => c.GetProperty("recorded").EnumerateArray().Where(k => k.GetProperty("entries").GetArrayLength() > 0)
            .Select(k => (Area: c.GetProperty("area").GetString(), Kind: k.GetProperty("kind").GetString()))).ToArray();
        Assert.Equal(6, recorded.Select(r => r.Area).Distinct().Count());
        Assert.Equal(["news", "policy", "programme", "project", "report"], recorded.Select(r => r.Kind).Distinct().Order(StringComparer.Ordinal));
        Assert.Contains(cells, c => c.GetProperty("recorded").EnumerateArray().All(k => k.GetProperty("entries").GetArrayLength() == 0));
    }
}

using System.Runtime.CompilerServices;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Projections.Tests.Properties;

/// <summary>Every view at random sizes and on random days, against what the stored bytes say when they are gone through by hand.</summary>
public sealed class PlainOracleTests
{
    // Before what is made of it: static members come about in order.
    private static readonly string[] Histories = ["pledge/IMRF-2022-0001", "pledge/IMRF-2022-0003", "participant/HND", "meeting/IMRF-2022", "initiative/RCM-2016-I0001"];

    private static readonly (string Name, Func<Given, Reading, Task<IEnumerable<string>>> Found, Func<PlainOracle, IEnumerable<string>> Expected)[] Compared =
    [
        ("pledges", async (g, r) => (await AllAsync(g, r)).Select(p =>
            $"{p.Id} '{p.Title}' ended:{p.Ended?.Code()} owing:{string.Join(',', p.Owing.Select(o => o.Id).Order(StringComparer.Ordinal))} reports:{p.Reports}"), o => o.Pledges()),
        ("what is owed in the grid", async (g, r) => (await CellsAsync(g, r)).SelectMany(c => c.Cell.Owed.Where(w => w is { Part: Part.Owes, Collective: null, Counts: true })
            .Select(w => $"{c.Row} {c.Cell.Area} owes {w.Pledge}: {w.Status ?? "no report"}")), o => o.GridOwed()),
        ("what was recorded in the grid", async (g, r) => (await CellsAsync(g, r)).SelectMany(c => c.Cell.Recorded.SelectMany(k => k.Entries).Where(e => e.Ended.Counts())
            .Select(e => $"{c.Row} {c.Cell.Area} {e.Id} {e.Report}: {e.Status}")), o => o.GridRecorded()),
        ("the follow-up of 2022", (g, r) => FollowUpAsync(g, r, "2022"), o => o.FollowUp("2022")),
        ("the follow-up of 2026", (g, r) => FollowUpAsync(g, r, "2026"), o => o.FollowUp("2026")),
        ("the coverage of the GCM", (g, r) => CoverageAsync(g, r, "gcm/2018"), o => o.Coverage("gcm/2018")),
        ("the coverage of the areas", (g, r) => CoverageAsync(g, r, "rcm-areas/2016"), o => o.Coverage("rcm-areas/2016")),
        ("initiatives", async (g, r) => (await g.AsksAsync(new ListInitiatives(r, Limit: 500))).Initiatives
            .Select(i => $"{i.Id} {i.Novelty.Code} '{i.Title}' withdrawn:{i.Withdrawn}"), o => o.InitiativeList()),
        ("members of the RCM", async (g, r) => (await g.AsksAsync(new ListParticipants(r, Role: "member", Scope: "RCM"))).Participants.Select(p => p.Code), o => o.Members()),
        ("lengths of histories", HistoriesAsync, o => Histories.Select(s => $"{s} {o.Entries(s)}")),
    ];

    [Fact]
    public async Task Every_view_at_any_size_on_any_day_is_what_the_stored_bytes_say()
    {
        var (cases, facts) = (0, new int[Compared.Length]);
        await Seeded.RunAsync(6, async random =>
        {
            await using var given = await AsOfTests.StoryAsync(random.Random, 400);
            var oracle = new PlainOracle((await given.EntriesAsync()).Select(e => e.Bytes));
            for (var i = 0; i < 40; i++)
            {
                // The story is of the years from 2015 on; a leap day now and then.
                var on = i % 10 == 0 ? new DateOnly(2016 + 4 * random.Random.Next(4), 2, 29) : new DateOnly(2015, 1, 1).AddDays(random.Random.Next(365 * 15));
                var size = random.Random.Next((int)given.Size * (i % 4) / 4, (int)given.Size + 1);
                oracle.At(size, on);
                for (var v = 0; v < Compared.Length; v++)
                {
                    var (name, found, expected) = Compared[v];
                    var lines = expected(oracle).Order(StringComparer.Ordinal).ToArray();
                    var view = (await found(given, Given.Read(on, size))).Order(StringComparer.Ordinal).ToArray();
                    Assert.True(lines.SequenceEqual(view), $"{name} at {size} on {on:yyyy-MM-dd}: missing [{string.Join("; ", lines.Except(view))}], too much [{string.Join("; ", view.Except(lines))}]");
                    (cases, facts[v]) = (cases + 1, facts[v] + lines.Length);
                }
            }
        });
        Assert.True(cases % 400 == 0, $"{cases} cases");
        Assert.All(facts, (n, v) => Assert.True(n > cases / 20, $"Only {n} facts about {Compared[v].Name} in {cases} cases."));
    }

    [Fact]
    public void The_oracle_is_short_enough_to_be_checked_by_reading()
    {
        var path = Path.Combine(SourceFiles.FolderOf(Here()), "PlainOracle.cs");
        Assert.InRange(File.ReadLines(path).Count(), 1, 149);
        Assert.DoesNotContain("using PledgeRegistry", File.ReadAllText(path), StringComparison.Ordinal);
    }

    private static string Here([CallerFilePath] string file = "") => file;

    private static async Task<IReadOnlyList<PledgeListItem>> AllAsync(Given given, Reading reading) => (await given.AsksAsync(new ListPledges(reading, Limit: 500))).Pledges;

    private static async Task<IEnumerable<(string Row, GridCell Cell)>> CellsAsync(Given given, Reading reading) =>
        (await given.AsksAsync(new GetRcmProgressGrid(reading))).Groups.SelectMany(g => g.Rows).SelectMany(r => r.Cells.Select(c => (r.Participant, c)));

    private static async Task<IEnumerable<string>> FollowUpAsync(Given given, Reading reading, string cycle) =>
        (await given.AsksAsync(new GetImrfFollowUp(reading, cycle))).Lines.Where(l => l is { Part: Part.Owes, Collective: null } && l.Ended.Counts())
            .Select(l => $"{l.Party} {l.Pledge}: {l.Claimed ?? "no report"}");

    private static async Task<IEnumerable<string>> CoverageAsync(Given given, Reading reading, string framework) =>
        (await given.AsksAsync(new GetFrameworkCoverage(reading, framework)))?.Items.SelectMany(i => i.Cells.Where(c => c.Value.Owes > 0).Select(c => $"{i.Code} {c.Key}: {c.Value.Owes}")) ?? [];

    private static async Task<IEnumerable<string>> HistoriesAsync(Given given, Reading reading)
    {
        var lines = new List<string>();
        foreach (var stream in Histories)
        {
            lines.Add($"{stream} {(await given.AsksAsync(new GetHistory(reading, Stream: stream))).Count}");
        }
        return lines;
    }
}

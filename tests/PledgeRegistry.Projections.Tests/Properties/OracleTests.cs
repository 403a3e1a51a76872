using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Projections.Tests.Properties;

public sealed class OracleTests
{
    [Fact]
    public Task The_totals_of_the_grid_are_what_counting_by_hand_gives() => EachAsync(async (given, oracle, reading) =>
    {
        var total = (await given.AsksAsync(new GetRcmProgressGrid(reading))).Total;
        var expected = oracle.Grid();
        Assert.Equal(expected, (total.Owed, total.OwedAsMember, total.Asked, total.AskedAsMember, total.Recorded));
        return expected.Owed + expected.OwedAsMember + expected.Asked + expected.AskedAsMember + expected.Recorded;
    });

    [Fact]
    public Task Each_line_of_the_follow_up_is_what_going_through_the_events_by_hand_gives() => EachAsync(async (given, oracle, reading) =>
    {
        var reported = 0;
        foreach (var cycle in new[] { 2022, 2026 })
        {
            var view = await given.AsksAsync(new GetImrfFollowUp(reading, $"{cycle}"));
            var owed = view.Lines.Where(l => l is { Ended: null or EndingKind.Completed, Part: Part.Owes or Part.OwesAsMember }).ToArray();
            Assert.Equal(oracle.Owed(cycle).Order(StringComparer.Ordinal),
                owed.Select(l => Oracle.Line(l.Pledge, l.Party!, l.Claimed, l.Verified, l.Freshness.Code(), l.Timeliness.Code())).Order(StringComparer.Ordinal));
            Assert.Equal(oracle.Commitments(cycle).OrderBy(c => c.Key), view.Total.Commitments.Where(c => c.Value > 0).OrderBy(c => c.Key));
            Assert.Equal(oracle.EndedBy(cycle).OrderBy(c => c.Key), view.Total.Ended.Where(c => c.Value > 0).OrderBy(c => c.Key));
            // The totals are those of the lines.
            Assert.Equal(owed.CountBy(l => l.Claimed ?? "no-report").OrderBy(c => c.Key), view.Total.Claimed.Where(c => c.Value > 0).OrderBy(c => c.Key));
            Assert.Equal(owed.CountBy(l => l.Verified ?? "not-reviewed").OrderBy(c => c.Key), view.Total.Verified.Where(c => c.Value > 0).OrderBy(c => c.Key));
            Assert.Equal(owed.CountBy(l => l.Freshness.Code()).OrderBy(c => c.Key), view.Total.Freshness.Where(c => c.Value > 0).OrderBy(c => c.Key));
            Assert.Equal(owed.CountBy(l => l.Timeliness.Code()).OrderBy(c => c.Key), view.Total.Timeliness.Where(c => c.Value > 0).OrderBy(c => c.Key));
            reported += owed.Count(l => l.Claimed is not null);
        }
        return reported;
    });

    [Fact]
    public Task The_coverage_of_an_item_is_what_counting_by_hand_gives() => EachAsync(async (given, oracle, reading) =>
    {
        var sum = 0;
        foreach (var framework in new[] { "gcm/2018", "rcm-areas/2016" })
        {
            if (await given.AsksAsync(new GetFrameworkCoverage(reading, framework)) is { } view)
            {
                Assert.Equal(oracle.Items(framework), view.Items.Select(i => i.Code));
                Assert.All(view.Items, item => Assert.Equal(oracle.ByKind(framework, item.Code).OrderBy(c => c.Key), item.ByKind.Where(k => k.Value > 0).OrderBy(k => k.Key)));
                Assert.All(view.Items, item => Assert.Equal(oracle.Owing(framework, item.Code), item.Cells.Where(c => c.Value.Owes > 0).OrderBy(c => c.Key, StringComparer.Ordinal).Select(c => KeyValuePair.Create(c.Key, c.Value.Owes))));
                sum += view.Items.Sum(i => i.ByKind.Values.Sum());
            }
        }
        return sum;
    });

    [Fact]
    public async Task Who_owes_on_a_day_is_the_same_where_it_is_decided_and_where_it_is_read()
    {
        var (came, left) = (0, 0);
        await Seeded.RunAsync(4, async random =>
        {
            await using var given = await AsOfTests.StoryAsync(random.Random, 500);
            foreach (var row in given.Models.Pledges.At(given.Size))
            {
                var state = given.Registry.State.Pledges[row.Id];
                for (var i = 0; i < 20; i++)
                {
                    var on = new DateOnly(2015, 1, 1).AddDays(random.Random.Next(365 * 18));
                    // Decisions know the last wording alone; before it, views show the one that held.
                    if (row.WordingOn(on) == row.Wordings[^1])
                    {
                        Assert.Equal(state.OwingOn(on).Order(StringComparer.Ordinal), row.OwingOn(on).Order(StringComparer.Ordinal));
                    }
                }
                came += row.Acts.Count(a => a.Did == PartyDid.Accepted);
                left += row.Acts.Count(a => a.Did == PartyDid.Left);
            }
        });
        Assert.True(came > 10 && left > 5, $"{came} came and {left} left.");
    }

    // Random registries, sizes and days; over all of them there must have been much to count.
    private static async Task EachAsync(Func<Given, Oracle, Reading, Task<int>> test)
    {
        var (counted, cases) = (0, 0);
        await Seeded.RunAsync(5, async random =>
        {
            await using var given = await AsOfTests.StoryAsync(random.Random, 600);
            var entries = await given.EntriesAsync();
            for (var i = 0; i < 12; i++)
            {
                var on = new DateOnly(2015, 1, 1).AddDays(random.Random.Next(365 * 15));
                var reading = Given.Read(on, i == 0 ? entries.Count : random.Random.Next(entries.Count * 2 / 3, entries.Count + 1));
                counted += await test(given, new Oracle(entries, reading), reading);
                cases++;
            }
        });
        Assert.True(counted > cases, $"Only {counted} things were counted in {cases} cases.");
    }
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Frameworks;

namespace PledgeRegistry.Projections.Tests.Frameworks;

public sealed class CrosswalkTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task A_crosswalk_is_seen_from_both_ends_until_it_is_retired()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new AddCrosswalk("gcm/2018", "GCM-15", Given.Item("rcm-areas/2016 RCM-A1"), CrosswalkRelation.Narrower, "notes"));
        Assert.Equal(["GCM-15 Narrower RCM-A1 False"], await SeenAsync("gcm/2018"));
        Assert.Equal(["RCM-A1 Broader GCM-15 True"], await SeenAsync("rcm-areas/2016"));
        var size = given.Size;
        await given.DoesAsync(new RetireCrosswalk("gcm/2018", "GCM-15", Given.Item("rcm-areas/2016 RCM-A1"), "wrong"));
        Assert.Empty(await SeenAsync("rcm-areas/2016"));
        Assert.Single((await given.AsksAsync(new GetCrosswalks(given.At("2020-01-01", size), "gcm/2018")))!.Crosswalks);
        Assert.Null(await given.AsksAsync(new GetCrosswalks(given.Now, "level/1")));
        Assert.Null(await given.AsksAsync(new GetCrosswalks(given.Now, "gcm/1990")));

        async Task<IEnumerable<string>> SeenAsync(string framework) =>
            (await given.AsksAsync(new GetCrosswalks(given.Now, framework)))!.Crosswalks.Select(c => $"{c.From.Item} {c.Relation} {c.To.Item} {c.Backwards}");
    }

    [Fact]
    public async Task Coverage_through_crosswalks_marks_what_comes_through_one_and_counts_it_nowhere()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.DoesAsync(new AddCrosswalk("rcm-areas/2016", "RCM-A1", Given.Item("gcm/2018 GCM-15"), CrosswalkRelation.Broader, "notes"));
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1");
        var ended = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.WithdrawsAsync(ended, "2022-05-18");
        var direct = (await given.AsksAsync(new GetFrameworkCoverage(given.Now, "rcm-areas/2016"))).Items();
        var through = (await given.AsksAsync(new GetFrameworkCoverage(given.Now, "rcm-areas/2016", Through: true))).Items();
        Assert.All(direct, i => Assert.Null(i.Through));
        // What is mapped to both is here by itself.
        var one = Assert.Single(through[0].Through!);
        Assert.Equal(("GCM-15", CrosswalkRelation.Broader, 1, 0), (one.From.Item, one.Relation, one.Commitments, one.Initiatives));
        Assert.Empty(through[1].Through!);
        Assert.Equal(direct.Select(i => i.ByKind["pledge"]), through.Select(i => i.ByKind["pledge"]));
        Assert.Equal([1, 0, 0], through.Select(i => i.ByKind["pledge"]));
        Assert.Equal([false, true, true], through.Select(i => i.IsEmpty));
    }

    [Fact]
    public async Task What_is_mapped_to_a_version_that_a_younger_one_follows_is_to_be_moved_and_crosswalks_say_where()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15", "gcm/2018 GCM-01");
        await SampleData.VersionAsync(given, "gcm", "2030", "2030", false, [("GCM-15", null), ("GCM-24", null)]);
        await given.DoesAsync(new AddCrosswalk("gcm/2018", "GCM-15", Given.Item("gcm/2030 GCM-24"), CrosswalkRelation.Narrower, "notes"));
        await given.DoesAsync(new AddCrosswalk("gcm/2018", "GCM-15", Given.Item("gcm/2030 GCM-15"), CrosswalkRelation.Close, "notes"));
        await given.DoesAsync(new AddCrosswalk("gcm/2018", "GCM-15", Given.Item("rcm-areas/2016 RCM-A1"), CrosswalkRelation.Exact, "notes"));
        var before = (await given.AsksAsync(new GetMappingsToMove(given.At("2029-12-31"), "gcm/2018")))!;
        Assert.Equal((null, "gcm/2018", 0), (before.Reason, before.InUse, before.Mappings.Count));
        var after = (await given.AsksAsync(new GetMappingsToMove(given.At("2030-01-01"), "gcm/2018")))!;
        Assert.Equal((MoveReason.Younger, "gcm/2030"), (after.Reason, after.InUse));
        Assert.Equal([$"{id} GCM-15: Close GCM-15, Narrower GCM-24", $"{id} GCM-01: "],
            after.Mappings.Select(m => $"{m.Pledge} {m.Item.Item}: {string.Join(", ", m.Suggested.Select(s => $"{s.Relation} {s.Item.Item}"))}"));
        Assert.Null((await given.AsksAsync(new GetMappingsToMove(given.At("2030-01-01"), "gcm/2030")))!.Reason);
    }

    [Fact]
    public async Task What_is_mapped_to_a_version_out_of_force_is_to_be_moved_though_nothing_follows_it_and_what_ended_is_not()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        var ended = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.WithdrawsAsync(ended, "2022-05-18");
        await given.DoesAsync(new RetireFramework("gcm/2018", new EffectiveDate("2025"), "It is over."));
        var view = (await given.AsksAsync(new GetMappingsToMove(given.At("2025-01-01"), "gcm/2018")))!;
        Assert.Equal((MoveReason.OutOfForce, null), (view.Reason, view.InUse));
        Assert.Empty(Assert.Single(view.Mappings).Suggested);
        Assert.Null(await given.AsksAsync(new GetMappingsToMove(given.Now, "level/1")));
    }
}

file static class CoverageItems
{
    public static IReadOnlyList<CoverageItem> Items(this CoverageView? view) => view!.Items;
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;

namespace PledgeRegistry.Projections.Tests.FrameworkCoverage;

public sealed class CoverageTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task Items_with_nothing_are_in_the_list_and_counted()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-01");
        var view = await CoverageAsync(given, "gcm");
        Assert.Equal(["GCM-01", "GCM-02", "GCM-15", "GCM-15.e"], view.Items.Select(i => i.Code));
        Assert.Equal([false, true, true, true], view.Items.Select(i => i.IsEmpty));
        Assert.Equal((3, "gcm/2018"), (view.Empty, view.Framework));
        Assert.All(view.Items, i => Assert.Equal(["pledge", "conclusion", "statement", "recommendation"], i.ByKind.Keys));
        Assert.Empty(view.Items[1].Cells);
    }

    [Fact]
    public async Task What_is_owed_asked_said_and_recorded_is_never_added_up()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.RecordsAsync(Pledge with { Owing = ["RCM-MEMBERS"], By = ["IOM"] }, "gcm/2018 GCM-15");
        await given.RecordsAsync(SampleRegistry.Recommendation() with { By = ["IOM"], Addressees = ["CRI"] }, "gcm/2018 GCM-15");
        await given.RecordsAsync(SampleRegistry.Recommendation() with { Addressees = ["RCM-MEMBERS"] }, "gcm/2018 GCM-15");
        await given.RecordsAsync(SampleRegistry.Initiative());
        var item = (await CoverageAsync(given, "gcm")).Items.Single(i => i.Code == "GCM-15");
        Assert.Equal([2, 0, 0, 2], item.ByKind.Values);
        Assert.Equal(1, item.Initiatives);
        Assert.Equal(new CoverageCell(Owes: 1, OwesAsMember: 1, Asked: 1, Said: 0, Initiatives: 1, AskedAsMember: 1), item.Cells["CRI"]);
        Assert.Equal(new CoverageCell(0, 1, 0, 0, 0, 1), item.Cells["HND"]);
        Assert.Equal(new CoverageCell(1, 0, 1, 0, 0, 0), item.Cells["RCM-MEMBERS"]);
        Assert.Equal(new CoverageCell(0, 0, 0, 2, 0, 0), item.Cells["IOM"]);
    }

    [Fact]
    public async Task What_is_mapped_to_an_action_counts_once_for_its_objective()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15", "gcm/2018 GCM-15.e");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        await given.RecordsAsync(SampleRegistry.Initiative() with { Links = [Given.Item("gcm/2018 GCM-15.e"), Given.Item("gcm/2018 GCM-15")] });
        var view = await CoverageAsync(given, "gcm");
        Assert.Equal([0, 0, 2, 2], view.Items.Select(i => i.ByKind["pledge"]));
        Assert.Equal([0, 0, 1, 1], view.Items.Select(i => i.Initiatives));
        Assert.Equal(2, view.Items[2].Cells["CRI"].Owes);
    }

    [Fact]
    public async Task Areas_of_work_are_covered_by_initiatives_in_them()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(SampleRegistry.Initiative() with { Areas = ["RCM-A1", "RCM-A3"], Links = [Given.Item("rcm-areas/2016 RCM-A1")] });
        Assert.Equal([1, 0, 1], (await CoverageAsync(given, "rcm-areas")).Items.Select(i => i.Initiatives));
    }

    [Fact]
    public async Task What_was_withdrawn_is_counted_apart_and_does_not_vanish()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var pledge = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        var initiative = await given.RecordsAsync(SampleRegistry.Initiative() with { Links = [Given.Item("gcm/2018 GCM-15")] });
        await given.WithdrawsAsync(pledge, "2022-06-01");
        await given.DoesAsync(new WithdrawInitiative(initiative, 1, new EffectiveDate("2022-06-01"), "Never began."));
        Assert.Equal([0, 0, 0, 0], (await CoverageAsync(given, "gcm", "2022-05-31")).Items.Select(i => i.Ended));
        var view = await CoverageAsync(given, "gcm", "2022-06-01");
        Assert.Equal([0, 0, 2, 1], view.Items.Select(i => i.Ended));
        Assert.True(view.Items[2].IsEmpty);
        Assert.Empty(view.Participants);
    }

    [Fact]
    public async Task A_retired_mapping_covers_nothing_from_that_size_on()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        var size = given.Size;
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        Assert.Equal(4, (await CoverageAsync(given, "gcm")).Empty);
        Assert.Equal(3, (await given.AsksAsync(new GetFrameworkCoverage(given.At("2022-06-01", size), "gcm")))!.Empty);
    }

    [Fact]
    public async Task Participants_are_those_with_something_or_all_with_a_role()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge with { Owing = ["MEX", "CRI"] }, "gcm/2018 GCM-15");
        Assert.Equal(["CRI", "MEX"], (await CoverageAsync(given, "gcm")).Participants.Select(p => p.Code));
        var reading = given.At("2016-12-31");
        Assert.Equal(["CRI", "HND", "MEX"], (await given.AsksAsync(new GetFrameworkCoverage(reading, "gcm", "member", "RCM")))!.Participants.Select(p => p.Code));
        Assert.Equal(["CRI", "HND", "MEX"], (await given.AsksAsync(new GetFrameworkCoverage(reading, "gcm", "member")))!.Participants.Select(p => p.Code));
        Assert.Empty((await given.AsksAsync(new GetFrameworkCoverage(reading, "gcm", "member", "IMRF")))!.Participants);
    }

    [Fact]
    public async Task A_scheme_is_read_in_the_version_of_the_day_and_a_version_by_its_name()
    {
        await using var given = await Given.ARegistryAsync();
        await SampleData.VersionAsync(given, "ihr", "2021", "2021", false, [("IHR-21", null)]);
        await SampleData.VersionAsync(given, "ihr", "2018", "2018-06", false, [("IHR-18", null)], validUntil: "2021");
        Assert.Equal("ihr/2018", (await CoverageAsync(given, "ihr", "2020-12-31")).Framework);
        Assert.Equal("ihr/2021", (await CoverageAsync(given, "ihr", "2021-01-01")).Framework);
        Assert.Equal("ihr/2021", (await CoverageAsync(given, "ihr", "2010-01-01")).Framework);
        Assert.Equal("ihr/2018", (await CoverageAsync(given, "ihr/2018", "2030-01-01")).Framework);
        await given.DoesAsync(new RetireFramework("ihr/2021", new EffectiveDate("2030"), "Replaced."));
        Assert.Equal("ihr/2021", (await CoverageAsync(given, "ihr", "2040-01-01")).Framework);
    }

    [Fact]
    public async Task There_is_none_of_a_code_list_nor_of_what_is_not_there_or_not_closed()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new OpenFramework("pancap", "2019", Texts.Of(("en", "PANCAP")), "notes", new EffectiveDate("2019"), null, false));
        await given.DoesAsync(new AddFrameworkItem("pancap/2019", "PANCAP-1", "area", null, Texts.Of(("en", "One")), Texts.None, null));
        foreach (var framework in new[] { "modality", "modality/1", "unknown", "gcm/1999", "pancap", "pancap/2019" })
        {
            Assert.Null(await given.AsksAsync(new GetFrameworkCoverage(given.Now, framework)));
        }
        var size = given.Size;
        await given.DoesAsync(new CloseFramework("pancap/2019", 1));
        Assert.NotNull(await given.AsksAsync(new GetFrameworkCoverage(given.Now, "pancap")));
        Assert.Null(await given.AsksAsync(new GetFrameworkCoverage(given.At("2030-01-01", size), "pancap")));
    }

    private static async Task<CoverageView> CoverageAsync(Given given, string framework, string on = "2022-06-01") =>
        (await given.AsksAsync(new GetFrameworkCoverage(given.At(on), framework)))!;
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Frameworks;

public sealed class FrameworkTests
{
    [Fact]
    public async Task Frameworks_and_code_lists_are_listed_apart_and_one_version_of_each_is_in_use()
    {
        await using var given = await Given.ARegistryAsync();
        await SampleData.VersionAsync(given, "gcm", "2030", "2030", false, [("GCM-01", null)]);
        Assert.Equal(["gcm/2018 4 True", "rcm-areas/2016 3 True", "gcm/2030 1 False"], await ListAsync("2029-12-31"));
        Assert.Equal(["gcm/2018 4 False", "rcm-areas/2016 3 True", "gcm/2030 1 True"], await ListAsync("2030-01-01"));
        var lists = (await given.AsksAsync(new ListFrameworks(given.Now, CodeLists: true))).Frameworks;
        Assert.Contains("modality/1", lists.Select(f => f.Id));
        Assert.All(lists, f => Assert.True(f.CodeList));

        async Task<IEnumerable<string>> ListAsync(string on) => (await given.AsksAsync(new ListFrameworks(given.At(on)))).Frameworks.Select(f => $"{f.Id} {f.Items} {f.InUse}");
    }

    [Fact]
    public async Task A_version_counts_once_it_is_closed()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new OpenFramework("sdg", "2015", Texts.Of(("en", "SDG")), "notes", new EffectiveDate("2015"), null, false));
        Assert.Null(await given.AsksAsync(new GetFramework(given.Now, "sdg/2015")));
        Assert.DoesNotContain("sdg/2015", (await given.AsksAsync(new ListFrameworks(given.Now))).Frameworks.Select(f => f.Id));
        await given.DoesAsync(new CloseFramework("sdg/2015", 0));
        Assert.NotNull(await given.AsksAsync(new GetFramework(given.Now, "sdg/2015")));
    }

    [Fact]
    public async Task A_retired_version_is_in_use_until_the_day_and_stays_readable()
    {
        await using var given = await Given.ARegistryAsync();
        await SampleData.VersionAsync(given, "gcm", "2017", "2017", false, [("GCM-OLD", null)]);
        await given.DoesAsync(new RetireFramework("gcm/2018", new EffectiveDate("2025-06"), "Replaced."));
        Assert.Equal("gcm/2018", (await given.AsksAsync(new GetFramework(given.At("2025-05-31"), "gcm")))!.Id);
        Assert.Equal("gcm/2017", (await given.AsksAsync(new GetFramework(given.At("2025-06-01"), "gcm")))!.Id);
        Assert.Equal(4, (await given.AsksAsync(new GetFramework(given.At("2025-06-01"), "gcm/2018")))!.Items.Count);
    }

    [Fact]
    public async Task An_old_state_has_the_labels_of_its_time()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(SampleRegistry.Pledge());
        var size = given.Size;
        await SampleData.VersionAsync(given, "modality", "2", "2023", true, [("will", null), ("shall", null)]);
        Assert.Equal("will of 2", await LabelAsync("2023-01-01", null));
        Assert.Equal("will", await LabelAsync("2022-12-31", null));
        Assert.Equal("will", await LabelAsync("2023-01-01", size));
        var agreed = await given.RecordsAsync(SampleRegistry.Conclusion());
        Assert.Equal("agreed", (await given.AsksAsync(new GetPledge(given.At("2023-01-01"), agreed)))!.Modality.Label);

        async Task<string> LabelAsync(string on, long? atSize) => (await given.AsksAsync(new GetPledge(given.At(on, atSize), id)))!.Modality.Label;
    }

    [Fact]
    public async Task A_summary_counts_by_kind_what_was_made_known()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var empty = await given.AsksAsync(new GetRegistrySummary(Given.Read(Given.Day("2022-05-18"), 0)));
        Assert.Equal((null, null, 0, "PledgeRegistry"), (empty.FirstRecordedAt, empty.LastRecordedAt, empty.Participants, empty.Name));
        Assert.Equal(["pledge", "conclusion", "statement", "recommendation"], empty.Commitments.Keys);
        var id = await given.RecordsAsync(SampleRegistry.Pledge());
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        await given.RecordsAsync(SampleRegistry.Recommendation());
        await given.RecordsAsync(SampleRegistry.Initiative());
        var view = await given.AsksAsync(new GetRegistrySummary(given.At("2022-05-31") with { Language = "es" }));
        Assert.Equal([1, 0, 0, 1], view.Commitments.Values);
        Assert.Equal(("Muestra", true, 1, 0, 14, 7, 1), (view.Name, view.Demonstration, view.Initiatives, view.Reports, view.Participants, view.Meetings, view.Sources));
        Assert.Equal((given.Registry.Head.Root.ToString(), given.Clock.Now), (view.Root, view.LastRecordedAt!.Value));
        Assert.Equal(1, (await given.AsksAsync(new GetRegistrySummary(given.At("2022-06-01")))).Reports);
    }
}

using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Seals;

public sealed class SealTests
{
    [Fact]
    public async Task Every_view_of_the_list_is_sealed_for_all_its_parameters()
    {
        await using var given = await Given.ARegistryAsync();
        var views = await SealableViews.OfAsync(given.Models, new Basis(given.Size, Given.Day("2023-01-01")));
        Assert.Equal(SealableViews.Versions, views.Select(v => v.View).Distinct());
        // Every cycle of which a meeting is known, and every framework that is no code list.
        Assert.Equal(["2022", "2026", "2030"], views.Where(v => v.View.StartsWith("imrf-follow-up/", StringComparison.Ordinal)).Select(v => v.Parameters.Single().Value));
        Assert.Equal(["gcm/2018", "rcm-areas/2016"], views.Where(v => v.View.StartsWith("coverage/", StringComparison.Ordinal)).Select(v => v.Parameters.Single().Value));
        Assert.All(views, v => Assert.True(Hash.TryParse(v.Sha256, out _)));
    }

    [Fact]
    public async Task What_was_sealed_is_made_again_whatever_is_recorded_later_and_by_whoever_reads_the_log()
    {
        await using var given = await Given.ARegistryAsync();
        var pledge = await given.On("2022-05-18").RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-15");
        var seal = await Sealing.AtAsync(given.Registry, given.Models, new Basis(given.Size, Given.Day("2022-05-20")), "IMRF-2022");
        await given.On("2022-05-21").DoesAsync(seal);
        await given.WithdrawsAsync(pledge, "2022-05-19");
        await given.On("2024-01-01").RecordsAsync(SampleRegistry.Initiative());
        await using var other = await Given.OnEntriesAsync(await given.EntriesAsync());
        var row = Assert.Single(other.Models.Seals.At(other.Size));
        Assert.Equal((seal.Size, seal.Root, "2022-05-20", "IMRF-2022"), (row.Seal.Size, row.Seal.Root, row.Seal.On, row.Seal.Meeting));
        Assert.All(await SealCheck.CheckAsync(other.Models, row.Position, row.Seal), v => Assert.Equal((Reproduction.Match, v.Sha256), (v.Result, v.Now)));
        Assert.Empty(other.Models.Seals.At(row.Position));
        Assert.True(other.Models.Seals.Has("IMRF-2022", other.Size) && !other.Models.Seals.Has("IMRF-2022", row.Position) && !other.Models.Seals.Has("IMRF-2026", other.Size));
    }

    [Fact]
    public async Task The_hash_of_a_view_changes_with_what_it_shows()
    {
        await using var given = await Given.ARegistryAsync();
        await given.On("2022-05-18").RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-15");
        async Task<Dictionary<string, string>> HashesAsync(long size) =>
            (await SealableViews.OfAsync(given.Models, new Basis(size, Given.Day("2022-06-01")))).ToDictionary(v => $"{v.View} {string.Join(' ', v.Parameters)}", v => v.Sha256);
        var before = await HashesAsync(given.Size);
        Assert.Equal(before, await HashesAsync(given.Size));
        await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Care in every language" }, "gcm/2018 GCM-15");
        // The basis itself is in each.
        Assert.All(await HashesAsync(given.Size), after => Assert.NotEqual(before[after.Key], after.Value));
    }

    [Fact]
    public async Task A_mismatch_and_another_version_are_told_apart()
    {
        await using var given = await Given.ARegistryAsync();
        var seal = await Sealing.AtAsync(given.Registry, given.Models, new Basis(given.Size, Given.Day("2023-01-01")), null);
        var (grid, follow) = (seal.Views[0], seal.Views.First(v => v.Parameters.Count == 1));
        await given.DoesAsync(seal with
        {
            Views =
            [
                grid,
                follow with { Sha256 = grid.Sha256 },
                follow with { Parameters = [new ViewParameter("cyclo", "2022")] },
                grid with { Parameters = [new ViewParameter("cycle", "2022")] },
                grid with { View = "rcm-grid/999" },
                grid with { View = "never-heard-of/1" },
            ],
        });
        var sealing = given.Models.Seals.At(given.Size).Single();
        var checkedViews = await SealCheck.CheckAsync(given.Models, sealing.Position, sealing.Seal);
        Assert.Equal(
            [Reproduction.Match, Reproduction.Mismatch, Reproduction.Mismatch, Reproduction.Mismatch, Reproduction.OtherVersion, Reproduction.OtherVersion],
            checkedViews.Select(v => v.Result));
        var item = Assert.Single((await given.AsksAsync(new ListSeals(given.Now))).Seals);
        Assert.Equal((1, 3, 2), (item.Matches, item.Mismatches, item.OtherVersions));
        Assert.Equal([false, true, false, false, false, false], item.Views.Select(v => v.Now is not null));
    }

    [Fact]
    public async Task The_list_of_seals_has_the_latest_first_and_pages()
    {
        await using var given = await Given.ARegistryAsync();
        foreach (var day in new[] { "2023-01-01", "2023-02-01", "2023-03-01" })
        {
            await given.On(day).DoesAsync(await Sealing.AtAsync(given.Registry, given.Models, new Basis(given.Size, Given.Day(day)), null));
        }
        var first = await given.AsksAsync(new ListSeals(given.Now, Limit: 2));
        Assert.Equal((3, 2), (first.Count, first.Seals.Count));
        Assert.Equal(["2023-03-01", "2023-02-01"], first.Seals.Select(s => s.On));
        var second = await given.AsksAsync(new ListSeals(given.Now, first.Next, 2));
        Assert.Equal("2023-01-01", Assert.Single(second.Seals).On);
        Assert.Null(second.Next);
        Assert.Empty((await given.AsksAsync(new ListSeals(given.At("2023-03-01", second.Seals[0].Position)))).Seals);
    }

    [Fact]
    public async Task The_end_of_a_meeting_is_a_basis_once_its_last_day_is_over()
    {
        await using var given = await Given.ARegistryAsync();
        var known = given.Size;
        // IMRF-2026 ends on 2026-05-08 in the sample.
        var day = given.Models.Meetings.Meeting("IMRF-2026", known)!.Ends!.Value;
        var midnight = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        await given.On($"{day:yyyy-MM-dd}T23:59:59.999Z").RecordsAsync(SampleRegistry.Pledge());
        var during = given.Size;
        await given.On($"{day.AddDays(1):yyyy-MM-dd}T00:00:00Z").RecordsAsync(SampleRegistry.Pledge() with { Title = "Too late for it" });
        Assert.Null(Sealing.EndOf(given.Registry, given.Models, "IMRF-2026", midnight.AddTicks(-1)));
        Assert.Equal(new Basis(during, day), Sealing.EndOf(given.Registry, given.Models, "IMRF-2026", midnight));
        Assert.Null(Sealing.EndOf(given.Registry, given.Models, "NO-MEETING", midnight));
        // Over before the registry had an entry; and without a day.
        var content = given.Models.Meetings.Meeting("IMRF-2026", known)!.Content;
        await given.DoesAsync(new AnnounceMeeting("IMRF-2011", content with { From = EffectiveDate.On(2011, 2, 17), To = EffectiveDate.On(2011, 2, 18), Year = 2011 }, [], []));
        await given.DoesAsync(new AnnounceMeeting("IMRF-2027", content with { From = null, To = null, Year = 2027 }, [], []));
        Assert.Null(Sealing.EndOf(given.Registry, given.Models, "IMRF-2011", midnight));
        Assert.Null(Sealing.EndOf(given.Registry, given.Models, "IMRF-2027", midnight.AddYears(9)));
    }

    /// <summary>What the list says depends on these versions: raise that of the list with any of them.</summary>
    [Fact]
    public void The_list_of_seals_has_a_new_version_with_that_of_any_view() => Assert.Equal(
        ("seals/1", "rcm-grid/2 imrf-follow-up/2 coverage/3 pledges/2 initiatives/1 participants/1 meetings/1"),
        (SealList.View, string.Join(' ', SealableViews.Versions)));
}

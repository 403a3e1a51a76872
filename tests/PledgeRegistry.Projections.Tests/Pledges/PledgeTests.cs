using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Pledges;

public sealed class PledgeTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task A_correction_replaces_the_record_and_the_old_one_is_read_at_its_size()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.CorrectsAsync(id, Pledge with { Title = "As it was said" });
        var now = await PledgeAsync(given, id, "2022-05-18");
        Assert.Equal("As it was said", now.Content.Title);
        Assert.Empty(now.EarlierWordings);
        Assert.Equal((2L, 1L), (now.Version, (await PledgeAsync(given, id, "2030-01-01", size)).Version));
        Assert.Equal(Pledge.Title, (await PledgeAsync(given, id, "2030-01-01", size)).Content.Title);
    }

    [Fact]
    public async Task An_amendment_holds_from_its_date_and_the_wordings_before_it_stay()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        await given.AmendsAsync(id, Pledge with { Title = "Amended" }, "2023-34");
        Assert.Equal((Pledge.Title, "Amended 2023-06-30"), await WordingsAsync("2023-06-29"));
        Assert.Equal(("Amended", $"{Pledge.Title} 2022-05-17"), await WordingsAsync("2023-06-30"));
        await given.CorrectsAsync(id, Pledge with { Title = "Amended, as it was written" });
        Assert.Equal(("Amended, as it was written", $"{Pledge.Title} 2022-05-17"), await WordingsAsync("2023-06-30"));

        async Task<(string, string)> WordingsAsync(string on)
        {
            var view = await PledgeAsync(given, id, on);
            return (view.Content.Title, string.Join("; ", view.EarlierWordings.Select(w => $"{w.Content.Title} {w.From:yyyy-MM-dd}")));
        }
    }

    [Fact]
    public async Task Of_two_amendments_the_one_with_the_later_date_holds_and_on_the_same_day_the_later_entry()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        await given.AmendsAsync(id, Pledge with { Title = "From 2025" }, "2025-01-01");
        await given.AmendsAsync(id, Pledge with { Title = "From 2024" }, "2024-01-01");
        Assert.Equal([Pledge.Title, "From 2024", "From 2025"], await TitlesAsync("2023-12-31", "2024-01-01", "2025-01-01"));
        await given.AmendsAsync(id, Pledge with { Title = "From 2025 too" }, "2025-01-01");
        Assert.Equal([Pledge.Title, "From 2024", "From 2025 too"], await TitlesAsync("2023-12-31", "2024-12-31", "2025-01-01"));

        async Task<List<string>> TitlesAsync(params string[] days)
        {
            var titles = new List<string>();
            foreach (var day in days)
            {
                titles.Add((await PledgeAsync(given, id, day)).Content.Title);
            }
            return titles;
        }
    }

    [Fact]
    public async Task An_amendment_counts_though_the_announcement_has_a_coarse_date_that_ends_later()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { AnnouncedOn = new EffectiveDate("2022") });
        await given.AmendsAsync(id, Pledge with { AnnouncedOn = new EffectiveDate("2022"), Title = "Amended" }, "2022-06-01");
        Assert.Equal("Amended", (await PledgeAsync(given, id, "2022-06-01")).Content.Title);
        Assert.Equal("Amended", (await PledgeAsync(given, id, "2023-06-01")).Content.Title);
    }

    [Fact]
    public async Task A_corrected_announcement_is_when_it_was_made_known_whatever_the_wording()
    {
        await using var given = (await Given.ARegistryAsync()).On("2026-02-01");
        var id = await given.RecordsAsync(Pledge);
        await given.AmendsAsync(id, Pledge with { Title = "Amended" }, "2025-01-01");
        Assert.Equal((false, true), await MadeAsync("2022-05-16", "2022-05-17"));
        await given.CorrectsAsync(id, Pledge with { Title = "Amended", AnnouncedOn = new EffectiveDate("2022-05-19") });
        Assert.Equal((false, true), await MadeAsync("2022-05-18", "2022-05-19"));
        Assert.Equal("2022-05-17", (await PledgeAsync(given, id, "2025-01-01")).EarlierWordings.Single().Content.AnnouncedOn.Date);

        async Task<(bool, bool)> MadeAsync(string before, string on) => (!(await PledgeAsync(given, id, before)).NotYetMade, !(await PledgeAsync(given, id, on)).NotYetMade);
    }

    [Fact]
    public async Task A_pledge_that_is_recorded_is_published_and_so_made_known()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { AnnouncedOn = new EffectiveDate("2022") });
        Assert.True((await PledgeAsync(given, id, "2022-05-17")).NotYetMade);
        Assert.False((await PledgeAsync(given, id, "2022-05-18")).NotYetMade);
    }

    [Fact]
    public async Task A_party_has_a_line_of_its_own_and_a_member_of_a_collective_the_collectives()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { By = ["IOM"], Owing = ["CRI", "RCM-MEMBERS"], Addressees = ["MAR", "WORKSHOP"], Due = new Due(EffectiveDate.On(2022, 12, 31)) });
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2022-06-01");
        await given.AnswersAsync(id, "MAR", AddresseeAnswer.Supported, "2022-06-01");
        await given.AnswersAsync(id, "COL", AddresseeAnswer.Noted, "2022-06-01");
        var view = await PledgeAsync(given, id, "2026-06-01");
        Assert.Equal(
            [
                "CRI Owes   Silent Late ",
                "RCM-MEMBERS Owes   Silent Late ",
                "HND OwesAsMember RCM-MEMBERS in-progress Silent Late ",
                "MEX OwesAsMember RCM-MEMBERS  NotApplicable NotApplicable ",
                "PAN OwesAsMember RCM-MEMBERS  NotApplicable NotApplicable ",
                "MAR Asked   NotApplicable NotApplicable supported",
                "WORKSHOP Asked   NotApplicable NotApplicable ",
                "COL AskedAsMember WORKSHOP  NotApplicable NotApplicable noted",
            ],
            view.Parties.Select(p => $"{p.Participant.Id} {p.Part} {p.Collective?.Id} {p.Claimed?.Code} {p.Freshness} {p.Timeliness} {p.Answer?.Code}"));
        Assert.Equal(["IOM"], view.By.Select(b => b.Id));
    }

    [Fact]
    public async Task What_was_said_of_it_stays_whatever_became_of_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06");
        await given.ReviewsAsync(id, ReviewView.ClarificationAsked, "2022-07", report: 1);
        await given.DoesAsync(new ReplyToReview(id, 1, "CRI", "We explain.", "en"));
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        await given.DoesAsync(new CorrectReport(id, given.VersionOf(id), 1, Given.Report("CRI", ClaimedStatus.InProgress, "2022-06"), "A slip."));
        await given.WithdrawsAsync(id, "2022-09");
        var view = await PledgeAsync(given, id, "2022-09-30");
        Assert.Equal((EndingKind.Withdrawn, "No longer possible."), (view.Ended, view.Ending?.Reason));
        Assert.Equal(("GCM-15 of 2018", true, "Contested."), (view.Mappings.Single().Item.Label, view.Mappings.Single().RetiredAt is not null, view.Mappings.Single().RetiredReason));
        Assert.Equal(("in-progress", true, true), (view.Reports.Single().Status.Code, view.Reports.Single().CorrectedAt is not null, view.Reports.Single().HoldsYet));
        Assert.Equal(("We explain.", true), (view.Reviews.Single().Replies.Single().Text, view.Reviews.Single().HoldsYet));
        var before = await PledgeAsync(given, id, "2022-06-29");
        Assert.Null(before.Ended);
        Assert.Equal("No longer possible.", before.Ending?.Reason);
        Assert.Equal((false, false), (before.Reports.Single().HoldsYet, before.Reviews.Single().HoldsYet));
        Assert.Equal(Freshness.NotYetExpected, before.Parties.Single().Freshness);
    }

    [Fact]
    public async Task A_mapping_that_is_made_again_after_it_was_retired_is_another()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        await given.DoesAsync(new MapPledge(id, Given.Item("gcm/2018 GCM-15"), "After all."));
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested again."));
        Assert.Equal(["Contested.", "Contested again."], (await PledgeAsync(given, id, "2022-05-18")).Mappings.Select(m => m.RetiredReason));
    }

    [Fact]
    public async Task A_mapping_to_a_younger_item_is_marked_retrospective()
    {
        await using var given = await Given.ARegistryAsync();
        var old = await given.RecordsAsync(SampleRegistry.Conclusion(), "gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1");
        Assert.Equal([true, false], (await PledgeAsync(given, old, "2016-10-03")).Mappings.Select(m => m.Retrospective));
    }

    [Fact]
    public async Task An_unknown_id_is_none_and_so_is_one_that_a_size_does_not_reach()
    {
        await using var given = await Given.ARegistryAsync();
        var size = given.Size;
        var id = await given.RecordsAsync(Pledge);
        Assert.Null(await given.AsksAsync(new GetPledge(given.Now, "IMRF-2022-9999")));
        Assert.Null(await given.AsksAsync(new GetPledge(given.At("2030-01-01", size), id)));
    }

    private static async Task<PledgeView> PledgeAsync(Given given, string id, string on, long? size = null) => (await given.AsksAsync(new GetPledge(given.At(on, size), id)))!;
}

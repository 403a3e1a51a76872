using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Projections.Tests.AccountabilityHistory;

/// <summary>The history of pledges that several parties have a part in.</summary>
public sealed class JointHistoryTests
{
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge();

    [Fact]
    public async Task What_a_party_does_is_in_its_own_history_and_not_in_anothers()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var from = given.Size;
        var id = await given.RecordsAsync(Common);
        await given.InvitesAsync(id, "MEX", "2022-06-01");
        await given.InvitesAsync(id, "PAN", "2022-06-01");
        await given.AcceptsAsync(id, "MEX", "2022-07-01");
        await given.DeclinesAsync(id, "PAN", "2022-07-01");
        await given.SharesAsync(id, "MEX", SampleRegistry.Share(), "2022-08-01");
        await given.ReportsAsync(id, "MEX", ClaimedStatus.InProgress, "2022-09-01");
        await given.LeavesAsync(id, "HND", "2022-10-01");
        Assert.Equal(["party-invited", "party-accepted", "share-declared", "progress-reported"], await TypesAsync(given, "MEX", from));
        Assert.Equal(["party-invited", "party-declined"], await TypesAsync(given, "PAN", from));
        Assert.Equal(["recorded", "party-left"], await TypesAsync(given, "HND", from));
        Assert.Equal(["recorded"], await TypesAsync(given, "CRI", from));
    }

    [Fact]
    public async Task What_is_done_with_the_whole_pledge_is_in_the_history_of_who_accepted_later_too()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common, "gcm/2018 GCM-15");
        var next = await given.RecordsAsync(SampleRegistry.Pledge());
        await given.InvitesAsync(id, "MEX", "2022-06-01");
        await given.AcceptsAsync(id, "MEX", "2022-07-01");
        var from = given.Size;
        await given.ReviewsAsync(id, ReviewView.ClarificationAsked, "2022-09-01");
        await given.DoesAsync(new ReplyToReview(id, 1, "MEX", "We explain.", "en"));
        await given.TranslatesAsync(id, "es", "Puestos de salud");
        await given.DoesAsync(new ContestMapping(id, Given.Item("gcm/2018 GCM-15"), "IOM", "It is about something else.", "en"));
        await given.DoesAsync(new AnswerContest(id, 1, "COL", false, "Page 2 isn't.", "en"));
        await given.DoesAsync(new MoveMapping(id, Given.Item("gcm/2018 GCM-15"), Given.Item("gcm/2018 GCM-01"), "A new reading."));
        await given.DoesAsync(new OpenForSignature(id, new EffectiveDate("2022-10-01"), null, "All are welcome."));
        await given.DoesAsync(new SupersedePledge(id, given.VersionOf(id), next, new EffectiveDate("2023-01-01"), "A wider one."));
        string[] all = ["reviewed", "translated", "mapping-contested", "contest-answered", "mapping-moved", "opened-for-signature", "superseded"];
        Assert.Equal(["reviewed", "review-replied", .. all[1..]], await TypesAsync(given, "MEX", from));
        Assert.Equal(all, await TypesAsync(given, "CRI", from));
        Assert.Equal(["mapping-contested"], await TypesAsync(given, "IOM", from));
        Assert.Equal(["contest-answered"], await TypesAsync(given, "COL", from));
    }

    [Fact]
    public async Task A_share_that_changes_shows_whose_it_is_and_from_what_to_what()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.SharesAsync(id, "CRI", SampleRegistry.Share("12"), "2022-06-01");
        await given.SharesAsync(id, "HND", SampleRegistry.Share("3"), "2022-06-01");
        await given.DoesAsync(new DeclareShare(id, "CRI", SampleRegistry.Share("15") with { Due = new Due(Meeting: "IMRF-2026") }, new EffectiveDate("2023"), "More money."));
        var lines = (await given.AsksAsync(new GetHistory(given.Now, Stream: $"pledge/{id}"))).Lines;
        Assert.Contains(new FieldChange("party", null, "CRI"), lines[1].Changes);
        Assert.Contains(new FieldChange("share.targets[0].value", null, "3"), lines[2].Changes);
        Assert.Equal(("pledge-share-declared.v1", "2023", "More money."), (lines[3].Type, lines[3].EffectiveOn?.Date, lines[3].Reason));
        Assert.Equal(
            [
                new FieldChange("share.due.date.date", "2025", null),
                new FieldChange("share.due.meeting", null, "IMRF-2026"),
                new FieldChange("share.targets[0].value", "12", "15"),
            ],
            lines[3].Changes);
    }

    [Fact]
    public async Task A_mapping_that_is_moved_was_there_and_is_here_and_a_mark_is_told()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common, "gcm/2018 GCM-15");
        await given.DoesAsync(new MarkMapping(id, Given.Item("gcm/2018 GCM-15"), true, "The heart of it."));
        await given.DoesAsync(new MoveMapping(id, Given.Item("gcm/2018 GCM-15"), Given.Item("gcm/2018 GCM-01"), "A new reading."));
        var lines = (await given.AsksAsync(new GetHistory(given.Now, Stream: $"pledge/{id}"))).Lines;
        Assert.Contains(new FieldChange("main", null, "true"), lines[2].Changes);
        Assert.Contains(new FieldChange("item.item", "GCM-15", "GCM-01"), lines[3].Changes);
        Assert.Equal("A new reading.", lines[3].Reason);
    }

    [Fact]
    public async Task A_milestone_an_indicator_and_an_amount_that_change_are_told_field_by_field()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.AmendsAsync(id, Common with
        {
            Milestones = [Common.Milestones[0] with { Due = new Due(new EffectiveDate("2023-12")) }, Common.Milestones[1]],
            Indicators = [Common.Indicators[0] with { Target = new Target("25", new Due(new EffectiveDate("2026-05"))) }, Common.Indicators[1]],
            Amounts = [Common.Amounts[0] with { Value = "3000000" }],
        }, "2023-01-01");
        Assert.Equal(
            [
                new FieldChange("amounts[0].value", "2500000", "3000000"),
                new FieldChange("indicators[0].target.value", "20", "25"),
                new FieldChange("milestones[0].due.date.date", "2023-06", "2023-12"),
            ],
            (await given.AsksAsync(new GetHistory(given.Now, Stream: $"pledge/{id}"))).Lines[1].Changes);
    }

    private static async Task<IEnumerable<string>> TypesAsync(Given given, string participant, long from) =>
        (await given.AsksAsync(new GetHistory(given.Now, Participant: participant, From: from))).Lines.Select(l => l.Type["pledge-".Length..^".v1".Length]);
}

using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;

namespace PledgeRegistry.Projections.Tests.ImrfFollowUp;

/// <summary>The parties of a joint pledge in the follow-up, the clarification that was asked, and the cycle a pledge is followed up under.</summary>
public sealed class JointFollowUpTests
{
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge();

    [Fact]
    public async Task Who_was_invited_declined_or_left_has_a_line_and_is_in_no_count_of_who_owes()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.InvitesAsync(id, "MEX", "2022-06-01");
        await given.InvitesAsync(id, "PAN", "2022-06-01");
        await given.DeclinesAsync(id, "PAN", "2022-07-01");
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2022-08-01");
        await given.LeavesAsync(id, "HND", "2022-09-01");
        var view = await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"));
        Assert.Equal(["CRI Owes  Silent Late", "MEX Invited  NotApplicable NotApplicable", "PAN Declined  NotApplicable NotApplicable", "HND Left in-progress NotApplicable NotApplicable"],
            view.Lines.OrderBy(l => l.Part).Select(l => $"{l.Party} {l.Part} {l.Claimed} {l.Freshness} {l.Timeliness}"));
        Assert.Equal((1, 1, 1, 1), (view.Total.Claimed.Values.Sum(), view.Total.Verified.Values.Sum(), view.Total.Freshness.Values.Sum(), view.Total.Timeliness.Values.Sum()));
        Assert.Equal((0, 1), (view.Total.Answers.Values.Sum(), view.Total.Commitments["pledge"]));
        Assert.Equal(["MEX"], (await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022", Party: "MEX"))).Lines.Select(l => l.Party));
    }

    [Fact]
    public async Task A_clarification_that_was_asked_is_answered_once_the_party_replies_and_only_for_that_party()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.ReviewsAsync(id, ReviewView.ClarificationAsked, "2023-01-01");
        Assert.Equal(["CRI clarification-asked", "HND clarification-asked"], await VerifiedAsync());
        var size = given.Size;
        await given.DoesAsync(new ReplyToReview(id, 1, "CRI", "We explain.", "en"));
        Assert.Equal(["CRI answered", "HND clarification-asked"], await VerifiedAsync());
        Assert.Equal(["CRI clarification-asked", "HND clarification-asked"], await VerifiedAsync(size));
        var total = (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-06-01"), "2022"))).Total.Verified;
        Assert.Equal((1, 1), (total["answered"], total["clarification-asked"]));
        // A reply to another view answers nothing, and a later view stands instead.
        await given.ReviewsAsync(id, ReviewView.Disagrees, "2023-02-01", standing: ReviewStanding.Reviewer);
        await given.DoesAsync(new ReplyToReview(id, 2, "CRI", "We don't agree.", "en"));
        Assert.Equal(["CRI disagrees", "HND disagrees"], await VerifiedAsync());
        await given.ReviewsAsync(id, ReviewView.ClarificationAsked, "2023-03-01");
        Assert.Equal(["CRI clarification-asked", "HND clarification-asked"], await VerifiedAsync());

        async Task<IEnumerable<string>> VerifiedAsync(long? at = null) =>
            (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-06-01", at), "2022"))).Lines.Select(l => $"{l.Party} {l.Verified}");
    }

    [Fact]
    public async Task Who_accepted_later_was_first_heard_of_then_and_who_comes_back_is_not_silent_at_once()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2023-01-01");
        await given.LeavesAsync(id, "HND", "2023-06-01");
        await given.InvitesAsync(id, "MEX", "2026-05-20");
        await given.AcceptsAsync(id, "MEX", "2026-06-01");
        await given.InvitesAsync(id, "HND", "2026-05-20");
        await given.AcceptsAsync(id, "HND", "2026-07-01");
        Assert.Equal(["CRI Silent", "HND NotYetExpected", "MEX NotYetExpected"], await FreshnessAsync("2026-07-01"));
        // The forum of 2030 is the next; its last possible day is the year's.
        Assert.Equal(["CRI Silent", "HND NotYetExpected", "MEX NotYetExpected"], await FreshnessAsync("2030-12-31"));
        Assert.Equal(["CRI Silent", "HND Silent", "MEX Silent"], await FreshnessAsync("2031-01-01"));
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2026-09-01");
        Assert.Equal(["CRI Silent", "HND Fresh", "MEX NotYetExpected"], await FreshnessAsync("2026-10-01"));

        async Task<IEnumerable<string>> FreshnessAsync(string on) =>
            (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines.OrderBy(l => l.Party, StringComparer.Ordinal).Select(l => $"{l.Party} {l.Freshness}");
    }

    [Fact]
    public async Task A_partys_own_share_has_its_own_day()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common with { Due = new Due(new EffectiveDate("2024-12")) });
        await given.SharesAsync(id, "CRI", SampleRegistry.Share() with { Due = new Due(new EffectiveDate("2023-06")) }, "2022-06-01");
        await given.SharesAsync(id, "HND", SampleRegistry.Share() with { Due = new Due(Meeting: "IMRF-2026") }, "2022-06-01");
        Assert.Equal(["CRI 2023-06-30 Late", "HND 2026-05-06 NotYetDue"], await LinesAsync("2025-01-01"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2024-01-01");
        Assert.Equal(["CRI 2023-06-30 FulfilledLate", "HND 2026-05-06 NotYetDue"], await LinesAsync("2025-01-01"));
        Assert.Equal(["CRI 2023-06-30 FulfilledLate", "HND 2026-05-06 Late"], await LinesAsync("2026-05-07"));
        Assert.Equal(["CRI 2024-12-31 NotYetDue", "HND 2024-12-31 NotYetDue"], await LinesAsync("2022-05-31"));

        async Task<IEnumerable<string>> LinesAsync(string on) => (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines.Select(l => $"{l.Party} {l.DueOn:yyyy-MM-dd} {l.Timeliness}");
    }

    [Fact]
    public async Task A_pledge_that_names_its_cycle_is_followed_up_under_that_and_carried_over_by_an_amendment()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var early = await given.RecordsAsync(SampleRegistry.Pledge() with { Cycle = 2026, Title = "Early" });
        var carried = await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Carried" });
        await given.AmendsAsync(carried, SampleRegistry.Pledge() with { Title = "Carried", Cycle = 2026 }, "2026-05-05");
        Assert.Equal([carried], await IdsAsync("2026-05-04", "2022"));
        Assert.Equal([early], await IdsAsync("2026-05-04", "2026"));
        Assert.Empty(await IdsAsync("2026-05-05", "2022"));
        Assert.Equal([early, carried], await IdsAsync("2026-05-05", "2026"));

        async Task<string[]> IdsAsync(string on, string cycle) => [.. (await given.AsksAsync(new GetImrfFollowUp(given.At(on), cycle))).Lines.Select(l => l.Pledge)];
    }
}

using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>When a party is silent, and when it is late.</summary>
public static class FollowUpRules
{
    /// <summary>
    /// Silent is who gave no sign (a report, the announcement, or its own acceptance) since the series' previous meeting began, nor
    /// within the months that the series allows; where there was no previous meeting, the months alone decide. So nobody
    /// is silent the day after the forum that it reported to.
    /// </summary>
    public static Freshness Freshness(PledgeRow pledge, PledgeContent content, string party, MeetingRow? previous, SeriesRow? series, Reading reading)
    {
        if (pledge.EndedOn(reading.On) is not null)
        {
            return ImrfFollowUp.Freshness.NotApplicable;
        }
        return IsLateEnough(pledge.LatestReport(reading.On, party)?.HoldsFrom) ? ImrfFollowUp.Freshness.Fresh
            : IsLateEnough(Accepted(pledge, content, party, reading.On)) ? ImrfFollowUp.Freshness.NotYetExpected
            : ImrfFollowUp.Freshness.Silent;

        bool IsLateEnough(DateOnly? sign) => sign >= MonthsBefore(reading.On, series?.Settings.SilentAfterMonths ?? 12) || (previous?.Starts is { } starts && sign >= starts);
    }

    /// <summary>The day by which it is due: the last day of a coarse date, or of the meeting.</summary>
    public static DateOnly? DueOn(PledgeContent content, MeetingTimelines meetings, long size) => DueOn(content.Due, meetings, size);

    /// <inheritdoc cref="DueOn(PledgeContent, MeetingTimelines, long)"/>
    public static DateOnly? DueOn(Due? due, MeetingTimelines meetings, long size) =>
        due?.Date?.Last() ?? (due?.Meeting is { } id ? meetings.Meeting(id, size)?.Ends : null);

    /// <summary>The state of a clarification that was asked and that the party answered.</summary>
    public const string Answered = "answered";

    /// <summary>A reviewer's view of a party's part; null where there is none.</summary>
    public static string? Verified(ReviewRow? review, string party) => review is null ? null
        : review.Review.View == ReviewView.ClarificationAsked && review.Replies.Exists(r => r.Party == party) ? Answered
        : review.Review.View.Code();

    public static Timeliness Timeliness(PledgeRow pledge, string party, DateOnly? due, DateOnly on)
    {
        var report = pledge.LatestReport(on, party);
        if (!pledge.EndedOn(on).Counts() || report?.Report.Status == ClaimedStatus.Discontinued)
        {
            return ImrfFollowUp.Timeliness.NotApplicable;
        }
        if (due is not { } day)
        {
            return ImrfFollowUp.Timeliness.NoDueDate;
        }
        if (report?.Report.Status == ClaimedStatus.Fulfilled)
        {
            // The first of the unbroken run of claims that it is fulfilled.
            return FulfilledSince(pledge, party, on) <= day ? ImrfFollowUp.Timeliness.OnTime : ImrfFollowUp.Timeliness.FulfilledLate;
        }
        return on > day ? ImrfFollowUp.Timeliness.Late : ImrfFollowUp.Timeliness.NotYetDue;
    }

    // A reader may ask for any day, the first one there is included.
    private static DateOnly MonthsBefore(DateOnly day, int months) =>
        (day.Year - 1) * 12 + day.Month > months ? day.AddMonths(-months) : DateOnly.MinValue;

    // Who accepted later was first heard of then.
    private static DateOnly Accepted(PledgeRow pledge, PledgeContent content, string party, DateOnly on)
    {
        var (announced, since) = (content.AnnouncedOn.Last(), pledge.OwesSince(content, party, on));
        return since > announced ? since.Value : announced;
    }

    private static DateOnly FulfilledSince(PledgeRow pledge, string party, DateOnly on) => pledge.Reports
        .Where(r => r.Report.Party == party && r.HoldsFrom <= on)
        .OrderByDescending(r => (r.HoldsFrom, r.Position))
        .TakeWhile(r => r.Report.Status == ClaimedStatus.Fulfilled)
        .Last().HoldsFrom;
}

using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>When a party is silent, from which day it will be, and when it is late.</summary>
public static class FollowUpRules
{
    /// <summary>Whether a party was heard of. What it claims is another thing: who said that it is done can be silent too.</summary>
    public static Freshness Freshness(PledgeRow pledge, PledgeContent content, string party, SeriesCalendar calendar, DateOnly on)
    {
        bool IsLateEnough(DateOnly? sign) => sign is { } day && !(SilentFrom(day, calendar) <= on);
        return pledge.EndedOn(on) is not null ? ImrfFollowUp.Freshness.NotApplicable
            : IsLateEnough(pledge.LatestReport(on, party)?.HoldsFrom) ? ImrfFollowUp.Freshness.Fresh
            : IsLateEnough(Accepted(pledge, content, party, on)) ? ImrfFollowUp.Freshness.NotYetExpected
            : ImrfFollowUp.Freshness.Silent;
    }

    /// <summary>True if a party's last word is that it is fulfilled or discontinued: nobody reminds it of more.</summary>
    public static bool IsDone(PledgeRow pledge, string party, DateOnly on) =>
        pledge.LatestReport(on, party)?.Report.Status is ClaimedStatus.Fulfilled or ClaimedStatus.Discontinued;

    /// <summary>The day of a party's last sign: its report, its own acceptance, or the announcement itself.</summary>
    public static DateOnly HeardOf(PledgeRow pledge, PledgeContent content, string party, DateOnly on)
    {
        var accepted = Accepted(pledge, content, party, on);
        return pledge.LatestReport(on, party)?.HoldsFrom is { } reported && reported > accepted ? reported : accepted;
    }

    /// <summary>
    /// The first day on which a party with no later sign is silent: it gave none since the series' previous regular meeting
    /// began, nor within the months that the series allows; where there was no previous meeting, or nobody knows when it
    /// began, the months alone decide. So nobody is silent the day after the forum that it reported to. Null while no day
    /// is in sight: it is heard of until a meeting is over that nobody has announced.
    /// </summary>
    public static DateOnly? SilentFrom(DateOnly heardOf, SeriesCalendar calendar)
    {
        var months = calendar.Series?.Settings.SilentAfterMonths ?? 12;
        if (MonthNumber(heardOf) + months > MonthNumber(DateOnly.MaxValue))
        {
            return null;
        }
        // Months differ in length: from 31 January, one month is over on 1 March.
        var first = heardOf.AddMonths(months);
        while (first.AddMonths(-months) <= heardOf)
        {
            if (first == DateOnly.MaxValue)
            {
                return null;
            }
            first = first.AddDays(1);
        }
        return calendar.Regular.Select(m => m.OverBy)
            .Where(day => day >= first && day < DateOnly.MaxValue)
            .Select(day => day.AddDays(1))
            .Prepend(first)
            .Select(day => (DateOnly?)day)
            .FirstOrDefault(day => !(calendar.Previous(day!.Value)?.Starts <= heardOf));
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

    private static int MonthNumber(DateOnly day) => day.Year * 12 + day.Month;

    // Who accepted later was first heard of then.
    private static DateOnly Accepted(PledgeRow pledge, PledgeContent content, string party, DateOnly on)
    {
        var (announced, since) = (content.AnnouncedOn.Last(), pledge.OwesSince(party, on));
        return since > announced ? since.Value : announced;
    }

    private static DateOnly FulfilledSince(PledgeRow pledge, string party, DateOnly on) => pledge.Reports
        .Where(r => r.Report.Party == party && r.HoldsFrom <= on)
        .OrderByDescending(r => (r.HoldsFrom, r.Position))
        .TakeWhile(r => r.Report.Status == ClaimedStatus.Fulfilled)
        .Last().HoldsFrom;
}

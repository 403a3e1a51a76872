using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Projections.FollowUpClock;

/// <summary>When notice begins, and which reporting period a day is in.</summary>
public static class ClockRules
{
    /// <summary>The day so many weeks before another.</summary>
    public static DateOnly WeeksBefore(DateOnly day, int weeks) => day.DayNumber >= 7 * weeks ? day.AddDays(-7 * weeks) : DateOnly.MinValue;

    /// <summary>Where the notice of a meeting stands on a day. A first day that isn't exact counts from the first that it can be.</summary>
    public static (Notice Notice, DateOnly? From) NoticeOf(MeetingRow? meeting, int weeks, DateOnly on)
    {
        if (meeting is null)
        {
            return (Notice.NoMeeting, null);
        }
        if (meeting.Starts is not { } starts)
        {
            return (Notice.DateNotKnown, null);
        }
        var from = WeeksBefore(starts, weeks);
        return (on >= starts ? Notice.UnderWay : on >= from ? Notice.Begun : Notice.NotYet, from);
    }

    /// <summary>
    /// The reporting period that a day is in: half open, of so many months, counted from the day after the previous regular
    /// meeting, or from the day of the announcement where there was none. Each is counted from that first day, so that
    /// periods from the 31st don't creep to the 28th. Before the announcement, it is the first one.
    /// </summary>
    public static ClockPeriod PeriodOf(DateOnly on, MeetingRow? previous, DateOnly announced, int months)
    {
        var first = previous is null ? announced : Later(previous.OverBy, 1);
        var number = Math.Max(0, ((on.Year - first.Year) * 12 + on.Month - first.Month) / months);
        // The month of a period's first day counts once that day has come.
        if (number > 0 && Begin(number) > on)
        {
            number--;
        }
        return new ClockPeriod(Begin(number), Begin(number + 1));

        DateOnly Begin(int n) => first.Year * 12 + first.Month + n * months > DateOnly.MaxValue.Year * 12 + DateOnly.MaxValue.Month ? DateOnly.MaxValue : first.AddMonths(n * months);
    }

    private static DateOnly Later(DateOnly day, int days) => day.DayNumber + days <= DateOnly.MaxValue.DayNumber ? day.AddDays(days) : DateOnly.MaxValue;
}

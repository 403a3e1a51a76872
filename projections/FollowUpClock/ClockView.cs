using System.Text.Json.Serialization;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FollowUpClock;

/// <summary>Where the notice of a series' next regular meeting stands.</summary>
[JsonConverter(typeof(KebabEnum<Notice>))]
public enum Notice
{
    /// <summary>No regular meeting is known that isn't over.</summary>
    NoMeeting,

    /// <summary>Only the year of the next one is known: notice begins once somebody records its dates.</summary>
    DateNotKnown,

    /// <summary>Notice begins on a day to come.</summary>
    NotYet,

    /// <summary>Notice has begun, and the meeting hasn't.</summary>
    Begun,

    /// <summary>The meeting is being held.</summary>
    UnderWay,
}

/// <summary>What report is awaited of a party.</summary>
[JsonConverter(typeof(KebabEnum<Awaited>))]
public enum Awaited
{
    /// <summary>None: it was heard of lately enough, it says that it is done, or the promise is its collective's.</summary>
    Nothing,

    /// <summary>One for the next regular meeting: without it, the party would be silent once that is over.</summary>
    ForMeeting,

    /// <summary>One within the current reporting period: no meeting is known, and the party wasn't heard of in the period.</summary>
    InPeriod,
}

/// <summary>How near a party is to showing as silent.</summary>
[JsonConverter(typeof(KebabEnum<Silence>))]
public enum Silence
{
    /// <summary>The promise is its collective's: the party can't be silent.</summary>
    NotJudged,

    /// <summary>It was heard of lately enough.</summary>
    HeardOf,

    /// <summary>It will be silent within the weeks of early notice, unless it reports.</summary>
    EarlyNotice,

    /// <summary>It is silent.</summary>
    Silent,
}

/// <summary>How near the due date is.</summary>
[JsonConverter(typeof(KebabEnum<DueState>))]
public enum DueState
{
    /// <summary>Nothing is due that can be placed in time and is still to come, or the party says that it is done.</summary>
    None,

    /// <summary>Due after the next regular meeting, or after the reporting period where no meeting is known.</summary>
    Later,

    /// <summary>Due before that is over.</summary>
    Soon,

    /// <summary>Past its due date, and not claimed fulfilled.</summary>
    Late,
}

/// <summary>Who is to be reminded of what and when, at a basis.</summary>
/// <param name="Participant">Whose list it is, or null: everybody's.</param>
/// <param name="Series">Those in which somebody owes something; by the day of their next meeting, those without one last.</param>
public sealed record ClockView(Basis Basis, Named? Participant, IReadOnlyList<ClockSeries> Series)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "clock/1";
}

/// <summary>A meeting on the clock; without dates only its year is known.</summary>
public sealed record ClockMeeting(string Id, string Name, DateOnly? Starts, DateOnly? Ends, int Year);

/// <summary>A series: its meetings around the day, and its parties.</summary>
/// <param name="NoticeFrom">The day on which notice of the next meeting begins; null where its first day isn't known.</param>
/// <param name="Revision">The position of the last entry that changed the series' settings or one of its regular meetings.</param>
public sealed record ClockSeries(
    Named Series, ClockMeeting? Previous, ClockMeeting? Next, Notice Notice, DateOnly? NoticeFrom, int NoticeWeeks, int EarlyNoticeWeeks, int ReportingMonths,
    IReadOnlyList<ClockParty> Parties, [property: JsonIgnore] long Revision);

/// <summary>A party's part in a series. The same party in another series is there too, by itself.</summary>
/// <param name="Reports">How many reports are awaited.</param>
/// <param name="Due">How many commitments are due before the next meeting or the reporting period is over.</param>
/// <param name="Late">How many are past their due date.</param>
/// <param name="Milestones">How many milestones, not reached yet, are due by then or past their due date.</param>
/// <param name="EarlyNotices">Of how many it is told that it will show as silent.</param>
/// <param name="Silent">Of how many it shows as silent.</param>
public sealed record ClockParty(Named Party, int Reports, int Due, int Late, int Milestones, int EarlyNotices, int Silent, IReadOnlyList<ClockLine> Lines)
{
    /// <summary>True if it is to be reminded of anything.</summary>
    [JsonIgnore]
    public bool IsReminded => Reports + Due + Late + Milestones + EarlyNotices + Silent > 0;
}

/// <summary>A span of days: from the first one to before another.</summary>
public sealed record ClockPeriod(DateOnly From, DateOnly Before);

/// <summary>A step on the way that wasn't reached yet, and how near its due date is.</summary>
/// <param name="Code">Its code within the commitment.</param>
public sealed record ClockMilestone(string Code, string Text, DueState State, DateOnly? DueOn, Named? DueAt, string? DueWords);

/// <summary>A party's part in one commitment.</summary>
/// <param name="Part">It owes, or a collective does that it is a member of.</param>
/// <param name="Collective">That collective; the promise is the collective's.</param>
/// <param name="Claimed">What the party last said, or null: no report received.</param>
/// <param name="HeardOf">The day of its last sign; null where none is asked of it.</param>
/// <param name="SilentFrom">The day from which it shows as silent unless it reports; null where no day is in sight.</param>
/// <param name="EarlyNoticeFrom">The day from which it is told so.</param>
/// <param name="DueOn">The last day on which it is on time.</param>
/// <param name="DueAt">The meeting at which it is due.</param>
/// <param name="DueWords">The due date in the source's words.</param>
/// <param name="Milestones">Those that no report has said to be reached.</param>
/// <param name="Period">The reporting period that the day of the reading is in.</param>
/// <param name="ReportedInPeriod">True if the party reported on a day of that period.</param>
/// <param name="Revision">The position of the last entry of the commitment.</param>
public sealed record ClockLine(
    string Pledge, string Title, Coded Kind, Part Part, Named? Collective, Coded? Claimed,
    Awaited Awaited, DateOnly? HeardOf, Silence Silence, DateOnly? SilentFrom, DateOnly? EarlyNoticeFrom,
    DueState Due, DateOnly? DueOn, Named? DueAt, string? DueWords, IReadOnlyList<ClockMilestone> Milestones, ClockPeriod Period, bool ReportedInPeriod, [property: JsonIgnore] long Revision);

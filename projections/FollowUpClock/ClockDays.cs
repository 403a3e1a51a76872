using System.Security.Cryptography;
using System.Text;
using System.Text.Json.Serialization;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FollowUpClock;

/// <summary>What a day of the clock is about.</summary>
[JsonConverter(typeof(KebabEnum<DayKind>))]
public enum DayKind
{
    /// <summary>The next regular meeting is held.</summary>
    Meeting,

    /// <summary>Notice of it begins.</summary>
    Notice,

    /// <summary>The party is told that it will show as silent.</summary>
    EarlyNotice,

    /// <summary>It shows as silent from here.</summary>
    Silent,

    /// <summary>A commitment is due.</summary>
    Due,

    /// <summary>A commitment is past its due date.</summary>
    Late,

    /// <summary>A milestone is due.</summary>
    Milestone,
}

/// <summary>Something that a participant's clock says of one day or some.</summary>
/// <param name="Id">The same as long as it is about the same thing, whatever becomes of its date; differs between registries.</param>
/// <param name="From">Its first day.</param>
/// <param name="Before">The day after its last.</param>
/// <param name="ToldFrom">The day from which the party is told of it.</param>
/// <param name="Revision">Grows with every entry that may have changed it.</param>
/// <param name="ChangedAt">When the last of those entries was recorded, or it began to be told, whichever is later.</param>
/// <param name="Meeting">For a meeting and its notice.</param>
/// <param name="Line">For what is about a commitment.</param>
/// <param name="Milestone">For a milestone of that commitment.</param>
/// <param name="Reports">For a meeting and its notice: how many reports are awaited.</param>
public sealed record ClockDay(
    Guid Id, DayKind Kind, DateOnly From, DateOnly Before, DateOnly ToldFrom, long Revision, DateTimeOffset ChangedAt,
    ClockSeries Series, ClockMeeting? Meeting, ClockLine? Line, ClockMilestone? Milestone, int Reports);

/// <summary>The days of a participant's clock at a basis, in order.</summary>
/// <param name="Id">Names the participant's clock in this registry.</param>
/// <param name="Stamp">When the basis was new: the time of its last entry, or the start of its day, whichever is later. No clock is read.</param>
public sealed record ClockDays(Basis Basis, Named Participant, Guid Id, DateTimeOffset Stamp, IReadOnlyList<ClockDay> Days)
{
    /// <summary>Raised when the same entries would make another feed or calendar.</summary>
    public const string View = "clock-days/1";

    /// <summary>What the party is told of by the day of the basis: the newest first. The meeting itself is in its notice.</summary>
    public IEnumerable<ClockDay> Told => Days
        .Where(d => d.ToldFrom <= Basis.On && d.Kind switch
        {
            DayKind.Meeting => false,
            // What was to come has come: only that is told.
            DayKind.EarlyNotice => d.Line!.Silence != Silence.Silent,
            DayKind.Due => d.Line!.Due != DueState.Late,
            _ => true,
        })
        .OrderByDescending(d => d.ChangedAt).ThenBy(d => d.Id);

    internal static ClockDays Of(ClockView view, ReadModels models)
    {
        var basis = view.Basis;
        var party = view.Participant!;
        var registry = models.History.At(0).Id;
        return new ClockDays(
            basis, party, Named(registry, party.Id, "clock"), Later(basis.On, models.History.At(basis.Size - 1).RecordedAt),
            [
                .. view.Series.SelectMany(s => s.Parties.SelectMany(p => Of(s, p)))
                    .Select(d => new ClockDay(Named(registry, party.Id, d.Key), d.Kind, d.From, d.Before, d.Told, d.Revision, Later(d.Told, models.History.At(d.Revision).RecordedAt), d.Series, d.Meeting, d.Line, d.Milestone, d.Reports))
                    .OrderBy(d => d.From).ThenBy(d => d.Kind).ThenBy(d => d.Id),
            ]);
    }

    private static IEnumerable<Day> Of(ClockSeries series, ClockParty party)
    {
        var owes = party.Lines.Any(l => l.Part == Part.Owes);
        if (owes && series.Next is { Starts: { } starts, Ends: { } ends } next)
        {
            var revision = party.Lines.Select(l => l.Revision).Append(series.Revision).Max();
            var day = new Day($"meeting/{next.Id}", DayKind.Meeting, starts, After(ends), series.NoticeFrom!.Value, revision, series, next, null, null, party.Reports);
            yield return day;
            if (party.IsReminded)
            {
                yield return day with { Key = $"notice/{next.Id}", Kind = DayKind.Notice, From = series.NoticeFrom.Value, Before = After(series.NoticeFrom.Value) };
            }
        }
        foreach (var line in party.Lines)
        {
            var revision = Math.Max(line.Revision, series.Revision);
            if (line is { SilentFrom: { } silent, EarlyNoticeFrom: { } early })
            {
                yield return On(DayKind.EarlyNotice, early, early);
                yield return On(DayKind.Silent, silent, silent);
            }
            if (line is { DueOn: { } due, Due: not DueState.None })
            {
                yield return On(DayKind.Due, due, ClockRules.WeeksBefore(due, series.NoticeWeeks));
                if (line.Due == DueState.Late)
                {
                    yield return On(DayKind.Late, After(due), After(due));
                }
            }
            foreach (var milestone in line.Milestones)
            {
                if (milestone.DueOn is { } reach)
                {
                    yield return On(DayKind.Milestone, reach, ClockRules.WeeksBefore(reach, series.NoticeWeeks)) with { Key = $"milestone/{line.Pledge}/{milestone.Code}", Milestone = milestone };
                }
            }

            Day On(DayKind kind, DateOnly from, DateOnly told) => new($"{kind.Code()}/{line.Pledge}", kind, from, After(from), told, revision, series, null, line, null, 0);
        }
    }

    private static DateOnly After(DateOnly day) => day == DateOnly.MaxValue ? day : day.AddDays(1);

    private static DateTimeOffset Later(DateOnly day, DateTimeOffset time)
    {
        var start = new DateTimeOffset(day.ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        return start > time ? start : time;
    }

    // A UUID of version 8 (RFC 9562): the first bits of SHA-256 of the registry's first entry and what it is about.
    private static Guid Named(Guid registry, string participant, string key)
    {
        var bytes = SHA256.HashData(Encoding.UTF8.GetBytes($"{registry:D}/{participant}/{key}"))[..16];
        bytes[6] = (byte)(0x80 | (bytes[6] & 0x0F));
        bytes[8] = (byte)(0x80 | (bytes[8] & 0x3F));
        return new Guid(bytes, bigEndian: true);
    }

    private sealed record Day(
        string Key, DayKind Kind, DateOnly From, DateOnly Before, DateOnly Told, long Revision, ClockSeries Series, ClockMeeting? Meeting, ClockLine? Line, ClockMilestone? Milestone, int Reports);
}

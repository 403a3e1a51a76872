using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FollowUpClock;

/// <summary>Makes the clock from the timelines at a basis: a pure function of both.</summary>
internal sealed class ClockBuilder(ReadModels models, GetFollowUpClock request)
{
    private readonly Reading reading = request.Reading;
    private readonly Labels labels = new(models, request.Reading);
    private readonly Parties parties = new(models.Participants, request.Reading);
    private readonly Dictionary<string, SeriesCalendar> calendars = new(StringComparer.Ordinal);

    private DateOnly On => reading.On;

    public ClockView Build(CancellationToken cancel)
    {
        var lines = new List<(string Series, string Party, ClockLine Line)>();
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            var content = pledge.On(On);
            if (models.Meetings.Meeting(content.Meeting, reading.Size)?.Content.Series is { } series
                && (request.Series is null || request.Series == series)
                // What ended, or goes on under another id, is awaited of nobody.
                && pledge.EndedOn(On) is null)
            {
                lines.AddRange(parties.In(pledge, content).Where(p => Wanted(p, pledge)).Select(p => (series, p.Participant, Line(p, pledge, content, Calendar(series)))));
            }
        }
        return new ClockView(
            reading.Basis, request.Participant is { } code ? labels.Participant(code) : null,
            [
                .. lines.GroupBy(l => l.Series).Select(g => Series(Calendar(g.Key), [.. g.GroupBy(l => l.Party, l => l.Line).OrderBy(p => p.Key, StringComparer.Ordinal).Select(Party)]))
                    .OrderBy(s => s.Next?.Starts ?? (s.Next is { } next ? new DateOnly(next.Year, 12, 31) : DateOnly.MaxValue)).ThenBy(s => s.Series.Id, StringComparer.Ordinal),
            ]);
    }

    // Who was asked owes nothing. A member is told of its collective's promise on its own list, and on no list of others.
    private bool Wanted(PartIn part, PledgeRow pledge) => request.Participant is not { } code
        ? part.Part == Part.Owes
        : part.Participant == code && (part.Part == Part.Owes
            // What the collective itself says is done, its members needn't be told of.
            || (part.Part == Part.OwesAsMember && !FollowUpRules.IsDone(pledge, part.Collective!, On)));

    private ClockLine Line(PartIn part, PledgeRow pledge, PledgeContent content, SeriesCalendar calendar)
    {
        var party = part.Participant;
        var report = pledge.LatestReport(On, party);
        // A collective's promise isn't its members' own: only the collective, and who reported, can be silent.
        var judged = part.Part == Part.Owes || report is not null;
        var done = FollowUpRules.IsDone(pledge, party, On);
        var (previous, next) = (calendar.Previous(On), calendar.Next(On));
        var period = ClockRules.PeriodOf(On, previous, content.AnnouncedOn.Last(), calendar.Series!.Settings.ReportingMonths);
        var heardOf = FollowUpRules.HeardOf(pledge, content, party, On);
        var silentFrom = judged ? FollowUpRules.SilentFrom(heardOf, calendar) : null;
        var earlyFrom = silentFrom is { } from ? ClockRules.WeeksBefore(from, calendar.Series.Settings.EarlyNoticeWeeks) : (DateOnly?)null;
        var awaited = part.Part != Part.Owes || done ? Awaited.Nothing
            : next is not null ? silentFrom is { } day && day.DayNumber <= next.OverBy.DayNumber + 1 ? Awaited.ForMeeting : Awaited.Nothing
            : heardOf < period.From ? Awaited.InPeriod : Awaited.Nothing;
        // A party's own share may be due on a day of its own.
        var due = pledge.ShareOf(party, On)?.Share.Due ?? content.Due;
        var dueOn = FollowUpRules.DueOn(due, models.Meetings, reading.Size);
        var horizon = next?.OverBy ?? period.Before.AddDays(-1);
        return new ClockLine(
            pledge.Id, content.Title, labels.Code("pledge-kind", content.Kind.Code()), part.Part, part.Collective is { } c ? labels.Participant(c) : null,
            labels.OptionalCode("claimed-status", report?.Report.Status.Code()),
            awaited, judged ? heardOf : null,
            !judged ? Silence.NotJudged : silentFrom <= On ? Silence.Silent : earlyFrom <= On ? Silence.EarlyNotice : Silence.HeardOf,
            silentFrom, earlyFrom,
            done ? DueState.None : State(part.Part == Part.Owes, due, dueOn, horizon),
            dueOn, due?.Meeting is { } m ? labels.Meeting(m) : null, due?.Words, part.Part == Part.Owes && !done ? Milestones(pledge, content, horizon) : [], period,
            pledge.Reports.Any(r => r.Report.Party == party && r.HoldsFrom >= period.From && r.HoldsFrom < period.Before && r.HoldsFrom <= On),
            pledge.LastPosition);
    }

    // Those that no report has said to be reached. It is the pledge that has them, whoever reaches them.
    private ClockMilestone[] Milestones(PledgeRow pledge, PledgeContent content, DateOnly horizon) =>
    [
        .. content.Milestones
            .Where(m => !pledge.Reports.Any(r => r.HoldsFrom <= On && r.Report.Milestones.Any(reached => reached.Milestone == m.Code)))
            .Select(m => (Milestone: m, On: FollowUpRules.DueOn(m.Due, models.Meetings, reading.Size)))
            .Select(m => new ClockMilestone(
                m.Milestone.Code, m.Milestone.Text, State(true, m.Milestone.Due, m.On, horizon), m.On,
                m.Milestone.Due.Meeting is { } id ? labels.Meeting(id) : null, m.Milestone.Due.Words)),
    ];

    // Only who owes can be late, and only by a day that is known: of a meeting without dates it is known when it will be over.
    private DueState State(bool owes, Due? due, DateOnly? dueOn, DateOnly horizon) =>
        (dueOn ?? (due?.Meeting is { } id ? models.Meetings.Meeting(id, reading.Size)?.OverBy : null)) is not { } day ? DueState.None
        : day < On ? owes && dueOn is not null ? DueState.Late : DueState.None
        : day <= horizon ? DueState.Soon
        : DueState.Later;

    private ClockParty Party(IGrouping<string, ClockLine> lines) => new(
        labels.Participant(lines.Key), lines.Count(l => l.Awaited != Awaited.Nothing), lines.Count(l => l.Due == DueState.Soon), lines.Count(l => l.Due == DueState.Late),
        lines.Sum(l => l.Milestones.Count(m => m.State is DueState.Soon or DueState.Late)), lines.Count(l => l.Silence == Silence.EarlyNotice), lines.Count(l => l.Silence == Silence.Silent), [.. lines]);

    private ClockSeries Series(SeriesCalendar calendar, ClockParty[] all)
    {
        var row = calendar.Series!;
        var next = calendar.Next(On);
        var (notice, from) = ClockRules.NoticeOf(next, row.Settings.NoticeWeeks, On);
        return new ClockSeries(
            new Named(row.Code, row.Name(reading.Language)), Meeting(calendar.Previous(On)), Meeting(next), notice, from,
            row.Settings.NoticeWeeks, row.Settings.EarlyNoticeWeeks, row.Settings.ReportingMonths, all,
            calendar.Regular.Select(m => m.LastPosition).Append(row.LastPosition).Max());
    }

    private SeriesCalendar Calendar(string series)
    {
        if (!calendars.TryGetValue(series, out var calendar))
        {
            calendars.Add(series, calendar = models.Meetings.Calendar(series, reading.Size));
        }
        return calendar;
    }

    private ClockMeeting? Meeting(MeetingRow? meeting) =>
        meeting is null ? null : new ClockMeeting(meeting.Id, meeting.Name(reading.Language), meeting.Starts, meeting.Ends, meeting.Content.Year);
}

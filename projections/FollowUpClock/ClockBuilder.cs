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
                && !pledge.WithdrawnOn(On))
            {
                lines.AddRange(parties.In(content).Where(p => Wanted(p, pledge)).Select(p => (series, p.Participant, Line(p, pledge, content, Calendar(series)))));
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
        var dueOn = FollowUpRules.DueOn(content, models.Meetings, reading.Size);
        return new ClockLine(
            pledge.Id, content.Title, labels.Code("pledge-kind", content.Kind.Code()), part.Part, part.Collective is { } c ? labels.Participant(c) : null,
            labels.OptionalCode("claimed-status", report?.Report.Status.Code()),
            awaited, judged ? heardOf : null,
            !judged ? Silence.NotJudged : silentFrom <= On ? Silence.Silent : earlyFrom <= On ? Silence.EarlyNotice : Silence.HeardOf,
            silentFrom, earlyFrom,
            done ? DueState.None : Due(part.Part == Part.Owes, dueOn ?? MeetingOverBy(content), dueOn is not null, next?.OverBy ?? period.Before.AddDays(-1)),
            dueOn, content.Due?.Meeting is { } m ? labels.Meeting(m) : null, content.Due?.Words, period,
            pledge.Reports.Any(r => r.Report.Party == party && r.HoldsFrom >= period.From && r.HoldsFrom < period.Before && r.HoldsFrom <= On),
            pledge.LastPosition);
    }

    private DateOnly? MeetingOverBy(PledgeContent content) => content.Due?.Meeting is { } id ? models.Meetings.Meeting(id, reading.Size)?.OverBy : null;

    // Only who owes can be late, and only by a day that is known.
    private DueState Due(bool owes, DateOnly? day, bool exact, DateOnly horizon) =>
        day is not { } due ? DueState.None
        : due < On ? owes && exact ? DueState.Late : DueState.None
        : due <= horizon ? DueState.Soon
        : DueState.Later;

    private ClockParty Party(IGrouping<string, ClockLine> lines) => new(
        labels.Participant(lines.Key), lines.Count(l => l.Awaited != Awaited.Nothing), lines.Count(l => l.Due == DueState.Soon), lines.Count(l => l.Due == DueState.Late),
        lines.Count(l => l.Silence == Silence.EarlyNotice), lines.Count(l => l.Silence == Silence.Silent), [.. lines]);

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

using System.Globalization;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>Makes the follow-up from the timelines at a basis: a pure function of both.</summary>
internal sealed class FollowUpBuilder(ReadModels models, GetImrfFollowUp request)
{
    private const string Series = "IMRF", Scheme = "gcm";

    private readonly Reading reading = request.Reading;
    private readonly Parties parties = new(models.Participants, request.Reading);
    private readonly SeriesCalendar calendar = models.Meetings.Calendar(Series, request.Reading.Size);

    public FollowUpView Build(CancellationToken cancel)
    {
        var forum = Forum();
        var lines = new List<FollowUpLine>();
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            var content = pledge.On(reading.On);
            if (InCycle(content))
            {
                lines.AddRange(Lines(pledge, content, forum));
            }
        }
        lines = [.. lines.Where(Wanted)];
        return new FollowUpView(
            reading.Basis, request.Cycle, Summary(forum), Summary(calendar.Next(reading.On)),
            FollowUpCounter.Count(lines),
            [.. Kebab.Codes<PledgeKind>().Select(k => Group(k, models.Frameworks.Label("pledge-kind", k, reading), lines.Where(l => l.Kind == k)))],
            [.. Objectives(lines).OrderBy(g => g.Counts.Commitments.Values.Sum() > 0)],
            [.. (forum?.Clusters ?? []).Select(c => Group(c.Code, c.Code, lines.Where(l => l.RoundTables.Contains(c.Code))))],
            [.. lines.Where(l => l.Party is not null).GroupBy(l => (l.Party, l.PartyName)).OrderBy(g => g.Key.Party, StringComparer.Ordinal)
                .Select(g => Group(g.Key.Party!, g.Key.PartyName!, g))],
            lines,
            Changes(forum, lines));
    }

    private MeetingRow? Forum() => models.Meetings.Meetings(reading.Size).FirstOrDefault(m =>
        m.Content.Series == Series
        && m.Content.Type == (calendar.Series?.Settings.RegularMeetingType ?? "forum")
        && m.Content.Year.ToString(CultureInfo.InvariantCulture) == request.Cycle);

    private bool InCycle(PledgeContent content) =>
        models.Meetings.Meeting(content.Meeting, reading.Size) is { } meeting
        && meeting.Content.Series == Series
        && (content.Cycle ?? meeting.Content.Year).ToString(CultureInfo.InvariantCulture) == request.Cycle;

    private IEnumerable<FollowUpLine> Lines(PledgeRow pledge, PledgeContent content, MeetingRow? forum)
    {
        string[] objectives =
        [
            .. pledge.ActiveMappings.Where(m => m.Item.Framework.StartsWith(Scheme + "/", StringComparison.Ordinal))
                .Select(m => Objective(m.Item.Framework, m.Item.Item)).Distinct().Order(StringComparer.Ordinal),
        ];
        string[] tables = [.. (forum?.Clusters ?? []).Where(c => c.Items.Any(objectives.Contains)).Select(c => c.Code)];
        var due = FollowUpRules.DueOn(content, models.Meetings, reading.Size);
        var line = new FollowUpLine(
            pledge.Id, content.Title, content.Kind.Code(), content.Modality, content.Meeting, null, null, null, null, null, null, null, null, null,
            Freshness.NotApplicable, Timeliness.NotApplicable, due, content.Due?.Words, objectives, tables, pledge.EndedOn(reading.On), pledge.Position);
        var any = false;
        // Each has its own line; a collective's promise isn't its members' own, and has one line, the collective's.
        foreach (var part in parties.In(pledge, content).Where(p => p.Part is Part.Owes or Part.Asked or Part.Invited or Part.Declined or Part.Left || Reported(pledge, p)))
        {
            any = true;
            var own = line with { Party = part.Participant, PartyName = models.Participants.Name(part.Participant, reading), Part = part.Part, Collective = part.Collective };
            yield return part.Part is Part.Owes or Part.OwesAsMember ? Owed(own, pledge, content, due) : own with { Claimed = Claimed(pledge, part), Answer = pledge.AnswerOf(part.Participant, reading.On)?.Answer.Code() };
        }
        if (!any)
        {
            yield return line;
        }
    }

    // A member of a collective that reported, or answered, has a line for it.
    private bool Reported(PledgeRow pledge, PartIn part) =>
        (part.Part == Part.OwesAsMember && pledge.LatestReport(reading.On, part.Participant) is not null)
        || (part.Part == Part.AskedAsMember && pledge.AnswerOf(part.Participant, reading.On) is not null);

    private FollowUpLine Owed(FollowUpLine line, PledgeRow pledge, PledgeContent content, DateOnly? due)
    {
        var report = pledge.LatestReport(reading.On, line.Party);
        var ownDue = pledge.ShareOf(line.Party!, reading.On)?.Share.Due is { } shared ? FollowUpRules.DueOn(shared, models.Meetings, reading.Size) : due;
        return line with
        {
            Claimed = report?.Report.Status.Code(),
            ClaimedOn = report?.HoldsFrom,
            Verified = FollowUpRules.Verified(pledge.LatestReview(reading.On, independent: false, line.Party!), line.Party!),
            Independent = pledge.LatestReview(reading.On, independent: true, line.Party!)?.Review.View.Code(),
            Freshness = FollowUpRules.Freshness(pledge, content, line.Party!, calendar, reading.On),
            Timeliness = FollowUpRules.Timeliness(pledge, line.Party!, ownDue, reading.On),
            DueOn = ownDue,
        };
    }

    // What a party that left had claimed stays its own.
    private string? Claimed(PledgeRow pledge, PartIn part) => part.Part == Part.Left ? pledge.LatestReport(reading.On, part.Participant)?.Report.Status.Code() : null;

    private string Objective(string framework, string item)
    {
        var row = models.Frameworks.At(framework, reading.Size);
        return row?.Find(item)?.Parent ?? item;
    }

    private IEnumerable<FollowUpGroup> Objectives(List<FollowUpLine> lines) =>
        models.Frameworks.Current(Scheme, reading)?.Items
            .Where(i => i.Level == "objective")
            .Select(i => Group(i.Code, i.Labels.For(reading.Language) ?? i.Code, lines.Where(l => l.Objectives.Contains(i.Code)))) ?? [];

    private bool Wanted(FollowUpLine line) =>
        (request.Objective is null || line.Objectives.Contains(request.Objective))
        && (request.RoundTable is null || line.RoundTables.Contains(request.RoundTable))
        // What a collective owes or was asked touches each of its members, as the collective's.
        && (request.Party is null || (line.Party is { } party && parties.Includes(party, request.Party)))
        && (request.Kind is null || line.Kind == request.Kind);

    private FollowUpChange[] Changes(MeetingRow? forum, List<FollowUpLine> lines)
    {
        if (forum?.Ends is not { } ended)
        {
            return [];
        }
        var titles = lines.DistinctBy(l => l.Pledge).ToDictionary(l => $"pledge/{l.Pledge}", l => (l.Pledge, l.Title), StringComparer.Ordinal);
        return
        [
            .. models.History.Recorded(reading.Size, ended, reading.On, titles.Keys)
                // A clearance is of the change before it, and none of its own.
                .Where(h => h.Event is not ClearanceEvent)
                .Select(h => new FollowUpChange(h.Position, titles[h.Stream].Pledge, titles[h.Stream].Title, h.Type, h.RecordedAt)),
        ];
    }

    private FollowUpMeeting? Summary(MeetingRow? meeting) =>
        meeting is null ? null : new FollowUpMeeting(meeting.Id, meeting.Name(reading.Language), meeting.Starts, meeting.Ends);

    private static FollowUpGroup Group(string code, string label, IEnumerable<FollowUpLine> lines) => new(code, label, FollowUpCounter.Count([.. lines]));
}

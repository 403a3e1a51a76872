using System.Globalization;
using MediatR;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.MeetingPack;

/// <summary>Asks for the pack of a meeting: as of its end, or of the reading where that is earlier.</summary>
public sealed record GetMeetingPack(Reading Reading, string Meeting) : IRequest<MeetingPackView?>;

public sealed class GetMeetingPackHandler(ReadModels models, Registry registry) : IRequestHandler<GetMeetingPack, MeetingPackView?>
{
    private const string Rcm = "RCM", Imrf = "IMRF";

    private readonly Moments moments = new(models, registry);
    private readonly GetDifferencesHandler differences = new(models, registry);

    /// <summary>What the pack of a meeting is made from, for a reader of this reading; null where there is no such meeting.</summary>
    public Basis? Made(string meeting, Reading reading) => models.Meetings.Meeting(meeting, reading.Size) is { } row ? moments.Of(row, reading) : null;

    public async Task<MeetingPackView?> Handle(GetMeetingPack request, CancellationToken cancellationToken)
    {
        if (models.Meetings.Meeting(request.Meeting, request.Reading.Size) is not { } meeting || Made(request.Meeting, request.Reading) is not { } made)
        {
            return null;
        }
        var reading = request.Reading with { Basis = made };
        var labels = new Labels(models, reading);
        var series = meeting.Content.Series;
        var calendar = models.Meetings.Calendar(series, made.Size);
        // Before the meeting itself, however early it is read.
        var before = calendar.Regular.LastOrDefault(m => m.OverBy < meeting.OverBy && m.OverBy < made.On && m.Id != meeting.Id);
        var previous = before is null ? null : new PackMeeting(labels.Meeting(before.Id), before.OverBy, moments.Of(before, reading));
        var after = calendar.Regular.FirstOrDefault(m => m.OverBy > meeting.OverBy);
        var clock = new ClockBuilder(models, new GetFollowUpClock(reading, Series: series)).Build(cancellationToken);
        string[] cycles = series == Imrf ? [.. new[] { before, meeting }.OfType<MeetingRow>().Select(m => m.Content.Year.ToString(CultureInfo.InvariantCulture)).Distinct()] : [];
        FollowUpView[] followUps = [.. cycles.Select(c => new FollowUpBuilder(models, new GetImrfFollowUp(reading, c)).Build(cancellationToken)).Where(f => f.Lines.Count > 0)];
        return new MeetingPackView(
            request.Reading.Basis, made, registry.Tree.Root(made.Size).ToString(), moments.Instead(meeting, request.Reading) != HeadInstead.No, labels.Meeting(meeting.Id), new Named(series, calendar.Series?.Name(reading.Language) ?? series),
            meeting.Content.From, meeting.Content.To, meeting.Content.Year, meeting.Content.Place, previous, after is null ? null : new PackMeeting(labels.Meeting(after.Id), after.OverBy, null),
            series == Rcm ? new GridBuilder(models, new GetRcmProgressGrid(reading)).Build(cancellationToken) : null, followUps,
            previous is null ? [] : await ChangesAsync(series, followUps, previous, reading, cancellationToken), NotReported(clock), Due(clock, made.On, after))
        {
            Silence = SilenceOf(clock),
        };
    }

    private static PackSilence SilenceOf(ClockView clock)
    {
        var lines = clock.Series.SelectMany(s => s.Parties).SelectMany(p => p.Lines).ToArray();
        return lines.Length == 0 ? PackSilence.NobodyOwes
            : Array.Exists(lines, IsTold) ? PackSilence.Told
            : Array.TrueForAll(lines, l => l.Claimed is not null) ? PackSilence.AllReported
            : PackSilence.NotExpectedYet;
    }

    private static bool IsTold(ClockLine line) => line.Silence == Silence.Silent || line.Awaited != Awaited.Nothing;

    private async Task<DifferencesView[]> ChangesAsync(string series, FollowUpView[] followUps, PackMeeting previous, Reading reading, CancellationToken cancel)
    {
        (string View, Dictionary<string, string> Filter)[] compared = series switch
        {
            Rcm => [("rcm-grid", [])],
            Imrf => [.. followUps.Select(f => ("imrf-follow-up", new Dictionary<string, string> { ["cycle"] = f.Cycle }))],
            _ => [("pledges", new Dictionary<string, string> { ["series"] = series })],
        };
        var changes = new List<DifferencesView>();
        foreach (var (view, filter) in compared)
        {
            var query = new GetDifferences(reading, previous.Moment!, ComparedViews.Find(view)!, filter, Limit: 500, SinceMeeting: previous.Meeting.Id);
            changes.Add((await differences.Handle(query, cancel))!);
        }
        return [.. changes];
    }

    // Whoever would be silent once the meeting is over, and whoever is already.
    private static PackParty[] NotReported(ClockView clock) =>
    [
        .. clock.Series.SelectMany(s => s.Parties)
            .Select(p => new PackParty(p.Party,
            [
                .. p.Lines.Where(IsTold)
                    .Select(l => new PackReport(l.Pledge, l.Title, l.Kind, l.Silence, l.HeardOf, l.SilentFrom)),
            ]))
            .Where(p => p.Reports.Count > 0),
    ];

    private static PackDue[] Due(ClockView clock, DateOnly on, MeetingRow? next)
    {
        bool IsWanted(DateOnly? due, DueState state) => due is not null && (state == DueState.Late || (due >= on && state != DueState.None && !(due > next?.OverBy)));
        return
        [
            .. clock.Series.SelectMany(s => s.Parties).SelectMany(p => p.Lines.SelectMany(l => l.Milestones
                    .Where(m => IsWanted(m.DueOn, m.State)).Select(m => new PackDue(p.Party, l.Pledge, l.Title, m.Text, m.DueOn!.Value, m.State == DueState.Late, l.Claimed))
                    .Concat(IsWanted(l.DueOn, l.Due) ? [new PackDue(p.Party, l.Pledge, l.Title, null, l.DueOn!.Value, l.Due == DueState.Late, l.Claimed)] : [])))
                .OrderBy(d => d.DueOn).ThenBy(d => d.Pledge, StringComparer.Ordinal).ThenBy(d => d.Party.Id, StringComparer.Ordinal),
        ];
    }
}

using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.RcmProgressGrid;

/// <summary>Makes the grid from the timelines at a basis: a pure function of both.</summary>
internal sealed class GridBuilder(ReadModels models, GetRcmProgressGrid request)
{
    private const string Series = "RCM", Scheme = "rcm-areas", ReportKind = "report", Nobody = "";

    // Rows in this order; who has none of these roles but a part in the matter comes last, as invited.
    private static readonly string[] Roles = ["member", "observer-country", "observer-organization", "civil-society"];
    private const string Invited = "invited", Collective = "collective";

    private readonly Reading reading = request.Reading;
    private readonly Parties parties = new(models.Participants, request.Reading);
    private readonly Dictionary<(string Participant, string Area), List<GridOwed>> owed = [];
    private readonly Dictionary<(string Participant, string Area), List<GridOwed>> asked = [];
    private readonly Dictionary<(string Participant, string Area, string Kind), List<GridRecorded>> recorded = [];
    private readonly HashSet<string> involved = new(StringComparer.Ordinal);

    public GridView Build(CancellationToken cancel)
    {
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            AddPledge(pledge);
        }
        foreach (var initiative in models.Initiatives.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            AddInitiative(initiative);
        }
        var found = owed.Keys.Concat(asked.Keys).Select(k => k.Area).Concat(recorded.Keys.Select(k => k.Area));
        GridArea[] areas = [.. Columns(Scheme, found).Select(c => new GridArea(c.Code, c.Label))];
        var foundKinds = recorded.Keys.Select(k => k.Kind).Where(k => k != ReportKind);
        GridKind[] kinds = [.. Columns("initiative-kind", foundKinds).Select(c => new GridKind(c.Code, c.Label)), new GridKind(ReportKind, ReportKind)];
        var groups = Groups(areas, kinds);
        var nobody = Cells(Nobody, areas, kinds);
        var totals = areas.Select((_, i) => groups.SelectMany(g => g.Rows).Aggregate(CellCount.None, (sum, row) => sum + row.Cells[i].Count)).ToArray();
        return new GridView(reading.Basis, areas, kinds, groups, nobody, totals, totals.Aggregate(CellCount.None, (a, b) => a + b));
    }

    // The version in use, and what is found under codes that it no longer has: nothing goes missing when a list changes.
    private IEnumerable<Coded> Columns(string scheme, IEnumerable<string> found)
    {
        string[] inUse = [.. models.Frameworks.Current(scheme, reading)?.Items.Select(i => i.Code) ?? []];
        return inUse.Concat(found.Distinct().Except(inUse).Order(StringComparer.Ordinal)).Select(c => new Coded(c, models.Frameworks.Label(scheme, c, reading)));
    }

    private void AddPledge(PledgeRow pledge)
    {
        var content = pledge.On(reading.On);
        var areas = pledge.ActiveMappings.Select(m => m.Item).Where(i => i.Framework.StartsWith(Scheme + "/", StringComparison.Ordinal)).Select(i => i.Item).Distinct().ToArray();
        if (areas.Length == 0)
        {
            return;
        }
        var ended = pledge.EndedOn(reading.On);
        var named = false;
        foreach (var part in parties.In(pledge, content).Where(p => p.Part != Part.Said))
        {
            named = true;
            involved.Add(part.Participant);
            var latest = pledge.LatestReport(reading.On, part.Participant);
            var item = new GridOwed(pledge.Id, content.Title, content.Kind.Code(), part.Part, part.Collective, latest?.Report.Status.Code(), latest?.HoldsFrom, ended, pledge.Position);
            foreach (var area in areas)
            {
                Add(part.Part is Part.Owes or Part.OwesAsMember or Part.Left ? owed : asked, (part.Participant, area), item);
            }
        }
        if (!named)
        {
            foreach (var area in areas)
            {
                Add(owed, (Nobody, area), new GridOwed(pledge.Id, content.Title, content.Kind.Code(), Part.Owes, null, null, null, ended, pledge.Position));
            }
        }
        foreach (var report in pledge.Reports.Where(r => r.HoldsFrom <= reading.On && InPeriod(r.HoldsFrom) && ReportedToMeeting(r.HoldsFrom)))
        {
            involved.Add(report.Report.Party);
            foreach (var area in areas)
            {
                Add(recorded, (report.Report.Party, area, ReportKind),
                    new GridRecorded(pledge.Id, report.Number, content.Title, report.Report.Status.Code(), content.Meeting, report.HoldsFrom, ended, report.Position));
            }
        }
    }

    private void AddInitiative(InitiativeRow initiative)
    {
        // What it was when it was reported there and then, whatever became of it later.
        var phases = initiative.PhasesBy(reading.On).Where(p => InPeriod(p.From) && (request.Meeting is null || p.Content.Meeting == request.Meeting));
        if (InitiativeRow.Latest(phases) is not { } phase)
        {
            return;
        }
        var content = phase.Content;
        involved.Add(content.Participant);
        var item = new GridRecorded(
            initiative.Id, null, content.Title.For(reading.Language) ?? initiative.Id, content.Novelty, content.Meeting, phase.From, initiative.WithdrawnOn(reading.On) ? EndingKind.Withdrawn : null, initiative.Position);
        foreach (var area in content.Areas)
        {
            Add(recorded, (content.Participant, area, content.Kind), item);
        }
    }

    private GridGroup[] Groups(GridArea[] areas, GridKind[] kinds)
    {
        var grouped = Roles.ToDictionary(r => r, _ => new List<ParticipantRow>());
        grouped.Add(Invited, []);
        grouped.Add(Collective, []);
        foreach (var participant in models.Participants.At(reading.Size))
        {
            var role = Roles.FirstOrDefault(r => participant.HasRole(r, Series, reading.On));
            if (role is not null)
            {
                grouped[role].Add(participant);
            }
            else if (TookPart(participant))
            {
                grouped[participant.IsCollective ? Collective : Invited].Add(participant);
            }
        }
        return
        [
            .. grouped.Select(g => new GridGroup(g.Key, models.Frameworks.Label(g.Key == Collective ? "participant-type" : "participant-role", g.Key, reading),
                [.. g.Value.Select(p => Row(p, areas, kinds)).OrderBy(r => r.Participant, StringComparer.Ordinal)])),
        ];
    }

    // A collective has a row of its own only where it owes, was asked or reported itself.
    private bool TookPart(ParticipantRow participant) =>
        involved.Contains(participant.Code)
        || (!participant.IsCollective && participant.Roles.Exists(r =>
            r.Holds(reading.On) && models.Meetings.Meeting(r.Scope ?? "", reading.Size)?.Content.Series == Series));

    private GridRow Row(ParticipantRow participant, GridArea[] areas, GridKind[] kinds)
    {
        var cells = Cells(participant.Code, areas, kinds);
        return new GridRow(participant.Code, participant.Name(reading.Language), cells, cells.Aggregate(CellCount.None, (sum, c) => sum + c.Count));
    }

    private GridCell[] Cells(string participant, GridArea[] areas, GridKind[] kinds) =>
    [
        .. areas.Select(area =>
        {
            var owes = Of(owed, (participant, area.Code));
            var wasAsked = Of(asked, (participant, area.Code));
            GridRecordedKind[] byKind = [.. kinds.Select(k => new GridRecordedKind(k.Code, Of(recorded, (participant, area.Code, k.Code))))];
            var own = owes.Where(o => o.Counts).ToLookup(o => o.Collective is null);
            var ownAsked = wasAsked.Where(o => o.Counts).ToLookup(o => o.Collective is null);
            return new GridCell(area.Code, owes, wasAsked, byKind, new CellCount(
                own[true].Count(), ownAsked[true].Count(), byKind.Sum(k => k.Entries.Count(e => e.Ended.Counts())), own[false].Count(), ownAsked[false].Count()));
        }),
    ];

    private bool InPeriod(DateOnly effective) =>
        (request.From is not { } from || from <= effective) && (request.Until is not { } until || effective < until);

    // A report names no meeting: it is news to the regular meeting by whose end it holds, since the end of the one before.
    private bool ReportedToMeeting(DateOnly effective)
    {
        if (request.Meeting is null)
        {
            return true;
        }
        var next = models.Meetings.NextRegular(Series, reading with { Basis = reading.Basis with { On = effective } });
        return next?.Id == request.Meeting;
    }

    private static void Add<TKey, TItem>(Dictionary<TKey, List<TItem>> all, TKey key, TItem item) where TKey : notnull
    {
        if (!all.TryGetValue(key, out var items))
        {
            all.Add(key, items = []);
        }
        items.Add(item);
    }

    private static List<TItem> Of<TKey, TItem>(Dictionary<TKey, List<TItem>> all, TKey key) where TKey : notnull =>
        all.TryGetValue(key, out var items) ? items : [];
}

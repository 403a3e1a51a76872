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
    private readonly Parties parties = new(models.Participants);
    private readonly Dictionary<(string Participant, string Area), List<GridOwed>> owed = [];
    private readonly Dictionary<(string Participant, string Area), List<GridOwed>> asked = [];
    private readonly Dictionary<(string Participant, string Area, string Kind), List<GridRecorded>> recorded = [];
    private readonly HashSet<string> involved = new(StringComparer.Ordinal);

    public GridView Build(CancellationToken cancel)
    {
        var framework = models.Frameworks.Current(Scheme, reading.Size);
        GridArea[] areas = [.. framework?.Items.Select(i => new GridArea(i.Code, i.Labels.For(reading.Language) ?? i.Code)) ?? []];
        GridKind[] kinds =
        [
            .. models.Frameworks.Current("initiative-kind", reading.Size)?.Items.Select(i => new GridKind(i.Code, i.Labels.For(reading.Language) ?? i.Code)) ?? [],
            new GridKind(ReportKind, ReportKind),
        ];
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            AddPledge(pledge);
        }
        foreach (var initiative in models.Initiatives.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            var phase = initiative.On(reading.On)!;
            var content = phase.Content;
            if (InFilter(content.Meeting, phase.From))
            {
                involved.Add(content.Participant);
                var title = content.Title.For(reading.Language) ?? initiative.Id;
                foreach (var area in content.Areas)
                {
                    Add(recorded, (content.Participant, area, content.Kind),
                        new GridRecorded(initiative.Id, null, title, content.Novelty, content.Meeting, phase.From, initiative.WithdrawnOn(reading.On), initiative.Position));
                }
            }
        }
        var groups = Groups(areas, kinds);
        var nobody = Cells(Nobody, areas, kinds);
        var totals = areas.Select((_, i) => groups.SelectMany(g => g.Rows).Aggregate(new CellCount(0, 0, 0), (sum, row) => sum + row.Cells[i].Count)).ToArray();
        return new GridView(reading.Basis, areas, kinds, groups, nobody, totals, totals.Aggregate(new CellCount(0, 0, 0), (a, b) => a + b));
    }

    private void AddPledge(PledgeRow pledge)
    {
        var content = pledge.On(reading.On);
        var areas = pledge.ActiveMappings.Select(m => m.Item).Where(i => i.Framework.StartsWith(Scheme + "/", StringComparison.Ordinal)).Select(i => i.Item).Distinct().ToArray();
        if (areas.Length == 0)
        {
            return;
        }
        var withdrawn = pledge.WithdrawnOn(reading.On);
        var named = false;
        foreach (var part in parties.In(content, reading).Where(p => p.Part != Part.Said))
        {
            named = true;
            involved.Add(part.Participant);
            var latest = pledge.LatestReport(reading.On, part.Participant);
            var item = new GridOwed(pledge.Id, content.Title, content.Kind.Code(), part.Collective, latest?.Report.Status.Code(), latest?.HoldsFrom, withdrawn, pledge.Position);
            foreach (var area in areas)
            {
                Add(part.Part is Part.Owes or Part.OwesAsMember ? owed : asked, (part.Participant, area), item);
            }
        }
        if (!named)
        {
            foreach (var area in areas)
            {
                Add(owed, (Nobody, area), new GridOwed(pledge.Id, content.Title, content.Kind.Code(), null, null, null, withdrawn, pledge.Position));
            }
        }
        foreach (var report in pledge.Reports.Where(r => r.HoldsFrom <= reading.On && InFilter(content.Meeting, r.HoldsFrom)))
        {
            involved.Add(report.Report.Party);
            foreach (var area in areas)
            {
                Add(recorded, (report.Report.Party, area, ReportKind),
                    new GridRecorded(pledge.Id, report.Number, content.Title, report.Report.Status.Code(), content.Meeting, report.HoldsFrom, withdrawn, report.Position));
            }
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
        return new GridRow(participant.Code, participant.Name(reading.Language), cells, cells.Aggregate(new CellCount(0, 0, 0), (sum, c) => sum + c.Count));
    }

    private GridCell[] Cells(string participant, GridArea[] areas, GridKind[] kinds) =>
    [
        .. areas.Select(area =>
        {
            var owes = Of(owed, (participant, area.Code));
            var wasAsked = Of(asked, (participant, area.Code));
            GridRecordedKind[] byKind = [.. kinds.Select(k => new GridRecordedKind(k.Code, Of(recorded, (participant, area.Code, k.Code))))];
            return new GridCell(area.Code, owes, wasAsked, byKind, new CellCount(
                owes.Count(o => !o.Withdrawn), wasAsked.Count(o => !o.Withdrawn), byKind.Sum(k => k.Entries.Count(e => !e.Withdrawn))));
        }),
    ];

    private bool InFilter(string meeting, DateOnly effective) =>
        (request.Meeting is null || request.Meeting == meeting)
        && (request.From is not { } from || from <= effective)
        && (request.Until is not { } until || effective < until);

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

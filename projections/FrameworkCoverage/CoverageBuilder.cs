using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FrameworkCoverage;

/// <summary>Makes the coverage from the timelines at a basis: a pure function of both.</summary>
internal sealed class CoverageBuilder(ReadModels models, GetFrameworkCoverage request, FrameworkRow framework)
{
    private sealed class Counts
    {
        public Dictionary<string, int> ByKind { get; } = Kebab.Codes<PledgeKind>().ToDictionary(k => k, _ => 0, StringComparer.Ordinal);
        public int Initiatives { get; set; }
        public int Ended { get; set; }
        public Dictionary<string, CoverageCell> Cells { get; } = new(StringComparer.Ordinal);

        public void Add(string participant, Func<CoverageCell, CoverageCell> add) =>
            Cells[participant] = add(Cells.GetValueOrDefault(participant) ?? new CoverageCell(0, 0, 0, 0, 0, 0));
    }

    private readonly Reading reading = request.Reading;
    private readonly Parties parties = new(models.Participants, request.Reading);
    private readonly Dictionary<string, Counts> items = framework.Items.ToDictionary(i => i.Code, _ => new Counts(), StringComparer.Ordinal);

    public CoverageView Build(CancellationToken cancel)
    {
        foreach (var pledge in models.Pledges.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            var mapped = WithParents(pledge.ActiveMappings.Where(m => m.Item.Framework == framework.Id).Select(m => m.Item.Item));
            if (mapped.Count > 0)
            {
                Add(mapped, pledge, pledge.On(reading.On));
            }
        }
        foreach (var initiative in models.Initiatives.At(reading))
        {
            cancel.ThrowIfCancellationRequested();
            var content = initiative.On(reading.On)!.Content;
            var linked = content.Links.Where(l => l.Framework == framework.Id).Select(l => l.Item);
            if (framework.Opened.Scheme == "rcm-areas")
            {
                linked = linked.Concat(content.Areas);
            }
            foreach (var item in WithParents(linked))
            {
                if (initiative.WithdrawnOn(reading.On))
                {
                    items[item].Ended++;
                }
                else
                {
                    items[item].Initiatives++;
                    items[item].Add(content.Participant, c => c with { Initiatives = c.Initiatives + 1 });
                }
            }
        }
        var crosswalks = (request.Through ? models.Frameworks.Crosswalks(framework.Id, reading.Size) : []).ToLookup(c => c.From.Item, StringComparer.Ordinal);
        CoverageItem[] rows =
        [
            .. framework.Items.Select(i => new CoverageItem(
                i.Code, i.Labels.For(reading.Language) ?? i.Code, i.Level, i.Parent, items[i.Code].ByKind, items[i.Code].Initiatives, items[i.Code].Ended, items[i.Code].Cells,
                request.Through ? [.. crosswalks[i.Code].Select(c => Through(i.Code, c))] : null)),
        ];
        return new CoverageView(reading.Basis, framework.Id, framework.Name(reading.Language), Columns(rows), rows, rows.Count(r => r.IsEmpty));
    }

    private void Add(HashSet<string> mapped, PledgeRow pledge, PledgeContent content)
    {
        var parts = parties.In(pledge, content).Where(p => p.Part is not (Part.Left or Part.Declined)).ToArray();
        var ended = !pledge.EndedOn(reading.On).Counts();
        foreach (var counts in mapped.Select(m => items[m]))
        {
            if (ended)
            {
                counts.Ended++;
                continue;
            }
            counts.ByKind[content.Kind.Code()]++;
            foreach (var part in parts)
            {
                counts.Add(part.Participant, c => part.Part switch
                {
                    Part.Owes => c with { Owes = c.Owes + 1 },
                    Part.OwesAsMember => c with { OwesAsMember = c.OwesAsMember + 1 },
                    Part.Said => c with { Said = c.Said + 1 },
                    Part.Asked or Part.Invited => c with { Asked = c.Asked + 1 },
                    _ => c with { AskedAsMember = c.AskedAsMember + 1 },
                });
            }
        }
    }

    private CoverageThrough Through(string item, CrosswalkRow crosswalk)
    {
        var to = crosswalk.To;
        return new CoverageThrough(
            new Labels(models, reading).Item(to), crosswalk.Relation,
            models.Pledges.At(reading).Count(p => p.EndedOn(reading.On).Counts() && Reaches(p.ActiveMappings.Select(m => m.Item))),
            models.Initiatives.At(reading).Count(i => !i.WithdrawnOn(reading.On) && Reaches(i.On(reading.On)!.Content.Links)));

        bool Reaches(IEnumerable<ItemRef> mapped)
        {
            ItemRef[] all = [.. mapped];
            return Array.Exists(all, m => m.Framework == to.Framework && models.Frameworks.IsUnder(m, to.Item, reading.Size))
                && !WithParents(all.Where(m => m.Framework == framework.Id).Select(m => m.Item)).Contains(item);
        }
    }

    private CoverageParticipant[] Columns(CoverageItem[] rows)
    {
        var present = rows.SelectMany(r => r.Cells.Keys).ToHashSet(StringComparer.Ordinal);
        return
        [
            .. models.Participants.At(reading.Size)
                .Where(p => request.Role is { } role ? p.HasRole(role, request.Scope, reading.On) : present.Contains(p.Code))
                .OrderBy(p => p.Code, StringComparer.Ordinal)
                .Select(p => new CoverageParticipant(p.Code, p.Name(reading.Language))),
        ];
    }

    // What is mapped to an action is mapped to its objective too.
    private HashSet<string> WithParents(IEnumerable<string> codes)
    {
        var all = new HashSet<string>(StringComparer.Ordinal);
        foreach (var code in codes)
        {
            for (var item = framework.Find(code); item is not null && all.Add(item.Code); item = item.Parent is null ? null : framework.Find(item.Parent))
            {
            }
        }
        return all;
    }
}

using PledgeRegistry.Projections.FrameworkCoverage;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each item of a framework, and one for each participant that has something there.</summary>
internal static class CoverageRows
{
    public static IEnumerable<ViewRow>? Of(RowsAsk ask)
    {
        var query = new GetFrameworkCoverage(ask.Reading, ask["framework"]!, ask["role"], ask["scope"]);
        if (GetFrameworkCoverageHandler.Framework(ask.Models, query) is not { } framework)
        {
            return null;
        }
        var view = new CoverageBuilder(ask.Models, query, framework).Build(ask.Cancel);
        var streams = Streams(ask, framework.Id, framework.Opened.Scheme == "rcm-areas", code => framework.Find(code)?.Parent);
        var columns = view.Participants.Select(p => p.Code).ToHashSet(StringComparer.Ordinal);
        return ask.Each(view.Items).SelectMany(item =>
        {
            var about = streams[item.Code].Distinct().ToArray();
            return item.Cells.OrderBy(c => c.Key, StringComparer.Ordinal)
                .Where(c => columns.Contains(c.Key))
                .Select(c => new ViewRow($"{item.Code}/{c.Key}", $"participant/{c.Key}", RowFields.From(
                    ("item", item.Code), ("party", c.Key), ("owes", Around.Some(c.Value.Owes)), ("owesAsMember", Around.Some(c.Value.OwesAsMember)), ("asked", Around.Some(c.Value.Asked)),
                    ("askedAsMember", Around.Some(c.Value.AskedAsMember)), ("said", Around.Some(c.Value.Said)), ("initiatives", Around.Some(c.Value.Initiatives))))
                { With = about, Participant = c.Key })
                .Prepend(new ViewRow(item.Code, $"framework/{framework.Id}", RowFields.From(
                    [.. Around.Texts("labels", framework.Find(item.Code)!.Labels), ("parent", item.Parent), ("initiatives", Around.Number(item.Initiatives)), ("endedCount", Around.Some(item.Ended)),
                     .. item.ByKind.Select(k => ($"commitments.{k.Key}", Around.Some(k.Value)))]))
                { With = about });
        });
    }

    // What was ever mapped to an item or to one under it: what was taken away is a cause, too.
    private static ILookup<string, string> Streams(RowsAsk ask, string framework, bool areas, Func<string, string?> parent)
    {
        IEnumerable<string> WithParents(string code)
        {
            for (string? at = code; at is not null; at = parent(at))
            {
                yield return at;
            }
        }
        var pledges = ask.Each(ask.Models.Pledges.At(ask.Size)).SelectMany(p => p.Mappings.Where(m => m.Item.Framework == framework).Select(m => (Code: m.Item.Item, Stream: $"pledge/{p.Id}")));
        var initiatives = ask.Each(ask.Models.Initiatives.At(ask.Reading)).SelectMany(i => i.Phases.SelectMany(p =>
            p.Content.Links.Where(l => l.Framework == framework).Select(l => l.Item).Concat(areas ? p.Content.Areas : [])).Select(code => (Code: code, Stream: $"initiative/{i.Id}")));
        return pledges.Concat(initiatives).SelectMany(x => WithParents(x.Code).Select(code => (Code: code, x.Stream))).ToLookup(x => x.Code, x => x.Stream, StringComparer.Ordinal);
    }
}

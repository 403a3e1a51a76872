namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each version of a framework or list, one for each of its items, and one for each crosswalk.</summary>
internal static class FrameworkRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask)
    {
        foreach (var row in ask.Each(ask.Models.Frameworks.At(ask.Size)).Where(f => ask["scheme"] is null || f.Opened.Scheme == ask["scheme"]))
        {
            var stream = $"framework/{row.Id}";
            var ended = row.Retired?.From.First() <= ask.On ? "retired" : row.Opened.ValidUntil?.First() <= ask.On ? "not-in-force" : null;
            yield return new ViewRow(stream, stream, ask.Fields.Of(row.Opened, ("inForce", Around.Flag(row.InForce(ask.On))), ("ended", ended))) { Ended = ended };
            foreach (var item in row.Items)
            {
                yield return new ViewRow($"{stream}/{item.Code}", stream, ask.Fields.Of(item));
            }
            foreach (var crosswalk in row.Crosswalks)
            {
                yield return new ViewRow($"{stream}/{crosswalk.From.Item}/{crosswalk.To.Framework}/{crosswalk.To.Item}", stream, RowFields.From(
                    ("item", crosswalk.From.Item), ("to", $"{crosswalk.To.Framework} {crosswalk.To.Item}"), ("relation", crosswalk.Relation.Code()), ("source", crosswalk.Source)));
            }
        }
    }
}

using System.Globalization;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Projections.Difference.Rows;

/// <summary>A row for each entry of each cell, and one for each participant's place in the grid.</summary>
internal static class GridRows
{
    public static IEnumerable<ViewRow> Of(RowsAsk ask)
    {
        var grid = new GridBuilder(ask.Models, new GetRcmProgressGrid(ask.Reading, ask["meeting"], Day(ask["from"]), Day(ask["until"]))).Build(ask.Cancel);
        foreach (var group in grid.Groups)
        {
            foreach (var row in ask.Each(group.Rows))
            {
                ViewRow[] cells = [.. row.Cells.SelectMany(c => Cell(ask, row.Participant, c))];
                // Who has no role has a place here by what it owes, was asked or reported.
                yield return new ViewRow(row.Participant, $"participant/{row.Participant}", RowFields.From(("group", group.Role)))
                {
                    Around = [.. Around.Series(ask, "RCM"), .. cells.Select(c => c.Stream), .. cells.SelectMany(c => c.Around)],
                };
                foreach (var cell in cells)
                {
                    yield return cell;
                }
            }
        }
        foreach (var cell in grid.NobodyNamed.SelectMany(c => Cell(ask, null, c)))
        {
            yield return cell;
        }
    }

    private static IEnumerable<ViewRow> Cell(RowsAsk ask, string? participant, GridCell cell)
    {
        var at = $"{participant ?? "-"}/{cell.Area}";
        foreach (var (layer, o) in cell.Owed.Select(o => ("owed", o)).Concat(cell.Asked.Select(o => ("asked", o))))
        {
            yield return new ViewRow($"{at}/{layer}/{o.Pledge}", $"pledge/{o.Pledge}", RowFields.From(
                ("title", o.Title), ("area", cell.Area), ("layer", layer), ("kind", o.Kind), ("party", participant), ("part", o.Part.Code()), ("collective", o.Collective),
                ("claimed", o.Status), ("claimedOn", Around.Day(o.StatusOn)), ("ended", o.Ended?.Code())))
            {
                Participant = participant,
                Ended = Around.Ended(o.Ended),
                Around = [.. Around.OfPledge(ask.Models.Pledges.At(o.Pledge, ask.Size)!, ask), .. Around.Participants(participant, o.Collective)],
            };
        }
        foreach (var (kind, r) in cell.Recorded.SelectMany(k => k.Entries.Select(e => (k.Kind, e))))
        {
            var initiative = r.Report is null;
            yield return new ViewRow($"{at}/{kind}/{r.Id}{(r.Report is { } number ? $"/{Around.Number(number)}" : "")}", initiative ? $"initiative/{r.Id}" : $"pledge/{r.Id}", RowFields.From(
            [
                .. initiative ? Around.Texts("title", ask.Models.Initiatives.At(r.Id, ask.Size)!.On(ask.On)!.Content.Title) : [("title", r.Title)],
                ("area", cell.Area), ("layer", "recorded"), ("kind", kind), ("party", participant), (initiative ? "novelty" : "claimed", r.Status),
                ("meeting", r.Meeting), ("effectiveOn", Around.Day(r.EffectiveOn)), ("ended", r.Ended?.Code()),
            ]))
            {
                Participant = participant,
                Ended = Around.Ended(r.Ended),
                Around = [.. initiative ? Around.Series(ask, "RCM") : [.. Around.OfPledge(ask.Models.Pledges.At(r.Id, ask.Size)!, ask), .. Around.Series(ask, "RCM")], .. Around.Participants(participant)],
            };
        }
    }

    private static DateOnly? Day(string? text) =>
        DateOnly.TryParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture, DateTimeStyles.None, out var day) ? day : null;
}

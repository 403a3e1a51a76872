using System.Globalization;
using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Cli.Verbs;

/// <summary>A view as a few lines of plain text, at one size after another; judged on the same day throughout, so that what fills up is what is known.</summary>
internal sealed class ReplayFrames(ReadSession session, string view, string cycle)
{
    public const string Grid = "grid", FollowUp = "follow-up";

    /// <summary>The entry that made a size, in one line.</summary>
    public string Entry(long size)
    {
        if (size == 0)
        {
            return "Nothing is recorded yet.";
        }
        var row = session.Models.History.At(size - 1);
        var by = row.OnBehalfOf is { } behalf ? $"{row.Role} for {behalf}" : row.Role;
        return Output.Flat($"{size - 1}  {EntryCodec.FormatTime(row.RecordedAt)}  {by}  {row.Stream}  {row.Type}  {EntrySummary.Of(row.Event, session.Reading.Language)}");
    }

    /// <summary>The view at a size: the same text where nothing in it changed.</summary>
    public async Task<IReadOnlyList<string>> ViewAsync(long size, CancellationToken cancel)
    {
        var reading = session.Reading with { Basis = new Basis(size, session.Reading.On) };
        return view == FollowUp ? FollowUpLines(await session.Ask(new GetImrfFollowUp(reading, cycle), cancel)) : GridLines(await session.Ask(new GetRcmProgressGrid(reading), cancel));
    }

    // Rows with nothing are counted, not shown: a terminal is short.
    private static List<string> GridLines(GridView grid)
    {
        var rows = grid.Groups.SelectMany(g => g.Rows).ToArray();
        var shown = rows.Where(r => r.Total != CellCount.None || r.Cells.Any(c => c.Count != CellCount.None)).ToArray();
        List<string[]> table =
        [
            ["", .. grid.Areas.Select(a => a.Code), "total"],
            .. shown.Select(r => (string[])[r.Participant, .. r.Cells.Select(c => GridVerb.Cell(c.Count)), GridVerb.Cell(r.Total)]),
            ["nobody named", .. grid.NobodyNamed.Select(c => GridVerb.Cell(c.Count)), ""],
            ["total", .. grid.ColumnTotals.Select(GridVerb.Cell), GridVerb.Cell(grid.Total)],
        ];
        return [.. Aligned(table), $"{Number(rows.Length - shown.Length)} of {Number(rows.Length)} participants with nothing yet. Cells: owed/asked/recorded (owed/asked as a member)."];
    }

    private List<string> FollowUpLines(FollowUpView followUp)
    {
        var kinds = Kebab.Codes<PledgeKind>().ToArray();
        var shown = followUp.ByObjective.Where(g => g.Counts.Commitments.Values.Sum() > 0).ToArray();
        List<string[]> table =
        [
            ["", .. kinds, "claimed"],
            .. shown.Select(g => (string[])[g.Code, .. kinds.Select(k => Number(g.Counts.Commitments[k])), Counts(g.Counts.Claimed)]),
            ["all", .. kinds.Select(k => Number(followUp.Total.Commitments[k])), Counts(followUp.Total.Claimed)],
        ];
        return [$"IMRF {cycle}", .. Aligned(table), $"{Number(followUp.ByObjective.Count - shown.Length)} of {Number(followUp.ByObjective.Count)} objectives with nothing yet."];
    }

    private static IEnumerable<string> Aligned(List<string[]> table)
    {
        if (table.Count == 0)
        {
            yield break;
        }
        var widths = Enumerable.Range(0, table[0].Length).Select(i => table.Max(r => r[i].Length)).ToArray();
        foreach (var row in table)
        {
            var line = new StringBuilder();
            for (var i = 0; i < row.Length; i++)
            {
                line.Append(i == 0 ? row[i].PadRight(widths[i]) : $"  {row[i].PadLeft(widths[i])}");
            }
            yield return line.ToString().TrimEnd();
        }
    }

    private static string Counts(IReadOnlyDictionary<string, int> counts) => Output.OrDash(string.Join(", ", counts.Where(c => c.Value > 0).Select(c => $"{c.Key} {Number(c.Value)}")));

    private static string Number(int number) => number.ToString(CultureInfo.InvariantCulture);
}

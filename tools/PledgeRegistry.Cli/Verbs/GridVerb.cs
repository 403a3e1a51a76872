using System.CommandLine;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge grid</c>: the RCM progress grid.</summary>
internal static class GridVerb
{
    public static Command Create(CommonOptions options)
    {
        var meeting = new Option<string?>("--meeting") { Description = "Only what was reported to this meeting.", HelpName = "ID" };
        var from = DateOption("--from", "Only what was recorded as true from this day on.");
        var until = DateOption("--until", "Only what was recorded as true before this day.");
        return options.Reading(
            new Command("grid", "The RCM progress grid: who owes what, was asked for what, and has recorded what, by area of work.") { meeting, from, until },
            async (session, output, parsed, cancel) =>
            {
                var view = await session.Ask(new GetRcmProgressGrid(session.Reading, parsed.GetValue(meeting), parsed.GetValue(from), parsed.GetValue(until)), cancel);
                if (output.IsJson)
                {
                    output.Json(view);
                }
                else
                {
                    Print(view, session, output);
                }
            });
    }

    /// <summary>Counts as they stand in a cell: owed, asked, recorded; with what it has as a member in brackets.</summary>
    public static string Cell(CellCount count)
    {
        if (count == CellCount.None)
        {
            return "-";
        }
        var members = count.OwedAsMember + count.AskedAsMember == 0 ? "" : $" ({count.OwedAsMember}/{count.AskedAsMember})";
        return $"{count.Owed}/{count.Asked}/{count.Recorded}{members}";
    }

    private static void Print(GridView view, ReadSession session, Output output)
    {
        output.Line(session.BasisLine(GridView.View));
        output.Line("Cells: owed/asked/recorded (owed/asked as a member of a collective); - is nothing.");
        string[] columns = ["code", "participant", .. view.Areas.Select(a => $"{a.Code} {a.Label}"), "total"];
        foreach (var group in view.Groups)
        {
            output.Table(group.Label, columns, [.. group.Rows.Select(r => (string[])[r.Participant, r.Name, .. r.Cells.Select(c => Cell(c.Count)), Cell(r.Total)])]);
        }
        output.Table("All", columns,
        [
            ["", "nobody is named", .. view.NobodyNamed.Select(c => Cell(c.Count)), Cell(view.NobodyNamed.Aggregate(CellCount.None, (sum, c) => sum + c.Count))],
            ["", "total of the rows", .. view.ColumnTotals.Select(Cell), Cell(view.Total)],
        ]);
    }

    private static Option<DateOnly?> DateOption(string name, string description) => new(name)
    {
        Description = description,
        HelpName = "DATE",
        CustomParser = result =>
        {
            if (WrittenMoment.TryDay(result.Tokens[0].Value, out var day))
            {
                return day;
            }
            result.AddError($"{name}: {WrittenMoment.OfDay(result.Tokens[0].Value)?.Message ?? "Write a date as 2022-05-17."}");
            return null;
        },
    };
}

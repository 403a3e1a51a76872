using System.Text.Json;
using PledgeRegistry.Projections;
using Spectre.Console;

namespace PledgeRegistry.Cli;

/// <summary>Prints answers: tables on a terminal, lines with tabs where the output is redirected, JSON where that is asked for.</summary>
internal sealed class Output(TextWriter writer, bool terminal, bool json)
{
    public bool IsJson => json;

    public bool IsTerminal => terminal;

    /// <summary>An answer as JSON.</summary>
    public void Json<T>(T answer) => Line(JsonSerializer.Serialize(answer, ViewJson.Indented));

    /// <summary>An answer as JSON on one line, for one of many.</summary>
    public void JsonLine<T>(T answer) => Line(JsonSerializer.Serialize(answer, ViewJson.OneLine));

    public void Line(string text = "")
    {
        writer.Write(text);
        writer.Write('\n');
    }

    /// <summary>Cells of one row: aligned by whoever reads them, or with tabs between.</summary>
    public void Row(params IEnumerable<string> cells) => Line(string.Join(terminal ? "  " : "\t", cells.Select(Flat)));

    /// <summary>Names and values; what has no value is left out.</summary>
    public void Fields(params IReadOnlyList<(string Name, string? Value)> fields)
    {
        var width = fields.Max(f => f.Name.Length);
        foreach (var (name, value) in fields.Where(f => !string.IsNullOrEmpty(f.Value)))
        {
            Line(terminal ? $"{name.PadRight(width)}  {Flat(value!)}" : $"{name}\t{Flat(value!)}");
        }
    }

    /// <summary>A table, under a title and a blank line. Nothing where there is no row.</summary>
    public void Table(string title, IReadOnlyList<string> columns, IReadOnlyList<IReadOnlyList<string>> rows)
    {
        if (rows.Count == 0)
        {
            return;
        }
        Line();
        Line(title);
        if (!terminal)
        {
            Row(columns);
            foreach (var row in rows)
            {
                Row(row);
            }
            return;
        }
        var table = new Table { Border = TableBorder.Rounded };
        foreach (var column in columns)
        {
            table.AddColumn(new TableColumn(new Text(column)));
        }
        foreach (var row in rows)
        {
            table.AddRow(row.Select(cell => new Text(Flat(cell))));
        }
        AnsiConsole.Create(new AnsiConsoleSettings { Out = new AnsiConsoleOutput(writer) }).Write(table);
    }

    /// <summary>Nothing in a cell is a blank that says so.</summary>
    public static string OrDash(string? text) => string.IsNullOrEmpty(text) ? "-" : text;

    public static string Flat(string text) => text.ReplaceLineEndings(" ").Replace('\t', ' ');
}

using System.Globalization;
using System.Text;
using PledgeRegistry.Faults.Kinds;

namespace PledgeRegistry.Faults.Running;

/// <summary>The table of what was done and what was found, as it stands in tests/README.md.</summary>
public static class FaultTable
{
    private const string Begin = "<!-- table: written by tools/faults.sh --write -->";
    private const string End = "<!-- end of the table -->";

    private const string Head = "| fault | engine | fired | receipts | lost | duplicated | reordered | wrongly refused | else |\n|---|---|---|---|---|---|---|---|---|";

    public static string Readme { get; } = Path.Combine(Programs.Root, "tests", "README.md");

    /// <summary>The names and engines that the code runs, in order.</summary>
    public static IReadOnlyList<(string Fault, string Engine)> Shape { get; } = [.. Fault.All.SelectMany(f => f.Engines.Select(e => (f.Name, e)))];

    public static string Of(IEnumerable<FaultRow> rows)
    {
        var text = new StringBuilder(Head).Append('\n');
        foreach (var row in rows.OrderBy(r => Shape.ToList().IndexOf((r.Fault, r.Engine))))
        {
            var v = row.Judgement.Verdict;
            var others = row.Wrong.Count + (v.Lost + v.Duplicated + v.Reordered + v.WronglyRefused == 0 ? row.Judgement.Words.Count : 0);
            text.Append(CultureInfo.InvariantCulture,
                $"| {row.Fault} | {row.Engine} | {row.Fired} | {v.Acknowledged} | {v.Lost} | {v.Duplicated} | {v.Reordered} | {v.WronglyRefused} | {others} |\n");
        }
        return text.ToString();
    }

    /// <summary>The rows of the table in the README, cell by cell.</summary>
    public static IReadOnlyList<string[]> Written() =>
        [.. Table(File.ReadAllText(Readme)).Split('\n').Skip(2).Where(l => l.StartsWith('|')).Select(l => l.Trim('|').Split('|', StringSplitOptions.TrimEntries))];

    /// <summary>Puts the table into the README, in the place of the one before it.</summary>
    public static void Write(IEnumerable<FaultRow> rows)
    {
        var text = File.ReadAllText(Readme);
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length + 1;
        File.WriteAllText(Readme, string.Concat(text.AsSpan(0, start), Of(rows), text.AsSpan(text.IndexOf(End, start, StringComparison.Ordinal))));
    }

    private static string Table(string text)
    {
        var start = text.IndexOf(Begin, StringComparison.Ordinal) + Begin.Length + 1;
        return text[start..text.IndexOf(End, start, StringComparison.Ordinal)];
    }
}

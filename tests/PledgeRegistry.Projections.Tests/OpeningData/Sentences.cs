using System.Text;

namespace PledgeRegistry.Projections.Tests.OpeningData;

/// <summary>A normative sentence of a document, and where it went: to pledges and framework items, or nowhere, with why.</summary>
internal sealed record Sentence(string Document, string Section, string Gist, string Outcome, string Item, string Reason)
{
    public string[] Items => Item.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    /// <summary>The rows of <c>sentences.csv</c>.</summary>
    public static IReadOnlyList<Sentence> All { get; } = [.. Read()];

    private static IEnumerable<Sentence> Read()
    {
        var folder = SourceFiles.FolderOf(Path());
        var rows = Csv(File.ReadAllText(System.IO.Path.Combine(folder, "../../PledgeRegistry.Tests/OpeningData/sentences.csv")));
        Assert.Equal(["document", "section", "gist", "outcome", "item", "reason"], rows[0]);
        return rows[1..].Select(r => r is [var document, var section, var gist, var outcome, var item, var reason]
            ? new Sentence(document, section, gist, outcome, item, reason)
            : throw new FormatException($"A row has {r.Count} fields: {string.Join(" | ", r)}"));
    }

    private static string Path([System.Runtime.CompilerServices.CallerFilePath] string path = "") => path;

    // RFC 4180: fields in quotation marks may hold commas, line breaks, and quotation marks twice.
    private static List<List<string>> Csv(string text)
    {
        var rows = new List<List<string>>();
        var row = new List<string>();
        var field = new StringBuilder();
        var quoted = false;
        for (var i = 0; i < text.Length; i++)
        {
            switch (text[i])
            {
                case '"' when quoted && i + 1 < text.Length && text[i + 1] == '"':
                    field.Append(text[i++]);
                    break;
                case '"':
                    quoted = !quoted;
                    break;
                case ',' when !quoted:
                    row.Add(field.ToString());
                    field.Clear();
                    break;
                case '\n' when !quoted:
                    row.Add(field.ToString().TrimEnd('\r'));
                    field.Clear();
                    rows.Add(row);
                    row = [];
                    break;
                default:
                    field.Append(text[i]);
                    break;
            }
        }
        Assert.True(row.Count == 0 && field.Length == 0 && !quoted, "The file ends with a line break.");
        return rows;
    }
}

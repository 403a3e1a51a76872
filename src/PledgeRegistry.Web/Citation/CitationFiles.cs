using System.Globalization;
using System.Text;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Web.Citation;

/// <summary>What is cited, as reference managers read it. Text that people typed can't break out of its field.</summary>
/// <param name="Of">What is cited, within the registry: its path and its own parameters, on any host and in any language.</param>
/// <param name="Note">What else is said of it: how much was known, when it is judged, the root.</param>
/// <param name="On">The date of the last entry that was known; null before the first.</param>
internal sealed record CitationFiles(string Of, string Title, string Registry, string View, long Size, string Basis, string Note, DateOnly? On, string Address, string Language)
{
    public const string BibtexType = "application/x-bibtex", RisType = "application/x-research-info-systems";

    // English, as BibTeX has them, whatever the reader's language is.
    private static readonly string[] Months = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

    /// <summary>A name for files and keys, of letters, digits and hyphens alone: no two things that are cited have the same.</summary>
    public string Name =>
        $"pledge-registry-{new string([.. View.Split('/')[0].Where(c => char.IsAsciiLetterOrDigit(c) || c == '-')])}-{Size.ToString(CultureInfo.InvariantCulture)}-{Basis}-{Hash.Of(Encoding.UTF8.GetBytes(Of)).ToString()[..8]}";

    public string Bibtex()
    {
        var text = new StringBuilder().Append(CultureInfo.InvariantCulture, $"@misc{{{Name},\n");
        Field("title", $"{{{Tex(Title)}}}");
        Field("author", $"{{{Tex(Registry)}}}");
        if (On is { } on)
        {
            Field("year", on.Year.ToString(CultureInfo.InvariantCulture));
            text.Append(CultureInfo.InvariantCulture, $"  month = {Months[on.Month - 1]},\n");
        }
        Field("version", Size.ToString(CultureInfo.InvariantCulture));
        Field("note", Tex(Note));
        Field("language", Language);
        // As it is: an address has neither braces nor backslashes, and is read verbatim.
        Field("url", Address);
        return text.Append("}\n").ToString();

        void Field(string name, string value) => text.Append(CultureInfo.InvariantCulture, $"  {name} = {{{value}}},\n");
    }

    public string Ris()
    {
        var text = new StringBuilder();
        Line("TY", "ELEC");
        Line("TI", Title);
        Line("PB", Registry);
        if (On is { } on)
        {
            Line("PY", on.Year.ToString(CultureInfo.InvariantCulture));
            Line("DA", on.ToString("yyyy/MM/dd", CultureInfo.InvariantCulture));
        }
        Line("ET", Size.ToString(CultureInfo.InvariantCulture));
        Line("N1", Note);
        Line("LA", Language);
        Line("UR", Address);
        Line("ER", "");
        return text.ToString();

        void Line(string tag, string value) => text.Append(CultureInfo.InvariantCulture, $"{tag}  - {OnOneLine(value)}\r\n");
    }

    // Braces by name: BibTeX counts them even behind a backslash.
    private static string Tex(string text) => string.Concat(OnOneLine(text).Select(c => c switch
    {
        '\\' => "\\textbackslash{}",
        '{' => "\\textbraceleft{}",
        '}' => "\\textbraceright{}",
        '~' => "\\textasciitilde{}",
        '^' => "\\textasciicircum{}",
        '"' => "\\textquotedbl{}",
        '$' or '&' or '%' or '#' or '_' => $"\\{c}",
        _ => c.ToString(),
    }));

    private static string OnOneLine(string text) =>
        string.Join(' ', new string([.. text.Select(c => char.IsControl(c) || c is '\u2028' or '\u2029' ? ' ' : c)]).Split(' ', StringSplitOptions.RemoveEmptyEntries));
}

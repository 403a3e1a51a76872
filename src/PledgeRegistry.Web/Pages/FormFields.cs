using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Extensions.Primitives;

namespace PledgeRegistry.Web.Pages;

/// <summary>Something to choose, and what it means where that needs saying.</summary>
public sealed record Option(string Value, string Label, string? Group = null, string? Meaning = null);

/// <summary>How a field is filled in.</summary>
public enum FieldKind { Line, Lines, Select }

/// <summary>One field of a form: its name is the command's member, so that a refusal finds its field.</summary>
/// <param name="Language">The language of what is typed, where that isn't the page's.</param>
/// <param name="Words">A date's own words in its source, where it has any: they stay with it.</param>
public sealed record FieldModel(
    string Name, string Label, bool Required, string? Hint, string Value, IReadOnlyList<string> Errors,
    FieldKind Kind = FieldKind.Line, IReadOnlyList<Option>? Options = null, bool LeftToRight = false, bool Numeric = false, string? List = null, string? Language = null, string? Words = null);

/// <summary>Options of which one (radio) or any (checkbox) are chosen.</summary>
public sealed record ChoicesModel(
    string Name, string Legend, bool Required, bool One, IReadOnlyList<Option> Options, IReadOnlyList<string> Chosen, IReadOnlyList<string> Errors, string? Hint = null);

/// <summary>A list of which each row is chosen from the same options, with a button for one row more.</summary>
public sealed record RowsModel(
    string Name, string Legend, bool Required, string? Hint, IReadOnlyList<Option> Options, IReadOnlyList<string> Values, int Rows, Func<string, IReadOnlyList<string>> Errors);

/// <summary>A list of which each row has several fields, with a button for one row more.</summary>
/// <param name="Fields">The fields of the row whose names begin so.</param>
public sealed record FieldRowsModel(string Name, string Legend, string? Hint, IReadOnlyList<string> Errors, int Rows, Func<string, IReadOnlyList<FieldModel>> Fields, Func<string, IReadOnlyList<string>> ErrorsAt);

/// <summary>Something wrong with what was typed, and the field it is about.</summary>
public sealed record FormError(string? Field, string Message);

/// <summary>What was typed, by the names of fields. Blank is absent, and so is a row of a list in which nothing was typed.</summary>
public sealed partial class FormValues
{
    public static readonly FormValues None = new([]);

    // What a row has before anybody types: alone it makes no row.
    private static readonly string[] Given = ["indicator", "milestone", "mediaType", "archivedSha256"];

    // Not part of what was typed: the token, the draft that it belongs to, the version that it replaces, and the button.
    private static readonly string[] Machinery = ["__RequestVerificationToken", "draft", "draftVersion", "version", "do", "add"];

    /// <summary>What was typed, as a draft keeps it: name to list of texts.</summary>
    public Dictionary<string, string?[]> Kept() =>
        byName.Where(f => !Machinery.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);

    public static FormValues Of(Dictionary<string, string?[]> kept) => new(kept.Select(k => KeyValuePair.Create(k.Key, new StringValues(k.Value))));

    /// <summary>False until the form was sent, or filled in.</summary>
    public bool AreTyped => !ReferenceEquals(this, None);

    private readonly Dictionary<string, StringValues> byName;

    public FormValues(IEnumerable<KeyValuePair<string, StringValues>> form)
    {
        byName = new Dictionary<string, StringValues>(StringComparer.Ordinal);
        var rows = new SortedDictionary<(string List, int Row), List<(string Name, StringValues Values)>>();
        foreach (var (name, values) in form)
        {
            if (InRow().Match(name) is { Success: true } match)
            {
                var key = (match.Groups["list"].Value, int.Parse(match.Groups["row"].ValueSpan, CultureInfo.InvariantCulture));
                if (!rows.TryGetValue(key, out var row))
                {
                    rows.Add(key, row = []);
                }
                row.Add((match.Groups["rest"].Value, values));
            }
            else
            {
                byName[name] = values;
            }
        }
        foreach (var list in rows.GroupBy(r => r.Key.List))
        {
            var i = 0;
            foreach (var row in list.Select(r => r.Value).Where(r => r.Exists(f => !Given.Contains(f.Name) && f.Values.Any(v => !string.IsNullOrWhiteSpace(v)))))
            {
                row.ForEach(f => byName[$"{list.Key}[{i}].{f.Name}"] = f.Values);
                i++;
            }
        }
    }

    /// <summary>What is recorded already, as if it had been typed.</summary>
    public static FormValues Of(IEnumerable<(string Name, string? Value)> values) =>
        new(values.Where(v => v.Value is not null).GroupBy(v => v.Name).Select(g => KeyValuePair.Create(g.Key, new StringValues([.. g.Select(v => v.Value)]))));

    public string? One(string name) => byName.GetValueOrDefault(name).LastOrDefault()?.Trim() is { Length: > 0 } value ? value.ReplaceLineEndings("\n") : null;

    public IReadOnlyList<string> Many(string name) => [.. byName.GetValueOrDefault(name).Select(v => v?.Trim() ?? "").Where(v => v.Length > 0)];

    /// <summary>True if anything is typed in a field whose name begins so.</summary>
    public bool Has(string start) => byName.Any(f => f.Key.StartsWith(start, StringComparison.Ordinal) && f.Value.Any(v => !string.IsNullOrWhiteSpace(v)));

    /// <summary>How many rows of a list have anything in them.</summary>
    public int Rows(string list)
    {
        var i = 0;
        while (byName.Keys.Any(k => k.StartsWith(string.Create(CultureInfo.InvariantCulture, $"{list}[{i}]."), StringComparison.Ordinal)))
        {
            i++;
        }
        return i;
    }

    /// <summary>The rows of a table of fields, in order.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows(string list, params string[] columns) =>
        [.. Enumerable.Range(0, Rows(list)).Select(i => (IReadOnlyList<string?>)[.. columns.Select(c => One($"{list}[{i}].{c}"))])];

    [GeneratedRegex(@"^(?<list>.+?)\[(?<row>\d{1,4})\]\.(?<rest>.+)$")]
    private static partial Regex InRow();
}

namespace PledgeRegistry.Web.Pages;

/// <summary>Something to choose, and what it means where that needs saying.</summary>
public sealed record Option(string Value, string Label, string? Group = null, string? Meaning = null);

/// <summary>How a field is filled in.</summary>
public enum FieldKind { Line, Lines, Select }

/// <summary>One field of a form: its name is the command's member, so that a refusal finds its field.</summary>
/// <param name="Language">The language of what is typed, where that isn't the page's.</param>
public sealed record FieldModel(
    string Name, string Label, bool Required, string? Hint, string Value, IReadOnlyList<string> Errors,
    FieldKind Kind = FieldKind.Line, IReadOnlyList<Option>? Options = null, bool LeftToRight = false, bool Numeric = false, string? List = null, string? Language = null);

/// <summary>Options of which one (radio) or any (checkbox) are chosen.</summary>
public sealed record ChoicesModel(
    string Name, string Legend, bool Required, bool One, IReadOnlyList<Option> Options, IReadOnlyList<string> Chosen, IReadOnlyList<string> Errors, string? Hint = null);

/// <summary>A list of which each row is chosen from the same options, with a button for one row more.</summary>
public sealed record RowsModel(
    string Name, string Legend, bool Required, string? Hint, IReadOnlyList<Option> Options, IReadOnlyList<string> Values, int Rows, Func<string, IReadOnlyList<string>> Errors);

/// <summary>Something wrong with what was typed, and the field it is about.</summary>
public sealed record FormError(string? Field, string Message);

/// <summary>What was typed, by the names of fields. Blank is absent.</summary>
public sealed class FormValues(IFormCollection? form)
{
    public static readonly FormValues None = new(null);

    // Not part of what was typed: the token, the draft that it belongs to, and the button.
    private static readonly string[] Machinery = ["__RequestVerificationToken", "draft", "draftVersion", "do", "add"];

    /// <summary>What was typed, as a draft keeps it: name to list of texts.</summary>
    public Dictionary<string, string?[]> Kept() =>
        (form ?? FormCollection.Empty).Where(f => !Machinery.Contains(f.Key)).OrderBy(f => f.Key, StringComparer.Ordinal).ToDictionary(f => f.Key, f => f.Value.ToArray(), StringComparer.Ordinal);

    public static FormValues Of(Dictionary<string, string?[]> kept) => new(new FormCollection(kept.ToDictionary(k => k.Key, k => new Microsoft.Extensions.Primitives.StringValues(k.Value))));

    /// <summary>False until the form was sent.</summary>
    public bool AreTyped => form is not null;

    public string? One(string name) => form?[name].LastOrDefault()?.Trim() is { Length: > 0 } value ? value.ReplaceLineEndings("\n") : null;

    public IReadOnlyList<string> Many(string name) =>
        form is null ? [] : [.. form[name].Select(v => v?.Trim() ?? "").Where(v => v.Length > 0)];

    /// <summary>The rows of a table of fields that have anything in them, in order.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Rows(string list, params string[] columns)
    {
        List<IReadOnlyList<string?>> rows = [];
        for (var i = 0; form?.ContainsKey($"{list}[{i}].{columns[0]}") == true; i++)
        {
            string?[] row = [.. columns.Select(c => One($"{list}[{i}].{c}"))];
            if (row.Any(v => v is not null))
            {
                rows.Add(row);
            }
        }
        return rows;
    }
}

using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Projections.Difference;

/// <summary>
/// A row of a view, as two readings of it are held against each other. Its fields are codes and texts as they are recorded,
/// in no reader's language, so that nothing differs by the language alone.
/// </summary>
/// <param name="Key">What makes it the same row in both: ids and codes with slashes between.</param>
/// <param name="Stream">What it is about, first of all: <c>pledge/IMRF-2022-0042</c>.</param>
/// <param name="Fields">By camelCase path; what has no value is left out. A row has at least one.</param>
public sealed record ViewRow(string Key, string Stream, IReadOnlyDictionary<string, string> Fields)
{
    /// <summary>The participant whose row it is; of several in a pledge, only what is this one's counts as a cause. Null for all.</summary>
    public string? Participant { get; init; }

    /// <summary>What ended it, where it is shown all the same but no longer counts: <c>withdrawn</c>, <c>superseded</c> … Null while it stands.</summary>
    public string? Ended { get; init; }

    /// <summary>Other streams that make up the row.</summary>
    public IReadOnlyList<string> With { get; init; } = [];

    /// <summary>Streams that can change it from further away: of meetings, series, participants, frameworks.</summary>
    public IReadOnlyList<string> Around { get; init; } = [];
}

/// <summary>Collects a row's fields. For one comparison: values that both readings share are taken apart once.</summary>
public sealed class RowFields
{
    private readonly Dictionary<object, IReadOnlyDictionary<string, string>> known = new(ReferenceEqualityComparer.Instance);

    /// <summary>The fields of a stored value, as the history names them.</summary>
    public IReadOnlyDictionary<string, string> Of(object value)
    {
        if (!known.TryGetValue(value, out var fields))
        {
            known.Add(value, fields = FieldChanges.Fields(value));
        }
        return fields;
    }

    /// <summary>The fields of a stored value, with others that take their place or stand beside them; null takes one away.</summary>
    public IReadOnlyDictionary<string, string> Of(object value, params IEnumerable<(string Name, string? Value)> more)
    {
        var fields = new Dictionary<string, string>(Of(value), StringComparer.Ordinal);
        foreach (var (name, text) in more)
        {
            if (string.IsNullOrEmpty(text))
            {
                fields.Remove(name);
            }
            else
            {
                fields[name] = text;
            }
        }
        return fields;
    }

    public static IReadOnlyDictionary<string, string> From(params IEnumerable<(string Name, string? Value)> fields) =>
        fields.Where(f => !string.IsNullOrEmpty(f.Value)).ToDictionary(f => f.Name, f => f.Value!, StringComparer.Ordinal);

    /// <summary>Codes in one field, in an order of their own: the same codes are the same text.</summary>
    public static string List(IEnumerable<string> codes) => string.Join(", ", codes.Distinct(StringComparer.Ordinal).Order(StringComparer.Ordinal));
}

namespace PledgeRegistry.Projections.Difference;

/// <summary>A field that differs, and what made it differ.</summary>
/// <param name="Field">A camelCase path, as in the history.</param>
/// <param name="From">Its text in the first reading; null for nothing.</param>
/// <param name="To">Its text in the second; null for nothing.</param>
/// <param name="Wording">True where only a text, title, name or description says it otherwise: no fact is in it.</param>
/// <param name="ByEntries">True where it differs by what was recorded between the two.</param>
/// <param name="ByTime">True where it differs by the day it is judged on.</param>
public sealed record FieldDifference(string Field, string? From, string? To, bool Wording, bool ByEntries, bool ByTime);

/// <summary>A row that isn't the same in two readings; one of the two rows may be missing.</summary>
public sealed record RowDifference(ViewRow? Before, ViewRow? After, DifferenceKind Kind, IReadOnlyList<FieldDifference> Fields, bool ByEntries, bool ByTime)
{
    public ViewRow Row => After ?? Before!;
}

/// <summary>Holds the rows of two readings of a view against each other, field by field: a pure function.</summary>
public static class RowComparer
{
    // The last name in a field's path, or the one before an index or a language: "names.es", "milestones[0].text".
    private static readonly HashSet<string> Wordings = new(StringComparer.Ordinal)
    {
        "title", "text", "description", "descriptions", "name", "names", "labels", "goal", "narrative", "nextSteps", "challenges", "challenge", "response", "lesson",
        "goodPractice", "reusableMaterial", "translation", "note", "denominatorNote", "purpose", "what",
    };

    /// <summary>True for a field that only says something in words, so that to change it changes no fact.</summary>
    public static bool IsWording(string field) => field.Split('.').Any(part => Wordings.Contains(part.Split('[')[0]));

    /// <summary>What differs, by key. The same rows twice have no difference.</summary>
    /// <param name="middle">
    /// The rows at all the entries that the one with more of them knows, judged on the day of the one with fewer: what differs
    /// on that side of it was recorded, and on the other side the day made it.
    /// </param>
    /// <param name="entriesFirst">True where the first reading is the one with fewer entries.</param>
    public static IEnumerable<RowDifference> Between(IEnumerable<ViewRow> before, IEnumerable<ViewRow> middle, IEnumerable<ViewRow> after, bool entriesFirst = true)
    {
        var (a, m, b) = (ByKey(before), ByKey(middle), ByKey(after));
        foreach (var key in a.Keys.Union(b.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal))
        {
            var (from, between, to) = (a.GetValueOrDefault(key), m.GetValueOrDefault(key), b.GetValueOrDefault(key));
            if (Difference(from, between, to, entriesFirst) is { } difference)
            {
                yield return difference;
            }
        }
    }

    private static RowDifference? Difference(ViewRow? from, ViewRow? between, ViewRow? to, bool entriesFirst)
    {
        if (from is not null && to is not null && ReferenceEquals(from.Fields, to.Fields) && from.Ended == to.Ended)
        {
            return null;
        }
        var (first, second) = entriesFirst ? (from, to) : (to, from);
        FieldDifference[] fields =
        [
            .. Names(from).Union(Names(to), StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Where(f => Value(from, f) != Value(to, f))
                .Select(f => new FieldDifference(
                    f, Value(from, f), Value(to, f), IsWording(f), Value(first, f) != Value(between, f), Value(between, f) != Value(second, f))),
        ];
        // A row that came and counts no longer was never seen to count, and is told as what came.
        DifferenceKind? kind = (from, to) switch
        {
            (null, null) => null,
            (null, _) => DifferenceKind.Added,
            (_, null) => DifferenceKind.Gone,
            ({ Ended: null }, { Ended: not null }) => DifferenceKind.Gone,
            ({ Ended: not null }, { Ended: null }) => DifferenceKind.Added,
            _ when fields.Length == 0 => null,
            _ => Array.TrueForAll(fields, f => f.Wording) ? DifferenceKind.Drift : DifferenceKind.Changed,
        };
        return kind is not { } known
            ? null
            : new RowDifference(from, to, known, fields, Array.Exists(fields, f => f.ByEntries), Array.Exists(fields, f => f.ByTime));
    }

    private static IEnumerable<string> Names(ViewRow? row) => row?.Fields.Keys ?? [];

    private static string? Value(ViewRow? row, string field) => row?.Fields.GetValueOrDefault(field);

    // Two rows that a view has under one key are told apart by their order.
    private static Dictionary<string, ViewRow> ByKey(IEnumerable<ViewRow> rows)
    {
        var byKey = new Dictionary<string, ViewRow>(StringComparer.Ordinal);
        foreach (var row in rows)
        {
            var key = row.Key;
            for (var n = 2; !byKey.TryAdd(key, row.Key == key ? row : row with { Key = key }); n++)
            {
                key = $"{row.Key}/{n}";
            }
        }
        return byKey;
    }
}

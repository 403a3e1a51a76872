using PledgeRegistry.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>Reads records from what was typed, and back. The names of the fields are the members of the command.</summary>
public static class FormReading
{
    public static EffectiveDate? Date(this FormValues values, string field) =>
        values.One(field) is { } text ? new EffectiveDate(text, values.One($"{field}.words")) : null;

    public static Period? Period(this FormValues values, string field) =>
        (values.Date($"{field}.from"), values.Date($"{field}.until")) is (null, null) ? null : new Period(values.Date($"{field}.from")!, values.Date($"{field}.until")!);

    public static SourcePlace? Source(this FormValues values, string field) =>
        values.One($"{field}.source") is null && values.One($"{field}.place") is null ? null : new SourcePlace(values.One($"{field}.source") ?? "", values.One($"{field}.place") ?? "");

    public static Due? Due(this FormValues values, string field)
    {
        var due = new Due(values.Date($"{field}.date"), values.One($"{field}.meeting"), values.One($"{field}.words"));
        return due is { Date: null, Meeting: null, Words: null } ? null : due;
    }

    public static IReadOnlyList<Amount> Amounts(this FormValues values, string field) => values.Each(field, row =>
        new Amount(values.One($"{row}.value") ?? "", values.One($"{row}.currency")?.ToUpperInvariant() ?? "", values.One($"{row}.purpose"), values.Period($"{row}.period")));

    public static IReadOnlyList<Evidence> Evidence(this FormValues values, string field) => values.Each(field, row =>
        new Evidence(values.One($"{row}.title") ?? "", values.One($"{row}.url"), values.One($"{row}.mediaType"), values.One($"{row}.sha256")?.ToLowerInvariant(), values.One($"{row}.archivedSha256")));

    /// <summary>One record for each row of a list; <paramref name="read"/> gets how the row's names begin.</summary>
    public static IReadOnlyList<T> Each<T>(this FormValues values, string list, Func<string, T> read) =>
        [.. Enumerable.Range(0, values.Rows(list)).Select(i => read($"{list}[{i}]"))];

    /// <summary>A code of an enumeration; what isn't one becomes a value that the registry refuses at its field.</summary>
    public static TEnum Code<TEnum>(this FormValues values, string field) where TEnum : struct, Enum => Code<TEnum>(values.One(field));

    /// <inheritdoc cref="Code{TEnum}(FormValues, string)"/>
    public static TEnum Code<TEnum>(string? code) where TEnum : struct, Enum =>
        Kebab.TryParse<TEnum>(code, out var value) ? value : (TEnum)Enum.ToObject(typeof(TEnum), -1);

    /// <summary>The same, where it may be left out.</summary>
    public static TEnum? OptionalCode<TEnum>(this FormValues values, string field) where TEnum : struct, Enum =>
        values.One(field) is null ? null : values.Code<TEnum>(field);

    public static IEnumerable<(string Name, string? Value)> Typed(this EffectiveDate? date, string field) => [(field, date?.Date), ($"{field}.words", date?.Words)];

    public static IEnumerable<(string Name, string? Value)> Typed(this Period? period, string field) => [.. period?.From.Typed($"{field}.from") ?? [], .. period?.Until.Typed($"{field}.until") ?? []];

    public static IEnumerable<(string Name, string? Value)> Typed(this Due? due, string field) =>
        [.. due?.Date.Typed($"{field}.date") ?? [], ($"{field}.meeting", due?.Meeting), ($"{field}.words", due?.Words)];

    public static IEnumerable<(string Name, string? Value)> Typed(this SourcePlace? place, string field) => [($"{field}.source", place?.Source), ($"{field}.place", place?.Place)];

    public static IEnumerable<(string Name, string? Value)> Typed(this IReadOnlyList<Amount> amounts, string field) => amounts.Rows(field, (a, row) =>
        [($"{row}.value", a.Value), ($"{row}.currency", a.Currency), ($"{row}.purpose", a.Purpose), .. a.Period.Typed($"{row}.period")]);

    public static IEnumerable<(string Name, string? Value)> Typed(this IReadOnlyList<Evidence> evidence, string field) => evidence.Rows(field, (e, row) =>
        [($"{row}.title", e.Title), ($"{row}.url", e.Url), ($"{row}.sha256", e.Sha256), ($"{row}.mediaType", e.MediaType), ($"{row}.archivedSha256", e.ArchivedSha256)]);

    public static IEnumerable<(string Name, string? Value)> Typed(this IEnumerable<string> many, string field) => many.Select(v => (field, (string?)v));

    public static IEnumerable<(string Name, string? Value)> Rows<T>(this IReadOnlyList<T> items, string list, Func<T, string, IEnumerable<(string, string?)>> typed) =>
        items.SelectMany((item, i) => typed(item, $"{list}[{i}]"));
}

using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Citation;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Codebook;

/// <summary>Makes the codebook from the declarations, their doc comments, the lists of addresses and problems, and the log.</summary>
internal static partial class CodebookBuilder
{
    private static readonly Assembly Registry = typeof(IEvent).Assembly;

    // What code says of itself doesn't change while it runs.
    private static readonly Lazy<(EventDoc[] Events, CommandDoc[] Commands, RecordDoc[] Records, EnumerationDoc[] Enumerations)> OfCode = new(() => (Events(), Commands(), Records(), Enumerations()));

    /// <summary>The records that the fields of events are made of, however deep.</summary>
    public static IEnumerable<Type> RecordTypes() => EventTypes.All.SelectMany(e => Within(e.Value)).Where(t => !t.IsEnum).Distinct().OrderBy(t => t.Name, StringComparer.Ordinal);

    /// <summary>The enumerations that entries hold, and those that only views do.</summary>
    public static IEnumerable<(Type Type, bool Stored)> EnumerationTypes()
    {
        var stored = EventTypes.All.SelectMany(e => Within(e.Value)).Where(t => t.IsEnum).ToHashSet();
        return stored.Select(t => (t, true))
            .Concat(typeof(ViewJson).Assembly.GetExportedTypes().Where(t => t.IsEnum && !stored.Contains(t)).Select(t => (t, false)))
            .OrderBy(e => e.t.Name, StringComparer.Ordinal);
    }

    public static CodebookView Build(ReadModels models, Reading reading)
    {
        var (events, commands, records, enumerations) = OfCode.Value;
        return new CodebookView(
            reading.Basis, events, commands, records, enumerations, CodeLists(models, reading),
            [.. ProblemCatalogue.All.OrderBy(p => p.Code, StringComparer.Ordinal).Select(p => new ProblemDoc(p.Code, p.Status, p.Title, p.Mend))],
            [.. ReadEndpoints.All.Concat(CitationEndpoints.All).OrderBy(e => e.Pattern, StringComparer.Ordinal).Select(e => new ViewDoc(e.View, e.Pattern, e.Parameters))],
            ViewChanges.All);
    }

    private static EventDoc[] Events() =>
    [
        .. EventTypes.All.OrderBy(e => e.Key, StringComparer.Ordinal)
            .Select(e => new EventDoc(e.Key, Kebab(e.Value.DeclaringType!.Name.Replace("Event", "", StringComparison.Ordinal)), XmlDocs.Summary(e.Value), [.. Fields(e.Value, "", deep: true)])),
    ];

    private static CommandDoc[] Commands() =>
    [
        .. Registry.GetExportedTypes().Where(t => t is { IsClass: true, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand))).OrderBy(t => t.Name, StringComparer.Ordinal)
            .Select(t => (Type: t, Endpoint: WriteEndpoints.All.FirstOrDefault(e => e.Command == t)))
            .Select(c => new CommandDoc(c.Type.Name, c.Endpoint?.Pattern, c.Endpoint?.Replaces ?? false, XmlDocs.Summary(c.Type), [.. Fields(c.Type, "", deep: false)])),
    ];

    private static RecordDoc[] Records() => [.. RecordTypes().Select(t => new RecordDoc(t.Name, XmlDocs.Summary(t), [.. Fields(t, "", deep: false)]))];

    private static EnumerationDoc[] Enumerations() =>
    [
        .. EnumerationTypes().Select(e => new EnumerationDoc(e.Type.Name, e.Stored, XmlDocs.Summary(e.Type), [.. Enum.GetNames(e.Type).Select(v => new ValueDoc(Kebab(v), XmlDocs.Summary(e.Type, v)))])),
    ];

    private static CodeListDoc[] CodeLists(ReadModels models, Reading reading) =>
    [
        .. models.Frameworks.At(reading.Size).Where(f => f.Opened.CodeList).OrderBy(f => f.Id, StringComparer.Ordinal)
            .Select(f => new CodeListDoc(f.Id, f.Name(reading.Language), f.Opened.Source,
                [.. f.Items.Select(i => new CodeDoc(i.Code, i.Labels.For(reading.Language) ?? i.Code, i.Descriptions.For(reading.Language)))])),
    ];

    private static IEnumerable<FieldDoc> Fields(Type record, string under, bool deep)
    {
        var nullability = new NullabilityInfoContext();
        foreach (var member in Members(record))
        {
            var declared = Nullable.GetUnderlyingType(member.ParameterType);
            var optional = declared is not null || nullability.Create(member).ReadState == NullabilityState.Nullable;
            var item = ItemOf(declared ?? member.ParameterType);
            var type = item ?? declared ?? member.ParameterType;
            var path = under + JsonNamingPolicy.CamelCase.ConvertName(member.Name!);
            var doc = XmlDocs.Parameter(record, member.Name!);
            yield return new FieldDoc(path, Word(type), !optional, item is not null, IsRecord(type), type.IsEnum, ListIn(doc), doc);
            if (deep && IsRecord(type))
            {
                foreach (var inner in Fields(type, item is null ? $"{path}." : $"{path}[].", deep))
                {
                    yield return inner;
                }
            }
        }
    }

    private static IEnumerable<Type> Within(Type record) => Members(record)
        .Select(m => Nullable.GetUnderlyingType(m.ParameterType) ?? m.ParameterType).Select(t => ItemOf(t) ?? t)
        .Where(t => t.IsEnum || IsRecord(t)).SelectMany(t => t.IsEnum ? [t] : Within(t).Prepend(t));

    private static ParameterInfo[] Members(Type record) => record.GetConstructors().MaxBy(c => c.GetParameters().Length)!.GetParameters();

    private static Type? ItemOf(Type type) => type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static bool IsRecord(Type type) => type.Assembly == Registry && type is { IsClass: true } && type != typeof(Texts) && type != typeof(EffectiveDate);

    private static string Word(Type type) =>
        type == typeof(string) ? "text"
        : type == typeof(int) || type == typeof(long) ? "whole number"
        : type == typeof(bool) ? "true or false"
        : type == typeof(EffectiveDate) ? "date (ISO 8601-2)"
        : type == typeof(Texts) ? "texts by language"
        : type.Name;

    private static string? ListIn(string? doc) => doc is not null && CodeListName().Match(doc) is { Success: true } found ? found.Value.Replace("list-", "", StringComparison.Ordinal) : null;

    private static string Kebab(string name) => JsonNamingPolicy.KebabCaseLower.ConvertName(name);

    [GeneratedRegex(@"\blist-[a-z-]+[a-z]\b|\brcm-areas\b")]
    private static partial Regex CodeListName();
}

using System.Collections;
using System.Reflection;

namespace PledgeRegistry.Tests.Rules;

/// <summary>A value with one member, somewhere in it, put in another's place.</summary>
/// <param name="Path">Where, as refusals name it: <c>content.owing[0]</c>.</param>
/// <param name="Optional">True where the member may be absent.</param>
internal sealed record Variation(string Path, bool Optional, object? Was, object Value);

/// <summary>Rebuilds records, lists and texts with one part replaced, for each part there is.</summary>
internal static class Variations
{
    private static readonly NullabilityInfoContext Nullability = new();

    /// <summary>Each part of <paramref name="value"/> in turn replaced by what <paramref name="replace"/> gives for it, if it gives anything.</summary>
    /// <param name="replace">Takes the declared type and the part; gives replacements (null among them is meant).</param>
    public static IEnumerable<Variation> Of(object value, Func<Type, object?, IEnumerable<object?>> replace) => Parts(value, "", replace);

    public static bool IsList(Type type, out Type item)
    {
        item = type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : typeof(void);
        return item != typeof(void);
    }

    public static bool IsRecord(Type type) => type.Assembly == typeof(Texts).Assembly && type.GetMethod("<Clone>$") is not null;

    /// <summary>The members that a record is made of.</summary>
    public static ParameterInfo[] Members(Type record) => record.GetConstructors().Single(c => c.GetParameters().Length > 0).GetParameters();

    public static bool IsOptional(ParameterInfo member) =>
        Nullable.GetUnderlyingType(member.ParameterType) is not null || Nullability.Create(member).ReadState == NullabilityState.Nullable;

    private static IEnumerable<Variation> Parts(object value, string path, Func<Type, object?, IEnumerable<object?>> replace)
    {
        var type = value.GetType();
        var members = Members(type);
        var values = members.Select(m => type.GetProperty(m.Name!)!.GetValue(value)).ToArray();
        for (var i = 0; i < members.Length; i++)
        {
            var at = Join(path, char.ToLowerInvariant(members[i].Name![0]) + members[i].Name![1..]);
            var (index, optional) = (i, IsOptional(members[i]));
            object With(object? part) => Made(type, [.. values.Select((v, j) => j == index ? part : v)]);
            foreach (var variation in Part(members[i].ParameterType, values[i], at, optional, replace))
            {
                yield return variation with { Value = With(variation.Value is Nothing ? null : variation.Value) };
            }
        }
    }

    private static IEnumerable<Variation> Part(Type declared, object? part, string path, bool optional, Func<Type, object?, IEnumerable<object?>> replace)
    {
        foreach (var other in replace(declared, part))
        {
            yield return new Variation(path, optional, part, other ?? new Nothing());
        }
        if (part is null)
        {
            yield break;
        }
        if (part is Texts texts)
        {
            foreach (var (language, text) in texts)
            {
                foreach (var other in replace(typeof(string), text))
                {
                    yield return new Variation($"{path}.{language}", false, text,
                        new Texts(texts.Select(t => t.Key == language ? KeyValuePair.Create(language, (string)other!) : t)));
                }
            }
        }
        else if (IsList(declared, out var item))
        {
            var items = ((IEnumerable)part).Cast<object?>().ToArray();
            for (var i = 0; i < items.Length; i++)
            {
                foreach (var variation in Part(item, items[i], $"{path}[{i}]", false, replace))
                {
                    var list = Array.CreateInstance(item, items.Length);
                    for (var j = 0; j < items.Length; j++)
                    {
                        list.SetValue(j == i ? (variation.Value is Nothing ? null : variation.Value) : items[j], j);
                    }
                    yield return variation with { Value = list };
                }
            }
        }
        else if (IsRecord(part.GetType()))
        {
            foreach (var variation in Parts(part, path, replace))
            {
                yield return variation;
            }
        }
    }

    private static object Made(Type type, object?[] values) => type.GetConstructors().Single(c => c.GetParameters().Length > 0).Invoke(values);

    private static string Join(string path, string name) => path.Length == 0 ? name : $"{path}.{name}";

    private sealed record Nothing;
}

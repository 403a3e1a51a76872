using System.Collections.Concurrent;
using System.Reflection;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace PledgeRegistry.Log;

/// <summary>
/// The shape of stored records, as their declarations say it: members by their exact names, each of its own type, those
/// that can't be null all there, no null in a list. Newtonsoft.Json by itself takes "5" or 5.4 for 5, names in any
/// case, and nothing for anything.
/// </summary>
internal static class StoredShape
{
    private static readonly ConcurrentDictionary<Type, Dictionary<string, Member>> Shapes = new();

    /// <exception cref="FormatException">The JSON isn't of the shape; the message says where.</exception>
    public static void Check(JToken json, Type type)
    {
        var holds = json switch
        {
            _ when type == typeof(Texts) => json is JObject texts && texts.Properties().All(t => t.Value.Type == JTokenType.String),
            _ when type == typeof(string) => json.Type == JTokenType.String,
            _ when type == typeof(bool) => json.Type == JTokenType.Boolean,
            _ when type == typeof(long) => json is JValue { Type: JTokenType.Integer, Value: long },
            _ when type == typeof(int) => json is JValue { Type: JTokenType.Integer, Value: >= (long)int.MinValue and <= (long)int.MaxValue },
            _ when type.IsEnum => json.Type == JTokenType.String && Words(type).Contains((string)json!),
            _ when ItemOf(type) is { } item => CheckItems(json, item),
            _ => CheckMembers(json, type),
        };
        if (!holds)
        {
            throw new FormatException($"'{json.Path}' is not a {type.Name}.");
        }
    }

    /// <summary>True if the declaration lets the member be null.</summary>
    public static bool MayLack(Type type, string member) => Of(type)[JsonNamingPolicy.CamelCase.ConvertName(member)].MayLack;

    private static bool CheckItems(JToken json, Type item)
    {
        foreach (var child in json as JArray ?? throw new FormatException($"'{json.Path}' is not a list."))
        {
            Check(child, item);
        }
        return true;
    }

    private static bool CheckMembers(JToken json, Type type)
    {
        var properties = (json as JObject ?? throw new FormatException($"'{json.Path}' is not an object.")).Properties();
        var missing = Of(type).Where(m => !m.Value.MayLack).Select(m => m.Key).ToHashSet(StringComparer.Ordinal);
        foreach (var property in properties)
        {
            var member = Of(type).GetValueOrDefault(property.Name) ?? throw new FormatException($"'{property.Path}' has no place in a {type.Name}.");
            if (property.Value.Type != JTokenType.Null || !member.MayLack)
            {
                Check(property.Value, member.Type);
            }
            missing.Remove(property.Name);
        }
        return missing.Count == 0 ? true : throw new FormatException($"'{json.Path}' lacks: {string.Join(", ", missing)}.");
    }

    private static Dictionary<string, Member> Of(Type type) => Shapes.GetOrAdd(type, static t =>
    {
        var nullability = new NullabilityInfoContext();
        return t.GetConstructors().Single().GetParameters().ToDictionary(
            p => JsonNamingPolicy.CamelCase.ConvertName(p.Name!),
            p => new Member(Nullable.GetUnderlyingType(p.ParameterType) ?? p.ParameterType, nullability.Create(p).ReadState == NullabilityState.Nullable),
            StringComparer.Ordinal);
    });

    private static Type? ItemOf(Type type) =>
        type.IsGenericType && type.GetGenericTypeDefinition() == typeof(IReadOnlyList<>) ? type.GetGenericArguments()[0] : null;

    private static IEnumerable<string> Words(Type type) => Enum.GetNames(type).Select(JsonNamingPolicy.KebabCaseLower.ConvertName);

    private sealed record Member(Type Type, bool MayLack);
}

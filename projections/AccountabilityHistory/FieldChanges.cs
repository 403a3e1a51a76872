using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;

namespace PledgeRegistry.Projections.AccountabilityHistory;

/// <summary>A field that an entry set or changed: a camelCase path, and its text before and after (null: nothing).</summary>
public sealed record FieldChange(string Field, string? From, string? To);

/// <summary>The difference between two stored values, field by field.</summary>
public static class FieldChanges
{
    /// <summary>Every field that differs, in the order in which fields are stored.</summary>
    public static IReadOnlyList<FieldChange> Between(object? before, object? after)
    {
        var from = Fields(before);
        var to = Fields(after);
        return
        [
            .. from.Keys.Union(to.Keys, StringComparer.Ordinal).Order(StringComparer.Ordinal)
                .Select(field => new FieldChange(field, from.GetValueOrDefault(field), to.GetValueOrDefault(field)))
                .Where(c => c.From != c.To),
        ];
    }

    /// <summary>The fields of a stored value that have one, by their camelCase paths.</summary>
    public static IReadOnlyDictionary<string, string> Fields(object? value)
    {
        var fields = new Dictionary<string, string>(StringComparer.Ordinal);
        if (value is not null)
        {
            Walk(CanonicalJson.Parse(StoredJson.Encode(value)), "", fields);
        }
        return fields;
    }

    private static void Walk(JToken token, string path, Dictionary<string, string> fields)
    {
        switch (token)
        {
            case JObject o:
                foreach (var property in o.Properties())
                {
                    Walk(property.Value, path.Length == 0 ? property.Name : $"{path}.{property.Name}", fields);
                }
                break;
            // A list of words is one field; a list of records is many.
            case JArray a when a.All(i => i is JValue):
                if (a.Count > 0)
                {
                    fields[path] = string.Join(", ", a.Select(i => (string?)i));
                }
                break;
            case JArray a:
                for (var i = 0; i < a.Count; i++)
                {
                    Walk(a[i], $"{path}[{i}]", fields);
                }
                break;
            case JValue { Value: bool b }:
                fields[path] = b ? "true" : "false";
                break;
            default:
                fields[path] = (string?)token ?? "";
                break;
        }
    }
}

using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry;

/// <summary>An enumeration as the word that is stored and shown in addresses: <c>InProgress</c> is <c>in-progress</c>. No numbers.</summary>
public sealed class KebabEnum<T>() : JsonStringEnumConverter<T>(JsonNamingPolicy.KebabCaseLower, allowIntegerValues: false)
    where T : struct, Enum;

public static class Kebab
{
    public static string Code<T>(this T value) where T : struct, Enum => Words<T>.ByValue[value];

    public static bool TryParse<T>(string? code, out T value) where T : struct, Enum
    {
        value = default;
        return code is not null && Words<T>.ByCode.TryGetValue(code, out value);
    }

    public static IEnumerable<string> Codes<T>() where T : struct, Enum => Words<T>.ByCode.Keys;

    private static class Words<T> where T : struct, Enum
    {
        public static readonly Dictionary<T, string> ByValue =
            Enum.GetValues<T>().ToDictionary(v => v, v => JsonNamingPolicy.KebabCaseLower.ConvertName(v.ToString()));

        public static readonly Dictionary<string, T> ByCode =
            ByValue.ToDictionary(p => p.Value, p => p.Key, StringComparer.Ordinal);
    }
}

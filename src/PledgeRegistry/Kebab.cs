using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry;

/// <summary>
/// An enumeration as the word that is stored and shown in addresses: <c>InProgress</c> is <c>in-progress</c>. Exactly
/// that word: no numbers, no other case, no lists, all of which System.Text.Json's own converter takes.
/// </summary>
public sealed class KebabEnum<T> : JsonConverter<T>
    where T : struct, Enum
{
    public override T Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        reader.TokenType == JsonTokenType.String ? ReadAsPropertyName(ref reader, typeToConvert, options) : throw new JsonException("A word is needed here.");

    public override void Write(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WriteStringValue(value.Code());

    public override T ReadAsPropertyName(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options) =>
        Kebab.TryParse(reader.GetString(), out T value) ? value : throw new JsonException($"'{reader.GetString()}' is none of: {string.Join(", ", Kebab.Codes<T>())}.");

    public override void WriteAsPropertyName(Utf8JsonWriter writer, T value, JsonSerializerOptions options) => writer.WritePropertyName(value.Code());
}

/// <summary>The words of enumerations.</summary>
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

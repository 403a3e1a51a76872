using System.Globalization;
using System.Text.Json;
using PledgeRegistry.Log;

namespace PledgeRegistry.Web.Api;

/// <summary>Reads a body as JSON, strictly: UTF-8, at most 32 deep, no key twice, no half characters, no NUL. Says where it fails.</summary>
internal static class StrictJson
{
    private sealed class Level(bool isObject)
    {
        public HashSet<string>? Keys { get; } = isObject ? new(StringComparer.Ordinal) : null;
        public string? Key { get; set; }
        public int Index { get; set; } = -1;
    }

    public static (JsonDocument? Document, Problem? Problem) Parse(ReadOnlyMemory<byte> json)
    {
        var open = new Stack<Level>();
        try
        {
            if (Check(json.Span, open) is { } fault)
            {
                return (null, Problem.Of("malformed-json", $"{fault.Message} It is at {fault.Field}.", fault));
            }
            return (JsonDocument.Parse(json, new JsonDocumentOptions { MaxDepth = CanonicalJson.MaxDepth, AllowDuplicateProperties = false }), null);
        }
        catch (JsonException e)
        {
            var cut = e.Message.IndexOf(" LineNumber:", StringComparison.Ordinal);
            var place = string.Create(CultureInfo.InvariantCulture, $"line {e.LineNumber + 1}, byte {e.BytePositionInLine + 1}");
            var message = $"This isn't JSON that can be read, from {place} on: {(cut < 0 ? e.Message : e.Message[..cut])}";
            return (null, Problem.Of("malformed-json", message, new FieldError("malformed-json", Path(open), message)));
        }
    }

    private static FieldError? Check(ReadOnlySpan<byte> json, Stack<Level> open)
    {
        var reader = new Utf8JsonReader(json, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        while (reader.Read())
        {
            if (reader.TokenType is JsonTokenType.EndObject or JsonTokenType.EndArray)
            {
                open.Pop();
                continue;
            }
            if (reader.TokenType != JsonTokenType.PropertyName && open.TryPeek(out var level) && level.Keys is null)
            {
                level.Index++;
            }
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject or JsonTokenType.StartArray:
                    open.Push(new Level(reader.TokenType == JsonTokenType.StartObject));
                    break;
                case JsonTokenType.PropertyName:
                    if (Text(reader) is not { } key)
                    {
                        return new FieldError("text-refused", Path(open), "A key holds half of a character, NUL, or bytes that aren't UTF-8.");
                    }
                    open.Peek().Key = key;
                    if (!open.Peek().Keys!.Add(key))
                    {
                        return new FieldError("twice", Path(open), "This key is there twice.");
                    }
                    break;
                case JsonTokenType.String when Text(reader) is null:
                    return new FieldError("text-refused", Path(open), "This text holds half of a character, NUL, or bytes that aren't UTF-8.");
            }
        }
        return null;
    }

    private static string? Text(Utf8JsonReader reader)
    {
        try
        {
            var text = reader.GetString()!;
            return text.Contains('\0', StringComparison.Ordinal) ? null : text;
        }
        catch (InvalidOperationException)
        {
            return null;
        }
    }

    // As the registry's own refusals write it: content.by[2].
    private static string? Path(Stack<Level> open)
    {
        var path = "";
        foreach (var level in open.Reverse())
        {
            path += level.Keys is null ? string.Create(CultureInfo.InvariantCulture, $"[{Math.Max(0, level.Index)}]")
                : level.Key is null ? ""
                : path.Length == 0 ? level.Key : $".{level.Key}";
        }
        return path.Length == 0 ? null : path;
    }
}

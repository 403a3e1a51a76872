using System.Collections;
using System.Text.Json;
using System.Text.Json.Serialization;

namespace PledgeRegistry;

/// <summary>The same text by language (BCP 47 tag → text), ordered by tag. Empty where nothing is known.</summary>
[JsonConverter(typeof(TextsJsonConverter))]
public sealed class Texts : IReadOnlyCollection<KeyValuePair<string, string>>, IEquatable<Texts>
{
    public static readonly Texts None = new([]);

    private readonly KeyValuePair<string, string>[] byLanguage;

    /// <exception cref="ArgumentException">Two texts in one language.</exception>
    public Texts(IEnumerable<KeyValuePair<string, string>> texts)
    {
        byLanguage = [.. texts.OrderBy(t => t.Key, StringComparer.Ordinal)];
        for (var i = 1; i < byLanguage.Length; i++)
        {
            if (byLanguage[i].Key == byLanguage[i - 1].Key)
            {
                throw new ArgumentException($"Two texts in '{byLanguage[i].Key}'.", nameof(texts));
            }
        }
    }

    public static Texts Of(params (string Language, string Text)[] texts) =>
        new(texts.Select(t => KeyValuePair.Create(t.Language, t.Text)));

    public int Count => byLanguage.Length;

    public string? this[string language]
    {
        get
        {
            foreach (var (tag, text) in byLanguage)
            {
                if (tag == language)
                {
                    return text;
                }
            }
            return null;
        }
    }

    /// <summary>The text in the reader's language, else English, else the first there is, else nothing.</summary>
    public string? For(string language) => this[language] ?? this["en"] ?? (byLanguage.Length > 0 ? byLanguage[0].Value : null);

    public bool Equals(Texts? other) => other is not null && byLanguage.AsSpan().SequenceEqual(other.byLanguage);
    public override bool Equals(object? obj) => Equals(obj as Texts);
    public override int GetHashCode() => byLanguage.Aggregate(17, (h, t) => HashCode.Combine(h, t.Key, t.Value));
    public IEnumerator<KeyValuePair<string, string>> GetEnumerator() => byLanguage.AsEnumerable().GetEnumerator();
    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();
    public override string ToString() => string.Join("; ", byLanguage.Select(t => $"{t.Key}: {t.Value}"));
}

/// <summary>Texts as a JSON object, for System.Text.Json (the fast reader and HTTP).</summary>
public sealed class TextsJsonConverter : JsonConverter<Texts>
{
    public override Texts Read(ref Utf8JsonReader reader, Type typeToConvert, JsonSerializerOptions options)
    {
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new JsonException("Texts by language are an object.");
        }
        var texts = new List<KeyValuePair<string, string>>();
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var language = reader.GetString()!;
            if (texts.Exists(t => t.Key == language))
            {
                throw new JsonException($"The language '{language}' is named twice.");
            }
            reader.Read();
            texts.Add(KeyValuePair.Create(language, reader.TokenType == JsonTokenType.String
                ? reader.GetString()!
                : throw new JsonException($"The text in '{language}' must be a string.")));
        }
        try
        {
            return new Texts(texts);
        }
        catch (ArgumentException e)
        {
            throw new JsonException(e.Message, e);
        }
    }

    public override void Write(Utf8JsonWriter writer, Texts value, JsonSerializerOptions options)
    {
        writer.WriteStartObject();
        foreach (var (language, text) in value)
        {
            writer.WriteString(language, text);
        }
        writer.WriteEndObject();
    }
}

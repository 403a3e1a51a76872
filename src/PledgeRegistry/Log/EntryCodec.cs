using System.Buffers;
using System.Globalization;
using System.Text.Json;
using System.Text.Json.Serialization;
using System.Text.Json.Serialization.Metadata;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>
/// Entries to bytes and back. Writing: canonical JSON, the data encoded by the caller beforehand. Reading: a fast reader
/// for current types, and the reference reader (Newtonsoft.Json) for upcasting and to hold the fast one against.
/// </summary>
public sealed class EntryCodec(Upcasters upcasters)
{
    /// <summary>The most bytes an entry may have: its length fits the 16 bits of an entry bundle.</summary>
    public const int MaxEntryBytes = 65_535;

    private const string TimeFormat = "yyyy-MM-dd'T'HH:mm:ss.fff'Z'";

    // System.Text.Json compiles a reader for each type once; nothing is reflected while entries are read. A property
    // test holds its readings equal to the reference reader's.
    private static readonly JsonSerializerOptions Fast = new()
    {
        PropertyNamingPolicy = JsonNamingPolicy.CamelCase,
        UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow,
        AllowDuplicateProperties = false,
        MaxDepth = CanonicalJson.MaxDepth,
        TypeInfoResolver = new DefaultJsonTypeInfoResolver(),
    };

    public static readonly EntryCodec Current = new(Upcasters.Current);

    /// <summary>An entry's canonical bytes, from the envelope and the already encoded data.</summary>
    /// <exception cref="EntryTooLargeException">More than <see cref="MaxEntryBytes"/>.</exception>
    public static byte[] Encode(Entry entry, ReadOnlySpan<byte> data)
    {
        var target = new ArrayBufferWriter<byte>(data.Length + 768);
        Text(target, "{\"actor\":"u8, entry.Actor);
        OptionalText(target, ",\"causationId\":"u8, entry.CausationId);
        Text(target, ",\"commandHash\":"u8, entry.CommandHash.ToString());
        Text(target, ",\"commandId\":"u8, entry.CommandId.ToString());
        Text(target, ",\"correlationId\":"u8, entry.CorrelationId);
        CanonicalText.Write(target, ",\"data\":"u8);
        CanonicalText.Write(target, data);
        Text(target, ",\"id\":"u8, entry.Id.ToString("D", CultureInfo.InvariantCulture));
        OptionalText(target, ",\"onBehalfOf\":"u8, entry.OnBehalfOf);
        CanonicalText.Write(target, ",\"position\":"u8);
        CanonicalText.WriteInteger(target, entry.Position);
        Text(target, ",\"recordedAt\":"u8, FormatTime(entry.RecordedAt));
        Text(target, ",\"role\":"u8, entry.Role);
        Text(target, ",\"stream\":"u8, entry.Stream);
        Text(target, ",\"type\":"u8, entry.Type);
        CanonicalText.Write(target, ",\"version\":"u8);
        CanonicalText.WriteInteger(target, entry.Version);
        CanonicalText.Write(target, "}"u8);
        return target.WrittenCount <= MaxEntryBytes
            ? target.WrittenSpan.ToArray()
            : throw new EntryTooLargeException(target.WrittenCount);
    }

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(TimeFormat, CultureInfo.InvariantCulture);

    /// <exception cref="LogDamagedException">Not an entry.</exception>
    /// <exception cref="UnknownEventTypeException">An entry of a type that this release doesn't know.</exception>
    public Entry Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var envelope = new Envelope();
            var reader = new Utf8JsonReader(bytes);
            var data = ReadEnvelope(ref reader, bytes, envelope);
            var type = envelope.Text["type"];
            if (upcasters.Applies(type))
            {
                return DecodeReference(bytes);
            }
            var clr = EventTypes.Find(type) ?? throw new UnknownEventTypeException(type);
            var happened = (IEvent)(JsonSerializer.Deserialize(data, clr, Fast) ?? throw new FormatException("The data is null."));
            return envelope.ToEntry(happened);
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException or KeyNotFoundException)
        {
            throw new LogDamagedException($"Not an entry: {e.Message}", e);
        }
    }

    /// <summary>The same by Newtonsoft.Json, with upcasting, and slower.</summary>
    public Entry DecodeReference(ReadOnlySpan<byte> bytes)
    {
        try
        {
            var json = CanonicalJson.Parse(bytes) as JObject ?? throw new FormatException("An entry is an object.");
            var envelope = new Envelope();
            foreach (var property in json.Properties())
            {
                switch (property.Value)
                {
                    case JValue { Type: JTokenType.String, Value: string s }: envelope.Text[property.Name] = s; break;
                    case JValue { Type: JTokenType.Integer, Value: long n }: envelope.Numbers[property.Name] = n; break;
                    case JValue { Type: JTokenType.Null }: break;
                    case JObject when property.Name == "data": break;
                    default: throw new FormatException($"'{property.Name}' has no place in an envelope.");
                }
            }
            var (type, data) = upcasters.Upcast(envelope.Text["type"], (JObject)json["data"]!);
            var clr = EventTypes.Find(type) ?? throw new UnknownEventTypeException(type);
            return envelope.ToEntry((IEvent)StoredJson.Decode(data, clr));
        }
        catch (Exception e) when (e is FormatException or KeyNotFoundException or InvalidCastException)
        {
            throw new LogDamagedException($"Not an entry: {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> ReadEnvelope(ref Utf8JsonReader reader, ReadOnlySpan<byte> bytes, Envelope envelope)
    {
        ReadOnlySpan<byte> data = default;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("An entry is an object.");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var name = reader.GetString()!;
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.String: envelope.Text[name] = reader.GetString()!; break;
                case JsonTokenType.Number: envelope.Numbers[name] = reader.GetInt64(); break;
                case JsonTokenType.Null: break;
                case JsonTokenType.StartObject when name == "data":
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = bytes[start..(int)reader.BytesConsumed];
                    break;
                default: throw new FormatException($"'{name}' has no place in an envelope.");
            }
        }
        return reader.Read() ? throw new FormatException("Something follows the entry.") : data;
    }

    private static void Text(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> key, string value)
    {
        CanonicalText.Write(target, key);
        CanonicalText.WriteString(target, value);
    }

    private static void OptionalText(ArrayBufferWriter<byte> target, ReadOnlySpan<byte> key, string? value)
    {
        CanonicalText.Write(target, key);
        if (value is null)
        {
            CanonicalText.Write(target, "null"u8);
        }
        else
        {
            CanonicalText.WriteString(target, value);
        }
    }

    private sealed class Envelope
    {
        public Dictionary<string, string> Text { get; } = new(16, StringComparer.Ordinal);
        public Dictionary<string, long> Numbers { get; } = new(2, StringComparer.Ordinal);

        public Entry ToEntry(IEvent happened) => new(
            Numbers["position"],
            Text["stream"],
            Numbers["version"],
            Guid.ParseExact(Text["id"], "D"),
            Text["type"],
            DateTimeOffset.ParseExact(Text["recordedAt"], TimeFormat, CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal),
            Text["actor"],
            Text["role"],
            Text.GetValueOrDefault("onBehalfOf"),
            Hash.Parse(Text["commandId"]),
            Hash.Parse(Text["commandHash"]),
            Text["correlationId"],
            Text.GetValueOrDefault("causationId"),
            happened);
    }
}

/// <summary>An event that doesn't fit an entry. Its command is refused; nothing is cut off.</summary>
public sealed class EntryTooLargeException(int bytes)
    : Exception($"The entry would have {bytes} bytes; at most {EntryCodec.MaxEntryBytes} fit.")
{
    public int Bytes { get; } = bytes;
}

/// <summary>An entry written by a newer release. Reading stops before it: nothing is skipped.</summary>
public sealed class UnknownEventTypeException(string type)
    : Exception($"The log has an event of type '{type}', which this release doesn't know. A newer release wrote it; update this one.")
{
    public string Type { get; } = type;
}

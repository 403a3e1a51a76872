using System.Buffers;
using System.Globalization;
using System.Text.Json;
using Newtonsoft.Json.Linq;

namespace PledgeRegistry.Log;

/// <summary>
/// Entries to bytes and back. Writing: canonical JSON, the data encoded by the caller beforehand. Reading: a fast reader
/// for current types, and the reference reader (Newtonsoft.Json) for upcasting and to hold the fast one against.
/// </summary>
public sealed class EntryCodec(Upcasters upcasters)
{
    /// <summary>The most bytes an entry may have: its length fits the 16 bits of an entry bundle.</summary>
    public const int MaxEntryBytes = 65_535;

    private static readonly ThreadLocal<ArrayBufferWriter<byte>> Buffer = new(() => new ArrayBufferWriter<byte>(4096));

    public static readonly EntryCodec Current = new(Upcasters.Current);

    /// <summary>An entry's canonical bytes, from the envelope and the already encoded data.</summary>
    /// <exception cref="EntryTooLargeException">More than <see cref="MaxEntryBytes"/>.</exception>
    public static byte[] Encode(Entry entry, ReadOnlySpan<byte> data)
    {
        var target = Buffer.Value!;
        target.ResetWrittenCount();
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

    public static string FormatTime(DateTimeOffset time) => time.UtcDateTime.ToString(Envelope.TimeFormat, CultureInfo.InvariantCulture);

    /// <exception cref="LogDamagedException">Not an entry.</exception>
    /// <exception cref="UnknownEventTypeException">An entry of a type that this release doesn't know.</exception>
    public Entry Decode(ReadOnlySpan<byte> bytes)
    {
        try
        {
            if (Stub.IsOne(bytes))
            {
                var stub = Stub.TryParse(bytes.ToArray()) ?? throw new FormatException("It begins as the stub of an entry, and isn't one.");
                return Stub.IsOne(stub.Entry.Span)
                    ? throw new FormatException("It is the stub of a stub.")
                    : Decode(stub.Entry.Span) with { WithheldBy = stub.By };
            }
            var envelope = new Envelope();
            var data = ReadEnvelope(bytes, envelope);
            if (upcasters.Applies(envelope.Type))
            {
                return DecodeReference(bytes);
            }
            var type = EventTypes.Find(envelope.Type) ?? throw new UnknownEventTypeException(envelope.Type);
            return envelope.ToEntry(FastJson.Decode(data, type));
        }
        catch (Exception e) when (e is JsonException or FormatException or InvalidOperationException)
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
            long? withheldBy = null;
            if (json is { Count: 3 } && json["entry"] is JObject inner && json["leaf"] is JValue { Value: string leaf } && Transparency.Hash.TryParse(leaf, out _)
                && json["redactedBy"] is JValue { Value: long and >= 0 } by)
            {
                (json, withheldBy) = (inner, (long)by);
            }
            var envelope = new Envelope();
            foreach (var property in json.Properties())
            {
                switch (property.Value)
                {
                    case JObject when property.Name == "data": envelope.Data(); break;
                    case JValue { Type: JTokenType.String, Value: string s }: envelope.Text(Envelope.Find(property.Name), s); break;
                    case JValue { Type: JTokenType.Integer, Value: long n }: envelope.Number(Envelope.Find(property.Name), n); break;
                    case JValue { Type: JTokenType.Null }: envelope.Text(Envelope.Find(property.Name), null); break;
                    default: throw new FormatException($"'{property.Name}' has no place in an envelope.");
                }
            }
            var (type, data) = upcasters.Upcast(envelope.Type, json["data"] as JObject ?? throw new FormatException("There is no data."));
            var clr = EventTypes.Find(type) ?? throw new UnknownEventTypeException(type);
            return envelope.ToEntry((IEvent)StoredJson.Decode(data, clr)) with { WithheldBy = withheldBy };
        }
        catch (Exception e) when (e is not UnknownEventTypeException)
        {
            // An upcaster may fail in any way on data that it wasn't written for.
            throw new LogDamagedException($"Not an entry: {e.Message}", e);
        }
    }

    private static ReadOnlySpan<byte> ReadEnvelope(ReadOnlySpan<byte> bytes, Envelope envelope)
    {
        var reader = new Utf8JsonReader(bytes, new JsonReaderOptions { MaxDepth = CanonicalJson.MaxDepth });
        ReadOnlySpan<byte> data = default;
        reader.Read();
        if (reader.TokenType != JsonTokenType.StartObject)
        {
            throw new FormatException("An entry is an object.");
        }
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            var member = Envelope.Find(ref reader);
            reader.Read();
            switch (reader.TokenType)
            {
                case JsonTokenType.StartObject when member == Envelope.Member.Data:
                    envelope.Data();
                    var start = (int)reader.TokenStartIndex;
                    reader.Skip();
                    data = bytes[start..(int)reader.BytesConsumed];
                    break;
                case JsonTokenType.String when !reader.ValueIsEscaped && envelope.TryText(member, reader.ValueSpan): break;
                case JsonTokenType.String: envelope.Text(member, TextOf(ref reader, member)); break;
                case JsonTokenType.Number: envelope.Number(member, reader.GetInt64()); break;
                case JsonTokenType.Null: envelope.Text(member, null); break;
                default: throw new FormatException("A member has no place in an envelope.");
            }
        }
        // Nothing may follow: the reader throws if something does.
        reader.Read();
        return data.IsEmpty ? throw new FormatException("There is no data.") : data;
    }

    private static string? TextOf(ref Utf8JsonReader reader, Envelope.Member? member) =>
        !reader.ValueIsEscaped
        && member is Envelope.Member.Actor or Envelope.Member.OnBehalfOf or Envelope.Member.Role or Envelope.Member.Stream or Envelope.Member.Type
        && System.Text.Unicode.Utf8.IsValid(reader.ValueSpan)
            ? SharedStrings.Get(reader.ValueSpan)
            : reader.GetString();

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

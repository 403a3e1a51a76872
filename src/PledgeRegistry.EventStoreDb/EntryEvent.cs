using System.Text;
using System.Text.Json;
using EventStore.Client;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.EventStoreDb;

/// <summary>An entry as an event: its bytes are the data, as they are; its id and type are in the event's own fields, for others to filter by; its leaf hash is in the metadata.</summary>
internal static class EntryEvent
{
    public static EventData Of(StoredEntry entry)
    {
        var metadata = Encoding.ASCII.GetBytes($$"""{"leaf":"{{entry.Leaf}}"}""");
        // A copy: the client sends it after a caller that cancelled may have gone on.
        var bytes = entry.Bytes.ToArray();
        return Member(bytes, "id"u8) is { } id && Guid.TryParseExact(id, "D", out var guid) && Member(bytes, "type"u8) is { Length: > 0 } type
            ? new EventData(Uuid.FromGuid(guid), type, bytes, metadata, "application/json")
            : new EventData(Uuid.NewUuid(), "entry", bytes, metadata, "application/octet-stream");
    }

    /// <exception cref="LogDamagedException">Another event than the one at this position, or one that is no entry.</exception>
    public static StoredEntry Read(EventRecord record, long position)
    {
        if (record.EventNumber.ToInt64() != position)
        {
            throw new LogDamagedException($"The entry at position {position} is missing, though there is one at {record.EventNumber.ToInt64()}: the stream was truncated or deleted.");
        }
        return Hash.TryParse(Member(record.Metadata.Span, "leaf"u8), out var leaf) && !record.Data.IsEmpty
            ? new StoredEntry(record.Data, leaf)
            : throw new LogDamagedException($"The event at position {position} (type '{record.EventType}') is no entry: something else writes to the stream.");
    }

    // The text of a member of the outermost object; null where there is none, or no JSON. What is nested is passed over.
    private static string? Member(ReadOnlySpan<byte> json, ReadOnlySpan<byte> name)
    {
        try
        {
            var reader = new Utf8JsonReader(json);
            if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
            {
                return null;
            }
            while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
            {
                var found = reader.ValueTextEquals(name);
                reader.Read();
                if (found)
                {
                    return reader.TokenType == JsonTokenType.String ? reader.GetString() : null;
                }
                reader.Skip();
            }
            return null;
        }
        catch (Exception e) when (e is JsonException or InvalidOperationException)
        {
            return null;
        }
    }
}

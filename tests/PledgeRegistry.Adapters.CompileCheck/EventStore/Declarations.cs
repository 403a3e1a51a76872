// Declarations with the signatures of EventStore.Client.Grpc.Streams 23.3, and no more of it than the adapter uses.
namespace EventStore.Client;

public readonly record struct Uuid
{
    private readonly Guid value;

    private Uuid(Guid value) => this.value = value;

    public static Uuid FromGuid(Guid value) => new(value);

    public static Uuid NewUuid() => new(Guid.NewGuid());

    public Guid ToGuid() => value;
}

public readonly record struct StreamPosition
{
    public static readonly StreamPosition Start = new(0);
    public static readonly StreamPosition End = new(ulong.MaxValue);

    private readonly ulong value;

    public StreamPosition(ulong value) => this.value = value is <= long.MaxValue or ulong.MaxValue ? value : throw new ArgumentOutOfRangeException(nameof(value));

    public static StreamPosition FromInt64(long value) => value == -1 ? End : new StreamPosition(Convert.ToUInt64(value));

    public long ToInt64() => this == End ? -1 : Convert.ToInt64(value);

    public ulong ToUInt64() => value;
}

public readonly record struct StreamRevision
{
    public static readonly StreamRevision None = new(ulong.MaxValue);

    private readonly ulong value;

    public StreamRevision(ulong value) => this.value = value is <= long.MaxValue or ulong.MaxValue ? value : throw new ArgumentOutOfRangeException(nameof(value));

    public static StreamRevision FromInt64(long value) => value == -1 ? None : new StreamRevision(Convert.ToUInt64(value));

    public long ToInt64() => this == None ? -1 : Convert.ToInt64(value);
}

public readonly record struct StreamState
{
    public static readonly StreamState NoStream = new(-1);
    public static readonly StreamState Any = new(-2);

    private StreamState(int value) => Value = value;

    internal int Value { get; }
}

public readonly record struct FromStream
{
    public static readonly FromStream Start = new(-1);
    public static readonly FromStream End = new(long.MaxValue);

    private FromStream(long value) => Last = value;

    /// <summary>The last event that isn't wanted.</summary>
    internal long Last { get; }

    public static FromStream After(StreamPosition position) => position == StreamPosition.End ? throw new ArgumentException("After the end is nothing.", nameof(position)) : new(position.ToInt64());
}

public enum Direction
{
    Backwards,
    Forwards,
}

public enum NodePreference
{
    Leader,
    Follower,
    Random,
    ReadOnlyReplica,
}

public sealed class EventData(Uuid eventId, string type, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte>? metadata = null, string contentType = "application/json")
{
    public Uuid EventId { get; } = eventId;
    public string Type { get; } = type;
    public ReadOnlyMemory<byte> Data { get; } = data;
    public ReadOnlyMemory<byte> Metadata { get; } = metadata ?? ReadOnlyMemory<byte>.Empty;
    public string ContentType { get; } = contentType;
}

public class EventRecord(Uuid eventId, string eventType, StreamPosition eventNumber, ReadOnlyMemory<byte> data, ReadOnlyMemory<byte> metadata, string contentType)
{
    public Uuid EventId { get; } = eventId;
    public string EventType { get; } = eventType;
    public StreamPosition EventNumber { get; } = eventNumber;
    public ReadOnlyMemory<byte> Data { get; } = data;
    public ReadOnlyMemory<byte> Metadata { get; } = metadata;
    public string ContentType { get; } = contentType;
}

public readonly struct ResolvedEvent(EventRecord @event)
{
    public EventRecord Event { get; } = @event;
}

public interface IWriteResult
{
    StreamRevision NextExpectedStreamRevision { get; }
}

public readonly struct StreamMetadata(int? maxCount = null, TimeSpan? maxAge = null, StreamPosition? truncateBefore = null)
{
    public int? MaxCount { get; } = maxCount;
    public TimeSpan? MaxAge { get; } = maxAge;
    public StreamPosition? TruncateBefore { get; } = truncateBefore;
}

public readonly struct StreamMetadataResult(StreamMetadata metadata)
{
    public StreamMetadata Metadata { get; } = metadata;
}

public readonly struct DeleteResult;

public class UserCredentials;

public class EventStoreClientOperationOptions
{
    public bool ThrowOnAppendFailure { get; set; } = true;
}

public class EventStoreClientConnectivitySettings
{
    public NodePreference NodePreference { get; set; }
}

public partial class EventStoreClientSettings
{
    public string? ConnectionName { get; set; }

    public EventStoreClientConnectivitySettings ConnectivitySettings { get; set; } = new();
}

public class WrongExpectedVersionException(string message) : Exception(message);

public class StreamDeletedException(string stream) : Exception($"Event stream '{stream}' is deleted.");

public class StreamNotFoundException(string stream) : Exception($"Event stream '{stream}' was not found.");

public class AccessDeniedException(string message) : Exception(message);

public class NotAuthenticatedException(string message) : Exception(message);

public class NotLeaderException(string host) : Exception($"Not leader. New leader at {host}.");

public class DiscoveryException(string message) : Exception(message);

public class MaximumAppendSizeExceededException(int size) : Exception($"Maximum Append Size of {size} Exceeded.");

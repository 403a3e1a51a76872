using System.Collections.Concurrent;
using System.Runtime.CompilerServices;

namespace EventStore.Client;

/// <summary>What goes wrong with an append.</summary>
public enum ServerFault
{
    /// <summary>No answer, and nothing was written.</summary>
    LostBefore,

    /// <summary>No answer, and all was written.</summary>
    LostAfter,

    /// <summary>The node isn't the leader any more.</summary>
    NotLeader,

    /// <summary>The node isn't ready, which comes without a type of its own.</summary>
    NotReady,

    /// <summary>The client's call for appends ended without an error: nothing was written, and that client never gets an answer again.</summary>
    CallEnded,
}

internal sealed class CallEndedException : Exception;

/// <summary>
/// A model in memory of one node, not the real thing: expected revisions, the same ids answered with the first result, the size limit,
/// deleted streams, subscriptions, and chosen faults, as they were seen on real servers.
/// </summary>
public sealed class EventStoreServer
{
    private const int NoStream = -1, Any = -2, MaxAppendBytes = 1 << 20;

    private static readonly ConcurrentDictionary<string, EventStoreServer> Servers = new(StringComparer.Ordinal);

    private readonly Lock gate = new();
    private readonly Dictionary<string, List<EventRecord>> streams = new(StringComparer.Ordinal);
    private readonly Dictionary<string, StreamMetadata> metadata = new(StringComparer.Ordinal);
    private readonly HashSet<string> tombstones = new(StringComparer.Ordinal);
    private readonly Queue<ServerFault> faults = new();
    private TaskCompletionSource? stalled;
    private TaskCompletionSource grown = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>How far this server's clock is ahead of its clients'.</summary>
    public TimeSpan Ahead { get; set; }

    public static EventStoreServer At(string address) => Servers.GetOrAdd(address, _ => new EventStoreServer());

    /// <summary>The next append fails so.</summary>
    public void Fail(ServerFault fault)
    {
        lock (gate)
        {
            faults.Enqueue(fault);
        }
    }

    /// <summary>From now on a read gets nothing.</summary>
    /// <returns>When the next one has begun.</returns>
    public Task StallReads() => (stalled = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).Task;

    public void ReadOn() => stalled = null;

    public void SetMetadata(string stream, StreamMetadata set)
    {
        lock (gate)
        {
            metadata[stream] = set;
        }
    }

    public void Tombstone(string stream)
    {
        lock (gate)
        {
            tombstones.Add(stream);
        }
    }

    /// <summary>Begins a stream anew with other events, as after a restore of another backup.</summary>
    public void Replace(string stream, params EventData[] events)
    {
        lock (gate)
        {
            streams.Remove(stream);
            // At once, and not some time later: the test goes on with what is there now.
            Write(stream, NoStream, [.. events]);
        }
    }

    public IReadOnlyList<EventRecord> Events(string stream)
    {
        lock (gate)
        {
            return [.. streams.GetValueOrDefault(stream) ?? []];
        }
    }

    internal StreamMetadata Metadata(string stream)
    {
        lock (gate)
        {
            return metadata.GetValueOrDefault(stream);
        }
    }

    internal async Task<IWriteResult> AppendAsync(string stream, long expected, IEnumerable<EventData> events, TimeSpan? deadline, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var added = events.ToList();
        await Task.Yield();
        TaskCompletionSource signal;
        WriteResult result;
        ServerFault? fault = null;
        lock (gate)
        {
            if (faults.TryDequeue(out var next))
            {
                fault = next;
            }
            switch (fault)
            {
                case ServerFault.LostBefore:
                    throw new Grpc.Core.RpcException("Unavailable");
                case ServerFault.NotLeader:
                    throw new NotLeaderException("127.0.0.1:2113");
                case ServerFault.NotReady:
                    throw new InvalidOperationException("Server Is Not Ready");
                case ServerFault.CallEnded:
                    throw new CallEndedException();
            }
            // It comes as an instant of the client's clock.
            if (deadline <= Ahead)
            {
                throw new TimeoutException();
            }
            if (tombstones.Contains(stream))
            {
                throw new StreamDeletedException(stream);
            }
            if (added.Sum(e => e.Data.Length + e.Metadata.Length + (2 * e.Type.Length)) > MaxAppendBytes)
            {
                throw new MaximumAppendSizeExceededException(MaxAppendBytes);
            }
            result = Write(stream, expected, added);
            signal = grown;
            grown = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        }
        signal.TrySetResult();
        return fault is null ? result : throw new Grpc.Core.RpcException("DeadlineExceeded");
    }

    internal async Task<IReadOnlyList<EventRecord>?> ReadAsync(string stream, Direction direction, StreamPosition from, long count, CancellationToken cancel)
    {
        ArgumentOutOfRangeException.ThrowIfNegativeOrZero(count);
        await Task.Delay(1, CancellationToken.None);
        if (stalled is { } signal)
        {
            signal.TrySetResult();
            await Task.Delay(Timeout.InfiniteTimeSpan, cancel).ContinueWith(_ => { }, TaskScheduler.Default);
        }
        if (cancel.IsCancellationRequested)
        {
            throw new Grpc.Core.RpcException("Cancelled");
        }
        lock (gate)
        {
            if (tombstones.Contains(stream))
            {
                throw new StreamDeletedException(stream);
            }
            if (!streams.TryGetValue(stream, out var all))
            {
                return null;
            }
            var take = (int)Math.Min(count, all.Count);
            var first = metadata.GetValueOrDefault(stream).TruncateBefore?.ToInt64() ?? 0;
            return direction == Direction.Backwards
                ? [.. Enumerable.Reverse(all).Take(take)]
                : [.. all.Where(e => e.EventNumber.ToInt64() >= Math.Max(first, from.ToInt64())).Take(take)];
        }
    }

    internal async IAsyncEnumerable<ResolvedEvent> SubscribeAsync(string stream, long last, [EnumeratorCancellation] CancellationToken cancel)
    {
        while (true)
        {
            Task signal;
            List<EventRecord> news;
            lock (gate)
            {
                signal = grown.Task;
                news = [.. (streams.GetValueOrDefault(stream) ?? []).Where(e => e.EventNumber.ToInt64() > last)];
            }
            foreach (var record in news)
            {
                last = record.EventNumber.ToInt64();
                yield return new ResolvedEvent(record);
            }
            await signal.WaitAsync(cancel);
        }
    }

    private WriteResult Write(string stream, long expected, List<EventData> added)
    {
        var all = streams.GetValueOrDefault(stream) ?? [];
        if (expected != Any && expected != all.Count - 1)
        {
            // In the past: the first result, if the events there are the same by their ids.
            return expected < all.Count - 1 && all.Skip((int)expected + 1).Take(added.Count).Select(e => e.EventId).SequenceEqual(added.Select(e => e.EventId))
                ? new WriteResult(StreamRevision.FromInt64(expected + added.Count))
                : throw new WrongExpectedVersionException($"Append failed due to WrongExpectedVersion. Stream: {stream}, Expected version: {expected}, Actual version: {all.Count - 1}");
        }
        streams[stream] = all;
        all.AddRange(added.Select((e, i) => new EventRecord(
            e.EventId, e.Type, StreamPosition.FromInt64(all.Count + i), e.Data.ToArray(), e.Metadata.ToArray(), e.ContentType)).ToList());
        return new WriteResult(StreamRevision.FromInt64(all.Count - 1));
    }

    private sealed record WriteResult(StreamRevision NextExpectedStreamRevision) : IWriteResult;
}

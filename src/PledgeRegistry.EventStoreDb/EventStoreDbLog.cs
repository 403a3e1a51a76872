using EventStore.Client;
using PledgeRegistry.Log;

namespace PledgeRegistry.EventStoreDb;

/// <summary>
/// The log as one stream of EventStoreDB 20.10 or later, or KurrentDB: an event's number is its entry's position, and the
/// expected revision is the expected head, so the cluster itself orders any number of writers. Safe for any number of threads.
/// </summary>
/// <remarks>
/// <para><b>What is durable.</b> The leader answers an append when a majority of the nodes has it on disk (their default;
/// <c>--mem-db</c> and <c>--unsafe-disable-flush-to-disk</c> give that up, and can't be seen from here). It shows a reader only what
/// a majority has: events are indexed after that. Every call here requires the leader, so that nobody reads from a follower that is behind.</para>
/// <para><b>After an append that threw</b> (no leader, no answer, a deadline, cancelled) something is appended to a stream beside
/// this one before anything is read. All streams are in one log, in the order in which the leader took them: when a majority has
/// the later record, it has what is before it, and the node that answered is the leader still; one that was deposed never gets a
/// majority. What is read then stays. An append that is still on its way may come after that, as another writer's may:
/// whoever appends at that head is then stale, and reads it.</para>
/// <para><b>The same ids again.</b> Where an append's revision is in the past, the server compares ids: if the events there have the
/// ids that were sent, it answers as it did the first time, and not "wrong version". So a stale writer could be told "appended" only
/// if it sends the ids that are at that very place. An id is made with the decision (UUIDv7) and stands in the bytes, with the position:
/// only the same append, sent again after its answer was lost, has them, and then the answer is true. A new decision has new ids. What is
/// no entry (in tests) gets a random id.</para>
/// </remarks>
public sealed class EventStoreDbLog : IEventLog
{
    /// <summary>The stream, where the connection string names no other (<c>?stream=…</c>).</summary>
    public const string DefaultStream = "pledge-registry";

    /// <summary>The largest position an entry can have: the largest integer that JSON keeps.</summary>
    private const long LastPosition = (1L << 53) - 1;

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);
    private static readonly TimeSpan Poll = TimeSpan.FromSeconds(1);

    private readonly EventStoreClient client;
    private readonly string stream;
    private readonly bool writes;
    private readonly GrowthSignal growth = new();
    private readonly Lazy<Follower> follower;
    private readonly SemaphoreSlim gate = new(1);

    // What this writer appended last. Events never change, so it needn't be read again before the next append.
    private LogHead? own;

    // From the first exception of an append until SettleAsync has been through.
    private volatile bool inDoubt;
    private volatile bool disposed;

    private EventStoreDbLog(string connectionString, bool writes)
    {
        (client, stream) = Connection.Open(connectionString);
        this.writes = writes;
        follower = new Lazy<Follower>(() => new Follower(client, stream, growth));
    }

    /// <summary>Opens the log for reading and writing; the stream comes to be with the first append.</summary>
    /// <param name="connectionString">The client's: <c>esdb://user:password@host:2113?tls=true</c>, <c>esdb+discover://…</c>, <c>kurrentdb://…</c>.</param>
    /// <exception cref="LogRefusedException">The stream can't be the log: it was deleted, is kept in part only, or may not be read.</exception>
    public static Task<EventStoreDbLog> OpenForWritingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: true, cancel);

    /// <summary>Opens the log for reading.</summary>
    /// <inheritdoc cref="OpenForWritingAsync"/>
    public static Task<EventStoreDbLog> OpenForReadingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: false, cancel);

    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        if (!writes)
        {
            throw new InvalidOperationException($"The stream {stream} is open for reading only.");
        }
        Batch.Check(expected, entries);
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                await CommitFurtherAsync(cancel);
            }
            // The server compares revisions, not what is there.
            if (own != expected && !await IsThereAsync(expected, cancel))
            {
                return AppendOutcome.Diverged;
            }
            return await AppendOrDoubtAsync(expected, entries, cancel);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        ObjectDisposedException.ThrowIf(disposed, this);
        cancel.ThrowIfCancellationRequested();
        while (true)
        {
            if (inDoubt)
            {
                await SettleAsync(cancel);
            }
            var read = await ReadStreamAsync(from, count, cancel);
            if (!inDoubt)
            {
                growth.Grow(read.Count > 0 ? from + read.Count : 0);
                return read;
            }
            // An append failed meanwhile, and this may have seen what came of it.
        }
    }

    public async Task WaitAsync(long after, CancellationToken cancel = default)
    {
        while (true)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            cancel.ThrowIfCancellationRequested();
            if (inDoubt || growth.Size > after)
            {
                return;
            }
            _ = follower.Value;
            if (await growth.WaitAsync(after, Poll, cancel))
            {
                continue;
            }
            try
            {
                growth.Grow(await SizeAsync(cancel));
            }
            catch (Exception) when (!cancel.IsCancellationRequested)
            {
                // The server is away. Whoever reads or appends is told; a wait waits for it.
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (!disposed)
            {
                disposed = true;
                if (follower.IsValueCreated)
                {
                    await follower.Value.DisposeAsync();
                }
                await client.DisposeAsync();
                growth.Wake();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<EventStoreDbLog> OpenAsync(string connectionString, bool writes, CancellationToken cancel)
    {
        var log = new EventStoreDbLog(connectionString, writes);
        try
        {
            await StreamCheck.RefuseAsync(log.client, log.stream, Deadline, cancel);
            log.growth.Grow(await log.SizeAsync(cancel));
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    // The caller holds the gate.
    private async Task<AppendOutcome> AppendOrDoubtAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        var added = new LogHead(expected.Size + entries.Count, entries[^1].Leaf);
        EventData[] events = [.. entries.Select(EntryEvent.Of)];
        own = null;
        try
        {
            var append = expected.Size == 0
                ? client.AppendToStreamAsync(stream, StreamState.NoStream, events, o => o.ThrowOnAppendFailure = true, Deadline, cancellationToken: cancel)
                : client.AppendToStreamAsync(stream, StreamRevision.FromInt64(expected.Size - 1), events, o => o.ThrowOnAppendFailure = true, Deadline, cancellationToken: cancel);
            var result = await append.WaitAsync(cancel);
            if (result.NextExpectedStreamRevision.ToInt64() != added.Size - 1)
            {
                throw new LogDamagedException($"The server put the entries {expected.Size} to {added.Size - 1} elsewhere, up to {result.NextExpectedStreamRevision.ToInt64()}: the stream was deleted and begun anew.");
            }
            own = added;
            growth.Grow(added.Size);
            return AppendOutcome.Appended;
        }
        catch (WrongExpectedVersionException)
        {
            // Asked again: if the stream is another one now, what was known of it no longer holds.
            return await IsThereAsync(expected, cancel) ? AppendOutcome.Stale : AppendOutcome.Diverged;
        }
        catch
        {
            inDoubt = true;
            // Who waits finds out by reading.
            growth.Wake();
            throw;
        }
    }

    private async Task SettleAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                await CommitFurtherAsync(cancel);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    // The caller holds the gate.
    private async Task CommitFurtherAsync(CancellationToken cancel)
    {
        EventData[] settled = [new(Uuid.NewUuid(), "settled", "{}"u8.ToArray())];
        await client.AppendToStreamAsync($"{stream}-settled", StreamState.Any, settled, deadline: Deadline, cancellationToken: cancel).WaitAsync(cancel);
        inDoubt = false;
    }

    private async Task<bool> IsThereAsync(LogHead expected, CancellationToken cancel) =>
        expected.Size == 0 || (await ReadStreamAsync(expected.Size - 1, 1, cancel) is [var last] && last.Leaf == expected.LastLeaf);

    private async Task<IReadOnlyList<StoredEntry>> ReadStreamAsync(long from, int count, CancellationToken cancel)
    {
        var read = new List<StoredEntry>();
        if (count == 0 || from > LastPosition)
        {
            return read;
        }
        var found = client.ReadStreamAsync(Direction.Forwards, stream, StreamPosition.FromInt64(from), count, cancellationToken: cancel);
        if (await found.ReadState == ReadState.Ok)
        {
            await foreach (var happened in found)
            {
                read.Add(EntryEvent.Read(happened.Event, from + read.Count));
            }
        }
        return read;
    }

    private async Task<long> SizeAsync(CancellationToken cancel)
    {
        var size = 0L;
        var found = client.ReadStreamAsync(Direction.Backwards, stream, StreamPosition.End, 1, deadline: Deadline, cancellationToken: cancel);
        if (await found.ReadState == ReadState.Ok)
        {
            await foreach (var happened in found)
            {
                size = happened.Event.EventNumber.ToInt64() + 1;
            }
        }
        return size;
    }
}

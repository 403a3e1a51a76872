using EventStore.Client;
using PledgeRegistry.Log;

namespace PledgeRegistry.EventStoreDb;

/// <summary>
/// The log as one stream of EventStoreDB 20.10 or later, or KurrentDB: an event's number is its entry's position, and the
/// expected revision is the expected head, so the cluster itself orders any number of writers.
/// </summary>
/// <remarks>
/// <para><b>What is durable.</b> The leader answers an append when a majority of the nodes has it on disk (their default;
/// <c>--mem-db</c> and <c>--unsafe-disable-flush-to-disk</c> give that up, and can't be seen from here). It shows a reader only what
/// a majority has: events are indexed after that. Every call here requires the leader, so that nobody reads from a follower that is behind.</para>
/// <para><b>After an append that threw</b> (no leader, no answer, a deadline, cancelled) something is appended to a stream beside
/// this one before anything is read. All streams are in one log, in the order in which the leader took them: when a majority has
/// the later record, it has what is before it, and the node that answered is the leader still (one that was deposed never gets a
/// majority), and has indexed, and so shows, all that is before it. What is read then stays. An append that is still on its way may come after that, as another writer's may:
/// whoever appends at that head is then stale, and reads it.</para>
/// <para><b>The same ids again.</b> Where an append's revision is in the past, the server compares ids: if the events there have the
/// ids that were sent, it answers as it did the first time, and not "wrong version". So a stale writer could be told "appended" only
/// if it sends the ids that are at that very place. An id is made with the decision (UUIDv7) and stands in the bytes, with the position:
/// only the same append, sent again after its answer was lost, has them, and then the answer is true. A new decision has new ids. What is
/// no entry (in tests) gets a random id.</para>
/// </remarks>
public sealed class EventStoreDbLog : SettlingLog
{
    /// <summary>The stream, where the connection string names no other (<c>?stream=…</c>).</summary>
    public const string DefaultStream = "pledge-registry";

    private static readonly TimeSpan Deadline = TimeSpan.FromSeconds(10);

    /// <summary>How long an append is waited for. The deadline is the server's to keep, and an answer may never come.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(30);

    private readonly EventStoreClient client;
    private readonly string stream;
    private readonly Lazy<Follower> follower;

    private EventStoreDbLog(EventStoreClient client, string stream, bool writes) : base($"The stream {stream}", writes, poll: TimeSpan.FromSeconds(1))
    {
        this.client = client;
        this.stream = stream;
        follower = new Lazy<Follower>(() => new Follower(client, stream, Growth));
    }

    /// <summary>Opens the log for reading and writing; the stream comes to be with the first append.</summary>
    /// <param name="connectionString">The client's: <c>esdb://user:password@host:2113?tls=true</c>, <c>esdb+discover://…</c>, <c>kurrentdb://…</c>.</param>
    /// <exception cref="LogRefusedException">The stream can't be the log: it was deleted, is kept in part only, or may not be read.</exception>
    public static Task<EventStoreDbLog> OpenForWritingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: true, cancel);

    /// <summary>Opens the log for reading.</summary>
    /// <inheritdoc cref="OpenForWritingAsync"/>
    public static Task<EventStoreDbLog> OpenForReadingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: false, cancel);

    private static async Task<EventStoreDbLog> OpenAsync(string connectionString, bool writes, CancellationToken cancel)
    {
        var (client, stream) = Connection.Open(connectionString);
        var log = new EventStoreDbLog(client, stream, writes);
        try
        {
            log.Growth.Grow(await StreamCheck.ReadAsync(client, stream, Deadline, () => log.SizeAsync(cancel), cancel));
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    protected override async Task<bool> SendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        EventData[] events = [.. entries.Select(EntryEvent.Of)];
        try
        {
            var append = expected.Size == 0
                ? client.AppendToStreamAsync(stream, StreamState.NoStream, events, o => o.ThrowOnAppendFailure = true, Deadline, cancellationToken: cancel)
                : client.AppendToStreamAsync(stream, StreamRevision.FromInt64(expected.Size - 1), events, o => o.ThrowOnAppendFailure = true, Deadline, cancellationToken: cancel);
            // The client may not look at the token any more once the events are on their way.
            var last = (await append.WaitAsync(Patience, cancel)).NextExpectedStreamRevision.ToInt64();
            return last == expected.Size + entries.Count - 1
                ? true
                : throw new LogDamagedException($"The server put the entries from {expected.Size} on elsewhere, up to {last}: the stream was deleted and begun anew.");
        }
        catch (WrongExpectedVersionException)
        {
            return false;
        }
    }

    protected override async Task<IReadOnlyList<StoredEntry>> ReadStoredAsync(long from, int count, CancellationToken cancel)
    {
        var read = new List<StoredEntry>();
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

    protected override async Task<long> SizeAsync(CancellationToken cancel)
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

    protected override Task CommitFurtherAsync(CancellationToken cancel)
    {
        EventData[] settled = [new(Uuid.NewUuid(), "settled", "{}"u8.ToArray())];
        return client.AppendToStreamAsync($"{stream}-settled", StreamState.Any, settled, deadline: Deadline, cancellationToken: cancel).WaitAsync(Patience, cancel);
    }

    protected override void Listen() => _ = follower.Value;

    protected override async ValueTask CloseAsync()
    {
        // Made if it hasn't been: nobody makes it later.
        await follower.Value.DisposeAsync();
        await client.DisposeAsync();
    }
}

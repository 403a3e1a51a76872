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

    private readonly string connectionString;
    private readonly string stream;
    private readonly Patience patience;
    private readonly Lazy<Follower> follower;
    private volatile EventStoreClient client;

    // The client before that: a read may be under way on it. Whoever appends holds the base's gate, and nobody else changes these two.
    private EventStoreClient? former;

    private EventStoreDbLog(string connectionString, EventStoreClient client, string stream, bool writes, Patience patience)
        : base($"The stream {stream}", writes, poll: TimeSpan.FromSeconds(1))
    {
        this.connectionString = connectionString;
        this.client = client;
        this.stream = stream;
        this.patience = patience;
        follower = new Lazy<Follower>(() => new Follower(() => this.client, stream, Growth));
    }

    /// <summary>Opens the log for reading and writing; the stream comes to be with the first append.</summary>
    /// <param name="connectionString">The client's: <c>esdb://user:password@host:2113?tls=true</c>, <c>esdb+discover://…</c>, <c>kurrentdb://…</c>.</param>
    /// <exception cref="LogRefusedException">The stream can't be the log: it was deleted, is kept in part only, or may not be read.</exception>
    public static Task<EventStoreDbLog> OpenForWritingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: true, Patience.Usual, cancel);

    /// <summary>Opens the log for reading.</summary>
    /// <inheritdoc cref="OpenForWritingAsync"/>
    public static Task<EventStoreDbLog> OpenForReadingAsync(string connectionString, CancellationToken cancel = default) => OpenAsync(connectionString, writes: false, Patience.Usual, cancel);

    internal static async Task<EventStoreDbLog> OpenAsync(string connectionString, bool writes, Patience patience, CancellationToken cancel)
    {
        var (client, stream) = Connection.Open(connectionString);
        var log = new EventStoreDbLog(connectionString, client, stream, writes, patience);
        try
        {
            log.Growth.Grow(await StreamCheck.ReadAsync(client, stream, patience.Read, () => log.SizeAsync(cancel), cancel));
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
            // No deadline: the client sends an instant of this machine's clock, and the server holds it against its own.
            var append = expected.Size == 0
                ? client.AppendToStreamAsync(stream, StreamState.NoStream, events, o => o.ThrowOnAppendFailure = true, cancellationToken: cancel)
                : client.AppendToStreamAsync(stream, StreamRevision.FromInt64(expected.Size - 1), events, o => o.ThrowOnAppendFailure = true, cancellationToken: cancel);
            var last = (await AnswerAsync(append, cancel)).NextExpectedStreamRevision.ToInt64();
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
        await ReadEachAsync(Direction.Forwards, StreamPosition.FromInt64(from), count, happened => read.Add(EntryEvent.Read(happened, from + read.Count)), cancel);
        return read;
    }

    protected override async Task<long> SizeAsync(CancellationToken cancel)
    {
        var size = 0L;
        await ReadEachAsync(Direction.Backwards, StreamPosition.End, 1, happened => size = happened.EventNumber.ToInt64() + 1, cancel);
        return size;
    }

    protected override Task CommitFurtherAsync(CancellationToken cancel)
    {
        EventData[] settled = [new(Uuid.NewUuid(), "settled", "{}"u8.ToArray())];
        return AnswerAsync(client.AppendToStreamAsync($"{stream}-settled", StreamState.Any, settled, cancellationToken: cancel), cancel);
    }

    protected override void Listen() => _ = follower.Value;

    protected override async ValueTask CloseAsync()
    {
        // Made if it hasn't been: nobody makes it later.
        await follower.Value.DisposeAsync();
        await client.DisposeAsync();
        await (former?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    private async Task<IWriteResult> AnswerAsync(Task<IWriteResult> append, CancellationToken cancel)
    {
        try
        {
            // The client may not look at the token any more once the events are on their way, and an answer may never come.
            return await append.WaitAsync(patience.Append, cancel);
        }
        catch (TimeoutException e) when (!append.IsCompleted)
        {
            await RenewAsync();
            throw new LogUnavailableException($"The server didn't answer an append within {patience.Append.TotalSeconds} seconds.", e);
        }
        catch (Exception e) when (e is TimeoutException or InvalidOperationException)
        {
            // What the server says when it has no leader or no majority comes as one of these.
            throw new LogUnavailableException(e.Message, e);
        }
        finally
        {
            // The client goes on here from within the loop that receives its answers: what blocks there blocks all that follow.
            await Task.Yield();
        }
    }

    // All appends of a client go through one call. If the server ends that without an error, the client waits for ever, and so
    // does every later append: only another client makes another call.
    private async Task RenewAsync()
    {
        var earlier = former;
        former = client;
        client = Connection.Open(connectionString).Client;
        await (earlier?.DisposeAsync() ?? ValueTask.CompletedTask);
    }

    // By enumerating alone: on a server of 20.10 ReadState never comes to an end where there is nothing to read.
    private async Task ReadEachAsync(Direction direction, StreamPosition from, long count, Action<EventRecord> read, CancellationToken cancel)
    {
        using var stalled = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        stalled.CancelAfter(patience.Read);
        try
        {
            await foreach (var happened in client.ReadStreamAsync(direction, stream, from, count, cancellationToken: stalled.Token))
            {
                read(happened.Event);
                stalled.CancelAfter(patience.Read);
            }
        }
        catch (StreamNotFoundException)
        {
            // Nothing was ever appended.
        }
        catch (Exception e) when (e is not LogDamagedException && stalled.IsCancellationRequested && !cancel.IsCancellationRequested)
        {
            throw new LogUnavailableException($"The server sent nothing for {patience.Read.TotalSeconds} seconds.", e);
        }
        catch (InvalidOperationException e)
        {
            throw new LogUnavailableException(e.Message, e);
        }
    }
}

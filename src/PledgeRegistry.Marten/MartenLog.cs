using JasperFx.Events;
using Marten;
using Npgsql;
using PledgeRegistry.Log;
using StreamTaken = Marten.Exceptions.ExistingStreamIdCollisionException;

namespace PledgeRegistry.Marten;

/// <summary>
/// The log as one string-keyed stream of a Marten event store (8 or later) on PostgreSQL: an event's version less one is its
/// entry's position. Any number of processes may write it and read it. Safe for any number of threads.
/// </summary>
/// <remarks>
/// <para><b>Who is first.</b> The first append starts the stream, which its primary key lets only one do. Every later one says which
/// version it expects: Marten updates the stream's row on that condition, and rolls all back if it doesn't hold. (An append without a
/// version, or one that fetches it, would take whatever head is there.)</para>
/// <para><b>What is durable.</b> PostgreSQL shows a commit to others only once it is on disk, and on the standby where one is waited for,
/// unless that wait is cut short. So an append is never cancelled at the server, only left alone; and after one that threw, or was left,
/// its own task is waited for and something further is committed before anything is read. A commit whose connection was lost may
/// still come after that, as another writer's may: whoever appends at that head is then stale, and reads it.</para>
/// <para><b>Tombstones</b> that Marten writes for failed appends are in a stream of their own (<c>mt_tombstone</c>), and gaps they leave in its
/// global sequence are none here: versions have none.</para>
/// </remarks>
public sealed class MartenLog : IEventLog
{
    /// <summary>The stream's key.</summary>
    public const string Stream = "pledge-registry";

    /// <summary>The schema of Marten's tables, where no other is named.</summary>
    public const string DefaultSchema = "pledge_registry_marten";

    /// <summary>The largest position an entry can have: the largest integer that JSON keeps.</summary>
    private const long LastPosition = (1L << 53) - 1;

    private static readonly TimeSpan Poll = TimeSpan.FromMilliseconds(200);

    private readonly string connectionString;
    private readonly DocumentStore store;
    private readonly bool writes;
    private readonly GrowthSignal growth = new();
    private readonly SemaphoreSlim gate = new(1);

    // What this writer appended last. Events never change, so it needn't be read again before the next append.
    private LogHead? own;

    // The append that was left alone, until it has ended.
    private Task? left;

    // From the first exception of an append until SettleAsync has been through.
    private volatile bool inDoubt;
    private volatile bool disposed;

    private MartenLog(string connectionString, string schema, bool writes)
    {
        this.connectionString = connectionString;
        this.writes = writes;
        store = DocumentStore.For(options =>
        {
            options.Connection(connectionString);
            options.DatabaseSchemaName = schema;
            options.Events.DatabaseSchemaName = schema;
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.Events.AppendMode = EventAppendMode.Quick;
            // No retries: the second try of an append whose answer was lost would find the first, and take it for somebody else's.
            options.ConfigurePolly(_ => { });
        });
    }

    /// <summary>Opens the log for reading and writing. Marten makes its tables where there are none.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    /// <exception cref="LogRefusedException">The server doesn't keep what it acknowledges, or the stream was archived.</exception>
    public static Task<MartenLog> OpenForWritingAsync(string connectionString, string schema = DefaultSchema, CancellationToken cancel = default) =>
        OpenAsync(new MartenLog(connectionString, schema, writes: true), cancel);

    /// <summary>Opens the log for reading.</summary>
    /// <inheritdoc cref="OpenForWritingAsync"/>
    public static Task<MartenLog> OpenForReadingAsync(string connectionString, string schema = DefaultSchema, CancellationToken cancel = default) =>
        OpenAsync(new MartenLog(connectionString, schema, writes: false), cancel);

    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        if (!writes)
        {
            throw new InvalidOperationException($"The stream {Stream} is open for reading only.");
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
            // Marten compares versions, not what is there.
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
            if (await growth.WaitAsync(after, Poll, cancel))
            {
                continue;
            }
            try
            {
                growth.Grow(await SizeAsync(cancel));
            }
            catch (Exception e) when (e is not LogDamagedException && !cancel.IsCancellationRequested)
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
                await (left ?? Task.CompletedTask).ContinueWith(_ => { }, TaskScheduler.Default);
                store.Dispose();
                growth.Wake();
            }
        }
        finally
        {
            gate.Release();
        }
    }

    private static async Task<MartenLog> OpenAsync(MartenLog log, CancellationToken cancel)
    {
        try
        {
            if (log.writes)
            {
                await Database.CheckAsync(log.connectionString, cancel);
                // A process that was killed may have left a commit that no standby has yet.
                await log.CommitFurtherAsync(cancel);
            }
            log.growth.Grow(await log.SizeAsync(cancel));
            return log;
        }
        catch (LogDamagedException e)
        {
            await log.DisposeAsync();
            throw new LogRefusedException(e.Message, e);
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
        cancel.ThrowIfCancellationRequested();
        IEnumerable<object> events = entries.Select(RegistryEntry.Of).ToArray<object>();
        own = null;
        try
        {
            var saving = SaveAsync(expected.Size, expected.Size + entries.Count, events);
            left = saving;
            await saving.WaitAsync(cancel);
            left = null;
            own = new LogHead(expected.Size + entries.Count, entries[^1].Leaf);
            growth.Grow(own.Value.Size);
            return AppendOutcome.Appended;
        }
        catch (Exception e) when (IsConflict(e))
        {
            left = null;
            // Should anything between here and the server have sent it twice, the first of them was our own.
            var there = await ReadStreamAsync(expected.Size, entries.Count, cancel);
            if (there.Select(t => t.Leaf).SequenceEqual(entries.Select(t => t.Leaf)))
            {
                inDoubt = true;
                growth.Wake();
                throw new IOException($"The entries from {expected.Size} on are what was sent, though Marten says that somebody else was first.", e);
            }
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

    private async Task SaveAsync(long expected, long after, IEnumerable<object> events)
    {
        await using var session = store.LightweightSession();
        if (expected == 0)
        {
            session.Events.StartStream(Stream, events);
        }
        else
        {
            session.Events.Append(Stream, after, events);
        }
        await session.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>
    /// Whether somebody else was first. Marten says so by a wrong version or a taken key; what it doesn't recognise, or wraps in
    /// an exception of its own, is PostgreSQL's unique violation. Each of them has rolled back all of the append.
    /// </summary>
    private static bool IsConflict(Exception e) => e switch
    {
        EventStreamUnexpectedMaxEventIdException or StreamTaken => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        AggregateException several => several.InnerExceptions.Any(IsConflict),
        _ => e.InnerException is { } inner && IsConflict(inner),
    };

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
        if (left is { } saving)
        {
            await saving.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(cancel);
            left = null;
        }
        await Database.CommitFurtherAsync(connectionString, cancel);
        inDoubt = false;
    }

    private async Task<bool> IsThereAsync(LogHead expected, CancellationToken cancel) =>
        expected.Size == 0 || (await ReadStreamAsync(expected.Size - 1, 1, cancel) is [var last] && last.Leaf == expected.LastLeaf);

    private async Task<IReadOnlyList<StoredEntry>> ReadStreamAsync(long from, int count, CancellationToken cancel)
    {
        if (count == 0 || from > LastPosition)
        {
            return [];
        }
        for (var again = false; ; again = true)
        {
            var read = await FetchAsync(from, count, cancel);
            if (read.Count > 0 || await SizeAsync(cancel) <= from)
            {
                return read;
            }
            // Appended between the two questions; or really missing.
            if (again)
            {
                throw new LogDamagedException($"The entry at position {from} is missing, though the stream goes beyond it.");
            }
        }
    }

    // One statement, and so one state of the log.
    private async Task<IReadOnlyList<StoredEntry>> FetchAsync(long from, int count, CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var events = await session.Events.FetchStreamAsync(Stream, version: from + count, fromVersion: from + 1, token: cancel);
        var read = new List<StoredEntry>(events.Count);
        foreach (var happened in events.OrderBy(e => e.Version))
        {
            var position = from + read.Count;
            read.Add(happened.Version == position + 1
                ? RegistryEntry.Read(happened.Data, position)
                : throw new LogDamagedException($"The entry at position {position} is missing, though there is one at {happened.Version - 1}."));
        }
        return read;
    }

    private async Task<long> SizeAsync(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(Stream, cancel);
        return state?.IsArchived != true
            ? state?.Version ?? 0
            : throw new LogDamagedException($"The stream {Stream} was archived: Marten leaves its events out of every read. Take that back, or restore a backup into another schema.");
    }
}

using JasperFx.Events;
using Marten;
using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Marten;

/// <summary>
/// The log as one string-keyed stream of a Marten event store (8 or later) on PostgreSQL: an event's version less one is its
/// entry's position. Any number of processes may write it and read it.
/// </summary>
/// <remarks>
/// <para><b>Who is first.</b> The first append starts the stream, which its primary key lets only one do. Every later one says which
/// version it expects: Marten updates the stream's row on that condition, and rolls all back if it doesn't hold. (An append without a
/// version, or one that fetches it, would take whatever head is there.)</para>
/// <para><b>What is durable.</b> PostgreSQL shows a commit to others only once it is on disk, and on the standby where one is waited for,
/// unless that wait is cut short: by whoever cancels the command, or by a time limit. So an append is never cancelled at the server, only
/// left alone; where a standby is waited for, something further is committed before an append is answered; and after one that threw, or
/// was left, its own task is waited for and something further is committed before anything is read. A commit whose connection was lost may
/// still come after that, as another writer's may: whoever appends at that head is then stale, and reads it.</para>
/// <para><b>Tombstones</b> that Marten writes for failed appends are in a stream of their own (<c>mt_tombstone</c>), and gaps they leave in its
/// global sequence are none here: versions have none.</para>
/// </remarks>
public sealed class MartenLog : SettlingLog, IServerClock
{
    /// <summary>The stream's key.</summary>
    public const string Stream = "pledge-registry";

    /// <summary>The schema of Marten's tables, where no other is named.</summary>
    public const string DefaultSchema = "pledge_registry_marten";

    private readonly string connectionString;
    private readonly DocumentStore store;

    // The last append, which goes on when it is cancelled here.
    private Task saving = Task.CompletedTask;

    private MartenLog(string connectionString, string schema, bool writes) : base($"The stream {Stream} in {schema}", writes, poll: TimeSpan.FromMilliseconds(200))
    {
        this.connectionString = connectionString;
        store = DocumentStore.For(options =>
        {
            options.Connection(Database.BreakingOff(connectionString));
            options.DatabaseSchemaName = schema;
            options.Events.DatabaseSchemaName = schema;
            options.Events.StreamIdentity = StreamIdentity.AsString;
            options.Events.AppendMode = EventAppendMode.Quick;
            // Known by its name before the first append, not by what the type was called when an entry was stored.
            options.Events.AddEventType<RegistryEntry>();
            // No retries: the second try of an append whose answer was lost would find the first, and take it for somebody else's.
            options.ConfigurePolly(_ => { });
        });
    }

    /// <summary>Opens the log for reading and writing. Marten makes its tables where there are none.</summary>
    /// <param name="connectionString">Npgsql's.</param>
    /// <exception cref="LogRefusedException">The server doesn't keep what it acknowledges or every character, or the stream was archived.</exception>
    public static Task<MartenLog> OpenForWritingAsync(string connectionString, string schema = DefaultSchema, CancellationToken cancel = default) =>
        OpenAsync(connectionString, schema, writes: true, cancel);

    /// <summary>Opens the log for reading.</summary>
    /// <inheritdoc cref="OpenForWritingAsync"/>
    public static Task<MartenLog> OpenForReadingAsync(string connectionString, string schema = DefaultSchema, CancellationToken cancel = default) =>
        OpenAsync(connectionString, schema, writes: false, cancel);

    private static async Task<MartenLog> OpenAsync(string connectionString, string schema, bool writes, CancellationToken cancel)
    {
        var log = new MartenLog(connectionString, schema, writes);
        try
        {
            if (writes)
            {
                await Database.CheckAsync(connectionString, cancel);
                // A process that was killed may have left a commit that no standby has yet.
                await log.CommitFurtherAsync(cancel);
            }
            log.Growth.Grow(await Database.AloneAsync(connectionString, schema, () => log.FirstSizeAsync(writes, cancel), cancel));
            return log;
        }
        catch (Exception e)
        {
            await log.DisposeAsync();
            if (e is LogDamagedException)
            {
                throw new LogRefusedException(e.Message, e);
            }
            throw;
        }
    }

    public async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default) => await Database.TimeAsync(connectionString, cancel);

    protected override async Task<bool> SendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        try
        {
            saving = SaveAsync(expected.Size, entries);
            await saving.WaitAsync(cancel);
        }
        catch (Exception e) when (IsConflict(e))
        {
            // Should anything between here and the server have sent it twice, the first of them was our own.
            var there = await ReadStoredAsync(expected.Size, entries.Count, cancel);
            return !there.Select(t => t.Leaf).SequenceEqual(entries.Select(t => t.Leaf))
                ? false
                : throw new IOException($"The entries from {expected.Size} on are what was sent, though Marten says that somebody else was first.", e);
        }
        await Database.ConfirmAsync(connectionString, cancel);
        return true;
    }

    protected override async Task<IReadOnlyList<StoredEntry>> ReadStoredAsync(long from, int count, CancellationToken cancel)
    {
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

    protected override async Task<long> SizeAsync(CancellationToken cancel)
    {
        await using var session = store.QuerySession();
        var state = await session.Events.FetchStreamStateAsync(Stream, cancel);
        return state?.IsArchived != true
            ? state?.Version ?? 0
            : throw new LogDamagedException($"The stream {Stream} was archived: Marten leaves its events out of every read. Take that back, or restore a backup into another schema.");
    }

    protected override async Task CommitFurtherAsync(CancellationToken cancel)
    {
        await saving.ContinueWith(_ => { }, TaskScheduler.Default).WaitAsync(cancel);
        await Database.CommitFurtherAsync(connectionString, cancel);
    }

    protected override async ValueTask CloseAsync()
    {
        await saving.ContinueWith(_ => { }, TaskScheduler.Default);
        store.Dispose();
    }

    // Marten makes its tables for whoever first reads or appends, and would fail where two do.
    private async Task<long> FirstSizeAsync(bool writes, CancellationToken cancel)
    {
        if (writes)
        {
            await store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();
        }
        return await SizeAsync(cancel);
    }

    // Never cancelled at the server: a commit whose wait for a standby was cancelled is reported as done.
    private async Task SaveAsync(long expected, IReadOnlyList<StoredEntry> entries)
    {
        IEnumerable<object> events = entries.Select(RegistryEntry.Of).ToArray<object>();
        await using var session = store.LightweightSession();
        if (expected == 0)
        {
            session.Events.StartStream(Stream, events);
        }
        else
        {
            session.Events.Append(Stream, expected + entries.Count, events);
        }
        await session.SaveChangesAsync(CancellationToken.None);
    }

    /// <summary>
    /// Whether somebody else was first. Marten says so by a wrong version or a taken key; what it doesn't recognise, or wraps in
    /// an exception of its own, is PostgreSQL's unique violation. Each of them has rolled back all of the append.
    /// </summary>
    internal static bool IsConflict(Exception e) => e switch
    {
        // By their names: exceptions moved from Marten to JasperFx between versions.
        _ when IsNamed(e.GetType(), "EventStreamUnexpectedMaxEventIdException", "ExistingStreamIdCollisionException") => true,
        PostgresException { SqlState: PostgresErrorCodes.UniqueViolation } => true,
        AggregateException several => several.InnerExceptions.Any(IsConflict),
        _ => e.InnerException is { } inner && IsConflict(inner),
    };

    // Or what it is derived from.
    private static bool IsNamed(Type? type, params ReadOnlySpan<string> names) => type is not null && (names.Contains(type.Name) || IsNamed(type.BaseType, names));

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
}

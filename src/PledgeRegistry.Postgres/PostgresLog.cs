using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The log in a PostgreSQL database. Any number of processes may write it and read it: who is first at a position is
/// decided by its primary key. Safe for any number of threads. The schema is that of <see cref="PostgresSchema"/>.
/// </summary>
public sealed partial class PostgresLog : IEventLog, ISharedLog, IServerClock
{
    /// <summary>How often a wait asks the database though nothing was heard; the first while nothing can be heard.</summary>
    private static readonly (TimeSpan Deaf, TimeSpan Hearing) Poll = (TimeSpan.FromMilliseconds(100), TimeSpan.FromSeconds(2));

    /// <summary>After it a server is taken not to answer: for a turn alone nobody waits for it any longer.</summary>
    private static readonly TimeSpan TurnPatience = TimeSpan.FromSeconds(1);

    private readonly Database database;
    private readonly bool writes;
    private readonly (TimeSpan Deaf, TimeSpan Hearing) poll;
    private readonly ReadingPool reading;
    private readonly Lazy<Listener> listener;
    private readonly SemaphoreSlim gate = new(1);
    private readonly GrowthSignal growth = new();
    private WritingConnection? writing;

    // The session of the last append, while it isn't known what came of that.
    private (int Process, string Began)? lost;

    // From the first exception of an append until SettleAsync has been through.
    private volatile bool inDoubt;
    private volatile bool disposed;

    // News have come that nobody has looked after.
    private bool heard;

    private PostgresLog(string connectionString, bool writes, (TimeSpan Deaf, TimeSpan Hearing) poll)
    {
        this.poll = poll;
        database = new Database(connectionString, writes);
        this.writes = writes;
        reading = new ReadingPool(database);
        listener = new Lazy<Listener>(() => new Listener(database, Hear));
    }

    internal bool Hears => listener.IsValueCreated && listener.Value.Hears;

    /// <summary>Opens the log for reading and writing.</summary>
    /// <param name="connectionString">Npgsql's, of the user that runs: one that may select and insert, and no more.</param>
    /// <exception cref="LogRefusedException">The database can't be used, or isn't set up so that what is acknowledged is safe.</exception>
    public static async Task<PostgresLog> OpenForWritingAsync(string connectionString, CancellationToken cancel = default)
    {
        var log = new PostgresLog(connectionString, writes: true, Poll);
        try
        {
            await log.ReopenAsync(cancel);
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <summary>
    /// Opens the log for reading: on a standby, too. Where the server waits for a standby, a commit whose wait was cut short
    /// may be read here before that has it: the writer makes it safe before it answers.
    /// </summary>
    /// <exception cref="LogRefusedException">The database can't be used.</exception>
    public static Task<PostgresLog> OpenForReadingAsync(string connectionString, CancellationToken cancel = default) =>
        OpenForReadingAsync(connectionString, Poll, cancel);

    internal static async Task<PostgresLog> OpenForReadingAsync(
        string connectionString, (TimeSpan Deaf, TimeSpan Hearing) poll, CancellationToken cancel)
    {
        var log = new PostgresLog(connectionString, writes: false, poll);
        try
        {
            await log.reading.CheckAsync(cancel);
            log.growth.Grow(await log.reading.SizeAsync(cancel));
            return log;
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        if (!writes)
        {
            throw new InvalidOperationException($"{database.Name} is open for reading only.");
        }
        Batch.Check(expected, entries);
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                await ReopenAsync(cancel);
            }
            var outcome = await AppendOrDoubtAsync(expected, entries, cancel);
            if (outcome == AppendOutcome.Appended)
            {
                growth.Grow(expected.Size + entries.Count);
            }
            return outcome;
        }
        finally
        {
            gate.Release();
        }
    }

    /// <inheritdoc/>
    public async Task ConfirmAsync(CancellationToken cancel = default)
    {
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            // To open it anew does the same.
            await (inDoubt || writing is not { IsOpen: true } ? ReopenAsync(cancel) : writing.CommitFurtherAsync(cancel));
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
            var read = await reading.ReadAsync(from, count, cancel);
            if (!inDoubt)
            {
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
            // The signal first, then the size: an append between the two sets this signal.
            var signal = growth.Signal;
            if (inDoubt || growth.Size > after)
            {
                return;
            }
            var hears = listener.Value.Hears;
            if (Interlocked.Exchange(ref heard, false))
            {
                await AskAsync(cancel);
                continue;
            }
            try
            {
                await signal.WaitAsync(hears ? poll.Hearing : poll.Deaf, cancel);
            }
            catch (TimeoutException)
            {
                await AskAsync(cancel);
            }
        }
    }

    public async ValueTask DisposeAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (disposed)
            {
                return;
            }
            disposed = true;
            if (listener.IsValueCreated)
            {
                await listener.Value.DisposeAsync();
            }
            await reading.DisposeAsync();
            await CloseWritingAsync();
            // Who waits finds out.
            growth.Wake();
        }
        finally
        {
            gate.Release();
        }
    }

    // The caller holds the gate.
    private async Task<AppendOutcome> AppendOrDoubtAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        try
        {
            return await writing!.AppendAsync(expected, entries, cancel);
        }
        catch (Exception e)
        {
            inDoubt = true;
            lost = writing!.Session;
            // Who waits finds out by reading.
            growth.Wake();
            if (e is NpgsqlException n && database.Told(n) is LogDamagedException damaged)
            {
                throw damaged;
            }
            if (e is InvalidOperationException && !writing.IsOpen)
            {
                // Npgsql knew already that the server had gone, and takes the call for a mistake of its caller's.
                throw new NpgsqlException("The connection to the server was lost.", e);
            }
            throw;
        }
    }

    /// <summary>
    /// After an append that threw, nothing is answered before it is known what came of it, and that is safe: its session
    /// has ended, so that it can't be committed later, and a further commit is durable. If that fails, its exception is
    /// the answer, and the next call tries again.
    /// </summary>
    private async Task SettleAsync(CancellationToken cancel)
    {
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                await ReopenAsync(cancel);
            }
        }
        finally
        {
            gate.Release();
        }
    }

    // Used when the log is opened, too: a process that was killed may have left a commit that no standby has yet.
    // The caller holds the gate.
    private async Task ReopenAsync(CancellationToken cancel)
    {
        await CloseWritingAsync();
        var opened = await WritingConnection.OpenAsync(database, cancel);
        long now;
        try
        {
            if (lost is { } session)
            {
                await opened.EndAsync(session, cancel);
                lost = null;
            }
            await opened.CommitFurtherAsync(cancel);
            now = await opened.SizeAsync(cancel);
        }
        catch
        {
            await opened.DisposeAsync();
            throw;
        }
        writing = opened;
        inDoubt = false;
        growth.Grow(now);
    }

    private async Task CloseWritingAsync()
    {
        if (Interlocked.Exchange(ref writing, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    // How many entries there are is asked by who waits for more; where nobody waits, nothing is asked.
    private void Hear(long? size)
    {
        if (size is null || size > growth.Size)
        {
            Volatile.Write(ref heard, true);
            growth.Wake();
        }
    }

    private async Task AskAsync(CancellationToken cancel)
    {
        try
        {
            growth.Grow(await reading.SizeAsync(cancel));
        }
        catch (NpgsqlException)
        {
            // The server is away. Whoever reads or appends is told; a wait waits for it.
        }
    }
}

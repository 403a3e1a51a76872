namespace PledgeRegistry.Log;

/// <summary>
/// What an engine over somebody else's event store owes to <see cref="IEventLog"/> when an answer is lost, written once: one append
/// at a time, the last entry looked at before each, and after one that threw, something further committed before anything is
/// read or appended. Safe for any number of threads.
/// </summary>
/// <param name="name">Of the log, for messages.</param>
/// <param name="writes">False if it is open for reading only.</param>
/// <param name="poll">How often a wait asks, though it has heard nothing.</param>
public abstract class SettlingLog(string name, bool writes, TimeSpan poll) : IEventLog
{
    /// <summary>The largest position an entry can have: the largest integer that JSON keeps.</summary>
    private const long LastPosition = (1L << 53) - 1;

    private readonly SemaphoreSlim gate = new(1);

    // From the first exception of an append until something further has been committed.
    private volatile bool inDoubt;
    private volatile bool disposed;

    /// <summary>How many entries are known; an engine that hears of more says so here.</summary>
    protected GrowthSignal Growth { get; } = new();

    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        if (!writes)
        {
            throw new InvalidOperationException($"{name} is open for reading only.");
        }
        Batch.Check(expected, entries);
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            await SettleHeldAsync(cancel);
            // A store compares numbers, not what is there. Also what this writer appended itself is read: a failover may have lost
            // it, and others may have appended as many since.
            if (!await IsThereAsync(expected, cancel))
            {
                return AppendOutcome.Diverged;
            }
            cancel.ThrowIfCancellationRequested();
            return await SendOrDoubtAsync(expected, entries, cancel);
        }
        catch (Exception e) when (IsCancelled(e, cancel))
        {
            throw new OperationCanceledException(e.Message, e, cancel);
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
        cancel.ThrowIfCancellationRequested();
        while (true)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                await gate.WaitAsync(cancel);
                try
                {
                    ObjectDisposedException.ThrowIf(disposed, this);
                    await SettleHeldAsync(cancel);
                }
                catch (Exception e) when (IsCancelled(e, cancel))
                {
                    throw new OperationCanceledException(e.Message, e, cancel);
                }
                finally
                {
                    gate.Release();
                }
            }
            var read = count == 0 || from > LastPosition ? [] : await ReadOrCancelAsync(from, count, cancel);
            if (!inDoubt)
            {
                Growth.Grow(read.Count > 0 ? from + read.Count : 0);
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
            if (inDoubt || Growth.Size > after)
            {
                return;
            }
            Listen();
            if (await Growth.WaitAsync(after, poll, cancel))
            {
                continue;
            }
            try
            {
                Growth.Grow(await SizeAsync(cancel));
            }
            catch (Exception e) when (IsCancelled(e, cancel))
            {
                throw new OperationCanceledException(e.Message, e, cancel);
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
                await CloseAsync();
                Growth.Wake();
            }
        }
        finally
        {
            gate.Release();
            GC.SuppressFinalize(this);
        }
    }

    /// <summary>Appends all or nothing, and returns when it is durable. False if somebody else was first, and nothing was written. An exception: nobody knows.</summary>
    protected abstract Task<bool> SendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel);

    /// <summary>What is stored from a position on, up to a count of at least one, from one state of the log.</summary>
    /// <exception cref="LogDamagedException">Something is missing, or is no entry.</exception>
    protected abstract Task<IReadOnlyList<StoredEntry>> ReadStoredAsync(long from, int count, CancellationToken cancel);

    /// <summary>How many entries are stored.</summary>
    protected abstract Task<long> SizeAsync(CancellationToken cancel);

    /// <summary>Commits something beside the log, as an append is committed: what can be read then is as durable. No append of this process is under way.</summary>
    protected abstract Task CommitFurtherAsync(CancellationToken cancel);

    /// <summary>Called before every wait, by any thread.</summary>
    protected virtual void Listen()
    {
    }

    /// <summary>Closes what was opened, once.</summary>
    protected abstract ValueTask CloseAsync();

    // A client may have an exception of its own for what was cancelled.
    private static bool IsCancelled(Exception e, CancellationToken cancel) => cancel.IsCancellationRequested && e is not (OperationCanceledException or LogDamagedException);

    private async Task<IReadOnlyList<StoredEntry>> ReadOrCancelAsync(long from, int count, CancellationToken cancel)
    {
        try
        {
            return await ReadStoredAsync(from, count, cancel);
        }
        catch (Exception e) when (IsCancelled(e, cancel))
        {
            throw new OperationCanceledException(e.Message, e, cancel);
        }
    }

    // The caller holds the gate.
    private async Task SettleHeldAsync(CancellationToken cancel)
    {
        if (inDoubt)
        {
            await CommitFurtherAsync(cancel);
            inDoubt = false;
        }
    }

    // The caller holds the gate.
    private async Task<AppendOutcome> SendOrDoubtAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel)
    {
        bool appended;
        try
        {
            appended = await SendAsync(expected, entries, cancel);
        }
        catch
        {
            inDoubt = true;
            // Who waits finds out by reading.
            Growth.Wake();
            throw;
        }
        if (!appended)
        {
            // Asked again: if the log is another one now, what was known of it no longer holds.
            return await IsThereAsync(expected, cancel) ? AppendOutcome.Stale : AppendOutcome.Diverged;
        }
        Growth.Grow(expected.Size + entries.Count);
        return AppendOutcome.Appended;
    }

    // The caller holds the gate. A server that has just taken over may not show yet all that it has: an entry is missing,
    // which would end a writer for good, only if it still is when something later has been committed.
    private async Task<bool> IsThereAsync(LogHead expected, CancellationToken cancel)
    {
        if (expected.Size == 0 || expected.Size - 1 > LastPosition)
        {
            return expected.Size == 0;
        }
        var last = await ReadStoredAsync(expected.Size - 1, 1, cancel);
        if (last.Count == 0)
        {
            await CommitFurtherAsync(cancel);
            last = await ReadStoredAsync(expected.Size - 1, 1, cancel);
        }
        return last.Count == 1 && last[0].Leaf == expected.LastLeaf;
    }
}

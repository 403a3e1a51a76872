using PledgeRegistry.Log;

namespace PledgeRegistry.Testing;

/// <summary>What goes wrong with an append.</summary>
public enum AppendFault
{
    /// <summary>It throws, and nothing was written.</summary>
    ThrowBefore,

    /// <summary>It throws, and all was written.</summary>
    ThrowAfter,

    /// <summary><see cref="FaultyLog.OtherWriter"/> appends first.</summary>
    OtherFirst,

    /// <summary>It takes <see cref="FaultyLog.Delay"/> longer.</summary>
    Delay,
}

/// <summary>A log on which chosen appends and reads go wrong, and that counts how often they did.</summary>
public class FaultyLog(IEventLog inner) : IEventLog, IServerClock
{
    private readonly Lock gate = new();
    private readonly Queue<AppendFault> faults = new();
    private readonly Dictionary<AppendFault, int> fired = [];
    private IEventLog current = inner;
    private int readFaults;
    private int readsFailed;
    private int appends;
    private TaskCompletionSource? hold;
    private TaskCompletionSource? readHold;

    /// <summary>What another writer does when it is first: it appends to the log under this one.</summary>
    public Func<Task> OtherWriter { get; set; } = () => throw new InvalidOperationException("No other writer was given.");

    public TimeSpan Delay { get; set; } = TimeSpan.FromMilliseconds(20);

    /// <summary>How many appends were asked for.</summary>
    public int Appends => Volatile.Read(ref appends);

    /// <summary>How many reads were made to fail.</summary>
    public int ReadsFailed => Volatile.Read(ref readsFailed);

    public int Fired(AppendFault fault)
    {
        lock (gate)
        {
            return fired.GetValueOrDefault(fault);
        }
    }

    /// <summary>The next appends that have no fault yet get this one.</summary>
    public void Next(AppendFault fault, int times = 1)
    {
        lock (gate)
        {
            for (var i = 0; i < times; i++)
            {
                faults.Enqueue(fault);
            }
        }
    }

    /// <summary>The next so many reads throw.</summary>
    public void FailReads(int times)
    {
        lock (gate)
        {
            readFaults = times;
        }
    }

    /// <summary>Appends wait from now on, until <see cref="Release"/>.</summary>
    public void Hold() => Volatile.Write(ref hold, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void Release() => Interlocked.Exchange(ref hold, null)?.SetResult();

    /// <summary>Reads don't answer from now on, until <see cref="ReleaseReads"/>.</summary>
    public void HoldReads() => Volatile.Write(ref readHold, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously));

    public void ReleaseReads() => Interlocked.Exchange(ref readHold, null)?.SetResult();

    /// <summary>From now on this is the log: as after a failover to a copy with another history.</summary>
    public void SwitchTo(IEventLog other) => Volatile.Write(ref current, other);

    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref appends);
        if (Volatile.Read(ref hold) is { } held)
        {
            await held.Task.WaitAsync(cancel);
        }
        AppendFault? fault;
        lock (gate)
        {
            fault = faults.TryDequeue(out var next) ? next : null;
            if (fault is { } fires)
            {
                fired[fires] = fired.GetValueOrDefault(fires) + 1;
            }
        }
        switch (fault)
        {
            case AppendFault.ThrowBefore:
                throw new IOException("The append failed before anything was written (a fault of the test).");
            case AppendFault.OtherFirst:
                await OtherWriter();
                break;
            case AppendFault.Delay:
                await Task.Delay(Delay, cancel);
                break;
        }
        var outcome = await Volatile.Read(ref current).AppendAsync(expected, entries, cancel);
        return fault == AppendFault.ThrowAfter ? throw new IOException("The connection broke after the append (a fault of the test).") : outcome;
    }

    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        if (Volatile.Read(ref readHold) is { } held)
        {
            await held.Task.WaitAsync(cancel);
        }
        lock (gate)
        {
            if (readFaults > 0)
            {
                readFaults--;
                readsFailed++;
                throw new IOException("The log can't be read now (a fault of the test).");
            }
        }
        return await Volatile.Read(ref current).ReadAsync(from, count, cancel);
    }

    public Task WaitAsync(long after, CancellationToken cancel = default) => Volatile.Read(ref current).WaitAsync(after, cancel);

    public virtual async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default) =>
        Volatile.Read(ref current) is IServerClock server ? await server.ServerTimeAsync(cancel) : null;

    public ValueTask DisposeAsync()
    {
        GC.SuppressFinalize(this);
        return ValueTask.CompletedTask;
    }
}

/// <summary>A log with a clock and with turns, as one has that several machines write to.</summary>
public sealed class SharedFaultyLog(IEventLog inner, TimeProvider clock) : FaultyLog(inner), ISharedLog
{
    private int taken;
    private int ended;
    private int confirmed;

    /// <summary>How far its clock is ahead of the node's.</summary>
    public TimeSpan Ahead { get; set; }

    /// <summary>Turns that were asked for from now on aren't had.</summary>
    public bool RefusesTurns { get; set; }

    /// <summary>Whether the end of a turn is told to a server that has gone.</summary>
    public bool FailsEndings { get; set; }

    /// <summary>What is read isn't safe yet, and can't be made so.</summary>
    public bool IsUnsafe { get; set; }

    /// <summary>How often it was asked to be.</summary>
    public int Confirmed => Volatile.Read(ref confirmed);

    /// <summary>How many turns were asked for.</summary>
    public int Turns => Volatile.Read(ref taken);

    /// <summary>How many were ended without an append.</summary>
    public int Ended => Volatile.Read(ref ended);

    public override Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default) => Task.FromResult<DateTimeOffset?>(clock.GetUtcNow() + Ahead);

    public async Task<IReadOnlyList<StoredEntry>?> TakeTurnAsync(long from, int count, CancellationToken cancel = default)
    {
        Interlocked.Increment(ref taken);
        return RefusesTurns ? null : await ReadAsync(from, count, cancel);
    }

    public Task ConfirmAsync(CancellationToken cancel = default)
    {
        Interlocked.Increment(ref confirmed);
        return IsUnsafe ? Task.FromException(new IOException("No standby answers (a fault of the test).")) : Task.CompletedTask;
    }

    public Task EndTurnAsync()
    {
        Interlocked.Increment(ref ended);
        return FailsEndings ? Task.FromException(new IOException("The server has gone (a fault of the test).")) : Task.CompletedTask;
    }
}

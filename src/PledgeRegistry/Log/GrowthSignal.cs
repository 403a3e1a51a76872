namespace PledgeRegistry.Log;

/// <summary>How many entries an engine knows its log to have, and a signal for those who wait for more. Safe for any number of threads.</summary>
public sealed class GrowthSignal
{
    private readonly Lock gate = new();
    private TaskCompletionSource grown = New();
    private long size;

    /// <summary>So many entries, at least.</summary>
    public long Size => Volatile.Read(ref size);

    /// <summary>Ends when there are more, or at <see cref="Wake"/>. Take it before looking at what else is to be looked at.</summary>
    public Task Signal
    {
        get
        {
            lock (gate)
            {
                return grown.Task;
            }
        }
    }

    public void Grow(long now)
    {
        lock (gate)
        {
            if (now <= size)
            {
                return;
            }
            size = now;
        }
        Wake();
    }

    /// <summary>Ends every wait, whether or not there is more.</summary>
    public void Wake()
    {
        TaskCompletionSource signal;
        lock (gate)
        {
            signal = grown;
            grown = New();
        }
        signal.TrySetResult();
    }

    /// <summary>True when there is more than <paramref name="after"/>, or <see cref="Wake"/> was called; false when neither has come in time.</summary>
    public async Task<bool> WaitAsync(long after, TimeSpan patience, CancellationToken cancel)
    {
        Task signal;
        lock (gate)
        {
            signal = grown.Task;
            if (size > after)
            {
                return true;
            }
        }
        try
        {
            await signal.WaitAsync(patience, cancel);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    private static TaskCompletionSource New() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

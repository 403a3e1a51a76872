namespace PledgeRegistry.Postgres;

/// <summary>How many entries are known to be in the log, and who waits for more. Safe for any number of threads.</summary>
internal sealed class Growth
{
    private readonly Lock gate = new();
    private TaskCompletionSource grown = NewSignal();
    private long size;

    public long Size => Interlocked.Read(ref size);

    /// <summary>Ends when there are more, or when there is reason to ask. Take it before looking at the size.</summary>
    public Task Signal => Volatile.Read(ref grown).Task;

    public void To(long now)
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

    public void Wake() => Interlocked.Exchange(ref grown, NewSignal()).TrySetResult();

    /// <summary>Whoever waits, now or later, is told this.</summary>
    public void End(Exception why)
    {
        var ended = Volatile.Read(ref grown);
        ended.TrySetException(why);
        _ = ended.Task.Exception;
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

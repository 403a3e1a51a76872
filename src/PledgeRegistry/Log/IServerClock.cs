namespace PledgeRegistry.Log;

/// <summary>A log that is kept by another machine, which has a clock of its own; and every log that only wraps another.</summary>
public interface IServerClock
{
    /// <summary>The time at the machine that keeps the log; null where the log that is wrapped has no such clock.</summary>
    Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default);
}

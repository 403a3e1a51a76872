namespace PledgeRegistry.Cli.Tests;

/// <summary>A clock that moves a millisecond each time it is read, from a fixed start.</summary>
public sealed class SteppingClock : TimeProvider
{
    private long reads;

    public override DateTimeOffset GetUtcNow() =>
        new DateTimeOffset(2026, 11, 1, 8, 0, 0, TimeSpan.Zero).AddMilliseconds(Interlocked.Increment(ref reads));
}

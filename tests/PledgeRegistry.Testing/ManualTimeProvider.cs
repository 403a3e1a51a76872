namespace PledgeRegistry.Testing;

/// <summary>A clock that stands still until it is set. In UTC; timers still run on the machine's own.</summary>
public sealed class ManualTimeProvider(DateTimeOffset start) : TimeProvider
{
    private long ticks = start.UtcTicks;

    public ManualTimeProvider()
        : this(new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero))
    {
    }

    public DateTimeOffset Now
    {
        get => new(Interlocked.Read(ref ticks), TimeSpan.Zero);
        set => Interlocked.Exchange(ref ticks, value.UtcTicks);
    }

    /// <summary>
    /// Whether what goes by is measured by it too. Otherwise it is measured by the real time, as where somebody sets a machine's clock.
    /// </summary>
    public bool Measures { get; init; }

    public override long TimestampFrequency => Measures ? TimeSpan.TicksPerSecond : base.TimestampFrequency;

    public override TimeZoneInfo LocalTimeZone => TimeZoneInfo.Utc;

    public override DateTimeOffset GetUtcNow() => Now;

    public override long GetTimestamp() => Measures ? Interlocked.Read(ref ticks) : base.GetTimestamp();

    /// <summary>Moves it on, or back where the span is negative.</summary>
    public void Advance(TimeSpan by) => Interlocked.Add(ref ticks, by.Ticks);
}

namespace PledgeRegistry.Writing;

/// <summary>How a writer and a follower work; the defaults suit a registry.</summary>
public sealed record WriterOptions
{
    /// <summary>Commands that may wait. Beyond it, new ones are answered "not now".</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>A command not taken up by then is answered "not now".</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>If the clock is behind the last entry, or differs from the log's, by more than this, nothing is written.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);

    /// <summary>How often it is seen whether the log can be reached, while nothing else tells.</summary>
    public TimeSpan AskEvery { get; init; } = TimeSpan.FromSeconds(1);

    /// <summary>A log that hasn't answered for so long is taken to be unreachable.</summary>
    public TimeSpan AnswerWithin { get; init; } = TimeSpan.FromSeconds(1.5);

    /// <summary>How long one try to find out what became of an append may take, before the next begins.</summary>
    public TimeSpan TryFor { get; init; } = TimeSpan.FromSeconds(10);

    /// <summary>How often the clock is compared with the log's.</summary>
    public TimeSpan CompareClocksEvery { get; init; } = TimeSpan.FromSeconds(10);
}

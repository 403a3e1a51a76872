namespace PledgeRegistry.Log;

/// <summary>A log as it would be: with one entry replaced, and others after its end. Only read.</summary>
/// <param name="size">How many entries of the log there are, whatever is appended to it meanwhile.</param>
public sealed class OverlaidLog(IEventLog log, long size, long position, StoredEntry replaced, IReadOnlyList<StoredEntry> appended) : IEventLog
{
    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) =>
        throw new InvalidOperationException("This is only read.");

    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        var there = (int)Math.Clamp(size - from, 0, count);
        List<StoredEntry> read = there > 0 ? [.. await log.ReadAsync(from, there, cancel)] : [];
        if (position >= from && position < from + read.Count)
        {
            read[(int)(position - from)] = replaced;
        }
        // What lacks there, lacks: nothing is put into a gap.
        return read.Count < there ? read : [.. read, .. appended.Skip((int)Math.Max(0, from - size)).Take(count - there)];
    }

    public Task WaitAsync(long after, CancellationToken cancel = default) => Task.Delay(Timeout.Infinite, cancel);

    /// <summary>The log below isn't closed.</summary>
    public ValueTask DisposeAsync() => ValueTask.CompletedTask;
}

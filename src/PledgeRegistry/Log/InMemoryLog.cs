namespace PledgeRegistry.Log;

/// <summary>
/// The log as a list in memory: durable only as long as the process. The worked example of the port, for tests and for
/// trying things out.
/// </summary>
public sealed class InMemoryLog : IEventLog, IRedactableLog
{
    private readonly Lock gate = new();
    private readonly List<StoredEntry> stored = [];
    private TaskCompletionSource grown = NewSignal();

    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) =>
        AppendAsync(expected, entries, null, cancel);

    public Task<AppendOutcome> RedactAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, long position, StoredEntry stub, CancellationToken cancel = default) =>
        AppendAsync(expected, entries, (position, stub), cancel);

    /// <summary>Nothing to do: what was replaced is gone with the list's item.</summary>
    public Task CleanAsync(CancellationToken cancel = default) => Task.CompletedTask;

    private Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, (long Position, StoredEntry Entry)? stub, CancellationToken cancel)
    {
        Batch.Check(expected, entries);
        cancel.ThrowIfCancellationRequested();
        TaskCompletionSource signal;
        lock (gate)
        {
            if (expected.Size > stored.Count || (expected.Size > 0 && stored[(int)expected.Size - 1].Leaf != expected.LastLeaf))
            {
                return Task.FromResult(AppendOutcome.Diverged);
            }
            if (expected.Size < stored.Count)
            {
                return Task.FromResult(AppendOutcome.Stale);
            }
            if (stub is var (position, replaced))
            {
                stored[(int)position] = stored[(int)position].Leaf == replaced.Leaf
                    ? replaced with { Bytes = replaced.Bytes.ToArray() }
                    : throw new LogDamagedException($"Entry {position} isn't the one that was to be withheld.");
            }
            stored.AddRange(entries.Select(e => e with { Bytes = e.Bytes.ToArray() }));
            signal = grown;
            grown = NewSignal();
        }
        signal.SetResult();
        return Task.FromResult(AppendOutcome.Appended);
    }

    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        cancel.ThrowIfCancellationRequested();
        lock (gate)
        {
            IReadOnlyList<StoredEntry> read = from >= stored.Count ? [] : stored.GetRange((int)from, (int)Math.Min(count, stored.Count - from));
            return Task.FromResult(read);
        }
    }

    public Task WaitAsync(long after, CancellationToken cancel = default)
    {
        lock (gate)
        {
            return stored.Count > after ? Task.CompletedTask : grown.Task.WaitAsync(cancel);
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Bench;

/// <summary>A log that keeps what was appended through it, and in how many batches.</summary>
internal sealed class CountingLog(IEventLog log) : IEventLog
{
    public List<StoredEntry> Entries { get; } = [];
    public int Batches { get; private set; }

    public void Reset()
    {
        Entries.Clear();
        Batches = 0;
    }

    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        var outcome = await log.AppendAsync(expected, entries, cancel);
        if (outcome == AppendOutcome.Appended)
        {
            Entries.AddRange(entries);
            Batches++;
        }
        return outcome;
    }

    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default) => log.ReadAsync(from, count, cancel);

    public Task WaitAsync(long after, CancellationToken cancel = default) => log.WaitAsync(after, cancel);

    public ValueTask DisposeAsync() => log.DisposeAsync();
}

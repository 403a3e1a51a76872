using System.Globalization;
using System.Text;
using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>Reads a log while it grows, and checks that it only ever grows, by whole batches.</summary>
internal sealed class Follower(IEventLog log)
{
    private readonly List<StoredEntry> seen = [];
    private readonly Random random = new(1);
    private int reads;

    /// <summary>Reads that brought something new.</summary>
    public int Reads => Volatile.Read(ref reads);

    /// <summary>What was read, to be looked at once following has ended.</summary>
    public IReadOnlyList<StoredEntry> Seen => seen;

    public async Task FollowAsync(CancellationToken finished)
    {
        while (true)
        {
            var last = finished.IsCancellationRequested;
            var read = await log.ReadAsync(seen.Count, 100_000, CancellationToken.None);
            if (read.Count > 0)
            {
                seen.AddRange(read);
                Assert.True(EndsItsBatch(seen[^1]), $"A read ended inside a batch: {Encoding.UTF8.GetString(seen[^1].Bytes.Span)}");
                await CheckUnchangedAsync();
                Interlocked.Increment(ref reads);
            }
            else if (last)
            {
                return;
            }
            else
            {
                await WaitAsync(finished);
            }
        }
    }

    private async Task CheckUnchangedAsync()
    {
        var from = random.Next(seen.Count);
        var again = await log.ReadAsync(from, Math.Min(100, seen.Count - from), CancellationToken.None);
        for (var i = 0; i < again.Count; i++)
        {
            Assert.True(again[i].Leaf == seen[from + i].Leaf && again[i].Bytes.Span.SequenceEqual(seen[from + i].Bytes.Span), $"The entry at {from + i} has changed.");
        }
    }

    private async Task WaitAsync(CancellationToken finished)
    {
        try
        {
            await log.WaitAsync(seen.Count, finished);
        }
        catch (OperationCanceledException)
        {
            // The last read follows.
        }
    }

    // Entries of the race end in "2/5": the second of a batch of five.
    private static bool EndsItsBatch(StoredEntry entry)
    {
        var parts = Encoding.UTF8.GetString(entry.Bytes.Span).Split(' ')[2].Split('/');
        return int.Parse(parts[0], CultureInfo.InvariantCulture) == int.Parse(parts[1], CultureInfo.InvariantCulture);
    }
}

using System.Collections.Concurrent;
using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

public abstract partial class EventLogContract
{
    private const int Appenders = 16;

    /// <summary>Of each of the 16 appenders. An engine with slow commits may ask for fewer.</summary>
    protected virtual int BatchesAnAppender => 15;

    [Fact]
    public async Task Sixteen_that_append_at_once_lose_nothing_repeat_nothing_and_leave_no_gap()
    {
        var race = await RaceAsync(goOn: () => false);
        var all = await ReadAllAsync(Log);
        Assert.True(race.Stale >= Appenders - 1, $"Only {race.Stale} appends were stale: there was no race.");
        Assert.Equal(Appenders * BatchesAnAppender, race.Acknowledged.Count);
        Assert.Equal(race.Acknowledged.Sum(a => a.Batch.Length), all.Count);
        foreach (var (at, batch) in race.Acknowledged)
        {
            AssertSame(batch, all.Skip((int)at).Take(batch.Length));
        }
        AssertSame(all, await ReadAllAsync(await ReaderAsync(), 7));
    }

    [Fact]
    public async Task Who_follows_while_others_append_reads_whole_batches_that_never_change()
    {
        using var finished = new CancellationTokenSource();
        using var patience = new CancellationTokenSource(Patience);
        Follower[] followers = [new(await ReaderAsync()), new(await ReaderAsync()), new(Log)];
        var following = followers.Select(f => Task.Factory.StartNew(
            () => f.FollowAsync(finished.Token), CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()).ToList();
        // They append until everybody has followed for a while, or has stopped because of what it met.
        await RaceAsync(goOn: () => !patience.IsCancellationRequested && followers.Zip(following).Any(f => f.First.Reads < 20 && !f.Second.IsCompleted));
        await finished.CancelAsync();
        await Task.WhenAll(following).WaitAsync(Patience);
        var all = await ReadAllAsync(Log);
        Assert.All(followers, f => AssertSame(all, f.Seen));
    }

    private sealed record Race(ConcurrentBag<(long At, StoredEntry[] Batch)> Acknowledged, int Stale);

    private async Task<Race> RaceAsync(Func<bool> goOn)
    {
        IEventLog[] writers = [Log, await AnotherWriterAsync()];
        var acknowledged = new ConcurrentBag<(long, StoredEntry[])>();
        var stale = 0;
        // All of them start from the empty log, so that at least all but one are stale once.
        using var start = new Barrier(Appenders);
        await Task.WhenAll(Enumerable.Range(0, Appenders).Select(number => Task.Factory.StartNew(async () =>
        {
            var log = writers[number % writers.Length];
            var head = LogHead.Empty;
            start.SignalAndWait(Patience);
            for (var i = 0; i < BatchesAnAppender || goOn(); i++)
            {
                if (i >= BatchesAnAppender)
                {
                    await Task.Delay(1);
                }
                var length = 1 + (number + i) % 5;
                StoredEntry[] batch = [.. Enumerable.Range(0, length).Select(k => Entry($"{number} {i} {k + 1}/{length}"))];
                AppendOutcome outcome;
                while ((outcome = await log.AppendAsync(head, batch)) == AppendOutcome.Stale)
                {
                    Interlocked.Increment(ref stale);
                    head = await CatchUpAsync(log, head);
                }
                Assert.Equal(AppendOutcome.Appended, outcome);
                acknowledged.Add((head.Size, batch));
                head = HeadAfter(head, batch);
            }
        }, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default).Unwrap()));
        return new Race(acknowledged, stale);
    }

    private static async Task<LogHead> CatchUpAsync(IEventLog log, LogHead head)
    {
        while (await log.ReadAsync(head.Size, 1000) is { Count: > 0 } read)
        {
            head = HeadAfter(head, read);
        }
        return head;
    }
}

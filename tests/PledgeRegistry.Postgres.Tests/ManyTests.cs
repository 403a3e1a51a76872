using System.Collections.Concurrent;
using PledgeRegistry.Log;
using Xunit.Abstractions;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class ManyTests(Cluster cluster, ITestOutputHelper output) : ServerTest(cluster)
{
    private const int Writers = 16;
    private const int Batches = 12;
    private const string Listening = """
        from pg_stat_activity where datname = current_database() and wait_event = 'ClientRead'
            and query = 'listen pledge_registry' and pid <> pg_backend_pid()
        """;

    [Fact]
    public async Task Who_follows_sixteen_writers_misses_nothing()
    {
        var acknowledged = new ConcurrentDictionary<long, string>();
        var followed = new List<string>();
        var stale = 0;
        await using var reader = await PostgresLog.OpenForReadingAsync(Running);
        using var finished = new CancellationTokenSource();
        var following = Task.Run(async () =>
        {
            var head = LogHead.Empty;
            while (true)
            {
                var last = finished.IsCancellationRequested;
                head = await CatchUpAsync(reader, head, entry => followed.Add(Digest(entry)));
                if (last)
                {
                    return;
                }
                await reader.WaitAsync(head.Size, finished.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
        });
        await Task.WhenAll(Enumerable.Range(0, Writers).Select(number => Task.Run(async () =>
        {
            await using var log = await OpenAsync();
            var head = LogHead.Empty;
            for (var i = 0; i < Batches; i++)
            {
                var batch = Entries(1 + (37 * number + 61 * i) % IEventLog.MaxBatchEntries, seed: 1000 * number + i);
                AppendOutcome outcome;
                while ((outcome = await log.AppendAsync(head, batch)) == AppendOutcome.Stale)
                {
                    Interlocked.Increment(ref stale);
                    head = await CatchUpAsync(log, head);
                }
                Assert.Equal(AppendOutcome.Appended, outcome);
                for (var k = 0; k < batch.Length; k++)
                {
                    Assert.True(acknowledged.TryAdd(head.Size + k, Digest(batch[k])), "A position was acknowledged twice.");
                }
                head = After(head, batch);
            }
        })));
        await finished.CancelAsync();
        await following.WaitAsync(Patience);
        var stored = await StoredAsync();
        output.WriteLine($"{stored.Count} entries, {stale} appends were stale");
        Assert.InRange(stored.Count, 20_000, int.MaxValue);
        Assert.True(stale >= Writers - 1, $"Only {stale} appends were stale: there was no race.");
        Assert.Equal(stored, followed);
        Assert.Equal(stored, acknowledged.OrderBy(a => a.Key).Select(a => a.Value));
    }

    [Fact]
    public async Task A_long_transaction_beside_stops_nobody_and_sees_one_state_of_the_log()
    {
        var (first, second) = (Entries(10, seed: 1), Entries(10, seed: 2));
        await using var log = await OpenAsync();
        await using var reader = await PostgresLog.OpenForReadingAsync(Running);
        var head = await AppendedAsync(log, LogHead.Empty, first);
        await using var other = await ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
        Assert.Equal(10L, await Cluster.SqlAsync(other, "select count(*) from pledge_registry.entries"));
        var waiting = reader.WaitAsync(head.Size);
        await AppendedAsync(log, head, second);
        await waiting.WaitAsync(Patience);
        await AssertHoldsAsync(reader, [.. first, .. second]);
        Assert.Equal(10L, await Cluster.SqlAsync(other, "select count(*) from pledge_registry.entries"));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task An_append_waits_for_another_at_the_same_position_and_is_stale_only_if_that_is_committed(bool committed)
    {
        var mine = Entries(2);
        await using var log = await OpenAsync();
        await using var other = await ConnectAsync();
        await using var transaction = await other.BeginTransactionAsync();
        await Cluster.SqlAsync(other, "insert into pledge_registry.entries values (0, sha256('\\x0061'), '\\x61')");
        var append = log.AppendAsync(LogHead.Empty, mine);
        await WaitingSessionAsync("transactionid");
        Assert.Empty(await log.ReadAsync(0, 10));
        await (committed ? transaction.CommitAsync() : transaction.RollbackAsync());
        Assert.Equal(committed ? AppendOutcome.Stale : AppendOutcome.Appended, await append);
        await AssertHoldsAsync(log, committed ? [StoredEntry.Of("a"u8.ToArray())] : mine);
    }

    [Fact]
    public async Task A_wait_hears_of_an_append_by_somebody_else_without_asking()
    {
        await using var log = await OpenAsync();
        // Once it hears, it never asks by itself.
        await using var reader = await PostgresLog.OpenForReadingAsync(Running, (TimeSpan.FromMilliseconds(10), Timeout.InfiniteTimeSpan), CancellationToken.None);
        var head = LogHead.Empty;
        for (var i = 0; i < 5; i++)
        {
            var waiting = reader.WaitAsync(head.Size);
            await Cluster.UntilAsync(() => Task.FromResult(reader.Hears));
            head = await AppendedAsync(log, head, Entries(2, seed: i));
            await waiting.WaitAsync(Patience);
        }
    }

    [Fact]
    public async Task A_wait_ends_though_the_listening_connection_was_terminated_and_though_others_send_nonsense()
    {
        await using var log = await OpenAsync();
        await using var reader = await PostgresLog.OpenForReadingAsync(Running);
        var head = await AppendedAsync(log, LogHead.Empty, Entries(1));
        var waiting = reader.WaitAsync(head.Size);
        await Cluster.UntilAsync(async () => (long)(await Cluster.SqlAsync(Database, $"select count(*) {Listening}"))! > 0);
        await Cluster.SqlAsync(Database, "select pg_notify('pledge_registry', '999999999999'), pg_notify('pledge_registry', 'nonsense')");
        await Cluster.SqlAsync(Database, $"select pg_terminate_backend(pid) {Listening}");
        Assert.False(waiting.IsCompleted, "Nothing was appended.");
        await AppendedAsync(log, head, Entries(1, seed: 2));
        await waiting.WaitAsync(Patience);
    }
}

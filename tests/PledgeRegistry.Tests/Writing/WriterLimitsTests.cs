using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>Clocks, queues, deadlines, callers who leave, and the end of the process.</summary>
public sealed class WriterLimitsTests
{
    [Fact]
    public async Task A_clock_a_little_behind_the_last_entry_doesn_t_turn_time_back()
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        await node.RecordAsync(TestNode.Source(1));
        var last = node.Registry.Head.RecordedAt!.Value;
        clock.Advance(-TimeSpan.FromMinutes(5));
        await node.RecordAsync(TestNode.Source(2));
        Assert.Equal(last, node.Registry.Head.RecordedAt);
        clock.Advance(TimeSpan.FromMinutes(5) + TimeSpan.FromMilliseconds(1));
        await node.RecordAsync(TestNode.Source(3));
        Assert.Equal(last.AddMilliseconds(1), node.Registry.Head.RecordedAt);
    }

    [Fact]
    public async Task A_clock_far_behind_the_last_entry_keeps_the_registry_from_writing_until_it_is_set()
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        await node.RecordAsync(TestNode.Source(1));
        Assert.Null(node.Writer.NotWriting);
        clock.Advance(-TimeSpan.FromMinutes(5) - TimeSpan.FromMilliseconds(1));
        Assert.Contains("clock is behind the last entry, recorded at 2026-05-04T12:00:00.000Z", node.Writer.NotWriting!, StringComparison.Ordinal);
        var answer = Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(2)));
        Assert.Contains("clock", answer.Reason, StringComparison.Ordinal);
        Assert.Equal(TestNode.Start + 1, node.Registry.Head.Size);
        clock.Advance(TimeSpan.FromMinutes(1));
        await node.RecordAsync(TestNode.Source(2));
    }

    [Fact]
    public async Task A_clock_that_swings_within_a_batch_doesn_t_turn_time_back() => await Seeded.RunAsync(5, async random =>
    {
        var log = await EntryChain.SampleLogAsync();
        await using (var node = await TestNode.OpenAsync(log, new SwingingClock(random.Random), new WriterOptions { Deadline = TimeSpan.FromMinutes(10) }))
        {
            await Task.WhenAll(Enumerable.Range(0, 200).Select(i => node.RecordAsync(TestNode.Source(i))));
            var times = (await node.EntriesAsync()).Select(e => e.RecordedAt).ToList();
            Assert.Equal(times.Order(), times);
        }
        await using var again = await TestNode.OpenAsync(log);
        Assert.Equal(TestNode.Start + 200, again.Registry.Head.Size);
    });

    [Fact]
    public async Task Beyond_its_capacity_the_queue_says_not_now()
    {
        await using var node = await TestNode.OpenAsync(options: new WriterOptions { QueueCapacity = 3 });
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(0));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var queued = Enumerable.Range(1, 3).Select(i => node.RecordAsync(TestNode.Source(i))).ToList();
        Assert.Contains("Too many", Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(4))).Reason, StringComparison.Ordinal);
        node.Log.Release();
        await Task.WhenAll([first, .. queued]);
        await node.RecordAsync(TestNode.Source(4));
        Assert.Equal(TestNode.Start + 5, node.Registry.Head.Size);
    }

    [Fact]
    public async Task What_isn_t_taken_up_by_its_deadline_is_answered_not_now_and_never_recorded()
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(0));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var late = node.SubmitAsync(TestNode.Source(1));
        clock.Advance(TimeSpan.FromSeconds(1));
        var inTime = node.RecordAsync(TestNode.Source(2));
        clock.Advance(TimeSpan.FromSeconds(30));
        node.Log.Release();
        await Task.WhenAll(first, inTime);
        Assert.Contains("too busy", Assert.IsType<Outcome.Unavailable>(await late).Reason, StringComparison.Ordinal);
        Assert.Equal(["source/source-0", "source/source-2"], (await node.EntriesAsync()).Skip(TestNode.Start).Select(e => e.Stream));
    }

    [Fact]
    public async Task Who_hangs_up_before_being_served_records_nothing()
    {
        await using var node = await TestNode.OpenAsync();
        using var caller = new CancellationTokenSource();
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(0));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var gone = node.SubmitAsync(TestNode.Source(1), cancel: caller.Token);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        node.Log.Release();
        await first;
        await node.RecordAsync(TestNode.Source(2));
        Assert.Equal(["source/source-0", "source/source-2"], (await node.EntriesAsync()).Skip(TestNode.Start).Select(e => e.Stream));
    }

    [Fact]
    public async Task Who_hangs_up_while_being_served_may_be_recorded_and_learns_it_from_the_same_key()
    {
        await using var node = await TestNode.OpenAsync();
        using var caller = new CancellationTokenSource();
        node.Log.Hold();
        var gone = node.SubmitAsync(TestNode.Source(0), "key", cancel: caller.Token);
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        await caller.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => gone);
        node.Log.Release();
        Assert.True(Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(TestNode.Source(0), "key")).Repeated);
    }

    [Fact]
    public async Task Stopped_under_load_it_answers_everybody_and_what_it_acknowledged_is_in_the_log()
    {
        for (var round = 0; round < 5; round++)
        {
            var node = await TestNode.OpenAsync();
            node.Log.Delay = TimeSpan.FromMilliseconds(3);
            node.Log.Next(AppendFault.Delay, 1_000);
            var callers = Enumerable.Range(0, 16).Select(c => Task.Run(async () =>
            {
                var outcomes = new List<(int Source, Outcome Outcome)>();
                for (var i = 0; i < 200; i++)
                {
                    var source = c * 1000 + i;
                    outcomes.Add((source, await node.SubmitAsync(TestNode.Source(source), actor: string.Create(CultureInfo.InvariantCulture, $"a-{c}"))));
                }
                return outcomes;
            })).ToArray();
            await TestNode.UntilAsync(() => node.Registry.Head.Size > TestNode.Start + 30);
            await Task.WhenAll(node.Writer.DisposeAsync().AsTask(), node.Writer.DisposeAsync().AsTask());
            var answers = (await Task.WhenAll(callers).WaitAsync(TimeSpan.FromSeconds(20))).SelectMany(a => a).ToList();

            var logged = (await node.EntriesAsync()).Skip(TestNode.Start).ToDictionary(e => e.Stream);
            var recorded = answers.Where(a => a.Outcome is Outcome.Recorded).ToList();
            Assert.Equal(16 * 200, answers.Count);
            Assert.Equal(logged.Count, recorded.Count);
            Assert.All(recorded, a => Assert.Equal(((Outcome.Recorded)a.Outcome).Receipt.EntryId, logged[$"source/{TestNode.Source(a.Source).Id}"].Id));
            Assert.All(answers.Except(recorded), a => Assert.IsType<Outcome.Unavailable>(a.Outcome));
            Assert.NotEmpty(answers.Except(recorded));
            Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(-1)));
        }
    }

    [Fact]
    public async Task Two_thousand_waiting_commands_of_one_actor_hold_up_nobody_else()
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Hold();
        var first = node.RecordAsync(TestNode.Source(0));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var import = Enumerable.Range(1, 2_000).Select(i => node.RecordAsync(TestNode.Source(i), actor: "import")).ToList();
        var person = node.RecordAsync(TestNode.Source(-1), actor: "person");
        node.Log.Release();
        await Task.WhenAll([first, person, .. import]);
        Assert.InRange((await person).Position - TestNode.Start, 1, IEventLog.MaxBatchEntries);
    }

    [Fact]
    public async Task Commands_that_fill_whole_batches_hold_up_nobody_else_either()
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Hold();
        var import = Enumerable.Range(0, 40).Select(i => node.RecordAsync(Large(i), actor: "import")).ToList();
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        var person = node.RecordAsync(TestNode.Source(-1), actor: "person");
        node.Log.Release();
        await Task.WhenAll([person, .. import]);
        // Of those before it, one was being written and one had its turn.
        Assert.InRange((await person).Position - TestNode.Start, 200, 3 * 200);
    }

    [Fact]
    public async Task The_fair_queue_hands_out_one_item_an_actor_in_turn_and_loses_none()
    {
        using var queue = new FairQueue<string>(100);
        foreach (var item in new[] { "a1", "a2", "a3", "b1", "c1", "c2" })
        {
            Assert.True(queue.TryAdd(item[..1], item));
        }
        Assert.True(await queue.WaitAsync());
        queue.Close();
        Assert.False(queue.TryAdd("d", "d1"));
        var taken = new List<string>();
        while (queue.TryTake(out var item))
        {
            taken.Add(item);
        }
        Assert.Equal(["a1", "b1", "c1", "a2", "c2", "a3"], taken);
        Assert.Equal(0, queue.Count);
        Assert.False(await queue.WaitAsync());
    }

    [Fact]
    public async Task The_fair_queue_wakes_its_taker_for_every_item()
    {
        using var queue = new FairQueue<int>(int.MaxValue);
        var taker = Task.Run(async () =>
        {
            var taken = 0;
            while (await queue.WaitAsync())
            {
                while (queue.TryTake(out _))
                {
                    taken++;
                }
            }
            return taken;
        });
        await Task.WhenAll(Enumerable.Range(0, 8).Select(a => Task.Run(async () =>
        {
            for (var i = 0; i < 5_000; i++)
            {
                Assert.True(queue.TryAdd(a.ToString(CultureInfo.InvariantCulture), i));
                if (i % 50 == 0)
                {
                    await Task.Yield();
                }
            }
        })));
        queue.Close();
        Assert.Equal(40_000, await taker.WaitAsync(TimeSpan.FromSeconds(20)));
    }

    private static PledgeRegistry.Participants.RegisterParticipant Large(int number) =>
        new(string.Create(CultureInfo.InvariantCulture, $"P-{number}"), "other", Texts.Of(("en", "P")), null, "notes", [],
            [.. Enumerable.Range(0, 199).Select(i => new PledgeRegistry.Participants.RoleStart("member", string.Create(CultureInfo.InvariantCulture, $"scope-{i}"), null, "notes"))], []);

    /// <summary>A clock that is now before and now after, within what is tolerated.</summary>
    private sealed class SwingingClock(Random random) : TimeProvider
    {
        private readonly Lock gate = new();

        public override DateTimeOffset GetUtcNow()
        {
            lock (gate)
            {
                return new DateTimeOffset(2026, 5, 4, 12, 0, 0, TimeSpan.Zero).AddSeconds(random.Next(-140, 140));
            }
        }
    }
}

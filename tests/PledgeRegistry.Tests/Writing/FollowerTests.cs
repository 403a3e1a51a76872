using System.Diagnostics;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>A node that follows its log: it reads on, knows when it can't, and never mixes two histories.</summary>
public sealed class FollowerTests
{
    // A machine that is busy may take a second for anything: a log that answers isn't taken for one that doesn't.
    private static readonly WriterOptions Patient = new() { AnswerWithin = TimeSpan.FromSeconds(30) };

    private static readonly WriterOptions Quick = Patient with { AskEvery = TimeSpan.FromMilliseconds(40), CompareClocksEvery = TimeSpan.FromMilliseconds(40) };

    [Theory]
    [InlineData(0, 0)]
    [InlineData(0, 2)]
    [InlineData(0, 3)]
    [InlineData(0, 9)]
    [InlineData(2, 0)]
    [InlineData(2, 5)]
    public async Task A_log_with_another_history_stops_the_reading_whether_it_is_shorter_or_longer(int kept, int others)
    {
        var log = await LogAsync(103);
        var parted = TestNode.Start + 100 + kept;
        await using var node = await TestNode.OpenAsync(log, options: Quick, follows: true);
        var copy = await CopyAsync(log, parted);
        await using var elsewhere = await TestNode.OpenAsync(copy);
        for (var i = 0; i < others; i++)
        {
            await elsewhere.RecordAsync(TestNode.Source(2000 + i));
        }
        var head = node.Registry.Head;
        node.Log.SwitchTo(copy);
        await TestNode.UntilAsync(() => node.Registry.Stopped is not null);
        Assert.Equal(HindranceKind.Diverged, node.Writer.Hindrance!.Kind);
        Assert.Contains(others == 0 ? $"it has {parted} entries, where {head.Size} were read" : $"entry {parted} is another one", node.Registry.Stopped!, StringComparison.Ordinal);
        Assert.Equal(head, node.Registry.Head);
        Assert.Equal(head.Size, node.Seen.Count);
        Assert.Contains("another history", Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(9))).Reason, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_is_swapped_for_a_copy_of_the_same_history_is_followed_on()
    {
        var log = await LogAsync(20);
        await using var node = await TestNode.OpenAsync(log, options: Quick, follows: true);
        var copy = await CopyAsync(log, TestNode.Start + 20);
        await using var elsewhere = await TestNode.OpenAsync(copy);
        await elsewhere.RecordAsync(TestNode.Source(1000));
        node.Log.SwitchTo(copy);
        await node.Registry.WaitForAsync(TestNode.Start + 21).WaitAsync(TimeSpan.FromSeconds(60));
        Assert.Equal(elsewhere.Registry.Head, node.Registry.Head);
        Assert.Null(node.Registry.Stopped);
    }

    [Fact]
    public async Task Where_another_history_is_longer_than_a_piece_nothing_of_it_is_taken_up()
    {
        var log = await LogAsync(3);
        await using var node = await TestNode.OpenAsync(log, options: Quick);
        var copy = await CopyAsync(log, TestNode.Start + 2);
        await using var elsewhere = await TestNode.OpenAsync(copy);
        // No more at once than may wait.
        foreach (var some in Enumerable.Range(2000, 5000).Chunk(1000))
        {
            await Task.WhenAll(some.Select(i => elsewhere.RecordAsync(TestNode.Source(i), actor: $"a-{i % 50}")));
        }
        node.Log.SwitchTo(copy);
        await node.Registry.CatchUpAsync(null, CancellationToken.None);
        Assert.Equal(TestNode.Start + 3, node.Registry.Head.Size);
        Assert.Equal(HindranceKind.Diverged, node.Registry.Stop!.Kind);
    }

    [Fact]
    public async Task A_log_that_cannot_be_read_is_noticed_while_nothing_happens_and_so_is_its_return()
    {
        await using var node = await TestNode.OpenAsync(options: Patient, follows: true);
        Assert.Null(node.Writer.Hindrance);
        node.Log.FailReads(int.MaxValue);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is not null);
        Assert.Equal(HindranceKind.Unreachable, node.Writer.Hindrance!.Kind);
        Assert.Contains("unreachable since 2026-05-04T12:00:00.000Z: The log can't be read now", node.Writer.NotWriting!, StringComparison.Ordinal);
        Assert.Contains("Nothing was written", Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1))).Reason, StringComparison.Ordinal);
        Assert.Equal((TestNode.Start, 0), (node.Registry.Head.Size, node.Log.Appends));

        node.Log.FailReads(0);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is null);
        await node.RecordAsync(TestNode.Source(1));
    }

    [Fact]
    public async Task It_asks_a_log_that_is_away_now_and_then_and_not_all_the_time()
    {
        await using var node = await TestNode.OpenAsync(options: Patient, follows: true);
        node.Log.FailReads(int.MaxValue);
        await TestNode.UntilAsync(() => node.Log.ReadsFailed > 0);
        var (asking, before) = (Stopwatch.StartNew(), node.Log.ReadsFailed);
        await TestNode.UntilAsync(() => node.Log.ReadsFailed >= before + 6);
        // Every half second, however long that took. One may have been due, and a timer may be early.
        Assert.InRange(node.Log.ReadsFailed - before, 6, 2 + (int)(asking.Elapsed / (Patient.AskEvery / 2)));
    }

    [Fact]
    public async Task A_log_that_does_not_answer_is_unreachable_and_callers_are_told_so()
    {
        // Callers are told before their own time is up.
        await using var node = await TestNode.OpenAsync(options: Quick with { AnswerWithin = TimeSpan.FromMilliseconds(60), Deadline = TimeSpan.FromHours(1) }, follows: true);
        node.Log.HoldReads();
        await TestNode.UntilAsync(() => node.Writer.Hindrance is { Reason: var reason } && reason.Contains("hasn't answered", StringComparison.Ordinal));
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        node.Log.ReleaseReads();
        // On a busy machine an answer takes longer than that now and then, and it is tried again.
        var outcome = await node.SubmitAsync(TestNode.Source(1));
        for (var tries = 0; outcome is Outcome.Unavailable && tries < 2000; tries++)
        {
            await Task.Delay(10);
            outcome = await node.SubmitAsync(TestNode.Source(1));
        }
        Assert.IsType<Outcome.Recorded>(outcome);
    }

    [Fact]
    public async Task An_append_that_takes_long_is_not_taken_for_a_log_that_is_away()
    {
        var options = Quick with { AnswerWithin = TimeSpan.FromSeconds(3) };
        await using var node = await TestNode.OpenAsync(options: options, follows: true);
        node.Log.Hold();
        var recording = node.SubmitAsync(TestNode.Source(1));
        await TestNode.UntilAsync(() => node.Log.Appends == 1);
        for (var held = Stopwatch.StartNew(); held.Elapsed < options.AnswerWithin * 1.5;)
        {
            await Task.Delay(10);
            Assert.Null(node.Writer.Hindrance);
        }
        node.Log.Release();
        Assert.IsType<Outcome.Recorded>(await recording);
    }

    [Theory]
    [InlineData(6, "behind that of the log's database by 6 minutes")]
    [InlineData(-6, "ahead of that of the log's database by 6 minutes")]
    [InlineData(4, null)]
    [InlineData(-4, null)]
    public async Task A_node_whose_clock_differs_too_much_from_the_log_s_does_not_write_until_it_is_set(int minutes, string? message)
    {
        var clock = new ManualTimeProvider();
        var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), clock) { Ahead = TimeSpan.FromMinutes(minutes) };
        await using var node = await TestNode.OpenAsync(log, clock, Quick, follows: true);
        if (message is null)
        {
            await node.RecordAsync(TestNode.Source(1));
            return;
        }
        // From the start on.
        Assert.Equal(HindranceKind.Clock, node.Writer.Hindrance!.Kind);
        Assert.Contains(message, Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1))).Reason, StringComparison.Ordinal);
        log.Ahead = TimeSpan.FromMinutes(1);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is null);
        await node.RecordAsync(TestNode.Source(1));
        log.Ahead = TimeSpan.FromMinutes(minutes);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is { Kind: HindranceKind.Clock });
    }

    [Fact]
    public async Task A_clock_that_jumps_keeps_a_node_from_writing_before_the_clocks_are_compared_again()
    {
        var (clock, hour) = (new ManualTimeProvider(), TimeSpan.FromHours(1));
        var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), clock);
        await using var node = await TestNode.OpenAsync(log, clock, Quick with { CompareClocksEvery = hour }, follows: true);
        await node.RecordAsync(TestNode.Source(1));
        // This machine's clock alone.
        log.Ahead = -hour;
        clock.Advance(hour);
        Assert.Contains("clock", Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(2))).Reason, StringComparison.Ordinal);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is { Kind: HindranceKind.Clock, Reason: var reason } && reason.Contains("ahead of that of the log's database by 60 minutes", StringComparison.Ordinal));
        log.Ahead = TimeSpan.Zero;
        clock.Advance(-hour);
        await TestNode.UntilAsync(() => node.Writer.Hindrance is null);
        await node.RecordAsync(TestNode.Source(2));
    }

    [Fact]
    public async Task A_process_that_writes_alone_asks_for_no_turn_and_one_that_was_late_asks_for_a_while()
    {
        var clock = new ManualTimeProvider { Measures = true };
        var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), clock);
        await using var node = await TestNode.OpenAsync(log, clock);
        await using var other = await TestNode.OpenAsync(log, clock);
        for (var i = 0; i < 10; i++)
        {
            await node.RecordAsync(TestNode.Source(i));
        }
        Assert.Equal(0, log.Turns);
        // The other hasn't read what the first wrote: late once, and then in turn.
        Assert.Equal(TestNode.Start + 10, (await other.RecordAsync(TestNode.Source(100))).Position);
        Assert.Equal((1, 12), (log.Turns, log.Appends));
        await other.RecordAsync(TestNode.Source(101));
        Assert.Equal((2, 13), (log.Turns, log.Appends));
        // A refusal ends a turn by itself, right after the answer.
        Assert.IsType<Outcome.Refused>(await other.SubmitAsync(TestNode.Source(101)));
        await TestNode.UntilAsync(() => log.Ended > 0);
        Assert.Equal((3, 13, 1), (log.Turns, log.Appends, log.Ended));
        clock.Advance(TimeSpan.FromSeconds(1));
        await other.RecordAsync(TestNode.Source(102));
        Assert.Equal(3, log.Turns);
    }

    [Fact]
    public async Task Whenever_the_clock_jumps_while_something_is_decided_nothing_is_recorded_in_the_future()
    {
        for (var after = 1; after <= 12; after++)
        {
            var clock = new JumpingClock();
            var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), new ManualTimeProvider());
            await using var node = await TestNode.OpenAsync(log, clock, follows: true);
            await TestNode.UntilAsync(() => node.Writer.Hindrance is null);
            clock.JumpAfter(after);
            await node.SubmitAsync(TestNode.Source(1));
            Assert.All(await node.EntriesAsync(), e => Assert.True(e.RecordedAt < clock.Real + TimeSpan.FromMinutes(6), $"jumped after {after}"));
        }
    }

    // A clock that is set an hour ahead after it was asked so many times.
    private sealed class JumpingClock : TimeProvider
    {
        private int left = int.MaxValue;

        public DateTimeOffset Real { get; } = new ManualTimeProvider().GetUtcNow();

        public void JumpAfter(int questions) => Volatile.Write(ref left, questions);

        public override DateTimeOffset GetUtcNow() => Real + (Interlocked.Decrement(ref left) < 0 ? TimeSpan.FromHours(1) : TimeSpan.Zero);
    }

    [Fact]
    public async Task A_turn_that_can_not_be_given_back_stops_nothing()
    {
        var clock = new ManualTimeProvider { Measures = true };
        var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), clock) { FailsEndings = true };
        await using var node = await TestNode.OpenAsync(log, clock);
        await using var other = await TestNode.OpenAsync(log, clock);
        await node.RecordAsync(TestNode.Source(1));
        await other.RecordAsync(TestNode.Source(2));
        Assert.IsType<Outcome.Refused>(await other.SubmitAsync(TestNode.Source(2)));
        await TestNode.UntilAsync(() => log.Ended == 1);
        await other.RecordAsync(TestNode.Source(3));
        Assert.Null(other.Writer.Hindrance);
    }

    [Fact]
    public async Task Where_no_turn_is_to_be_had_one_writes_without()
    {
        var clock = new ManualTimeProvider { Measures = true };
        var log = new SharedFaultyLog(await EntryChain.SampleLogAsync(), clock) { RefusesTurns = true };
        await using var node = await TestNode.OpenAsync(log, clock);
        await using var other = await TestNode.OpenAsync(log, clock);
        for (var i = 0; i < 20; i++)
        {
            await (i % 2 == 0 ? node : other).RecordAsync(TestNode.Source(i));
        }
        Assert.Equal(TestNode.Start + 20, other.Registry.Head.Size);
        // Each asked twice in vain, and not again for a second.
        Assert.Equal(4, log.Turns);
        clock.Advance(TimeSpan.FromSeconds(1));
        for (var i = 20; i < 26; i++)
        {
            await (i % 2 == 0 ? node : other).RecordAsync(TestNode.Source(i));
        }
        Assert.Equal(6, log.Turns);
    }

    [Fact]
    public async Task What_was_late_is_decided_again_before_what_came_after_it()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        var number = 1000;
        node.Log.OtherWriter = () => other.RecordAsync(TestNode.Source(++number));
        node.Log.Next(AppendFault.OtherFirst, 4);
        var first = node.RecordAsync(TestNode.Source(1));
        await TestNode.UntilAsync(() => node.Log.Appends > 0);
        var later = await Task.WhenAll(Enumerable.Range(2, 8).Select(i => node.RecordAsync(TestNode.Source(i), actor: $"a-{i}")));
        Assert.All(later, r => Assert.True((first.Result.Position, r.Position) is var (before, after) && before < after, "It was overtaken."));
    }

    private static async Task<InMemoryLog> LogAsync(int sources)
    {
        var log = await EntryChain.SampleLogAsync();
        await using var node = await TestNode.OpenAsync(log);
        for (var i = 0; i < sources; i++)
        {
            await node.RecordAsync(TestNode.Source(i), $"key {i}");
        }
        return log;
    }

    private static async Task<InMemoryLog> CopyAsync(InMemoryLog log, int size)
    {
        var (copy, head) = (new InMemoryLog(), LogHead.Empty);
        foreach (var entry in await log.ReadAsync(0, size))
        {
            Assert.Equal(AppendOutcome.Appended, await copy.AppendAsync(head, [entry]));
            head = new LogHead(head.Size + 1, entry.Leaf);
        }
        Assert.Equal(size, head.Size);
        return copy;
    }
}

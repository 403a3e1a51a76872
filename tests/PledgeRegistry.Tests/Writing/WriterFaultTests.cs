using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>A log that fails, and other writers: nothing acknowledged is lost, nothing is written twice, no answer is false.</summary>
public sealed class WriterFaultTests
{
    private static readonly RecordPledge Command = new(SampleRegistry.Pledge(), []);

    [Theory]
    [InlineData(AppendFault.ThrowBefore)]
    [InlineData(AppendFault.ThrowAfter)]
    public async Task After_an_append_with_an_unknown_outcome_the_command_is_in_the_log_once(AppendFault fault)
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Next(fault);
        var outcome = Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(Command, "key"));
        Assert.False(outcome.Repeated);
        Assert.Equal(1, node.Log.Fired(fault));
        Assert.Equal(fault == AppendFault.ThrowBefore ? 2 : 1, node.Log.Appends);
        var entries = await node.EntriesAsync();
        Assert.Equal((TestNode.Start + 1, outcome.Receipt.EntryId), (entries.Count, entries[^1].Id));
        Assert.Equal(outcome with { Repeated = true }, await node.SubmitAsync(Command, "key"));
        Assert.Null(node.Writer.NotWriting);
    }

    [Theory]
    [InlineData(AppendFault.ThrowBefore)]
    [InlineData(AppendFault.ThrowAfter)]
    public async Task While_the_log_cannot_be_read_the_outcome_is_still_found_out(AppendFault fault)
    {
        await using var node = await TestNode.OpenAsync();
        node.Log.Next(fault);
        node.Log.FailReads(3);
        Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(Command));
        Assert.Equal((1, 3), (node.Log.Fired(fault), node.Log.ReadsFailed));
        Assert.Equal(TestNode.Start + 1, (await node.EntriesAsync()).Count);
    }

    [Theory]
    [InlineData(AppendFault.ThrowBefore)]
    [InlineData(AppendFault.ThrowAfter)]
    public async Task When_it_stays_unknown_for_too_long_the_callers_are_told_so_and_nothing_else_is_written(AppendFault fault)
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        node.Log.Next(fault);
        node.Log.FailReads(int.MaxValue);
        var unknown = node.SubmitAsync(Command, "key");
        await TestNode.UntilAsync(() => node.Log.ReadsFailed > 0);
        var waiting = node.SubmitAsync(TestNode.Source(1));
        Assert.Contains("being found out", node.Writer.NotWriting!, StringComparison.Ordinal);
        Assert.False(unknown.IsCompleted);
        clock.Advance(TimeSpan.FromSeconds(31));
        Assert.Contains("same key", Assert.IsType<Outcome.Unknown>(await unknown).Reason, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await waiting);
        Assert.Equal(1, node.Log.Appends);

        node.Log.FailReads(0);
        await TestNode.UntilAsync(() => node.Writer.NotWriting is null);
        var again = Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(Command, "key"));
        Assert.Equal(fault == AppendFault.ThrowAfter, again.Repeated);
        Assert.Equal(TestNode.Start + 1, (await node.EntriesAsync()).Count);
    }

    /// <summary>As after a write error that took more with it than what was just written.</summary>
    [Fact]
    public async Task After_a_write_that_failed_nothing_goes_on_if_an_earlier_entry_is_another_or_gone()
    {
        foreach (var gone in new[] { false, true })
        {
            var log = await EntryChain.SampleLogAsync();
            await using var node = await TestNode.OpenAsync(log);
            node.Log.Next(AppendFault.ThrowBefore);
            node.Log.Hold();
            var waiting = node.SubmitAsync(Command, "key");
            await TestNode.UntilAsync(() => node.Log.Appends > 0);
            var other = (await log.ReadAsync(3, 1))[0];
            node.Log.SwitchTo(gone ? new Shorter(log, 3) : new OverlaidLog(log, TestNode.Start, 2, other, []));
            node.Log.Release();
            Assert.IsType<Outcome.Unknown>(await waiting);
            Assert.Equal(1, node.Log.Fired(AppendFault.ThrowBefore));
            Assert.Equal(HindranceKind.Damaged, node.Writer.Hindrance!.Kind);
            Assert.Contains($"Entry {(gone ? TestNode.Start - 3 : 2)}", node.Writer.NotWriting!, StringComparison.Ordinal);
            Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
            Assert.Equal(1, node.Log.Appends);
        }
    }

    // Of longer reads the last entries are missing.
    private sealed class Shorter(IEventLog log, int missing) : IEventLog
    {
        public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) => log.AppendAsync(expected, entries, cancel);

        public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
        {
            var read = await log.ReadAsync(from, count, cancel);
            return read.Count > missing ? [.. read.Take(read.Count - missing)] : read;
        }

        public Task WaitAsync(long after, CancellationToken cancel = default) => log.WaitAsync(after, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }

    [Fact]
    public async Task Stopped_while_in_doubt_it_says_that_it_doesn_t_know()
    {
        var node = await TestNode.OpenAsync();
        node.Log.Next(AppendFault.ThrowAfter);
        node.Log.FailReads(int.MaxValue);
        var unknown = node.SubmitAsync(Command, "key");
        await TestNode.UntilAsync(() => node.Log.ReadsFailed > 0);
        var waiting = node.SubmitAsync(TestNode.Source(1));
        await node.DisposeAsync().AsTask().WaitAsync(TimeSpan.FromSeconds(60));
        Assert.IsType<Outcome.Unknown>(await unknown);
        Assert.IsType<Outcome.Unavailable>(await waiting);
    }

    [Fact]
    public async Task Where_another_writer_was_first_everything_is_decided_again()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        node.Log.OtherWriter = () => other.RecordAsync(Command);
        node.Log.Next(AppendFault.OtherFirst);
        var receipt = await node.RecordAsync(Command);
        Assert.Equal(1, node.Log.Fired(AppendFault.OtherFirst));
        Assert.Equal(("IMRF-2022-0002", TestNode.Start + 1L), (receipt.Id, receipt.Position));
        Assert.Equal(["pledge/IMRF-2022-0001", "pledge/IMRF-2022-0002"], (await node.EntriesAsync()).Skip(TestNode.Start).Select(e => e.Stream));
        Assert.Equal((await node.EntriesAsync())[^1].Id, receipt.EntryId);
    }

    [Fact]
    public async Task What_another_writer_s_entry_makes_wrong_is_refused_after_all()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        node.Log.OtherWriter = () => other.RecordAsync(TestNode.Source(1));
        node.Log.Next(AppendFault.OtherFirst);
        var refused = Assert.IsType<Outcome.Refused>(await node.SubmitAsync(TestNode.Source(1)));
        Assert.Equal("source-exists", Assert.Single(refused.Reasons).Code);
        Assert.Equal(TestNode.Start + 1, node.Registry.Head.Size);
    }

    [Fact]
    public async Task A_refusal_never_rests_on_a_head_that_another_writer_has_moved()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        await other.RecordAsync(Command);
        // This node hasn't read of the pledge yet.
        Assert.Equal(TestNode.Start, node.Registry.Head.Size);
        await node.RecordAsync(new WithdrawPledge(SampleRegistry.Pledge1, 1, new EffectiveDate("2023"), "so"));
    }

    [Fact]
    public async Task A_command_that_was_sent_to_two_nodes_is_recorded_once()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        node.Log.OtherWriter = () => other.RecordAsync(Command, "key");
        node.Log.Next(AppendFault.OtherFirst);
        var here = Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(Command, "key"));
        Assert.True(here.Repeated);
        Assert.Equal((await node.EntriesAsync())[^1].Id, here.Receipt.EntryId);
        Assert.Equal(TestNode.Start + 1, node.Registry.Head.Size);
    }

    [Fact]
    public async Task An_append_that_was_given_up_and_lands_later_is_not_repeated()
    {
        await using var node = await TestNode.OpenAsync();
        // The first try throws; its entries arrive just before the second try's.
        node.Log.Next(AppendFault.ThrowBefore);
        node.Log.Next(AppendFault.OtherFirst);
        await using var late = await TestNode.OpenAsync(node.Log);
        node.Log.OtherWriter = () => late.RecordAsync(Command, "key");
        var outcome = Assert.IsType<Outcome.Recorded>(await node.SubmitAsync(Command, "key"));
        Assert.True(outcome.Repeated);
        Assert.Equal(TestNode.Start + 1, (await node.EntriesAsync()).Count);
    }

    [Fact]
    public async Task A_loser_comes_through_in_the_end()
    {
        await using var other = await TestNode.OpenAsync();
        await using var node = await TestNode.OpenAsync(other.Log);
        var number = 0;
        node.Log.OtherWriter = () => other.RecordAsync(TestNode.Source(++number));
        node.Log.Next(AppendFault.OtherFirst, 6);
        node.Log.FailReads(1);
        Assert.Equal(TestNode.Start + 6, (await node.RecordAsync(Command)).Position);
        Assert.Equal((6, 1), (node.Log.Fired(AppendFault.OtherFirst), node.Log.ReadsFailed));
    }

    [Fact]
    public async Task Four_nodes_on_one_log_write_one_history()
    {
        var log = await EntryChain.SampleLogAsync();
        var nodes = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => TestNode.OpenAsync(log)));
        var receipts = (await Task.WhenAll(nodes.Select((node, n) => Task.Run(async () =>
        {
            var mine = new List<Receipt>();
            for (var i = 0; i < 25; i++)
            {
                mine.Add(await node.RecordAsync(i % 2 == 0 ? Command : TestNode.Source(n * 100 + i)));
            }
            return mine;
        })))).SelectMany(r => r).ToList();
        foreach (var node in nodes)
        {
            await node.DisposeAsync();
        }
        await using var reader = await TestNode.OpenAsync(log);
        var entries = await reader.EntriesAsync();
        Assert.Equal(TestNode.Start + 100, entries.Count);
        Assert.Equal(100, receipts.Select(r => r.Position).Distinct().Count());
        Assert.All(receipts, r => Assert.Equal(r.EntryId, entries[(int)r.Position].Id));
        Assert.Equal(52, reader.Registry.State.Pledges.Count);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task On_another_history_it_stops_and_says_so(bool anotherEntryInPlace)
    {
        await using var node = await TestNode.OpenAsync();
        await node.RecordAsync(Command);
        // A failover to a copy that never had the last entry, or has another in its place.
        var copy = await EntryChain.SampleLogAsync();
        if (anotherEntryInPlace)
        {
            await using var elsewhere = await TestNode.OpenAsync(copy);
            await elsewhere.RecordAsync(TestNode.Source(9));
        }
        node.Log.SwitchTo(copy);
        var size = (await node.EntriesAsync()).Count;
        foreach (var source in new[] { 1, 2 })
        {
            Assert.Contains("another history", Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(source))).Reason, StringComparison.Ordinal);
        }
        Assert.Contains("another history", node.Writer.NotWriting!, StringComparison.Ordinal);
        Assert.Equal(2, node.Log.Appends);
        Assert.Equal(size, (await node.EntriesAsync()).Count);
    }

    [Fact]
    public async Task A_failed_look_up_of_an_earlier_try_costs_only_that_command()
    {
        await using var node = await TestNode.OpenAsync();
        var first = await node.RecordAsync(Command, "key");
        node.Log.FailReads(1);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(Command, "key"));
        Assert.Equal(1, node.Log.ReadsFailed);
        Assert.Equal(new Outcome.Recorded(first, Repeated: true), await node.SubmitAsync(Command, "key"));
    }

    [Fact]
    public async Task A_newer_release_s_entry_stops_the_writing_and_not_the_reading()
    {
        var log = new InMemoryLog();
        var chain = new EntryChain();
        await chain.AppendToAsync(log, SampleRegistry.History);
        await using var node = await TestNode.OpenAsync(log);
        var expected = chain.Head;
        node.Log.OtherWriter = async () => Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(
            expected, [chain.Next("registry", new RegistryEvent.OpeningDataLoaded("set", "1"), e => e with { Type = "format-raised.v9" })]));
        node.Log.Next(AppendFault.OtherFirst);
        var answer = Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(Command));
        Assert.Contains("format-raised.v9", answer.Reason, StringComparison.Ordinal);
        Assert.Contains($"Entry {TestNode.Start}: ", node.Registry.Stopped!, StringComparison.Ordinal);
        Assert.Equal(node.Registry.Stopped, node.Writer.NotWriting);
        Assert.Equal(TestNode.Start, node.Registry.Head.Size);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        Assert.Equal(TestNode.Start - 1, (await node.Registry.ReadAsync(TestNode.Start - 1)).Position);
    }

    [Fact]
    public async Task A_projection_that_fails_stops_the_writing_and_the_callers_are_told_that_it_is_unknown()
    {
        await using var node = await TestNode.OpenAsync();
        node.Seen.FailsAt = TestNode.Start;
        Assert.IsType<Outcome.Unknown>(await node.SubmitAsync(Command, "key"));
        Assert.Contains("projection failed", node.Writer.NotWriting!, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        Assert.Equal(TestNode.Start, node.Registry.Head.Size);
        Assert.Equal(TestNode.Start + 1, (await node.EntriesAsync()).Count);
    }
}

using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class LogRestoreTests
{
    [Fact]
    public async Task An_empty_log_gets_every_entry_as_it_was()
    {
        await using var from = await EntryChain.SampleLogAsync();
        await using var to = new InMemoryLog();
        var all = await from.ReadAsync(0, 1000);
        Assert.Equal((0, all.Count), await LogRestore.CopyAsync(from, to));
        Assert.Equal(Leaves(all), Leaves(await to.ReadAsync(0, 1000)));
    }

    [Fact]
    public async Task A_restore_that_was_cut_off_goes_on_and_one_that_was_done_does_nothing()
    {
        await using var from = await EntryChain.SampleLogAsync();
        await using var to = new InMemoryLog();
        var all = await from.ReadAsync(0, 1000);
        await to.AppendAsync(LogHead.Empty, [.. all.Take(3)]);
        Assert.Equal((3, all.Count), await LogRestore.CopyAsync(from, to));
        Assert.Equal((all.Count, all.Count), await LogRestore.CopyAsync(from, to));
        Assert.Equal(Leaves(all), Leaves(await to.ReadAsync(0, 1000)));
    }

    [Theory]
    [InlineData(0)]
    [InlineData(3)]
    public async Task A_log_that_holds_something_else_is_left_as_it_is(int common)
    {
        await using var from = await EntryChain.SampleLogAsync();
        await using var to = new InMemoryLog();
        var first = (await from.ReadAsync(0, common)).Append(StoredEntry.Of([1, 2, 3])).ToList();
        await to.AppendAsync(LogHead.Empty, first);
        var refused = await Assert.ThrowsAsync<LogNotEmptyException>(() => LogRestore.CopyAsync(from, to));
        Assert.Contains($"entry {common}", refused.Message, StringComparison.Ordinal);
        Assert.Equal(common + 1, (await to.ReadAsync(0, 1000)).Count);
    }

    [Fact]
    public async Task A_log_that_is_longer_than_the_backup_is_left_as_it_is()
    {
        await using var from = await EntryChain.SampleLogAsync();
        await using var to = new InMemoryLog();
        var all = await from.ReadAsync(0, 1000);
        await to.AppendAsync(LogHead.Empty, [.. all, StoredEntry.Of([1, 2, 3])]);
        await Assert.ThrowsAsync<LogNotEmptyException>(() => LogRestore.CopyAsync(from, to));
    }

    [Fact]
    public async Task Large_entries_go_in_batches_that_an_engine_takes()
    {
        await using var from = new InMemoryLog();
        var head = LogHead.Empty;
        for (var i = 0; i < 20; i++)
        {
            var batch = Enumerable.Range(0, 10).Select(n => StoredEntry.Of([.. BitConverter.GetBytes(i * 10 + n), .. new byte[60_000]])).ToList();
            await from.AppendAsync(head, batch);
            head = new LogHead(head.Size + 10, batch[^1].Leaf);
        }
        await using var to = new InMemoryLog();
        Assert.Equal((0, 200), await LogRestore.CopyAsync(from, to));
    }

    [Fact]
    public async Task A_log_that_somebody_else_writes_meanwhile_is_not_mixed()
    {
        await using var from = await EntryChain.SampleLogAsync();
        await using var inner = new InMemoryLog();
        await using var to = new FaultyLog(inner);
        to.OtherWriter = () => inner.AppendAsync(LogHead.Empty, [StoredEntry.Of([1, 2, 3])]);
        to.Next(AppendFault.OtherFirst);
        var refused = await Assert.ThrowsAsync<LogNotEmptyException>(() => LogRestore.CopyAsync(from, to));
        Assert.Contains("Somebody else writes", refused.Message, StringComparison.Ordinal);
        Assert.Single(await inner.ReadAsync(0, 10));
    }

    private static IEnumerable<string> Leaves(IEnumerable<StoredEntry> entries) => entries.Select(e => e.Leaf.ToString());
}

using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>What an engine that keeps its log when it is closed must do besides.</summary>
public abstract class DurableEventLogContract : EventLogContract
{
    [Fact]
    public async Task A_log_that_is_closed_and_opened_again_holds_the_same_entries()
    {
        StoredEntry[] entries = [.. Entries(100), EntryOf(65_535), StoredEntry.Of([0x00])];
        await AppendedAsync(LogHead.Empty, entries);
        await ReopenAsync();
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task A_log_that_is_opened_again_goes_on_at_its_head()
    {
        var (head, all) = (LogHead.Empty, new List<StoredEntry>());
        for (var i = 0; i < 3; i++)
        {
            var batch = Entries(5, $"opening-{i}");
            head = await AppendedAsync(head, batch);
            all.AddRange(batch);
            await ReopenAsync();
        }
        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(LogHead.Empty, Entries(1)));
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(head with { LastLeaf = all[0].Leaf }, Entries(1)));
        await AssertHoldsAsync([.. all]);
    }

    [Fact]
    public async Task An_empty_log_that_is_opened_again_is_empty()
    {
        await ReopenAsync();
        await AssertHoldsAsync();
        await AppendedAsync(LogHead.Empty, Entries(1));
    }

    [Fact]
    public async Task A_reader_waits_for_a_log_that_is_opened_again_too()
    {
        var head = await AppendedAsync(LogHead.Empty, Entries(1));
        await ReopenAsync();
        var reader = await ReaderAsync();
        var waiting = reader.WaitAsync(head.Size);
        await AppendedAsync(head, Entries(1, "later"));
        await waiting.WaitAsync(Patience);
    }
}

using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.LogContract;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task Appended_entries_are_read_back_byte_for_byte_in_their_order()
    {
        var entries = Entries(5);
        await AppendedAsync(LogHead.Empty, entries);
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task A_batch_starts_where_the_one_before_it_ended()
    {
        var (first, second, third) = (Entries(3, "a"), Entries(1, "b"), Entries(2, "c"));
        var head = await AppendedAsync(LogHead.Empty, first);
        head = await AppendedAsync(head, second);
        await AppendedAsync(head, third);
        await AssertHoldsAsync([.. first, .. second, .. third]);
        AssertSame([second[0]], await Log.ReadAsync(3, 1));
    }

    [Fact]
    public async Task An_append_at_a_head_that_the_log_has_left_behind_is_stale_and_writes_nothing()
    {
        var entries = Entries(3);
        var head = await AppendedAsync(LogHead.Empty, entries[..1]);
        await AppendedAsync(head, entries[1..]);
        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(head, Entries(2, "late")));
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task An_append_that_expects_an_empty_log_is_stale_once_it_is_not()
    {
        var entries = Entries(2);
        await AppendedAsync(LogHead.Empty, entries);
        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(LogHead.Empty, Entries(1, "late")));
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task An_append_after_another_last_entry_has_diverged_and_writes_nothing()
    {
        var entries = Entries(3);
        await AppendedAsync(LogHead.Empty, entries);
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(new LogHead(3, OtherLeaf), Entries(1, "other")));
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task An_append_after_another_earlier_entry_has_diverged_and_is_not_merely_stale()
    {
        var entries = Entries(3);
        await AppendedAsync(LogHead.Empty, entries);
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(new LogHead(1, OtherLeaf), Entries(1, "other")));
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(new LogHead(2, entries[0].Leaf), Entries(1, "other")));
        await AssertHoldsAsync(entries);
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(3, 4)]
    [InlineData(3, 1_000_000)]
    public async Task An_append_beyond_the_end_has_diverged_and_writes_nothing(int size, long expectedSize)
    {
        var entries = Entries(size);
        if (size > 0)
        {
            await AppendedAsync(LogHead.Empty, entries);
        }
        var last = size > 0 ? entries[^1].Leaf : OtherLeaf;
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(new LogHead(expectedSize, last), Entries(1, "other")));
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task An_append_after_a_refused_one_goes_on_at_the_true_head()
    {
        var head = await AppendedAsync(LogHead.Empty, Entries(1, "a"));
        Assert.Equal(AppendOutcome.Stale, await Log.AppendAsync(LogHead.Empty, Entries(1, "late")));
        Assert.Equal(AppendOutcome.Diverged, await Log.AppendAsync(new LogHead(1, OtherLeaf), Entries(1, "other")));
        await AppendedAsync(head, Entries(1, "b"));
        await AssertHoldsAsync([.. Entries(1, "a"), .. Entries(1, "b")]);
    }

    [Fact]
    public async Task Equal_entries_may_follow_one_another()
    {
        var head = await AppendedAsync(LogHead.Empty, [Entry("same"), Entry("same")]);
        await AppendedAsync(head, [Entry("same")]);
        await AssertHoldsAsync(Entry("same"), Entry("same"), Entry("same"));
    }

    [Fact]
    public async Task Any_bytes_come_back_as_they_were_given()
    {
        StoredEntry[] entries =
        [
            StoredEntry.Of([0x00]),
            StoredEntry.Of([0x00, 0x27, 0x5C, 0x00, 0x22, 0x0D, 0x0A, 0x00]),
            StoredEntry.Of([0xFF, 0xFE, 0xC0, 0x80, 0xED, 0xA0, 0x80]),
            StoredEntry.Of([0xEF, 0xBB, 0xBF, 0x7B, 0x7D]),
            StoredEntry.Of([.. Enumerable.Range(0, 256).Select(i => (byte)i)]),
            Entry("""{ "b" : 1.0,  "a":"\u0041", "b": 2 }"""),
            Entry("e\u0301 and \u00e9 are not brought to one form"),
        ];
        await AppendedAsync(LogHead.Empty, entries);
        await AssertHoldsAsync(entries);
    }

    [Fact]
    public async Task A_leaf_hash_is_kept_as_it_was_given()
    {
        var entry = Entry("whose leaf is not for the engine to judge") with { Leaf = OtherLeaf };
        var zero = Entry("zero") with { Leaf = default(Hash) };
        var head = await AppendedAsync(LogHead.Empty, [entry, zero]);
        await AppendedAsync(head, [entry]);
        await AssertHoldsAsync(entry, zero, entry);
    }

    [Fact]
    public async Task A_slice_of_a_larger_buffer_is_stored_without_the_rest()
    {
        var buffer = "before|the entry|after"u8.ToArray();
        var slice = new ReadOnlyMemory<byte>(buffer, 7, 9);
        await AppendedAsync(LogHead.Empty, [new StoredEntry(slice, MerkleTree.LeafHash(slice.Span))]);
        await AssertHoldsAsync(Entry("the entry"));
    }

    [Fact]
    public async Task A_caller_that_changes_its_bytes_after_the_append_does_not_change_the_log()
    {
        var bytes = "as appended"u8.ToArray();
        var batch = new List<StoredEntry> { StoredEntry.Of(bytes) };
        await AppendedAsync(LogHead.Empty, batch);
        Array.Fill(bytes, (byte)'!');
        batch.Clear();
        await AssertHoldsAsync(Entry("as appended"));
    }

    [Fact]
    public async Task An_append_that_was_cancelled_before_it_began_leaves_all_of_it_or_nothing()
    {
        var batch = Entries(3);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.AppendAsync(LogHead.Empty, batch, new CancellationToken(canceled: true)));
        var found = await ReadAllAsync(Log);
        AssertSame(found.Count == 0 ? [] : batch, found);
        var next = Entries(1, "next");
        await AppendedAsync(found.Count == 0 ? LogHead.Empty : HeadAfter(LogHead.Empty, batch), next);
        await AssertHoldsAsync([.. found, .. next]);
    }
}

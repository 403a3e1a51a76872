using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

public abstract partial class EventLogContract
{
    // The limits as numbers, so that a change of a constant is seen here.
    private const int MostEntries = 256;
    private const int MostBytes = 1_000_000;
    private const int MostEntryBytes = 65_535;

    [Theory]
    [InlineData("no entry")]
    [InlineData("257 entries")]
    [InlineData("an entry without bytes")]
    [InlineData("an entry without bytes at the end")]
    [InlineData("an entry of 65,536 bytes")]
    [InlineData("an entry of 65,536 bytes at the end")]
    [InlineData("1,000,001 bytes")]
    public async Task A_batch_over_a_limit_is_refused_and_nothing_of_it_is_written(string what)
    {
        StoredEntry[] batch = what switch
        {
            "no entry" => [],
            "257 entries" => Entries(MostEntries + 1),
            "an entry without bytes" => [EntryOf(0)],
            "an entry without bytes at the end" => [.. Entries(3), EntryOf(0)],
            "an entry of 65,536 bytes" => [EntryOf(MostEntryBytes + 1)],
            "an entry of 65,536 bytes at the end" => [.. Entries(3), EntryOf(MostEntryBytes + 1)],
            "1,000,001 bytes" => Filling(MostBytes + 1),
            _ => throw new ArgumentOutOfRangeException(nameof(what)),
        };
        var before = Entries(2, "before");
        var head = await AppendedAsync(LogHead.Empty, before);
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.AppendAsync(head, batch));
        await AssertHoldsAsync(before);
        var after = Entries(1, "after");
        await AppendedAsync(head, after);
        await AssertHoldsAsync([.. before, .. after]);
    }

    [Fact]
    public async Task A_negative_expected_size_is_refused()
    {
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.AppendAsync(new LogHead(-1, default), Entries(1)));
        await AssertHoldsAsync();
    }

    [Fact]
    public async Task A_batch_of_256_entries_is_taken()
    {
        var batch = Entries(MostEntries);
        await AppendedAsync(LogHead.Empty, batch);
        await AssertHoldsAsync(batch);
    }

    [Fact]
    public async Task A_batch_of_1_000_000_bytes_is_taken()
    {
        var batch = Filling(MostBytes);
        Assert.Equal(MostBytes, batch.Sum(e => e.Bytes.Length));
        await AppendedAsync(LogHead.Empty, batch);
        await AssertHoldsAsync(batch);
    }

    [Theory]
    [InlineData(1)]
    [InlineData(MostEntryBytes)]
    public async Task An_entry_of_1_to_65_535_bytes_is_taken(int bytes)
    {
        StoredEntry[] batch = [EntryOf(bytes, 0x00), EntryOf(bytes, 0xFF)];
        await AppendedAsync(LogHead.Empty, batch);
        await AssertHoldsAsync(batch);
    }

    private static StoredEntry[] Filling(int bytes)
    {
        var lengths = Enumerable.Repeat(MostEntryBytes, bytes / MostEntryBytes).Append(bytes % MostEntryBytes);
        return [.. lengths.Select((length, i) => EntryOf(length, (byte)('a' + i)))];
    }
}

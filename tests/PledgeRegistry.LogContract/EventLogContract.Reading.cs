using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

public abstract partial class EventLogContract
{
    [Fact]
    public async Task A_new_log_is_empty()
    {
        Assert.Empty(await Log.ReadAsync(0, 10));
        Assert.Empty(await Log.ReadAsync(7, 10));
        Assert.Empty(await (await ReaderAsync()).ReadAsync(0, 10));
    }

    [Theory]
    [InlineData(0, 1)]
    [InlineData(0, 300)]
    [InlineData(0, 10_000)]
    [InlineData(0, int.MaxValue)]
    [InlineData(1, 1)]
    [InlineData(100, 150)]
    [InlineData(255, 2)]
    [InlineData(299, 1)]
    [InlineData(299, 10)]
    [InlineData(300, 10)]
    [InlineData(301, 10)]
    [InlineData(long.MaxValue, 10)]
    [InlineData(0, 0)]
    [InlineData(100, 0)]
    public async Task A_read_gives_the_entries_from_a_position_up_to_a_count_or_the_end(long from, int count)
    {
        var entries = Entries(300);
        var head = await AppendedAsync(LogHead.Empty, entries[..256]);
        await AppendedAsync(head, entries[256..]);
        var expected = from >= entries.Length ? [] : entries.Skip((int)from).Take(count);
        AssertSame(expected, await Log.ReadAsync(from, count));
        AssertSame(expected, await (await ReaderAsync()).ReadAsync(from, count));
    }

    [Fact]
    public async Task A_negative_position_or_count_is_refused()
    {
        await AppendedAsync(LogHead.Empty, Entries(1));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.ReadAsync(-1, 1));
        await Assert.ThrowsAnyAsync<ArgumentException>(() => Log.ReadAsync(0, -1));
    }

    [Fact]
    public async Task Another_reader_sees_what_was_appended_as_soon_as_it_is_acknowledged()
    {
        var reader = await ReaderAsync();
        var (head, all) = (LogHead.Empty, new List<StoredEntry>());
        for (var i = 0; i < 20; i++)
        {
            var batch = Entries(1 + i % 3, $"batch-{i}");
            head = await AppendedAsync(head, batch);
            all.AddRange(batch);
            AssertSame(all, await reader.ReadAsync(0, 1000));
        }
    }

    [Fact]
    public async Task A_read_that_was_cancelled_before_it_began_gives_nothing()
    {
        await AppendedAsync(LogHead.Empty, Entries(1));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => Log.ReadAsync(0, 1, new CancellationToken(canceled: true)));
    }
}

using Xunit;

namespace PledgeRegistry.Tests;

public sealed class AppendOnlyListTests
{
    [Fact]
    public void What_was_added_stays_where_it_is()
    {
        var list = new AppendOnlyList<int>();
        Assert.Throws<ArgumentOutOfRangeException>(() => list[0]);
        for (var i = 0; i < 1_000; i++)
        {
            list.Add(i);
            Assert.Equal((i + 1, 0, i), (list.Count, list[0], list[i]));
        }
        Assert.Throws<ArgumentOutOfRangeException>(() => list[1_000]);
        Assert.Throws<ArgumentOutOfRangeException>(() => list[-1]);
    }

    [Fact]
    public void A_snapshot_doesn_t_grow()
    {
        var list = new AppendOnlyList<int>();
        list.Add(1);
        var before = list.Snapshot();
        list.Add(2);
        Assert.Equal([1], before.ToArray());
        Assert.Equal([1, 2], list.Snapshot().ToArray());
    }

    [Fact]
    public async Task Readers_beside_the_writer_find_every_item_below_the_count()
    {
        var list = new AppendOnlyList<long>();
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var count = 0;
            while (count < 200_000)
            {
                count = list.Count;
                if (count > 0)
                {
                    Assert.Equal(count - 1, list[count - 1]);
                    Assert.Equal(count / 2, list[count / 2]);
                    var span = list.Snapshot();
                    Assert.True(span.Length >= count && span[^1] == span.Length - 1);
                }
            }
        })).ToArray();
        for (var i = 0L; i < 200_000; i++)
        {
            list.Add(i);
        }
        await Task.WhenAll(readers).WaitAsync(TimeSpan.FromSeconds(30));
    }
}

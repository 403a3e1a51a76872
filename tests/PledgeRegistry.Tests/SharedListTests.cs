using System.Collections.Immutable;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests;

public sealed class SharedListTests
{
    [Fact]
    public void Every_version_stays_as_it_was_whatever_is_made_of_it() => Seeded.Run(200, seeded =>
    {
        var random = seeded.Random;
        var versions = new List<(SharedList<int> List, ImmutableList<int> Expected)> { ([], []) };
        for (var i = 0; i < 60; i++)
        {
            // Mostly of the last, as a fold does; sometimes of an earlier one, as after a plan that was thrown away.
            var (list, expected) = versions[random.Next(3) == 0 ? random.Next(versions.Count) : versions.Count - 1];
            var at = expected.Count == 0 || random.Next(4) > 0 ? -1 : random.Next(expected.Count);
            versions.Add(at < 0 ? (list.Add(i), expected.Add(i)) : (list.SetItem(at, i), expected.SetItem(at, i)));
        }
        Assert.All(versions, v =>
        {
            Assert.Equal(v.Expected, v.List);
            Assert.Equal(v.Expected, Enumerable.Range(0, v.List.Count).Select(i => v.List[i]));
            Assert.Equal(v.Expected.FindLast(n => n % 3 == 0), v.List.FindLast(n => n % 3 == 0));
        });
    });

    [Fact]
    public void Threads_that_add_to_one_version_each_get_their_own()
    {
        for (var round = 0; round < 200; round++)
        {
            SharedList<int> common = [.. Enumerable.Range(0, 5)];
            common = common.Add(5);
            var made = new SharedList<int>[8];
            Parallel.For(0, made.Length, i => made[i] = common.Add(100 + i).Add(200 + i));
            Assert.All(made, (list, i) => Assert.Equal([0, 1, 2, 3, 4, 5, 100 + i, 200 + i], list));
            Assert.Equal(6, common.Count);
        }
    }

    [Fact]
    public void There_is_nothing_behind_the_end_of_a_version()
    {
        SharedList<int> shorter = [1, 2];
        _ = shorter.Add(3);
        Assert.Throws<IndexOutOfRangeException>(() => shorter[2]);
        Assert.Equal(0, shorter.FindLast(n => n == 3));
    }
}

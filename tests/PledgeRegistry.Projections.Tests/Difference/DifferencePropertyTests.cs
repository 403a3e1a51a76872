using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.Tests.Properties;

namespace PledgeRegistry.Projections.Tests.Difference;

public sealed class DifferencePropertyTests
{
    private static readonly string[] Days = ["2016-09-30", "2018-06-30", "2022-05-20", "2024-02-29", "2027-01-01"];

    [Fact]
    public Task In_every_view_of_any_story_differences_applied_give_the_other_rows_and_backwards_they_are_the_mirror() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 150);
        foreach (var view in ComparedViews.All)
        {
            for (var i = 0; i < 4; i++)
            {
                var (one, other) = (Some(given, random.Random), Some(given, random.Random));
                var (less, more) = one.Size <= other.Size ? (one, other) : (other, one);
                var (first, middle, second) = (Rows(given, view, one), Rows(given, view, Given.Read(less.On, more.Size)), Rows(given, view, other));
                var forward = ReferenceEquals(less, one);
                RowDifference[] there = [.. RowComparer.Between(first, middle, second, forward)];
                DifferenceLaws.Hold(first, second, there, [.. RowComparer.Between(second, middle, first, !forward)]);
                Assert.Empty(RowComparer.Between(first, first, Rows(given, view, one)));
            }
        }
    });

    [Fact]
    public Task Whatever_differs_on_one_day_has_an_entry_as_its_cause_and_with_no_entry_between_time_is_one() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await AsOfTests.StoryAsync(random.Random, 200);
        var found = 0;
        foreach (var view in ComparedViews.All)
        {
            var (day, size) = (Days[random.Random.Next(2, Days.Length)], random.Random.Next((int)given.Size / 2, (int)given.Size));
            var filter = DifferenceTests.Which(view, "IMRF-2022-0001").ToDictionary(w => w.Item1, w => w.Item2);
            var recorded = await given.AsksAsync(new GetDifferences(given.At(day), given.At(day, size).Basis, view, filter, Limit: 500));
            Assert.All(recorded?.Rows ?? [], row =>
            {
                Assert.True(row.CauseCount > 0, $"{view.Name} {row.Key}: {string.Join(", ", row.Fields)}");
                Assert.False(row.ByTime);
                Assert.All(row.Causes, c => Assert.InRange(c.Position, size, given.Size - 1));
            });
            var passed = await given.AsksAsync(new GetDifferences(given.At("2027-01-01", size), given.At("2022-05-20", size).Basis, view, filter, Limit: 500));
            Assert.All(passed?.Rows ?? [], row =>
            {
                Assert.Equal(row.CauseCount == 0, row.ByTime);
                Assert.All(row.Causes, c => Assert.Equal((CauseKind.TookEffect, true), (c.How, c.Position < size)));
            });
            found += (recorded?.Counts.All ?? 0) + (passed?.Counts.All ?? 0);
        }
        Assert.True(found > 30, $"Only {found} differences were found.");
    });

    private static Reading Some(Given given, Random random) => given.At(Days[random.Next(Days.Length)], random.Next((int)given.Size / 2, (int)given.Size + 1));

    private static ViewRow[] Rows(Given given, ComparedView view, Reading reading) =>
        [.. view.Rows(new RowsAsk(given.Models, reading, DifferenceTests.Which(view, "IMRF-2022-0001").ToDictionary(w => w.Item1, w => w.Item2), new RowFields(), CancellationToken.None)) ?? []];
}

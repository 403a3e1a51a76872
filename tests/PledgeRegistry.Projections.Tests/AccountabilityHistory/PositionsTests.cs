using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Projections.Tests.AccountabilityHistory;

public sealed class PositionsTests
{
    private static readonly long[] Some = [2, 3, 5, 8];
    private static readonly Positions Positions = new(Some.Length, i => Some[i]);

    [Theory]
    [InlineData(0, 0)]
    [InlineData(2, 0)]
    [InlineData(3, 1)]
    [InlineData(4, 2)]
    [InlineData(8, 3)]
    [InlineData(9, 4)]
    public void The_first_index_from_a_position_on_is_found(long position, int index) => Assert.Equal(index, Positions.FirstIndex(p => p >= position));

    [Fact]
    public void It_contains_its_positions_and_no_others() => Assert.Equal(Some, Enumerable.Range(0, 10).Select(i => (long)i).Where(Positions.Contains));

    [Fact]
    public void It_is_read_from_an_index_on_in_both_directions()
    {
        Assert.Equal([5, 8], Positions.From(2));
        Assert.Equal([5, 3, 2], Positions.Down(2));
        Assert.Empty(Positions.From(4));
        Assert.Empty(Positions.Down(-1));
        Assert.Equal(4, Positions.Count);
        Assert.Equal(8, Positions[3]);
    }

    [Fact]
    public void Finding_a_place_in_a_million_positions_looks_at_twenty()
    {
        var looks = 0;
        var many = new Positions(1_000_000, i =>
        {
            looks++;
            return i;
        });
        Assert.Equal(654_321, many.FirstIndex(p => p >= 654_321));
        Assert.InRange(looks, 1, 20);
    }
}

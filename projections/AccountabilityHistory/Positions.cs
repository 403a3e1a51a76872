namespace PledgeRegistry.Projections.AccountabilityHistory;

/// <summary>Positions in ascending order that can be counted, and entered anywhere, without walking there.</summary>
/// <param name="at">The position at an index below the count.</param>
public sealed class Positions(int count, Func<int, long> at)
{
    public int Count => count;

    public long this[int index] => at(index);

    /// <summary>The index of the first position of which this is true, as it then is of all after it; the count if of none.</summary>
    public int FirstIndex(Func<long, bool> isTrue)
    {
        int low = 0, high = count;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (isTrue(at(middle)))
            {
                high = middle;
            }
            else
            {
                low = middle + 1;
            }
        }
        return low;
    }

    public bool Contains(long position)
    {
        var index = FirstIndex(p => p >= position);
        return index < count && at(index) == position;
    }

    /// <summary>Those from an index on, in order.</summary>
    public IEnumerable<long> From(int index)
    {
        for (; index < count; index++)
        {
            yield return at(index);
        }
    }

    /// <summary>Those from an index on, backwards.</summary>
    public IEnumerable<long> Down(int index)
    {
        for (; index >= 0; index--)
        {
            yield return at(index);
        }
    }
}

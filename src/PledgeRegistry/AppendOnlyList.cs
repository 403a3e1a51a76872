namespace PledgeRegistry;

/// <summary>
/// A list that one thread appends to while any number read. What a reader may look at is decided by the published
/// head, which is written after the item: an index below it is always there. Items are never moved out or changed.
/// </summary>
public sealed class AppendOnlyList<T>
{
    private T[] items = [];
    private int count;

    public int Count => Volatile.Read(ref count);

    public T this[int index]
    {
        get
        {
            // Count before array: an array read later is never shorter than a count read earlier.
            ArgumentOutOfRangeException.ThrowIfGreaterThanOrEqual((uint)index, (uint)Volatile.Read(ref count), nameof(index));
            return Volatile.Read(ref items)[index];
        }
    }

    public void Add(T item)
    {
        var array = items;
        if (count == array.Length)
        {
            Array.Resize(ref array, Math.Max(4, count + (count / 2)));
            array[count] = item;
            Volatile.Write(ref items, array);
        }
        else
        {
            array[count] = item;
        }
        Volatile.Write(ref count, count + 1);
    }

    /// <summary>What is in the list now, as one span that later additions don't change.</summary>
    public ReadOnlySpan<T> Snapshot()
    {
        var n = Volatile.Read(ref count);
        return Volatile.Read(ref items).AsSpan(0, n);
    }
}

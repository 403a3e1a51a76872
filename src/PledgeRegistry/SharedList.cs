using System.Collections;
using System.Runtime.CompilerServices;

namespace PledgeRegistry;

/// <summary>
/// A list that never changes, made to be kept in many versions that grow at the end: a version and the one made of it by
/// <see cref="Add"/> share their items, so that adding costs one slot, and not a path through a tree. Safe for any number
/// of threads: the first who adds to a version goes on in its array, any other gets a copy.
/// </summary>
[CollectionBuilder(typeof(SharedList), nameof(SharedList.Create))]
public sealed class SharedList<T> : IReadOnlyList<T>
{
    public static readonly SharedList<T> Empty = new(new Store([], 0), 0);

    private readonly Store store;

    internal SharedList(T[] items)
        : this(new Store(items, items.Length), items.Length)
    {
    }

    private SharedList(Store store, int count) => (this.store, Count) = (store, count);

    public int Count { get; }

    public T this[int index] => Items[index];

    private ReadOnlySpan<T> Items => store.Items.AsSpan(0, Count);

    public SharedList<T> Add(T item)
    {
        var next = Count < store.Items.Length && Interlocked.CompareExchange(ref store.Used, Count + 1, Count) == Count
            ? store
            : new Store(new T[Math.Max(2, Count + (Count / 2) + 1)], Count + 1);
        if (next != store)
        {
            Items.CopyTo(next.Items);
        }
        next.Items[Count] = item;
        return new SharedList<T>(next, Count + 1);
    }

    /// <summary>A copy with another item in one place.</summary>
    public SharedList<T> SetItem(int index, T item)
    {
        var copy = Items.ToArray();
        copy[index] = item;
        return new SharedList<T>(copy);
    }

    /// <summary>The last item of which it is true, or none.</summary>
    public T? FindLast(Predicate<T> match)
    {
        for (var i = Count - 1; i >= 0; i--)
        {
            if (match(store.Items[i]))
            {
                return store.Items[i];
            }
        }
        return default;
    }

    public IEnumerator<T> GetEnumerator()
    {
        for (var i = 0; i < Count; i++)
        {
            yield return store.Items[i];
        }
    }

    IEnumerator IEnumerable.GetEnumerator() => GetEnumerator();

    /// <summary>An array and how many of its slots are taken: each only once.</summary>
    private sealed class Store(T[] items, int used)
    {
        public readonly T[] Items = items;
        public int Used = used;
    }
}

/// <summary>Makes lists of items.</summary>
public static class SharedList
{
    public static SharedList<T> Create<T>(ReadOnlySpan<T> items) => items.IsEmpty ? SharedList<T>.Empty : new(items.ToArray());
}

using System.Diagnostics.CodeAnalysis;

namespace PledgeRegistry.Writing;

/// <summary>A bounded queue, for one taker, that hands out one item an actor in turn: a large import never holds up a person.</summary>
public sealed class FairQueue<T>(int capacity) : IDisposable
{
    private readonly Lock gate = new();
    private readonly Dictionary<string, Queue<T>> byActor = new(StringComparer.Ordinal);
    private readonly Queue<string> turns = new();
    private readonly SemaphoreSlim filled = new(0);
    private int count;
    private bool closed;

    public int Count => Volatile.Read(ref count);

    /// <summary>False when it is full or closed: nothing was queued.</summary>
    public bool TryAdd(string actor, T item)
    {
        lock (gate)
        {
            if (closed || count >= capacity)
            {
                return false;
            }
            if (!byActor.TryGetValue(actor, out var items))
            {
                byActor.Add(actor, items = new Queue<T>());
                turns.Enqueue(actor);
            }
            items.Enqueue(item);
            count++;
            Signal();
        }
        return true;
    }

    public bool TryTake([MaybeNullWhen(false)] out T item)
    {
        lock (gate)
        {
            if (!turns.TryDequeue(out var actor))
            {
                item = default;
                return false;
            }
            var items = byActor[actor];
            item = items.Dequeue();
            count--;
            if (items.Count == 0)
            {
                byActor.Remove(actor);
            }
            else
            {
                turns.Enqueue(actor);
            }
            return true;
        }
    }

    /// <summary>Returns true when something may be there, false when the queue is closed and empty.</summary>
    public async Task<bool> WaitAsync()
    {
        while (true)
        {
            if (Count > 0)
            {
                return true;
            }
            if (Volatile.Read(ref closed))
            {
                return false;
            }
            await filled.WaitAsync();
        }
    }

    /// <summary>Takes nothing more in; what is in it can still be taken out.</summary>
    public void Close()
    {
        lock (gate)
        {
            Volatile.Write(ref closed, true);
            Signal();
        }
    }

    public void Dispose() => filled.Dispose();

    // Under the gate: so none comes after Close, and one is enough, for who takes it looks at the count afterwards.
    private void Signal()
    {
        if (filled.CurrentCount == 0)
        {
            filled.Release();
        }
    }
}

using System.Collections.Concurrent;

namespace PledgeRegistry.Sqlite;

/// <summary>Read-only connections, one for each read that runs at the same time, kept for the next.</summary>
internal sealed class ReadingPool(string path) : IDisposable
{
    private readonly ConcurrentBag<ReadingConnection> idle = [];
    private volatile bool disposed;

    public T Use<T>(Func<ReadingConnection, T> read)
    {
        ObjectDisposedException.ThrowIf(disposed, this);
        var connection = idle.TryTake(out var kept) ? kept : new ReadingConnection(path);
        try
        {
            var result = read(connection);
            idle.Add(connection);
            connection = null;
            return result;
        }
        finally
        {
            // One that failed isn't used again.
            connection?.Dispose();
            if (disposed)
            {
                Empty();
            }
        }
    }

    public void Dispose()
    {
        disposed = true;
        Empty();
    }

    private void Empty()
    {
        while (idle.TryTake(out var connection))
        {
            connection.Dispose();
        }
    }
}

using PledgeRegistry.Log;
using PledgeRegistry.Private;

namespace PledgeRegistry.Bench;

/// <summary>An engine to be measured: its logs, each by a name, and its raw limit, the same bytes into the same table with the same durability, and nothing else.</summary>
internal abstract class BenchEngine : IAsyncDisposable
{
    public abstract string Name { get; }

    public abstract string Durability { get; }

    /// <summary>The share of a raw read that a start is to reach.</summary>
    public abstract string StartTarget { get; }

    /// <summary>Opens a log for writing; makes it where there is none of that name.</summary>
    public abstract Task<IEventLog> OpenForWritingAsync(string log);

    public abstract Task<IEventLog> OpenForReadingAsync(string log);

    /// <summary>Opens the private store beside a log that is there.</summary>
    public abstract Task<IPrivateStore> OpenPrivateAsync(string log, TimeProvider clock);

    /// <summary>Inserts entries into a table of their own in batches, each its own durable transaction.</summary>
    /// <returns>The time of each batch, in milliseconds.</returns>
    public abstract Task<List<double>> RawInsertAsync(IReadOnlyList<StoredEntry> entries, int batch);

    /// <summary>Reads every entry of a log in order.</summary>
    /// <returns>Entries a second.</returns>
    public abstract Task<double> RawReadAsync(string log);

    public abstract ValueTask DisposeAsync();
}

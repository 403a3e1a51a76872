using PledgeRegistry.Log;
using PledgeRegistry.LogContract;
using PledgeRegistry.Marten;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>The contract suite over the adapter's own logic and a model of the database: not over Marten.</summary>
public sealed class MartenLogModelTests : DurableEventLogContract
{
    private readonly string connectionString = $"Host={Guid.NewGuid():N}";

    protected override async Task<IEventLog> OpenLogAsync() => await MartenLog.OpenForWritingAsync(connectionString);

    protected override async Task<IEventLog> OpenReaderAsync() => await MartenLog.OpenForReadingAsync(connectionString);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await MartenLog.OpenForWritingAsync(connectionString);
}

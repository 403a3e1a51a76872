using PledgeRegistry.EventStoreDb;
using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>The contract suite over the adapter's own logic and a model of the server: not over EventStoreDB.</summary>
public sealed class EventStoreDbLogModelTests : DurableEventLogContract
{
    private readonly string address = $"esdb://{Guid.NewGuid():N}:2113?tls=false";

    protected override async Task<IEventLog> OpenLogAsync() => await EventStoreDbLog.OpenForWritingAsync(address);

    protected override async Task<IEventLog> OpenReaderAsync() => await EventStoreDbLog.OpenForReadingAsync(address);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await EventStoreDbLog.OpenForWritingAsync(address);
}

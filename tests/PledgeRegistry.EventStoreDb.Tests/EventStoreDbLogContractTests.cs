using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.EventStoreDb.Tests;

/// <summary>Every test has a stream of its own on the server that PLEDGEREGISTRY_TEST_ESDB names. The streams stay there.</summary>
public sealed class EventStoreDbLogContractTests : DurableEventLogContract
{
    private readonly string connectionString = TestServer.WithStreamOfItsOwn();

    protected override int BatchesAnAppender => 10;

    protected override async Task<IEventLog> OpenLogAsync() => await EventStoreDbLog.OpenForWritingAsync(connectionString);

    protected override async Task<IEventLog> OpenReaderAsync() => await EventStoreDbLog.OpenForReadingAsync(connectionString);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await EventStoreDbLog.OpenForWritingAsync(connectionString);
}

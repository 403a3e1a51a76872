using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Marten.Tests;

/// <summary>Every test has a schema of its own in the database that PLEDGEREGISTRY_TEST_POSTGRES names, and removes it.</summary>
public sealed class MartenLogContractTests : DurableEventLogContract
{
    private readonly string schema = TestDatabase.NewSchema();

    protected override int BatchesAnAppender => 10;

    protected override async Task<IEventLog> OpenLogAsync() => await MartenLog.OpenForWritingAsync(TestDatabase.Server, schema);

    protected override async Task<IEventLog> OpenReaderAsync() => await MartenLog.OpenForReadingAsync(TestDatabase.Server, schema);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await MartenLog.OpenForWritingAsync(TestDatabase.Server, schema);

    protected override Task RemoveLogAsync() => TestDatabase.RemoveAsync(schema);
}

using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PostgresLogContractTests(Cluster cluster) : DurableEventLogContract
{
    private string? database;

    protected override int BatchesAnAppender => 10;

    private string Running => cluster.As("registry", database!);

    protected override async Task<IEventLog> OpenLogAsync()
    {
        database ??= await cluster.TakeDatabaseAsync();
        return await PostgresLog.OpenForWritingAsync(Running);
    }

    protected override async Task<IEventLog> OpenReaderAsync() => await PostgresLog.OpenForReadingAsync(Running);

    protected override async Task<IEventLog> OpenAnotherWriterAsync() => await PostgresLog.OpenForWritingAsync(Running);

    protected override async Task RemoveLogAsync() => await cluster.ReturnDatabaseAsync(database!);
}

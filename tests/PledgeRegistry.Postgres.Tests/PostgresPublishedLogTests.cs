using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PostgresPublishedLogTests(Cluster cluster) : PublishedLogContract, IAsyncLifetime
{
    private string database = "";

    public async Task InitializeAsync() => database = await cluster.TakeDatabaseAsync();

    public async Task DisposeAsync() => await cluster.ReturnDatabaseAsync(database);

    protected override async Task<IEventLog> OpenAsync() => await PostgresLog.OpenForWritingAsync(cluster.As("registry", database));
}

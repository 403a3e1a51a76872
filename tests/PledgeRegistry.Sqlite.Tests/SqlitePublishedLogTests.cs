using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class SqlitePublishedLogTests : PublishedLogContract, IDisposable
{
    private readonly LogDirectory directory = new();

    void IDisposable.Dispose()
    {
        Dispose();
        directory.Dispose();
    }

    protected override Task<IEventLog> OpenAsync() => Task.FromResult<IEventLog>(SqliteLog.OpenForWriting(directory.At("registry.db")));
}

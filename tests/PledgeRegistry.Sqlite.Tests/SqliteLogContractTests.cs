using PledgeRegistry.Log;
using PledgeRegistry.LogContract;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class SqliteLogContractTests : DurableEventLogContract
{
    private readonly string directory = Directory.CreateTempSubdirectory("pledge-log-").FullName;

    private string LogPath => Path.Combine(directory, "log.db");

    protected override Task<IEventLog> OpenLogAsync() => Task.FromResult<IEventLog>(SqliteLog.OpenForWriting(LogPath));

    protected override Task<IEventLog> OpenReaderAsync() => Task.FromResult<IEventLog>(SqliteLog.OpenForReading(LogPath));

    protected override Task RemoveLogAsync()
    {
        Directory.Delete(directory, recursive: true);
        return Task.CompletedTask;
    }
}

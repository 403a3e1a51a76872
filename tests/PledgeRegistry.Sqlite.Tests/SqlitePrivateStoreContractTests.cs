using PledgeRegistry.LogContract;
using PledgeRegistry.Private;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class SqlitePrivateStoreContractTests : PrivateStoreContract
{
    private readonly string directory = Directory.CreateTempSubdirectory("pledge-private-").FullName;
    private int others;

    protected override Task<IPrivateStore> OpenAsync() => Task.FromResult<IPrivateStore>(new SqlitePrivateStore(Path.Combine(directory, "private.db"), Clock));

    protected override Task<IPrivateStore> OpenAnotherAsync() =>
        Task.FromResult<IPrivateStore>(new SqlitePrivateStore(Path.Combine(directory, $"another-{++others}.db"), Clock));

    protected override void BeforeCommit(IPrivateStore store, Action? what) => ((SqlitePrivateStore)store).BeforeCommit = what;

    protected override Task RemoveAsync()
    {
        Directory.Delete(directory, recursive: true);
        return Task.CompletedTask;
    }
}

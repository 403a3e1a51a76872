using PledgeRegistry.LogContract;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class PostgresPrivateStoreContractTests(Cluster cluster) : PrivateStoreContract
{
    private readonly string directory = Directory.CreateTempSubdirectory("pledge-private-").FullName;
    private readonly List<string> databases = [];

    [Fact]
    public void A_backup_goes_to_sqlite_and_back_and_stays_the_same()
    {
        Fill(Store);
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
        var before = Everything(Store, takeOff: 1);
        using var other = new SqlitePrivateStore(Path.Combine(directory, "private.db"), Clock);
        PrivateBackup.Restore(other, Me, BackupPath);
        Assert.Equal(before, Everything(other, takeOff: 2));
    }

    [Fact]
    public void A_backup_of_sqlite_is_restored_and_stays_the_same()
    {
        using var other = new SqlitePrivateStore(Path.Combine(directory, "private.db"), Clock);
        Fill(other);
        PrivateBackup.Write(other, Me, BackupPath, Clock);
        var before = Everything(other, takeOff: 1);
        PrivateBackup.Restore(Store, Me, BackupPath);
        Assert.Equal(before, Everything(Store, takeOff: 2));
        PrivateBackup.Write(Store, Me, BackupPath, Clock);
    }

    protected override async Task<IPrivateStore> OpenAsync()
    {
        if (databases.Count == 0)
        {
            databases.Add(await cluster.TakeDatabaseAsync());
        }
        return await PostgresPrivateStore.OpenAsync(cluster.As("registry", databases[0]), Clock);
    }

    protected override async Task<IPrivateStore> OpenAnotherAsync()
    {
        databases.Add(await cluster.TakeDatabaseAsync());
        return await PostgresPrivateStore.OpenAsync(cluster.As("registry", databases[^1]), Clock);
    }

    protected override void BeforeCommit(IPrivateStore store, Action? what) => ((PostgresPrivateStore)store).BeforeCommit = what;

    protected override async Task RemoveAsync()
    {
        Directory.Delete(directory, recursive: true);
        foreach (var database in databases)
        {
            await cluster.ReturnDatabaseAsync(database);
        }
    }
}

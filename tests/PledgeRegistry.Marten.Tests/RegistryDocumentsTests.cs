using Marten;
using PledgeRegistry.Marten.Documents;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Tests;

namespace PledgeRegistry.Marten.Tests;

/// <summary>The documents of a registry in a real store, in a schema of their own that is removed.</summary>
public sealed class RegistryDocumentsTests : IAsyncLifetime
{
    private readonly string schema = TestDatabase.NewSchema();
    private readonly DocumentStore store;
    private readonly RegistryDocuments documents;

    public RegistryDocumentsTests()
    {
        store = DocumentStore.For(o =>
        {
            o.Connection(TestDatabase.Server);
            o.DatabaseSchemaName = schema;
            RegistryDocuments.Configure(o);
        });
        documents = new RegistryDocuments(store);
    }

    public Task InitializeAsync() => store.Storage.ApplyAllConfiguredChangesToDatabaseAsync();

    public async Task DisposeAsync()
    {
        store.Dispose();
        await TestDatabase.RemoveAsync(schema);
    }

    [Fact]
    public async Task They_are_stored_once_and_the_same_again_does_nothing()
    {
        await using var given = await PledgedAsync();
        Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size / 2)));
        Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size)));
        Assert.False(await documents.StoreAsync(given.Mediator, At(given, given.Size)));
        Assert.False(await documents.StoreAsync(given.Mediator, At(given, given.Size - 1)));
        await using var session = store.QuerySession();
        Assert.NotEmpty(await session.Query<RcmGridCell>().Where(c => c.Owed > 0).ToListAsync());
        Assert.NotEmpty(await session.Query<ImrfFollowUpRow>().Where(r => r.Cycle == "2022").ToListAsync());
        Assert.Equal(Enumerable.Range(0, (int)given.Size).Select(i => (long)i), (await session.Query<HistoryLine>().ToListAsync()).Select(l => l.Position).Order());
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Of_two_that_store_at_once_the_later_reading_stays(bool firstEver)
    {
        await using var given = await PledgedAsync();
        if (!firstEver)
        {
            Assert.True(await documents.StoreAsync(given.Mediator, At(given, 1)));
        }
        var overtaken = new Meanwhile(given.Mediator, async () => Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size))));
        var fault = await Assert.ThrowsAnyAsync<Exception>(() => documents.StoreAsync(overtaken, At(given, given.Size - 1)));
        // The names by which the program knows that somebody else was first.
        Assert.Contains(fault.GetType().Name, new[] { "ConcurrencyException", "DocumentAlreadyExistsException" });
        await using var session = store.QuerySession();
        Assert.Equal(given.Size, Assert.Single(await session.Query<RegistryCheckpoint>().ToListAsync()).Size);
    }

    private static Reading At(Given given, long size) => new(new Basis(size, DateOnly.FromDateTime(given.Clock.GetUtcNow().UtcDateTime)), "en");

    private static async Task<Given> PledgedAsync()
    {
        var given = await Given.ARegistryAsync();
        given.On("2022-05-20");
        await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-01", "rcm-areas/2016 RCM-A1");
        return given;
    }
}

using Marten;
using PledgeRegistry.Engines;
using PledgeRegistry.Marten.Documents;
using PledgeRegistry.Marten.Tests;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Tests;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>The documents of a registry, over a model of the database.</summary>
public sealed class RegistryDocumentsTests : IDisposable
{
    private readonly string connectionString = $"Host={Guid.NewGuid():N}";
    private readonly DocumentStore store;
    private readonly RegistryDocuments documents;

    public RegistryDocumentsTests()
    {
        store = DocumentStore.For(o =>
        {
            o.Connection(connectionString);
            RegistryDocuments.Configure(o);
        });
        documents = new RegistryDocuments(store);
    }

    public void Dispose() => store.Dispose();

    [Fact]
    public async Task The_tool_stores_them_where_an_address_says()
    {
        await using var given = await PledgedAsync();
        var into = LogAddress.Parse($"marten:{connectionString}");
        Assert.True(await MartenDocuments.StoreAsync(into, given.Mediator, At(given, given.Size), CancellationToken.None));
        Assert.NotEmpty(await AllAsync<RcmGridCell>());
        Assert.False(await MartenDocuments.StoreAsync(into, given.Mediator, At(given, given.Size), CancellationToken.None));
    }

    [Fact]
    public async Task Every_cell_line_and_entry_has_its_document()
    {
        await using var given = await PledgedAsync();
        var reading = At(given, given.Size);
        Assert.True(await documents.StoreAsync(given.Mediator, reading));
        var grid = await given.Mediator.Send(new GetRcmProgressGrid(reading));
        var view = await given.Mediator.Send(new GetImrfFollowUp(reading, "2022"));
        var (cells, rows, lines) = (await AllAsync<RcmGridCell>(), await AllAsync<ImrfFollowUpRow>(), await AllAsync<HistoryLine>());
        Assert.NotEqual(0, grid.Total.Owed);
        Assert.Equal(grid.Total.Owed, cells.Where(c => c.Participant is not null).Sum(c => c.Owed));
        Assert.Equal((grid.Groups.Sum(g => g.Rows.Count) + 1) * grid.Areas.Count, cells.Count);
        Assert.Equal(view.Lines.Select(l => (l.Pledge, l.Party, l.Claimed)).Order(), rows.Where(r => r.Cycle == "2022").Select(r => (r.Pledge, r.Party, r.Claimed)).Order());
        Assert.NotEmpty(view.Lines);
        Assert.Equal(Enumerable.Range(0, (int)given.Size).Select(i => (long)i), lines.Select(l => l.Position).Order());
        Assert.All(lines, l => Assert.Equal(given.Registry.Tree.Leaf(l.Position).ToString(), l.LeafHash));
    }

    [Fact]
    public async Task The_same_again_does_nothing_and_an_earlier_reading_never_takes_it_back()
    {
        await using var given = await PledgedAsync();
        var reading = At(given, given.Size);
        Assert.True(await documents.StoreAsync(given.Mediator, reading));
        Assert.False(await documents.StoreAsync(given.Mediator, reading));
        Assert.False(await documents.StoreAsync(given.Mediator, At(given, given.Size - 1)));
        Assert.False(await documents.StoreAsync(given.Mediator, new Reading(reading.Basis with { On = reading.On.AddDays(-1) }, "en")));
        Assert.Equal(given.Size, Assert.Single(await AllAsync<RegistryCheckpoint>()).Size);
        // A later day is another reading of the same entries, and another language another set of labels.
        Assert.True(await documents.StoreAsync(given.Mediator, new Reading(reading.Basis with { On = reading.On.AddDays(1) }, "en")));
        Assert.True(await documents.StoreAsync(given.Mediator, new Reading(reading.Basis with { On = reading.On.AddDays(1) }, "es")));
    }

    [Fact]
    public async Task It_goes_on_from_the_checkpoint_and_removes_what_is_gone()
    {
        await using var given = await PledgedAsync();
        await using (var session = store.LightweightSession())
        {
            session.Store(new RcmGridCell { Id = "GONE/RCM-A9" });
            session.Store(new ImrfFollowUpRow { Id = "2022/GONE//" });
            await session.SaveChangesAsync();
        }
        Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size / 2)));
        Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size)));
        Assert.DoesNotContain(await AllAsync<RcmGridCell>(), c => c.Id.StartsWith("GONE", StringComparison.Ordinal));
        Assert.DoesNotContain(await AllAsync<ImrfFollowUpRow>(), r => r.Pledge.Length == 0);
        Assert.Equal(given.Size, (await AllAsync<HistoryLine>()).Count);
    }

    [Fact]
    public async Task A_storing_that_fails_leaves_what_was_there_and_is_done_again()
    {
        await using var given = await PledgedAsync();
        MartenServer.At(connectionString, "public").Fail(SaveFault.LostBefore);
        await Assert.ThrowsAnyAsync<Exception>(() => documents.StoreAsync(given.Mediator, At(given, given.Size)));
        Assert.Empty(await AllAsync<RegistryCheckpoint>());
        Assert.Empty(await AllAsync<HistoryLine>());
        Assert.True(await documents.StoreAsync(given.Mediator, At(given, given.Size)));
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
        Assert.Contains("Somebody else stored to marten:x at the same time", EngineFault.Explain(fault, "marten:x"), StringComparison.Ordinal);
        Assert.Equal(given.Size, Assert.Single(await AllAsync<RegistryCheckpoint>()).Size);
    }

    private static Reading At(Given given, long size) => new(new Basis(size, DateOnly.FromDateTime(given.Clock.GetUtcNow().UtcDateTime)), "en");

    private static async Task<Given> PledgedAsync()
    {
        var given = await Given.ARegistryAsync();
        given.On("2022-05-20");
        await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-01", "rcm-areas/2016 RCM-A1");
        return given;
    }

    private async Task<IReadOnlyList<T>> AllAsync<T>() where T : notnull
    {
        await using var session = store.QuerySession();
        return await session.Query<T>().ToListAsync();
    }
}

using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.OpeningData;

public sealed class DemoDataTests : IAsyncLifetime
{
    private RegistryState state = RegistryState.Empty;
    private long added;
    private long addedAgain;

    public async Task InitializeAsync()
    {
        await using var log = new InMemoryLog();
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All);
        await using var writer = new RegistryWriter(registry, new SteppingClock());
        var mediator = Handlers.Mediator(registry, models, writer);
        await Loader.LoadAsync(mediator, FiveDocuments.Steps(demonstration: true));
        Assert.Null(DemoData.Obstacle(registry.State));
        added = await Loader.LoadAsync(mediator, DemoData.Steps());
        addedAgain = await Loader.LoadAsync(mediator, DemoData.Steps());
        state = registry.State;
    }

    public Task DisposeAsync() => Task.CompletedTask;

    [Fact]
    public void The_invented_examples_load_after_the_five_documents_and_a_second_load_adds_nothing()
    {
        Assert.True(added > 100, $"only {added} entries");
        Assert.Equal(0, addedAgain);
        Assert.True(DemoData.IsLoaded(state));
        Assert.Equal(43, state.Initiatives.Count);
        Assert.Equal(FiveDocuments.PledgeKeys().Count + 25, state.Pledges.Count);
    }

    [Fact]
    public void Every_invented_title_carries_the_mark_and_every_long_text_says_that_it_is_invented()
    {
        var invented = state.Pledges.Values.Where(p => p.Content.Title.StartsWith("[Invented example] ", StringComparison.Ordinal)).ToArray();
        Assert.Equal(25, invented.Length);
        Assert.All(invented, p =>
        {
            Assert.Contains("invented", p.Content.Text, StringComparison.Ordinal);
            Assert.All(p.Reports, r => Assert.Contains("Invented", r.Narrative, StringComparison.Ordinal));
            Assert.All(p.Reviews, r => Assert.Contains("Invented", r.Reason, StringComparison.Ordinal));
        });
        Assert.All(state.Initiatives.Values, i =>
        {
            Assert.StartsWith("[Invented example] ", i.Content.Title["en"], StringComparison.Ordinal);
            Assert.StartsWith("[Ejemplo inventado] ", i.Content.Title["es"], StringComparison.Ordinal);
            Assert.Contains("invented", i.Content.Description["en"], StringComparison.OrdinalIgnoreCase);
            Assert.Matches("[Ii]nvent(ó|ado)", i.Content.Description["es"]);
        });
    }

    [Fact]
    public void Nothing_invented_is_attributed_to_a_document_or_shown_by_a_real_address()
    {
        var invented = state.Pledges.Values.Where(p => p.Content.Title.StartsWith("[Invented", StringComparison.Ordinal)).ToArray();
        Assert.All(invented, p => Assert.Null(p.Content.Source));
        Assert.All(state.Initiatives.Values, i => Assert.Null(i.Content.Source));
        IEnumerable<Evidence> evidence =
        [
            .. invented.SelectMany(p => p.Reports.SelectMany(r => r.Evidence).Concat(p.Reviews.SelectMany(r => r.Evidence))),
            .. state.Initiatives.Values.SelectMany(i => i.Content.Evidence),
        ];
        Assert.True(evidence.Count() > 8);
        Assert.All(evidence, e => Assert.StartsWith("https://example.org/", e.Url, StringComparison.Ordinal));
    }

    [Fact]
    public void The_examples_show_every_claimed_status_and_every_view_of_a_reviewer()
    {
        Assert.Equal(Enum.GetValues<ClaimedStatus>(), state.Pledges.Values.SelectMany(p => p.Reports).Select(r => r.Status).Distinct().Order());
        Assert.Equal(Enum.GetValues<ReviewView>(), state.Pledges.Values.SelectMany(p => p.Reviews).Select(r => r.View).Distinct().Order());
    }

    [Fact]
    public void A_registry_that_is_not_a_demonstration_takes_no_invented_examples()
    {
        var real = new RegistryEvent.Opened(Texts.Of(("en", "A registry")), Demonstration: false);
        Assert.Contains("new folder", DemoData.Obstacle(RegistryState.Empty.Evolve("registry", real)), StringComparison.Ordinal);
    }

    [Fact]
    public void A_demonstration_with_pledges_of_its_own_takes_no_invented_examples()
    {
        var opened = new RegistryEvent.Opened(Texts.Of(("en", "A registry")), Demonstration: true);
        Assert.Contains("records of its own", DemoData.Obstacle(RegistryState.Empty.Evolve("registry", opened)), StringComparison.Ordinal);
    }
}

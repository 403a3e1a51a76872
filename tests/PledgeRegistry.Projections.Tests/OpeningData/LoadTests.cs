using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.OpeningData;

[Collection(OpeningDataCollection.Name)]
public sealed class LoadTests(LoadedRegistry loaded)
{
    private static readonly IReadOnlyList<OpeningStep> Steps = FiveDocuments.Steps(demonstration: false);

    [Fact]
    public void Every_step_has_a_key_of_its_own() => Assert.Equal(Steps.Count, Steps.Select(s => s.Key).Distinct(StringComparer.Ordinal).Count());

    [Fact]
    public async Task A_second_load_adds_nothing_in_the_same_process_or_another()
    {
        await using var given = (await Given.OnEntriesAsync(await loaded.Given.EntriesAsync())).On("2027-03-01");
        Assert.Equal(0, await Loader.LoadAsync(given.Mediator, Steps));
        Assert.Equal(loaded.Given.Registry.Head, given.Registry.Head);
    }

    [Fact]
    public async Task A_load_that_was_cut_off_and_taken_up_again_says_the_same_as_an_undisturbed_one()
    {
        var expected = await ContentHash.OfAsync(loaded.Given.Log, loaded.Given.Size);
        foreach (var steps in new[] { 1, 63, 64, 200, Steps.Count - 100, Steps.Count - 1 })
        {
            var log = new InMemoryLog();
            await using (var first = (await Given.OnLogAsync(log)).On("2026-11-21"))
            {
                await Loader.LoadAsync(first.Mediator, [.. Steps.Take(steps)]);
                Assert.False(FiveDocuments.IsLoaded(first.Registry.State));
            }
            await using var second = (await Given.OnLogAsync(log)).On("2026-11-22");
            var before = second.Size;
            Assert.True(before > 0);
            Assert.Equal(loaded.Given.Size - before, await Loader.LoadAsync(second.Mediator, Steps));
            Assert.Equal((loaded.Given.Size, expected), (second.Size, await ContentHash.OfAsync(log, second.Size)));
        }
    }

    [Fact]
    public async Task A_load_into_a_registry_that_already_says_otherwise_names_the_step_and_why()
    {
        await using var given = await Given.OnLogAsync(new InMemoryLog());
        await given.DoesAsync(new OpenRegistry(Texts.Of(("en", "Another")), false));
        var refused = await Assert.ThrowsAsync<OpeningDataException>(() => Loader.LoadAsync(given.Mediator, Steps));
        Assert.Contains("registry/open", refused.Message, StringComparison.Ordinal);
        Assert.Contains("registry-open", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_added_later_is_loaded_into_a_registry_in_which_somebody_recorded_some_of_it_already()
    {
        await using var given = (await Given.OnLogAsync(new InMemoryLog())).On("2026-11-21");
        await Loader.LoadAsync(given.Mediator, [.. Steps.Where(s => !s.IsAddition)]);
        await given.DoesAsync(new PledgeRegistry.Participants.StartRole("UNNM", "secretariat", "IMRF", null, "notes"));
        Assert.False(FiveDocuments.IsLoaded(given.Registry.State));
        Assert.True(await Loader.LoadAsync(given.Mediator, [.. Steps.Where(s => s.IsAddition)]) > 10);
        Assert.True(FiveDocuments.IsLoaded(given.Registry.State));
    }

    [Fact]
    public async Task Progress_is_told_to_the_end()
    {
        await using var given = (await Given.OnEntriesAsync(await loaded.Given.EntriesAsync())).On("2027-03-01");
        var told = new List<(int Done, int All)>();
        await Loader.LoadAsync(given.Mediator, Steps, (done, all) => told.Add((done, all)));
        Assert.Equal(told.OrderBy(t => t.Done), told);
        Assert.Equal((Steps.Count, Steps.Count), told[^1]);
    }
}

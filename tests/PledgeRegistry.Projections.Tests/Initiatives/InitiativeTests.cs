using PledgeRegistry.Initiatives;
using PledgeRegistry.Projections.Initiatives;

namespace PledgeRegistry.Projections.Tests.Initiatives;

public sealed class InitiativeTests
{
    private static readonly InitiativeContent Initiative = SampleRegistry.Initiative();

    [Fact]
    public async Task It_is_on_a_day_what_it_was_last_by_date_and_then_by_position()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        var id = await given.RecordsAsync(Initiative);
        await given.UpdatesAsync(id, Initiative with { Novelty = "completed", EffectiveOn = new EffectiveDate("2018") });
        await given.UpdatesAsync(id, Initiative with { Novelty = "updated", EffectiveOn = new EffectiveDate("2017-03") });
        Assert.Equal(["new", "new", "updated", "updated", "completed"], await NoveltiesAsync("2016-11-01", "2017-03-30", "2017-03-31", "2018-12-30", "2018-12-31"));
        await given.DoesAsync(new CorrectInitiative(id, given.VersionOf(id), Initiative with { Novelty = "discontinued", EffectiveOn = new EffectiveDate("2018") }, "It was misread."));
        Assert.Equal(["new", "new", "discontinued"], await NoveltiesAsync("2017-03-31", "2018-12-30", "2018-12-31"));

        async Task<List<string>> NoveltiesAsync(params string[] days)
        {
            var found = new List<string>();
            foreach (var day in days)
            {
                found.Add((await given.AsksAsync(new GetInitiative(given.At(day), id)))!.Novelty.Code);
            }
            return found;
        }
    }

    [Fact]
    public async Task Before_its_day_its_page_says_so_and_lists_leave_it_out()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-12-01");
        var id = await given.RecordsAsync(Initiative);
        var view = (await given.AsksAsync(new GetInitiative(given.At("2016-10-31"), id)))!;
        Assert.Equal((true, "new"), (view.NotYetMade, view.Novelty.Code));
        Assert.False((await given.AsksAsync(new GetInitiative(given.At("2016-11-01"), id)))!.NotYetMade);
        Assert.Equal((0, 1), (await CountAsync("2016-10-31"), await CountAsync("2016-11-01")));

        async Task<int> CountAsync(string on) => (await given.AsksAsync(new ListInitiatives(given.At(on)))).Count;
    }

    [Fact]
    public async Task What_was_withdrawn_stays_and_is_marked()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-12-01");
        var id = await given.RecordsAsync(Initiative);
        await given.DoesAsync(new WithdrawInitiative(id, 1, new EffectiveDate("2017"), "It never began."));
        Assert.False((await given.AsksAsync(new GetInitiative(given.At("2017-12-30"), id)))!.Withdrawn);
        var view = (await given.AsksAsync(new GetInitiative(given.At("2017-12-31"), id)))!;
        Assert.Equal((true, "It never began."), (view.Withdrawn, view.Withdrawal?.Reason));
        Assert.True(Assert.Single((await given.AsksAsync(new ListInitiatives(given.At("2017-12-31")))).Initiatives).Withdrawn);
    }

    [Fact]
    public async Task Each_parameter_narrows_and_a_meeting_finds_all_that_was_reported_to_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2018-01-01");
        var one = await given.RecordsAsync(Initiative);
        await given.UpdatesAsync(one, Initiative with { Novelty = "updated", Meeting = "RCM-2017-XXII", EffectiveOn = new EffectiveDate("2017-10-01") });
        var two = await given.RecordsAsync(Initiative with { Participant = "HND", Kind = "policy", Areas = ["RCM-A2"], Meeting = "RCM-2017-XXII" });
        Assert.Equal([one, two], await IdsAsync(new ListInitiatives(given.Now)));
        Assert.Equal([two], await IdsAsync(new ListInitiatives(given.Now, Participant: "HND")));
        Assert.Equal([one], await IdsAsync(new ListInitiatives(given.Now, Kind: "programme")));
        Assert.Equal([two], await IdsAsync(new ListInitiatives(given.Now, Area: "RCM-A2")));
        Assert.Equal([one, two], await IdsAsync(new ListInitiatives(given.Now, Meeting: "RCM-2017-XXII")));
        Assert.Equal([one], await IdsAsync(new ListInitiatives(given.Now, Meeting: "RCM-2016-XXI")));
        Assert.Equal([two], await IdsAsync(new ListInitiatives(given.At("2017-09-30"), Meeting: "RCM-2017-XXII")));
        Assert.Equal([two], await IdsAsync(new ListInitiatives(given.Now, After: one)));
        Assert.Empty(await IdsAsync(new ListInitiatives(given.Now, After: "RCM-2016-I9999")));
        var first = await given.AsksAsync(new ListInitiatives(given.Now, Limit: 1));
        Assert.Equal((2, one, one), (first.Count, first.Initiatives.Single().Id, first.Next));
        Assert.Null((await given.AsksAsync(new ListInitiatives(given.Now, After: first.Next, Limit: 1))).Next);

        async Task<IEnumerable<string>> IdsAsync(ListInitiatives query) => (await given.AsksAsync(query)).Initiatives.Select(i => i.Id);
    }

    [Fact]
    public async Task A_size_shows_no_later_knowledge()
    {
        await using var given = (await Given.ARegistryAsync()).On("2018-01-01");
        var before = given.Size;
        var id = await given.RecordsAsync(Initiative);
        var size = given.Size;
        await given.UpdatesAsync(id, Initiative with { Novelty = "completed" });
        Assert.Null(await given.AsksAsync(new GetInitiative(given.At("2030-01-01", before), id)));
        var view = (await given.AsksAsync(new GetInitiative(given.At("2030-01-01", size), id)))!;
        Assert.Equal(("new", 1L), (view.Novelty.Code, view.Version));
    }
}

using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Pledges;

public sealed class ListPledgesTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task Each_parameter_narrows()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var pledge = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        var conclusion = await given.RecordsAsync(SampleRegistry.Conclusion(), "rcm-areas/2016 RCM-A1");
        var recommendation = await given.RecordsAsync(SampleRegistry.Recommendation() with { By = ["IOM"], Addressees = ["WORKSHOP"] });
        Assert.Equal([pledge, conclusion, recommendation], await IdsAsync(new ListPledges(given.Now)));
        Assert.Equal([conclusion], await IdsAsync(new ListPledges(given.Now, Kind: "conclusion")));
        Assert.Equal([pledge], await IdsAsync(new ListPledges(given.Now, Series: "IMRF")));
        Assert.Equal([pledge], await IdsAsync(new ListPledges(given.Now, Meeting: "IMRF-2022")));
        Assert.Equal([pledge], await IdsAsync(new ListPledges(given.Now, Source: "notes")));
        Assert.Equal([pledge, conclusion], await IdsAsync(new ListPledges(given.Now, Party: "CRI")));
        Assert.Equal([conclusion], await IdsAsync(new ListPledges(given.Now, Party: "RCM-MEMBERS")));
        Assert.Equal([recommendation], await IdsAsync(new ListPledges(given.Now, Party: "COL")));
        Assert.Equal([recommendation], await IdsAsync(new ListPledges(given.Now, Party: "IOM")));
        Assert.Equal([pledge], await IdsAsync(new ListPledges(given.Now, Item: "GCM-15")));
        Assert.Equal([pledge], await IdsAsync(new ListPledges(given.Now, Item: "GCM-15.e")));
        Assert.Empty(await IdsAsync(new ListPledges(given.Now, Item: "GCM-1")));
        Assert.Empty(await IdsAsync(new ListPledges(given.Now, Kind: "conclusion", Series: "IMRF")));

        async Task<IEnumerable<string>> IdsAsync(ListPledges query)
        {
            var list = await given.AsksAsync(query);
            Assert.Equal(list.Count, list.Pledges.Count);
            return list.Pledges.Select(p => p.Id);
        }
    }

    [Fact]
    public async Task Pages_hold_every_pledge_once_in_order_of_recording()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        for (var i = 0; i < 7; i++)
        {
            await given.RecordsAsync(Pledge with { Meeting = i % 3 == 0 ? "IMRF-2026" : "IMRF-2022", Title = $"Pledge {i}" });
        }
        var reading = given.Now;
        await given.RecordsAsync(Pledge);
        foreach (var limit in new[] { 1, 2, 3, 6, 7, 8 })
        {
            var titles = new List<string>();
            string? after = null;
            do
            {
                var page = await given.AsksAsync(new ListPledges(reading, After: after, Limit: limit));
                Assert.Equal(7, page.Count);
                Assert.True(page.Pledges.Count <= limit);
                titles.AddRange(page.Pledges.Select(p => p.Title));
                after = page.Next;
            }
            while (after is not null);
            Assert.Equal(Enumerable.Range(0, 7).Select(i => $"Pledge {i}"), titles);
        }
    }

    [Fact]
    public async Task A_page_starts_after_a_pledge_that_the_list_itself_leaves_out_and_nothing_comes_after_an_unknown_one()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge);
        var other = await given.RecordsAsync(SampleRegistry.Conclusion());
        var last = await given.RecordsAsync(Pledge);
        Assert.Equal([last], (await given.AsksAsync(new ListPledges(given.Now, Kind: "pledge", After: other))).Pledges.Select(p => p.Id));
        var unknown = await given.AsksAsync(new ListPledges(given.Now, After: "IMRF-2022-9999"));
        Assert.Equal((3, 0, null), (unknown.Count, unknown.Pledges.Count, unknown.Next));
    }

    [Fact]
    public async Task What_was_withdrawn_is_listed_and_marked_from_its_day_on()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-30");
        await given.WithdrawsAsync(id, "2022-07");
        Assert.Equal((0, null), await StateAsync("2022-06-29"));
        Assert.Equal((1, null), await StateAsync("2022-07-30"));
        Assert.Equal((1, EndingKind.Withdrawn), await StateAsync("2022-07-31"));

        async Task<(int, EndingKind?)> StateAsync(string on)
        {
            var item = Assert.Single((await given.AsksAsync(new ListPledges(given.At(on)))).Pledges);
            return (item.Reports, item.Ended);
        }
    }

    [Fact]
    public async Task A_day_before_the_announcement_and_the_recording_shows_nothing()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge);
        Assert.Equal(0, (await given.AsksAsync(new ListPledges(given.At("2022-05-16")))).Count);
        Assert.Equal(1, (await given.AsksAsync(new ListPledges(given.At("2022-05-17")))).Count);
    }
}

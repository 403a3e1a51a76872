using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Pledges;

public sealed class EndingTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();
    private static readonly string[] Items = ["gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1"];

    [Theory]
    [InlineData(EndingKind.Withdrawn, 1)]
    [InlineData(EndingKind.Superseded, 1)]
    [InlineData(EndingKind.Completed, 2)]
    [InlineData(EndingKind.Duplicate, 1)]
    [InlineData(EndingKind.Split, 1)]
    [InlineData(EndingKind.Merged, 1)]
    public async Task What_was_completed_still_counts_and_what_was_taken_back_or_goes_on_elsewhere_counts_no_more(EndingKind kind, int counted)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, Items);
        var next = await given.RecordsAsync(Pledge with { Title = "The next" }, Items);
        var third = await given.RecordsAsync(Pledge with { Title = "Elsewhere" });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2022-06-01");
        Assert.Equal((2, 2, 2), await CountsAsync("2023-01-01"));
        await EndsAsync(given, id, kind, next, third);
        Assert.Equal((counted, counted, counted), await CountsAsync("2023-01-01"));
        // A duplicate never counted; the others did until then.
        Assert.Equal(kind == EndingKind.Duplicate ? (1, 1, 1) : (2, 2, 2), await CountsAsync("2022-12-31"));
        var total = (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-01-01"), "2022"))).Total;
        Assert.Equal((1, 1), (total.Ended[kind.Code()], total.Ended.Values.Sum()));
        var line = (await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"))).Lines.Single(l => l.Pledge == id);
        Assert.Equal((kind, Freshness.NotApplicable, kind == EndingKind.Completed ? Timeliness.OnTime : Timeliness.NotApplicable), (line.Ended, line.Freshness, line.Timeliness));

        async Task<(int, int, int)> CountsAsync(string on) => (
            (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Total.Commitments["pledge"] - 1,
            (await given.AsksAsync(new GetRcmProgressGrid(given.At(on)))).Total.Owed,
            (await given.AsksAsync(new GetFrameworkCoverage(given.At(on), "gcm")))!.Items.Single(i => i.Code == "GCM-15").ByKind["pledge"]);
    }

    [Theory]
    [InlineData(EndingKind.Superseded)]
    [InlineData(EndingKind.Duplicate)]
    [InlineData(EndingKind.Split)]
    [InlineData(EndingKind.Merged)]
    public async Task Its_id_keeps_answering_and_says_where_it_goes_on_and_there_it_says_from_where(EndingKind kind)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, Items);
        var next = await given.RecordsAsync(Pledge with { Title = "The next" });
        var third = await given.RecordsAsync(Pledge with { Title = "The third" });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2022-06-01");
        await EndsAsync(given, id, kind, next, third);
        var view = await PageAsync(given, id, "2023-01-01");
        Assert.Equal((kind, Pledge.Title, 1), (view.Ended, view.Content.Title, view.Reports.Count));
        Assert.Equal(kind == EndingKind.Split ? [next, third] : [next], view.Ending!.Continues);
        Assert.Equal([id], (await PageAsync(given, next, "2023-01-01")).ContinuedFrom);
        Assert.Equal(kind == EndingKind.Split ? [id] : [], (await PageAsync(given, third, "2023-01-01")).ContinuedFrom);
        if (kind != EndingKind.Duplicate)
        {
            var before = await PageAsync(given, id, "2022-12-31");
            Assert.Equal((null, kind), (before.Ended, before.Ending?.Kind));
            Assert.Empty((await PageAsync(given, next, "2022-12-31")).ContinuedFrom);
        }
    }

    [Fact]
    public async Task What_was_reinstated_is_followed_up_again_and_the_time_between_stays_told()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, Items);
        var next = await given.RecordsAsync(Pledge with { Title = "The next" });
        await EndsAsync(given, id, EndingKind.Merged, next, next);
        await given.DoesAsync(new ReinstatePledge(id, given.VersionOf(id), new EffectiveDate("2024"), "It was another after all."));
        Assert.Equal([null, EndingKind.Merged, EndingKind.Merged, null], await EndedAsync("2022-12-31", "2023-01-01", "2024-12-30", "2024-12-31"));
        Assert.Equal([id], (await PageAsync(given, next, "2024-12-30")).ContinuedFrom);
        Assert.Empty((await PageAsync(given, next, "2024-12-31")).ContinuedFrom);
        await given.WithdrawsAsync(id, "2026-01-01");
        Assert.Equal([EndingKind.Merged, null, EndingKind.Withdrawn], await EndedAsync("2023-06-01", "2025-12-31", "2026-01-01"));

        async Task<List<EndingKind?>> EndedAsync(params string[] days)
        {
            var ended = new List<EndingKind?>();
            foreach (var day in days)
            {
                ended.Add((await PageAsync(given, id, day)).Ended);
            }
            return ended;
        }
    }

    [Fact]
    public async Task A_completed_pledge_is_neither_silent_nor_late_and_its_evidence_stays()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { Due = new Due(EffectiveDate.On(2022, 12, 31)) });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2022-11-01");
        await given.DoesAsync(new CompletePledge(id, given.VersionOf(id), new EffectiveDate("2023-01-01"), "Done.", [new Evidence("The inspection", "https://example.org/inspection", null, null, null)]));
        var view = await PageAsync(given, id, "2030-01-01");
        Assert.Equal((Freshness.NotApplicable, Timeliness.OnTime, "fulfilled"), (view.Parties.Single().Freshness, view.Parties.Single().Timeliness, view.Parties.Single().Claimed?.Code));
        Assert.Equal((EndingKind.Completed, "The inspection"), (view.Ended, view.Ending!.Evidence.Single().Title));
        Assert.Equal(0, (await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"))).Total.Freshness["silent"]);
    }

    private static Task<string> EndsAsync(Given given, string id, EndingKind kind, string next, string third)
    {
        var (version, from) = (given.VersionOf(id), new EffectiveDate("2023-01-01"));
        return kind switch
        {
            EndingKind.Withdrawn => given.DoesAsync(new WithdrawPledge(id, version, from, "No longer possible.")),
            EndingKind.Superseded => given.DoesAsync(new SupersedePledge(id, version, next, from, "A wider one.")),
            EndingKind.Completed => given.DoesAsync(new CompletePledge(id, version, from, "Done.", [])),
            EndingKind.Duplicate => given.DoesAsync(new MarkDuplicate(id, version, next, "Twice.")),
            EndingKind.Split => given.DoesAsync(new SplitPledge(id, version, [next, third], from, "Two tasks.")),
            _ => given.DoesAsync(new MergePledge(id, version, next, from, "One task.")),
        };
    }

    private static async Task<PledgeView> PageAsync(Given given, string id, string on) => (await given.AsksAsync(new GetPledge(given.At(on), id)))!;
}

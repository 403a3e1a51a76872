using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Pledges;

/// <summary>Milestones, indicators and translations.</summary>
public sealed class TermsTests
{
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge();

    [Fact]
    public async Task A_milestone_is_late_after_its_last_day_until_somebody_reports_it_reached()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        Assert.Equal("M1 by 2023-06-30: ; M2 by 2026-05-06: ", await StateAsync("2023-06-30"));
        Assert.Equal("M1 by 2023-06-30: late; M2 by 2026-05-06: ", await StateAsync("2023-07-01"));
        await given.DoesAsync(new ReportProgress(id, Given.Report("HND", ClaimedStatus.InProgress, "2023-08") with { Milestones = [new MilestoneReached("M1", new EffectiveDate("2023-07-15"))] }));
        Assert.Equal("M1 by 2023-06-30: late; M2 by 2026-05-06: ", await StateAsync("2023-08-30"));
        Assert.Equal("M1 by 2023-06-30: HND 2023-07-15; M2 by 2026-05-06: ", await StateAsync("2023-08-31"));
        await given.DoesAsync(new ReportProgress(id, Given.Report("CRI", ClaimedStatus.InProgress, "2023-09-01") with { Milestones = [new MilestoneReached("M1", new EffectiveDate("2023-06"))] }));
        Assert.Equal("M1 by 2023-06-30: HND 2023-07-15, CRI 2023-06; M2 by 2026-05-06: late", await StateAsync("2026-05-07"));
        await given.DoesAsync(new CorrectReport(id, given.VersionOf(id), 1, Given.Report("HND", ClaimedStatus.InProgress, "2023-08"), "It was another post."));
        Assert.Equal("M1 by 2023-06-30: CRI 2023-06; M2 by 2026-05-06: late", await StateAsync("2026-05-07"));
        await given.WithdrawsAsync(id, "2026-12-01");
        Assert.Equal("M1 by 2023-06-30: CRI 2023-06; M2 by 2026-05-06: ", await StateAsync("2026-12-01"));

        async Task<string> StateAsync(string on) => string.Join("; ", (await PageAsync(given, id, on)).Milestones.Select(m =>
            $"{m.Milestone.Code} by {m.DueOn:yyyy-MM-dd}: {(m.Late ? "late" : string.Join(", ", m.Reached.Select(r => $"{r.Party.Id} {r.On}")))}"));
    }

    [Fact]
    public async Task An_indicators_values_are_each_partys_own_in_order_of_the_time_that_they_are_of()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await ReportsAsync("CRI", "2024-01-10", new IndicatorValue("I1", "9", new EffectiveDate("2023"), null), new IndicatorValue("I1", "4", new EffectiveDate("2022"), null));
        await ReportsAsync("HND", "2023-06-01", new IndicatorValue("I1", "5.5", new EffectiveDate("2023-03"), "Without the coast."), new IndicatorValue("I2", "71", new EffectiveDate("2023-03"), null));
        Assert.Empty(await ValuesAsync("I1", "2023-05-31"));
        Assert.Equal(["HND 5.5 in 2023-03 Without the coast."], await ValuesAsync("I1", "2023-06-01"));
        Assert.Equal(["CRI 4 in 2022 ", "HND 5.5 in 2023-03 Without the coast.", "CRI 9 in 2023 "], await ValuesAsync("I1", "2024-01-10"));
        Assert.Equal(["HND 71 in 2023-03 "], await ValuesAsync("I2", "2024-01-10"));
        var view = await PageAsync(given, id, "2024-01-10");
        Assert.Equal((Given.Day("2026-05-31"), null), (view.Indicators[0].TargetOn, view.Indicators[1].TargetOn));
        await given.AmendsAsync(id, Common with { Indicators = [Common.Indicators[1]] }, "2025-01-01");
        Assert.Equal(["I2"], (await PageAsync(given, id, "2025-01-01")).Indicators.Select(i => i.Indicator.Code));
        Assert.Equal(["I1", "I2"], (await PageAsync(given, id, "2024-12-31")).Indicators.Select(i => i.Indicator.Code));

        Task ReportsAsync(string party, string on, params IndicatorValue[] values) => given.DoesAsync(new ReportProgress(id, Given.Report(party, ClaimedStatus.InProgress, on) with { Values = values }));
        async Task<IEnumerable<string>> ValuesAsync(string indicator, string on) => (await PageAsync(given, id, on)).Indicators.Single(i => i.Indicator.Code == indicator).Values
            .Select(v => $"{v.Party.Id} {v.Value} in {v.On} {v.DenominatorNote}");
    }

    [Fact]
    public async Task A_translation_is_out_of_date_once_the_record_is_corrected()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.TranslatesAsync(id, "es", "Puestos de salud");
        Assert.Equal(("Puestos de salud", true), await SpanishAsync("2023-01-01"));
        var size = given.Size;
        await given.CorrectsAsync(id, Common with { Title = "Health posts, as it was said" });
        Assert.Equal(("Puestos de salud", false), await SpanishAsync("2023-01-01"));
        Assert.Equal(("Puestos de salud", true), await SpanishAsync("2023-01-01", size));
        await given.TranslatesAsync(id, "es", "Puestos de salud, como se dijo");
        Assert.Equal(("Puestos de salud, como se dijo", true), await SpanishAsync("2023-01-01"));
        Assert.Null((await given.AsksAsync(new GetPledge(given.At("2023-01-01"), id)))!.Translation);
        Assert.Null((await given.AsksAsync(new GetPledge(given.At("2023-01-01") with { Language = "ar" }, id)))!.Translation);

        async Task<(string?, bool?)> SpanishAsync(string on, long? at = null)
        {
            var translation = (await given.AsksAsync(new GetPledge(given.At(on, at) with { Language = "es" }, id)))!.Translation;
            return (translation?.Title, translation?.Current);
        }
    }

    [Fact]
    public async Task After_an_amendment_each_wording_is_read_in_its_own_translation()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.TranslatesAsync(id, "es", "Puestos de salud");
        await given.AmendsAsync(id, Common with { Title = "More health posts" }, "2024-01-01");
        Assert.Equal([("Puestos de salud", true), ("Puestos de salud", false)], await SpanishAsync("2023-12-31", "2024-01-01"));
        await given.TranslatesAsync(id, "es", "Más puestos de salud");
        Assert.Equal([("Puestos de salud", true), ("Más puestos de salud", true)], await SpanishAsync("2023-12-31", "2024-01-01"));
        Assert.Equal(["es"], (await PageAsync(given, id, "2024-01-01")).Translations.Select(t => t.Language));

        async Task<List<(string, bool)>> SpanishAsync(params string[] days)
        {
            var found = new List<(string, bool)>();
            foreach (var day in days)
            {
                var translation = (await given.AsksAsync(new GetPledge(given.At(day) with { Language = "es" }, id)))!.Translation!;
                found.Add((translation.Title, translation.Current));
            }
            return found;
        }
    }

    [Fact]
    public async Task A_pledge_that_matches_another_is_named_there_while_it_says_so()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var one = await given.RecordsAsync(SampleRegistry.Pledge());
        var match = SampleRegistry.Pledge() with { Title = "Money for it", Owing = ["HND"], Type = PledgeType.Matching, Matches = one };
        var two = await given.RecordsAsync(match);
        await given.AmendsAsync(two, match with { Type = null, Matches = null }, "2025-01-01");
        Assert.Equal([two], (await PageAsync(given, one, "2024-12-31")).MatchedBy);
        Assert.Empty((await PageAsync(given, one, "2025-01-01")).MatchedBy);
    }

    private static async Task<PledgeView> PageAsync(Given given, string id, string on) => (await given.AsksAsync(new GetPledge(given.At(on), id)))!;
}

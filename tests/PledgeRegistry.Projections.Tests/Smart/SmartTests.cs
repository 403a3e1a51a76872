using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Smart;

namespace PledgeRegistry.Projections.Tests.Smart;

public sealed class SmartTests
{
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge();

    private static readonly PledgeContent Bare = SampleRegistry.Pledge() with
    {
        Kind = PledgeKind.Conclusion,
        Owing = [],
        By = [],
        Places = [],
        Level = null,
        Populations = [],
        Due = null,
    };

    [Fact]
    public void A_pledge_that_says_all_has_every_point_and_one_that_says_nothing_none()
    {
        var all = SmartScore.Of(Common, mappings: 2, []);
        Assert.Equal((13, 13), (all.Met, all.Most));
        Assert.Equal([SmartCriterion.Specific, SmartCriterion.Measurable, SmartCriterion.Achievable, SmartCriterion.Relevant, SmartCriterion.TimeBound], all.Parts.Select(p => p.Criterion));
        Assert.Equal(
            [
                "who CRI, HND", "where CRI", "for-whom children", "concrete-action concrete-action", "indicator I1, I2", "unit posts, percent", "baseline I1", "target I1, I2",
                "resources 2500000 USD", "lead The two ministries of health", "mapped 2", "due 2026-05", "milestones M1, M2",
            ],
            all.Parts.SelectMany(p => p.Points).Select(p => $"{p.Code} {p.Found}"));
        var none = SmartScore.Of(Bare, mappings: 0, []);
        Assert.Equal((0, 13), (none.Met, none.Most));
        Assert.All(none.Parts.SelectMany(p => p.Points), p => Assert.Equal((false, ""), (p.Met, p.Found)));
    }

    // One thing said in addition is one point more, and that one.
    public static TheoryData<string> Points() => [.. Said.Keys];

    private static readonly Dictionary<string, PledgeContent> Said = new()
    {
        ["who"] = Bare with { Owing = ["CRI"] },
        ["who (of a recommendation)"] = Bare with { Kind = PledgeKind.Recommendation, Addressees = ["CRI"] },
        ["where"] = Bare with { Places = ["CRI"] },
        ["where (only the level)"] = Bare with { Level = "national" },
        ["for-whom"] = Bare with { Populations = ["children"] },
        ["concrete-action"] = Bare with { Concreteness = Concreteness.ConcreteAction },
        ["resources"] = Bare with { Amounts = Common.Amounts },
        ["lead"] = Bare with { Lead = "The ministry" },
        ["due"] = Bare with { Due = new Due(new EffectiveDate("2026")) },
        ["due (at a meeting)"] = Bare with { Due = new Due(Meeting: "IMRF-2026") },
        ["milestones"] = Bare with { Milestones = Common.Milestones },
    };

    [Theory]
    [MemberData(nameof(Points))]
    public void Each_thing_that_is_said_is_one_point(string what)
    {
        var score = SmartScore.Of(Said[what], mappings: 0, []);
        Assert.Equal(what.Split(' ')[0], Assert.Single(score.Parts.SelectMany(p => p.Points), p => p.Met).Code);
        Assert.Equal(1, score.Met);
    }

    [Fact]
    public void An_indicator_gives_its_unit_too_and_its_baseline_and_target_where_it_has_them()
    {
        var indicator = Common.Indicators[0] with { Baseline = null, Target = null };
        Assert.Equal(["indicator", "unit"], Met(Bare with { Indicators = [indicator] }));
        Assert.Equal(["indicator", "unit", "baseline"], Met(Bare with { Indicators = [indicator with { Baseline = new Measured("2", new EffectiveDate("2021")) }] }));
        Assert.Equal(["indicator", "unit", "target"], Met(Bare with { Indicators = [indicator with { Target = new Target("20", null) }] }));
    }

    [Fact]
    public void An_announcement_a_date_in_words_alone_and_who_was_only_asked_give_no_point_and_a_mapping_does()
    {
        Assert.Empty(Met(Bare with { Concreteness = Concreteness.Announcement }));
        Assert.Equal("announcement", SmartScore.Of(Bare with { Concreteness = Concreteness.Announcement }, 0, []).Parts[0].Points.Single(p => p.Code == "concrete-action").Found);
        Assert.Empty(Met(Bare with { Due = new Due(Words: "soon") }));
        Assert.Empty(Met(Bare with { Addressees = ["CRI"] }));
        Assert.Equal("mapped", Assert.Single(SmartScore.Of(Bare, 1, []).Parts.SelectMany(p => p.Points), p => p.Met).Code);
    }

    [Fact]
    public async Task The_check_of_a_recorded_pledge_is_of_its_wording_parties_and_shares_on_that_day()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var content = Bare with { Kind = PledgeKind.Statement, By = ["CRI"], Owing = ["CRI"], Type = PledgeType.Common };
        var id = await given.RecordsAsync(content);
        Assert.Equal(["who"], await PointsAsync("2022-06-01"));
        await given.DoesAsync(new MapPledge(id, Given.Item("gcm/2018 GCM-15"), "It says so."));
        await given.AmendsAsync(id, content with { Populations = ["women"] }, "2023-01-01");
        await given.SharesAsync(id, "CRI", SampleRegistry.Share() with { Targets = [] }, "2024-01-01");
        Assert.Equal(["who", "mapped"], await PointsAsync("2022-12-31"));
        Assert.Equal(["who", "for-whom", "mapped"], await PointsAsync("2023-01-01"));
        Assert.Equal(["who", "for-whom", "resources", "lead", "mapped", "due"], await PointsAsync("2024-01-01"));
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        Assert.Equal(["who", "for-whom"], await PointsAsync("2023-01-01"));
        Assert.Null(await given.AsksAsync(new GetSmart(given.Now, "IMRF-2022-9999")));

        async Task<IEnumerable<string>> PointsAsync(string on)
        {
            var view = (await given.AsksAsync(new GetSmart(given.At(on), id)))!;
            var met = view.Parts.SelectMany(p => p.Points).Where(p => p.Met).Select(p => p.Code).ToArray();
            Assert.Equal((met.Length, 13), (view.Met, view.Of));
            return met;
        }
    }

    private static IEnumerable<string> Met(PledgeContent content) => SmartScore.Of(content, 0, []).Parts.SelectMany(p => p.Points).Where(p => p.Met).Select(p => p.Code);
}

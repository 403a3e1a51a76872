using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>What a pledge says beside its text: type, milestones, indicators, amounts.</summary>
public sealed class PledgeTermsTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private const string Other = "IMRF-2022-0002";
    private static readonly Milestone Step = CommonPledge().Milestones[0];
    private static readonly Indicator Measure = CommonPledge().Indicators[0];
    private static readonly Amount Money = new("2500000", "USD", "Posts", new Period(new EffectiveDate("2022"), new EffectiveDate("2025")));

    private static GivenWhenThen Recorded => Given((Stream, new PledgeEvent.Recorded(Pledge())));

    [Fact]
    public void A_common_pledge_with_all_its_terms_is_recorded() => Decides(CommonPledge(), null, "content");

    [Fact]
    public void An_individual_pledge_is_one_partys()
    {
        Decides(Pledge() with { Type = PledgeType.Individual }, null, "content.type");
        Decides(CommonPledge() with { Type = PledgeType.Individual }, "individual-of-many", "content.type");
        Decides(CommonPledge() with { Type = null }, null, "content.type");
    }

    [Fact]
    public void Nor_is_it_made_an_individual_one_once_others_accepted_it()
    {
        var joined = Given((Stream, new PledgeEvent.Recorded(CommonPledge() with { Owing = ["CRI"] })), (Stream, new PledgeEvent.PartyAccepted("COL", new EffectiveDate("2023"), null, null, null)));
        joined.When(new CorrectPledge(Pledge1, 2, CommonPledge() with { Owing = ["CRI"], Type = PledgeType.Individual }, "misread")).ThenRefused("individual-of-many", "content.type");
        joined.When(new CorrectPledge(Pledge1, 2, CommonPledge() with { Owing = [], Kind = PledgeKind.Recommendation }, "misread")).ThenRefused("recommendation-owed", "content.owing");
    }

    [Fact]
    public void A_matching_pledge_names_another_one_and_only_a_matching_one_does()
    {
        var matching = Pledge() with { Type = PledgeType.Matching, Matches = Pledge1 };
        Recorded.When(new RecordPledge(matching, [])).ThenRecorded($"pledge/{Other}", new PledgeEvent.Recorded(matching));
        Decides(matching, "unknown-pledge", "content.matches");
        Decides(matching with { Matches = null }, "matching-what", "content.matches");
        Decides(Pledge() with { Matches = Pledge1 }, "matching-what", "content.matches");
        Recorded.When(new CorrectPledge(Pledge1, 1, matching, "misread")).ThenRefused("unknown-pledge", "content.matches");
    }

    [Fact]
    public void A_pledge_in_partnership_names_it_and_only_such_a_one_does()
    {
        Decides(Pledge() with { Type = PledgeType.InPartnership }, "partnership-which", "content.partnership");
        Decides(Pledge() with { Partnership = "HEALTH-POSTS" }, "partnership-which", "content.partnership");
        Decides(Pledge() with { Type = PledgeType.InPartnership, Partnership = "HEALTH-POSTS" }, "unknown-partnership", "content.partnership");
    }

    [Fact]
    public void Type_concreteness_lead_cycle_and_mirror_keep_to_their_form()
    {
        Decides(Pledge() with { Type = (PledgeType)9 }, "unknown-code", "content.type");
        Decides(Pledge() with { Concreteness = (Concreteness)9 }, "unknown-code", "content.concreteness");
        Decides(Pledge() with { Concreteness = Concreteness.Announcement }, null, "content.concreteness");
        Decides(Pledge() with { Lead = "" }, "missing", "content.lead");
        Decides(Pledge() with { Cycle = 26 }, "not-a-year", "content.cycle");
        Decides(Pledge() with { Cycle = 2026 }, null, "content.cycle");
        Decides(Pledge() with { Mirror = new MirrorPledge("GRF-1", null) }, null, "content.mirror");
        Decides(Pledge() with { Mirror = new MirrorPledge("", null) }, "missing", "content.mirror.reference");
        Decides(Pledge() with { Mirror = new MirrorPledge("GRF-1", "example.org") }, "not-an-address", "content.mirror.url");
    }

    [Fact]
    public void A_milestone_has_a_code_of_its_own_a_text_and_a_day_by_which()
    {
        Decides(With(Step, Step with { Code = "M2" }), null, "content.milestones");
        Decides(With(Step, Step with { Text = "Another." }), "twice", "content.milestones");
        Decides(With(Step with { Code = "M 1" }), "not-an-id", "content.milestones[0].code");
        Decides(With(Step with { Text = "" }), "missing", "content.milestones[0].text");
        Decides(With(Step with { Due = null! }), "missing", "content.milestones[0].due");
        Decides(With(Step with { Due = new Due() }), "missing", "content.milestones[0].due");
        Decides(With(Step with { Due = new Due(new EffectiveDate("2021")) }), "before-announced", "content.milestones[0].due.date");
        Decides(With(Step with { Due = new Due(Meeting: "IMRF-9999") }), "unknown-meeting", "content.milestones[0].due.meeting");
        Decides(With(Step with { Due = new Due(Words: "soon") }), null, "content.milestones[0].due");
        Decides(With((Milestone)null!), "missing", "content.milestones[0]");
        Decides(Pledge() with { Milestones = null! }, "missing", "content.milestones");
    }

    [Fact]
    public void An_indicator_has_a_code_of_its_own_a_type_and_a_unit()
    {
        Decides(With(Measure, Measure with { Code = "I2" }), null, "content.indicators");
        Decides(With(Measure, Measure with { Text = "Another." }), "twice", "content.indicators");
        Decides(With(Measure with { Code = "" }), "not-an-id", "content.indicators[0].code");
        Decides(With(Measure with { Type = (IndicatorType)9 }), "unknown-code", "content.indicators[0].type");
        Decides(With(Measure with { Text = " " }), "missing", "content.indicators[0].text");
        Decides(With(Measure with { Unit = "" }), "missing", "content.indicators[0].unit");
        Decides(With(Measure with { DenominatorNote = "" }), "missing", "content.indicators[0].denominatorNote");
        Decides(Pledge() with { Indicators = null! }, "missing", "content.indicators");
    }

    [Fact]
    public void A_baseline_and_a_target_are_decimal_numbers_of_a_day()
    {
        Decides(With(Measure with { Baseline = null, Target = null }), null, "content.indicators[0]");
        Decides(With(Measure with { Baseline = new Measured("-12.5", new EffectiveDate("2015")) }), null, "content.indicators[0]");
        Decides(With(Measure with { Baseline = new Measured("1e3", new EffectiveDate("2015")) }), "not-a-number", "content.indicators[0].baseline.value");
        Decides(With(Measure with { Baseline = new Measured("1", null!) }), "missing", "content.indicators[0].baseline.on");
        Decides(With(Measure with { Target = new Target("1,000", null) }), "not-a-number", "content.indicators[0].target.value");
        Decides(With(Measure with { Target = new Target("20", new Due(new EffectiveDate("2021"))) }), "before-announced", "content.indicators[0].target.due.date");
    }

    [Theory]
    [InlineData("0", null)]
    [InlineData("0.5", null)]
    [InlineData("999999999999999999999999999.99", null)]
    [InlineData("-1", "below-zero")]
    [InlineData("-0", "not-a-number")]
    [InlineData("1.50", "not-a-number")]
    [InlineData("01", "not-a-number")]
    [InlineData("1 000", "not-a-number")]
    [InlineData("NaN", "not-a-number")]
    [InlineData(null, "not-a-number")]
    public void An_amount_is_a_decimal_number_that_is_not_less_than_nothing(string? value, string? refusal) => Decides(With(Money with { Value = value! }), refusal, "content.amounts[0].value");

    [Theory]
    [InlineData("HNL", null)]
    [InlineData("usd", "not-a-currency")]
    [InlineData("US", "not-a-currency")]
    [InlineData("USD\n", "not-a-currency")]
    [InlineData("€", "not-a-currency")]
    [InlineData(null, "not-a-currency")]
    public void An_amount_is_in_a_currency(string? currency, string? refusal) => Decides(With(Money with { Currency = currency! }), refusal, "content.amounts[0].currency");

    [Fact]
    public void An_amount_says_what_for_and_when_if_at_all()
    {
        Decides(With(Money with { Purpose = null, Period = null }), null, "content.amounts[0]");
        Decides(With(Money with { Purpose = "" }), "missing", "content.amounts[0].purpose");
        Decides(With(Money with { Period = new Period(new EffectiveDate("2025"), new EffectiveDate("2022")) }), "period-reversed", "content.amounts[0].period.until");
        Decides(With(Money, Money), "twice", "content.amounts");
        Decides(Pledge() with { Amounts = null! }, "missing", "content.amounts");
    }

    private static PledgeContent With(params Milestone[] milestones) => Pledge() with { Milestones = milestones };

    private static PledgeContent With(params Indicator[] indicators) => Pledge() with { Indicators = indicators };

    private static PledgeContent With(params Amount[] amounts) => Pledge() with { Amounts = amounts };

    private static void Decides(PledgeContent content, string? refusal, string field)
    {
        var decided = Given().When(new RecordPledge(content, []));
        _ = refusal is null ? decided.ThenRecorded(Stream, new PledgeEvent.Recorded(content)) : decided.ThenRefused(refusal, field);
    }
}

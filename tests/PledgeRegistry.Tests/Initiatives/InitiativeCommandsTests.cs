using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Initiatives;

public sealed class InitiativeCommandsTests
{
    private const string Stream = $"initiative/{Initiative1}";
    private static readonly EffectiveDate Later = EffectiveDate.On(2017, 3, 1);
    private static readonly InitiativeContent Completed = Initiative() with { Novelty = "completed", EffectiveOn = Later };

    private static GivenWhenThen Recorded => Given((Stream, new InitiativeEvent.Recorded(Initiative())));
    private static GivenWhenThen Withdrawn => Given((Stream, new InitiativeEvent.Recorded(Initiative())), (Stream, new InitiativeEvent.Withdrawn(Later, "ended")));

    [Fact]
    public void An_initiative_gets_a_public_id_of_its_meetings_series_and_year() =>
        Given().When(new RecordInitiative(Initiative())).ThenRecorded(Stream, new InitiativeEvent.Recorded(Initiative()));

    [Fact]
    public void Initiatives_and_pledges_are_numbered_apart()
    {
        var after = Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion())), (Stream, new InitiativeEvent.Recorded(Initiative())));
        after.When(new RecordInitiative(Initiative())).ThenRecorded("initiative/RCM-2016-I0002", new InitiativeEvent.Recorded(Initiative()));
        after.When(new RecordPledge(Conclusion(), [])).ThenRecorded("pledge/RCM-2016-0002", new PledgeEvent.Recorded(Conclusion()));
    }

    [Fact]
    public void Numbers_go_on_past_9999() =>
        Given(("initiative/RCM-2016-I9999", new InitiativeEvent.Recorded(Initiative())))
            .When(new RecordInitiative(Initiative())).ThenRecorded("initiative/RCM-2016-I10000", new InitiativeEvent.Recorded(Initiative()));

    [Fact]
    public void It_is_in_one_area_of_work_at_least()
    {
        Refused(Initiative() with { Areas = [] }, "missing", "content.areas");
        Refused(Initiative() with { Areas = ["RCM-A1", "RCM-A9"] }, "unknown-code", "content.areas[1]");
        Refused(Initiative() with { Areas = ["RCM-A1", "RCM-A1"] }, "twice", "content.areas");
        Accepted(Initiative() with { Areas = ["RCM-A1", "RCM-A2"] });
    }

    [Fact]
    public void Title_and_description_are_in_English_or_Spanish()
    {
        Refused(Initiative() with { Title = Texts.None }, "missing", "content.title");
        Refused(Initiative() with { Title = Texts.Of(("fr", "Postes de santé")) }, "missing", "content.title");
        Refused(Initiative() with { Description = Texts.Of(("fr", "Trois postes.")) }, "missing", "content.description");
        Refused(Initiative() with { Title = Texts.Of(("en", "")) }, "missing", "content.title.en");
        Refused(Initiative() with { Title = Texts.Of(("en", "Posts"), ("English", "Posts")) }, "not-a-language", "content.title.English");
        Accepted(Initiative() with { Title = Texts.Of(("es", "Puestos de salud"), ("fr", "Postes de santé")) });
    }

    [Fact]
    public void Codes_are_of_the_lists_in_force()
    {
        Refused(Initiative() with { Kind = "rumour" }, "unknown-code", "content.kind");
        Refused(Initiative() with { Novelty = "old" }, "unknown-code", "content.novelty");
        Refused(Initiative() with { Sector = "sport" }, "unknown-code", "content.sector");
        Refused(Initiative() with { Populations = ["birds"] }, "unknown-code", "content.populations[0]");
        Refused(Initiative() with { Conditions = ["hiccups"] }, "unknown-code", "content.conditions[0]");
        Refused(Initiative() with { JourneyStages = ["nowhere"] }, "unknown-code", "content.journeyStages[0]");
    }

    [Fact]
    public void What_it_points_to_is_there()
    {
        Refused(Initiative() with { Participant = "XXX" }, "unknown-participant", "content.participant");
        Refused(Initiative() with { Meeting = "RCM-1816" }, "unknown-meeting", "content.meeting");
        Refused(Initiative() with { Pledge = Pledge1 }, "unknown-pledge", "content.pledge");
        Refused(Initiative() with { Links = [new ItemRef("gcm/2018", "GCM-99")] }, "unknown-item", "content.links[0]");
        Refused(Initiative() with { Links = [new ItemRef("sector/1", "health")] }, "unknown-item", "content.links[0]");
        Refused(Initiative() with { Source = new SourcePlace("hearsay", "page 1") }, "unknown-source", "content.source.source");
        var serving = Initiative() with { Pledge = Conclusion1 };
        Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion()))).When(new RecordInitiative(serving)).ThenRecorded(Stream, new InitiativeEvent.Recorded(serving));
    }

    [Fact]
    public void Dates_and_periods_are_in_order()
    {
        Refused(Initiative() with { EffectiveOn = new EffectiveDate("2016-17") }, "not-a-date", "content.effectiveOn");
        Refused(Initiative() with { Period = new Period(new EffectiveDate("2017"), new EffectiveDate("2016")) }, "period-reversed", "content.period.until");
    }

    [Theory]
    [InlineData("0", true)]
    [InlineData("-1", true)]
    [InlineData("1250", true)]
    [InlineData("0.5", true)]
    [InlineData("-0.05", true)]
    [InlineData("", false)]
    [InlineData("-0", false)]
    [InlineData("-0.0", false)]
    [InlineData("+1", false)]
    [InlineData("01", false)]
    [InlineData("1.", false)]
    [InlineData(".5", false)]
    [InlineData("1.50", false)]
    [InlineData("1,250", false)]
    [InlineData("1e3", false)]
    [InlineData("1\n", false)]
    [InlineData("٣", false)]
    [InlineData("1234567890123456789012345678901", false)]
    public void A_result_is_a_decimal_number_in_its_one_form(string value, bool good)
    {
        var content = Initiative() with { Results = [new Result("Posts", value, "posts", null)] };
        if (good)
        {
            Accepted(content);
        }
        else
        {
            Refused(content, "not-a-number", "content.results[0].value");
        }
    }

    [Fact]
    public void A_result_says_what_it_counts_in_what_unit()
    {
        Refused(Initiative() with { Results = [new Result("", "3", "posts", null)] }, "missing", "content.results[0].what");
        Refused(Initiative() with { Results = [new Result("Posts", "3", "", null)] }, "missing", "content.results[0].unit");
        Refused(Initiative() with { Results = [new Result("Posts", "3", "posts", "")] }, "missing", "content.results[0].denominatorNote");
    }

    [Fact]
    public void Optional_texts_are_left_out_rather_than_empty()
    {
        Refused(Initiative() with { Challenge = "" }, "missing", "content.challenge");
        Refused(Initiative() with { Response = " " }, "missing", "content.response");
        Refused(Initiative() with { Lesson = "" }, "missing", "content.lesson");
        Refused(Initiative() with { GoodPractice = "" }, "missing", "content.goodPractice");
        Refused(Initiative() with { ReusableMaterial = "" }, "missing", "content.reusableMaterial");
        Refused(Initiative() with { Needs = "" }, "missing", "content.needs");
        Refused(Initiative() with { Offers = "" }, "missing", "content.offers");
        Refused(Initiative() with { LeadInstitution = "" }, "missing", "content.leadInstitution");
        Refused(Initiative() with { Partners = ["PAHO", ""] }, "missing", "content.partners[1]");
    }

    [Fact]
    public void News_of_it_is_an_update() =>
        Recorded.When(new UpdateInitiative(Initiative1, 1, Completed, "opened")).ThenRecorded(Stream, new InitiativeEvent.Updated(Completed, "opened"));

    [Fact]
    public void What_is_recorded_already_is_not_new() =>
        Recorded.When(new UpdateInitiative(Initiative1, 1, Initiative() with { EffectiveOn = Later }, "opened")).ThenRefused("not-new", "content.novelty");

    [Fact]
    public void A_withdrawn_initiative_takes_no_updates_but_is_corrected()
    {
        Withdrawn.When(new UpdateInitiative(Initiative1, 2, Completed, "opened")).ThenRefused("initiative-withdrawn");
        Withdrawn.When(new CorrectInitiative(Initiative1, 2, Completed, "misread")).ThenRecorded(Stream, new InitiativeEvent.Corrected(Completed, "misread"));
    }

    [Fact]
    public void A_correction_that_changes_nothing_decides_nothing() =>
        Recorded.When(new CorrectInitiative(Initiative1, 1, Initiative(), "misread")).ThenNothing();

    [Fact]
    public void An_update_that_changes_nothing_decides_nothing() =>
        Given((Stream, new InitiativeEvent.Recorded(Completed))).When(new UpdateInitiative(Initiative1, 1, Completed, "opened")).ThenNothing();

    [Fact]
    public void Whose_initiative_it_is_stays()
    {
        Recorded.When(new UpdateInitiative(Initiative1, 1, Completed with { Participant = "HND" }, "opened")).ThenRefused("other-party", "content.participant");
        Recorded.When(new CorrectInitiative(Initiative1, 1, Completed with { Participant = "HND" }, "misread")).ThenRefused("other-party", "content.participant");
    }

    [Fact]
    public void It_stays_in_the_series_that_its_public_id_names()
    {
        Recorded.When(new UpdateInitiative(Initiative1, 1, Completed with { Meeting = "IMRF-2022" }, "opened")).ThenRefused("id-would-change", "content.meeting");
        Recorded.When(new CorrectInitiative(Initiative1, 1, Completed with { Meeting = "IMRF-2022" }, "misread")).ThenRefused("id-would-change", "content.meeting");
        var elsewhere = Completed with { Meeting = "RCM-2016-WORKSHOP" };
        Recorded.When(new UpdateInitiative(Initiative1, 1, elsewhere, "opened")).ThenRecorded(Stream, new InitiativeEvent.Updated(elsewhere, "opened"));
    }

    [Fact]
    public void A_change_needs_the_last_version_and_a_reason()
    {
        Recorded.When(new UpdateInitiative(Initiative1, 0, Completed, "opened")).ThenRefused("stale");
        Recorded.When(new UpdateInitiative(Initiative1, 1, Completed, "")).ThenRefused("missing", "reason");
        Recorded.When(new CorrectInitiative(Initiative1, 2, Completed, "misread")).ThenRefused("stale");
        Recorded.When(new CorrectInitiative(Initiative1, 1, Completed, "")).ThenRefused("missing", "reason");
        Recorded.When(new WithdrawInitiative(Initiative1, 0, Later, "ended")).ThenRefused("stale");
        Recorded.When(new WithdrawInitiative(Initiative1, 1, Later, "")).ThenRefused("missing", "reason");
        Recorded.When(new WithdrawInitiative(Initiative1, 1, new EffectiveDate("later"), "ended")).ThenRefused("not-a-date", "from");
    }

    [Fact]
    public void An_initiative_is_withdrawn_once()
    {
        Recorded.When(new WithdrawInitiative(Initiative1, 1, Later, "ended")).ThenRecorded(Stream, new InitiativeEvent.Withdrawn(Later, "ended"));
        Withdrawn.When(new WithdrawInitiative(Initiative1, 1, Later, "ended")).ThenNothing();
    }

    [Fact]
    public void What_is_not_there_is_not_changed()
    {
        Recorded.When(new UpdateInitiative("RCM-2016-I0002", 1, Completed, "opened")).ThenRefused("unknown-initiative", "id");
        Recorded.When(new CorrectInitiative("RCM-2016-0001", 1, Completed, "misread")).ThenRefused("unknown-initiative", "id");
        Recorded.When(new WithdrawInitiative("", 1, Later, "ended")).ThenRefused("unknown-initiative", "id");
    }

    private static void Accepted(InitiativeContent content) => Given().When(new RecordInitiative(content)).ThenRecorded(Stream, new InitiativeEvent.Recorded(content));

    private static void Refused(InitiativeContent content, string code, string field) => Given().When(new RecordInitiative(content)).ThenRefused(code, field);
}

using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Exchange;

public sealed class ExchangeCommandsTests
{
    private const string Stream = $"exchange/{Need1}";
    private static readonly EffectiveDate Later = EffectiveDate.On(2017, 3, 1);

    private static GivenWhenThen Recorded => Given((Stream, new ExchangeEvent.Recorded(Need())));
    private static GivenWhenThen Closed => Given((Stream, new ExchangeEvent.Recorded(Need())), (Stream, new ExchangeEvent.Closed(Closing.Met, Later, "received")));

    [Fact]
    public void A_need_gets_a_public_id_of_its_meetings_series_and_year() => Accepted(Need());

    [Fact]
    public void Needs_and_offers_are_numbered_together_and_apart_from_initiatives()
    {
        var after = Given((Stream, new ExchangeEvent.Recorded(Need())), ($"initiative/{Initiative1}", new InitiativeEvent.Recorded(Initiative())));
        after.When(new RecordNeedOrOffer(Offer())).ThenRecorded("exchange/RCM-2016-X0002", new ExchangeEvent.Recorded(Offer()));
        after.When(new RecordInitiative(Initiative())).ThenRecorded("initiative/RCM-2016-I0002", new InitiativeEvent.Recorded(Initiative()));
    }

    [Fact]
    public void It_is_a_need_or_an_offer() => Refused(Need() with { Direction = (Direction)7 }, "unknown-code", "content.direction");

    [Fact]
    public void Title_and_description_are_in_English_or_Spanish()
    {
        Refused(Need() with { Title = Texts.Of(("fr", "Formation")) }, "missing", "content.title");
        Refused(Need() with { Description = Texts.None }, "missing", "content.description");
        Accepted(Need() with { Title = Texts.Of(("es", "Formación"), ("ar", "تدريب")) });
    }

    [Fact]
    public void What_it_points_to_is_there()
    {
        Refused(Need() with { Participant = "XXX" }, "unknown-participant", "content.participant");
        Refused(Need() with { Natures = ["magic"] }, "unknown-code", "content.natures[0]");
        Refused(Need() with { Populations = ["birds"] }, "unknown-code", "content.populations[0]");
        Refused(Need() with { Items = [new ItemRef("gcm/2018", "GCM-99")] }, "unknown-item", "content.items[0]");
        Refused(Need() with { Meeting = "RCM-1816" }, "unknown-meeting", "content.meeting");
        Refused(Need() with { Pledge = Pledge1 }, "unknown-pledge", "content.pledge");
        Refused(Need() with { Initiative = Initiative1 }, "unknown-initiative", "content.initiative");
        Refused(Need() with { Source = new SourcePlace("hearsay", "page 1") }, "unknown-source", "content.source.source");
        var serving = Need() with { Pledge = Conclusion1, Initiative = Initiative1 };
        Given(($"pledge/{Conclusion1}", new PledgeEvent.Recorded(Conclusion())), ($"initiative/{Initiative1}", new InitiativeEvent.Recorded(Initiative())))
            .When(new RecordNeedOrOffer(serving)).ThenRecorded(Stream, new ExchangeEvent.Recorded(serving));
    }

    [Fact]
    public void It_is_open_no_earlier_than_it_was_made_known()
    {
        Refused(Need() with { EffectiveOn = new EffectiveDate("2016-17") }, "not-a-date", "content.effectiveOn");
        Refused(Need() with { OpenUntil = new EffectiveDate("soon") }, "not-a-date", "content.openUntil");
        Refused(Need() with { OpenUntil = new EffectiveDate("2016-10") }, "period-reversed", "content.openUntil");
        Accepted(Need() with { OpenUntil = new EffectiveDate("2016-11") });
    }

    [Fact]
    public void A_sum_of_money_is_a_number_in_a_currency()
    {
        Refused(Need() with { Amount = new Amount("1,250", "USD", null, null) }, "not-a-number", "content.amount.value");
        Refused(Need() with { Amount = new Amount("1250.50", "USD", null, null) }, "not-a-number", "content.amount.value");
        Refused(Need() with { Amount = new Amount("-1", "USD", null, null) }, "below-zero", "content.amount.value");
        Refused(Need() with { Amount = new Amount("1250", "usd", null, null) }, "not-a-currency", "content.amount.currency");
        Refused(Need() with { Amount = new Amount("1250", "US$", null, null) }, "not-a-currency", "content.amount.currency");
        Refused(Need() with { Amount = new Amount("1250", "DOLLAR", null, null) }, "not-a-currency", "content.amount.currency");
        Accepted(Need() with { Amount = new Amount("1250.5", "USD", null, null) });
        Accepted(Need() with { Amount = new Amount("0", "MXN", null, null) });
    }

    [Fact]
    public void A_correction_brings_the_whole_new_content()
    {
        var mended = Need() with { Places = ["CRI", "PAN"] };
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, mended, "misread")).ThenRecorded(Stream, new ExchangeEvent.Corrected(mended, "misread"));
        Closed.When(new CorrectNeedOrOffer(Need1, 2, mended, "misread")).ThenRecorded(Stream, new ExchangeEvent.Corrected(mended, "misread"));
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, Need(), "misread")).ThenNothing();
    }

    [Fact]
    public void A_correction_leaves_whose_it_is_which_way_it_goes_and_its_id()
    {
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, Need("HND"), "misread")).ThenRefused("other-party", "content.participant");
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, Need() with { Direction = Direction.Offer }, "misread")).ThenRefused("other-direction", "content.direction");
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, Need() with { Meeting = "IMRF-2022" }, "misread")).ThenRefused("id-would-change", "content.meeting");
        var elsewhere = Need() with { Meeting = "RCM-2016-WORKSHOP" };
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, elsewhere, "misread")).ThenRecorded(Stream, new ExchangeEvent.Corrected(elsewhere, "misread"));
    }

    [Fact]
    public void A_change_needs_the_last_version_and_a_reason()
    {
        Recorded.When(new CorrectNeedOrOffer(Need1, 0, Need() with { Places = [] }, "misread")).ThenRefused("stale");
        Recorded.When(new CorrectNeedOrOffer(Need1, 1, Need() with { Places = [] }, "")).ThenRefused("missing", "reason");
        Recorded.When(new CloseNeedOrOffer(Need1, 2, Closing.Met, Later, "received")).ThenRefused("stale");
        Recorded.When(new CloseNeedOrOffer(Need1, 1, Closing.Met, Later, " ")).ThenRefused("missing", "reason");
    }

    [Theory]
    [InlineData(Closing.Met)]
    [InlineData(Closing.Withdrawn)]
    [InlineData(Closing.Lapsed)]
    public void It_is_closed_once_as_met_withdrawn_or_lapsed(Closing how)
    {
        Recorded.When(new CloseNeedOrOffer(Need1, 1, how, Later, "so it is")).ThenRecorded(Stream, new ExchangeEvent.Closed(how, Later, "so it is"));
        var again = Closed.When(new CloseNeedOrOffer(Need1, 2, how, Later, "so it is"));
        _ = how == Closing.Met ? again.ThenNothing() : again.ThenRefused("exchange-closed", "id");
    }

    [Fact]
    public void A_closing_says_how_and_from_when()
    {
        Recorded.When(new CloseNeedOrOffer(Need1, 1, (Closing)9, Later, "so it is")).ThenRefused("unknown-code", "how");
        Recorded.When(new CloseNeedOrOffer(Need1, 1, Closing.Met, new EffectiveDate("later"), "so it is")).ThenRefused("not-a-date", "from");
        Recorded.When(new CloseNeedOrOffer(Need1, 1, Closing.Met, new EffectiveDate("2016-10"), "so it is")).ThenRefused("period-reversed", "from");
    }

    [Fact]
    public void What_is_not_there_is_not_changed()
    {
        Recorded.When(new CorrectNeedOrOffer("RCM-2016-X0002", 1, Need(), "misread")).ThenRefused("unknown-exchange", "id");
        Recorded.When(new CloseNeedOrOffer("", 1, Closing.Met, Later, "received")).ThenRefused("unknown-exchange", "id");
    }

    private static void Accepted(ExchangeContent content) => Given().When(new RecordNeedOrOffer(content)).ThenRecorded(Stream, new ExchangeEvent.Recorded(content));

    private static void Refused(ExchangeContent content, string code, string field) => Given().When(new RecordNeedOrOffer(content)).ThenRefused(code, field);
}

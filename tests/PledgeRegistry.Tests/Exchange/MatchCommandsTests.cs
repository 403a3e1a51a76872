using PledgeRegistry.Exchange;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Exchange;

public sealed class MatchCommandsTests
{
    private const string Stream = $"exchange/{Need1}", Offer2 = "RCM-2016-X0002", OtherNeed = "RCM-2016-X0003", OwnOffer = "RCM-2016-X0004";
    private static readonly EffectiveDate Day = EffectiveDate.On(2017, 3, 1), Later = EffectiveDate.On(2017, 6, 1);
    private static readonly ExchangeEvent.MatchProposed Proposed = new(1, Offer2, "IOM", Day, "Both are about nurses.");

    // A need of Costa Rica, an offer of Colombia, a need of Honduras, an offer of Costa Rica.
    private static GivenWhenThen Entries(params IEvent[] more) => Given(
    [
        (Stream, new ExchangeEvent.Recorded(Need())), ($"exchange/{Offer2}", new ExchangeEvent.Recorded(Offer())), ($"exchange/{OtherNeed}", new ExchangeEvent.Recorded(Need("HND"))),
        ($"exchange/{OwnOffer}", new ExchangeEvent.Recorded(Offer("CRI"))), .. more.Select(e => (Stream, e)),
    ]);

    private static ExchangeEvent.MatchAnswered Answered(string party, MatchAnswer answer = MatchAnswer.Accepted) => new(1, party, answer, Later, "We have read it.", "en");

    private static AnswerMatch Answer(string party, MatchAnswer answer = MatchAnswer.Accepted) => new(Need1, 1, party, answer, Later, "We have read it.", "en");

    [Fact]
    public void Anybody_proposes_a_match_with_a_reason()
    {
        Entries().When(new ProposeMatch(Need1, Offer2, "IOM", Day, "Both are about nurses.")).ThenRecorded(Stream, Proposed);
        Entries().When(new ProposeMatch(Need1, Offer2, "COL", Day, "Both are about nurses.")).ThenRecorded(Stream, Proposed with { By = "COL" });
        Entries().When(new ProposeMatch(Need1, Offer2, "XXX", Day, "Both are about nurses.")).ThenRefused("unknown-participant", "by");
        Entries().When(new ProposeMatch(Need1, Offer2, "IOM", Day, "")).ThenRefused("missing", "reason");
        Entries().When(new ProposeMatch(Need1, Offer2, "IOM", new EffectiveDate("soon"), "Both are about nurses.")).ThenRefused("not-a-date", "on");
    }

    [Fact]
    public void A_match_is_of_a_need_and_an_offer_that_are_there()
    {
        Entries().When(new ProposeMatch(Need1, OtherNeed, "IOM", Day, "Alike.")).ThenRefused("not-an-offer", "offer");
        Entries().When(new ProposeMatch(Offer2, OwnOffer, "IOM", Day, "Alike.")).ThenRefused("not-a-need", "need");
        Entries().When(new ProposeMatch("RCM-2016-X0099", Offer2, "IOM", Day, "Alike.")).ThenRefused("unknown-exchange", "need");
        Entries().When(new ProposeMatch(Need1, "RCM-2016-X0099", "IOM", Day, "Alike.")).ThenRefused("unknown-exchange", "offer");
    }

    [Fact]
    public void Nobody_is_matched_with_itself() =>
        Entries().When(new ProposeMatch(Need1, OwnOffer, "IOM", Day, "Alike.")).ThenRefused("own-match", "offer");

    [Fact]
    public void What_is_closed_is_not_matched()
    {
        var closed = new ExchangeEvent.Closed(Closing.Met, Day, "received");
        Entries(closed).When(new ProposeMatch(Need1, Offer2, "IOM", Day, "Alike.")).ThenRefused("exchange-closed", "need");
        Given((Stream, new ExchangeEvent.Recorded(Need())), ($"exchange/{Offer2}", new ExchangeEvent.Recorded(Offer())), ($"exchange/{Offer2}", closed))
            .When(new ProposeMatch(Need1, Offer2, "IOM", Day, "Alike.")).ThenRefused("exchange-closed", "offer");
    }

    [Fact]
    public void What_was_open_until_a_day_is_not_matched_after_it()
    {
        var given = Given((Stream, new ExchangeEvent.Recorded(Need() with { OpenUntil = new EffectiveDate("2017-02") })), ($"exchange/{Offer2}", new ExchangeEvent.Recorded(Offer() with { OpenUntil = new EffectiveDate("2017-03") })));
        given.When(new ProposeMatch(Need1, Offer2, "IOM", Day, "Alike.")).ThenRefused("no-longer-open", "need");
        given.When(new ProposeMatch(Need1, Offer2, "IOM", Later, "Alike.")).ThenRefused("no-longer-open", "offer");
        given.When(new ProposeMatch(Need1, Offer2, "IOM", new EffectiveDate("2017-02"), "Alike.")).ThenRecorded(Stream, new ExchangeEvent.MatchProposed(1, Offer2, "IOM", new EffectiveDate("2017-02"), "Alike."));
    }

    [Fact]
    public void A_pair_has_one_open_match_and_another_once_it_is_over()
    {
        var again = new ProposeMatch(Need1, Offer2, "IOM", Later, "Again.");
        var second = new ExchangeEvent.MatchProposed(2, Offer2, "IOM", Later, "Again.");
        Entries(Proposed).When(again).ThenRefused("match-open", "offer");
        Entries(Proposed, Answered("CRI"), Answered("COL")).When(again).ThenRefused("match-open", "offer");
        Entries(Proposed, Answered("COL", MatchAnswer.Declined)).When(again).ThenRecorded(Stream, second);
        Entries(Proposed, new ExchangeEvent.MatchEnded(1, "IOM", Later, "moved")).When(again).ThenRecorded(Stream, second);
    }

    [Fact]
    public void It_stands_when_both_sides_accepted_and_not_before()
    {
        static bool Stands(GivenWhenThen given) => given.State.Exchange[Need1].Matches[0].Stands;
        Assert.False(Stands(Entries(Proposed)));
        Assert.False(Stands(Entries(Proposed, Answered("CRI"))));
        Assert.False(Stands(Entries(Proposed, Answered("COL"))));
        Assert.True(Stands(Entries(Proposed, Answered("CRI"), Answered("COL"))));
        Assert.False(Stands(Entries(Proposed, Answered("CRI"), Answered("COL", MatchAnswer.Declined))));
        Assert.False(Stands(Entries(Proposed, Answered("CRI"), Answered("COL"), new ExchangeEvent.MatchEnded(1, "CRI", Later, "moved"))));
    }

    [Fact]
    public void Each_side_answers_for_itself()
    {
        Entries(Proposed).When(Answer("CRI")).ThenRecorded(Stream, Answered("CRI"));
        Entries(Proposed, Answered("CRI")).When(Answer("COL", MatchAnswer.Declined)).ThenRecorded(Stream, Answered("COL", MatchAnswer.Declined));
        Entries(Proposed).When(Answer("IOM")).ThenRefused("not-a-side", "party");
        Entries(Proposed).When(Answer("XXX")).ThenRefused("unknown-participant", "party");
    }

    [Fact]
    public void A_side_that_accepted_may_think_better_of_it_until_both_have()
    {
        Entries(Proposed, Answered("CRI")).When(Answer("CRI", MatchAnswer.Declined)).ThenRecorded(Stream, Answered("CRI", MatchAnswer.Declined));
        Entries(Proposed, Answered("CRI"), Answered("COL")).When(Answer("CRI", MatchAnswer.Declined)).ThenRefused("match-stands", "match");
        Entries(Proposed, Answered("CRI")).When(Answer("CRI")).ThenNothing();
    }

    [Fact]
    public void A_match_that_is_over_takes_no_answers()
    {
        Entries(Proposed, Answered("COL", MatchAnswer.Declined)).When(Answer("CRI")).ThenRefused("match-over", "match");
        Entries(Proposed, new ExchangeEvent.MatchEnded(1, "IOM", Later, "moved")).When(Answer("CRI")).ThenRefused("match-over", "match");
    }

    [Fact]
    public void An_answer_has_words_a_language_and_a_day_after_the_proposal()
    {
        Entries(Proposed).When(Answer("CRI") with { Text = "" }).ThenRefused("missing", "text");
        Entries(Proposed).When(Answer("CRI") with { Language = "English" }).ThenRefused("not-a-language", "language");
        Entries(Proposed).When(Answer("CRI") with { On = EffectiveDate.On(2017, 2, 28) }).ThenRefused("before-proposed", "on");
        // The answer that counts is the latest by its day: an earlier one would count in decisions alone.
        Entries(Proposed, Answered("CRI") with { On = new EffectiveDate("2030-01-01") }).When(Answer("CRI") with { Answer = MatchAnswer.Declined }).ThenRefused("before-answered", "on");
        Entries(Proposed).When(Answer("CRI") with { Answer = (MatchAnswer)5 }).ThenRefused("unknown-code", "answer");
        Entries(Proposed).When(Answer("CRI") with { Match = 2 }).ThenRefused("unknown-match", "match");
        Entries(Proposed).When(Answer("CRI") with { Match = 0 }).ThenRefused("unknown-match", "match");
        Entries(Proposed).When(Answer("CRI") with { Need = "RCM-2016-X0099" }).ThenRefused("unknown-exchange", "need");
    }

    [Fact]
    public void With_what_was_closed_meanwhile_a_match_is_declined_but_not_accepted()
    {
        var closed = new ExchangeEvent.Closed(Closing.Lapsed, Later, "so it is");
        Entries(Proposed, closed).When(Answer("COL")).ThenRefused("exchange-closed", "match");
        Entries(Proposed, closed).When(Answer("COL", MatchAnswer.Declined)).ThenRecorded(Stream, Answered("COL", MatchAnswer.Declined));
        Given((Stream, new ExchangeEvent.Recorded(Need())), ($"exchange/{Offer2}", new ExchangeEvent.Recorded(Offer())), (Stream, Proposed), ($"exchange/{Offer2}", closed))
            .When(Answer("CRI")).ThenRefused("exchange-closed", "match");
    }

    [Fact]
    public void A_match_is_ended_by_a_side_or_by_who_proposed_it()
    {
        foreach (var by in new[] { "CRI", "COL", "IOM" })
        {
            Entries(Proposed, Answered("CRI"), Answered("COL")).When(new EndMatch(Need1, 1, by, Later, "moved")).ThenRecorded(Stream, new ExchangeEvent.MatchEnded(1, by, Later, "moved"));
        }
        Entries(Proposed).When(new EndMatch(Need1, 1, "HND", Later, "moved")).ThenRefused("not-a-side", "by");
        Entries(Proposed).When(new EndMatch(Need1, 1, "XXX", Later, "moved")).ThenRefused("unknown-participant", "by");
        Entries(Proposed).When(new EndMatch(Need1, 1, "CRI", Later, "")).ThenRefused("missing", "reason");
        Entries(Proposed).When(new EndMatch(Need1, 1, "CRI", new EffectiveDate("2016"), "moved")).ThenRefused("before-proposed", "from");
        Entries(Proposed).When(new EndMatch(Need1, 2, "CRI", Later, "moved")).ThenRefused("unknown-match", "match");
        Entries(Proposed).When(new EndMatch("RCM-2016-X0099", 1, "CRI", Later, "moved")).ThenRefused("unknown-exchange", "need");
    }

    [Fact]
    public void A_match_ends_once_and_a_declined_one_has_nothing_to_end()
    {
        Entries(Proposed, new ExchangeEvent.MatchEnded(1, "IOM", Later, "moved")).When(new EndMatch(Need1, 1, "CRI", Later, "moved")).ThenNothing();
        Entries(Proposed, Answered("COL", MatchAnswer.Declined)).When(new EndMatch(Need1, 1, "CRI", Later, "moved")).ThenRefused("match-over", "match");
    }
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Exchange;

/// <summary>
/// What can happen to a need or an offer. A match is recorded in the need's stream, for a decision writes one stream; the
/// offer's view finds it there. Stored for ever: add a case, never edit one.
/// </summary>
public abstract record ExchangeEvent : IEvent
{
    private ExchangeEvent() { }

    /// <summary>It was recorded.</summary>
    /// <param name="Content">What is needed or offered.</param>
    [EventType("exchange-recorded.v1")]
    public sealed record Recorded(ExchangeContent Content) : ExchangeEvent;

    /// <summary>The record was wrong; the need or the offer itself didn't change.</summary>
    /// <param name="Content">All of what is needed or offered, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("exchange-corrected.v1")]
    public sealed record Corrected(ExchangeContent Content, string Reason) : ExchangeEvent;

    /// <summary>It is no longer open, from a date on. It stays in every view, marked.</summary>
    /// <param name="How">Met, withdrawn or lapsed.</param>
    /// <param name="From">From when it is no longer open.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("exchange-closed.v1")]
    public sealed record Closed(Closing How, EffectiveDate From, string Reason) : ExchangeEvent;

    /// <summary>To a need: somebody proposed an offer that would meet it, at least in part.</summary>
    /// <param name="Number">Counts the need's matches from 1.</param>
    /// <param name="Offer">The offer's public id.</param>
    /// <param name="By">Who proposed it: a participant's code; a secretariat, one of the two sides, or anybody else with a reason.</param>
    /// <param name="On">When it was proposed.</param>
    /// <param name="Reason">Why the two fit.</param>
    [EventType("exchange-match-proposed.v1")]
    public sealed record MatchProposed(int Number, string Offer, string By, EffectiveDate On, string Reason) : ExchangeEvent;

    /// <summary>To a need: one side answered a proposed match. It says nothing about the other side.</summary>
    /// <param name="Match">The number of the match.</param>
    /// <param name="Party">The side that answers: the code of the participant whose need or offer it is.</param>
    /// <param name="Answer">Accepted or declined.</param>
    /// <param name="On">When it was answered.</param>
    /// <param name="Text">The answer in the party's own words.</param>
    /// <param name="Language">The language of <paramref name="Text"/> (BCP 47).</param>
    [EventType("exchange-match-answered.v1")]
    public sealed record MatchAnswered(int Match, string Party, MatchAnswer Answer, EffectiveDate On, string Text, string Language) : ExchangeEvent;

    /// <summary>To a need: a match ended, whether it stood or was still waiting for answers.</summary>
    /// <param name="Match">The number of the match.</param>
    /// <param name="By">Who ended it: one of the two sides, or who proposed it.</param>
    /// <param name="From">From when it no longer stands.</param>
    /// <param name="Reason">Why.</param>
    [EventType("exchange-match-ended.v1")]
    public sealed record MatchEnded(int Match, string By, EffectiveDate From, string Reason) : ExchangeEvent;
}

using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Exchange;

/// <summary>The needs and offers that were asked for, in order of recording.</summary>
/// <param name="Count">How many there are in all, on all pages.</param>
/// <param name="Next">The id after which the next page starts, or null.</param>
public sealed record ExchangeList(Basis Basis, int Count, IReadOnlyList<ExchangeListItem> Entries, string? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "exchange/1";
}

/// <summary>A need or an offer in a list.</summary>
/// <param name="OpenMatches">How many matches it has that stand or wait for an answer.</param>
public sealed record ExchangeListItem(
    string Id, Direction Direction, string Title, Named Participant, IReadOnlyList<Coded> Natures, IReadOnlyList<LabelledItem> Items, IReadOnlyList<string> Places,
    IReadOnlyList<Coded> Populations, Named Meeting, EffectiveDate EffectiveOn, EffectiveDate? OpenUntil, ExchangeStatus Status, int OpenMatches, long Position);

/// <summary>A need or an offer at a basis, with its matches.</summary>
/// <param name="Version">How many entries it has: the token to change it with.</param>
/// <param name="NotYetMade">It was made known only after the day of the reading.</param>
public sealed record ExchangeView(
    Basis Basis, string Id, long Version, long Position, DateTimeOffset RecordedAt, ExchangeContent Content, Named Participant, IReadOnlyList<Coded> Natures,
    IReadOnlyList<LabelledItem> Items, IReadOnlyList<Coded> Populations, Named Meeting, Named? Source, ExchangeStatus Status, ClosingRow? Closing, bool NotYetMade,
    IReadOnlyList<MatchView> Matches)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "exchange-entry/1";
}

/// <summary>A match, for both of its sides.</summary>
/// <param name="Number">Its number among the need's matches.</param>
/// <param name="Sides">The need's participant, then the offer's.</param>
/// <param name="Waiting">The sides that haven't answered yet, while it waits.</param>
public sealed record MatchView(
    Named Need, Named Offer, int Number, IReadOnlyList<Named> Sides, Named By, EffectiveDate On, string Reason, MatchStatus Status,
    IReadOnlyList<MatchAnswerView> Answers, IReadOnlyList<string> Waiting, MatchEndRow? End, long Position);

/// <summary>A side's answer.</summary>
public sealed record MatchAnswerView(Named Party, MatchAnswer Answer, EffectiveDate On, string Text, string Language, long Position);

/// <summary>Pairs of an open need and an open offer that might fit, the best first.</summary>
/// <param name="Count">How many there are in all.</param>
public sealed record SuggestionList(Basis Basis, int Count, IReadOnlyList<SuggestionView> Suggestions)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "exchange-suggestions/1";
}

/// <summary>A pair that might fit, and why.</summary>
/// <param name="Score">The sum of the reasons' points.</param>
public sealed record SuggestionView(ExchangeListItem Need, ExchangeListItem Offer, int Score, IReadOnlyList<CommonView> Reasons);

/// <summary>One thing that the two have in common, with its label in the reader's language.</summary>
public sealed record CommonView(InCommon Kind, string Code, string Label, int Points);

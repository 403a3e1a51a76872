using System.Text.Json.Serialization;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Exchange;

/// <summary>Which way help is to go.</summary>
[JsonConverter(typeof(KebabEnum<Direction>))]
public enum Direction
{
    /// <summary>The participant asks for something.</summary>
    Need,

    /// <summary>The participant can give something.</summary>
    Offer,
}

/// <summary>Why a need or an offer is no longer open.</summary>
[JsonConverter(typeof(KebabEnum<Closing>))]
public enum Closing
{
    /// <summary>What was asked for was received, or what was offered was given.</summary>
    Met,

    /// <summary>The participant took it back.</summary>
    Withdrawn,

    /// <summary>It came to nothing, and nobody expects more of it.</summary>
    Lapsed,
}

/// <summary>What one side makes of a proposed match.</summary>
[JsonConverter(typeof(KebabEnum<MatchAnswer>))]
public enum MatchAnswer
{
    /// <summary>This side agrees. The match stands once the other side agrees as well.</summary>
    Accepted,

    /// <summary>This side doesn't agree, and the match is over.</summary>
    Declined,
}

/// <summary>What a participant needs, or offers, with regard to the health and the rights of migrants.</summary>
/// <param name="Direction">A need or an offer. It can't be changed.</param>
/// <param name="Participant">Whose need or offer it is: a participant's code. It can't be changed.</param>
/// <param name="Title">By language (BCP 47); English or Spanish at least, the working languages of the RCM.</param>
/// <param name="Description">Plain language, by language; English or Spanish at least.</param>
/// <param name="Natures">What sort of help it is: codes of <c>list-nature</c>.</param>
/// <param name="Items">The framework items that it is about.</param>
/// <param name="Places">Countries (ISO 3166-1 alpha-3) and regions where the help is needed or can be given.</param>
/// <param name="Populations">Whom it is for: codes of <c>list-population</c>.</param>
/// <param name="Meeting">The meeting at which it was made known. Its series and year are part of the public id.</param>
/// <param name="EffectiveOn">When it was made known.</param>
/// <param name="OpenUntil">The last day on which it is open; null where none is set.</param>
/// <param name="Pledge">The pledge that it comes from, by its public id, if any.</param>
/// <param name="Initiative">The initiative that it comes from, by its public id, if any.</param>
/// <param name="Amount">How much money, where it is about money.</param>
/// <param name="Source">Where it was said, in a registered source.</param>
public sealed record ExchangeContent(
    Direction Direction,
    string Participant,
    Texts Title,
    Texts Description,
    IReadOnlyList<string> Natures,
    IReadOnlyList<ItemRef> Items,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Populations,
    string Meeting,
    EffectiveDate EffectiveOn,
    EffectiveDate? OpenUntil,
    string? Pledge,
    string? Initiative,
    Amount? Amount,
    SourcePlace? Source);

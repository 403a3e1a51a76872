using System.Text.Json.Serialization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;

namespace PledgeRegistry.Projections.Exchange;

/// <summary>What a need and an offer have in common. The points say how much each weighs, and nothing more than that.</summary>
[JsonConverter(typeof(KebabEnum<InCommon>))]
public enum InCommon
{
    /// <summary>Both are about the same framework item: 4 points.</summary>
    Item,

    /// <summary>One is about an item, the other about a part of that item: 3 points.</summary>
    PartOfItem,

    /// <summary>Both are of the same nature: 2 points.</summary>
    Nature,

    /// <summary>Both are for the same place: 2 points.</summary>
    Place,

    /// <summary>Both are for the same people: 1 point.</summary>
    Population,
}

/// <summary>One thing that a need and an offer have in common.</summary>
/// <param name="Code">The item's, nature's, place's or population's code.</param>
/// <param name="Framework">The framework version that an item is of; null for what is no item.</param>
public sealed record Common(InCommon Kind, string Code, int Points, string? Framework = null);

/// <summary>A need and an offer that might fit, and why.</summary>
/// <param name="Score">The sum of the points.</param>
public sealed record Suggestion(ExchangeRow Need, ExchangeRow Offer, int Score, IReadOnlyList<Common> Reasons);

/// <summary>
/// Open needs held against open offers of other participants. A pure function: nothing is learned, nothing hidden; a pair
/// that has a match already, or had one that was declined, isn't suggested again.
/// </summary>
public static class Suggestions
{
    private static readonly Dictionary<InCommon, int> Weights = new()
    {
        [InCommon.Item] = 4,
        [InCommon.PartOfItem] = 3,
        [InCommon.Nature] = 2,
        [InCommon.Place] = 2,
        [InCommon.Population] = 1,
    };

    /// <param name="entries">Needs and offers, with the matches of the needs.</param>
    /// <param name="isUnder">True if an item is the one of a code, or a part of it.</param>
    /// <returns>The best first; equals by the ids of need and offer.</returns>
    public static IEnumerable<Suggestion> Of(IEnumerable<ExchangeRow> entries, DateOnly on, Func<ItemRef, string, bool> isUnder)
    {
        var open = entries.Where(e => e.StatusOn(on) == ExchangeStatus.Open).ToArray();
        var offers = open.Where(e => e.Content.Direction == Direction.Offer).ToArray();
        return open.Where(e => e.Content.Direction == Direction.Need)
            .SelectMany(need => offers
                .Where(offer => offer.Content.Participant != need.Content.Participant && !need.Matches.Any(m => m.Offer == offer.Id && m.MadeBy(on) && m.StatusOn(on) != MatchStatus.Ended))
                .Select(offer => Held(need, offer, isUnder)))
            .Where(s => s.Score > 0)
            .OrderByDescending(s => s.Score).ThenBy(s => s.Need.Id, StringComparer.Ordinal).ThenBy(s => s.Offer.Id, StringComparer.Ordinal);
    }

    private static Suggestion Held(ExchangeRow need, ExchangeRow offer, Func<ItemRef, string, bool> isUnder)
    {
        var (n, o) = (need.Content, offer.Content);
        Common[] reasons =
        [
            .. n.Items.Intersect(o.Items).Select(i => new Common(InCommon.Item, i.Item, Weights[InCommon.Item], i.Framework)),
            // An item that is shared as it is counts once, not with its parts as well.
            .. n.Items.Except(o.Items).Where(i => o.Items.Except(n.Items).Any(other => Related(i, other, isUnder)))
                .Select(i => new Common(InCommon.PartOfItem, i.Item, Weights[InCommon.PartOfItem], i.Framework)),
            .. n.Natures.Intersect(o.Natures).Select(c => new Common(InCommon.Nature, c, Weights[InCommon.Nature])),
            .. n.Places.Intersect(o.Places, StringComparer.OrdinalIgnoreCase).Select(c => new Common(InCommon.Place, c, Weights[InCommon.Place])),
            .. n.Populations.Intersect(o.Populations).Select(c => new Common(InCommon.Population, c, Weights[InCommon.Population])),
        ];
        return new Suggestion(need, offer, reasons.Sum(r => r.Points), reasons);
    }

    private static bool Related(ItemRef one, ItemRef other, Func<ItemRef, string, bool> isUnder) =>
        one.Framework == other.Framework && (isUnder(one, other.Item) || isUnder(other, one.Item));
}

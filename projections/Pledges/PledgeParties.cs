using System.Text.Json.Serialization;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>What a party did about a common pledge, other than reporting.</summary>
[JsonConverter(typeof(KebabEnum<PartyDid>))]
public enum PartyDid
{
    /// <summary>It was asked to accept.</summary>
    WasInvited,

    /// <summary>It accepted, and owes from then on.</summary>
    Accepted,

    /// <summary>It was asked, and doesn't accept.</summary>
    Declined,

    /// <summary>It owes no longer.</summary>
    Left,
}

/// <summary>An act of a party, or for an invitation, about it.</summary>
/// <param name="Text">What it said, or why; in <paramref name="Language"/> where that is known.</param>
public sealed record PartyAct(string Party, PartyDid Did, EffectiveDate On, string? Text, string? Language, SourcePlace? Source, long Position)
{
    /// <summary>An act with a coarse date holds from its last day.</summary>
    public DateOnly HoldsFrom => On.Last();
}

/// <summary>A share that a party declared.</summary>
public sealed record ShareRow(string Party, Share Share, EffectiveDate From, string? Reason, long Position);

/// <summary>Each party's own part, on a day. No party's act changes another's.</summary>
public static class PledgeParties
{
    /// <summary>Who owes it itself on that day.</summary>
    public static IEnumerable<string> OwingOn(this PledgeRow pledge, DateOnly on) => pledge.Acts.IsEmpty
        ? pledge.Owing
        : pledge.Owing.Concat(pledge.Acts.Select(a => a.Party)).Distinct().Where(party => pledge.OwesItself(party, on));

    public static bool OwesItself(this PledgeRow pledge, string party, DateOnly on) => pledge.OwesSince(party, on) is not null;

    /// <summary>Since when a party owes it on that day; <see cref="DateOnly.MinValue"/> for who accepted when it was made, null for who doesn't owe it.</summary>
    public static DateOnly? OwesSince(this PledgeRow pledge, string party, DateOnly on)
    {
        DateOnly? since = pledge.Owing.Contains(party) ? DateOnly.MinValue : null;
        DateOnly? found = null;
        foreach (var act in pledge.Acts.Where(a => a.Party == party && (a.Did is PartyDid.Accepted or PartyDid.Left)))
        {
            // Until it came or left it owed from the start, or from its last acceptance; or it didn't, by the record as it stands now.
            found = since <= on && on < act.HoldsFrom ? since : found;
            since = act.Did == PartyDid.Accepted ? act.HoldsFrom : null;
        }
        return found ?? (since is { } open && open <= on ? open : null);
    }

    /// <summary>The share that a party's latest declaration gives it on that day, or null.</summary>
    public static ShareRow? ShareOf(this PledgeRow pledge, string party, DateOnly on) => pledge.Shares
        .Where(s => s.Party == party && s.From.Last() <= on)
        .MaxBy(s => (s.From.Last(), s.Position));

    /// <summary>The parties that don't owe it themselves on that day but were invited, declined or left: each with what it did last.</summary>
    public static IEnumerable<PartyAct> OthersOn(this PledgeRow pledge, DateOnly on) => pledge.Acts
        .Where(a => a.HoldsFrom <= on)
        .GroupBy(a => a.Party)
        .Where(g => !pledge.OwesItself(g.Key, on))
        .Select(g => g.Last())
        .Where(a => a.Did != PartyDid.Accepted);
}

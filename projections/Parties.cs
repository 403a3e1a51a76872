using System.Text.Json.Serialization;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections;

/// <summary>What a participant's part in a pledge is.</summary>
[JsonConverter(typeof(KebabEnum<Part>))]
public enum Part
{
    /// <summary>It accepted, and so owes.</summary>
    Owes,

    /// <summary>A collective it is a member of owes: the collective's promise, never its own.</summary>
    OwesAsMember,

    /// <summary>It was asked; it owes nothing.</summary>
    Asked,

    /// <summary>A collective it is a member of was asked.</summary>
    AskedAsMember,

    /// <summary>It said it, or decided it, about others.</summary>
    Said,

    /// <summary>It was invited to accept a common pledge, and hasn't answered; it owes nothing.</summary>
    Invited,

    /// <summary>It was invited, and doesn't accept.</summary>
    Declined,

    /// <summary>It owed it, and left.</summary>
    Left,
}

/// <summary>One participant's part in one pledge, on a day.</summary>
/// <param name="Collective">The collective through which it has it, or null.</param>
public sealed record PartIn(string Participant, Part Part, string? Collective);

/// <summary>Who has what part in a pledge: the one place where collectives resolve to their members for views.</summary>
public sealed class Parties(ParticipantTimelines participants, Reading reading)
{
    // One reading has few collectives and many pledges.
    private readonly Dictionary<string, string[]> members = new(StringComparer.Ordinal);

    /// <summary>Every part that anybody has in a pledge, on the day of the reading.</summary>
    public IEnumerable<PartIn> In(PledgeRow pledge, PledgeContent content)
    {
        string[] owing = [.. pledge.OwingOn(reading.On)];
        PartyAct[] others = [.. pledge.OthersOn(reading.On)];
        // An addressee that accepts is no longer only asked, and one that was invited has that answer to give: one part for each.
        string[] asked = [.. content.Addressees.Except(owing).Except(others.Select(o => o.Party))];
        foreach (var part in Through(owing, Part.Owes, Part.OwesAsMember).Concat(Through(asked, Part.Asked, Part.AskedAsMember)))
        {
            yield return part;
        }
        foreach (var act in others)
        {
            yield return new PartIn(act.Party, act.Did switch { PartyDid.WasInvited => Part.Invited, PartyDid.Declined => Part.Declined, _ => Part.Left }, null);
        }
        // What a party that left had said was about itself.
        foreach (var code in content.By.Except(owing).Except(others.Where(o => o.Did == PartyDid.Left).Select(o => o.Party)))
        {
            yield return new PartIn(code, Part.Said, null);
        }
    }

    /// <summary>True if a participant is this one, or a member of this collective on the day of the reading.</summary>
    public bool Includes(string code, string participant) => code == participant || MembersOf(code).Contains(participant);

    private IEnumerable<PartIn> Through(IReadOnlyCollection<string> codes, Part own, Part asMember)
    {
        foreach (var code in codes)
        {
            yield return new PartIn(code, own, null);
        }
        // A member that is named itself has its own part already.
        var seen = codes.ToHashSet(StringComparer.Ordinal);
        foreach (var collective in codes)
        {
            foreach (var member in MembersOf(collective))
            {
                if (seen.Add(member))
                {
                    yield return new PartIn(member, asMember, collective);
                }
            }
        }
    }

    private string[] MembersOf(string code)
    {
        if (!members.TryGetValue(code, out var codes))
        {
            members.Add(code, codes = [.. participants.MembersOf(code, reading).Select(m => m.Code)]);
        }
        return codes;
    }
}

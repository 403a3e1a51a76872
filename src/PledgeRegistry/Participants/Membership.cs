using PledgeRegistry.Writing;

namespace PledgeRegistry.Participants;

/// <summary>Collectives resolve to their members at a date.</summary>
public static class Membership
{
    /// <summary>True if a party is one of these, or a member of a collective among them on that day.</summary>
    public static bool Includes(this RegistryState head, IEnumerable<string> codes, string party, DateOnly on) =>
        codes.Any(code => code == party || head.IsMember(code, party, on));

    public static bool IsMember(this RegistryState head, string collective, string party, DateOnly on) =>
        head.Participants.GetValueOrDefault(collective) is { IsCollective: true } c
        && ((c.Members.TryGetValue(party, out var spans) && spans.Exists(s => s.Holds(on)))
            || (head.Participants.GetValueOrDefault(party) is { } p && c.MembersByRole.Any(r => p.HasRole(r, on))));
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Participants;

/// <summary>Membership of a collective by role: whoever has this role in this scope is a member.</summary>
public sealed record RoleIn(string Role, string Scope);

/// <summary>What can happen to a participant. Stored for ever: add a case, never edit one.</summary>
public abstract record ParticipantEvent : IEvent
{
    private ParticipantEvent() { }

    /// <summary>It was registered.</summary>
    /// <param name="Type">A code of <c>list-participant-type</c>.</param>
    /// <param name="NameInSource">Its name as the source wrote it, where that differs.</param>
    /// <param name="Source">Where the facts are from.</param>
    /// <param name="MembersByRole">For a collective: its members are those with these roles.</param>
    [EventType("participant-registered.v1")]
    public sealed record Registered(string Type, Texts Names, string? NameInSource, string Source, IReadOnlyList<RoleIn> MembersByRole) : ParticipantEvent;

    [EventType("participant-renamed.v1")]
    public sealed record Renamed(Texts Names, string Reason, string Source) : ParticipantEvent;

    /// <summary>It has a role in a scope (a series, or a meeting) from a date; without one, since before anything is known.</summary>
    [EventType("participant-role-started.v1")]
    public sealed record RoleStarted(string Role, string Scope, EffectiveDate? From, string Source) : ParticipantEvent;

    /// <summary>The first day without the role is the first day of <paramref name="Until"/>.</summary>
    [EventType("participant-role-ended.v1")]
    public sealed record RoleEnded(string Role, string Scope, EffectiveDate Until, string Reason, string Source) : ParticipantEvent;

    /// <summary>To a collective: this participant is a member from a date.</summary>
    [EventType("participant-member-joined.v1")]
    public sealed record MemberJoined(string Member, EffectiveDate? From, string Source) : ParticipantEvent;

    /// <summary>To a collective: the first day without this member is the first day of <paramref name="Until"/>.</summary>
    [EventType("participant-member-left.v1")]
    public sealed record MemberLeft(string Member, EffectiveDate Until, string Reason, string Source) : ParticipantEvent;
}

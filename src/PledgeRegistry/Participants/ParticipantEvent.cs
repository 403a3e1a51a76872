using PledgeRegistry.Log;

namespace PledgeRegistry.Participants;

/// <summary>Membership of a collective by role: whoever has this role in this scope is a member.</summary>
/// <param name="Role">A code of <c>list-participant-role</c>.</param>
/// <param name="Scope">The code of a series, or the id of a meeting.</param>
public sealed record RoleIn(string Role, string Scope);

/// <summary>What can happen to a participant. Stored for ever: add a case, never edit one.</summary>
public abstract record ParticipantEvent : IEvent
{
    private ParticipantEvent() { }

    /// <summary>It was registered.</summary>
    /// <param name="Type">A code of <c>list-participant-type</c>.</param>
    /// <param name="Names">Its name by language (BCP 47), as the UN has it.</param>
    /// <param name="NameInSource">Its name as the source wrote it, where that differs.</param>
    /// <param name="Source">Where the facts are from.</param>
    /// <param name="MembersByRole">For a collective: its members are those with these roles.</param>
    [EventType("participant-registered.v1")]
    public sealed record Registered(string Type, Texts Names, string? NameInSource, string Source, IReadOnlyList<RoleIn> MembersByRole) : ParticipantEvent;

    /// <summary>It has new names; the old ones stay readable.</summary>
    /// <param name="Names">All of its names by language (BCP 47).</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Source">Where the names are from.</param>
    [EventType("participant-renamed.v1")]
    public sealed record Renamed(Texts Names, string Reason, string Source) : ParticipantEvent;

    /// <summary>It has a role in a scope (a series, or a meeting) from a date; without one, since before anything is known.</summary>
    /// <param name="Role">A code of <c>list-participant-role</c>.</param>
    /// <param name="Scope">The code of the series, or the id of the meeting, in which it has the role.</param>
    /// <param name="From">The first day with the role; null where it had it since before anything is known.</param>
    /// <param name="Source">Where the fact is from.</param>
    [EventType("participant-role-started.v1")]
    public sealed record RoleStarted(string Role, string Scope, EffectiveDate? From, string Source) : ParticipantEvent;

    /// <summary>The first day without the role is the first day of <paramref name="Until"/>.</summary>
    /// <param name="Role">A code of <c>list-participant-role</c>.</param>
    /// <param name="Scope">The code of the series, or the id of the meeting, in which it had the role.</param>
    /// <param name="Until">The first day without the role.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Source">Where the fact is from.</param>
    [EventType("participant-role-ended.v1")]
    public sealed record RoleEnded(string Role, string Scope, EffectiveDate Until, string Reason, string Source) : ParticipantEvent;

    /// <summary>To a collective: this participant is a member from a date.</summary>
    /// <param name="Member">The code of the participant that is a member.</param>
    /// <param name="From">The first day as a member; null where it was one since before anything is known.</param>
    /// <param name="Source">Where the fact is from.</param>
    [EventType("participant-member-joined.v1")]
    public sealed record MemberJoined(string Member, EffectiveDate? From, string Source) : ParticipantEvent;

    /// <summary>To a collective: the first day without this member is the first day of <paramref name="Until"/>.</summary>
    /// <param name="Member">The code of the participant that was a member.</param>
    /// <param name="Until">The first day without it.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Source">Where the fact is from.</param>
    [EventType("participant-member-left.v1")]
    public sealed record MemberLeft(string Member, EffectiveDate Until, string Reason, string Source) : ParticipantEvent;

    /// <summary>Somebody was appointed to act for it.</summary>
    /// <param name="Actor">A random id (<see cref="ActorId"/>); who it is stands outside the log.</param>
    /// <param name="Role">What the actor may do.</param>
    /// <param name="Scope">Where: this participant's code (focal point, deputy), a series' code (secretariat, reviewer), or <c>registry</c>.</param>
    /// <param name="From">It holds from the first day of this.</param>
    /// <param name="Until">The first day of this is the first without it; null: open.</param>
    [EventType("participant-actor-appointed.v1")]
    public sealed record ActorAppointed(string Actor, ActorRole Role, string Scope, EffectiveDate From, EffectiveDate? Until) : ParticipantEvent;

    /// <summary>An appointment ended.</summary>
    /// <param name="Actor">Whose it was.</param>
    /// <param name="Role">In what role.</param>
    /// <param name="Scope">Where.</param>
    /// <param name="Until">The first day of this is the first without it.</param>
    /// <param name="Reason">Why, without a word on the person.</param>
    [EventType("participant-appointment-ended.v1")]
    public sealed record AppointmentEnded(string Actor, ActorRole Role, string Scope, EffectiveDate Until, string Reason) : ParticipantEvent;

    /// <summary>One actor handed all that it was appointed for over to another. What the former recorded stays the former's.</summary>
    /// <param name="From">The former actor's id.</param>
    /// <param name="To">The new actor's id.</param>
    /// <param name="On">The first day of this is the former's first without it, and the other's first with it.</param>
    /// <param name="Reason">Why, without a word on the persons.</param>
    [EventType("participant-handed-over.v1")]
    public sealed record HandedOver(string From, string To, EffectiveDate On, string Reason) : ParticipantEvent;

    /// <summary>Whether what is recorded for it needs a second person's clearance, from now on.</summary>
    /// <param name="Required">True: needed.</param>
    /// <param name="Reason">Why.</param>
    [EventType("participant-clearance-set.v1")]
    public sealed record ClearanceSet(bool Required, string Reason) : ParticipantEvent;
}

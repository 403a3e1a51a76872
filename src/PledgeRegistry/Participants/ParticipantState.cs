using System.Collections.Immutable;

namespace PledgeRegistry.Participants;

/// <summary>A span of days from <paramref name="From"/> (null: since before anything is known) to before <paramref name="Until"/> (null: open).</summary>
public sealed record Span(DateOnly? From, DateOnly? Until)
{
    public bool Holds(DateOnly on) => (From is not { } from || from <= on) && (Until is not { } until || on < until);
}

/// <summary>An actor's appointment in a role, from a day to before another (null: open).</summary>
public sealed record Appointment(string Actor, ActorRole Role, string Scope, DateOnly From, DateOnly? Until)
{
    public bool Is(string actor, ActorRole role, string scope) => Actor == actor && Role == role && Scope == scope;

    public bool Holds(DateOnly on) => From <= on && OpenOn(on);

    /// <summary>True if it hasn't ended by a day; it may not have begun.</summary>
    public bool OpenOn(DateOnly on) => Until is not { } until || on < until;

    /// <summary>The appointments after one more event about them.</summary>
    public static ImmutableList<Appointment> Evolve(ImmutableList<Appointment> all, ParticipantEvent happened)
    {
        switch (happened)
        {
            case ParticipantEvent.ActorAppointed e:
                return all.Add(new Appointment(e.Actor, e.Role, e.Scope, e.From.First(), e.Until?.First()));
            case ParticipantEvent.AppointmentEnded e:
                var index = all.FindLastIndex(a => a.Is(e.Actor, e.Role, e.Scope));
                return all.SetItem(index, all[index] with { Until = e.Until.First() });
            case ParticipantEvent.HandedOver e:
                var day = e.On.First();
                return [.. all.Select(a => a.Actor == e.From && a.OpenOn(day) ? a with { Until = day } : a),
                    .. all.Where(a => a.Actor == e.From && a.OpenOn(day)).Select(a => a with { Actor = e.To, From = day })];
            default:
                throw new InvalidOperationException($"{happened.GetType()} says nothing of appointments.");
        }
    }
}

/// <summary>What decisions need to know of a participant.</summary>
public sealed record ParticipantState(
    string Type,
    Texts Names,
    IReadOnlyList<RoleIn> MembersByRole,
    ImmutableDictionary<RoleIn, ImmutableList<Span>> Roles,
    ImmutableDictionary<string, ImmutableList<Span>> Members,
    ImmutableList<Appointment> Appointments,
    bool ClearanceRequired)
{
    public bool IsCollective => Type == "collective";

    public bool HasRole(RoleIn role, DateOnly on) => Roles.TryGetValue(role, out var spans) && spans.Exists(s => s.Holds(on));

    public bool HasOpenRole(RoleIn role) => Roles.TryGetValue(role, out var spans) && spans[^1].Until is null;

    public bool HasMember(string member) => Members.TryGetValue(member, out var spans) && spans[^1].Until is null;

    public static ParticipantState Evolve(ParticipantState? participant, ParticipantEvent happened) => happened switch
    {
        ParticipantEvent.Registered e => new(e.Type, e.Names, e.MembersByRole, ImmutableDictionary<RoleIn, ImmutableList<Span>>.Empty, ImmutableDictionary<string, ImmutableList<Span>>.Empty, [], ClearanceRequired: false),
        ParticipantEvent.Renamed e => participant! with { Names = e.Names },
        ParticipantEvent.RoleStarted e => participant! with { Roles = Started(participant.Roles, new RoleIn(e.Role, e.Scope), e.From) },
        ParticipantEvent.RoleEnded e => participant! with { Roles = Ended(participant.Roles, new RoleIn(e.Role, e.Scope), e.Until) },
        ParticipantEvent.MemberJoined e => participant! with { Members = Started(participant.Members, e.Member, e.From) },
        ParticipantEvent.MemberLeft e => participant! with { Members = Ended(participant.Members, e.Member, e.Until) },
        ParticipantEvent.ActorAppointed or ParticipantEvent.AppointmentEnded or ParticipantEvent.HandedOver => participant! with { Appointments = Appointment.Evolve(participant.Appointments, happened) },
        ParticipantEvent.ClearanceSet e => participant! with { ClearanceRequired = e.Required },
        _ => throw new InvalidOperationException($"A participant has no arm for {happened.GetType()}."),
    };

    private static ImmutableDictionary<TKey, ImmutableList<Span>> Started<TKey>(ImmutableDictionary<TKey, ImmutableList<Span>> all, TKey key, EffectiveDate? from)
        where TKey : notnull => all.SetItem(key, all.GetValueOrDefault(key, []).Add(new Span(from?.First(), null)));

    private static ImmutableDictionary<TKey, ImmutableList<Span>> Ended<TKey>(ImmutableDictionary<TKey, ImmutableList<Span>> all, TKey key, EffectiveDate until)
        where TKey : notnull
    {
        var spans = all[key];
        return all.SetItem(key, spans.SetItem(spans.Count - 1, spans[^1] with { Until = until.First() }));
    }
}

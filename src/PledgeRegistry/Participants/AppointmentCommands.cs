using PledgeRegistry.Writing;

namespace PledgeRegistry.Participants;

/// <summary>Appoints an actor for a participant, from a date. Who the actor is stands in the contact directory, outside the log.</summary>
public sealed record AppointActor(string Code, string Actor, ActorRole Role, string Scope, EffectiveDate From, EffectiveDate? Until) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
        new Check(head).Actor(Actor, "actor").OfParticipant(head, Actor, Code, "actor").Appointed(head, Code, Role, Scope)
            .Date(From, "from").OptionalDate(Until, "until")
            .That(From?.IsValid() != true || Until?.IsValid() != true || From.First() < Until.First(), "period-reversed", "It would end before it started.", "until")
            .That(From?.IsValid() != true || !participant.Appointments.Exists(a => a.Is(Actor, Role, Scope) && (a.Until is null || a.Until > From.First())),
                "appointment-open", "This actor is appointed in that role already.", "actor", RefusalKind.Conflict)
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.ActorAppointed(Actor, Role, Scope, From!, Until)));
}

/// <summary>Ends an appointment: the first day of <paramref name="Until"/> is the first without it. One that has an end can be ended earlier.</summary>
public sealed record EndAppointment(string Code, string Actor, ActorRole Role, string Scope, EffectiveDate Until, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
    {
        var last = participant.Appointments.FindLast(a => a.Is(Actor, Role, Scope));
        var open = last is not null && (last.Until is not { } until || Until?.IsValid() != true || Until.First() < until);
        return new Check(head).Actor(Actor, "actor").That(Enum.IsDefined(Role), "unknown-code", "This is no role of an actor.", "role", RefusalKind.Invalid, $"{Role}", "actor-role")
            .Text(Scope, "scope", 60).Date(Until, "until").Text(Reason, "reason")
            .That(open, "appointment-not-open", "This actor isn't appointed in that role, or no longer by then.", "actor", RefusalKind.Conflict)
            .That(last is null || Until?.IsValid() != true || last.From < Until.First(), "period-reversed", "It would end before it started.", "until")
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.AppointmentEnded(Actor, Role, Scope, Until!, Reason));
    });
}

/// <summary>
/// One actor hands everything it is appointed for over to another of the same participant: from the first day of
/// <paramref name="On"/> it is the other's. What the former recorded stays the former's.
/// </summary>
public sealed record HandOver(string Code, string From, string To, EffectiveDate On, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
    {
        var check = new Check(head).Actor(From, "from").Actor(To, "to").OfParticipant(head, To, Code, "to").Date(On, "on").Text(Reason, "reason")
            .That(From != To, "same-actor", "One hands over to somebody else.", "to");
        if (On?.IsValid() == true)
        {
            var day = On.First();
            var held = participant.Appointments.FindAll(a => a.Actor == From && a.OpenOn(day));
            check.That(held.Count > 0, "appointment-not-open", "This actor isn't appointed for this participant, or no longer by then.", "from", RefusalKind.Conflict)
                .That(held.TrueForAll(a => a.From < day), "period-reversed", "It would end before it started.", "on")
                // With what else its colleague is appointed for, only an administrator deals.
                .That(author.Role != ActorRole.FocalPoint.Code() || held.TrueForAll(a => a.Role is ActorRole.FocalPoint or ActorRole.Deputy), "not-yours",
                    "A focal point hands over what focal points and deputies are appointed for, nothing else.", "from", RefusalKind.Forbidden)
                .That(!held.Exists(h => participant.Appointments.Exists(a => a.Is(To, h.Role, h.Scope) && a.OpenOn(day))),
                    "appointment-open", "The other is appointed in that role already. End the one appointment instead.", "to", RefusalKind.Conflict);
        }
        return check.Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.HandedOver(From, To, On!, Reason));
    });
}

/// <summary>Sets whether what is recorded for a participant needs a second person's clearance.</summary>
public sealed record SetClearance(string Code, bool Required, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
        new Check(head).Text(Reason, "reason").Refusal
        ?? (participant.ClearanceRequired == Required ? Decision.NothingToDo : ParticipantRules.Accept(Code, new ParticipantEvent.ClearanceSet(Required, Reason))));
}

internal static class AppointmentRules
{
    public static Check Actor(this Check check, string? actor, string field) =>
        check.That(ActorId.IsOne(actor), "not-an-actor", "An actor's id is a- and 26 to 52 letters a to z and digits 2 to 7. The contact directory makes one.", field);

    public static Check OfParticipant(this Check check, RegistryState head, string? actor, string code, string field) => check.That(
        !head.Actors.TryGetValue(actor ?? "", out var of) || of == code, "actor-elsewhere",
        "This actor acts for another participant. A person has an id for each participant.", field, RefusalKind.Conflict);

    /// <summary>The scope that goes with the role: the participant itself, a series, or the registry.</summary>
    public static Check Appointed(this Check check, RegistryState head, string code, ActorRole role, string? scope)
    {
        check.That(Enum.IsDefined(role), "unknown-code", "This is no role of an actor.", "role", RefusalKind.Invalid, $"{role}", "actor-role").Text(scope, "scope", 60);
        return role switch
        {
            ActorRole.FocalPoint or ActorRole.Deputy => check.That(scope == code, "wrong-scope", $"The scope of this role is the participant: '{code}'.", "scope", RefusalKind.Invalid, code),
            ActorRole.Secretariat or ActorRole.Reviewer => check.That(head.Series.ContainsKey(scope ?? ""), "unknown-series", $"There is no series '{scope}'.", "scope", RefusalKind.Invalid, scope ?? ""),
            _ => check.That(scope == ActorId.Registry, "wrong-scope", $"The scope of this role is '{ActorId.Registry}'.", "scope", RefusalKind.Invalid, ActorId.Registry),
        };
    }
}

using PledgeRegistry.Participants;

namespace PledgeRegistry.Writing;

/// <summary>
/// Who may record what: the one place where it is decided, by the writer, against the state at the head and the day on which
/// it would be recorded. So an appointment that ended while a command waited fails that command.
/// </summary>
public static class Authority
{
    /// <summary>What a command's wish becomes, with who asks for it: refused, or decided, and with the clearance that was given.</summary>
    /// <param name="today">The day (UTC) on which it would be recorded.</param>
    public static Decision Decide(RegistryState head, ICommand command, Author author, DateOnly today)
    {
        if (Refusal(head, command, author, today) is { } refusal)
        {
            return Decision.Refuse(refusal);
        }
        var decision = command.Decide(head, author);
        if (decision is not Decision.Accepted accepted)
        {
            return decision;
        }
        // What a command is about may be unknown, and then it is refused for that; nothing unknown is recorded in a role.
        if (!author.IsOperator && AuthorityTable.Subject(head, command) is null)
        {
            return Decision.Refuse(NotYours());
        }
        return author.ClearedBy is { } by ? accepted with { Events = [.. accepted.Events, new ClearanceEvent.Given(by)] } : accepted;
    }

    /// <summary>The author that an actor is for a command: in the role that lets it, of those that the actor has on a day.</summary>
    /// <param name="onBehalfOf">Null: for a focal point or deputy, its own participant.</param>
    public static Author AuthorFor(RegistryState head, ICommand command, string actor, string? onBehalfOf, string? clearedBy, DateOnly today)
    {
        var authors = Appointments(head, actor, today).OrderBy(a => a.Role)
            .Select(a => new Author(actor, a.Role.Code(), onBehalfOf ?? (IsParticipants(a.Role) ? a.Scope : null), clearedBy)).ToList();
        return authors.Find(a => RoleRefusal(head, command, a, today) is null)
            ?? authors.FirstOrDefault()
            ?? new Author(actor, "none", onBehalfOf, clearedBy);
    }

    /// <summary>The participant that an actor acts for as focal point or deputy on a day, or null.</summary>
    public static string? ParticipantOf(RegistryState head, string actor, DateOnly today) =>
        Appointments(head, actor, today).FirstOrDefault(a => IsParticipants(a.Role))?.Scope;

    /// <summary>What an actor is appointed for on a day.</summary>
    public static IEnumerable<Appointment> Appointments(RegistryState head, string? actor, DateOnly today) =>
        head.Actors.TryGetValue(actor ?? "", out var of)
            ? head.Participants[of].Appointments.Where(a => a.Actor == actor && a.Holds(today))
            : [];

    private static Refusal? Refusal(RegistryState head, ICommand command, Author author, DateOnly today) =>
        (author.IsOperator ? null : RoleRefusal(head, command, author, today))
        ?? (command is RedactEntry ? SecondRefusal(head, author, today) : ClearanceRefusal(head, author, today));

    private static Refusal? RoleRefusal(RegistryState head, ICommand command, Author author, DateOnly today)
    {
        var appointments = Kebab.TryParse(author.Role, out ActorRole role)
            ? Appointments(head, author.Actor, today).Where(a => a.Role == role).ToList()
            : [];
        if (appointments.Count == 0)
        {
            return NotAppointed("Whoever records this isn't appointed in the role acted in, or no longer.", null);
        }
        if (!AuthorityTable.Roles(command).Contains(role))
        {
            return NotYours();
        }
        return AuthorityTable.Subject(head, command) is not { } subject || appointments.Exists(a => Covers(a, subject, author, head.Actors[author.Actor]))
            ? null
            : NotYours();
    }

    private static bool Covers(Appointment appointment, Subject subject, Author author, string own) => appointment.Role switch
    {
        ActorRole.FocalPoint or ActorRole.Deputy =>
            (author.OnBehalfOf is null || author.OnBehalfOf == own) && subject.Parties.Count > 0 && subject.Parties.All(p => p == own),
        // On whose behalf shows in the history, so it is one of those whose command it is.
        ActorRole.Secretariat =>
            (subject.Series is null || subject.Series == appointment.Scope)
            // A view of its own is its own participant's.
            && (subject.ReviewBy is null || subject.Parties.Count > 0 || subject.ReviewBy == own)
            && (subject.Parties.Count == 0 || (author.OnBehalfOf is { } party && subject.Parties.Contains(party))),
        ActorRole.Reviewer => subject.Series == appointment.Scope && (subject.ReviewBy is null || subject.ReviewBy == own),
        ActorRole.Administrator => true,
        _ => false,
    };

    private static Refusal? ClearanceRefusal(RegistryState head, Author author, DateOnly today)
    {
        var mayNeedIt = author.IsOperator || (Kebab.TryParse(author.Role, out ActorRole role) && IsParticipants(role));
        var party = author.OnBehalfOf ?? (author.IsOperator ? null : head.Actors.GetValueOrDefault(author.Actor));
        if (author.ClearedBy is not { } by)
        {
            return mayNeedIt && party is not null && head.Participants.GetValueOrDefault(party) is { ClearanceRequired: true }
                ? new Refusal("clearance-needed", $"'{party}' has a second person clear what is recorded for it. Have it cleared first.", "clearedBy", RefusalKind.Forbidden, party)
                : null;
        }
        return by == author.Actor ? OwnClearance()
            : party is not null && ParticipantOf(head, by, today) == party ? null
            : NotAppointed("Whoever cleared this isn't a focal point or deputy of the participant acted for, or no longer.", "clearedBy");
    }

    /// <summary>What nobody does alone: an administrator other than who records it clears it.</summary>
    private static Refusal? SecondRefusal(RegistryState head, Author author, DateOnly today) =>
        author.ClearedBy is not { } by ? new Refusal("second-needed", "Nobody withholds anything alone. Have an administrator clear it.", "clearedBy", RefusalKind.Forbidden)
        : by == author.Actor ? OwnClearance()
        : Appointments(head, by, today).Any(a => a.Role == ActorRole.Administrator) ? null
        : NotAppointed("Whoever cleared this isn't an administrator, or no longer.", "clearedBy");

    private static Refusal OwnClearance() => new("clearance-own", "Somebody else than who records this clears it.", "clearedBy", RefusalKind.Forbidden);

    private static bool IsParticipants(ActorRole role) => role is ActorRole.FocalPoint or ActorRole.Deputy;

    private static Refusal NotAppointed(string message, string? field) => new("not-appointed", message, field, RefusalKind.Forbidden);

    private static Refusal NotYours() => new("not-yours",
        "The role acted in doesn't record this, or not for this participant or series. Name whom you act for, or have somebody do it whose it is.", null, RefusalKind.Forbidden);
}

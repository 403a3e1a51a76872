using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Participants;

/// <summary>A role that a participant has from the start.</summary>
public sealed record RoleStart(string Role, string Scope, EffectiveDate? From, string Source);

/// <summary>A member that a collective has from the start.</summary>
public sealed record MemberStart(string Member, EffectiveDate? From, string Source);

/// <summary>Registers a participant, with the roles and members it is known to have.</summary>
public sealed record RegisterParticipant(
    string Code, string Type, Texts Names, string? NameInSource, string Source,
    IReadOnlyList<RoleIn> MembersByRole, IReadOnlyList<RoleStart> Roles, IReadOnlyList<MemberStart> Members) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var check = new Check(head)
            .That(ParticipantRules.IsCode(Code), "not-a-code", "A participant's code has capital letters, digits and hyphens, and starts with a letter.", "code")
            .That(!head.Participants.ContainsKey(Code ?? ""), "participant-exists", $"'{Code}' is registered already.", "code", RefusalKind.Conflict, Code ?? "")
            .Code(Type, "participant-type", "type").Texts(Names, "names", Check.ShortText).OptionalText(NameInSource, "nameInSource", Check.ShortText).Text(Source, "source", 1000)
            .Once(Roles, r => (r.Role, r.Scope), "roles").Once(Members, m => m.Member, "members")
            .Fits((Roles?.Count ?? 0) + (Members?.Count ?? 0), Roles?.Count > Check.MostParts ? "roles" : "members")
            .That(Type == "collective" || MembersByRole is not { Count: > 0 }, "not-a-collective", "Only a collective has members.", "membersByRole")
            .That(Type == "collective" || Members is not { Count: > 0 }, "not-a-collective", "Only a collective has members.", "members");
        check.Each(MembersByRole, "membersByRole", (r, f) => check.Code(r.Role, "participant-role", $"{f}.role").Id(r.Scope, $"{f}.scope"))
            .Each(Roles, "roles", (r, f) => check.Code(r.Role, "participant-role", $"{f}.role").Id(r.Scope, $"{f}.scope").OptionalDate(r.From, $"{f}.from").Text(r.Source, $"{f}.source", 1000))
            .Each(Members, "members", (m, f) => check.Participant(m.Member, $"{f}.member").OptionalDate(m.From, $"{f}.from").Text(m.Source, $"{f}.source", 1000));
        return check.Refusal ?? Decision.Accept($"participant/{Code}",
        [
            new ParticipantEvent.Registered(Type, Names, NameInSource, Source, MembersByRole!),
            .. Roles!.Select(r => new ParticipantEvent.RoleStarted(r.Role, r.Scope, r.From, r.Source)),
            .. Members!.Select(m => new ParticipantEvent.MemberJoined(m.Member, m.From, m.Source)),
        ]);
    }
}

/// <summary>Gives a participant new names; the old ones stay readable.</summary>
public sealed record RenameParticipant(string Code, Texts Names, string Reason, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
        participant.Names.Equals(Names)
            ? Decision.NothingToDo
            : new Check(head).Texts(Names, "names", Check.ShortText).Text(Reason, "reason").Text(Source, "source", 1000).Refusal
              ?? ParticipantRules.Accept(Code, new ParticipantEvent.Renamed(Names, Reason, Source)));
}

/// <summary>Starts a role in a scope, from a date.</summary>
public sealed record StartRole(string Code, string Role, string Scope, EffectiveDate? From, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
        new Check(head).Code(Role, "participant-role", "role").Id(Scope, "scope").OptionalDate(From, "from").Text(Source, "source", 1000)
            .That(!participant.HasOpenRole(new RoleIn(Role, Scope)), "role-open", $"'{Code}' has the role '{Role}' in '{Scope}' already.", "role", RefusalKind.Conflict, Code, Role ?? "", Scope ?? "")
            .StartsAfter(participant.Roles.GetValueOrDefault(new RoleIn(Role!, Scope!)), From)
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.RoleStarted(Role!, Scope!, From, Source)));
}

/// <summary>Ends a role: the first day of <paramref name="Until"/> is the first without it.</summary>
public sealed record EndRole(string Code, string Role, string Scope, EffectiveDate Until, string Reason, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, participant =>
        new Check(head).Id(Scope, "scope").Date(Until, "until").Text(Reason, "reason").Text(Source, "source", 1000)
            .That(participant.HasOpenRole(new RoleIn(Role!, Scope!)), "role-not-open", $"'{Code}' hasn't the role '{Role}' in '{Scope}'.", "role", RefusalKind.Conflict, Code, Role ?? "", Scope ?? "")
            .Ends(participant.Roles.GetValueOrDefault(new RoleIn(Role!, Scope!)), Until)
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.RoleEnded(Role!, Scope!, Until, Reason, Source)));
}

/// <summary>Adds a member to a collective.</summary>
public sealed record AddMember(string Code, string Member, EffectiveDate? From, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, collective =>
        new Check(head).Participant(Member, "member").OptionalDate(From, "from").Text(Source, "source", 1000)
            .That(collective.IsCollective, "not-a-collective", $"'{Code}' is not a collective.", "code", RefusalKind.Invalid, Code)
            .That(Member != Code, "own-member", "A collective can't be a member of itself.", "member")
            .That(!collective.HasMember(Member ?? ""), "member-open", $"'{Member}' is a member already.", "member", RefusalKind.Conflict, Member ?? "")
            .StartsAfter(collective.Members.GetValueOrDefault(Member ?? ""), From)
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.MemberJoined(Member!, From, Source)));
}

/// <summary>Ends a membership: the first day of <paramref name="Until"/> is the first without it.</summary>
public sealed record RemoveMember(string Code, string Member, EffectiveDate Until, string Reason, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ParticipantRules.Of(head, Code, collective =>
        new Check(head).Date(Until, "until").Text(Reason, "reason").Text(Source, "source", 1000)
            .That(collective.HasMember(Member ?? ""), "member-not-open", $"'{Member}' is not a member.", "member", RefusalKind.Conflict, Member ?? "")
            .Ends(collective.Members.GetValueOrDefault(Member ?? ""), Until)
            .Refusal ?? ParticipantRules.Accept(Code, new ParticipantEvent.MemberLeft(Member!, Until, Reason, Source)));
}

internal static class ParticipantRules
{
    public static bool IsCode(string? code) =>
        code is { Length: >= 2 and <= 40 } && char.IsAsciiLetterUpper(code[0]) && code.All(c => char.IsAsciiLetterUpper(c) || char.IsAsciiDigit(c) || c == '-');

    public static Decision Of(RegistryState head, string code, Func<ParticipantState, Decision> decide) =>
        head.Participants.TryGetValue(code ?? "", out var participant)
            ? decide(participant)
            : Decision.Refuse(new Refusal("unknown-participant", $"No participant has the code '{code}'.", "code", RefusalKind.NotFound, code ?? ""));

    public static Decision Accept(string code, IEvent happened) => Decision.Accept($"participant/{code}", happened);

    public static Check StartsAfter(this Check check, IReadOnlyList<Span>? spans, EffectiveDate? from) => check.That(
        from?.IsValid() == false || spans is not { Count: > 0 } || spans[^1].Until is not { } until || until <= from?.First(),
        "spans-overlap", "It would start before the last time ended. Say from when it holds again.", "from");

    public static Check Ends(this Check check, IReadOnlyList<Span>? spans, EffectiveDate? until) => check.That(
        until?.IsValid() != true || spans is not { Count: > 0 } || spans[^1].From is not { } from || from < until.First(),
        "period-reversed", "It would end before it started.", "until");
}

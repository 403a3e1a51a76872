using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Opens a common pledge for signature: whoever wants may accept it.</summary>
/// <param name="Until">The last day on which they may; null: until it is closed.</param>
public sealed record OpenForSignature(string Id, EffectiveDate From, EffectiveDate? Until, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var opened = new PledgeEvent.OpenedForSignature(From, Until, Reason);
        return pledge.Signature == opened
            ? Decision.NothingToDo
            : new Check(head).Standing(pledge).Common(pledge).Date(From, "from").OptionalDate(Until, "until").Text(Reason, "reason")
                .InOrder(From, Until, "It would be closed before it is opened.", "until").NotBeforeAnnounced(pledge, From, "from")
                .That(pledge.Signature is null, "signature-open", "It is open for signature already; close it first.", null, RefusalKind.Conflict)
                .Refusal ?? PledgeRules.Accept(Id, opened);
    });
}

/// <summary>Closes it: only who is invited may still accept.</summary>
public sealed record CloseForSignature(string Id, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Date(From, "from").Text(Reason, "reason")
            .That(pledge.Signature is not null, "signature-not-open", "It isn't open for signature.", null, RefusalKind.Conflict)
            .InOrder(pledge.Signature?.From, From, "It would be closed before it was opened.", "from")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.ClosedForSignature(From, Reason)));
}

/// <summary>Invites a party to accept a common pledge. It owes nothing until it does.</summary>
public sealed record InviteParty(string Id, string Party, EffectiveDate On, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        pledge.Parties.GetValueOrDefault(Party ?? "") is { Invited: true }
            ? Decision.NothingToDo
            : new Check(head).Standing(pledge).Common(pledge).Participant(Party, "party").Date(On, "on").Text(Reason, "reason").NotBeforeAnnounced(pledge, On, "on")
                .NotYetParty(pledge, Party, On, "party")
                .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.PartyInvited(Party!, On, Reason)));
}

/// <summary>A party accepts a common pledge that it was invited to, or that is open for signature: from then on it owes.</summary>
public sealed record AcceptPledge(string Id, string Party, EffectiveDate From, string? Text, string? Language, SourcePlace? Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var party = pledge.Parties.GetValueOrDefault(Party ?? "", PartyState.None);
        return new Check(head).Standing(pledge).Common(pledge).Participant(Party, "party").Date(From, "from").OptionalText(Text, "text").Source(Source, "source")
            .Spoken(Text, Language).NotBeforeAnnounced(pledge, From, "from").NotYetParty(pledge, Party, From, "party")
            .That(party.Invited || IsOpen(pledge.Signature, From), "not-invited", $"'{Party}' wasn't invited, and the pledge isn't open for signature on that day.", "party", RefusalKind.Conflict, Party ?? "")
            .That(party.Owed.IsEmpty || From?.IsValid() != true || party.Owed[^1].Until is not { } left || left <= From.Last(), "spans-overlap", "It would accept again before it left.", "from")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.PartyAccepted(Party!, From!, Text, Language, Source));
    });

    private static bool IsOpen(PledgeEvent.OpenedForSignature? signature, EffectiveDate? on) =>
        signature is not null && (on?.IsValid() != true || (signature.From.First() <= on.Last() && (signature.Until is not { } until || on.First() <= until.Last())));
}

/// <summary>A party that was invited doesn't accept.</summary>
public sealed record DeclinePledge(string Id, string Party, EffectiveDate On, string Text, string Language) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Participant(Party, "party").Date(On, "on").Text(Text, "text").Language(Language, "language").NotBeforeAnnounced(pledge, On, "on")
            .That(pledge.Parties.GetValueOrDefault(Party ?? "") is { Invited: true }, "not-invited", $"'{Party}' wasn't invited, or has answered.", "party", RefusalKind.Conflict, Party ?? "")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.PartyDeclined(Party!, On, Text, Language)));
}

/// <summary>A party says what its own share of a pledge is. The others' shares stay.</summary>
/// <param name="Reason">Why it changes, where it declared one before.</param>
public sealed record DeclareShare(string Id, string Party, Share Share, EffectiveDate From, string? Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var before = pledge.Parties.GetValueOrDefault(Party ?? "")?.Share;
        var check = new Check(head).Standing(pledge).Participant(Party, "party").Date(From, "from").NotBeforeAnnounced(pledge, From, "from").OptionalText(Reason, "reason");
        if (Share is null)
        {
            check.That(false, "missing", "The share is needed.", "share");
        }
        else
        {
            check.Text(Share.Text, "share.text").Language(Share.Language, "share.language").OptionalText(Share.Lead, "share.lead", Check.ShortText)
                .Due(Share.Due, pledge.Content.AnnouncedOn, "share.due").Amounts(Share.Amounts, "share.amounts")
                .Each(Share.Targets, "share.targets", (target, field) => check.Decimal(target.Value, $"{field}.value").IndicatorOf(pledge.Content, target.Indicator, $"{field}.indicator"))
                .Once(Share.Targets, t => t.Indicator, "share.targets");
        }
        return check.That(From?.IsValid() != true || pledge.OwesItself(Party ?? "", From.Last()), "not-a-party", $"'{Party}' doesn't owe this pledge on that day, so it has no share.", "party", RefusalKind.Invalid, Party ?? "")
            .That(before is null || Reason is not null || (Share is not null && Log.StoredJson.Same(before.Share, Share)), "missing", "Say why the share changes.", "reason")
            .Refusal ?? (before is not null && Log.StoredJson.Same(before.Share, Share!) ? Decision.NothingToDo : PledgeRules.Accept(Id, new PledgeEvent.ShareDeclared(Party!, Share!, From!, Reason)));
    });
}

/// <summary>A party leaves. What it owed until then, and what the others owe, stays.</summary>
public sealed record LeavePledge(string Id, string Party, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Standing(pledge).Participant(Party, "party").Date(From, "from").Text(Reason, "reason").NotBeforeAnnounced(pledge, From, "from")
            .That(From?.IsValid() != true || (pledge.OwesItself(Party ?? "", From.Last()) && IsInLastSpan(pledge, From.Last())), "not-a-party", $"'{Party}' doesn't owe this pledge itself on that day, or has left already.", "party", RefusalKind.Invalid, Party ?? "")
            .That(From?.IsValid() != true || pledge.OwedByOthers(Party, From.Last()), "last-party", "Nobody would owe it any more. Withdraw the pledge instead.", "party", RefusalKind.Conflict)
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.PartyLeft(Party!, From!, Reason)));

    // Who left, if only from a day to come, or came back since, has left an earlier span already; the later one stays.
    private bool IsInLastSpan(PledgeState pledge, DateOnly on) =>
        pledge.Parties.GetValueOrDefault(Party ?? "") is not { Owed: [.., var last] } || (last.Until is null && last.Holds(on));
}

internal static class JointRules
{
    public static Check Common(this Check check, PledgeState pledge) =>
        check.That(pledge.Content is { Type: PledgeType.Common, Kind: not PledgeKind.Recommendation }, "not-common", "Only a common pledge takes more parties. Another party makes a pledge of its own, or the record is corrected.", null, RefusalKind.Conflict);

    public static Check NotYetParty(this Check check, PledgeState pledge, string? party, EffectiveDate? on, string field) =>
        check.That(on?.IsValid() != true || !(pledge.OwesItself(party ?? "", on.Last()) || pledge.Parties.GetValueOrDefault(party ?? "") is { Owed: [.., { Until: null }] }),
            "party-already", $"'{party}' owes this pledge already.", field, RefusalKind.Conflict, party ?? "");

    /// <summary>What was said has a language, and only then.</summary>
    public static Check Spoken(this Check check, string? text, string? language) => text is null
        ? check.That(language is null, "missing", "Fill in what was said, or leave its language out.", "text")
        : check.Language(language, "language");

    /// <summary>On that day and on any later one somebody else owes it.</summary>
    public static bool OwedByOthers(this PledgeState pledge, string? party, DateOnly from) =>
        pledge.Parties.Values.SelectMany(p => p.Owed).Select(s => s.Until ?? from).Append(from).Where(day => day >= from)
            .All(day => pledge.OwingOn(day).Any(p => p != party));
}

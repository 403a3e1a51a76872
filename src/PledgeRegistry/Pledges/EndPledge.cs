using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Takes a pledge back, from a date on. It stays in every view, marked.</summary>
public sealed record WithdrawPledge(string Id, long ExpectedVersion, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, From, Reason,
        pledge => pledge.Ending is { Kind: EndingKind.Withdrawn }, (check, _) => check, () => new PledgeEvent.Withdrawn(From, Reason));
}

/// <summary>Another pledge takes this one's place, from a date on.</summary>
/// <param name="By">The id of that pledge.</param>
public sealed record SupersedePledge(string Id, long ExpectedVersion, string By, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, From, Reason,
        pledge => pledge.Ending is { Kind: EndingKind.Superseded, Continues: [var by] } && by == By,
        (check, _) => check.Continues(head, Id, By, "by"), () => new PledgeEvent.Superseded(By, From, Reason));
}

/// <summary>Closes a pledge that was done: no more reports are expected.</summary>
public sealed record CompletePledge(string Id, long ExpectedVersion, EffectiveDate From, string Reason, IReadOnlyList<Evidence> Evidence) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, From, Reason,
        pledge => pledge.Ending is { Kind: EndingKind.Completed },
        (check, pledge) => check.Evidence(Evidence, "evidence").Done(pledge, From), () => new PledgeEvent.Completed(From, Reason, Evidence));
}

/// <summary>Marks a record as another record of the same promise. Its id keeps working.</summary>
/// <param name="Of">The id of the record that stays.</param>
public sealed record MarkDuplicate(string Id, long ExpectedVersion, string Of, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, null, Reason,
        pledge => pledge.Ending is { Kind: EndingKind.Duplicate, Continues: [var of] } && of == Of,
        (check, _) => check.Continues(head, Id, Of, "of"), () => new PledgeEvent.MarkedDuplicate(Of, Reason), dated: false);
}

/// <summary>A pledge goes on as several, which are recorded first.</summary>
public sealed record SplitPledge(string Id, long ExpectedVersion, IReadOnlyList<string> Into, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, From, Reason,
        pledge => Into is not null && pledge.Ending is { Kind: EndingKind.Split, Continues: var into } && into.SequenceEqual(Into),
        (check, _) => check.Each(Into, "into", (into, field) => check.Continues(head, Id, into, field))
            .That(Into is null or { Count: >= 2 }, "too-few", "A pledge is split into two at least.", "into"),
        () => new PledgeEvent.Split(Into, From, Reason));
}

/// <summary>A pledge goes on in another one, together with others that are merged into it.</summary>
public sealed record MergePledge(string Id, long ExpectedVersion, string Into, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => EndingRules.End(head, Id, ExpectedVersion, From, Reason,
        pledge => pledge.Ending is { Kind: EndingKind.Merged, Continues: [var into] } && into == Into,
        (check, _) => check.Continues(head, Id, Into, "into"), () => new PledgeEvent.Merged(Into, From, Reason));
}

/// <summary>What ended a pledge no longer holds: it is followed up again, from a date on.</summary>
public sealed record ReinstatePledge(string Id, long ExpectedVersion, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Version($"pledge/{Id}", ExpectedVersion).Date(From, "from").Text(Reason, "reason")
            .That(pledge.Ending is not null, "pledge-standing", "Nothing ended this pledge.", null, RefusalKind.Conflict)
            .NotBeforeAnnounced(pledge, From, "from")
            .InOrder(pledge.Ending?.From, From, "This is before the day on which it ended.", "from", "before-ended")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.Reinstated(From, Reason)));
}

internal static class EndingRules
{
    public static Decision End(
        RegistryState head, string id, long expectedVersion, EffectiveDate? from, string reason,
        Func<PledgeState, bool> already, Func<Check, PledgeState, Check> more, Func<PledgeEvent> happened, bool dated = true) => PledgeRules.Of(head, id, pledge =>
        already(pledge)
            ? Decision.NothingToDo
            : more((dated ? new Check(head).Date(from, "from") : new Check(head)).Version($"pledge/{id}", expectedVersion).Standing(pledge).Text(reason, "reason").NotBeforeAnnounced(pledge, from, "from"), pledge)
                .Refusal ?? PledgeRules.Accept(id, happened()));

    /// <summary>The pledge that it goes on in is there, and doesn't itself go on in this one.</summary>
    public static Check Continues(this Check check, RegistryState head, string id, string? next, string field) => check
        .That(head.Pledges.ContainsKey(next ?? ""), "unknown-pledge", $"No pledge has the id '{next}'. Record it first.", field, RefusalKind.Invalid, next ?? "")
        .That(next is null || !LeadsTo(head, next, id), "leads-back", $"'{next}' goes on in '{id}' itself.", field, RefusalKind.Conflict, next ?? "", id);

    /// <summary>Whoever owes it itself claims that it is done, or that it was given up; and somebody that it is done.</summary>
    public static Check Done(this Check check, PledgeState pledge, EffectiveDate? from)
    {
        if (from?.IsValid() != true)
        {
            return check;
        }
        var claims = pledge.OwingOn(from.Last()).ToDictionary(p => p, p => pledge.Claimed(p, from.Last()), StringComparer.Ordinal);
        string[] open = [.. claims.Where(c => c.Value is not (ClaimedStatus.Fulfilled or ClaimedStatus.Discontinued)).Select(c => c.Key).Order(StringComparer.Ordinal)];
        return check
            .That(open.Length == 0, "not-fulfilled", $"These don't report it as fulfilled by then: {string.Join(", ", open)}.", null, RefusalKind.Conflict, string.Join(", ", open))
            .That(open.Length > 0 || claims.ContainsValue(ClaimedStatus.Fulfilled), "nobody-fulfilled", "Nobody reports it as fulfilled. A pledge that was given up is withdrawn.", null, RefusalKind.Conflict);
    }

    private static bool LeadsTo(RegistryState head, string from, string to)
    {
        var (seen, waiting) = (new HashSet<string>(StringComparer.Ordinal), new Stack<string>([from]));
        while (waiting.TryPop(out var at))
        {
            if (at == to)
            {
                return true;
            }
            if (seen.Add(at))
            {
                foreach (var next in head.Pledges.GetValueOrDefault(at)?.Ending?.Continues ?? [])
                {
                    waiting.Push(next);
                }
            }
        }
        return false;
    }
}

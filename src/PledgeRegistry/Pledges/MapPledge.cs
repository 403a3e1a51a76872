using PledgeRegistry.Frameworks;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Maps a pledge to a framework's item, with why.</summary>
/// <param name="Main">Whether it is one of the items that matter most: a mark, not a limit.</param>
public sealed record MapPledge(string Id, ItemRef Item, string Reason, bool Main = false) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        Item is not null && pledge.Mappings.ContainsKey(Item)
            ? Decision.NothingToDo
            : new Check(head).Item(Item, "item").Text(Reason, "reason", 2000).Refusal
              ?? PledgeRules.Accept(Id, new PledgeEvent.Mapped(Item!, Reason, PledgeRules.Retrospective(head, pledge.Content, Item!), Main)));
}

/// <summary>Marks a mapping as one of the main ones, or takes the mark off.</summary>
public sealed record MarkMapping(string Id, ItemRef Item, bool Main, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        Item is not null && pledge.Mappings.TryGetValue(Item, out var main) && main == Main
            ? Decision.NothingToDo
            : new Check(head).Mapped(pledge, Item, "item").Text(Reason, "reason", 2000).Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.MappingMarked(Item!, Main, Reason)));
}

/// <summary>Moves a mapping to another item, as when a vocabulary has a new version. That it was there stays readable.</summary>
public sealed record MoveMapping(string Id, ItemRef From, ItemRef To, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Mapped(pledge, From, "from").Item(To, "to").Text(Reason, "reason", 2000)
            .That(To is null || !pledge.Mappings.ContainsKey(To), "mapped-already", $"This pledge is mapped to '{To?.Item}' already; retire the other mapping instead.", "to", RefusalKind.Conflict, To?.Item ?? "")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.MappingMoved(From, To!, Reason, PledgeRules.Retrospective(head, pledge.Content, To!))));
}

/// <summary>Retires a mapping, with why. That it was there stays readable.</summary>
public sealed record RetireMapping(string Id, ItemRef Item, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Text(Reason, "reason", 2000).Mapped(pledge, Item, "item").Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.MappingRetired(Item, Reason)));
}

/// <summary>Contests a mapping, with why. It stands, marked, until somebody answers and retires it.</summary>
public sealed record ContestMapping(string Id, ItemRef Item, string By, string Reason, string Language) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var check = new Check(head).Mapped(pledge, Item, "item").Participant(By, "by").Text(Reason, "reason", 2000).Language(Language, "language");
        if (check.Refusal is { } refusal)
        {
            return refusal;
        }
        return pledge.Contests.Find(c => c.Item == Item && c.By == By && !c.Answered) switch
        {
            null => PledgeRules.Accept(Id, new PledgeEvent.MappingContested(pledge.Contests.Count + 1, Item, By, Reason, Language)),
            { } open when open.Reason == Reason => Decision.NothingToDo,
            _ => Decision.Refuse(new Refusal("contest-open", $"'{By}' contests this mapping already, and waits for an answer.", "item", RefusalKind.Conflict, By)),
        };
    });
}

/// <summary>Answers a contest. Where it is upheld, the mapping is retired with it.</summary>
public sealed record AnswerContest(string Id, int Number, string By, bool Upheld, string Text, string Language) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        if (Number < 1 || Number > pledge.Contests.Count)
        {
            return Decision.Refuse(new Refusal("unknown-contest", $"No mapping of this pledge has a contest {Number}.", "number", RefusalKind.NotFound, $"{Number}"));
        }
        var contest = pledge.Contests[Number - 1];
        var answered = new PledgeEvent.ContestAnswered(Number, By, Upheld, Text, Language);
        return new Check(head).Participant(By, "by").Text(Text, "text", 2000).Language(Language, "language")
            .That(!contest.Answered, "contest-answered", $"Contest {Number} was answered already.", "number", RefusalKind.Conflict, $"{Number}")
            .That(By != contest.By, "own-contest", "Somebody else answers a contest.", "by", RefusalKind.Forbidden)
            .Refusal ?? (Upheld && pledge.Mappings.ContainsKey(contest.Item)
                ? PledgeRules.Accept(Id, answered, new PledgeEvent.MappingRetired(contest.Item, Text))
                : PledgeRules.Accept(Id, answered));
    });
}

internal static class MappingRules
{
    public static Check Mapped(this Check check, PledgeState pledge, ItemRef? item, string field) =>
        check.That(item is not null && pledge.Mappings.ContainsKey(item), "not-mapped", $"This pledge isn't mapped to '{item?.Item}'.", field, RefusalKind.Conflict, item?.Item ?? "");
}

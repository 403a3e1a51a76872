using PledgeRegistry.Frameworks;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Maps a pledge to a framework's item, with why.</summary>
public sealed record MapPledge(string Id, ItemRef Item, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        Item is not null && pledge.Mappings.Contains(Item)
            ? Decision.NothingToDo
            : new Check(head).Item(Item, "item").Text(Reason, "reason", 2000).Refusal
              ?? PledgeRules.Accept(Id, new PledgeEvent.Mapped(Item!, Reason, PledgeRules.Retrospective(head, pledge.Content, Item!))));
}

/// <summary>Retires a mapping, with why. That it was there stays readable.</summary>
public sealed record RetireMapping(string Id, ItemRef Item, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Text(Reason, "reason", 2000)
            .That(Item is not null && pledge.Mappings.Contains(Item), "not-mapped", $"This pledge isn't mapped to '{Item?.Item}'.", "item", RefusalKind.Conflict, Item?.Item ?? "")
            .Refusal ?? PledgeRules.Accept(Id, new PledgeEvent.MappingRetired(Item!, Reason)));
}

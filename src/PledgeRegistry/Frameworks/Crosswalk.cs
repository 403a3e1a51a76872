using System.Text.Json.Serialization;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Frameworks;

/// <summary>What the item that a crosswalk leads to is to the one it starts from: SKOS's mapping relations.</summary>
[JsonConverter(typeof(KebabEnum<CrosswalkRelation>))]
public enum CrosswalkRelation
{
    /// <summary>The same.</summary>
    Exact,

    /// <summary>Nearly the same: one may stand for the other in most uses.</summary>
    Close,

    /// <summary>It takes in more.</summary>
    Broader,

    /// <summary>It takes in less.</summary>
    Narrower,

    /// <summary>About something that has to do with it.</summary>
    Related,
}

/// <summary>What an item of one framework is to an item of another, or of another version of the same.</summary>
public static class CrosswalkRelations
{
    /// <summary>The same relation, read from the other end.</summary>
    public static CrosswalkRelation Backwards(this CrosswalkRelation relation) => relation switch
    {
        CrosswalkRelation.Broader => CrosswalkRelation.Narrower,
        CrosswalkRelation.Narrower => CrosswalkRelation.Broader,
        _ => relation,
    };
}

/// <summary>Adds a crosswalk from an item to another. A version may be closed or out of force: what its items are to others stays to be said.</summary>
public sealed record AddCrosswalk(string Framework, string Code, ItemRef To, CrosswalkRelation Relation, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var from = new ItemRef(Framework ?? "", Code ?? "");
        return new Check(head)
            .CrosswalkFrom(head, Framework, Code)
            .That(CrosswalkRules.IsItem(head, To), "unknown-item", $"No framework '{To?.Framework}' has an item '{To?.Item}'.", "to", RefusalKind.Invalid, To?.Framework ?? "", To?.Item ?? "")
            .That(To != from, "crosswalk-to-itself", "An item is what it is; name another one.", "to")
            .That(Enum.IsDefined(Relation), "unknown-code", "This is no relation.", "relation", RefusalKind.Invalid, $"{Relation}", "crosswalk-relation")
            // Read from the other end, it says the same.
            .That(!CrosswalkRules.Stands(head, from, To) && !CrosswalkRules.Stands(head, To, from), "crosswalk-exists",
                $"There is a crosswalk between '{Code}' and '{To?.Item}' already; retire it first if it is wrong.", "to", RefusalKind.Conflict, Code ?? "", To?.Item ?? "")
            .Text(Source, "source", 1000)
            .Refusal ?? Decision.Accept($"framework/{Framework}", new FrameworkEvent.CrosswalkAdded(Code!, To!, Relation, Source));
    }
}

/// <summary>Retires a crosswalk, with why. That it was there stays readable.</summary>
public sealed record RetireCrosswalk(string Framework, string Code, ItemRef To, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => new Check(head)
        .CrosswalkFrom(head, Framework, Code)
        .That(CrosswalkRules.Stands(head, new ItemRef(Framework ?? "", Code ?? ""), To), "no-crosswalk",
            $"There is no crosswalk from '{Code}' to '{To?.Item}'.", "to", RefusalKind.NotFound, Code ?? "", To?.Item ?? "")
        .Text(Reason, "reason")
        .Refusal ?? Decision.Accept($"framework/{Framework}", new FrameworkEvent.CrosswalkRetired(Code!, To!, Reason));
}

internal static class CrosswalkRules
{
    public static bool IsItem(RegistryState head, ItemRef? item) =>
        item is not null && head.Frameworks.GetValueOrDefault(item.Framework ?? "") is { CodeList: false } framework && framework.Items.Contains(item.Item ?? "");

    public static bool Stands(RegistryState head, ItemRef? from, ItemRef? to) =>
        from is not null && to is not null && head.Frameworks.GetValueOrDefault(from.Framework ?? "")?.Crosswalks.Contains((from.Item ?? "", to)) == true;

    public static Check CrosswalkFrom(this Check check, RegistryState head, string? framework, string? code) => check
        .That(head.Frameworks.ContainsKey(framework ?? ""), "unknown-framework", $"There is no framework '{framework}'.", "framework", RefusalKind.NotFound, framework ?? "")
        .That(!head.Frameworks.ContainsKey(framework ?? "") || IsItem(head, new ItemRef(framework!, code ?? "")), "unknown-item",
            $"'{framework}' has no item '{code}', or is a plain list of codes.", "code", RefusalKind.Invalid, framework ?? "", code ?? "");
}

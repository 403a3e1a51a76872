using PledgeRegistry.Writing;

namespace PledgeRegistry.Frameworks;

/// <summary>Opens a new version of a framework or code list. It counts only once it is closed.</summary>
public sealed record OpenFramework(string Scheme, string Version, Texts Names, string Source, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var id = $"{Scheme}/{Version}";
        return new Check(head)
            .Id(Scheme, "scheme").Id(Version, "version").Texts(Names, "names", Check.ShortText).Text(Source, "source", 1000)
            .Date(ValidFrom, "validFrom").OptionalDate(ValidUntil, "validUntil")
            .InOrder(ValidFrom, ValidUntil, "It would stop being valid before it starts.", "validUntil")
            .That(!head.Frameworks.ContainsKey(id), "framework-exists", $"'{id}' exists. A changed framework is a new version.", "version", RefusalKind.Conflict, id)
            .Refusal ?? Decision.Accept($"framework/{id}", new FrameworkEvent.Opened(Scheme, Version, Names, Source, ValidFrom, ValidUntil, CodeList));
    }
}

/// <summary>Adds an item to a version that is still open; its parent first.</summary>
public sealed record AddFrameworkItem(string Framework, string Code, string? Level, string? Parent, Texts Labels, Texts Descriptions, string? Note) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var check = new Check(head).OpenVersion(head, Framework).Id(Code, "code").OptionalText(Level, "level", 100)
            .OptionalTexts(Labels, "labels", Check.LongText).OptionalTexts(Descriptions, "descriptions", Check.LongText).OptionalText(Note, "note", 2000);
        if (head.Frameworks.GetValueOrDefault(Framework ?? "") is { } framework)
        {
            check.That(!framework.Items.Contains(Code ?? ""), "item-exists", $"'{Framework}' has '{Code}' already.", "code", RefusalKind.Conflict, Code ?? "")
                .That(Parent is null || framework.Items.Contains(Parent), "unknown-item", $"The parent '{Parent}' isn't there; add it first.", "parent", RefusalKind.Invalid, Framework ?? "", Parent ?? "");
        }
        return check.Refusal ?? Decision.Accept($"framework/{Framework}", new FrameworkEvent.ItemAdded(Code!, Level, Parent, Labels, Descriptions, Note));
    }
}

/// <summary>Closes a version: from now on it counts.</summary>
public sealed record CloseFramework(string Framework, int Items) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var has = head.Frameworks.GetValueOrDefault(Framework ?? "")?.Items.Count;
        return new Check(head).OpenVersion(head, Framework)
            .That(has is null || has == Items, "items-missing", $"'{Framework}' has {has} items; {Items} were to be there.", "items", RefusalKind.Invalid, $"{has}", $"{Items}")
            .Refusal ?? Decision.Accept($"framework/{Framework}", new FrameworkEvent.Closed(Items));
    }
}

/// <summary>Takes a version out of force. Nothing new is mapped to it; what was stays readable.</summary>
public sealed record RetireFramework(string Framework, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => head.Frameworks.GetValueOrDefault(Framework ?? "") switch
    {
        null => Decision.Refuse(FrameworkRules.Unknown(Framework)),
        { Retired: true } => Decision.NothingToDo,
        { Closed: false } => Decision.Refuse(new Refusal("framework-open", $"'{Framework}' isn't closed yet.", "framework", RefusalKind.Conflict, Framework!)),
        { ValidFrom: var validFrom } => new Check(head).Date(From, "from").InOrder(validFrom, From, "It would go out of force before it came into it.", "from").Text(Reason, "reason").Refusal
             ?? Decision.Accept($"framework/{Framework}", new FrameworkEvent.Retired(From, Reason)),
    };
}

internal static class FrameworkRules
{
    public static Refusal Unknown(string? framework) =>
        new("unknown-framework", $"There is no framework '{framework}'.", "framework", RefusalKind.NotFound, framework ?? "");

    public static Check OpenVersion(this Check check, RegistryState head, string? framework)
    {
        var state = head.Frameworks.GetValueOrDefault(framework ?? "");
        return check
            .That(state is not null, "unknown-framework", $"There is no framework '{framework}'; open it first.", "framework", RefusalKind.NotFound, framework ?? "")
            .That(state is not { Closed: true }, "framework-closed", $"'{framework}' is closed. A changed framework is a new version.", "framework", RefusalKind.Conflict, framework ?? "");
    }
}

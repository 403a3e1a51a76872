using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>A goal that several pledges serve together; each pledge names the partnership.</summary>
/// <param name="Names">Its name, by language.</param>
/// <param name="Goal">What the pledges are to reach together, by language.</param>
/// <param name="Convener">The participant that convened it; or null.</param>
/// <param name="Source">The document that it is in; or null.</param>
public sealed record PartnershipContent(Texts Names, Texts Goal, string? Convener, SourcePlace? Source);

/// <summary>What can happen to a partnership. Stored for ever: add a case, never edit one.</summary>
public abstract record PartnershipEvent : IEvent
{
    private PartnershipEvent() { }

    /// <summary>Several pledges were linked under one goal.</summary>
    /// <param name="Content">The goal and the pledges.</param>
    [EventType("partnership-formed.v1")]
    public sealed record Formed(PartnershipContent Content) : PartnershipEvent;

    /// <summary>The record of the partnership was wrong.</summary>
    /// <param name="Content">All of it, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("partnership-corrected.v1")]
    public sealed record Corrected(PartnershipContent Content, string Reason) : PartnershipEvent;
}

/// <summary>What decisions need to know of a partnership.</summary>
public sealed record PartnershipState(PartnershipContent Content)
{
    public static PartnershipState Evolve(PartnershipState? partnership, PartnershipEvent happened) => happened switch
    {
        PartnershipEvent.Formed e => new(e.Content),
        PartnershipEvent.Corrected e => partnership! with { Content = e.Content },
        _ => throw new InvalidOperationException($"A partnership has no arm for {happened.GetType()}."),
    };
}

/// <summary>Records a partnership, before the pledges that name it.</summary>
/// <param name="Id">Its id, for ever: letters, digits, dots and hyphens.</param>
public sealed record FormPartnership(string Id, PartnershipContent Content) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => new Check(head).Id(Id, "id")
        .That(!head.Partnerships.ContainsKey(Id ?? ""), "partnership-exists", $"'{Id}' exists already.", "id", RefusalKind.Conflict, Id ?? "")
        .Content(Content).Refusal ?? Decision.Accept($"partnership/{Id}", new PartnershipEvent.Formed(Content));
}

/// <summary>Mends the record of a partnership.</summary>
public sealed record CorrectPartnership(string Id, long ExpectedVersion, PartnershipContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => head.Partnerships.GetValueOrDefault(Id ?? "") switch
    {
        null => Decision.Refuse(new Refusal("unknown-partnership", $"No partnership has the id '{Id}'.", "id", RefusalKind.NotFound, Id ?? "")),
        { } partnership => new Check(head).Version($"partnership/{Id}", ExpectedVersion).Content(Content).Text(Reason, "reason").Refusal
            ?? (StoredJson.Same(Content, partnership.Content) ? Decision.NothingToDo : Decision.Accept($"partnership/{Id}", new PartnershipEvent.Corrected(Content, Reason))),
    };
}

internal static class PartnershipRules
{
    public static Check Content(this Check check, PartnershipContent? content) => content is null
        ? check.That(false, "missing", "What the partnership is, is needed.", "content")
        : (content.Convener is null ? check : check.Participant(content.Convener, "content.convener"))
            .Texts(content.Names, "content.names", Check.ShortText).Texts(content.Goal, "content.goal", Check.LongText).Source(content.Source, "content.source");
}

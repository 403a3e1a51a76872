using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Mends a record that was wrong about what was promised. The old text stays readable.</summary>
/// <param name="ExpectedVersion">The stream's version (number of events) that the author saw.</param>
public sealed record CorrectPledge(string Id, long ExpectedVersion, PledgeContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Version($"pledge/{Id}", ExpectedVersion).Content(head, Content, Id).Text(Reason, "reason").SameId(head, pledge, Content).Refusal
        ?? (StoredJson.Same(Content, pledge.Content) ? Decision.NothingToDo : PledgeRules.Accept(Id, new PledgeEvent.Corrected(Content, Reason))));
}

/// <summary>The parties change what they promise, from a date on. Kind, meeting and whose words it is stay.</summary>
public sealed record AmendPledge(string Id, long ExpectedVersion, PledgeContent Content, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Version($"pledge/{Id}", ExpectedVersion).Standing(pledge).Content(head, Content, Id).Date(From, "from").Text(Reason, "reason").SameId(head, pledge, Content)
            .NotBeforeAnnounced(pledge, From, "from")
            .That(Content is null || (Content.Kind == pledge.Content.Kind && Content.Meeting == pledge.Content.Meeting && (Content.By ?? []).SequenceEqual(pledge.Content.By)),
                "not-amendable", "An amendment changes what is promised, not its kind, its meeting or whose words it is. If the record is wrong, correct it.", "content")
            .That(Content?.Owing is null || Content.Owing.ToHashSet().SetEquals(pledge.Content.Owing), "not-amendable", "Who owes it doesn't change by an amendment: a party accepts or leaves by itself.", "content.owing")
            .That(Content?.AnnouncedOn is null || Content.AnnouncedOn == pledge.Content.AnnouncedOn, "not-amendable", "When it was announced doesn't change by an amendment. If the record is wrong, correct it.", "content.announcedOn")
            .Refusal
        ?? (StoredJson.Same(Content!, pledge.Content) ? Decision.NothingToDo : PledgeRules.Accept(Id, new PledgeEvent.Amended(Content!, From, Reason))));
}

internal static class ChangeRules
{
    public static Check NotBeforeAnnounced(this Check check, PledgeState pledge, EffectiveDate? from, string field) =>
        check.InOrder(pledge.Content.AnnouncedOn, from, "This is before the day on which it was announced.", field, "before-announced");

    public static Check SameId(this Check check, RegistryState head, PledgeState pledge, PledgeContent? content)
    {
        var before = head.Meetings[pledge.Content.Meeting].Content;
        var after = head.Meetings.GetValueOrDefault(content?.Meeting ?? "")?.Content;
        return check.That(after is null || (after.Series == before.Series && after.Year == before.Year), "id-would-change",
            "The series and the year of the meeting are part of the public id and can't change.", "content.meeting");
    }
}

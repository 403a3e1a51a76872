using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Initiatives;

/// <summary>Records a new policy, programme, project or piece of news. It gets a public id such as <c>RCM-2016-I0003</c>.</summary>
public sealed record RecordInitiative(InitiativeContent Content) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        if (new Check(head).Content(head, Content).Refusal is { } refusal)
        {
            return refusal;
        }
        var meeting = head.Meetings[Content.Meeting].Content;
        return InitiativeRules.Accept(head.NextId($"{meeting.Series}-{meeting.Year}-I"), new InitiativeEvent.Recorded(Content));
    }
}

/// <summary>There is news of an initiative: what it is now, reported to a meeting.</summary>
public sealed record UpdateInitiative(string Id, long ExpectedVersion, InitiativeContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => InitiativeRules.Change(head, Id, ExpectedVersion, Content, Reason, mayBeWithdrawn: false,
        check => check.That(Content?.Novelty != "new", "not-new", "An initiative that is recorded already is updated, completed or discontinued, not new.", "content.novelty"),
        () => new InitiativeEvent.Updated(Content, Reason));
}

/// <summary>Mends a record that was wrong.</summary>
public sealed record CorrectInitiative(string Id, long ExpectedVersion, InitiativeContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => InitiativeRules.Change(head, Id, ExpectedVersion, Content, Reason, mayBeWithdrawn: true,
        check => check, () => new InitiativeEvent.Corrected(Content, Reason));
}

/// <summary>Takes an entry back, from a date on. It stays in every view, marked.</summary>
public sealed record WithdrawInitiative(string Id, long ExpectedVersion, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => head.Initiatives.GetValueOrDefault(Id ?? "") switch
    {
        null => Decision.Refuse(InitiativeRules.Unknown(Id)),
        { Withdrawn: true } => Decision.NothingToDo,
        _ => new Check(head).Version($"initiative/{Id}", ExpectedVersion).Date(From, "from").Text(Reason, "reason").Refusal
             ?? InitiativeRules.Accept(Id!, new InitiativeEvent.Withdrawn(From, Reason)),
    };
}

internal static class InitiativeRules
{
    public static Refusal Unknown(string? id) => new("unknown-initiative", $"No initiative has the id '{id}'.", "id", RefusalKind.NotFound, id ?? "");

    public static Decision Accept(string id, IEvent happened) => Decision.Accept($"initiative/{id}", happened);

    public static Decision Change(
        RegistryState head, string id, long expectedVersion, InitiativeContent? content, string reason, bool mayBeWithdrawn,
        Func<Check, Check> more, Func<InitiativeEvent> happened)
    {
        if (head.Initiatives.GetValueOrDefault(id ?? "") is not { } initiative)
        {
            return Decision.Refuse(Unknown(id));
        }
        return more(new Check(head).Version($"initiative/{id}", expectedVersion)
                .That(mayBeWithdrawn || !initiative.Withdrawn, "initiative-withdrawn", "This initiative was withdrawn; it takes no more updates.", null, RefusalKind.Conflict)
                .Content(head, content).Text(reason, "reason")
                .That(content is null || content.Participant == initiative.Content.Participant, "other-party", $"This initiative is of '{initiative.Content.Participant}'.", "content.participant", RefusalKind.Invalid, initiative.Content.Participant)
                .That(head.Meetings.GetValueOrDefault(content?.Meeting ?? "")?.Content.Series is not { } series || series == head.Meetings[initiative.Content.Meeting].Content.Series,
                    "id-would-change", "The series of the meeting is part of the public id and can't change.", "content.meeting"))
            .Refusal
            ?? (StoredJson.Same(content!, initiative.Content) ? Decision.NothingToDo : Accept(id!, happened()));
    }

    public static Check Content(this Check check, RegistryState head, InitiativeContent? content)
    {
        if (content is null)
        {
            return check.That(false, "missing", "What the initiative is, is needed.", "content");
        }
        check.Participant(content.Participant, "content.participant")
            .Code(content.Kind, "initiative-kind", "content.kind").Code(content.Novelty, "novelty", "content.novelty")
            .Codes(content.Areas, "rcm-areas", "content.areas")
            .That(content.Areas is null or { Count: > 0 }, "missing", "Choose one area of work at least.", "content.areas")
            .Texts(content.Title, "content.title", Check.ShortText, "en", "es").Texts(content.Description, "content.description", Check.LongText, "en", "es")
            .Meeting(content.Meeting, "content.meeting").Date(content.EffectiveOn, "content.effectiveOn").Period(content.Period, "content.period")
            .That(content.Pledge is null || head.Pledges.ContainsKey(content.Pledge), "unknown-pledge", $"No pledge has the id '{content.Pledge}'.", "content.pledge", RefusalKind.Invalid, content.Pledge ?? "")
            .OptionalText(content.LeadInstitution, "content.leadInstitution", Check.ShortText).OptionalCode(content.Sector, "sector", "content.sector")
            .Each(content.Partners, "content.partners", (partner, field) => check.Text(partner, field, Check.ShortText))
            .Codes(content.Populations, "population", "content.populations").Codes(content.Conditions, "condition", "content.conditions")
            .Codes(content.JourneyStages, "journey-stage", "content.journeyStages")
            .Each(content.Results, "content.results", (result, field) => check.Text(result.What, $"{field}.what", Check.ShortText).Decimal(result.Value, $"{field}.value")
                .Text(result.Unit, $"{field}.unit", 100).OptionalText(result.DenominatorNote, $"{field}.denominatorNote", 1000))
            .Each(content.Links, "content.links", (link, field) => check.Item(link, field))
            .Evidence(content.Evidence, "content.evidence").Source(content.Source, "content.source");
        foreach (var (text, field) in new[]
                 {
                     (content.Challenge, "challenge"), (content.Response, "response"), (content.Lesson, "lesson"), (content.GoodPractice, "goodPractice"),
                     (content.ReusableMaterial, "reusableMaterial"), (content.Needs, "needs"), (content.Offers, "offers"),
                 })
        {
            check.OptionalText(text, $"content.{field}");
        }
        return check;
    }
}

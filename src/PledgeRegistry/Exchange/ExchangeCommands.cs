using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Exchange;

/// <summary>Records what a participant needs or offers. It gets a public id such as <c>RCM-2016-X0001</c>.</summary>
public sealed record RecordNeedOrOffer(ExchangeContent Content) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        if (new Check(head).Content(head, Content).Refusal is { } refusal)
        {
            return refusal;
        }
        var meeting = head.Meetings[Content.Meeting].Content;
        return ExchangeRules.Accept(head.NextId($"{meeting.Series}-{meeting.Year}-X"), new ExchangeEvent.Recorded(Content));
    }
}

/// <summary>Mends a record that was wrong. Whose it is, and whether it is a need or an offer, stays.</summary>
/// <param name="ExpectedVersion">The stream's version (number of events) that the author saw.</param>
public sealed record CorrectNeedOrOffer(string Id, long ExpectedVersion, ExchangeContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ExchangeRules.Of(head, Id, "id", entry =>
        new Check(head).Version($"exchange/{Id}", ExpectedVersion).Content(head, Content).Text(Reason, "reason")
            .That(Content is null || Content.Participant == entry.Content.Participant, "other-party", $"This is of '{entry.Content.Participant}'.", "content.participant", RefusalKind.Invalid, entry.Content.Participant)
            .That(Content is null || Content.Direction == entry.Content.Direction, "other-direction", "A need doesn't become an offer, nor the other way round. Close it, and record the other.", "content.direction")
            .That(SameId(head, entry), "id-would-change", "The series and the year of the meeting are part of the public id and can't change.", "content.meeting")
            .Refusal
        ?? (StoredJson.Same(Content!, entry.Content) ? Decision.NothingToDo : ExchangeRules.Accept(Id, new ExchangeEvent.Corrected(Content!, Reason))));

    private bool SameId(RegistryState head, ExchangeState entry)
    {
        var before = head.Meetings[entry.Content.Meeting].Content;
        return head.Meetings.GetValueOrDefault(Content?.Meeting ?? "")?.Content is not { } after || (after.Series == before.Series && after.Year == before.Year);
    }
}

/// <summary>Says that a need or an offer is no longer open, from a date on. Its matches stay as they are.</summary>
public sealed record CloseNeedOrOffer(string Id, long ExpectedVersion, Closing How, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ExchangeRules.Of(head, Id, "id", entry =>
        entry.Closed == How
            ? Decision.NothingToDo
            : new Check(head).Version($"exchange/{Id}", ExpectedVersion).Open(entry, Id, "id")
                .That(Enum.IsDefined(How), "unknown-code", "It is met, withdrawn or lapsed.", "how", RefusalKind.Invalid, $"{How}", "closing")
                .Date(From, "from").InOrder(entry.Content.EffectiveOn, From, "It would be closed before it was made known.", "from").Text(Reason, "reason").Refusal
              ?? ExchangeRules.Accept(Id, new ExchangeEvent.Closed(How, From, Reason)));
}

internal static class ExchangeRules
{
    public static Decision Of(RegistryState head, string? id, string field, Func<ExchangeState, Decision> decide) =>
        head.Exchange.TryGetValue(id ?? "", out var entry)
            ? decide(entry)
            : Decision.Refuse(new Refusal("unknown-exchange", $"No need or offer has the id '{id}'.", field, RefusalKind.NotFound, id ?? ""));

    public static Decision Accept(string id, IEvent happened) => Decision.Accept($"exchange/{id}", happened);

    public static Check Open(this Check check, ExchangeState entry, string id, string field) => check.That(
        entry.Closed is null, "exchange-closed", $"'{id}' is closed.", field, RefusalKind.Conflict, id);

    public static Check Content(this Check check, RegistryState head, ExchangeContent? content)
    {
        if (content is null)
        {
            return check.That(false, "missing", "What is needed or offered is to be said.", "content");
        }
        check.That(Enum.IsDefined(content.Direction), "unknown-code", "It is a need or an offer.", "content.direction", RefusalKind.Invalid, $"{content.Direction}", "direction")
            .Participant(content.Participant, "content.participant")
            .Texts(content.Title, "content.title", Check.ShortText, "en", "es").Texts(content.Description, "content.description", Check.LongText, "en", "es")
            .Codes(content.Natures, "nature", "content.natures")
            .Each(content.Items, "content.items", (item, field) => check.Item(item, field))
            .Each(content.Places, "content.places", (place, field) => check.Text(place, field, 100))
            .Codes(content.Populations, "population", "content.populations")
            .Meeting(content.Meeting, "content.meeting").Date(content.EffectiveOn, "content.effectiveOn").OptionalDate(content.OpenUntil, "content.openUntil")
            .InOrder(content.EffectiveOn, content.OpenUntil, "It would no longer be open when it was made known.", "content.openUntil")
            .That(content.Pledge is null || head.Pledges.ContainsKey(content.Pledge), "unknown-pledge", $"No pledge has the id '{content.Pledge}'.", "content.pledge", RefusalKind.Invalid, content.Pledge ?? "")
            .That(content.Initiative is null || head.Initiatives.ContainsKey(content.Initiative), "unknown-initiative", $"No initiative has the id '{content.Initiative}'.", "content.initiative", RefusalKind.Invalid, content.Initiative ?? "")
            .Source(content.Source, "content.source");
        return content.Amount is { } amount ? check.Amount(amount, "content.amount") : check;
    }
}

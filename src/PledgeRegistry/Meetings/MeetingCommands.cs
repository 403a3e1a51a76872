using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Meetings;

/// <summary>Announces a meeting, with its documents and clusters where they are known.</summary>
public sealed record AnnounceMeeting(string Id, MeetingContent Content, IReadOnlyList<string> Documents, IReadOnlyList<Cluster> Clusters) : ICommand
{
    public Decision Decide(RegistryState head, Author author)
    {
        var check = new Check(head)
            .Id(Id, "id")
            .That(!head.Meetings.ContainsKey(Id ?? ""), "meeting-exists", $"'{Id}' is announced already.", "id", RefusalKind.Conflict, Id ?? "")
            .Content(head, Content)
            .Clusters(head, Clusters)
            .Fits(Documents?.Count ?? 0, "documents");
        check.Each(Documents, "documents", (source, field) => check.KnownSource(head, source, field));
        return check.Refusal ?? Decision.Accept($"meeting/{Id}",
        [
            new MeetingEvent.Announced(Content),
            .. Documents!.Select(d => new MeetingEvent.DocumentAttached(d)),
            .. Clusters.Count > 0 ? [new MeetingEvent.ClustersSet(Clusters, Content.Source)] : Array.Empty<IEvent>(),
        ]);
    }
}

/// <summary>Mends what is recorded of a meeting. Its series and year are part of public ids and stay.</summary>
public sealed record CorrectMeeting(string Id, long ExpectedVersion, MeetingContent Content, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => MeetingRules.Of(head, Id, meeting =>
        new Check(head).Version($"meeting/{Id}", ExpectedVersion).Content(head, Content).Text(Reason, "reason")
            .That(Content is null || (Content.Series == meeting.Content.Series && Content.Year == meeting.Content.Year), "id-would-change", "The series and the year are part of public ids and can't change.", "content.series")
            .That(!MeetingRules.IsPartOf(head, Content?.PartOf, Id), "part-of-itself", "A meeting can't be part of itself.", "content.partOf")
            .Refusal
        ?? (StoredJson.Same(Content!, meeting.Content) ? Decision.NothingToDo : Decision.Accept($"meeting/{Id}", new MeetingEvent.Corrected(Content!, Reason))));
}

/// <summary>Says that a registered source is a document of the meeting.</summary>
public sealed record AttachDocument(string Id, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => MeetingRules.Of(head, Id, meeting =>
        meeting.Documents.Contains(Source ?? "")
            ? Decision.NothingToDo
            : new Check(head).KnownSource(head, Source, "source").Refusal ?? Decision.Accept($"meeting/{Id}", new MeetingEvent.DocumentAttached(Source!)));
}

/// <summary>Sets a forum's clusters (round tables) in place of the ones before.</summary>
public sealed record SetClusters(string Id, long ExpectedVersion, IReadOnlyList<Cluster> Clusters, string Source) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => MeetingRules.Of(head, Id, meeting =>
        new Check(head).Version($"meeting/{Id}", ExpectedVersion).Clusters(head, Clusters).Text(Source, "source", 1000).Refusal
        ?? (StoredJson.Same(Clusters, meeting.Clusters) ? Decision.NothingToDo : Decision.Accept($"meeting/{Id}", new MeetingEvent.ClustersSet(Clusters, Source))));
}

internal static class MeetingRules
{
    public static Decision Of(RegistryState head, string id, Func<MeetingState, Decision> decide) =>
        head.Meetings.TryGetValue(id ?? "", out var meeting)
            ? decide(meeting)
            : Decision.Refuse(new Refusal("unknown-meeting", $"No meeting has the id '{id}'.", "id", RefusalKind.NotFound, id ?? ""));

    /// <summary>True if a meeting is the other one, or is part of it, however many steps away.</summary>
    public static bool IsPartOf(RegistryState head, string? meeting, string whole) =>
        meeting is not null && (meeting == whole || IsPartOf(head, head.Meetings.GetValueOrDefault(meeting)?.Content.PartOf, whole));

    public static Check KnownSource(this Check check, RegistryState head, string? source, string field) =>
        check.That(head.Sources.ContainsKey(source ?? ""), "unknown-source", $"No source has the id '{source}'.", field, RefusalKind.Invalid, source ?? "");

    public static Check Content(this Check check, RegistryState head, MeetingContent? content)
    {
        if (content is null)
        {
            return check.That(false, "missing", "What is known of the meeting is needed.", "content");
        }
        check.That(head.Series.ContainsKey(content.Series ?? ""), "unknown-series", $"There is no series '{content.Series}'.", "content.series", RefusalKind.Invalid, content.Series ?? "")
            .Code(content.Type, "meeting-type", "content.type")
            .That(content.Year is >= 1900 and <= 2200, "not-a-year", "A year has four digits.", "content.year")
            .That(content.Ordinal is null or >= 1, "not-a-number", "An ordinal starts at 1.", "content.ordinal")
            .Texts(content.Names, "content.names", Check.ShortText)
            .OptionalDate(content.From, "content.from").OptionalDate(content.To, "content.to")
            .OptionalText(content.Place, "content.place", Check.ShortText).Text(content.Source, "content.source", 1000);
        if (content.PartOf is not null)
        {
            check.Meeting(content.PartOf, "content.partOf");
        }
        return check.InOrder(content.From, content.To, "The meeting ends before it starts.", "content.to");
    }

    public static Check Clusters(this Check check, RegistryState head, IReadOnlyList<Cluster>? clusters) =>
        check.Once(clusters, cluster => cluster.Code, "clusters").Each(clusters, "clusters", (cluster, field) => check.Id(cluster.Code, $"{field}.code").Each(cluster.Items, $"{field}.items", (item, f) =>
            check.That(head.Frameworks.Values.Any(w => w is { InForce: true, CodeList: false } && w.Items.Contains(item)), "unknown-item", $"No framework in force has the item '{item}'.", f, RefusalKind.Invalid, "", item)));
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>What is known of a meeting.</summary>
/// <param name="Series">The series' code.</param>
/// <param name="Type">A code of <c>list-meeting-type</c>.</param>
/// <param name="Ordinal">9 for the 9th.</param>
/// <param name="PartOf">The meeting it is held beside or in the run-up to.</param>
/// <param name="Source">Where the facts are from.</param>
public sealed record MeetingContent(
    string Series,
    string Type,
    int? Ordinal,
    int Year,
    Texts Names,
    EffectiveDate? From,
    EffectiveDate? To,
    string? Place,
    string? PartOf,
    string Source);

/// <summary>A cluster of a forum, such as a round table, and the framework items it covers.</summary>
public sealed record Cluster(string Code, IReadOnlyList<string> Items);

/// <summary>What can happen to a meeting. Stored for ever: add a case, never edit one.</summary>
public abstract record MeetingEvent : IEvent
{
    private MeetingEvent() { }

    [EventType("meeting-announced.v1")]
    public sealed record Announced(MeetingContent Content) : MeetingEvent;

    [EventType("meeting-corrected.v1")]
    public sealed record Corrected(MeetingContent Content, string Reason) : MeetingEvent;

    [EventType("meeting-document-attached.v1")]
    public sealed record DocumentAttached(string Source) : MeetingEvent;

    /// <summary>The forum's own clusters; they replace the ones before.</summary>
    [EventType("meeting-clusters-set.v1")]
    public sealed record ClustersSet(IReadOnlyList<Cluster> Clusters, string Source) : MeetingEvent;
}

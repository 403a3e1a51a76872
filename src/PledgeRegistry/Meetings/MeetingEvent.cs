using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>What is known of a meeting.</summary>
/// <param name="Series">The series' code.</param>
/// <param name="Type">A code of <c>list-meeting-type</c>.</param>
/// <param name="Ordinal">9 for the 9th.</param>
/// <param name="Year">The year that public ids of what is announced there have.</param>
/// <param name="Names">Its name by language (BCP 47).</param>
/// <param name="From">Its first day.</param>
/// <param name="To">Its last day.</param>
/// <param name="Place">The town or towns.</param>
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
/// <param name="Code">The forum’s own code of it, such as RT1.</param>
/// <param name="Items">Codes of the framework items that it covers, such as GCM-02.</param>
public sealed record Cluster(string Code, IReadOnlyList<string> Items);

/// <summary>What can happen to a meeting. Stored for ever: add a case, never edit one.</summary>
public abstract record MeetingEvent : IEvent
{
    private MeetingEvent() { }

    /// <summary>It is known that it will take place, or that it did.</summary>
    /// <param name="Content">What is known of it.</param>
    [EventType("meeting-announced.v1")]
    public sealed record Announced(MeetingContent Content) : MeetingEvent;

    /// <summary>The record of the meeting was wrong.</summary>
    /// <param name="Content">All of what is known of it, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("meeting-corrected.v1")]
    public sealed record Corrected(MeetingContent Content, string Reason) : MeetingEvent;

    /// <summary>A document belongs to the meeting.</summary>
    /// <param name="Source">The id of the registered source.</param>
    [EventType("meeting-document-attached.v1")]
    public sealed record DocumentAttached(string Source) : MeetingEvent;

    /// <summary>The forum's own clusters; they replace the ones before.</summary>
    /// <param name="Clusters">All of its clusters.</param>
    /// <param name="Source">Where they are from.</param>
    [EventType("meeting-clusters-set.v1")]
    public sealed record ClustersSet(IReadOnlyList<Cluster> Clusters, string Source) : MeetingEvent;
}

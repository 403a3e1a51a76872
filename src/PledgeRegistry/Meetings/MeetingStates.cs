using System.Collections.Immutable;

namespace PledgeRegistry.Meetings;

/// <summary>What decisions need to know of a meeting.</summary>
public sealed record MeetingState(MeetingContent Content, ImmutableHashSet<string> Documents, IReadOnlyList<Cluster> Clusters)
{
    public static MeetingState Evolve(MeetingState? meeting, MeetingEvent happened) => happened switch
    {
        MeetingEvent.Announced e => new(e.Content, [], []),
        MeetingEvent.Corrected e => meeting! with { Content = e.Content },
        MeetingEvent.DocumentAttached e => meeting! with { Documents = meeting.Documents.Add(e.Source) },
        MeetingEvent.ClustersSet e => meeting! with { Clusters = e.Clusters },
        _ => throw new InvalidOperationException($"A meeting has no arm for {happened.GetType()}."),
    };
}

/// <summary>What decisions need to know of a series.</summary>
public sealed record SeriesState(SeriesSettings Settings)
{
    public static SeriesState Evolve(SeriesState? series, SeriesEvent happened) => happened switch
    {
        SeriesEvent.Opened e => new(e.Settings),
        SeriesEvent.SettingsChanged e => series! with { Settings = e.Settings },
        _ => throw new InvalidOperationException($"A series has no arm for {happened.GetType()}."),
    };
}

/// <summary>What decisions need to know of a source: that it is there.</summary>
public sealed record SourceState(string Sha256)
{
    public static SourceState Evolve(SourceState? source, SourceEvent happened) => happened switch
    {
        SourceEvent.Registered e => new(e.Sha256),
        _ => throw new InvalidOperationException($"A source has no arm for {happened.GetType()}."),
    };
}

using System.Collections.Concurrent;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.AccountabilityHistory;

/// <summary>One entry, as a line of history.</summary>
/// <param name="Before">What the entry replaced, if it replaced something.</param>
public sealed record HistoryRow(Entry Entry, object? Before)
{
    public long Position => Entry.Position;
    public string Stream => Entry.Stream;
    public string Type => Entry.Type;
    public DateTimeOffset RecordedAt => Entry.RecordedAt;
}

/// <summary>Every entry in order, findable by stream, by participant and by actor. The history at a size is its prefix.</summary>
public sealed class HistoryTimeline : IProjection
{
    private readonly AppendOnlyList<HistoryRow> rows = new();
    private readonly ConcurrentDictionary<string, AppendOnlyList<long>> byStream = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppendOnlyList<long>> byParticipant = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppendOnlyList<long>> byActor = new(StringComparer.Ordinal);

    // What is current, by what can be replaced: only the fold reads it.
    private readonly Dictionary<string, object> current = new(StringComparer.Ordinal);

    public HistoryRow At(long position) => rows[(int)position];

    /// <summary>The lines of some streams as known at a size, in order.</summary>
    public IEnumerable<HistoryRow> Lines(long size, IEnumerable<string> streams) =>
        streams.SelectMany(s => Positions(byStream, s, size)).Order().Select(At);

    /// <summary>The positions of what is asked for, as known at a size, in order. Null parameters don't narrow.</summary>
    public IEnumerable<long> Find(long size, string? stream, string? participant, string? actor)
    {
        var sets = new[] { (byStream, stream), (byParticipant, participant), (byActor, actor) }
            .Where(s => s.Item2 is not null)
            .Select(s => Positions(s.Item1, s.Item2!, size))
            .ToArray();
        return sets.Length == 0 ? Range(size) : sets[1..].Aggregate(sets[0], (a, b) => a.Intersect(b)).Order();
    }

    public void Apply(Entry entry)
    {
        var (key, replacement) = Replaces(entry);
        object? before = null;
        if (key is not null)
        {
            current.TryGetValue(key, out before);
            current[key] = replacement!;
        }
        rows.Add(new HistoryRow(entry, before));
        Index(byStream, entry.Stream, entry.Position);
        Index(byActor, entry.Actor, entry.Position);
        foreach (var participant in Involved(entry).Distinct())
        {
            Index(byParticipant, participant, entry.Position);
        }
    }

    /// <summary>What can be replaced by a later entry, and by what.</summary>
    private static (string? Key, object? Value) Replaces(Entry entry) => entry.Event switch
    {
        PledgeEvent.Recorded e => (entry.Stream, e.Content),
        PledgeEvent.Corrected e => (entry.Stream, e.Content),
        PledgeEvent.Amended e => (entry.Stream, e.Content),
        PledgeEvent.ProgressReported e => ($"{entry.Stream}#report-{e.Number}", e.Report),
        PledgeEvent.ReportCorrected e => ($"{entry.Stream}#report-{e.Number}", e.Report),
        InitiativeEvent.Recorded e => (entry.Stream, e.Content),
        InitiativeEvent.Updated e => (entry.Stream, e.Content),
        InitiativeEvent.Corrected e => (entry.Stream, e.Content),
        MeetingEvent.Announced e => (entry.Stream, e.Content),
        MeetingEvent.Corrected e => (entry.Stream, e.Content),
        MeetingEvent.ClustersSet e => ($"{entry.Stream}#clusters", e.Clusters),
        SeriesEvent.Opened e => (entry.Stream, e.Settings),
        SeriesEvent.SettingsChanged e => (entry.Stream, e.Settings),
        ParticipantEvent.Registered e => (entry.Stream, e.Names),
        ParticipantEvent.Renamed e => (entry.Stream, e.Names),
        _ => (null, null),
    };

    /// <summary>The participants whose history an entry belongs to.</summary>
    private static IEnumerable<string> Involved(Entry entry)
    {
        IEnumerable<string> named = entry.Event switch
        {
            PledgeEvent.Recorded e => Parties(e.Content),
            PledgeEvent.Corrected e => Parties(e.Content),
            PledgeEvent.Amended e => Parties(e.Content),
            PledgeEvent.ProgressReported e => [e.Report.Party],
            PledgeEvent.ReportCorrected e => [e.Report.Party],
            PledgeEvent.Reviewed e => [e.Review.By],
            PledgeEvent.ReviewReplied e => [e.Party],
            PledgeEvent.AddresseeAnswered e => [e.Party],
            InitiativeEvent.Recorded e => [e.Content.Participant],
            InitiativeEvent.Updated e => [e.Content.Participant],
            InitiativeEvent.Corrected e => [e.Content.Participant],
            ParticipantEvent.MemberJoined e => [e.Member, entry.Stream["participant/".Length..]],
            ParticipantEvent.MemberLeft e => [e.Member, entry.Stream["participant/".Length..]],
            ParticipantEvent => [entry.Stream["participant/".Length..]],
            _ => [],
        };
        return entry.OnBehalfOf is null ? named : named.Append(entry.OnBehalfOf);
    }

    private static IEnumerable<string> Parties(PledgeContent content) => content.By.Concat(content.Owing).Concat(content.Addressees);

    private static void Index(ConcurrentDictionary<string, AppendOnlyList<long>> index, string key, long position) =>
        index.GetOrAdd(key, _ => new AppendOnlyList<long>()).Add(position);

    private static IEnumerable<long> Positions(ConcurrentDictionary<string, AppendOnlyList<long>> index, string key, long size)
    {
        if (!index.TryGetValue(key, out var positions))
        {
            yield break;
        }
        for (var i = 0; i < positions.Count && positions[i] < size; i++)
        {
            yield return positions[i];
        }
    }

    private static IEnumerable<long> Range(long size)
    {
        for (long position = 0; position < size; position++)
        {
            yield return position;
        }
    }
}

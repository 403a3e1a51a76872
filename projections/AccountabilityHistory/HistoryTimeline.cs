using System.Collections.Concurrent;
using System.Runtime.InteropServices;
using PledgeRegistry.Exchange;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.AccountabilityHistory;

/// <summary>One entry, as a line of history.</summary>
/// <param name="Before">What the entry replaced, if it replaced something.</param>
public sealed record HistoryRow(
    long Position, string Stream, long Version, Guid Id, string Type, DateTimeOffset RecordedAt, string Role, string? OnBehalfOf, IEvent Event, object? Before)
{
    // In eight bytes, not in sixteen.
    private readonly long ticks = RecordedAt.UtcTicks;

    public DateTimeOffset RecordedAt => new(ticks, TimeSpan.Zero);

    // Not the entry: there are millions of them, and nobody asks a line of history for the hashes of its command.
    internal HistoryRow(Entry entry, object? before)
        : this(entry.Position, entry.Stream, entry.Version, entry.Id, entry.Type, entry.RecordedAt, entry.Role, entry.OnBehalfOf, entry.Event, before)
    {
    }
}

/// <summary>What a later entry can replace: a part of a stream, or the stream's own content.</summary>
internal readonly record struct Replaceable(string Stream, string? Part = null, int Number = 0)
{
    public const string Match = "match", Share = "share", Translation = "translation", Clusters = "clusters", Clearance = "clearance";

    /// <summary>One of several of a kind, by its name.</summary>
    public static Replaceable Named(string stream, string kind, string name) => new(stream, $"{kind}-{name}");
}

/// <summary>Whose share it is, and what it says: what a line of history shows of it.</summary>
internal sealed record PartyShare(string Party, Share Share);

/// <summary>What a renaming replaces.</summary>
internal sealed record ParticipantNames(Texts Names);

/// <summary>Every entry in order, findable by stream, by participant and by actor. The history at a size is its prefix.</summary>
public sealed class HistoryTimeline : IProjection
{
    private readonly AppendOnlyList<HistoryRow> rows = new();
    private readonly ConcurrentDictionary<string, AppendOnlyList<int>> byStream = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppendOnlyList<int>> byParticipant = new(StringComparer.Ordinal);
    private readonly ConcurrentDictionary<string, AppendOnlyList<int>> byActor = new(StringComparer.Ordinal);

    private readonly ConcurrentDictionary<long, long> withheld = new();

    // What is current, by what can be replaced: only the fold reads it.
    private readonly Dictionary<Replaceable, object> current = [];

    // Reports are what there are most of: those of a pledge are numbered from 1, and need no key each.
    private readonly Dictionary<string, List<ProgressReport>> reports = new(StringComparer.Ordinal);
    private readonly Dictionary<string, string[]> lastInvolved = new(StringComparer.Ordinal);
    private readonly Dictionary<string, HashSet<string>> joined = new(StringComparer.Ordinal);

    /// <summary>What was withheld of an entry, as far as was read; null where nothing was.</summary>
    public WithheldBy? Withheld(long position) =>
        withheld.TryGetValue(position, out var by) && At(by).Event is RegistryEvent.EntryRedacted e ? new WithheldBy(by, e.Authority, e.Reason) : null;

    public HistoryRow At(long position) => rows[(int)position];

    /// <summary>The lines of some streams that were recorded after one day, until the end of another, as known at a size; in order.</summary>
    public IEnumerable<HistoryRow> Recorded(long size, DateOnly after, DateOnly until, IEnumerable<string> streams) => streams
        .Select(s => Indexed(byStream, s, size))
        .SelectMany(p => p.From(p.FirstIndex(at => DayOf(at) > after)).TakeWhile(at => DayOf(at) <= until))
        .Order()
        .Select(At);

    /// <summary>The positions of what is asked for, as known at a size. Null parameters don't narrow.</summary>
    public Positions Find(long size, string? stream, string? participant, string? actor)
    {
        Positions[] sets =
        [
            .. new[] { (byStream, stream), (byParticipant, participant), (byActor, actor) }
                .Where(s => s.Item2 is not null)
                .Select(s => Indexed(s.Item1, s.Item2!, size))
                .OrderBy(s => s.Count),
        ];
        switch (sets)
        {
            case []:
                return new Positions((int)size, i => i);
            case [var one]:
                return one;
            default:
                long[] both = [.. sets[0].From(0).Where(p => sets[1..].All(s => s.Contains(p)))];
                return new Positions(both.Length, i => both[i]);
        }
    }

    public void Apply(Entry entry)
    {
        var before = Replace(entry);
        rows.Add(new HistoryRow(entry, before));
        if (entry.Event is RegistryEvent.EntryRedacted redaction)
        {
            withheld[redaction.Position] = entry.Position;
        }
        Index(byStream, entry.Stream, entry.Position);
        Index(byActor, entry.Actor, entry.Position);
        string[] involved = [.. Involved(entry, before).Distinct()];
        lastInvolved[entry.Stream] = involved;
        foreach (var participant in involved)
        {
            Index(byParticipant, participant, entry.Position);
        }
    }

    /// <summary>What was current until this entry, if it replaces something.</summary>
    private object? Replace(Entry entry)
    {
        switch (entry.Event)
        {
            case PledgeEvent.ProgressReported e:
                (CollectionsMarshal.GetValueRefOrAddDefault(reports, entry.Stream, out _) ??= []).Add(e.Report);
                return null;
            case PledgeEvent.ReportCorrected e:
                var before = reports[entry.Stream][e.Number - 1];
                reports[entry.Stream][e.Number - 1] = e.Report;
                return before;
        }
        var (key, replacement) = Replaces(entry);
        if (key is not { } replaced)
        {
            return null;
        }
        current.TryGetValue(replaced, out var was);
        current[replaced] = replacement!;
        return was;
    }

    /// <summary>What can be replaced by a later entry, and by what; reports aside.</summary>
    private static (Replaceable? Key, object? Value) Replaces(Entry entry) => entry.Event switch
    {
        PledgeEvent.Recorded e => (new(entry.Stream), e.Content),
        PledgeEvent.Corrected e => (new(entry.Stream), e.Content),
        PledgeEvent.Amended e => (new(entry.Stream), e.Content),
        PledgeEvent.ShareDeclared e => (Replaceable.Named(entry.Stream, Replaceable.Share, e.Party), new PartyShare(e.Party, e.Share)),
        PledgeEvent.Translated e => (Replaceable.Named(entry.Stream, Replaceable.Translation, e.Translation.Language), e),
        PartnershipEvent.Formed e => (new(entry.Stream), e.Content),
        PartnershipEvent.Corrected e => (new(entry.Stream), e.Content),
        InitiativeEvent.Recorded e => (new(entry.Stream), e.Content),
        InitiativeEvent.Updated e => (new(entry.Stream), e.Content),
        InitiativeEvent.Corrected e => (new(entry.Stream), e.Content),
        ExchangeEvent.Recorded e => (new(entry.Stream), e.Content),
        ExchangeEvent.Corrected e => (new(entry.Stream), e.Content),
        ExchangeEvent.MatchProposed e => (new(entry.Stream, Replaceable.Match, e.Number), e),
        MeetingEvent.Announced e => (new(entry.Stream), e.Content),
        MeetingEvent.Corrected e => (new(entry.Stream), e.Content),
        MeetingEvent.ClustersSet e => (new(entry.Stream, Replaceable.Clusters), e.Clusters),
        SeriesEvent.Opened e => (new(entry.Stream), e.Settings),
        SeriesEvent.SettingsChanged e => (new(entry.Stream), e.Settings),
        ParticipantEvent.Registered e => (new(entry.Stream), new ParticipantNames(e.Names)),
        ParticipantEvent.Renamed e => (new(entry.Stream), new ParticipantNames(e.Names)),
        ParticipantEvent.ClearanceSet e => (new(entry.Stream, Replaceable.Clearance), new { e.Required }),
        _ => (null, null),
    };

    /// <summary>The participants whose history an entry belongs to.</summary>
    private IEnumerable<string> Involved(Entry entry, object? before)
    {
        IEnumerable<string> named = entry.Event switch
        {
            PledgeEvent.Recorded e => Parties(e.Content),
            // Who was a party until now, too: it changes what that party promised.
            PledgeEvent.Corrected => Joined(entry.Stream).Concat(Parties(before)),
            PledgeEvent.Amended => Joined(entry.Stream).Concat(Parties(before)),
            // What a party did about a common pledge, or others about it, is that party's; all else is everybody's who has a part.
            PledgeEvent.PartyInvited e => [e.Party],
            PledgeEvent.PartyAccepted e => Join(entry.Stream, e.Party),
            PledgeEvent.PartyDeclined e => [e.Party],
            PledgeEvent.PartyLeft e => [e.Party],
            PledgeEvent.ShareDeclared e => [e.Party],
            PledgeEvent.MappingContested e => Joined(entry.Stream).Append(e.By),
            PledgeEvent.ContestAnswered e => Joined(entry.Stream).Append(e.By),
            PartnershipEvent.Formed e => Convener(e.Content),
            PartnershipEvent.Corrected e => Convener(e.Content).Concat(before is PartnershipContent b ? Convener(b) : []),
            PledgeEvent.ProgressReported e => [e.Report.Party],
            PledgeEvent.ReportCorrected e => [e.Report.Party],
            PledgeEvent.Reviewed e => [e.Review.By, .. Reviewed(entry.Stream, e.Review)],
            PledgeEvent.ReviewReplied e => [e.Party],
            PledgeEvent.AddresseeAnswered e => [e.Party],
            PledgeEvent => Joined(entry.Stream),
            InitiativeEvent.Recorded e => [e.Content.Participant],
            InitiativeEvent.Updated e => [e.Content.Participant],
            InitiativeEvent.Corrected e => [e.Content.Participant],
            InitiativeEvent.Withdrawn => [((InitiativeContent)current[new(entry.Stream)]).Participant],
            ExchangeEvent.Recorded e => [e.Content.Participant],
            ExchangeEvent.Corrected e => [e.Content.Participant],
            ExchangeEvent.Closed => [ExchangeOf(entry.Stream)],
            // What happens to a match belongs to the history of both its sides.
            ExchangeEvent.MatchProposed e => [e.By, .. Sides(entry.Stream, e.Number)],
            ExchangeEvent.MatchAnswered e => Sides(entry.Stream, e.Match),
            ExchangeEvent.MatchEnded e => [e.By, .. Sides(entry.Stream, e.Match)],
            ParticipantEvent.MemberJoined e => [e.Member, entry.Stream["participant/".Length..]],
            ParticipantEvent.MemberLeft e => [e.Member, entry.Stream["participant/".Length..]],
            // It is theirs whose the entry before it was: what was cleared.
            ClearanceEvent => lastInvolved.GetValueOrDefault(entry.Stream, []),
            ParticipantEvent => [entry.Stream["participant/".Length..]],
            _ => [],
        };
        return entry.OnBehalfOf is null ? named : named.Append(entry.OnBehalfOf);
    }

    // A review of one report is about that party; one of the whole pledge about all who owe it.
    private IEnumerable<string> Reviewed(string stream, Review review) => review.Report is { } number
        ? [reports[stream][number - 1].Party]
        : ((PledgeContent)current[new(stream)]).Owing.Concat(joined.GetValueOrDefault(stream, []));

    private static IEnumerable<string> Convener(PartnershipContent content) => content.Convener is { } convener ? [convener] : [];

    // Who accepted later has a part too.
    private IEnumerable<string> Joined(string stream) => Parties(current[new(stream)]).Concat(joined.GetValueOrDefault(stream, []));

    private string[] Join(string stream, string party)
    {
        joined.TryAdd(stream, []);
        joined[stream].Add(party);
        return [party];
    }

    private string ExchangeOf(string stream) => ((ExchangeContent)current[new(stream)]).Participant;

    private string[] Sides(string need, int match) =>
        [ExchangeOf(need), ExchangeOf($"exchange/{((ExchangeEvent.MatchProposed)current[new(need, Replaceable.Match, match)]).Offer}")];

    private static IEnumerable<string> Parties(object? content) =>
        content is PledgeContent c ? c.By.Concat(c.Owing).Concat(c.Addressees) : [];

    private static void Index(ConcurrentDictionary<string, AppendOnlyList<int>> index, string key, long position) =>
        index.GetOrAdd(key, _ => new AppendOnlyList<int>()).Add((int)position);

    private DateOnly DayOf(long position) => DateOnly.FromDateTime(At(position).RecordedAt.UtcDateTime);

    private static Positions Indexed(ConcurrentDictionary<string, AppendOnlyList<int>> index, string key, long size) =>
        index.TryGetValue(key, out var all)
            ? new Positions(new Positions(all.Count, i => all[i]).FirstIndex(p => p >= size), i => all[i])
            : new Positions(0, _ => throw new InvalidOperationException("There are none."));
}

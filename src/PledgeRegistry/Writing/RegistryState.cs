using System.Collections.Immutable;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>
/// What decisions look at: the whole registry at a head, immutable. A caller may try a decision on it while the writer
/// makes the next one.
/// </summary>
public sealed record RegistryState
{
    /// <summary>The stream of the registry itself.</summary>
    public const string OwnStream = "registry";

    public static readonly RegistryState Empty = new();

    public Texts? Names { get; private init; }
    public bool Demonstration { get; private init; }

    /// <summary>How many events there have been: the size that this is the state at.</summary>
    public long Size { get; private init; }

    /// <summary>Every key that ever signed the log, in the order in which they were published.</summary>
    public ImmutableList<SigningKeyState> SigningKeys { get; private init; } = [];

    /// <summary>The log's name in its checkpoints, set by the first key and never changed; null while there is none.</summary>
    public string? Origin => SigningKeys.Count == 0 ? null : SigningKeys[0].Key.Name;

    /// <summary>Whether parts of entries may be withheld: not before an administrator allows it.</summary>
    public bool RedactionAllowed { get; private init; }

    /// <summary>Position → how something of the entry there was withheld.</summary>
    public ImmutableDictionary<long, RedactionState> Redactions { get; private init; } = ImmutableDictionary<long, RedactionState>.Empty;

    /// <summary>The positions of the entries in the registry's own stream.</summary>
    public ImmutableHashSet<long> OwnEntries { get; private init; } = [];

    public ImmutableHashSet<string> OpeningData { get; private init; } = [];

    /// <summary>Hashes of the seals that there are, as stored: what is sealed isn't sealed again.</summary>
    public ImmutableHashSet<Hash> Seals { get; private init; } = [];

    public ImmutableDictionary<string, PledgeState> Pledges { get; private init; } = Map<PledgeState>();
    public ImmutableDictionary<string, PartnershipState> Partnerships { get; private init; } = Map<PartnershipState>();
    public ImmutableDictionary<string, InitiativeState> Initiatives { get; private init; } = Map<InitiativeState>();
    public ImmutableDictionary<string, ExchangeState> Exchange { get; private init; } = Map<ExchangeState>();
    public ImmutableDictionary<string, ParticipantState> Participants { get; private init; } = Map<ParticipantState>();
    public ImmutableDictionary<string, MeetingState> Meetings { get; private init; } = Map<MeetingState>();
    public ImmutableDictionary<string, SeriesState> Series { get; private init; } = Map<SeriesState>();
    public ImmutableDictionary<string, SourceState> Sources { get; private init; } = Map<SourceState>();
    public ImmutableDictionary<string, FrameworkState> Frameworks { get; private init; } = Map<FrameworkState>();

    /// <summary>Actor id → the one participant that the actor was ever appointed for.</summary>
    public ImmutableDictionary<string, string> Actors { get; private init; } = Map<string>();

    /// <summary>Stream → how many events it has: the version that the next one gets.</summary>
    public ImmutableDictionary<string, long> Versions { get; private init; } = Map<long>();

    /// <summary>Prefix of a public id (<c>IMRF-2022-</c>) → the last number given under it. Numbers are never given twice.</summary>
    public ImmutableDictionary<string, int> LastNumbers { get; private init; } = Map<int>();

    /// <summary>The log's tree: the root of a size it has never changes, so a decision may rest on it. Null where there is only a state.</summary>
    private MerkleTree? Tree { get; init; }

    /// <summary>The same state, which knows the roots of this tree. It must be the tree of the log that the state is folded from.</summary>
    public RegistryState On(MerkleTree tree) => this with { Tree = tree };

    /// <summary>The root of the first entries of the log; null for more than are known to be durable.</summary>
    public Hash? RootAt(long size) => Tree is { } tree && size >= 0 && size <= Math.Min(Size, tree.Size) ? tree.Root(size) : null;

    public long VersionOf(string stream) => Versions.GetValueOrDefault(stream);

    /// <summary>The next public id under a prefix: <c>IMRF-2022-0042</c>.</summary>
    public string NextId(string prefix) =>
        string.Create(System.Globalization.CultureInfo.InvariantCulture, $"{prefix}{LastNumbers.GetValueOrDefault(prefix) + 1:0000}");

    /// <summary>The state after one more event. Knows every event there is, and stops at any other.</summary>
    public RegistryState Evolve(string stream, IEvent happened)
    {
        var id = stream[(stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var next = happened switch
        {
            PledgeEvent e => this with { Pledges = Evolved(Pledges, id, e, PledgeState.Evolve) },
            PartnershipEvent e => this with { Partnerships = Evolved(Partnerships, id, e, PartnershipState.Evolve) },
            InitiativeEvent e => this with { Initiatives = Evolved(Initiatives, id, e, InitiativeState.Evolve) },
            ExchangeEvent e => this with { Exchange = Evolved(Exchange, id, e, ExchangeState.Evolve) },
            ParticipantEvent e => this with { Participants = Evolved(Participants, id, e, ParticipantState.Evolve), Actors = Acting(id, e) },
            ClearanceEvent => this,
            MeetingEvent e => this with { Meetings = Evolved(Meetings, id, e, MeetingState.Evolve) },
            SeriesEvent e => this with { Series = Evolved(Series, id, e, SeriesState.Evolve) },
            SourceEvent e => this with { Sources = Evolved(Sources, id, e, SourceState.Evolve) },
            FrameworkEvent e => this with { Frameworks = Evolved(Frameworks, id, e, FrameworkState.Evolve) },
            RegistryEvent.Opened e => this with { Names = e.Names, Demonstration = e.Demonstration },
            RegistryEvent.OpeningDataLoaded e => this with { OpeningData = OpeningData.Add($"{e.Set}/{e.Version}") },
            RegistryEvent.SigningKeyPublished e => this with { SigningKeys = SigningKeys.Add(SigningKeyState.Published(e, Size)) },
            RegistryEvent.SigningKeyRetired e => this with { SigningKeys = [.. SigningKeys.Select(k => k.Key.ToString() == e.VerifierKey ? k with { SignsTo = Size } : k)] },
            RegistryEvent.RedactionAllowed e => this with { RedactionAllowed = e.Allowed },
            RegistryEvent.EntryRedacted e => this with { Redactions = Redactions.Add(e.Position, new RedactionState(Size, e.EntryHash)) },
            RegistryEvent.ViewsSealed e => this with { Seals = Seals.Add(SealViews.HashOf(e)) },
            _ => throw new InvalidOperationException($"The state has no arm for {happened.GetType()}."),
        };
        return next with
        {
            Size = Size + 1,
            OwnEntries = stream == OwnStream ? OwnEntries.Add(Size) : OwnEntries,
            Versions = Versions.SetItem(stream, VersionOf(stream) + 1),
            LastNumbers = happened is PledgeEvent.Recorded or InitiativeEvent.Recorded or ExchangeEvent.Recorded ? Counted(id) : LastNumbers,
        };
    }

    private ImmutableDictionary<string, string> Acting(string participant, ParticipantEvent happened) => happened switch
    {
        ParticipantEvent.ActorAppointed e => Actors.SetItem(e.Actor, participant),
        ParticipantEvent.HandedOver e => Actors.SetItem(e.To, participant),
        _ => Actors,
    };

    private ImmutableDictionary<string, int> Counted(string id)
    {
        var digits = id.AsSpan().LastIndexOfAnyExceptInRange('0', '9') + 1;
        return LastNumbers.SetItem(id[..digits], int.Parse(id.AsSpan(digits), System.Globalization.CultureInfo.InvariantCulture));
    }

    private static ImmutableDictionary<string, TState> Evolved<TState, TEvent>(
        ImmutableDictionary<string, TState> all, string id, TEvent happened, Func<TState?, TEvent, TState> evolve)
        where TState : class => all.SetItem(id, evolve(all.GetValueOrDefault(id), happened));

    private static ImmutableDictionary<string, T> Map<T>() => ImmutableDictionary.Create<string, T>(StringComparer.Ordinal);
}

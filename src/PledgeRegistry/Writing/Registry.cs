using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>The end of what has been read: size, leaf hash of the last entry, root of the tree, time of the last entry.</summary>
public sealed record RegistryHead(long Size, Hash LastLeaf, Hash Root, DateTimeOffset? RecordedAt)
{
    public static readonly RegistryHead Empty = new(0, default, MerkleTree.EmptyRoot, null);

    public LogHead Log => new(Size, LastLeaf);
}

/// <summary>
/// A log and everything that is folded from it: the state for decisions, the Merkle tree, the projections. One entry is
/// applied to all of them, then the head is published; a reader takes the head once and reads below it.
/// </summary>
public sealed partial class Registry
{
    private readonly IEventLog log;
    private readonly EntryCodec codec;
    private readonly IReadOnlyList<IProjection> projections;
    private readonly AppendOnlyList<long> recordedAt = new();
    private readonly Dictionary<Hash, long> commandPositions = [];
    private RegistryState state;
    private RegistryHead head = RegistryHead.Empty;
    private TaskCompletionSource moved = NewSignal();
    private HeadRecord? record;
    private readonly WithheldEntries stubs = new();
    private readonly TaskCompletionSource outdated = NewSignal();
    private volatile Hindrance? stop;

    private Registry(IEventLog log, EntryCodec codec, IReadOnlyList<IProjection> projections)
    {
        this.log = log;
        this.codec = codec;
        this.projections = projections;
        state = RegistryState.Empty.On(Tree);
    }

    /// <summary>What has been applied to everything. Take it once a request.</summary>
    public RegistryHead Head => Volatile.Read(ref head);

    /// <summary>The state for decisions at the head, or a little after it.</summary>
    public RegistryState State => Volatile.Read(ref state);

    public MerkleTree Tree { get; } = new();

    public IEventLog Log => log;

    public EntryCodec Codec => codec;

    /// <summary>
    /// Why nothing is read beyond the head (an event of a newer release, damage, another history, a projection that failed),
    /// or null. Reading below the head goes on; only opening it again takes up the log again.
    /// </summary>
    public string? Stopped => stop?.Reason;

    /// <summary><see cref="Stopped"/> with its kind.</summary>
    public Hindrance? Stop => stop;

    /// <summary>
    /// Ends when something was withheld of an entry that this process has read in full: it is still in its memory, and so in
    /// what it shows. Who holds the registry ends the process then, which starts anew without it.
    /// </summary>
    public Task Outdated => outdated.Task;

    /// <summary>Held while entries are applied: by the writer's loop, or by a follower.</summary>
    internal SemaphoreSlim Gate { get; } = new(1, 1);

    /// <summary>Reads the whole log, checks every leaf hash, and folds everything.</summary>
    /// <param name="record">Where the last (size, root) is kept outside the log; null in a process that only reads.</param>
    /// <param name="progress">Told how many entries have been read, now and then.</param>
    /// <exception cref="LogDamagedException">The log contradicts itself, or was cut, rewritten or rolled back: what and where.</exception>
    public static async Task<Registry> OpenAsync(
        IEventLog log,
        EntryCodec codec,
        IReadOnlyList<IProjection> projections,
        HeadRecord? record = null,
        Action<long>? progress = null,
        CancellationToken cancel = default)
    {
        var registry = new Registry(log, codec, projections);
        await registry.CatchUpAsync(progress, cancel, insist: true);
        // Not before the whole log was read: what is written to the record is what it is held against.
        if (record is not null && (registry.Stopped is null || registry.Head.Size >= record.Size))
        {
            record.Check(registry.Tree);
            record.Write(registry.Tree, registry.Head.Size);
            registry.record = record;
        }
        return registry;
    }

    /// <summary>How many entries had been recorded at an instant.</summary>
    public long SizeAt(DateTimeOffset instant)
    {
        var size = (int)Head.Size;
        var times = recordedAt.Snapshot()[..size];
        // The first entry later than the instant: times never decrease.
        int low = 0, high = times.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            if (times[middle] <= instant.UtcTicks)
            {
                low = middle + 1;
            }
            else
            {
                high = middle;
            }
        }
        return low;
    }

    public DateTimeOffset RecordedAt(long position) => new(recordedAt[(int)position], TimeSpan.Zero);

    /// <summary>One entry, decoded from the log again.</summary>
    public async Task<Entry> ReadAsync(long position, CancellationToken cancel = default) =>
        codec.Decode((await ReadStoredAsync(position, cancel)).Bytes.Span);

    /// <summary>One entry as it is stored, held against its leaf in the tree.</summary>
    public async Task<StoredEntry> ReadStoredAsync(long position, CancellationToken cancel = default)
    {
        var read = await log.ReadAsync(position, 1, cancel);
        return read.Count == 1 && StoredEntry.LeafOf(read[0].Bytes) == Tree.Leaf(position) && IsProven(position, read[0])
            ? read[0]
            : throw new LogDamagedException($"Entry {position} is no longer what it was when it was first read.");
    }

    /// <summary>Whether an entry is what was recorded, or a stub of which an entry that was read says the same.</summary>
    public bool IsProven(long position, StoredEntry stored) => Stub.TryParse(stored.Bytes) is not { } stub
        || (State.Redactions.TryGetValue(position, out var redaction) && redaction.By == stub.By && redaction.EntryHash == stub.EntryHash.ToString());

    /// <summary>Returns once the published head has at least this size.</summary>
    public async Task WaitForAsync(long size, CancellationToken cancel = default)
    {
        while (Head.Size < size)
        {
            var signal = Volatile.Read(ref moved);
            if (Head.Size < size)
            {
                await signal.Task.WaitAsync(cancel);
            }
        }
    }

    /// <summary>The position of the first entry of an accepted command.</summary>
    internal long? PositionOf(Hash commandId) => commandPositions.TryGetValue(commandId, out var position) ? position : null;

    /// <summary>Applies entries that are durable, in order, and publishes the head once. The caller holds the gate.</summary>
    /// <param name="after">The state after them, where they were decided one upon the other from the state at this head; otherwise they are checked and folded here.</param>
    /// <exception cref="LogDamagedException">An entry doesn't follow; what comes before it is applied, and nothing after it will be.</exception>
    internal void Apply(IReadOnlyList<Entry> entries, Func<int, Hash> leaf, RegistryState? after = null)
    {
        // First everything that an entry can be wrong about, then what can't be undone.
        var (next, good, fault) = after is null ? Fold(entries) : (after, entries.Count, null);
        try
        {
            for (var i = 0; i < good; i++)
            {
                Tree.Append(leaf(i));
                recordedAt.Add(entries[i].RecordedAt.UtcTicks);
                commandPositions.TryAdd(entries[i].CommandId, entries[i].Position);
                Project(entries[i], own: after is not null);
            }
            if (good > 0)
            {
                var size = head.Size + good;
                Volatile.Write(ref state, next);
                Volatile.Write(ref head, new RegistryHead(size, leaf(good - 1), Tree.Root(size), entries[good - 1].RecordedAt));
                Interlocked.Exchange(ref moved, NewSignal()).SetResult();
                record?.Write(Tree, size);
            }
            if (after is not null && entries.FirstOrDefault(e => e.Event is RegistryEvent.EntryRedacted) is { Event: RegistryEvent.EntryRedacted redaction } redacting)
            {
                StopAsOutdated(redacting.Position, redaction.Position);
            }
            if (fault is not null)
            {
                throw fault;
            }
        }
        catch (Exception e)
        {
            stop = Hindrance.Of(e, e.Message);
            throw;
        }
    }

    // The caller holds the gate.
    private void StopAsOutdated(long by, long position)
    {
        stop = new Hindrance(HindranceKind.Withheld,
            $"Entry {by} withholds something of entry {position}, which this process has read in full. Start it again, so that the log is read anew.");
        outdated.TrySetResult();
    }

    private void Project(Entry entry, bool own)
    {
        foreach (var projection in projections)
        {
            try
            {
                projection.Apply(entry);
            }
            // What was decided here is sound, and the fault the program's own; what was read may speak of things that never were.
            catch (Exception e) when (!own && e is not OutOfMemoryException)
            {
                throw new LogDamagedException($"Entry {entry.Position} ({entry.Type}) can't be taken in: {e.Message}", e);
            }
        }
    }

    private (RegistryState State, int Good, LogDamagedException? Fault) Fold(IReadOnlyList<Entry> entries)
    {
        var (next, time) = (state, head.RecordedAt);
        for (var i = 0; i < entries.Count; i++)
        {
            try
            {
                CheckFollows(entries[i], head.Size + i, time, next);
                next = next.Evolve(entries[i].Stream, entries[i].Event);
                time = entries[i].RecordedAt;
            }
            catch (Exception e) when (e is not OutOfMemoryException)
            {
                return (next, i, e as LogDamagedException
                    ?? new LogDamagedException($"Entry {head.Size + i}: {entries[i].Type} can't follow what is known of {entries[i].Stream} ({e.Message})", e));
            }
        }
        return (next, entries.Count, null);
    }

    /// <exception cref="LogDamagedException">The entry can't be the next one after so many, recorded up to that time.</exception>
    internal static void CheckFollows(Entry entry, long size, DateTimeOffset? time, RegistryState before)
    {
        if (entry.Position != size)
        {
            throw new LogDamagedException($"Entry {size} says that it is entry {entry.Position}.");
        }
        if (entry.Version != before.VersionOf(entry.Stream))
        {
            throw new LogDamagedException($"Entry {size} is version {entry.Version} of {entry.Stream}, where version {before.VersionOf(entry.Stream)} comes next.");
        }
        if (entry.RecordedAt < time)
        {
            throw new LogDamagedException($"Entry {size} was recorded at {EntryCodec.FormatTime(entry.RecordedAt)}, before the entry it follows.");
        }
        // Who can write into the log and change what is stored could rewrite an entry as one that withholds something: not unseen.
        if (entry.Event is RegistryEvent.EntryRedacted redaction)
        {
            if (!before.RedactionAllowed)
            {
                throw new LogDamagedException($"Entry {size} withholds something of entry {redaction.Position}, and nobody had allowed that.");
            }
            if (!redaction.Replacement.Contains(Withholding.Mark, StringComparison.Ordinal))
            {
                throw new LogDamagedException($"Entry {size} says that it withholds something of entry {redaction.Position}, and what it puts there has no {Withholding.Mark} in it.");
            }
        }
    }

    private static TaskCompletionSource NewSignal() => new(TaskCreationOptions.RunContinuationsAsynchronously);
}

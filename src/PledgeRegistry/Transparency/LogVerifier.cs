using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Transparency;

/// <summary>The first damage of a log.</summary>
/// <param name="Position">The entry it is at, or null where it is of the log as a whole.</param>
public sealed record LogFault(long? Position, string What);

/// <summary>That something of an entry is withheld.</summary>
/// <param name="Position">The entry.</param>
/// <param name="By">The entry that withheld it.</param>
public sealed record WithheldEntry(long Position, long By);

/// <summary>What a verification found: size, root and content hash of a sound log, or the first fault and what is good before it.</summary>
/// <param name="Size">How many entries were read and found sound, from the first on.</param>
/// <param name="Root">The Merkle root of these.</param>
/// <param name="ContentHash">Only of a sound log, where it was asked for.</param>
/// <param name="Withheld">The entries of which something is withheld, each with the one that says so.</param>
public sealed record LogVerdict(long Size, Hash Root, Hash? ContentHash, LogFault? Fault, IReadOnlyList<WithheldEntry> Withheld)
{
    public bool Sound => Fault is null;
}

/// <summary>
/// Reads a whole log and holds every entry against everything that is known to be true of one: its leaf hash, its
/// canonical form, both readers, its place, its stream, its time, its id, and all that is folded from it. Stops at the
/// first fault. It finds at least what opening a <see cref="Registry"/> finds.
/// </summary>
/// <param name="projections">Fresh ones: what they can't fold is a fault too.</param>
public sealed class LogVerifier(IEventLog log, EntryCodec codec, IReadOnlyList<IProjection> projections)
{
    private const int ReadCount = 1024;

    private readonly MerkleTree tree = new();
    private readonly Dictionary<Guid, long> ids = [];
    private readonly Dictionary<Hash, long> commands = [];
    private readonly WithheldEntries stubs = new();
    private readonly List<WithheldEntry> withheld = [];
    private RegistryState state = RegistryState.Empty;
    private Entry? last;

    /// <summary>The tree of what was found sound.</summary>
    public MerkleTree Tree => tree;

    /// <summary>The keys that what was found sound names, with the sizes that they may sign.</summary>
    public IReadOnlyList<SigningKeyState> SigningKeys => state.SigningKeys;

    /// <summary>Verifies the log, once.</summary>
    /// <param name="known">What was last known of it, from outside the log; read it before the log, which may grow meanwhile.</param>
    /// <param name="published">A root to hold it against, and the size it is of (null: the whole log).</param>
    /// <param name="progress">Told how many entries are sound so far, now and then.</param>
    /// <param name="contentHash">Whether to read the log once more for the content hash of a sound one.</param>
    public async Task<LogVerdict> VerifyAsync(
        KnownHead? known = null, (Hash Root, long? Size)? published = null, Action<long>? progress = null, bool contentHash = true, CancellationToken cancel = default)
    {
        try
        {
            while (await ReadAsync(cancel) is { Count: > 0 } read)
            {
                cancel.ThrowIfCancellationRequested();
                foreach (var stored in read)
                {
                    Check(stored);
                }
                progress?.Invoke(tree.Size);
            }
        }
        catch (LogDamagedException e)
        {
            return Verdict(new LogFault(tree.Size, e.Message));
        }
        catch (UnknownEventTypeException e)
        {
            return Verdict(new LogFault(tree.Size, $"This entry can't be verified: {e.Message}"));
        }
        if (stubs.Open is var (position, what))
        {
            return Verdict(new LogFault(position, what));
        }
        return WholeFault(known, published) is { } fault
            ? Verdict(fault)
            : Verdict(null) with { ContentHash = contentHash ? await ContentHash.OfAsync(log, tree.Size, cancel) : null };
    }

    private LogVerdict Verdict(LogFault? fault) => new(tree.Size, tree.Root(tree.Size), null, fault, withheld);

    /// <summary>The next entries. Where several can't be read at once, one alone: so the damage is found where it is.</summary>
    private async Task<IReadOnlyList<StoredEntry>> ReadAsync(CancellationToken cancel)
    {
        try
        {
            return await log.ReadAsync(tree.Size, ReadCount, cancel);
        }
        catch (LogDamagedException)
        {
            return await log.ReadAsync(tree.Size, 1, cancel);
        }
    }

    private void Check(StoredEntry stored)
    {
        var bytes = stored.Bytes.Span;
        if (!stored.IsSound)
        {
            throw new LogDamagedException("The stored bytes don't match the leaf hash stored beside them.");
        }
        if (bytes.Length > EntryCodec.MaxEntryBytes)
        {
            throw new LogDamagedException($"It has {bytes.Length} bytes; an entry has at most {EntryCodec.MaxEntryBytes}.");
        }
        CheckCanonical(bytes);
        var entry = codec.Decode(bytes);
        CheckReadings(entry, codec.DecodeReference(bytes), (Stub.TryParse(stored.Bytes)?.Entry ?? stored.Bytes).Span);
        Registry.CheckFollows(entry, tree.Size, last?.RecordedAt, state);
        CheckUnique(entry);
        CheckWithheld(entry, stored);
        CheckSeal(entry);
        Fold(entry);
        tree.Append(stored.Leaf);
        last = entry;
    }

    private static void CheckCanonical(ReadOnlySpan<byte> bytes)
    {
        byte[] canonical;
        try
        {
            canonical = CanonicalJson.Canonicalize(bytes);
        }
        catch (FormatException e)
        {
            throw new LogDamagedException($"Not an entry: {e.Message}", e);
        }
        if (!bytes.SequenceEqual(canonical))
        {
            throw new LogDamagedException("It isn't in canonical form (RFC 8785): the same content would be written as other bytes.");
        }
    }

    /// <summary>The fast reader and the reference reader understand the same, and it would be stored as the same bytes.</summary>
    private static void CheckReadings(Entry fast, Entry reference, ReadOnlySpan<byte> bytes)
    {
        var (fastData, referenceData) = (Restored(fast.Event), Restored(reference.Event));
        if (fast with { Event = reference.Event } != reference || !fastData.AsSpan().SequenceEqual(referenceData))
        {
            throw new LogDamagedException("The fast reader and the reference reader understand it differently.");
        }
        // What was upcast while it was read has another shape than what is stored.
        if (EventTypes.NameOf(fast.Event) == fast.Type && !bytes.SequenceEqual(EntryCodec.Encode(fast, fastData)))
        {
            throw new LogDamagedException("What is read from it would be stored as other bytes.");
        }
    }

    private static byte[] Restored(IEvent happened)
    {
        try
        {
            return StoredJson.Encode(happened);
        }
        catch (Exception e) when (e is FormatException or Newtonsoft.Json.JsonException)
        {
            throw new LogDamagedException($"What is read from it could not be stored: {e.Message}", e);
        }
    }

    private void CheckUnique(Entry entry)
    {
        if (!ids.TryAdd(entry.Id, entry.Position))
        {
            throw new LogDamagedException($"Its id {entry.Id} is the one of entry {ids[entry.Id]} already.");
        }
        // All entries of a command follow one another, in one stream.
        if (!commands.TryAdd(entry.CommandId, entry.Position)
            && !(last!.CommandId == entry.CommandId && last.CommandHash == entry.CommandHash && last.Stream == entry.Stream))
        {
            throw new LogDamagedException($"Its command was recorded already, at entry {commands[entry.CommandId]}.");
        }
    }

    private void CheckWithheld(Entry entry, StoredEntry stored)
    {
        if (stubs.Add(entry, stored.Bytes) is var (position, stub))
        {
            if (!stub)
            {
                throw new LogDamagedException(WithheldEntries.NotWithheld(position));
            }
            withheld.Add(new WithheldEntry(position, entry.Position));
        }
    }

    /// <summary>A seal names a size and root that the log had.</summary>
    private void CheckSeal(Entry entry)
    {
        if (entry.Event is RegistryEvent.ViewsSealed seal
            && (seal.Size < 1 || seal.Size > tree.Size || seal.Root != tree.Root(seal.Size).ToString()))
        {
            throw new LogDamagedException($"It seals views of {seal.Size} entries with the root {seal.Root}, which this log never had.");
        }
    }

    private void Fold(Entry entry)
    {
        try
        {
            state = state.Evolve(entry.Stream, entry.Event);
            foreach (var projection in projections)
            {
                projection.Apply(entry);
            }
        }
        catch (Exception e)
        {
            throw new LogDamagedException($"{entry.Type} can't follow what is known of {entry.Stream} ({e.Message})", e);
        }
    }

    private LogFault? WholeFault(KnownHead? known, (Hash Root, long? Size)? published)
    {
        if (tree.Size == 0)
        {
            return new LogFault(null, known is { Size: > 0 }
                ? $"The log is empty, and had {known.Size} entries when this registry last ran. Last known root: {known.Root}."
                : "The log is empty: there is nothing to verify.");
        }
        try
        {
            known?.Check(tree);
        }
        catch (LogDamagedException e)
        {
            var gone = known!.Size > tree.Size;
            // The record names a range; it is a place only where the range is of one entry.
            return new LogFault(gone ? tree.Size : known.FirstDifference(tree) is var (start, end) && start == end ? start : null, e.Message);
        }
        if (published is not var (root, given))
        {
            return null;
        }
        var size = given ?? tree.Size;
        return size > tree.Size ? new LogFault(tree.Size, $"The log was cut: it has {tree.Size} entries, and the root that it is held against is of {size}.")
            : tree.Root(size) != root ? new LogFault(null, $"The root of the first {size} entries is {tree.Root(size)}, not {root}: the log was rewritten, or the root is of another size or another log.")
            : null;
    }
}

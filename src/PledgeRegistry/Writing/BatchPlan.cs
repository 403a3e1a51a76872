using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Writing;

/// <summary>
/// A batch decided against a head: each command against the state with the ones before it applied, the entries that
/// result, and what to answer if they become durable. Thrown away whole if they don't.
/// </summary>
internal sealed class BatchPlan(Registry registry, TimeProvider clock)
{
    private readonly Dictionary<Hash, (Hash Hash, Receipt Receipt)> inThisBatch = [];
    private readonly RegistryHead head = registry.Head;
    private int bytes;
    private bool closed;

    public LogHead Expected => head.Log;

    /// <summary>The state at the head with the entries of the plan applied.</summary>
    public RegistryState State { get; private set; } = registry.State;

    public List<StoredEntry> Stored { get; } = [];
    public List<Entry> Entries { get; } = [];
    public List<(PendingCommand Command, Outcome Outcome)> Answers { get; } = [];

    /// <summary>False if the command doesn't fit into this batch any more; then nothing about it was decided.</summary>
    /// <exception cref="LogDamagedException">What is stored of an earlier try contradicts what was read before.</exception>
    public async Task<bool> TryAddAsync(PendingCommand command)
    {
        if (closed)
        {
            return false;
        }
        try
        {
            if (await EarlierAnswerAsync(command) is { } earlier)
            {
                Answers.Add((command, earlier));
                return true;
            }
            switch (Authority.Decide(State, command.Command, command.Author, DateOnly.FromDateTime(Time().UtcDateTime)))
            {
                case Decision.Accepted { Events: [RegistryEvent.EntryRedacted redaction, ..] } accepted:
                    return await TryRedactAsync(command, accepted, redaction);
                case Decision.Accepted accepted:
                    return TryAdd(command, accepted);
                case Decision.Refused refused:
                    Answers.Add((command, new Outcome.Refused(refused.Reasons)));
                    return true;
                default:
                    Answers.Add((command, new Outcome.NothingNew()));
                    return true;
            }
        }
        catch (EntryTooLargeException e)
        {
            Answers.Add((command, Refused(new Refusal("too-long", $"This doesn't fit: {e.Message} Shorten the texts or split it.", null))));
            return true;
        }
        catch (TextRefusedException e)
        {
            Answers.Add((command, Refused(new Refusal("text-refused", e.Reason, e.Field, RefusalKind.Invalid, e.Reason))));
            return true;
        }
        catch (Exception e) when (e is not LogDamagedException)
        {
            // One command's fault, or one failed look-up, costs only that command.
            Answers.Add((command, new Outcome.Unavailable($"Something went wrong while this was decided ({e.GetType().Name}: {e.Message}). This try wrote nothing.")));
            return true;
        }
    }

    /// <summary>True if nothing is to be written, and something is to be answered as recorded: by an earlier try, or as nothing new.</summary>
    public bool RepeatsOnly => Stored.Count == 0 && Answers.Exists(a => a.Outcome is Outcome.Recorded or Outcome.NothingNew);

    /// <summary>True if the batch is in the log that was read on; for one without entries, if nobody else has written.</summary>
    public bool IsIn(Registry readOn) => Stored.Count > 0
        ? readOn.Head.Size > Expected.Size && readOn.Tree.Leaf(Expected.Size) == Stored[0].Leaf
        : readOn.Head.Size == Expected.Size && readOn.Stopped is null;

    /// <summary>A redaction is a batch of its own: its entries and the stub are written in one go, by a log that can do that.</summary>
    private async Task<bool> TryRedactAsync(PendingCommand command, Decision.Accepted accepted, RegistryEvent.EntryRedacted redaction)
    {
        if (Stored.Count > 0)
        {
            return false;
        }
        var refusal = registry.Log is not RedactingLog
            ? new Refusal("redaction-elsewhere", "Only the tool withholds something, at the machine, with the right to change what is stored.", null, RefusalKind.Forbidden)
            : Withholding.Objection(State, await registry.ReadStoredAsync(redaction.Position), redaction, head.Size);
        if (refusal is not null)
        {
            Answers.Add((command, Refused(refusal)));
            return true;
        }
        return closed = TryAdd(command, accepted);
    }

    private bool TryAdd(PendingCommand command, Decision.Accepted accepted)
    {
        if (accepted.Events.Count == 0)
        {
            throw new InvalidOperationException($"{command.Command.GetType().Name} was accepted, and made no event.");
        }
        if (accepted.Events.Count > IEventLog.MaxBatchEntries)
        {
            Answers.Add((command, Refused(new Refusal("too-many", $"This makes {accepted.Events.Count} entries; at most {IEventLog.MaxBatchEntries} are recorded at once. Split it."))));
            return true;
        }
        var time = Time();
        var after = State;
        List<(Entry Entry, StoredEntry Stored)> added = [];
        foreach (var happened in accepted.Events)
        {
            var entry = new Entry(
                head.Size + Entries.Count + added.Count, accepted.Stream, after.VersionOf(accepted.Stream),
                Guid.CreateVersion7(time), EventTypes.NameOf(happened), time,
                command.Author.Actor, command.Author.Role, command.Author.OnBehalfOf,
                command.Id, command.Hash, command.Correlation, null, happened);
            added.Add((entry, StoredEntry.Of(EntryCodec.Encode(entry, command.DataOf(happened)))));
            after = after.Evolve(accepted.Stream, happened);
        }
        var more = added.Sum(a => a.Stored.Bytes.Length);
        if (more > IEventLog.MaxBatchBytes)
        {
            Answers.Add((command, Refused(new Refusal("too-long", $"This makes {more} bytes; at most {IEventLog.MaxBatchBytes} are recorded at once. Split it."))));
            return true;
        }
        if (Entries.Count + added.Count > IEventLog.MaxBatchEntries || bytes + more > IEventLog.MaxBatchBytes)
        {
            return false;
        }
        var (first, leaf) = (added[0].Entry, added[0].Stored.Leaf);
        var receipt = new Receipt(first.Position, first.Id, leaf, added.Count, accepted.Stream);
        Outcome answer = new Outcome.Recorded(receipt, Repeated: false);
        Entries.EnsureCapacity(Entries.Count + added.Count);
        Stored.EnsureCapacity(Stored.Count + added.Count);
        Answers.EnsureCapacity(Answers.Count + 1);
        inThisBatch.EnsureCapacity(inThisBatch.Count + 1);
        // From here on nothing is allocated, so nothing can fail: half of it would be a version that is counted and not written.
        foreach (var (entry, stored) in added)
        {
            Entries.Add(entry);
            Stored.Add(stored);
        }
        inThisBatch.Add(command.Id, (command.Hash, receipt));
        Answers.Add((command, answer));
        bytes += more;
        State = after;
        return true;
    }

    /// <summary>The last look before something is written for ever: places and versions follow one another.</summary>
    /// <exception cref="InvalidOperationException">They don't. Nothing of it may be written.</exception>
    public void CheckSequence()
    {
        var versions = new Dictionary<string, long>(StringComparer.Ordinal);
        for (var i = 0; i < Entries.Count; i++)
        {
            var (entry, stream) = (Entries[i], Entries[i].Stream);
            var version = versions.TryGetValue(stream, out var next) ? next : registry.State.VersionOf(stream);
            if (Entries.Count != Stored.Count || entry.Position != head.Size + i || entry.Version != version)
            {
                throw new InvalidOperationException($"The batch was to be written with version {entry.Version} of {stream} at {entry.Position}, where version {version} at {head.Size + i} comes next.");
            }
            versions[stream] = version + 1;
        }
    }

    /// <summary>What an earlier try with the same key was answered, if there was one.</summary>
    private async Task<Outcome?> EarlierAnswerAsync(PendingCommand command)
    {
        if (inThisBatch.TryGetValue(command.Id, out var twin))
        {
            return twin.Hash == command.Hash ? new Outcome.Recorded(twin.Receipt, Repeated: true) : KeyReused();
        }
        if (registry.PositionOf(command.Id) is not { } position)
        {
            return null;
        }
        var first = await registry.ReadAsync(position);
        if (first.CommandHash != command.Hash)
        {
            return KeyReused();
        }
        var count = 1;
        while (position + count < registry.Head.Size && (await registry.ReadAsync(position + count)).CommandId == command.Id)
        {
            count++;
        }
        return new Outcome.Recorded(new Receipt(position, first.Id, registry.Tree.Leaf(position), count, first.Stream), Repeated: true);
    }

    // Milliseconds, and never earlier than the entry before, be it in the log or in this batch.
    private DateTimeOffset Time()
    {
        var now = clock.GetUtcNow();
        now = new DateTimeOffset(now.UtcTicks - now.UtcTicks % TimeSpan.TicksPerMillisecond, TimeSpan.Zero);
        var last = Entries.Count > 0 ? Entries[^1].RecordedAt : head.RecordedAt;
        return now < last ? last.Value : now;
    }

    private static Outcome.Refused KeyReused() => Refused(new Refusal("idempotency-key-reused",
        "This idempotency key was used before for something else. Send this with a key of its own.", null, RefusalKind.Conflict));

    private static Outcome.Refused Refused(Refusal refusal) => new([refusal]);
}

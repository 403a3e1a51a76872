using PledgeRegistry.Participants;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Log;

/// <summary>
/// Holds the stubs of a log that is read from its start against the entries that withhold something: each names the other, and
/// what the stub says of the entry is what the other says. It is for two people,
/// so a clearance follows in the same command. Whether it was allowed, and withholds at all: see <see cref="Registry.CheckFollows"/>.
/// </summary>
internal sealed class WithheldEntries
{
    private readonly SortedDictionary<long, (long By, Hash Entry, byte[] Data)> open = [];
    private Entry? uncleared;

    /// <summary>What is still missing where the log ends, and the entry that it is of: that of the first stub, or a clearance; null where nothing is.</summary>
    public (long Position, string What)? Open =>
        open.Count > 0 ? (open.First().Key, $"It is the stub of an entry of which something was withheld, and says that entry {open.First().Value.By} did that; there is no such entry.")
        : uncleared is not null ? (uncleared.Position, "It withholds something, and nobody cleared it: that is for two people, and the clearance comes right after it.")
        : null;

    /// <summary>Takes the next entry of the log.</summary>
    /// <returns>The position that it withholds, and whether its stub was read; null where it withholds none.</returns>
    /// <exception cref="LogDamagedException">A stub and the entry that it names contradict each other.</exception>
    public (long Position, bool Stub)? Add(Entry entry, ReadOnlyMemory<byte> stored)
    {
        if (uncleared is { } redacting && !(entry.Event is ClearanceEvent.Given given && entry.CommandId == redacting.CommandId && entry.Stream == redacting.Stream && given.By != redacting.Actor))
        {
            throw new LogDamagedException($"Entry {redacting.Position} withholds something, and this isn't its clearance by a second person, which comes right after it.");
        }
        uncleared = entry.Event is RegistryEvent.EntryRedacted ? entry : null;
        if (entry.WithheldBy is { } by)
        {
            if (by <= entry.Position || entry.Event is RegistryEvent || entry.Stream == RegistryState.OwnStream)
            {
                throw new LogDamagedException($"It says that entry {by} withheld something of it, which {(by <= entry.Position ? "doesn't come after it" : "can't be: it is of the registry itself")}.");
            }
            open.Add(entry.Position, (by, Stub.TryParse(stored)!.Value.EntryHash, DataOf(stored)));
        }
        if (entry.Event is not RegistryEvent.EntryRedacted redaction)
        {
            return null;
        }
        if (!open.Remove(redaction.Position, out var stub))
        {
            return (redaction.Position, false);
        }
        if (stub.By != entry.Position)
        {
            throw new LogDamagedException($"It withholds something of entry {redaction.Position}, whose stub names entry {stub.By}.");
        }
        if (stub.Entry.ToString() != redaction.EntryHash || !stub.Data.AsSpan().SequenceEqual(System.Text.Encoding.UTF8.GetBytes(redaction.Replacement)))
        {
            throw new LogDamagedException($"It withholds something of entry {redaction.Position}, whose stub says something else than it does.");
        }
        return (redaction.Position, true);
    }

    private static byte[] DataOf(ReadOnlyMemory<byte> stored) =>
        CanonicalJson.Encode(CanonicalJson.Parse(Stub.TryParse(stored)!.Value.Entry.Span)["data"]!);

    /// <summary>What is wrong where an entry withholds something of another that is there in full.</summary>
    public static string NotWithheld(long position) => $"It withholds something of entry {position}, which is there in full.";
}

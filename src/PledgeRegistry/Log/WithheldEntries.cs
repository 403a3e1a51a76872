using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>
/// Holds the stubs of a log that is read from its start against the entries that withhold something: each names the other, and
/// what the stub says of the entry is what the other says.
/// </summary>
internal sealed class WithheldEntries
{
    private readonly SortedDictionary<long, (long By, Hash Entry, byte[] Data)> open = [];

    /// <summary>The first stub whose entry, the one that withheld it, wasn't read yet; null where there is none.</summary>
    public (long Position, long By)? Open => open.Count == 0 ? null : (open.First().Key, open.First().Value.By);

    /// <summary>Takes the next entry of the log.</summary>
    /// <returns>The position that it withholds, and whether its stub was read; null where it withholds none.</returns>
    /// <exception cref="LogDamagedException">A stub and the entry that it names contradict each other.</exception>
    public (long Position, bool Stub)? Add(Entry entry, ReadOnlyMemory<byte> stored)
    {
        if (entry.WithheldBy is { } by)
        {
            if (by <= entry.Position || entry.Event is RegistryEvent)
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

    /// <summary>What is wrong where the log ends and a stub is still open.</summary>
    public static string Unproven(long by) => $"It is the stub of an entry of which something was withheld, and says that entry {by} did that; there is no such entry.";

    /// <summary>What is wrong where an entry withholds something of another that is there in full.</summary>
    public static string NotWithheld(long position) => $"It withholds something of entry {position}, which is there in full.";
}

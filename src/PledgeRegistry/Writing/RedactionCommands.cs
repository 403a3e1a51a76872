using System.Text;
using Newtonsoft.Json.Linq;
using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>That something of an entry was withheld.</summary>
/// <param name="By">The position of the entry that withheld it.</param>
/// <param name="EntryHash">SHA-256 of the entry as it is from then on.</param>
public sealed record RedactionState(long By, string EntryHash);

/// <summary>Says that parts of entries may be withheld, or no longer. Until it was said, they may not.</summary>
public sealed record AllowRedaction(bool Allowed, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) =>
        head.RedactionAllowed == Allowed ? Decision.NothingToDo
        : new Check(head).Text(Reason, "reason", Check.ShortText).Refusal
          ?? Decision.Accept(RegistryState.OwnStream, new RegistryEvent.RedactionAllowed(Allowed, Reason));
}

/// <summary>
/// Withholds passages of an entry, on somebody's order. For two: an administrator (or whoever works at the machine) and a
/// second one who clears it. Whether it only withholds is held against the stored entry by the writer, which has that.
/// </summary>
/// <param name="Position">The entry.</param>
/// <param name="Authority">Who ordered it, in words.</param>
/// <param name="Replacement">The entry's data from now on, as canonical JSON: see <see cref="Withholding"/>.</param>
/// <param name="EntryHash">SHA-256 of the entry as canonical JSON from now on.</param>
public sealed record RedactEntry(long Position, string Authority, string Reason, string Replacement, string EntryHash) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => new Check(head)
        .That(head.RedactionAllowed, "redaction-not-allowed", "Nothing may be withheld in this registry, until an administrator allows it.", null, RefusalKind.Conflict)
        .That(Position >= 0 && Position < head.Size, "no-such-entry", "There is no entry of this number.", "position", RefusalKind.NotFound)
        .That(!head.OwnEntries.Contains(Position), "entry-of-the-registry", "This entry is of the registry itself: its opening, its keys, its redactions. Nothing of it is withheld.", "position", RefusalKind.Conflict)
        .That(!head.Redactions.ContainsKey(Position), "entry-redacted", "Something of this entry was withheld already; that is done once.", "position", RefusalKind.Conflict)
        .Text(Authority, "authority", Check.ShortText)
        .Text(Reason, "reason", Check.ShortText)
        .That(IsCanonicalObject(Replacement), "not-a-replacement", "The entry's new data aren't a JSON object in canonical form.", "replacement")
        .That(EntryHash is not null, "missing", "This is needed; fill it in.", "entryHash")
        .Digest(EntryHash, "entryHash")
        .Refusal ?? Decision.Accept(RegistryState.OwnStream, new RegistryEvent.EntryRedacted(Position, Authority, Reason, Replacement, EntryHash!));

    private static bool IsCanonicalObject(string? json)
    {
        try
        {
            var bytes = Encoding.UTF8.GetBytes(json ?? "");
            return CanonicalJson.Parse(bytes) is JObject o && CanonicalJson.Encode(o).AsSpan().SequenceEqual(bytes);
        }
        catch (FormatException)
        {
            return false;
        }
    }
}

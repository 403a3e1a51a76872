using PledgeRegistry.Log;

namespace PledgeRegistry;

/// <summary>What can happen to the registry itself. Stored for ever: add a case, never edit one.</summary>
public abstract record RegistryEvent : IEvent
{
    private RegistryEvent() { }

    /// <summary>The registry was opened: the first entry of its log.</summary>
    /// <param name="Names">The registry’s name by language (BCP 47).</param>
    /// <param name="Demonstration">True where invented data may stand: every page says so.</param>
    [EventType("registry-opened.v1")]
    public sealed record Opened(Texts Names, bool Demonstration) : RegistryEvent;

    /// <summary>The last step of loading a set of opening data: all of it is in the log.</summary>
    /// <param name="Set">The name of the set.</param>
    /// <param name="Version">The version of the set.</param>
    [EventType("opening-data-loaded.v1")]
    public sealed record OpeningDataLoaded(string Set, string Version) : RegistryEvent;

    /// <summary>
    /// A key signs the log from now on: every size that has this entry in it. The first one's name is the log's origin for ever.
    /// </summary>
    /// <param name="VerifierKey">The public key as a verifier key line of C2SP’s signed-note: name, id and key.</param>
    /// <param name="SpkiPem">The same key as SubjectPublicKeyInfo in PEM, as openssl reads it.</param>
    [EventType("signing-key-published.v1")]
    public sealed record SigningKeyPublished(string VerifierKey, string SpkiPem) : RegistryEvent;

    /// <summary>A key signs no size that has this entry in it. What it signed before stays signed.</summary>
    /// <param name="VerifierKey">The verifier key line that it was published with.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("signing-key-retired.v1")]
    public sealed record SigningKeyRetired(string VerifierKey, string Reason) : RegistryEvent;

    /// <summary>Parts of entries may be withheld from now on, or may no longer be. Without this entry they may not.</summary>
    /// <param name="Allowed">Whether they may.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("redaction-allowed.v1")]
    public sealed record RedactionAllowed(bool Allowed, string Reason) : RegistryEvent;

    /// <summary>
    /// Something of an earlier entry is withheld: what is stored there from now on is a stub with other data. That it was
    /// recorded, when, by whom and with what leaf hash, stays as it was.
    /// </summary>
    /// <param name="Position">The entry of which something is withheld.</param>
    /// <param name="Authority">Who ordered it, in words: a court, a data protection authority.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Replacement">The entry’s data from now on: canonical JSON, in which passages of texts are replaced by <c>[withheld]</c>, and nothing else is changed.</param>
    /// <param name="EntryHash">SHA-256 in hexadecimal of that entry as canonical JSON from now on, envelope and data: what the stub must hold.</param>
    [EventType("entry-redacted.v1")]
    public sealed record EntryRedacted(long Position, string Authority, string Reason, string Replacement, string EntryHash) : RegistryEvent;

    /// <summary>
    /// What the views said at a basis, as hashes: whoever makes them again from the same entries gets the same, or knows that
    /// either was changed.
    /// </summary>
    /// <param name="Size">How many entries were known: at most as many as come before this one.</param>
    /// <param name="Root">The Merkle root of these, in lower-case hexadecimal.</param>
    /// <param name="On">The date on which things were judged, as <c>2026-05-08</c>.</param>
    /// <param name="Meeting">Id of the meeting whose end this is the state at; null where it was sealed for another reason.</param>
    /// <param name="Views">Each view, once.</param>
    [EventType("views-sealed.v1")]
    public sealed record ViewsSealed(long Size, string Root, string On, string? Meeting, IReadOnlyList<SealedView> Views) : RegistryEvent;
}

/// <summary>A view as it was sealed.</summary>
/// <param name="View">The view and its version, such as <c>rcm-grid/2</c>.</param>
/// <param name="Parameters">What it was asked for with, beside the basis; none where it takes none.</param>
/// <param name="Sha256">SHA-256 of the view as canonical JSON (RFC 8785) in English, in lower-case hexadecimal.</param>
public sealed record SealedView(string View, IReadOnlyList<ViewParameter> Parameters, string Sha256);

/// <summary>A parameter of a sealed view.</summary>
/// <param name="Name">As the API names it: <c>framework</c>, <c>cycle</c>.</param>
/// <param name="Value">A code, an id or a year.</param>
public sealed record ViewParameter(string Name, string Value);

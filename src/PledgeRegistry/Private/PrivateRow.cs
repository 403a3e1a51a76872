using PledgeRegistry.Transparency;

namespace PledgeRegistry.Private;

/// <summary>A key, or the end of one, of those that protect cookies and forms; about nobody, and secret.</summary>
/// <param name="Name">What the web framework calls it.</param>
/// <param name="Xml">The element as it wrote it.</param>
public sealed record ProtectionKey(string Name, string Xml);

/// <summary>The checkpoint of the log that was signed last: public, but kept where every node can compare and swap it.</summary>
/// <param name="Size">How many entries were signed.</param>
/// <param name="Root">Their Merkle root.</param>
/// <param name="Note">The signed note, as it is published.</param>
public sealed record SignedHead(long Size, Hash Root, string Note);

/// <summary>One thing of the private store, as it is stored: what a backup holds.</summary>
public abstract record PrivateRow
{
    private PrivateRow()
    {
    }

    public sealed record OfContact(Contact Contact) : PrivateRow;

    /// <param name="Draft">With its form's values.</param>
    public sealed record OfDraft(Draft Draft) : PrivateRow;

    public sealed record OfKey(ProtectionKey Key) : PrivateRow;

    public sealed record OfAccess(AccessLine Line) : PrivateRow;

    public sealed record OfSigned(SignedHead Signed) : PrivateRow;
}

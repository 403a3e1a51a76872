namespace PledgeRegistry.Private;

/// <summary>A key, or the end of one, of those that protect cookies and forms; about nobody, and secret.</summary>
/// <param name="Name">What the web framework calls it.</param>
/// <param name="Xml">The element as it wrote it.</param>
public sealed record ProtectionKey(string Name, string Xml);

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
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Frameworks;

/// <summary>An item of a framework's version: <c>gcm/2018</c>, <c>GCM-15</c>.</summary>
/// <param name="Framework">The framework’s version, as scheme and version: gcm/2018.</param>
/// <param name="Item">The item’s code in it: GCM-15.</param>
public sealed record ItemRef(string Framework, string Item);

/// <summary>
/// What can happen to a version of a framework or code list. It opens, items are added one entry each, it closes; it
/// counts only once closed. Stored for ever: add a case, never edit one.
/// </summary>
public abstract record FrameworkEvent : IEvent
{
    private FrameworkEvent() { }

    /// <summary>A version of a framework, or of a code list, was opened for items to be added.</summary>
    /// <param name="Scheme">The framework’s or list’s short name, such as gcm, rcm-areas or nature.</param>
    /// <param name="Version">The version within the scheme, such as 2018.</param>
    /// <param name="Names">Its name by language (BCP 47).</param>
    /// <param name="Source">Where it is from.</param>
    /// <param name="ValidFrom">The first day on which it is in force.</param>
    /// <param name="ValidUntil">The first day on which it is no longer in force; null while that isn’t known.</param>
    /// <param name="CodeList">True for a plain list of codes (natures, modalities …) rather than a framework that pledges are mapped to.</param>
    [EventType("framework-opened.v1")]
    public sealed record Opened(string Scheme, string Version, Texts Names, string Source, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList) : FrameworkEvent;

    /// <summary>An item was added to a version that was still open.</summary>
    /// <param name="Code">Its code, such as GCM-15 or GCM-15.e; it never changes.</param>
    /// <param name="Level">objective, action, principle, area …</param>
    /// <param name="Parent">The code of the item that it is a part of, if any.</param>
    /// <param name="Labels">Its label by language (BCP 47), as the source has it.</param>
    /// <param name="Descriptions">What it means, by language (BCP 47).</param>
    /// <param name="Note">What is not certain about it.</param>
    [EventType("framework-item-added.v1")]
    public sealed record ItemAdded(string Code, string? Level, string? Parent, Texts Labels, Texts Descriptions, string? Note) : FrameworkEvent;

    /// <summary>The version is complete: from now on it counts.</summary>
    /// <param name="Items">How many items it has.</param>
    [EventType("framework-closed.v1")]
    public sealed record Closed(int Items) : FrameworkEvent;

    /// <summary>From the first day of <paramref name="From"/> it is no longer in force; old mappings stay readable.</summary>
    /// <param name="From">The first day on which it is no longer in force.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("framework-retired.v1")]
    public sealed record Retired(EffectiveDate From, string Reason) : FrameworkEvent;

    /// <summary>An item is something to an item of another framework or version. Also after the version is closed, or out of force.</summary>
    /// <param name="Code">The item of this version that it starts from.</param>
    /// <param name="To">The item that it leads to.</param>
    /// <param name="Relation">What <paramref name="To"/> is to the item.</param>
    /// <param name="Source">Where that is said, or whose reading it is.</param>
    [EventType("framework-crosswalk-added.v1")]
    public sealed record CrosswalkAdded(string Code, ItemRef To, CrosswalkRelation Relation, string Source) : FrameworkEvent;

    /// <summary>A crosswalk no longer stands; it may be added again.</summary>
    /// <param name="Code">The item of this version that it started from.</param>
    /// <param name="To">The item that it led to.</param>
    /// <param name="Reason">Why.</param>
    [EventType("framework-crosswalk-retired.v1")]
    public sealed record CrosswalkRetired(string Code, ItemRef To, string Reason) : FrameworkEvent;
}

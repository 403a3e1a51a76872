using PledgeRegistry.Log;

namespace PledgeRegistry.Frameworks;

/// <summary>An item of a framework's version: <c>gcm/2018</c>, <c>GCM-15</c>.</summary>
public sealed record ItemRef(string Framework, string Item);

/// <summary>
/// What can happen to a version of a framework or code list. It opens, items are added one entry each, it closes; it
/// counts only once closed. Stored for ever: add a case, never edit one.
/// </summary>
public abstract record FrameworkEvent : IEvent
{
    private FrameworkEvent() { }

    /// <param name="CodeList">True for a plain list of codes (natures, modalities …) rather than a framework that pledges are mapped to.</param>
    [EventType("framework-opened.v1")]
    public sealed record Opened(string Scheme, string Version, Texts Names, string Source, EffectiveDate ValidFrom, EffectiveDate? ValidUntil, bool CodeList) : FrameworkEvent;

    /// <param name="Level">objective, action, principle, area …</param>
    [EventType("framework-item-added.v1")]
    public sealed record ItemAdded(string Code, string? Level, string? Parent, Texts Labels, Texts Descriptions, string? Note) : FrameworkEvent;

    /// <param name="Items">How many items it has.</param>
    [EventType("framework-closed.v1")]
    public sealed record Closed(int Items) : FrameworkEvent;

    /// <summary>From the first day of <paramref name="From"/> it is no longer in force; old mappings stay readable.</summary>
    [EventType("framework-retired.v1")]
    public sealed record Retired(EffectiveDate From, string Reason) : FrameworkEvent;
}

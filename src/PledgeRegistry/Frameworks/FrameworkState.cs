using System.Collections.Immutable;

namespace PledgeRegistry.Frameworks;

/// <summary>What decisions need to know of a framework's version.</summary>
/// <param name="Crosswalks">Those that stand: from which of its items, to which other.</param>
public sealed record FrameworkState(string Scheme, string Version, EffectiveDate ValidFrom, bool CodeList, bool Closed, bool Retired, ImmutableHashSet<string> Items,
    ImmutableHashSet<(string Code, ItemRef To)> Crosswalks)
{
    /// <summary>Complete, and not retired: it can be used.</summary>
    public bool InForce => Closed && !Retired;

    public static FrameworkState Evolve(FrameworkState? framework, FrameworkEvent happened) => happened switch
    {
        FrameworkEvent.Opened e => new(e.Scheme, e.Version, e.ValidFrom, e.CodeList, false, false, ImmutableHashSet.Create<string>(StringComparer.Ordinal), []),
        FrameworkEvent.ItemAdded e => framework! with { Items = framework.Items.Add(e.Code) },
        FrameworkEvent.Closed => framework! with { Closed = true },
        FrameworkEvent.Retired => framework! with { Retired = true },
        FrameworkEvent.CrosswalkAdded e => framework! with { Crosswalks = framework.Crosswalks.Add((e.Code, e.To)) },
        FrameworkEvent.CrosswalkRetired e => framework! with { Crosswalks = framework.Crosswalks.Remove((e.Code, e.To)) },
        _ => throw new InvalidOperationException($"A framework has no arm for {happened.GetType()}."),
    };
}

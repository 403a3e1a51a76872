using System.Collections.Immutable;

namespace PledgeRegistry.Frameworks;

/// <summary>What decisions need to know of a framework's version.</summary>
public sealed record FrameworkState(string Scheme, string Version, EffectiveDate ValidFrom, bool CodeList, bool Closed, bool Retired, ImmutableHashSet<string> Items)
{
    /// <summary>Complete, and not retired: it can be used.</summary>
    public bool InForce => Closed && !Retired;

    public static FrameworkState Evolve(FrameworkState? framework, FrameworkEvent happened) => happened switch
    {
        FrameworkEvent.Opened e => new(e.Scheme, e.Version, e.ValidFrom, e.CodeList, false, false, ImmutableHashSet.Create<string>(StringComparer.Ordinal)),
        FrameworkEvent.ItemAdded e => framework! with { Items = framework.Items.Add(e.Code) },
        FrameworkEvent.Closed => framework! with { Closed = true },
        FrameworkEvent.Retired => framework! with { Retired = true },
        _ => throw new InvalidOperationException($"A framework has no arm for {happened.GetType()}."),
    };
}

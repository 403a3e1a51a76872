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
}

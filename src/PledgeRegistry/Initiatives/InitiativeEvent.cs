using PledgeRegistry.Log;

namespace PledgeRegistry.Initiatives;

/// <summary>What can happen to an initiative. Stored for ever: add a case, never edit one.</summary>
public abstract record InitiativeEvent : IEvent
{
    private InitiativeEvent() { }

    [EventType("initiative-recorded.v1")]
    public sealed record Recorded(InitiativeContent Content) : InitiativeEvent;

    /// <summary>There is news of it: the content now, with its novelty (updated, completed, discontinued).</summary>
    [EventType("initiative-updated.v1")]
    public sealed record Updated(InitiativeContent Content, string Reason) : InitiativeEvent;

    /// <summary>The record was wrong; the initiative itself didn't change.</summary>
    [EventType("initiative-corrected.v1")]
    public sealed record Corrected(InitiativeContent Content, string Reason) : InitiativeEvent;

    [EventType("initiative-withdrawn.v1")]
    public sealed record Withdrawn(EffectiveDate From, string Reason) : InitiativeEvent;
}

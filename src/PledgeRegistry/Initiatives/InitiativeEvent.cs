using PledgeRegistry.Log;

namespace PledgeRegistry.Initiatives;

/// <summary>What can happen to an initiative. Stored for ever: add a case, never edit one.</summary>
public abstract record InitiativeEvent : IEvent
{
    private InitiativeEvent() { }

    /// <summary>It was recorded.</summary>
    /// <param name="Content">What it is.</param>
    [EventType("initiative-recorded.v1")]
    public sealed record Recorded(InitiativeContent Content) : InitiativeEvent;

    /// <summary>There is news of it: the content now, with its novelty (updated, completed, discontinued).</summary>
    /// <param name="Content">All of what it is now, with its novelty (updated, completed, discontinued).</param>
    /// <param name="Reason">What the news is.</param>
    [EventType("initiative-updated.v1")]
    public sealed record Updated(InitiativeContent Content, string Reason) : InitiativeEvent;

    /// <summary>The record was wrong; the initiative itself didn't change.</summary>
    /// <param name="Content">All of what it is, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("initiative-corrected.v1")]
    public sealed record Corrected(InitiativeContent Content, string Reason) : InitiativeEvent;

    /// <summary>It was taken back, effective from a date. It stays in every view, marked.</summary>
    /// <param name="From">The day from which it no longer holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("initiative-withdrawn.v1")]
    public sealed record Withdrawn(EffectiveDate From, string Reason) : InitiativeEvent;
}

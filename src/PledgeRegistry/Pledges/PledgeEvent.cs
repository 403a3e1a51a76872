using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;

namespace PledgeRegistry.Pledges;

/// <summary>What can happen to a pledge. Stored for ever: add a case, never edit one.</summary>
public abstract record PledgeEvent : IEvent
{
    private PledgeEvent() { }

    /// <summary>It was recorded.</summary>
    [EventType("pledge-recorded.v1")]
    public sealed record Recorded(PledgeContent Content) : PledgeEvent;

    /// <summary>The record was wrong about what was promised; the promise itself didn't change.</summary>
    [EventType("pledge-corrected.v1")]
    public sealed record Corrected(PledgeContent Content, string Reason) : PledgeEvent;

    /// <summary>The parties changed what they promise, from a date on.</summary>
    [EventType("pledge-amended.v1")]
    public sealed record Amended(PledgeContent Content, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>It was mapped to a framework's item.</summary>
    /// <param name="Retrospective">The item is younger than the commitment.</param>
    /// <param name="Main">One of the items that matter most to the commitment: a mark, not a limit.</param>
    [EventType("pledge-mapped.v2")]
    public sealed record Mapped(ItemRef Item, string Reason, bool Retrospective, bool Main = false) : PledgeEvent;

    [EventType("pledge-mapping-retired.v1")]
    public sealed record MappingRetired(ItemRef Item, string Reason) : PledgeEvent;

    /// <summary>A party reported on its progress. <paramref name="Number"/> counts the pledge's reports from 1.</summary>
    [EventType("pledge-progress-reported.v1")]
    public sealed record ProgressReported(int Number, ProgressReport Report) : PledgeEvent;

    [EventType("pledge-report-corrected.v1")]
    public sealed record ReportCorrected(int Number, ProgressReport Report, string Reason) : PledgeEvent;

    /// <summary>Somebody other than the party gave a view beside the claim. <paramref name="Number"/> counts from 1.</summary>
    [EventType("pledge-reviewed.v1")]
    public sealed record Reviewed(int Number, Review Review) : PledgeEvent;

    /// <summary>The party answered a review.</summary>
    [EventType("pledge-review-replied.v1")]
    public sealed record ReviewReplied(int Review, string Party, string Text, string Language) : PledgeEvent;

    /// <summary>An addressee said what it makes of what was asked of it.</summary>
    [EventType("pledge-addressee-answered.v1")]
    public sealed record AddresseeAnswered(string Party, AddresseeAnswer Answer, EffectiveDate On, string Text, string Language) : PledgeEvent;

    /// <summary>It was taken back, effective from a date. It stays in every view, marked.</summary>
    [EventType("pledge-withdrawn.v1")]
    public sealed record Withdrawn(EffectiveDate From, string Reason) : PledgeEvent;
}

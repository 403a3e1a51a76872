using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;

namespace PledgeRegistry.Pledges;

/// <summary>What can happen to a pledge. Stored for ever: add a case, never edit one.</summary>
public abstract record PledgeEvent : IEvent
{
    private PledgeEvent() { }

    /// <summary>It was recorded.</summary>
    /// <param name="Content">What was promised, agreed, stated or recommended.</param>
    [EventType("pledge-recorded.v1")]
    public sealed record Recorded(PledgeContent Content) : PledgeEvent;

    /// <summary>The record was wrong about what was promised; the promise itself didn't change.</summary>
    /// <param name="Content">All of what was promised, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("pledge-corrected.v1")]
    public sealed record Corrected(PledgeContent Content, string Reason) : PledgeEvent;

    /// <summary>The parties changed what they promise, from a date on.</summary>
    /// <param name="Content">All of what is promised from now on.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-amended.v1")]
    public sealed record Amended(PledgeContent Content, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>It was mapped to a framework's item.</summary>
    /// <param name="Item">The framework item that it belongs to.</param>
    /// <param name="Reason">Why it belongs there.</param>
    /// <param name="Retrospective">The item is younger than the commitment.</param>
    /// <param name="Main">One of the items that matter most to the commitment: a mark, not a limit.</param>
    [EventType("pledge-mapped.v2")]
    public sealed record Mapped(ItemRef Item, string Reason, bool Retrospective, bool Main = false) : PledgeEvent;

    /// <summary>A mapping no longer holds. That it was there stays readable.</summary>
    /// <param name="Item">The framework item that it was mapped to.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-mapping-retired.v1")]
    public sealed record MappingRetired(ItemRef Item, string Reason) : PledgeEvent;

    /// <summary>A party reported on its progress. <paramref name="Number"/> counts the pledge's reports from 1.</summary>
    /// <param name="Number">Counts the pledge’s reports from 1.</param>
    /// <param name="Report">What the party reported.</param>
    [EventType("pledge-progress-reported.v1")]
    public sealed record ProgressReported(int Number, ProgressReport Report) : PledgeEvent;

    /// <summary>The record of a report was wrong. The old one stays readable.</summary>
    /// <param name="Number">The number of the report.</param>
    /// <param name="Report">All of the report, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("pledge-report-corrected.v1")]
    public sealed record ReportCorrected(int Number, ProgressReport Report, string Reason) : PledgeEvent;

    /// <summary>Somebody other than the party gave a view beside the claim. <paramref name="Number"/> counts from 1.</summary>
    /// <param name="Number">Counts the pledge’s reviews from 1.</param>
    /// <param name="Review">The view that was given.</param>
    [EventType("pledge-reviewed.v1")]
    public sealed record Reviewed(int Number, Review Review) : PledgeEvent;

    /// <summary>The party answered a review.</summary>
    /// <param name="Review">The number of the review.</param>
    /// <param name="Party">The party that replies, by its participant’s code.</param>
    /// <param name="Text">The reply in its own words.</param>
    /// <param name="Language">The language of the reply (BCP 47).</param>
    [EventType("pledge-review-replied.v1")]
    public sealed record ReviewReplied(int Review, string Party, string Text, string Language) : PledgeEvent;

    /// <summary>An addressee said what it makes of what was asked of it.</summary>
    /// <param name="Party">The addressee, or a member of a collective that is one, by its code.</param>
    /// <param name="Answer">noted or supported (<c>list-addressee-answer</c>).</param>
    /// <param name="On">When it answered.</param>
    /// <param name="Text">The answer in its own words.</param>
    /// <param name="Language">The language of the answer (BCP 47).</param>
    [EventType("pledge-addressee-answered.v1")]
    public sealed record AddresseeAnswered(string Party, AddresseeAnswer Answer, EffectiveDate On, string Text, string Language) : PledgeEvent;

    /// <summary>It was taken back, effective from a date. It stays in every view, marked.</summary>
    /// <param name="From">The day from which it no longer holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-withdrawn.v1")]
    public sealed record Withdrawn(EffectiveDate From, string Reason) : PledgeEvent;
}

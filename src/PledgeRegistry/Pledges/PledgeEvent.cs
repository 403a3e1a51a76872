using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;

namespace PledgeRegistry.Pledges;

/// <summary>What can happen to a pledge. Stored for ever: add a case, never edit one.</summary>
public abstract record PledgeEvent : IEvent
{
    private PledgeEvent() { }

    /// <summary>It was recorded.</summary>
    /// <param name="Content">What was promised, agreed, stated or recommended.</param>
    [EventType("pledge-recorded.v2")]
    public sealed record Recorded(PledgeContent Content) : PledgeEvent;

    /// <summary>The record was wrong about what was promised; the promise itself didn't change.</summary>
    /// <param name="Content">All of what was promised, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("pledge-corrected.v2")]
    public sealed record Corrected(PledgeContent Content, string Reason) : PledgeEvent;

    /// <summary>The parties changed what they promise, from a date on.</summary>
    /// <param name="Content">All of what is promised from now on.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-amended.v2")]
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
    [EventType("pledge-progress-reported.v2")]
    public sealed record ProgressReported(int Number, ProgressReport Report) : PledgeEvent;

    /// <summary>The record of a report was wrong. The old one stays readable.</summary>
    /// <param name="Number">The number of the report.</param>
    /// <param name="Report">All of the report, as it should have been recorded.</param>
    /// <param name="Reason">What was wrong.</param>
    [EventType("pledge-report-corrected.v2")]
    public sealed record ReportCorrected(int Number, ProgressReport Report, string Reason) : PledgeEvent;

    /// <summary>Somebody other than the party gave a view beside the claim. <paramref name="Number"/> counts from 1.</summary>
    /// <param name="Number">Counts the pledge’s reviews from 1.</param>
    /// <param name="Review">The view that was given.</param>
    [EventType("pledge-reviewed.v2")]
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

    /// <summary>The title and text were translated.</summary>
    /// <param name="Wording">Which wording was translated, from 1: a correction or an amendment makes the next. Of an earlier wording, it is out of date.</param>
    /// <param name="Translation">The title and text in another language.</param>
    [EventType("pledge-translated.v1")]
    public sealed record Translated(int Wording, Translation Translation) : PledgeEvent;

    /// <summary>Others may accept it too, uninvited: it is open for signature.</summary>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Until">The last day on which they may, or null: until it is closed.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-opened-for-signature.v1")]
    public sealed record OpenedForSignature(EffectiveDate From, EffectiveDate? Until, string Reason) : PledgeEvent;

    /// <summary>It takes no more parties that weren't invited.</summary>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-closed-for-signature.v1")]
    public sealed record ClosedForSignature(EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>A party was invited to accept it. It owes nothing by that.</summary>
    /// <param name="Party">Who was invited, by its participant’s code.</param>
    /// <param name="On">When it was invited.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-party-invited.v1")]
    public sealed record PartyInvited(string Party, EffectiveDate On, string Reason) : PledgeEvent;

    /// <summary>A party accepted it, and owes from a date on.</summary>
    /// <param name="Party">Who accepted, by its participant’s code.</param>
    /// <param name="From">The day from which it owes.</param>
    /// <param name="Text">What it said when it accepted, in <paramref name="Language"/>; or null.</param>
    /// <param name="Language">The language of its words (BCP 47); null without any.</param>
    /// <param name="Source">Where it was read, in a registered source.</param>
    [EventType("pledge-party-accepted.v1")]
    public sealed record PartyAccepted(string Party, EffectiveDate From, string? Text, string? Language, SourcePlace? Source) : PledgeEvent;

    /// <summary>A party that was invited doesn't accept.</summary>
    /// <param name="Party">Who declined, by its participant’s code.</param>
    /// <param name="On">When it declined.</param>
    /// <param name="Text">What it said, in its own words.</param>
    /// <param name="Language">The language of its words (BCP 47).</param>
    [EventType("pledge-party-declined.v1")]
    public sealed record PartyDeclined(string Party, EffectiveDate On, string Text, string Language) : PledgeEvent;

    /// <summary>A party said what its own share is. It replaces what it said before; the others' shares stay.</summary>
    /// <param name="Party">Whose share it is, by its participant’s code.</param>
    /// <param name="Share">What its own share is.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why it differs from what it said before; null at first.</param>
    [EventType("pledge-share-declared.v1")]
    public sealed record ShareDeclared(string Party, Share Share, EffectiveDate From, string? Reason) : PledgeEvent;

    /// <summary>A party left: it owes until the day before. The others' parts stay.</summary>
    /// <param name="Party">Who left, by its participant’s code.</param>
    /// <param name="From">The first day on which it no longer owes.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-party-left.v1")]
    public sealed record PartyLeft(string Party, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>A mapping was marked as one of the main ones, or the mark was taken off.</summary>
    /// <param name="Item">The framework item that it is about.</param>
    /// <param name="Main">True if it is one of the main ones from now on.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-mapping-marked.v1")]
    public sealed record MappingMarked(ItemRef Item, bool Main, string Reason) : PledgeEvent;

    /// <summary>A mapping went over to another item, as when a vocabulary has a new version.</summary>
    /// <param name="From">The framework item that it was mapped to.</param>
    /// <param name="To">The framework item that it is mapped to now.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Retrospective">The new item is younger than the commitment.</param>
    [EventType("pledge-mapping-moved.v1")]
    public sealed record MappingMoved(ItemRef From, ItemRef To, string Reason, bool Retrospective) : PledgeEvent;

    /// <summary>Somebody holds that a mapping is wrong. It stands, marked, until it is retired.</summary>
    /// <param name="Number">Counts the pledge's contests from 1.</param>
    /// <param name="Item">The framework item of the mapping.</param>
    /// <param name="By">The participant that contests.</param>
    /// <param name="Reason">Why it is held to be wrong.</param>
    /// <param name="Language">The language of the reason (BCP 47).</param>
    [EventType("pledge-mapping-contested.v1")]
    public sealed record MappingContested(int Number, ItemRef Item, string By, string Reason, string Language) : PledgeEvent;

    /// <summary>A contest was answered.</summary>
    /// <param name="Number">The number of the contest.</param>
    /// <param name="By">Who answers, by its participant’s code.</param>
    /// <param name="Upheld">True if the contest was found right: then the mapping is retired with it.</param>
    /// <param name="Text">The answer in words.</param>
    /// <param name="Language">The language of the answer (BCP 47).</param>
    [EventType("pledge-contest-answered.v1")]
    public sealed record ContestAnswered(int Number, string By, bool Upheld, string Text, string Language) : PledgeEvent;

    /// <summary>Another pledge took its place, from a date on.</summary>
    /// <param name="By">The id of that pledge.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-superseded.v1")]
    public sealed record Superseded(string By, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>It was done: no more reports are expected.</summary>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    /// <param name="Evidence">What shows it: pages, or files by their hashes.</param>
    [EventType("pledge-completed.v1")]
    public sealed record Completed(EffectiveDate From, string Reason, IReadOnlyList<Evidence> Evidence) : PledgeEvent;

    /// <summary>It is the same promise as another record. Its id keeps working, and is counted no more.</summary>
    /// <param name="Of">The id of the record that stays.</param>
    /// <param name="Reason">Why the two are the same.</param>
    [EventType("pledge-marked-duplicate.v1")]
    public sealed record MarkedDuplicate(string Of, string Reason) : PledgeEvent;

    /// <summary>It goes on as several pledges, from a date on.</summary>
    /// <param name="Into">The ids of those pledges.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-split.v1")]
    public sealed record Split(IReadOnlyList<string> Into, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>It goes on in another pledge, from a date on.</summary>
    /// <param name="Into">The id of that pledge.</param>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-merged.v1")]
    public sealed record Merged(string Into, EffectiveDate From, string Reason) : PledgeEvent;

    /// <summary>What had ended it no longer holds, from a date on: it is followed up again.</summary>
    /// <param name="From">The day from which it holds.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("pledge-reinstated.v1")]
    public sealed record Reinstated(EffectiveDate From, string Reason) : PledgeEvent;
}

using System.Text.Json.Serialization;

namespace PledgeRegistry.Pledges;

/// <summary>What the party itself says of its progress.</summary>
[JsonConverter(typeof(KebabEnum<ClaimedStatus>))]
public enum ClaimedStatus
{
    /// <summary>Nothing was done yet.</summary>
    NotStarted,

    /// <summary>It is being prepared.</summary>
    Planning,

    /// <summary>Something was done, and more is being done.</summary>
    InProgress,

    /// <summary>A part of what was promised is done.</summary>
    PartiallyFulfilled,

    /// <summary>All of what was promised is done.</summary>
    Fulfilled,

    /// <summary>The party no longer works on it. The promise itself is only taken back by a withdrawal.</summary>
    Discontinued,
}

/// <summary>What a reviewer says of a claim.</summary>
[JsonConverter(typeof(KebabEnum<ReviewView>))]
public enum ReviewView
{
    /// <summary>What the party claims was found to be so.</summary>
    Verified,

    /// <summary>A part of what the party claims was found to be so.</summary>
    PartlyVerified,

    /// <summary>It couldn’t be found out whether it is so.</summary>
    NotVerifiable,

    /// <summary>It was found not to be so.</summary>
    Disagrees,

    /// <summary>The reviewer asked the party to explain; nothing is said about the claim yet.</summary>
    ClarificationAsked,
}

/// <summary>What somebody who was asked makes of it.</summary>
[JsonConverter(typeof(KebabEnum<AddresseeAnswer>))]
public enum AddresseeAnswer
{
    /// <summary>It has taken note, and says no more.</summary>
    Noted,

    /// <summary>It supports what was asked. It owes nothing by that.</summary>
    Supported,
}

/// <summary>From where a view comes: the series' secretariat, its reviewers, or independent of both.</summary>
[JsonConverter(typeof(KebabEnum<ReviewStanding>))]
public enum ReviewStanding
{
    /// <summary>Of the series' secretariat, which has the mandate.</summary>
    Secretariat,

    /// <summary>Of anybody else, such as civil society or academia.</summary>
    Independent,

    /// <summary>Of a reviewer whom the series appointed, and who has the mandate.</summary>
    Reviewer,
}

/// <summary>What shows a claim. Hashes are SHA-256 in lower-case hexadecimal: of the thing, and of an archived copy.</summary>
/// <param name="Title">What it is called.</param>
/// <param name="Url">Its address on the web (http or https).</param>
/// <param name="MediaType">Its media type (RFC 6838), such as application/pdf.</param>
/// <param name="Sha256">SHA-256 of the thing itself, 64 lower-case hexadecimal digits.</param>
/// <param name="ArchivedSha256">SHA-256 of an archived copy, 64 lower-case hexadecimal digits.</param>
public sealed record Evidence(string Title, string? Url, string? MediaType, string? Sha256, string? ArchivedSha256);

/// <summary>A span of time, from the first day of <paramref name="From"/> to before the day after <paramref name="Until"/>.</summary>
/// <param name="From">Its first day, month, quarter or year.</param>
/// <param name="Until">Its last day, month, quarter or year; all of it belongs to the period.</param>
public sealed record Period(EffectiveDate From, EffectiveDate Until);

/// <summary>An indicator's value, as a report gives it.</summary>
/// <param name="Indicator">The code of the pledge's indicator.</param>
/// <param name="Value">A decimal number as text, in the indicator's unit.</param>
/// <param name="On">The day, month or year that it is of.</param>
/// <param name="DenominatorNote">What a share is a share of, where that differs from the pledge's note.</param>
public sealed record IndicatorValue(string Indicator, string Value, EffectiveDate On, string? DenominatorNote);

/// <summary>That a milestone was reached.</summary>
/// <param name="Milestone">The code of the pledge's milestone.</param>
/// <param name="On">When.</param>
public sealed record MilestoneReached(string Milestone, EffectiveDate On);

/// <summary>A party's report on its own share.</summary>
/// <param name="Party">Whose progress it is.</param>
/// <param name="Status">What the party claims.</param>
/// <param name="EffectiveOn">When what it says was true.</param>
/// <param name="Narrative">What was done, in <paramref name="Language"/>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Period">The period that it reports on; or null.</param>
/// <param name="Challenges">What stood in the way: asked for when there is little progress.</param>
/// <param name="NextSteps">What comes next; or null.</param>
/// <param name="Evidence">What shows it.</param>
/// <param name="Values">Values of the pledge's indicators.</param>
/// <param name="Milestones">Milestones that were reached.</param>
/// <param name="Amounts">What was spent or given.</param>
/// <param name="Lesson">What others can learn; or null.</param>
/// <param name="GoodPractice">What worked well enough to be repeated; or null.</param>
/// <param name="ReusableMaterial">Manuals, forms, software that others may use; or null.</param>
public sealed record ProgressReport(
    string Party,
    ClaimedStatus Status,
    EffectiveDate EffectiveOn,
    string Narrative,
    string Language,
    Period? Period,
    string? Challenges,
    string? NextSteps,
    IReadOnlyList<Evidence> Evidence,
    IReadOnlyList<IndicatorValue> Values,
    IReadOnlyList<MilestoneReached> Milestones,
    IReadOnlyList<Amount> Amounts,
    string? Lesson,
    string? GoodPractice,
    string? ReusableMaterial);

/// <summary>A view beside the claim, of one report or, without a number, of the whole pledge.</summary>
/// <param name="By">The participant whose view it is.</param>
/// <param name="Standing">From where the view comes: secretariat or independent.</param>
/// <param name="View">What the reviewer says (<c>list-review-view</c>).</param>
/// <param name="Report">The number of the report that it is of; null where it is of the whole pledge.</param>
/// <param name="EffectiveOn">When what it says was true.</param>
/// <param name="Reason">Why the reviewer says so.</param>
/// <param name="Language">The language of the texts (BCP 47), such as en, es, fr or ar.</param>
/// <param name="Evidence">What shows it: pages, or files by their hashes.</param>
public sealed record Review(
    string By,
    ReviewStanding Standing,
    ReviewView View,
    int? Report,
    EffectiveDate EffectiveOn,
    string Reason,
    string Language,
    IReadOnlyList<Evidence> Evidence);

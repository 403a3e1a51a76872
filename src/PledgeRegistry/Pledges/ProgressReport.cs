using System.Text.Json.Serialization;

namespace PledgeRegistry.Pledges;

/// <summary>What the party itself says of its progress.</summary>
[JsonConverter(typeof(KebabEnum<ClaimedStatus>))]
public enum ClaimedStatus { NotStarted, Planning, InProgress, PartiallyFulfilled, Fulfilled, Discontinued }

/// <summary>What a reviewer says of a claim.</summary>
[JsonConverter(typeof(KebabEnum<ReviewView>))]
public enum ReviewView { Verified, PartlyVerified, NotVerifiable, Disagrees, ClarificationAsked }

/// <summary>What somebody who was asked makes of it.</summary>
[JsonConverter(typeof(KebabEnum<AddresseeAnswer>))]
public enum AddresseeAnswer { Noted, Supported }

/// <summary>From where a view comes: the series' secretariat, its reviewers, or independent of both.</summary>
[JsonConverter(typeof(KebabEnum<ReviewStanding>))]
public enum ReviewStanding { Secretariat, Independent, Reviewer }

/// <summary>What shows a claim. Hashes are SHA-256 in lower-case hexadecimal: of the thing, and of an archived copy.</summary>
public sealed record Evidence(string Title, string? Url, string? MediaType, string? Sha256, string? ArchivedSha256);

/// <summary>A span of time, from the first day of <paramref name="From"/> to before the day after <paramref name="Until"/>.</summary>
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
public sealed record Review(
    string By,
    ReviewStanding Standing,
    ReviewView View,
    int? Report,
    EffectiveDate EffectiveOn,
    string Reason,
    string Language,
    IReadOnlyList<Evidence> Evidence);

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

/// <summary>From where a view comes: the series' secretariat or reviewers, or independent of both.</summary>
[JsonConverter(typeof(KebabEnum<ReviewStanding>))]
public enum ReviewStanding { Secretariat, Independent }

/// <summary>What shows a claim. Hashes are SHA-256 in lower-case hexadecimal: of the thing, and of an archived copy.</summary>
public sealed record Evidence(string Title, string? Url, string? MediaType, string? Sha256, string? ArchivedSha256);

/// <summary>A span of time, from the first day of <paramref name="From"/> to before the day after <paramref name="Until"/>.</summary>
public sealed record Period(EffectiveDate From, EffectiveDate Until);

/// <summary>A party's report on its own share.</summary>
/// <param name="Party">Whose progress it is.</param>
/// <param name="EffectiveOn">When what it says was true.</param>
public sealed record ProgressReport(
    string Party,
    ClaimedStatus Status,
    EffectiveDate EffectiveOn,
    string Narrative,
    string Language,
    Period? Period,
    string? Challenges,
    string? NextSteps,
    IReadOnlyList<Evidence> Evidence);

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

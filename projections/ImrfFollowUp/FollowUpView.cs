using System.Text.Json.Serialization;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>Whether a party that owes has been heard of.</summary>
[JsonConverter(typeof(KebabEnum<Freshness>))]
public enum Freshness
{
    /// <summary>It reported, and lately enough.</summary>
    Fresh,

    /// <summary>No late report, and none expected yet: it promised, or came back, only lately.</summary>
    NotYetExpected,

    /// <summary>No report received since the series' previous meeting, nor for the months that the series allows.</summary>
    Silent,

    /// <summary>Nobody owes, or it was withdrawn: nobody can be silent.</summary>
    NotApplicable,
}

/// <summary>How a promise stands to its due date.</summary>
[JsonConverter(typeof(KebabEnum<Timeliness>))]
public enum Timeliness
{
    /// <summary>Claimed fulfilled by its due date.</summary>
    OnTime,

    /// <summary>Claimed fulfilled, after its due date.</summary>
    FulfilledLate,

    /// <summary>Past its due date, and not claimed fulfilled.</summary>
    Late,

    /// <summary>Its due date is still to come.</summary>
    NotYetDue,

    /// <summary>No due date that can be placed in time.</summary>
    NoDueDate,

    /// <summary>Nobody owes, it was withdrawn, or the party says that it discontinued it.</summary>
    NotApplicable,
}

/// <summary>The follow-up of one review cycle at a basis.</summary>
/// <param name="Cycle">The year of the forum: 2022.</param>
/// <param name="Lines">One for each party that owes or was asked, and one for each commitment where nobody is named.</param>
/// <param name="Changes">What was recorded since the forum ended, until the day of the reading.</param>
public sealed record FollowUpView(
    Basis Basis,
    string Cycle,
    FollowUpMeeting? Forum,
    FollowUpMeeting? NextForum,
    FollowUpCounts Total,
    IReadOnlyList<FollowUpGroup> ByKind,
    IReadOnlyList<FollowUpGroup> ByObjective,
    IReadOnlyList<FollowUpGroup> ByRoundTable,
    IReadOnlyList<FollowUpGroup> ByParty,
    IReadOnlyList<FollowUpLine> Lines,
    IReadOnlyList<FollowUpChange> Changes)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "imrf-follow-up/2";
}

public sealed record FollowUpMeeting(string Id, string Name, DateOnly? Starts, DateOnly? Ends);

/// <summary>A party's part in a commitment. Claimed, verified, fresh and on time are four things, never one number.</summary>
/// <param name="Kind">pledge, conclusion, statement, recommendation.</param>
/// <param name="Party">Null where the commitment names nobody.</param>
/// <param name="Claimed">The party's latest claim, or null: no report received.</param>
/// <param name="Verified">The latest view of the secretariat or a reviewer, <c>answered</c> where the party answered the clarification that was asked, or null: not reviewed.</param>
/// <param name="Independent">The latest independent view, or null.</param>
/// <param name="Answer">For an addressee: noted, supported, or null: not answered. It owes nothing.</param>
public sealed record FollowUpLine(
    string Pledge,
    string Title,
    string Kind,
    string Modality,
    string Meeting,
    string? Party,
    string? PartyName,
    Part? Part,
    string? Collective,
    string? Claimed,
    DateOnly? ClaimedOn,
    string? Verified,
    string? Independent,
    string? Answer,
    Freshness Freshness,
    Timeliness Timeliness,
    DateOnly? DueOn,
    string? DueWords,
    IReadOnlyList<string> Objectives,
    IReadOnlyList<string> RoundTables,
    EndingKind? Ended,
    long Position);

/// <summary>Counts of commitments and of the parts in them, by what is known. "No report" and "not reviewed" are states of their own.</summary>
/// <param name="Commitments">By kind; without those that were withdrawn or go on under another id.</param>
/// <param name="Ended">How many ended, by how. Those that were completed are among the commitments too.</param>
/// <param name="Claimed">Of who owes: by claimed status, and <c>no-report</c>.</param>
/// <param name="Verified">Of who owes: by view, <c>answered</c> (the party answered the clarification that was asked), and <c>not-reviewed</c>.</param>
/// <param name="Answers">Of who was asked: <c>noted</c>, <c>supported</c>, <c>not-answered</c>.</param>
public sealed record FollowUpCounts(
    IReadOnlyDictionary<string, int> Commitments,
    IReadOnlyDictionary<string, int> Ended,
    IReadOnlyDictionary<string, int> Claimed,
    IReadOnlyDictionary<string, int> Verified,
    IReadOnlyDictionary<string, int> Freshness,
    IReadOnlyDictionary<string, int> Timeliness,
    IReadOnlyDictionary<string, int> Answers);

/// <summary>A group of commitments. A group with none is there too: where there is nothing, that is said.</summary>
public sealed record FollowUpGroup(string Code, string Label, FollowUpCounts Counts);

/// <summary>Something recorded since the forum.</summary>
public sealed record FollowUpChange(long Position, string Pledge, string Title, string Type, DateTimeOffset RecordedAt);

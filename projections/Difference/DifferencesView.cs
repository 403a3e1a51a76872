using System.Text.Json.Serialization;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Difference;

/// <summary>What became of a row between two readings of a view.</summary>
[JsonConverter(typeof(KebabEnum<DifferenceKind>))]
public enum DifferenceKind
{
    /// <summary>It is there, or counts again, and wasn't before.</summary>
    Added,

    /// <summary>A fact in it differs.</summary>
    Changed,

    /// <summary>It is no longer in view, or no longer counts.</summary>
    Gone,

    /// <summary>Only its wording differs: a text, a title, a name, a description.</summary>
    Drift,
}

/// <summary>Why a row came into view, or went out of it.</summary>
[JsonConverter(typeof(KebabEnum<DifferenceReason>))]
public enum DifferenceReason
{
    /// <summary>It was recorded since.</summary>
    Recorded,

    /// <summary>Known before, it holds, or was made known, by the later day only.</summary>
    CameIntoForce,

    /// <summary>Something changed in it, and so it now meets the filter.</summary>
    MetTheFilter,

    /// <summary>What had ended it no longer holds.</summary>
    Reinstated,

    /// <summary>It was there all along; what puts it in this view is new.</summary>
    CameIntoView,

    /// <summary>It was withdrawn.</summary>
    Withdrawn,

    /// <summary>Another took its place.</summary>
    Superseded,

    /// <summary>It was found to be another one's duplicate.</summary>
    Duplicate,

    /// <summary>It goes on in several others.</summary>
    Split,

    /// <summary>It goes on in another.</summary>
    Merged,

    /// <summary>A need or an offer that is no longer open.</summary>
    Closed,

    /// <summary>What put it in this view was retired, or moved elsewhere.</summary>
    Retired,

    /// <summary>Something changed in it, and so it no longer meets the filter.</summary>
    LeftTheFilter,

    /// <summary>It doesn't hold on that day.</summary>
    NotInForce,

    /// <summary>At the second moment it wasn't recorded yet.</summary>
    NotRecordedThen,

    /// <summary>It is still recorded; what put it in this view is no longer so.</summary>
    WentOutOfView,
}

/// <summary>How an entry is the cause of a difference.</summary>
[JsonConverter(typeof(KebabEnum<CauseKind>))]
public enum CauseKind
{
    /// <summary>It was recorded between the two moments.</summary>
    Recorded,

    /// <summary>What it says began to hold between the two days.</summary>
    TookEffect,
}

/// <summary>What differs between two readings of a view, row by row, in the order of their keys.</summary>
/// <param name="Basis">The second moment.</param>
/// <param name="From">The first moment.</param>
/// <param name="Root">The Merkle root of the entries of the second moment, in hexadecimal.</param>
/// <param name="FromRoot">The root of those of the first.</param>
/// <param name="Of">The view that was read twice: <c>imrf-follow-up</c>.</param>
/// <param name="Backwards">True where the second moment is the earlier one: then the rows say what would be undone.</param>
/// <param name="SinceMeeting">The meeting that gave the first moment, where one did: said beside the answer, for the same two moments are the same answer.</param>
/// <param name="Entries">How many entries lie between the two.</param>
/// <param name="Counts">How many rows of each kind there are on all pages.</param>
/// <param name="Fields">How many rows a field differs in, by the field's first name, the most frequent first; without rows that came or went.</param>
/// <param name="Next">The key after which the next page starts, or null.</param>
public sealed record DifferencesView(
    Basis Basis, Basis From, string Root, string FromRoot, string Of, bool Backwards, [property: JsonIgnore] Named? SinceMeeting, long Entries,
    DifferenceCounts Counts, IReadOnlyList<FieldCount> Fields, IReadOnlyList<DifferenceLine> Rows, string? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "differences/1";

    /// <summary>True where the two moments are one.</summary>
    [JsonIgnore]
    public bool IsSameMoment => Basis.Size == From.Size && Basis.On == From.On;
}

/// <summary>How many rows came, changed, went, or only say it in other words.</summary>
public sealed record DifferenceCounts(int Added, int Changed, int Gone, int Drift)
{
    [JsonIgnore]
    public int All => Added + Changed + Gone + Drift;
}

/// <summary>In how many rows a field differs.</summary>
public sealed record FieldCount(string Field, int Rows);

/// <summary>A row that differs, and why.</summary>
/// <param name="Stream">What it is about: <c>pledge/IMRF-2022-0042</c>.</param>
/// <param name="Title">What that is called, as it was known at the later of the two.</param>
/// <param name="About">What it is a row of, by field: the area, the layer, the item, the kind.</param>
/// <param name="Reason">Why it came or went; null where it did neither.</param>
/// <param name="Fields">All fields that differ; of a row that came or went whole, all that it has.</param>
/// <param name="Causes">The entries that made it so, in order; at most 20.</param>
/// <param name="CauseCount">How many such entries there are.</param>
/// <param name="ByTime">True where the day alone made some of it: no entry says so.</param>
public sealed record DifferenceLine(
    string Key, string Stream, string Title, string? Participant, IReadOnlyDictionary<string, string> About, DifferenceKind Kind, DifferenceReason? Reason,
    IReadOnlyList<FieldDifference> Fields, IReadOnlyList<Cause> Causes, int CauseCount, bool ByTime);

/// <summary>An entry that made a difference.</summary>
/// <param name="EffectiveOn">From when it holds, where it says so.</param>
/// <param name="Why">The reason that it gives.</param>
public sealed record Cause(long Position, string Type, string Stream, DateTimeOffset RecordedAt, EffectiveDate? EffectiveOn, string? Why, CauseKind How);

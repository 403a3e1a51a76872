using System.Text.Json.Serialization;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.MeetingPack;

/// <summary>What a meeting has before it: where things stand, what changed since the meeting before, who hasn't reported, what is due next.</summary>
/// <param name="Basis">What was asked for.</param>
/// <param name="Made">What the pack is made from: the end of the meeting, or what was asked for while the meeting isn't over.</param>
/// <param name="Root">The Merkle root of the entries that it is made from, in hexadecimal.</param>
/// <param name="YoungRegistry">True where the registry is too young to have known the meeting and its days when it was over, or learnt of them only later: what is known now stands in.</param>
/// <param name="Previous">The regular meeting of the series before it; null where none is known.</param>
/// <param name="Next">The regular meeting of the series after it; null where none is known.</param>
/// <param name="Grid">The RCM's grid; null for other series.</param>
/// <param name="FollowUps">The IMRF's cycles in which there is something; none for other series.</param>
/// <param name="Changes">What differs since the previous meeting: in the grid, in each cycle, or in the commitments of the series.</param>
/// <param name="NotReported">Who owes a report and gave none; by party.</param>
/// <param name="Due">What is past its due date, then what is due until the next meeting; by date.</param>
public sealed record MeetingPackView(
    Basis Basis, Basis Made, string Root, bool YoungRegistry, Named Meeting, Named Series, EffectiveDate? From, EffectiveDate? To, int Year, string? Place,
    PackMeeting? Previous, PackMeeting? Next, GridView? Grid, IReadOnlyList<FollowUpView> FollowUps, IReadOnlyList<DifferencesView> Changes,
    IReadOnlyList<PackParty> NotReported, IReadOnlyList<PackDue> Due)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "meeting-pack/2";

    /// <summary>Why nobody is among those who have not reported; said on the page, where the lines themselves say it.</summary>
    [JsonIgnore]
    public PackSilence Silence { get; init; }
}

/// <summary>What it means that nobody is told to report.</summary>
public enum PackSilence
{
    /// <summary>Somebody is.</summary>
    Told,

    /// <summary>Nobody owes anything in this series.</summary>
    NobodyOwes,

    /// <summary>Somebody who owes has not reported, and nothing is expected yet.</summary>
    NotExpectedYet,

    /// <summary>Everybody who owes something has reported on it.</summary>
    AllReported,
}

/// <summary>A meeting around this one, and the moment that it is read at.</summary>
public sealed record PackMeeting(Named Meeting, DateOnly OverBy, Basis? Moment);

/// <summary>A party that owes reports.</summary>
public sealed record PackParty(Named Party, IReadOnlyList<PackReport> Reports);

/// <summary>A report that is owed.</summary>
/// <param name="Silence">Whether the party shows as silent already.</param>
/// <param name="HeardOf">The day of its last sign.</param>
/// <param name="SilentFrom">From when it shows as silent unless it reports.</param>
public sealed record PackReport(string Pledge, string Title, Coded Kind, Silence Silence, DateOnly? HeardOf, DateOnly? SilentFrom);

/// <summary>A commitment, or a step on its way, and the day by which it is due.</summary>
/// <param name="Milestone">The step's own text; null for the whole.</param>
public sealed record PackDue(Named Party, string Pledge, string Title, string? Milestone, DateOnly DueOn, bool Late, Coded? Claimed);

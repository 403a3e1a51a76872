using System.Text.Json.Serialization;

namespace PledgeRegistry.Private;

/// <summary>The form that a draft is of.</summary>
[JsonConverter(typeof(KebabEnum<DraftKind>))]
public enum DraftKind { Pledge, Report, Initiative, Need }

/// <summary>How far a draft has come.</summary>
[JsonConverter(typeof(KebabEnum<DraftState>))]
public enum DraftState
{
    /// <summary>Somebody is at it.</summary>
    Draft,

    /// <summary>It waits for a second person.</summary>
    AwaitingClearance,

    /// <summary>A second person cleared it; it isn't recorded yet.</summary>
    Cleared,

    /// <summary>It is in the log.</summary>
    Recorded,
}

/// <summary>A form filled in and not recorded: private, and outside the log.</summary>
/// <param name="Id">Random.</param>
/// <param name="Participant">The code of the participant that it is prepared for.</param>
/// <param name="Form">The form's values as a JSON object, name to list of texts; null in lists of drafts.</param>
/// <param name="PreparedBy">The actor id of who changed the form last.</param>
/// <param name="ClearedBy">The actor id of who cleared it.</param>
/// <param name="Recorded">The public id that it was recorded under.</param>
/// <param name="CreatedAt">When it was first kept (UTC).</param>
/// <param name="ChangedAt">When it was last changed or moved on (UTC).</param>
/// <param name="Version">Counts the changes, from 1: who clears it names the version that was read.</param>
public sealed record Draft(
    string Id, string Participant, DraftKind Kind, string? Form, string PreparedBy, DraftState State, string? ClearedBy, string? Recorded,
    DateTimeOffset CreatedAt, DateTimeOffset ChangedAt, long Version);

/// <summary>Where a draft may go.</summary>
public static class DraftRules
{
    /// <summary>
    /// To clearance and back; from clearance to cleared; recorded from there, or at once where no clearance is needed. What
    /// is recorded stays so.
    /// </summary>
    public static bool May(DraftState from, DraftState to) => (from, to) switch
    {
        (DraftState.Draft, DraftState.AwaitingClearance or DraftState.Recorded) => true,
        (DraftState.AwaitingClearance, DraftState.Draft or DraftState.Cleared) => true,
        (DraftState.Cleared, DraftState.Draft or DraftState.Recorded) => true,
        _ => false,
    };
}

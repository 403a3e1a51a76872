using PledgeRegistry.Log;

namespace PledgeRegistry.Participants;

/// <summary>
/// A second person cleared what the entries before it, of the same command and in the same stream, record. A family of its
/// own, for it can follow in any stream; it counts as a version and changes nothing else.
/// </summary>
public abstract record ClearanceEvent : IEvent
{
    private ClearanceEvent() { }

    /// <summary>Cleared for recording.</summary>
    /// <param name="By">The actor id of a focal point or deputy of the participant acted for, other than who recorded it.</param>
    [EventType("clearance-given.v1")]
    public sealed record Given(string By) : ClearanceEvent;
}

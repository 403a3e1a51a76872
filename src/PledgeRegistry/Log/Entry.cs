using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>Something that happened, in the words of the domain. What it is called in the log is in its <see cref="EventTypeAttribute"/>.</summary>
public interface IEvent;

/// <summary>The stored name of an event and its version, such as <c>pledge-recorded.v1</c>. For ever: a changed shape is a new name.</summary>
[AttributeUsage(AttributeTargets.Class, Inherited = false)]
public sealed class EventTypeAttribute(string name) : Attribute
{
    public string Name { get; } = name;
}

/// <summary>One event in its envelope, decoded. What is true for ever is the stored bytes; this is a reading of them.</summary>
/// <param name="Position">Place in the log, from 0.</param>
/// <param name="Stream">What it is about: <c>pledge/IMRF-2022-0042</c>.</param>
/// <param name="Version">Place in its stream, from 0.</param>
/// <param name="Id">UUIDv7.</param>
/// <param name="RecordedAt">When the writer recorded it: UTC, milliseconds, never earlier than the entry before it.</param>
/// <param name="Actor">An opaque id of who acted.</param>
/// <param name="Role">In what role.</param>
/// <param name="OnBehalfOf">For which participant.</param>
/// <param name="CommandId">SHA-256 of actor and idempotency key.</param>
/// <param name="CommandHash">SHA-256 of the command's canonical form.</param>
/// <param name="Type">The stored name of the event.</param>
public sealed record Entry(
    long Position,
    string Stream,
    long Version,
    Guid Id,
    string Type,
    DateTimeOffset RecordedAt,
    string Actor,
    string Role,
    string? OnBehalfOf,
    Hash CommandId,
    Hash CommandHash,
    string CorrelationId,
    string? CausationId,
    IEvent Event)
{
    /// <summary>The position of the entry that withheld something of this one; null where this is what was recorded.</summary>
    public long? WithheldBy { get; init; }
}

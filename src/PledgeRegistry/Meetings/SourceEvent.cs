using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>What can happen to a source document. Stored for ever: add a case, never edit one.</summary>
public abstract record SourceEvent : IEvent
{
    private SourceEvent() { }

    /// <summary>A document was registered. <paramref name="Sha256"/> is of the file as it was read, in lower-case hexadecimal.</summary>
    [EventType("source-registered.v1")]
    public sealed record Registered(string Title, string? Publisher, string Language, EffectiveDate? Issued, string Sha256, string? Url, string? Note) : SourceEvent;
}

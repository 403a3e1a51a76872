using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>What can happen to a source document. Stored for ever: add a case, never edit one.</summary>
public abstract record SourceEvent : IEvent
{
    private SourceEvent() { }

    /// <summary>A document was registered. <paramref name="Sha256"/> is of the file as it was read, in lower-case hexadecimal.</summary>
    /// <param name="Title">Its title, in its language.</param>
    /// <param name="Publisher">Who published it.</param>
    /// <param name="Language">The language that it is written in (BCP 47).</param>
    /// <param name="Issued">When it was issued.</param>
    /// <param name="Sha256">SHA-256 of the file as it was read, 64 lower-case hexadecimal digits.</param>
    /// <param name="Url">Its address on the web.</param>
    /// <param name="Note">What is not certain about it.</param>
    [EventType("source-registered.v1")]
    public sealed record Registered(string Title, string? Publisher, string Language, EffectiveDate? Issued, string Sha256, string? Url, string? Note) : SourceEvent;
}

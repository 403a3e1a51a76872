using System.Text.Json.Serialization;

namespace PledgeRegistry.Private;

/// <summary>What is known of a person who acts for a participant.</summary>
/// <param name="Languages">Tags of languages (BCP 47), the preferred one first.</param>
public sealed record ContactDetails(string Name, string? Email, string? Telephone, IReadOnlyList<string> Languages, string? Note);

/// <summary>An actor id's person.</summary>
/// <param name="Actor">The opaque id that the log knows.</param>
/// <param name="Participant">The code of the one participant that the id is for.</param>
/// <param name="Details">Null: erased.</param>
public sealed record Contact(string Actor, string Participant, ContactDetails? Details);

/// <summary>What was done with private data.</summary>
[JsonConverter(typeof(KebabEnum<PrivateAction>))]
public enum PrivateAction { Read, Added, Changed, Erased }

/// <summary>A line of the access log.</summary>
/// <param name="Number">Its place, from 1.</param>
/// <param name="At">When (UTC).</param>
/// <param name="By">The actor id of who did it.</param>
/// <param name="Subject">What: <c>contact/{actor}</c>, <c>contacts/{participant or *}</c>, <c>draft/{id}</c>, <c>drafts/{participant or *}</c>, <c>access-log</c>.</param>
public sealed record AccessLine(long Number, DateTimeOffset At, string By, PrivateAction Action, string Subject);

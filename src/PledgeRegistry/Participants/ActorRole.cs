using System.Text.Json.Serialization;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Participants;

/// <summary>In what role somebody acts. Who works the machine that the registry runs on is none of these: see <see cref="Writing.Author.Operator"/>.</summary>
[JsonConverter(typeof(KebabEnum<ActorRole>))]
public enum ActorRole
{
    /// <summary>Records for its own participant.</summary>
    FocalPoint,

    /// <summary>Does the same beside a focal point, or in its place.</summary>
    Deputy,

    /// <summary>Keeps a series of meetings, and records on behalf of those who take part.</summary>
    Secretariat,

    /// <summary>Reviews and maps what was recorded in a series.</summary>
    Reviewer,

    /// <summary>Reads everything, records nothing.</summary>
    Auditor,

    /// <summary>Keeps participants, appointments, frameworks and series.</summary>
    Administrator,
}

/// <summary>The ids of actors: opaque, random, one for a person and a participant. No name of anybody is in the log.</summary>
public static partial class ActorId
{
    /// <summary>The scope of an auditor and of an administrator: all of it.</summary>
    public const string Registry = "registry";

    /// <summary><c>a-</c> and at least 128 bits in base32 (RFC 4648, lower case, unpadded).</summary>
    public static bool IsOne(string? id) => id is not null && Form().IsMatch(id);

    // \z, not $: that would let a line end pass.
    [GeneratedRegex(@"^a-[a-z2-7]{26,52}\z")]
    private static partial Regex Form();
}

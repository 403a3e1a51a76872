namespace PledgeRegistry.Projections.Time;

/// <summary>What a basis was asked for by.</summary>
public enum BasisOrigin
{
    /// <summary>Nothing: all that is known now.</summary>
    Head,

    /// <summary>A number of entries.</summary>
    Size,

    /// <summary>An instant, or the end of a day.</summary>
    Moment,

    /// <summary>The end of a meeting.</summary>
    Meeting,
}

/// <summary>Why the head's knowledge stands in for what was known at a meeting.</summary>
public enum HeadInstead
{
    /// <summary>It doesn't.</summary>
    No,

    /// <summary>The registry has no entry from so early.</summary>
    RegistryYounger,

    /// <summary>The meeting, or when it was, was recorded only after it was over: what was known then knows of no such meeting.</summary>
    RecordedLater,

    /// <summary>The meeting isn't over yet.</summary>
    MeetingToCome,
}

/// <summary>How a basis was asked for: said beside an answer, never in its body.</summary>
/// <param name="Asked">The moment as it was written, or the meeting's id; null for the head and for a size.</param>
public sealed record BasisSource(BasisOrigin Origin, string? Asked = null, HeadInstead Instead = HeadInstead.No)
{
    public static readonly BasisSource Head = new(BasisOrigin.Head);
    public static readonly BasisSource Size = new(BasisOrigin.Size);

    /// <summary>Stable words for programs: <c>head</c>, <c>size</c>, <c>asOf:2022-05-17</c>, <c>asOfMeeting:IMRF-2022</c>, and behind it why the head stands in.</summary>
    public override string ToString() => Origin switch
    {
        BasisOrigin.Head => "head",
        BasisOrigin.Size => "size",
        BasisOrigin.Moment => $"asOf:{Asked}",
        _ => $"asOfMeeting:{Asked}{Instead switch { HeadInstead.RegistryYounger => ",head-for-registry-younger", HeadInstead.RecordedLater => ",head-for-meeting-recorded-later", HeadInstead.MeetingToCome => ",head-for-meeting-to-come", _ => "" }}",
    };
}

using System.Globalization;
using System.Text.Json.Serialization;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Time;

/// <summary>
/// What an answer was made from. The same size, date and view version give the same answer, for ever; so two bases are
/// equal if these are, however they were asked for, and an answer's body holds nothing else of it.
/// </summary>
/// <param name="Size">How many entries were known.</param>
/// <param name="On">The date on which things are judged true, due, late or silent.</param>
/// <param name="Settled">False while an entry that is yet to come could still belong to the prefix that was asked for.</param>
public sealed record Basis(long Size, DateOnly On, [property: JsonIgnore] bool Settled = true)
{
    /// <summary>How it was asked for.</summary>
    [JsonIgnore]
    public BasisSource From { get; init; } = BasisSource.Size;

    public string OnText() => On.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);

    public bool Equals(Basis? other) => other is not null && Size == other.Size && On == other.On;

    public override int GetHashCode() => HashCode.Combine(Size, On);
}

/// <summary>A basis as somebody asks for it.</summary>
/// <param name="AsOf">An instant (<c>2022-05-17T12:00:00Z</c>) or a date, which means the end of that UTC day.</param>
/// <param name="AsOfMeeting">A meeting's id: what was known at the end of its last day (UTC), judged on that day.</param>
public sealed record BasisRequest(string? Size = null, string? On = null, string? AsOf = null, string? AsOfMeeting = null)
{
    public bool IsNow => string.IsNullOrEmpty(Size) && string.IsNullOrEmpty(On) && string.IsNullOrEmpty(AsOf) && string.IsNullOrEmpty(AsOfMeeting);
}

/// <summary>What is wrong with a basis: the parameter, and how to mend it.</summary>
public sealed record BasisProblem(string Parameter, string Code, string Message, params IReadOnlyList<string> Args)
{
    /// <summary>What is known of it beyond the code; null: nothing.</summary>
    public WrittenFaultKind? Why { get; init; }
}

/// <summary>Turns what was asked for into a basis. The one place where a reader's clock is read.</summary>
/// <param name="meetings">Where a meeting's date is taken from, as known at the head.</param>
public sealed class BasisResolver(Registry registry, MeetingTimelines meetings, TimeProvider clock)
{
    // Views reckon in months from the date; those of a meeting are bounded the same.
    private const int FirstYear = 1900, LastYear = 2200;

    public (Basis? Basis, BasisProblem? Problem) Resolve(BasisRequest request)
    {
        var head = registry.Head;
        var (prefix, problem) = Known(request, head);
        if (prefix is not { } known)
        {
            return (null, problem);
        }
        DateOnly on;
        if (string.IsNullOrEmpty(request.On))
        {
            on = known.On ?? (request.IsNow ? Date(clock.GetUtcNow()) : OnOfPrefix(known.Size, head.Size));
        }
        else if (!WrittenMoment.TryDay(request.On, out on))
        {
            return (null, Unwritten("on", "basis-not-a-date", "Write a date as 2022-05-17.", WrittenMoment.OfDay(request.On)));
        }
        else if (on.Year is < FirstYear or > LastYear)
        {
            return (null, Wrong("on", "basis-out-of-range", $"Ask for a date of the years {FirstYear} to {LastYear}.", $"{FirstYear}", $"{LastYear}"));
        }
        return (new Basis(known.Size, on, known.Settled) { From = known.From }, null);
    }

    /// <summary>How much was known: by a size, a moment or a meeting, of which only one can be asked for.</summary>
    private (Prefix?, BasisProblem?) Known(BasisRequest request, RegistryHead head)
    {
        (string Name, string? Value)[] all = [("size", request.Size), ("asOf", request.AsOf), ("asOfMeeting", request.AsOfMeeting)];
        var given = all.Where(p => !string.IsNullOrEmpty(p.Value)).ToArray();
        return given switch
        {
            [] => (new Prefix(head.Size, BasisSource.Head), null),
            [("size", { } size)] => OfSize(size, head),
            [("asOf", { } moment)] => OfMoment(moment, head),
            [(_, { } meeting)] => OfMeeting(meeting, head),
            _ => (null, Wrong(given[1].Name, "basis-twice", "Give a size, a moment or a meeting, and only one of them.")),
        };
    }

    private static (Prefix?, BasisProblem?) OfSize(string asked, RegistryHead head) =>
        !long.TryParse(asked, NumberStyles.None, CultureInfo.InvariantCulture, out var size)
            ? (null, Wrong("size", "basis-not-a-size", "A size is a whole number of entries, such as 120."))
            : size > head.Size
                ? (null, Wrong("size", "basis-out-of-range", $"The registry has {head.Size} entries; ask for 0 to {head.Size}.", $"{head.Size}"))
                : (new Prefix(size, BasisSource.Size), null);

    private (Prefix?, BasisProblem?) OfMoment(string asked, RegistryHead head) =>
        !TryParseMoment(asked, out var instant)
            ? (null, Unwritten("asOf", "basis-not-a-moment", "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.", WrittenMoment.OfMoment(asked)))
            : (new Prefix(SizeAt(instant, head), new BasisSource(BasisOrigin.Moment, asked), head.RecordedAt > instant), null);

    private (Prefix?, BasisProblem?) OfMeeting(string asked, RegistryHead head)
    {
        if (meetings.Meeting(asked, head.Size) is not { } meeting)
        {
            return (null, Wrong("asOfMeeting", "basis-unknown-meeting", $"There is no meeting '{asked}'. The list of meetings is at /meetings, and at /api/meetings for programs.", asked));
        }
        var day = meeting.OverBy;
        var over = EndOf(day);
        // A meeting that isn't over is read with what is known now; so is one that nothing was known of, or of other days, when it ended.
        var instead = day > Date(clock.GetUtcNow()) ? HeadInstead.MeetingToCome
            : InsteadOf(meetings, meeting, SizeAt(over, head));
        var from = new BasisSource(BasisOrigin.Meeting, asked, instead);
        return (instead is HeadInstead.No
            ? new Prefix(SizeAt(over, head), from, head.RecordedAt > over, day)
            : new Prefix(head.Size, from, Settled: false, day), null);
    }

    /// <summary>Why what was known at the end of a meeting can't tell of it; or that it can.</summary>
    /// <param name="known">How many entries there were at the end of the meeting.</param>
    public static HeadInstead InsteadOf(MeetingTimelines meetings, MeetingRow meeting, long known) =>
        known == 0 ? HeadInstead.RegistryYounger
        : meetings.Meeting(meeting.Id, known)?.OverBy != meeting.OverBy ? HeadInstead.RecordedLater
        : HeadInstead.No;

    private long SizeAt(DateTimeOffset instant, RegistryHead head) => Math.Min(registry.SizeAt(instant), head.Size);

    // The UTC date of the prefix's last entry; an empty prefix takes the first entry's.
    private DateOnly OnOfPrefix(long size, long head) =>
        head == 0 ? Date(clock.GetUtcNow()) : Date(registry.RecordedAt(Math.Max(0, size - 1)));

    private static bool TryParseMoment(string text, out DateTimeOffset instant)
    {
        if (WrittenMoment.TryDay(text, out var day))
        {
            instant = EndOf(day);
            return true;
        }
        return WrittenMoment.TryInstant(text, out instant);
    }

    private static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);

    private static DateOnly Date(DateTimeOffset instant) => DateOnly.FromDateTime(instant.UtcDateTime);

    private static BasisProblem Unwritten(string parameter, string code, string form, WrittenFault? fault) =>
        fault is null ? Wrong(parameter, code, form) : Wrong(parameter, code, fault.Message, fault.Args) with { Why = fault.Why };

    private static BasisProblem Wrong(string parameter, string code, string message, params IReadOnlyList<string> args) => new(parameter, code, message, args);

    /// <param name="On">The date that goes with it, where it isn't that of its last entry.</param>
    private readonly record struct Prefix(long Size, BasisSource From, bool Settled = true, DateOnly? On = null);
}

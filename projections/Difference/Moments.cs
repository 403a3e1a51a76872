using System.Globalization;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Difference;

/// <summary>Moments that meetings give: functions of a reading alone, so that an answer stays what it is.</summary>
public sealed class Moments(ReadModels models, Registry registry)
{
    /// <summary>
    /// A meeting as a reader of this reading looks back on it: what was known at the end of its last day, judged on that day.
    /// While it isn't over, the reading itself is that moment. Where the registry has no entry from so early, or learnt only later
    /// of the meeting or of when it was, what is known now, judged on that day.
    /// </summary>
    public Basis Of(MeetingRow meeting, Reading reading)
    {
        var day = meeting.OverBy;
        if (day >= reading.On)
        {
            return reading.Basis;
        }
        var instead = Instead(meeting, reading);
        return new Basis(instead == HeadInstead.No ? KnownBy(day, reading) : reading.Size, day) { From = new BasisSource(BasisOrigin.Meeting, meeting.Id, instead) };
    }

    /// <summary>Why what is known now stands in for what was known at the end of the meeting; or that it doesn't.</summary>
    public HeadInstead Instead(MeetingRow meeting, Reading reading) => BasisResolver.InsteadOf(models.Meetings, meeting, KnownBy(meeting.OverBy, reading));

    private long KnownBy(DateOnly day, Reading reading) =>
        Math.Min(registry.SizeAt(new DateTimeOffset(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero)), reading.Size);

    /// <summary>The same request, with as many entries as another reading where it names only a date to compare that one with.</summary>
    public static BasisRequest OrSize(BasisRequest request, long size) =>
        (request with { On = null }).IsNow ? request with { Size = size.ToString(CultureInfo.InvariantCulture) } : request;

    /// <summary>A first moment beside a second one: where what is known now stands in for what a meeting knew, it is what the second knows.</summary>
    public static Basis Beside(Basis first, Basis second) => first.From.Instead == HeadInstead.No ? first : first with { Size = second.Size };

    /// <summary>The last regular meeting of a series that was over before the day of the reading, and its moment; or null.</summary>
    public (MeetingRow Meeting, Basis Basis)? Previous(string series, Reading reading) =>
        models.Meetings.PreviousRegular(series, reading) is { } meeting ? (meeting, Of(meeting, reading)) : null;
}

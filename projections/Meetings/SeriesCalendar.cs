namespace PledgeRegistry.Projections.Meetings;

/// <summary>A series and its regular meetings as known at a size, by the day each is over; the two meetings around any day.</summary>
/// <param name="Series">Null where there is no such series; then there is no meeting either.</param>
/// <param name="Regular">The meetings of the type that matters to the series; none where the series names no type.</param>
public sealed record SeriesCalendar(SeriesRow? Series, IReadOnlyList<MeetingRow> Regular)
{
    /// <summary>The last regular meeting that was over before a day.</summary>
    public MeetingRow? Previous(DateOnly on) => Regular.LastOrDefault(m => m.OverBy < on);

    /// <summary>The next one that isn't over before that day: it may be under way.</summary>
    public MeetingRow? Next(DateOnly on) => Regular.FirstOrDefault(m => m.OverBy >= on);

    internal static SeriesCalendar Of(MeetingTimelines meetings, string code, long size)
    {
        var series = meetings.Series(code, size);
        return new SeriesCalendar(series, series?.Settings.RegularMeetingType is not { } type
            ? []
            : [.. meetings.Meetings(size).Where(m => m.Content.Series == code && m.Content.Type == type).OrderBy(m => m.OverBy).ThenBy(m => m.Position)]);
    }
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>A series' settings.</summary>
/// <param name="Names">The series' name by language.</param>
/// <param name="RegularMeetingType">A code of <c>list-meeting-type</c>: reports are expected between two meetings of this type; without one, by months.</param>
/// <param name="ReportingMonths">Months of a reporting period, 1 to 60. Periods are counted from the end of the previous regular meeting.</param>
/// <param name="NoticeWeeks">So many weeks before a regular meeting begins, focal points are reminded of it; 0 to 104.</param>
/// <param name="SilentAfterMonths">Silent after so many months without a report where there is no previous meeting.</param>
/// <param name="EarlyNoticeWeeks">So many weeks before a party would show as silent, it is told so; at most four for each month of silence.</param>
/// <param name="ReviewsApply">Whether anybody has the mandate to review here.</param>
/// <param name="Note">Where the settings are from, and what is not certain about them.</param>
public sealed record SeriesSettings(
    Texts Names, string? RegularMeetingType, int ReportingMonths, int NoticeWeeks, int SilentAfterMonths, int EarlyNoticeWeeks, bool ReviewsApply, string? Note);

/// <summary>What can happen to a series of meetings. Stored for ever: add a case, never edit one.</summary>
public abstract record SeriesEvent : IEvent
{
    private SeriesEvent() { }

    /// <summary>The series of meetings was opened.</summary>
    /// <param name="Settings">Its settings.</param>
    [EventType("series-opened.v2")]
    public sealed record Opened(SeriesSettings Settings) : SeriesEvent;

    /// <summary>The series’ settings changed; they replace the ones before.</summary>
    /// <param name="Settings">All of its settings.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("series-settings-changed.v2")]
    public sealed record SettingsChanged(SeriesSettings Settings, string Reason) : SeriesEvent;
}

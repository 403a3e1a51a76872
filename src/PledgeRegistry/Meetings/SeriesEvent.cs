using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>A series' settings.</summary>
/// <param name="RegularMeetingType">Reports are expected between two meetings of this type; without one, by months.</param>
/// <param name="SilentAfterMonths">Silent after so many months without a report where there is no previous meeting.</param>
/// <param name="ReviewsApply">Whether anybody has the mandate to review here.</param>
public sealed record SeriesSettings(Texts Names, string? RegularMeetingType, int SilentAfterMonths, bool ReviewsApply, string? Note);

/// <summary>What can happen to a series of meetings. Stored for ever: add a case, never edit one.</summary>
public abstract record SeriesEvent : IEvent
{
    private SeriesEvent() { }

    [EventType("series-opened.v1")]
    public sealed record Opened(SeriesSettings Settings) : SeriesEvent;

    [EventType("series-settings-changed.v1")]
    public sealed record SettingsChanged(SeriesSettings Settings, string Reason) : SeriesEvent;
}

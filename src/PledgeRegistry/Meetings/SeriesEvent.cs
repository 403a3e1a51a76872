using PledgeRegistry.Log;

namespace PledgeRegistry.Meetings;

/// <summary>A series' settings.</summary>
/// <param name="Names">The series’ name by language.</param>
/// <param name="RegularMeetingType">Reports are expected between two meetings of this type; without one, by months.</param>
/// <param name="SilentAfterMonths">Silent after so many months without a report where there is no previous meeting.</param>
/// <param name="ReviewsApply">Whether anybody has the mandate to review here.</param>
/// <param name="Note">Where the settings are from, and what is not certain about them.</param>
public sealed record SeriesSettings(Texts Names, string? RegularMeetingType, int SilentAfterMonths, bool ReviewsApply, string? Note);

/// <summary>What can happen to a series of meetings. Stored for ever: add a case, never edit one.</summary>
public abstract record SeriesEvent : IEvent
{
    private SeriesEvent() { }

    /// <summary>The series of meetings was opened.</summary>
    /// <param name="Settings">Its settings.</param>
    [EventType("series-opened.v1")]
    public sealed record Opened(SeriesSettings Settings) : SeriesEvent;

    /// <summary>The series’ settings changed; they replace the ones before.</summary>
    /// <param name="Settings">All of its settings.</param>
    /// <param name="Reason">Why, in words.</param>
    [EventType("series-settings-changed.v1")]
    public sealed record SettingsChanged(SeriesSettings Settings, string Reason) : SeriesEvent;
}

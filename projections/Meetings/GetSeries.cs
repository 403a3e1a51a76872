using MediatR;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Meetings;

/// <summary>Asks for all series of meetings, in the order in which they were opened.</summary>
public sealed record ListSeries(Reading Reading) : IRequest<SeriesList>;

/// <summary>Asks for one series of meetings.</summary>
public sealed record GetSeries(Reading Reading, string Code) : IRequest<SeriesView?>;

public sealed record SeriesList(Basis Basis, IReadOnlyList<SeriesListItem> Series)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "series-list/1";
}

/// <param name="Previous">Its last regular meeting that was over by the day of the reading.</param>
/// <param name="Next">The next one, or the one under way.</param>
public sealed record SeriesListItem(string Code, string Name, Coded? RegularMeetingType, int Meetings, SeriesMeeting? Previous, SeriesMeeting? Next);

/// <summary>A series at a basis: its settings, its meetings by date, and the two regular ones around the day of the reading.</summary>
/// <param name="Version">Names the settings that a change replaces.</param>
public sealed record SeriesView(
    Basis Basis, string Code, long Version, string Name, SeriesSettings Settings, Coded? RegularMeetingType,
    SeriesMeeting? Previous, SeriesMeeting? Next, IReadOnlyList<SeriesMeeting> Meetings)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "series/1";
}

/// <summary>A meeting of a series.</summary>
/// <param name="Year">Its year, which is all that is known of its date where there is no other.</param>
/// <param name="Regular">True if it is of the type between whose meetings reports are expected.</param>
public sealed record SeriesMeeting(string Id, string Name, Coded Type, EffectiveDate? From, EffectiveDate? To, int Year, bool Regular);

public sealed class SeriesHandlers(ReadModels models) : IRequestHandler<ListSeries, SeriesList>, IRequestHandler<GetSeries, SeriesView?>
{
    public Task<SeriesList> Handle(ListSeries request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        return Task.FromResult(new SeriesList(reading.Basis, [.. models.Meetings.AllSeries(reading.Size).Select(s => Item(s, labels, reading))]));
    }

    public Task<SeriesView?> Handle(GetSeries request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var calendar = models.Meetings.Calendar(request.Code, reading.Size);
        if (calendar.Series is not { } row)
        {
            return Task.FromResult<SeriesView?>(null);
        }
        var labels = new Labels(models, reading);
        return Task.FromResult<SeriesView?>(new SeriesView(
            reading.Basis, row.Code, row.Version, row.Name(reading.Language), row.Settings, labels.OptionalCode("meeting-type", row.Settings.RegularMeetingType),
            Meeting(calendar.Previous(reading.On), row, labels, reading), Meeting(calendar.Next(reading.On), row, labels, reading),
            [
                .. models.Meetings.Meetings(reading.Size).Where(m => m.Content.Series == row.Code)
                    .OrderBy(m => m.Starts ?? new DateOnly(m.Content.Year, 1, 1)).ThenBy(m => m.Id, StringComparer.Ordinal)
                    .Select(m => Meeting(m, row, labels, reading)!),
            ]));
    }

    private SeriesListItem Item(SeriesRow row, Labels labels, Reading reading)
    {
        var calendar = models.Meetings.Calendar(row.Code, reading.Size);
        return new SeriesListItem(
            row.Code, row.Name(reading.Language), labels.OptionalCode("meeting-type", row.Settings.RegularMeetingType),
            models.Meetings.Meetings(reading.Size).Count(m => m.Content.Series == row.Code),
            Meeting(calendar.Previous(reading.On), row, labels, reading), Meeting(calendar.Next(reading.On), row, labels, reading));
    }

    private static SeriesMeeting? Meeting(MeetingRow? m, SeriesRow series, Labels labels, Reading reading) => m is null
        ? null
        : new SeriesMeeting(
            m.Id, m.Name(reading.Language), labels.Code("meeting-type", m.Content.Type), m.Content.From, m.Content.To, m.Content.Year,
            m.Content.Type == series.Settings.RegularMeetingType);
}

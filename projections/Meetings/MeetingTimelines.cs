using System.Collections.Immutable;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Meetings;

/// <summary>A meeting as known after one entry.</summary>
public sealed record MeetingRow(string Id, long Position, long Version, long LastPosition, MeetingContent Content, ImmutableList<string> Documents, IReadOnlyList<Cluster> Clusters)
{
    /// <summary>The first day it can be on, the last where only an end is known; null where no date is.</summary>
    public DateOnly? Starts => (Content.From ?? Content.To)?.First();

    public DateOnly? Ends => (Content.To ?? Content.From)?.Last();

    /// <summary>The last day it can be on: without a date, the last of its year.</summary>
    public DateOnly OverBy => Ends ?? new DateOnly(Content.Year, 12, 31);

    public string Name(string language) => Content.Names.For(language) ?? Id;
}

/// <summary>A series as known after one entry.</summary>
public sealed record SeriesRow(string Code, long Version, long LastPosition, SeriesSettings Settings)
{
    public string Name(string language) => Settings.Names.For(language) ?? Code;
}

/// <summary>A source document.</summary>
public sealed record SourceRow(string Id, long Position, SourceEvent.Registered Document);

/// <summary>Every meeting, series and source as it ever stood.</summary>
public sealed class MeetingTimelines : IProjection
{
    private readonly Timelines<MeetingRow> meetings = new();
    private readonly Timelines<SeriesRow> series = new();
    private readonly Timelines<SourceRow> sources = new();

    public MeetingRow? Meeting(string id, long size) => meetings.At(id, size);
    public IEnumerable<MeetingRow> Meetings(long size) => meetings.At(size);
    public SeriesRow? Series(string code, long size) => series.At(code, size);
    public IEnumerable<SeriesRow> AllSeries(long size) => series.At(size);
    public SourceRow? Source(string id, long size) => sources.At(id, size);
    public IEnumerable<SourceRow> Sources(long size) => sources.At(size);

    /// <summary>True for the year of a review cycle, as addresses have it: one with a meeting of the IMRF.</summary>
    public bool IsCycle(string year, long size) => Meetings(size).Any(m => m.Content.Series == "IMRF" && m.Content.Year.ToString(CultureInfo.InvariantCulture) == year);

    /// <summary>The meeting's name in the reader's language, or its id.</summary>
    public string Name(string id, Reading reading) => Meeting(id, reading.Size)?.Name(reading.Language) ?? id;

    /// <summary>A series and its regular meetings as known at a size. For one request: it finds them once.</summary>
    public SeriesCalendar Calendar(string code, long size) => SeriesCalendar.Of(this, code, size);

    /// <summary>The last meeting of the type that matters to the series that was over by the day of the reading.</summary>
    public MeetingRow? PreviousRegular(string code, Reading reading) => Calendar(code, reading.Size).Previous(reading.On);

    /// <summary>The next one that isn't over by then.</summary>
    public MeetingRow? NextRegular(string code, Reading reading) => Calendar(code, reading.Size).Next(reading.On);

    public void Apply(Entry entry)
    {
        var id = entry.Stream[(entry.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        switch (entry.Event)
        {
            case MeetingEvent happened:
                var row = meetings.Last(id);
                row = happened switch
                {
                    MeetingEvent.Announced e => new MeetingRow(id, entry.Position, 0, 0, e.Content, [], []),
                    MeetingEvent.Corrected e => row! with { Content = e.Content },
                    MeetingEvent.DocumentAttached e => row! with { Documents = row.Documents.Add(e.Source) },
                    MeetingEvent.ClustersSet e => row! with { Clusters = e.Clusters },
                    _ => throw new InvalidOperationException($"The meetings' timelines have no arm for {happened.GetType()}."),
                };
                meetings.Add(id, entry.Position, row with { Version = entry.Version + 1, LastPosition = entry.Position });
                break;
            case SeriesEvent happened:
                var settings = happened switch
                {
                    SeriesEvent.Opened e => e.Settings,
                    SeriesEvent.SettingsChanged e => e.Settings,
                    _ => throw new InvalidOperationException($"The series' timelines have no arm for {happened.GetType()}."),
                };
                series.Add(id, entry.Position, new SeriesRow(id, entry.Version + 1, entry.Position, settings));
                break;
            case SourceEvent happened:
                var document = happened switch
                {
                    SourceEvent.Registered e => e,
                    _ => throw new InvalidOperationException($"The sources' timelines have no arm for {happened.GetType()}."),
                };
                sources.Add(id, entry.Position, new SourceRow(id, entry.Position, document));
                break;
            case ClearanceEvent when entry.IsClearanceIn("meeting/", out _):
                meetings.Add(id, entry.Position, meetings.Last(id)! with { Version = entry.Version + 1 });
                break;
            case ClearanceEvent when entry.IsClearanceIn("series/", out _):
                series.Add(id, entry.Position, series.Last(id)! with { Version = entry.Version + 1 });
                break;
        }
    }
}

using MediatR;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Meetings;

/// <summary>Asks for one meeting.</summary>
public sealed record GetMeeting(Reading Reading, string Id) : IRequest<MeetingView?>;

/// <summary>Asks for all meetings, by date; or those of a series.</summary>
public sealed record ListMeetings(Reading Reading, string? Series = null) : IRequest<MeetingList>;

/// <summary>Asks for one source document.</summary>
public sealed record GetSource(Reading Reading, string Id) : IRequest<SourceView?>;

/// <summary>Asks for all source documents.</summary>
public sealed record ListSources(Reading Reading) : IRequest<SourceList>;

/// <summary>A meeting at a basis.</summary>
public sealed record MeetingView(
    Basis Basis, string Id, long Version, string Name, Named Series, Coded Type, MeetingContent Content, Named? PartOf,
    IReadOnlyList<Named> Documents, IReadOnlyList<Cluster> Clusters, IReadOnlyList<MeetingRole> Roles, IReadOnlyList<Named> Parts, int Pledges, int Initiatives)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "meeting/1";
}

public sealed record MeetingRole(Named Participant, Coded Role);

public sealed record MeetingList(Basis Basis, IReadOnlyList<MeetingListItem> Meetings)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "meetings/1";
}

public sealed record MeetingListItem(string Id, string Name, Named Series, Coded Type, EffectiveDate? From, EffectiveDate? To, int Year, string? Place, int Pledges, int Initiatives);

public sealed record SourceView(Basis Basis, string Id, SourceEvent.Registered Document, IReadOnlyList<Named> Meetings, int Pledges, long Position)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "source/1";
}

public sealed record SourceList(Basis Basis, IReadOnlyList<SourceListItem> Sources)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "sources/1";
}

public sealed record SourceListItem(string Id, string Title, string Language, string Sha256, int Pledges);

public sealed class MeetingHandlers(ReadModels models) :
    IRequestHandler<GetMeeting, MeetingView?>, IRequestHandler<ListMeetings, MeetingList>,
    IRequestHandler<GetSource, SourceView?>, IRequestHandler<ListSources, SourceList>
{
    public Task<MeetingView?> Handle(GetMeeting request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        if (models.Meetings.Meeting(request.Id, reading.Size) is not { } row)
        {
            return Task.FromResult<MeetingView?>(null);
        }
        MeetingRole[] roles =
        [
            .. models.Participants.At(reading.Size).SelectMany(p => p.Roles.Where(r => r.Scope == row.Id)
                .Select(r => new MeetingRole(new Named(p.Code, p.Name(reading.Language)), labels.Code("participant-role", r.Name)))),
        ];
        return Task.FromResult<MeetingView?>(new MeetingView(
            reading.Basis, row.Id, row.Version, row.Name(reading.Language), Series(row.Content.Series, reading), labels.Code("meeting-type", row.Content.Type), row.Content,
            row.Content.PartOf is { } whole ? labels.Meeting(whole) : null,
            [.. row.Documents.Select(labels.Source)], row.Clusters, roles,
            [.. models.Meetings.Meetings(reading.Size).Where(m => m.Content.PartOf == row.Id).Select(m => labels.Meeting(m.Id))],
            PledgesOf(row.Id, reading), InitiativesOf(row.Id, reading)));
    }

    public Task<MeetingList> Handle(ListMeetings request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        var pledges = models.Pledges.At(reading).CountBy(p => p.On(reading.On).Meeting).ToDictionary(StringComparer.Ordinal);
        var initiatives = models.Initiatives.At(reading).SelectMany(i => i.PhasesBy(reading.On).Select(p => p.Content.Meeting).Distinct()).CountBy(m => m).ToDictionary(StringComparer.Ordinal);
        return Task.FromResult(new MeetingList(reading.Basis,
        [
            .. models.Meetings.Meetings(reading.Size)
                .Where(m => request.Series is null || m.Content.Series == request.Series)
                .OrderBy(m => m.Starts ?? new DateOnly(m.Content.Year, 1, 1)).ThenBy(m => m.Id, StringComparer.Ordinal)
                .Select(m => new MeetingListItem(m.Id, m.Name(reading.Language), Series(m.Content.Series, reading), labels.Code("meeting-type", m.Content.Type),
                    m.Content.From, m.Content.To, m.Content.Year, m.Content.Place, pledges.GetValueOrDefault(m.Id), initiatives.GetValueOrDefault(m.Id))),
        ]));
    }

    public Task<SourceView?> Handle(GetSource request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        return Task.FromResult(models.Meetings.Source(request.Id, reading.Size) is not { } row
            ? null
            : new SourceView(reading.Basis, row.Id, row.Document,
                [.. models.Meetings.Meetings(reading.Size).Where(m => m.Documents.Contains(row.Id)).Select(m => new Named(m.Id, m.Name(reading.Language)))],
                PledgesFrom(row.Id, reading), row.Position));
    }

    public Task<SourceList> Handle(ListSources request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var pledges = models.Pledges.At(reading).Select(p => p.On(reading.On).Source?.Source).OfType<string>().CountBy(s => s).ToDictionary(StringComparer.Ordinal);
        return Task.FromResult(new SourceList(reading.Basis,
            [.. models.Meetings.Sources(reading.Size).Select(s => new SourceListItem(s.Id, s.Document.Title, s.Document.Language, s.Document.Sha256, pledges.GetValueOrDefault(s.Id)))]));
    }

    private Named Series(string code, Reading reading) => new(code, models.Meetings.Series(code, reading.Size)?.Settings.Names.For(reading.Language) ?? code);

    private int PledgesOf(string meeting, Reading reading) => models.Pledges.At(reading).Count(p => p.On(reading.On).Meeting == meeting);

    private int PledgesFrom(string source, Reading reading) => models.Pledges.At(reading).Count(p => p.On(reading.On).Source?.Source == source);

    private int InitiativesOf(string meeting, Reading reading) => models.Initiatives.At(reading).Count(i => i.ReportedTo(meeting, reading.On));
}

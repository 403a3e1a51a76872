using MediatR;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>Asks for the pledges that touch something; null parameters don't narrow. In order of recording.</summary>
/// <param name="Item">A framework item's code, such as <c>GCM-15</c>: what is mapped to it or to an item under it.</param>
/// <param name="After">The id after which the page starts; nothing comes after an id that isn't known.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record ListPledges(
    Reading Reading, string? Kind = null, string? Series = null, string? Meeting = null, string? Party = null, string? Item = null, string? Source = null,
    string? After = null, int Limit = 200) : IRequest<PledgeList>;

/// <param name="Count">How many there are in all, on all pages.</param>
/// <param name="Next">The id after which the next page starts, or null.</param>
public sealed record PledgeList(Basis Basis, int Count, IReadOnlyList<PledgeListItem> Pledges, string? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "pledges/2";
}

public sealed record PledgeListItem(
    string Id, Coded Kind, Coded Modality, string Title, Named Meeting, EffectiveDate AnnouncedOn,
    IReadOnlyList<Named> By, IReadOnlyList<Named> Owing, IReadOnlyList<Named> Addressees, int Reports, EndingKind? Ended, long Position);

public sealed class ListPledgesHandler(ReadModels models) : IRequestHandler<ListPledges, PledgeList>
{
    public Task<PledgeList> Handle(ListPledges request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        var found = Find(request).ToArray();
        var after = request.After is null ? -1 : models.Pledges.At(request.After, reading.Size)?.Position ?? reading.Size;
        var start = found.TakeWhile(p => p.Position <= after).Count();
        var page = found.Skip(start).Take(Math.Clamp(request.Limit, 1, 500)).ToArray();
        return Task.FromResult(new PledgeList(
            reading.Basis, found.Length, [.. page.Select(p => Item(p, labels, reading))],
            start + page.Length < found.Length ? page[^1].Id : null));
    }

    /// <summary>All that is asked for, on all pages.</summary>
    internal IEnumerable<PledgeRow> Find(ListPledges request)
    {
        var parties = new Parties(models.Participants, request.Reading);
        return models.Pledges.At(request.Reading).Where(p => Wanted(p, request, parties));
    }

    private bool Wanted(PledgeRow row, ListPledges request, Parties parties)
    {
        var content = row.On(request.Reading.On);
        return (request.Kind is null || content.Kind.Code() == request.Kind)
            && (request.Meeting is null || content.Meeting == request.Meeting)
            && (request.Source is null || content.Source?.Source == request.Source)
            && (request.Series is null || models.Meetings.Meeting(content.Meeting, request.Reading.Size)?.Content.Series == request.Series)
            && (request.Item is null || row.ActiveMappings.Any(m => models.Frameworks.IsUnder(m.Item, request.Item, request.Reading.Size)))
            && (request.Party is null || parties.In(row, content).Any(p => p.Participant == request.Party)
                || content.By.Contains(request.Party));
    }

    private static PledgeListItem Item(PledgeRow row, Labels labels, Reading reading)
    {
        var content = row.On(reading.On);
        return new PledgeListItem(
            row.Id, labels.Code("pledge-kind", content.Kind.Code()), labels.Code("modality", content.Modality), content.Title, labels.Meeting(content.Meeting), content.AnnouncedOn,
            [.. content.By.Select(labels.Participant)], [.. row.OwingOn(reading.On).Select(labels.Participant)], [.. content.Addressees.Select(labels.Participant)],
            row.Reports.Count(r => r.HoldsFrom <= reading.On), row.EndedOn(reading.On), row.Position);
    }
}

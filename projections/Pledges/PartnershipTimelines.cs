using MediatR;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>A partnership as known after one entry.</summary>
public sealed record PartnershipRow(string Id, long Position, long Version, PartnershipContent Content);

/// <summary>Every partnership as it ever stood.</summary>
public sealed class PartnershipTimelines : IProjection
{
    private readonly Timelines<PartnershipRow> rows = new();

    public PartnershipRow? At(string id, long size) => rows.At(id, size);

    public IEnumerable<PartnershipRow> At(long size) => rows.At(size);

    public void Apply(Entry entry)
    {
        if (entry.Event is PartnershipEvent happened)
        {
            var id = entry.Stream["partnership/".Length..];
            var content = happened switch
            {
                PartnershipEvent.Formed e => e.Content,
                PartnershipEvent.Corrected e => e.Content,
                _ => throw new InvalidOperationException($"The partnerships' timelines have no arm for {happened.GetType()}."),
            };
            rows.Add(id, entry.Position, new PartnershipRow(id, rows.Last(id)?.Position ?? entry.Position, entry.Version + 1, content));
        }
        else if (entry.IsClearanceIn("partnership/", out var cleared))
        {
            rows.Add(cleared, entry.Position, rows.Last(cleared)! with { Version = entry.Version + 1 });
        }
    }
}

/// <summary>Asks for the partnerships, each with the pledges under its goal.</summary>
public sealed record ListPartnerships(Reading Reading) : IRequest<PartnershipList>;

/// <summary>Asks for one of them.</summary>
public sealed record GetPartnership(Reading Reading, string Id) : IRequest<PartnershipView?>;

public sealed record PartnershipList(Basis Basis, IReadOnlyList<PartnershipItem> Partnerships)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "partnerships/1";
}

/// <summary>A partnership at a basis.</summary>
/// <param name="Pledges">The ids of the pledges under its goal on that day.</param>
public sealed record PartnershipItem(string Id, string Name, string Goal, Named? Convener, IReadOnlyList<string> Pledges);

public sealed record PartnershipView(Basis Basis, string Id, long Version, PartnershipContent Content, string Name, string Goal, Named? Convener, Named? Source, IReadOnlyList<string> Pledges)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "partnership/1";
}

public sealed class PartnershipHandlers(ReadModels models) : IRequestHandler<ListPartnerships, PartnershipList>, IRequestHandler<GetPartnership, PartnershipView?>
{
    public Task<PartnershipList> Handle(ListPartnerships request, CancellationToken cancellationToken)
    {
        var (reading, labels) = (request.Reading, new Labels(models, request.Reading));
        return Task.FromResult(new PartnershipList(reading.Basis,
            [.. models.Partnerships.At(reading.Size).Select(p => new PartnershipItem(p.Id, Name(p, reading), Goal(p, reading), Convener(p, labels), Pledges(p, reading)))]));
    }

    public Task<PartnershipView?> Handle(GetPartnership request, CancellationToken cancellationToken)
    {
        var (reading, labels) = (request.Reading, new Labels(models, request.Reading));
        return Task.FromResult(models.Partnerships.At(request.Id, reading.Size) is not { } row ? null : new PartnershipView(
            reading.Basis, row.Id, row.Version, row.Content, Name(row, reading), Goal(row, reading), Convener(row, labels),
            row.Content.Source is { } source ? labels.Source(source.Source) : null, Pledges(row, reading)));
    }

    private static string Name(PartnershipRow row, Reading reading) => row.Content.Names.For(reading.Language) ?? row.Id;

    private static string Goal(PartnershipRow row, Reading reading) => row.Content.Goal.For(reading.Language) ?? "";

    private static Named? Convener(PartnershipRow row, Labels labels) => row.Content.Convener is { } convener ? labels.Participant(convener) : null;

    private string[] Pledges(PartnershipRow row, Reading reading) => [.. models.Pledges.Under(row.Id, reading).Select(p => p.Id)];
}

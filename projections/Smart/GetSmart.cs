using MediatR;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Smart;

/// <summary>Asks for a pledge's SMART check, as it stands on the day of the reading.</summary>
public sealed record GetSmart(Reading Reading, string Id) : IRequest<SmartView?>;

/// <summary>A pledge's SMART check at a basis.</summary>
/// <param name="Met">Points met, of <paramref name="Of"/>.</param>
public sealed record SmartView(Basis Basis, string Id, int Met, int Of, IReadOnlyList<SmartPart> Parts)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "smart/1";
}

public sealed class GetSmartHandler(ReadModels models) : IRequestHandler<GetSmart, SmartView?>
{
    public Task<SmartView?> Handle(GetSmart request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        if (models.Pledges.At(request.Id, reading.Size) is not { } row)
        {
            return Task.FromResult<SmartView?>(null);
        }
        var content = row.On(reading.On);
        string[] owing = [.. row.OwingOn(reading.On)];
        var score = SmartScore.Of(content with { Owing = owing }, row.ActiveMappings.Count(), [.. owing.Select(p => row.ShareOf(p, reading.On)?.Share).OfType<PledgeRegistry.Pledges.Share>()]);
        return Task.FromResult<SmartView?>(new SmartView(reading.Basis, row.Id, score.Met, score.Most, score.Parts));
    }
}

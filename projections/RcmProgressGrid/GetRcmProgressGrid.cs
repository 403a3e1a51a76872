using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.RcmProgressGrid;

/// <summary>Asks for the grid.</summary>
/// <param name="Meeting">Only what was reported to this meeting; null for all.</param>
/// <param name="From">Only what was recorded as true from this day on …</param>
/// <param name="Until">… and before this day.</param>
public sealed record GetRcmProgressGrid(Reading Reading, string? Meeting = null, DateOnly? From = null, DateOnly? Until = null) : IRequest<GridView>;

public sealed class GetRcmProgressGridHandler(ReadModels models) : IRequestHandler<GetRcmProgressGrid, GridView>
{
    public Task<GridView> Handle(GetRcmProgressGrid request, CancellationToken cancellationToken) =>
        Task.FromResult(new GridBuilder(models, request).Build(cancellationToken));
}

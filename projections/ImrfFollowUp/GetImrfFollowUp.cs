using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ImrfFollowUp;

/// <summary>Asks for the follow-up of a cycle, all of it or what touches an objective, a round table, a party or a kind.</summary>
/// <param name="Cycle">The year of the forum.</param>
public sealed record GetImrfFollowUp(
    Reading Reading, string Cycle, string? Objective = null, string? RoundTable = null, string? Party = null, string? Kind = null) : IRequest<FollowUpView>;

public sealed class GetImrfFollowUpHandler(ReadModels models) : IRequestHandler<GetImrfFollowUp, FollowUpView>
{
    public Task<FollowUpView> Handle(GetImrfFollowUp request, CancellationToken cancellationToken) =>
        Task.FromResult(new FollowUpBuilder(models, request).Build(cancellationToken));
}

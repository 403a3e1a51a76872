using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.FollowUpClock;

/// <summary>Asks who is to be reminded of what and when.</summary>
/// <param name="Participant">Only this one's own list, with what its collectives owe; null for everybody who owes.</param>
/// <param name="Series">Only what was announced in this series.</param>
public sealed record GetFollowUpClock(Reading Reading, string? Participant = null, string? Series = null) : IRequest<ClockView>;

/// <summary>Asks for the days of a participant's own list: for a feed, and for a calendar. Null where there is no such participant.</summary>
public sealed record GetClockDays(Reading Reading, string Participant) : IRequest<ClockDays?>;

public sealed class FollowUpClockHandlers(ReadModels models) : IRequestHandler<GetFollowUpClock, ClockView>, IRequestHandler<GetClockDays, ClockDays?>
{
    public Task<ClockView> Handle(GetFollowUpClock request, CancellationToken cancellationToken) =>
        Task.FromResult(new ClockBuilder(models, request).Build(cancellationToken));

    public Task<ClockDays?> Handle(GetClockDays request, CancellationToken cancellationToken) =>
        Task.FromResult(models.Participants.At(request.Participant, request.Reading.Size) is null
            ? null
            : ClockDays.Of(new ClockBuilder(models, new GetFollowUpClock(request.Reading, request.Participant)).Build(cancellationToken), models));
}

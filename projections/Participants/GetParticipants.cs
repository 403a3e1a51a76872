using MediatR;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Participants;

/// <summary>Asks for one participant.</summary>
public sealed record GetParticipant(Reading Reading, string Code) : IRequest<ParticipantView?>;

/// <summary>Asks for all participants, by code; or those of a type, or with a role, in a scope or in any, on that day.</summary>
public sealed record ListParticipants(Reading Reading, string? Type = null, string? Role = null, string? Scope = null) : IRequest<ParticipantList>;

/// <summary>A participant at a basis: its roles, its collectives, its members, and whether anybody acts for it.</summary>
/// <param name="HasFocalPoint">True if a focal point is appointed on the day of the reading. Who it is is nowhere public.</param>
/// <param name="Deputies">How many deputies are.</param>
/// <param name="ClearanceRequired">True if what is recorded for it needs a second person's clearance, as known at the basis.</param>
public sealed record ParticipantView(
    Basis Basis, string Code, long Version, string Name, Texts Names, string? NameInSource, Coded Type, string Source,
    IReadOnlyList<RoleView> Roles, IReadOnlyList<Named> MemberOf, IReadOnlyList<Named> Members, bool HasFocalPoint, int Deputies, bool ClearanceRequired)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "participant/2";
}

/// <param name="Holds">True on the day of the reading.</param>
public sealed record RoleView(Coded Role, Named Scope, EffectiveDate? From, EffectiveDate? Until, bool Holds, string Source);

public sealed record ParticipantList(Basis Basis, IReadOnlyList<ParticipantListItem> Participants)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "participants/1";
}

public sealed record ParticipantListItem(string Code, string Name, Coded Type, IReadOnlyList<RoleView> Roles);

public sealed class ParticipantHandlers(ReadModels models) :
    IRequestHandler<GetParticipant, ParticipantView?>, IRequestHandler<ListParticipants, ParticipantList>
{
    public Task<ParticipantView?> Handle(GetParticipant request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        return Task.FromResult(models.Participants.At(request.Code, reading.Size) is not { } row
            ? null
            : new ParticipantView(
                reading.Basis, row.Code, row.Version, row.Name(reading.Language), row.Names, row.NameInSource, labels.Code("participant-type", row.Type), row.Source,
                Roles(row, labels, reading),
                [.. models.Participants.At(reading.Size).Where(c => ParticipantTimelines.IsMember(c, row, reading.On)).Select(c => labels.Participant(c.Code))],
                [.. models.Participants.MembersOf(row.Code, reading).Select(m => labels.Participant(m.Code))],
                row.Acting(ActorRole.FocalPoint, reading.On) > 0, row.Acting(ActorRole.Deputy, reading.On), row.ClearanceRequired));
    }

    public Task<ParticipantList> Handle(ListParticipants request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        var labels = new Labels(models, reading);
        return Task.FromResult(new ParticipantList(reading.Basis,
        [
            .. models.Participants.At(reading.Size)
                .Where(p => (request.Type is null || p.Type == request.Type)
                    && (request.Role is null || p.HasRole(request.Role, request.Scope, reading.On)))
                .OrderBy(p => p.Code, StringComparer.Ordinal)
                .Select(p => new ParticipantListItem(p.Code, p.Name(reading.Language), labels.Code("participant-type", p.Type), [.. Roles(p, labels, reading).Where(r => r.Holds)])),
        ]));
    }

    private RoleView[] Roles(ParticipantRow row, Labels labels, Reading reading) =>
        [.. row.Roles.Select(r => new RoleView(labels.Code("participant-role", r.Name), Scope(r.Scope ?? "", labels, reading), r.From, r.Until, r.Holds(reading.On), r.Source))];

    private Named Scope(string scope, Labels labels, Reading reading) =>
        models.Meetings.Series(scope, reading.Size) is { } series ? new Named(scope, series.Settings.Names.For(reading.Language) ?? scope) : labels.Meeting(scope);
}

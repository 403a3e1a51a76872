using PledgeRegistry.Participants;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Security;

/// <summary>
/// Whom a request acts as, while there is no sign-in: the local operator, or somebody of the contact directory, chosen in
/// a header of the API or in a cookie of the pages. It proves nothing; <see cref="WriteGuard"/> alone keeps others out.
/// </summary>
public sealed class Acting
{
    public const string Header = "Registry-Acting-As", Cookie = "acting";

    // Whatever else was sent is kept nowhere, not even in the log of who read what.
    private const string Nobody = "nobody";

    private readonly Registry registry;

    public Acting(IHttpContextAccessor accessor, Registry registry, TimeProvider clock)
    {
        this.registry = registry;
        Today = DateOnly.FromDateTime(clock.GetUtcNow().UtcDateTime);
        var request = accessor.HttpContext!.Request;
        var chosen = Api.Faults.IsApi(accessor.HttpContext) ? request.Headers[Header].ToString() : request.Cookies[Cookie];
        Actor = string.IsNullOrEmpty(chosen) ? LocalOperator.Actor : chosen == LocalOperator.Actor || ActorId.IsOne(chosen) ? chosen : Nobody;
    }

    /// <summary>The actor id, or <see cref="LocalOperator.Actor"/>.</summary>
    public string Actor { get; }

    public DateOnly Today { get; }

    public bool IsOperator => Actor == LocalOperator.Actor;

    /// <summary>The participant acted for as focal point or deputy today; null for the operator and the other roles.</summary>
    public string? Participant => IsOperator ? null : Authority.ParticipantOf(registry.State, Actor, Today);

    /// <summary>What the actor is appointed for today.</summary>
    public IReadOnlyList<Appointment> Appointments => [.. Authority.Appointments(registry.State, Actor, Today)];

    /// <summary>True if it may see what is private to a participant (null: to all of them).</summary>
    public bool MaySee(string? participant) =>
        IsOperator || Appointments.Any(a => a.Role == ActorRole.Administrator) || (participant is not null && Participant == participant);

    /// <summary>The author of a command that this request sends.</summary>
    public Author AuthorFor(ICommand command, string? onBehalfOf, string? clearedBy = null) => AuthorOf(Actor, command, onBehalfOf, clearedBy);

    /// <summary>The author of a command that somebody prepared.</summary>
    public Author AuthorOf(string actor, ICommand command, string? onBehalfOf, string? clearedBy) => actor == LocalOperator.Actor
        ? LocalOperator.For(onBehalfOf, clearedBy)
        : Authority.AuthorFor(registry.State, command, actor, onBehalfOf, clearedBy, Today);

    /// <summary>True if an actor clears what others record for a participant.</summary>
    public bool MayClear(string participant, string preparedBy) => !IsOperator && Actor != preparedBy && Participant == participant;
}

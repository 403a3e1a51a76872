using MediatR;
using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>Who asks.</summary>
/// <param name="Actor">An opaque actor id.</param>
/// <param name="Role">The role acted in: the word of an <see cref="Participants.ActorRole"/>, or <see cref="Operator"/>.</param>
/// <param name="OnBehalfOf">The code of the participant acted for.</param>
/// <param name="ClearedBy">The actor id of the second person who cleared it, where one did.</param>
public sealed record Author(string Actor, string Role, string? OnBehalfOf, string? ClearedBy = null)
{
    /// <summary>Whoever works the machine that the registry runs on: may do everything. Only a host gives this role.</summary>
    public const string Operator = "operator";

    public bool IsOperator => Role == Operator;
}

/// <summary>
/// Something that somebody wants recorded. Decided from the state at the head alone: no clock, no new ids, no look-ups
/// elsewhere. A refusal is a value, and a retry decides nothing.
/// </summary>
public interface ICommand
{
    Decision Decide(RegistryState head, Author author);
}

/// <summary>What became of a command's wish.</summary>
public abstract record Decision
{
    private Decision() { }

    /// <summary>These happened, all in one stream.</summary>
    public sealed record Accepted(string Stream, IReadOnlyList<IEvent> Events) : Decision;

    /// <summary>It breaks rules; all that were found are named.</summary>
    public sealed record Refused(IReadOnlyList<Refusal> Reasons) : Decision;

    /// <summary>It is already so.</summary>
    public sealed record NothingNew : Decision;

    public static readonly Decision NothingToDo = new NothingNew();

    public static Decision Accept(string stream, params IReadOnlyList<IEvent> events) => new Accepted(stream, events);

    public static Decision Refuse(params IReadOnlyList<Refusal> reasons) => new Refused(reasons);
}

/// <summary>What sort of refusal it is: a host answers 404, 409, 412, 403 or 422 by it.</summary>
public enum RefusalKind { Invalid, NotFound, Conflict, Stale, Forbidden }

/// <summary>Why something wasn't recorded: what is wrong, where, and how to mend it.</summary>
/// <param name="Code">A stable word, such as <c>unknown-participant</c>: pages translate it, programs test it.</param>
/// <param name="Message">English, one sentence that says what is wrong and how to mend it.</param>
/// <param name="Field">The command's member it is about, as a camelCase path (<c>due.date</c>, <c>owing[2]</c>); null for the whole.</param>
/// <param name="Args">What a translated message is filled with.</param>
public sealed record Refusal(string Code, string Message, string? Field = null, RefusalKind Kind = RefusalKind.Invalid, params IReadOnlyList<string> Args)
{
    public override string ToString() => Field is null ? $"{Code}: {Message}" : $"{Code} at {Field}: {Message}";
}

/// <summary>A command on its way to the writer.</summary>
/// <param name="IdempotencyKey">The caller's own key: sent again with the same key, a command is recorded once.</param>
public sealed record Submit<TCommand>(TCommand Command, Author Author, string IdempotencyKey) : IRequest<Outcome>
    where TCommand : class, ICommand;

/// <summary>The one handler of all commands.</summary>
public sealed class SubmitHandler<TCommand>(RegistryWriter writer) : IRequestHandler<Submit<TCommand>, Outcome>
    where TCommand : class, ICommand
{
    public Task<Outcome> Handle(Submit<TCommand> request, CancellationToken cancellationToken) =>
        writer.SubmitAsync(request.Command, request.Author, request.IdempotencyKey, cancellationToken);
}

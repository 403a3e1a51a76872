using MediatR;
using PledgeRegistry.Writing;

namespace PledgeRegistry.OpeningData;

/// <summary>One command of a set of data, with the key that makes it happen once.</summary>
/// <param name="OnBehalfOf">The participant that is acted for, or null.</param>
/// <param name="ClearedBy">Who cleared it, where that participant has a second person do so; or null.</param>
public abstract record OpeningStep(string Key, string? OnBehalfOf, string? ClearedBy)
{
    /// <summary>What the step records, for messages.</summary>
    public abstract ICommand What { get; }

    /// <summary>The set and version it belongs to, as the state names a set that is complete: <c>five-documents/1</c>.</summary>
    public string Set => string.Join('/', Key.Split('/', 3)[..2]);

    public abstract Task<Outcome> SendAsync(IMediator mediator, Author author, CancellationToken cancel);

    public static OpeningStep Of<TCommand>(string key, TCommand command, string? onBehalfOf = null, string? clearedBy = null) where TCommand : class, ICommand =>
        new Step<TCommand>(key, command, onBehalfOf, clearedBy);

    /// <summary>True for what was added to the opening data later.</summary>
    public bool IsAddition => Set == $"{FiveDocuments.Set}/{FiveDocuments.Additions}";

    /// <summary>Who records it, where the loader is the one who does.</summary>
    public Author AuthorOf(Author loader) => loader with { OnBehalfOf = OnBehalfOf, ClearedBy = ClearedBy };

    private sealed record Step<TCommand>(string Key, TCommand Command, string? OnBehalfOf, string? ClearedBy) : OpeningStep(Key, OnBehalfOf, ClearedBy) where TCommand : class, ICommand
    {
        public override ICommand What => Command;

        public override Task<Outcome> SendAsync(IMediator mediator, Author author, CancellationToken cancel) =>
            mediator.Send(new Submit<TCommand>(Command, AuthorOf(author), Key), cancel);
    }
}

using MediatR;

namespace PledgeRegistry.Marten.Tests;

/// <summary>Does something else before it answers for the first time.</summary>
internal sealed class Meanwhile(IMediator inner, Func<Task> other) : IMediator
{
    private Func<Task>? pending = other;

    public async Task<TResponse> Send<TResponse>(IRequest<TResponse> request, CancellationToken cancellationToken = default)
    {
        await (Interlocked.Exchange(ref pending, null)?.Invoke() ?? Task.CompletedTask);
        return await inner.Send(request, cancellationToken);
    }

    public Task Publish<TNotification>(TNotification notification, CancellationToken cancellationToken = default) where TNotification : INotification =>
        inner.Publish(notification, cancellationToken);
}

using EventStore.Client;
using PledgeRegistry.Log;

namespace PledgeRegistry.EventStoreDb;

/// <summary>Hears from the server of every new event, and subscribes again when that ends. What comes is only a reason to read.</summary>
internal sealed class Follower : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ended = new();
    private readonly Task following;

    /// <param name="client">The one to subscribe with now: another one may take its place.</param>
    public Follower(Func<EventStoreClient> client, string stream, GrowthSignal growth) => following = Task.Run(() => FollowAsync(client, stream, growth));

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await following;
        ended.Dispose();
    }

    private async Task FollowAsync(Func<EventStoreClient> client, string stream, GrowthSignal growth)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                var size = growth.Size;
                var start = size == 0 ? FromStream.Start : FromStream.After(StreamPosition.FromInt64(size - 1));
                await using var subscription = client().SubscribeToStream(stream, start, cancellationToken: ended.Token);
                await foreach (var happened in subscription.WithCancellation(ended.Token))
                {
                    growth.Grow(happened.Event.EventNumber.ToInt64() + 1);
                }
            }
            catch (Exception) when (!ended.IsCancellationRequested)
            {
                // The server is away, has another leader, or dropped a slow reader. Whoever reads or appends is told.
            }
            catch (Exception)
            {
                // The client has several ways to say that it was cancelled.
                return;
            }
            await Task.Delay(Retry, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        }
    }
}

namespace EventStore.Client;

public partial class EventStoreClientSettings
{
    internal EventStoreServer Server { get; private init; } = null!;

    /// <summary>As far as the model goes, an address is a server; what starts otherwise is refused, as by the real parser.</summary>
    public static EventStoreClientSettings Create(string connectionString) =>
        connectionString.StartsWith("esdb://", StringComparison.Ordinal) || connectionString.StartsWith("esdb+discover://", StringComparison.Ordinal)
            ? new() { Server = EventStoreServer.At(connectionString) }
            : throw new ArgumentException($"Invalid scheme: {connectionString}. Supported schemes are: esdb, esdb+discover", nameof(connectionString));
}

/// <summary>The client's members that the adapter uses, over the model of a server.</summary>
public class EventStoreClient(EventStoreClientSettings settings) : IAsyncDisposable
{
    private readonly CancellationTokenSource disposed = new();

    // The server ended the one call that all appends go through.
    private volatile bool ended;

    /// <summary>Whether this thread is the one that receives a client's answers.</summary>
    [ThreadStatic]
    private static bool receiving;

    public static bool Receiving => receiving;

    public Task<IWriteResult> AppendToStreamAsync(
        string streamName,
        StreamRevision expectedRevision,
        IEnumerable<EventData> eventData,
        Action<EventStoreClientOperationOptions>? configureOperationOptions = null,
        TimeSpan? deadline = null,
        UserCredentials? userCredentials = null,
        CancellationToken cancellationToken = default) => AnswerAsync(settings.Server.AppendAsync(streamName, expectedRevision.ToInt64(), eventData, deadline, cancellationToken));

    public Task<IWriteResult> AppendToStreamAsync(
        string streamName,
        StreamState expectedState,
        IEnumerable<EventData> eventData,
        Action<EventStoreClientOperationOptions>? configureOperationOptions = null,
        TimeSpan? deadline = null,
        UserCredentials? userCredentials = null,
        CancellationToken cancellationToken = default) => AnswerAsync(settings.Server.AppendAsync(streamName, expectedState.Value, eventData, deadline, cancellationToken));

    public ReadStreamResult ReadStreamAsync(
        Direction direction,
        string streamName,
        StreamPosition revision,
        long maxCount = long.MaxValue,
        bool resolveLinkTos = false,
        TimeSpan? deadline = null,
        UserCredentials? userCredentials = null,
        CancellationToken cancellationToken = default) => new(settings.Server.ReadAsync(streamName, direction, revision, maxCount, cancellationToken));

    public StreamSubscriptionResult SubscribeToStream(
        string streamName, FromStream start, bool resolveLinkTos = false, UserCredentials? userCredentials = null, CancellationToken cancellationToken = default) =>
        new(settings.Server.SubscribeAsync(streamName, start.Last, CancellationTokenSource.CreateLinkedTokenSource(cancellationToken, disposed.Token).Token));

    public Task<StreamMetadataResult> GetStreamMetadataAsync(
        string streamName, TimeSpan? deadline = null, UserCredentials? userCredentials = null, CancellationToken cancellationToken = default) =>
        Task.FromResult(new StreamMetadataResult(settings.Server.Metadata(streamName)));

    public async Task<IWriteResult> SetStreamMetadataAsync(
        string streamName,
        StreamState expectedState,
        StreamMetadata metadata,
        Action<EventStoreClientOperationOptions>? configureOperationOptions = null,
        TimeSpan? deadline = null,
        UserCredentials? userCredentials = null,
        CancellationToken cancellationToken = default)
    {
        settings.Server.SetMetadata(streamName, metadata);
        return await settings.Server.AppendAsync("$$" + streamName, expectedState.Value, [], deadline, cancellationToken);
    }

    public Task<DeleteResult> DeleteAsync(
        string streamName, StreamState expectedState, TimeSpan? deadline = null, UserCredentials? userCredentials = null, CancellationToken cancellationToken = default)
    {
        settings.Server.SetMetadata(streamName, new StreamMetadata(truncateBefore: StreamPosition.FromInt64(long.MaxValue)));
        return Task.FromResult(default(DeleteResult));
    }

    public Task<DeleteResult> TombstoneAsync(
        string streamName, StreamState expectedState, TimeSpan? deadline = null, UserCredentials? userCredentials = null, CancellationToken cancellationToken = default)
    {
        settings.Server.Tombstone(streamName);
        return Task.FromResult(default(DeleteResult));
    }

    public async ValueTask DisposeAsync()
    {
        await disposed.CancelAsync();
        GC.SuppressFinalize(this);
    }

    // As the real one: it completes what is waited for from within its own loop, and what waits goes on there.
    private Task<IWriteResult> AnswerAsync(Task<IWriteResult> answer)
    {
        var complete = new TaskCompletionSource<IWriteResult>();
        answer.ContinueWith(
            a =>
            {
                if (ended || a.Exception?.InnerException is CallEndedException)
                {
                    ended = true;
                    return;
                }
                receiving = true;
                _ = a.IsCompletedSuccessfully ? complete.TrySetResult(a.Result)
                    : a.IsCanceled ? complete.TrySetCanceled() : complete.TrySetException(a.Exception!.InnerException!);
                receiving = false;
            },
            CancellationToken.None,
            TaskContinuationOptions.None,
            TaskScheduler.Default);
        return complete.Task;
    }

    public class ReadStreamResult : IAsyncEnumerable<ResolvedEvent>
    {
        private readonly Task<IReadOnlyList<EventRecord>?> reading;

        internal ReadStreamResult(Task<IReadOnlyList<EventRecord>?> reading) => this.reading = reading;

        public async IAsyncEnumerator<ResolvedEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default)
        {
            foreach (var record in await reading ?? throw new StreamNotFoundException("?"))
            {
                yield return new ResolvedEvent(record);
            }
        }
    }

    public class StreamSubscriptionResult : IAsyncEnumerable<ResolvedEvent>, IAsyncDisposable
    {
        private readonly IAsyncEnumerable<ResolvedEvent> events;

        internal StreamSubscriptionResult(IAsyncEnumerable<ResolvedEvent> events) => this.events = events;

        public IAsyncEnumerator<ResolvedEvent> GetAsyncEnumerator(CancellationToken cancellationToken = default) => events.GetAsyncEnumerator(cancellationToken);

        public ValueTask DisposeAsync()
        {
            GC.SuppressFinalize(this);
            return ValueTask.CompletedTask;
        }
    }
}

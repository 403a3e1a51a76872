using System.Text.Json;
using JasperFx.Events;
using Marten.Exceptions;

namespace Marten;

/// <summary>The store's members that the adapter uses, over the model of a database.</summary>
public class DocumentStore : IDocumentStore, IMartenStorage
{
    private readonly StoreOptions options;

    private DocumentStore(StoreOptions options) => this.options = options;

    public static DocumentStore For(Action<StoreOptions> configure)
    {
        var options = new StoreOptions();
        configure(options);
        return new DocumentStore(options);
    }

    public IMartenStorage Storage => this;

    private MartenServer Server => MartenServer.At(options.Connected, options.DatabaseSchemaName);

    public Task ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate? @override = null) => Server.MakeTablesAsync();

    public IDocumentSession LightweightSession() => new ModelSession(Server, options.Schema.Versioned, options.EventTypes);

    public IQuerySession QuerySession() => LightweightSession();

    public void Dispose() => GC.SuppressFinalize(this);
}

internal sealed class ModelSession(MartenServer server, HashSet<Type> versioned, IEnumerable<Type> eventTypes) : IDocumentSession, IEventStoreOperations
{
    private readonly List<Func<Action?>> work = [];
    private readonly Dictionary<(Type, string), Guid> loaded = [];

    public IEventStoreOperations Events => this;

    IQueryEventStore IQuerySession.Events => this;

    public StreamAction Append(string stream, long expectedVersion, IEnumerable<object> events)
    {
        var added = events.ToArray();
        work.Add(() => server.Append(stream, expectedVersion - added.Length, added));
        return new StreamAction();
    }

    public StreamAction StartStream(string streamKey, IEnumerable<object> events)
    {
        var added = events.ToArray();
        work.Add(() => server.Append(streamKey, null, added));
        return new StreamAction();
    }

    public async Task<IReadOnlyList<IEvent>> FetchStreamAsync(string streamKey, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        await server.MakeTablesAsync();
        return server.Fetch(streamKey, version, fromVersion, eventTypes.Single());
    }

    public async Task<StreamState?> FetchStreamStateAsync(string streamKey, CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        await server.MakeTablesAsync();
        return server.State(streamKey);
    }

    public IMartenQueryable<T> Query<T>() where T : notnull
    {
        lock (server.Gate)
        {
            return new ModelQueryable<T>(server.Documents.Where(d => d.Key.Type == typeof(T)).Select(d => JsonSerializer.Deserialize<T>(d.Value.Json)!).ToList().AsQueryable());
        }
    }

    public Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull
    {
        lock (server.Gate)
        {
            if (!server.Documents.TryGetValue((typeof(T), id), out var stored))
            {
                return Task.FromResult<T?>(default);
            }
            loaded[(typeof(T), id)] = stored.Version;
            return Task.FromResult(JsonSerializer.Deserialize<T>(stored.Json));
        }
    }

    public void Store<T>(params T[] entities) where T : notnull
    {
        foreach (var entity in entities)
        {
            var key = Key(entity);
            work.Add(() => !versioned.Contains(typeof(T)) || server.Documents.GetValueOrDefault(key).Version == loaded.GetValueOrDefault(key)
                ? () => server.Documents[key] = (MartenServer.Json(entity), Guid.NewGuid())
                : throw new JasperFx.ConcurrencyException(typeof(T), key.Item2));
        }
    }

    public void Insert<T>(params T[] entities) where T : notnull
    {
        foreach (var entity in entities)
        {
            var key = Key(entity);
            work.Add(() => server.Documents.ContainsKey(key)
                ? throw new DocumentAlreadyExistsException(key.Item2)
                : () => server.Documents[key] = (MartenServer.Json(entity), Guid.NewGuid()));
        }
    }

    public void Delete<T>(string id) where T : notnull => work.Add(() => () => server.Documents.Remove((typeof(T), id)));

    public async Task SaveChangesAsync(CancellationToken token = default)
    {
        token.ThrowIfCancellationRequested();
        await Task.Yield();
        lock (server.Gate)
        {
            var fault = server.NextFault();
            if (fault == SaveFault.LostBefore)
            {
                throw new MartenException("57P01: terminating connection");
            }
            // All conditions first: nothing is written if one doesn't hold.
            foreach (var write in work.Select(w => w()).ToList())
            {
                write!();
            }
            work.Clear();
            if (fault == SaveFault.LostAfter)
            {
                throw new MartenException("Exception while reading from stream");
            }
        }
    }

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private static (Type, string) Key<T>(T entity) where T : notnull => (typeof(T), (string)typeof(T).GetProperty("Id")!.GetValue(entity)!);
}

// Declarations with the signatures of Marten 9 and JasperFx.Events, and no more of them than the adapter uses.
using System.Collections;
using System.Linq.Expressions;
using JasperFx.Events;

namespace Polly
{
    public sealed class ResiliencePipelineBuilder;
}

namespace JasperFx
{
    public enum AutoCreate
    {
        All,
        None,
        CreateOnly,
        CreateOrUpdate,
    }

    public class ConcurrencyException(Type docType, object id) : Exception($"Optimistic concurrency check failed for {docType.FullName} #{id}");
}

namespace JasperFx.Events
{
    public enum StreamIdentity
    {
        AsGuid,
        AsString,
    }

    public enum EventAppendMode
    {
        Rich,
        Quick,
    }

    public interface IEvent
    {
        long Version { get; }

        object Data { get; }
    }

    public class StreamAction;

    public class StreamState
    {
        public long Version { get; init; }

        public bool IsArchived { get; init; }
    }

    public class EventStreamUnexpectedMaxEventIdException(object id, long expected, long actual)
        : Exception($"Unexpected starting version number for event stream '{id}', expected {expected} but was {actual}");
}

namespace Marten.Exceptions
{
    public class MartenException(string message, Exception? inner = null) : Exception(message, inner);

    public class ExistingStreamIdCollisionException(object id) : MartenException($"Stream #{id} already exists in the database");

    public class DocumentAlreadyExistsException(object id) : MartenException($"Document already exists: {id}");
}

namespace Marten
{
    public interface IQueryEventStore
    {
        Task<IReadOnlyList<IEvent>> FetchStreamAsync(string streamKey, long version = 0, DateTimeOffset? timestamp = null, long fromVersion = 0, CancellationToken token = default);

        Task<StreamState?> FetchStreamStateAsync(string streamKey, CancellationToken token = default);
    }

    public interface IEventStoreOperations : IQueryEventStore
    {
        StreamAction Append(string stream, long expectedVersion, IEnumerable<object> events);

        StreamAction StartStream(string streamKey, IEnumerable<object> events);
    }

    public interface IMartenQueryable<T> : IQueryable<T>;

    public interface IQuerySession : IAsyncDisposable
    {
        IQueryEventStore Events { get; }

        IMartenQueryable<T> Query<T>() where T : notnull;

        Task<T?> LoadAsync<T>(string id, CancellationToken token = default) where T : notnull;
    }

    public interface IDocumentSession : IQuerySession
    {
        new IEventStoreOperations Events { get; }

        void Store<T>(params T[] entities) where T : notnull;

        void Insert<T>(params T[] entities) where T : notnull;

        void Delete<T>(string id) where T : notnull;

        Task SaveChangesAsync(CancellationToken token = default);
    }

    public interface IMartenStorage
    {
        Task ApplyAllConfiguredChangesToDatabaseAsync(JasperFx.AutoCreate? @override = null);
    }

    public interface IDocumentStore : IDisposable
    {
        IMartenStorage Storage { get; }

        IDocumentSession LightweightSession();

        IQuerySession QuerySession();
    }

    public interface IEventStoreOptions
    {
        string DatabaseSchemaName { get; set; }

        StreamIdentity StreamIdentity { get; set; }

        EventAppendMode AppendMode { get; set; }

        IEventStoreOptions AddEventType<TEvent>();
    }

    public class StoreOptions
    {
        public string DatabaseSchemaName { get; set; } = "public";

        public IEventStoreOptions Events { get; } = new EventOptions();

        internal IEnumerable<Type> EventTypes => ((EventOptions)Events).Types;

        public MartenRegistry Schema { get; } = new();

        internal string Connected { get; private set; } = "";

        public void Connection(string connectionString) => Connected = connectionString;

        /// <summary>What sends a command again.</summary>
        internal Polly.ResiliencePipelineBuilder Retries { get; private set; } = new();

        public void ConfigurePolly(Action<Polly.ResiliencePipelineBuilder> configure)
        {
            Retries = new Polly.ResiliencePipelineBuilder();
            configure(Retries);
        }

        private sealed class EventOptions : IEventStoreOptions
        {
            public string DatabaseSchemaName { get; set; } = "public";

            public StreamIdentity StreamIdentity { get; set; }

            public EventAppendMode AppendMode { get; set; }

            internal List<Type> Types { get; } = [];

            public IEventStoreOptions AddEventType<TEvent>()
            {
                Types.Add(typeof(TEvent));
                return this;
            }
        }
    }

    public class MartenRegistry
    {
        internal HashSet<Type> Versioned { get; } = [];

        public DocumentMappingExpression<T> For<T>() => new(this);

        public class DocumentMappingExpression<T>(MartenRegistry registry)
        {
            public DocumentMappingExpression<T> UseOptimisticConcurrency(bool enabled)
            {
                _ = enabled ? registry.Versioned.Add(typeof(T)) : registry.Versioned.Remove(typeof(T));
                return this;
            }
        }
    }

    public static class QueryableExtensions
    {
        public static Task<IReadOnlyList<T>> ToListAsync<T>(this IQueryable<T> queryable, CancellationToken token = default) => Task.FromResult<IReadOnlyList<T>>([.. queryable]);
    }

    internal sealed class ModelQueryable<T>(IQueryable<T> inner) : IMartenQueryable<T>
    {
        public Type ElementType => inner.ElementType;

        public Expression Expression => inner.Expression;

        public IQueryProvider Provider => inner.Provider;

        public IEnumerator<T> GetEnumerator() => inner.GetEnumerator();

        IEnumerator IEnumerable.GetEnumerator() => inner.GetEnumerator();
    }
}

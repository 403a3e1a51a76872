using System.Collections.Concurrent;
using System.Text.Json;
using JasperFx.Events;
using Marten.Exceptions;

namespace Marten;

/// <summary>What goes wrong with the next save.</summary>
public enum SaveFault
{
    LostBefore,
    LostAfter,
}

/// <summary>
/// A model in memory of a database with Marten's tables, not the real thing: streams and their versions, documents as JSON (in which a string
/// can't hold U+0000), optimistic concurrency, and chosen faults.
/// </summary>
public sealed class MartenServer
{
    private static readonly ConcurrentDictionary<string, MartenServer> Servers = new(StringComparer.Ordinal);

    private readonly Dictionary<string, List<string>> streams = new(StringComparer.Ordinal);
    private readonly HashSet<string> archived = new(StringComparer.Ordinal);
    private readonly Queue<SaveFault> faults = new();
    private Tables tables;

    internal Lock Gate { get; } = new();

    internal Dictionary<(Type Type, string Id), (string Json, Guid Version)> Documents { get; } = [];

    /// <summary>How many marks were committed by themselves.</summary>
    public int Settled { get; private set; }

    /// <summary>Commits wait for a standby that isn't there. A save's wait is cut short, and reported as done; that of a mark is seen.</summary>
    public bool IsStandbyAway { get; set; }

    /// <summary>What its clock says.</summary>
    public DateTimeOffset Time { get; set; }

    public static MartenServer At(string connectionString, string schema) => Servers.GetOrAdd($"{connectionString}|{schema}", _ => new MartenServer());

    public static IEnumerable<MartenServer> AllAt(string connectionString) => Servers.Where(s => s.Key.StartsWith($"{connectionString}|", StringComparison.Ordinal)).Select(s => s.Value);

    public void Fail(SaveFault fault)
    {
        lock (Gate)
        {
            faults.Enqueue(fault);
        }
    }

    public void Archive(string stream)
    {
        lock (Gate)
        {
            archived.Add(stream);
        }
    }

    public void Remove(string stream, int index)
    {
        lock (Gate)
        {
            streams[stream][index] = "";
        }
    }

    /// <summary>As for the real one, two that make the tables at once get in each other's way.</summary>
    internal async Task MakeTablesAsync()
    {
        lock (Gate)
        {
            if (tables == Tables.Made)
            {
                return;
            }
            tables = tables == Tables.None ? Tables.BeingMade : throw new MartenException("42P07: relation \"mt_streams\" already exists");
        }
        await Task.Delay(20);
        lock (Gate)
        {
            tables = Tables.Made;
        }
    }

    internal void Settle() => Settled += IsStandbyAway ? throw new IOException("canceling wait for synchronous replication due to user request") : 1;

    internal SaveFault? NextFault() => faults.TryDequeue(out var fault) ? fault : null;

    /// <summary>Null if the stream isn't at this version.</summary>
    internal Action? Append(string stream, long? expected, IReadOnlyList<object> events)
    {
        var now = streams.TryGetValue(stream, out var all) ? all.Count : (int?)null;
        if (expected is null)
        {
            return now is null ? () => streams[stream] = Bodies(events) : throw new ExistingStreamIdCollisionException(stream);
        }
        return now == expected ? () => all!.AddRange(Bodies(events)) : throw new EventStreamUnexpectedMaxEventIdException(stream, expected.Value, now ?? -1);
    }

    internal IReadOnlyList<IEvent> Fetch(string stream, long to, long from, Type type)
    {
        lock (Gate)
        {
            if (archived.Contains(stream) || !streams.TryGetValue(stream, out var all))
            {
                return [];
            }
            return
            [
                .. all.Select((json, i) => (json, Version: i + 1L))
                    .Where(e => e.json.Length > 0 && (to == 0 || e.Version <= to) && e.Version >= from)
                    .Select(e => new StoredEvent(e.Version, JsonSerializer.Deserialize(e.json, type)!)),
            ];
        }
    }

    internal StreamState? State(string stream)
    {
        lock (Gate)
        {
            return streams.TryGetValue(stream, out var all) ? new StreamState { Version = all.Count, IsArchived = archived.Contains(stream) } : null;
        }
    }

    internal static string Json(object value)
    {
        var json = JsonSerializer.Serialize(value, value.GetType());
        return json.Contains("\\u0000", StringComparison.Ordinal) ? throw new MartenException("22P05: unsupported Unicode escape sequence") : json;
    }

    private static List<string> Bodies(IReadOnlyList<object> events) => [.. events.Select(Json)];

    private enum Tables
    {
        None,
        BeingMade,
        Made,
    }

    private sealed record StoredEvent(long Version, object Data) : IEvent;
}

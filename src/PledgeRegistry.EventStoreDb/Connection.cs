using EventStore.Client;

namespace PledgeRegistry.EventStoreDb;

/// <summary>
/// How a cluster is reached, from the client's own connection string: credentials, certificates, <c>tls</c> and all else as
/// its documentation says. One option is ours: <c>stream</c>, where several registries share a cluster.
/// </summary>
internal static class Connection
{
    private const string StreamOption = "stream=";

    /// <summary>The client, and the name of the stream.</summary>
    /// <exception cref="LogRefusedException">The client doesn't understand the connection string.</exception>
    public static (EventStoreClient Client, string Stream) Open(string connectionString)
    {
        var (text, stream) = Split(connectionString);
        EventStoreClientSettings settings;
        try
        {
            settings = EventStoreClientSettings.Create(text);
        }
        catch (Exception e) when (e is not OutOfMemoryException)
        {
            // The client's parser throws types of its own, and for a number out of range what .NET throws.
            throw new LogRefusedException($"This is no connection string of EventStoreDB or KurrentDB: {e.Message} Write esdb://host:2113?tls=false, or esdb+discover://host:2113 for a cluster.", e);
        }
        settings.ConnectionName ??= "PledgeRegistry";
        // Whatever is preferred there: it makes every call carry "requires-leader", which EventStoreDbLog relies on.
        settings.ConnectivitySettings.NodePreference = NodePreference.Leader;
        return (new EventStoreClient(settings), stream);
    }

    /// <summary>Takes our own option out, and writes the scheme as the client of EventStoreDB knows it; KurrentDB speaks the same protocol.</summary>
    internal static (string Client, string Stream) Split(string connectionString)
    {
        var text = connectionString.Trim();
        if (text.StartsWith("kurrentdb", StringComparison.OrdinalIgnoreCase))
        {
            text = "esdb" + text["kurrentdb".Length..];
        }
        var query = text.IndexOf('?', StringComparison.Ordinal);
        if (query < 0)
        {
            return (text, EventStoreDbLog.DefaultStream);
        }
        var options = text[(query + 1)..].Split('&', StringSplitOptions.RemoveEmptyEntries);
        var named = options.LastOrDefault(IsStream)?[StreamOption.Length..];
        if (named?.StartsWith('$') == true)
        {
            throw new LogRefusedException($"The stream '{named}' is one of the server's own. Choose a name without $ in front.");
        }
        var others = string.Join('&', options.Where(o => !IsStream(o)));
        return (text[..query] + (others.Length > 0 ? "?" + others : ""), string.IsNullOrEmpty(named) ? EventStoreDbLog.DefaultStream : Uri.UnescapeDataString(named));
    }

    private static bool IsStream(string option) => option.StartsWith(StreamOption, StringComparison.OrdinalIgnoreCase);
}

using EventStore.Client;

namespace PledgeRegistry.EventStoreDb;

/// <summary>Refuses, before anything is read, a stream that doesn't keep every event for ever.</summary>
internal static class StreamCheck
{
    /// <param name="read">Reads the end of the stream: one that was deleted for good keeps its metadata, and only that tells.</param>
    /// <returns>What was read.</returns>
    /// <exception cref="LogRefusedException">It isn't such a stream, or may not be read.</exception>
    public static async Task<long> ReadAsync(EventStoreClient client, string stream, TimeSpan deadline, Func<Task<long>> read, CancellationToken cancel)
    {
        StreamMetadata kept;
        long size;
        try
        {
            kept = (await client.GetStreamMetadataAsync(stream, deadline: deadline, cancellationToken: cancel)).Metadata;
            size = await read();
        }
        catch (StreamDeletedException e)
        {
            throw new LogRefusedException($"The stream {stream} was deleted for good (a tombstone). Its name can't be used again: name another (?stream=…) and restore a backup into it.", e);
        }
        catch (AccessDeniedException e)
        {
            throw new LogRefusedException($"The user may not read the stream {stream} or its metadata. Give it the right to read and write both (the stream's access list).", e);
        }
        catch (NotAuthenticatedException e)
        {
            throw new LogRefusedException("The server doesn't know the user, or refuses the password. Correct the connection string.", e);
        }
        var fault = kept switch
        {
            { MaxAge: { } age } => $"$maxAge is {age}, so that the server forgets older entries",
            { MaxCount: { } count } => $"$maxCount is {count}, so that the server forgets all but the last entries",
            { TruncateBefore: { } before } => $"$tb is {before.ToUInt64()}, so that entries before that can't be read: the stream was truncated or deleted",
            _ => null,
        };
        return fault is null
            ? size
            : throw new LogRefusedException($"The stream {stream} can't be a log: {fault}. Take that out of its metadata, or name another stream (?stream=…) and restore a backup into it.");
    }
}

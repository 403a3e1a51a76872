namespace PledgeRegistry.Log;

/// <summary>
/// What only an engine's operator can do, and no node: to put a stub in an entry's place. Beside <see cref="IEventLog"/>, not
/// in it, so that whoever holds a log can't change it.
/// </summary>
public interface IRedactableLog
{
    /// <summary>
    /// In one transaction: appends the entries, of which the first withholds the entry at a position, and stores the stub there.
    /// Both or neither, on the condition that the last entry of the log is the expected one, and that the entry at the position
    /// has the stub's leaf. An exception means that the outcome is unknown, as for <see cref="IEventLog.AppendAsync"/>.
    /// </summary>
    /// <param name="stub">The bytes to store, and the leaf hash that is and stays beside them.</param>
    Task<AppendOutcome> RedactAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, long position, StoredEntry stub, CancellationToken cancel = default);

    /// <summary>
    /// Rewrites the engine's own files, so that what stubs replaced is in none of them any more. May be called again at any time.
    /// </summary>
    /// <exception cref="IOException">Somebody reads just now; call it again.</exception>
    Task CleanAsync(CancellationToken cancel = default);
}

/// <summary>
/// A log as the tool that withholds something opens it: whatever is appended is appended as ever, but an entry that withholds
/// another comes together with the stub. A writer records such an entry in no other log.
/// </summary>
public sealed class RedactingLog(IEventLog log, IRedactableLog redactable) : IEventLog, IServerClock
{
    /// <exception cref="InvalidOperationException">The stub isn't the one that the entry names. Nothing was written.</exception>
    /// <inheritdoc/>
    public async Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default)
    {
        Batch.Check(expected, entries);
        if (EntryCodec.Current.Decode(entries[0].Bytes.Span).Event is not RegistryEvent.EntryRedacted redaction)
        {
            return await log.AppendAsync(expected, entries, cancel);
        }
        var stub = Stub.Of((await log.ReadAsync(redaction.Position, 1, cancel))[0], redaction.Replacement, expected.Size);
        return stub.EntryHash.ToString() == redaction.EntryHash
            ? await redactable.RedactAsync(expected, entries, redaction.Position, new StoredEntry(stub.ToBytes(), stub.Leaf), cancel)
            : throw new InvalidOperationException($"What would be stored for entry {redaction.Position} isn't what the redaction names.");
    }

    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default) => log.ReadAsync(from, count, cancel);

    public Task WaitAsync(long after, CancellationToken cancel = default) => log.WaitAsync(after, cancel);

    public async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default) => log is IServerClock server ? await server.ServerTimeAsync(cancel) : null;

    public ValueTask DisposeAsync() => log.DisposeAsync();
}

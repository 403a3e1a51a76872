namespace PledgeRegistry.Log;

/// <summary>Copies the entries of one log into another, byte for byte: from a backup, or from engine to engine.</summary>
public static class LogRestore
{
    /// <summary>
    /// Copies all entries. The log is empty, or holds the first of these entries already, as after a restore that was cut
    /// off: then it goes on from there.
    /// </summary>
    /// <param name="from">A log that was verified before.</param>
    /// <param name="progress">Told how many entries the log has, now and then.</param>
    /// <returns>How many entries were there before, and how many there are now.</returns>
    /// <exception cref="LogNotEmptyException">The log holds something else; nothing was written.</exception>
    public static async Task<(long Before, long Size)> CopyAsync(IEventLog from, IEventLog to, Action<long>? progress = null, CancellationToken cancel = default)
    {
        var head = await CommonAsync(from, to, cancel);
        var before = head.Size;
        while (await from.ReadAsync(head.Size, IEventLog.MaxBatchEntries, cancel) is { Count: > 0 } read)
        {
            var batch = Fitting(read);
            // No cancellation in mid-append: what becomes of it then would have to be found out.
            if (await to.AppendAsync(head, batch, CancellationToken.None) != AppendOutcome.Appended)
            {
                throw new LogNotEmptyException($"Somebody else writes to this log: entry {head.Size} isn't the one that was to be restored. Stop whatever writes to it, and restore into an empty log.");
            }
            head = new LogHead(head.Size + batch.Count, batch[^1].Leaf);
            progress?.Invoke(head.Size);
        }
        return (before, head.Size);
    }

    private static async Task<LogHead> CommonAsync(IEventLog from, IEventLog to, CancellationToken cancel)
    {
        var head = LogHead.Empty;
        while (await to.ReadAsync(head.Size, IEventLog.MaxBatchEntries, cancel) is { Count: > 0 } there)
        {
            var restored = await from.ReadAsync(head.Size, there.Count, cancel);
            for (var i = 0; i < there.Count; i++)
            {
                if (i >= restored.Count || restored[i].Leaf != there[i].Leaf || !restored[i].Bytes.Span.SequenceEqual(there[i].Bytes.Span))
                {
                    throw new LogNotEmptyException($"The log isn't empty, and its entry {head.Size + i} isn't in what is to be restored. Nothing was written: restore into an empty log.");
                }
            }
            head = new LogHead(head.Size + there.Count, there[^1].Leaf);
        }
        return head;
    }

    private static List<StoredEntry> Fitting(IReadOnlyList<StoredEntry> read)
    {
        var bytes = 0;
        return [.. read.TakeWhile(e => (bytes += e.Bytes.Length) <= IEventLog.MaxBatchBytes)];
    }
}

/// <summary>A log that was to be restored into holds other entries.</summary>
public sealed class LogNotEmptyException(string message) : Exception(message);

namespace PledgeRegistry.Log;

/// <summary>The limits of one append, checked the same way by every engine.</summary>
public static class Batch
{
    /// <exception cref="ArgumentException">The batch is empty or over a limit.</exception>
    public static void Check(LogHead expected, IReadOnlyList<StoredEntry> entries)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(expected.Size);
        if (entries.Count is 0 or > IEventLog.MaxBatchEntries)
        {
            throw new ArgumentException($"A batch has 1 to {IEventLog.MaxBatchEntries} entries, not {entries.Count}.", nameof(entries));
        }
        var bytes = 0L;
        foreach (var entry in entries)
        {
            if (entry.Bytes.Length is 0 or > EntryCodec.MaxEntryBytes)
            {
                throw new ArgumentException($"An entry has 1 to {EntryCodec.MaxEntryBytes} bytes, not {entry.Bytes.Length}.", nameof(entries));
            }
            bytes += entry.Bytes.Length;
        }
        if (bytes > IEventLog.MaxBatchBytes)
        {
            throw new ArgumentException($"A batch has at most {IEventLog.MaxBatchBytes} bytes, not {bytes}.", nameof(entries));
        }
    }
}

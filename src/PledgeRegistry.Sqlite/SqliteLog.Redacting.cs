using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite;

/// <summary>Withholding: only a process that has the log open for writing, and so no running registry, does it.</summary>
public sealed partial class SqliteLog : IRedactableLog
{
    /// <exception cref="InvalidOperationException">The log is open for reading only.</exception>
    /// <exception cref="LogDamagedException">The entry at the position isn't the one that was to be withheld; nothing was written.</exception>
    /// <inheritdoc/>
    public Task<AppendOutcome> RedactAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, long position, StoredEntry stub, CancellationToken cancel = default)
    {
        Batch.Check(expected, [.. entries, stub]);
        return AppendAsync(expected, entries, w => w.Redact(expected, entries, position, stub), cancel);
    }

    /// <inheritdoc/>
    public async Task CleanAsync(CancellationToken cancel = default)
    {
        CheckWrites();
        await gate.WaitAsync(cancel);
        try
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (inDoubt)
            {
                Reopen();
            }
            writing!.Clean();
        }
        finally
        {
            gate.Release();
        }
    }
}

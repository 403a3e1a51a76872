namespace PledgeRegistry.Log;

/// <summary>What an engine offers beside the port where several machines write to one log. Nothing that is safe rests on it.</summary>
public interface ISharedLog
{
    /// <summary>
    /// Waits, for a short while only, until it is this process's turn to write (who came first is first), and then reads, as
    /// <see cref="IEventLog.ReadAsync"/> does. Null if the turn couldn't be had, for whatever reason: then one writes without.
    /// It is a courtesy among processes that write at the same time, so that they don't decide in vain; what is true is
    /// decided by the condition of the append alone. The turn ends with the next append, whatever comes of it.
    /// </summary>
    Task<IReadOnlyList<StoredEntry>?> TakeTurnAsync(long from, int count, CancellationToken cancel = default);

    /// <summary>Ends a turn in which there is nothing to append.</summary>
    Task EndTurnAsync();

    /// <summary>
    /// Returns when what could be read before is as durable as an append that was answered: another process may have written
    /// it, and not have been answered yet.
    /// </summary>
    Task ConfirmAsync(CancellationToken cancel = default);
}

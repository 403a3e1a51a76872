using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// When a writer asks for a turn: while others write too, which it knows from a stale append, and for a second after. A
/// process that writes alone never asks. Used by the writer's loop only.
/// </summary>
internal sealed class Turns(Registry registry, TimeProvider clock)
{
    /// <summary>How long contention is expected to go on; and how long one goes without after a turn couldn't be had.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    private readonly ISharedLog? shared = registry.Log as ISharedLog;
    private long? contended;
    private long? refused;
    private IDisposable? turn;

    public bool HasTurn => turn is not null;

    public void Contend(bool somebodyWrote) => contended = somebodyWrote ? clock.GetTimestamp() : contended;

    /// <summary>Takes a turn if there is contention, and keeps one that it has.</summary>
    public async Task TakeAsync(CancellationToken cancel)
    {
        if (turn is null && shared is not null && IsRecent(contended) && !IsRecent(refused))
        {
            turn = await shared.TakeTurnAsync(cancel);
            // A process that was stopped in its turn, say: each of the others waits for it once a second at most.
            refused = turn is null ? clock.GetTimestamp() : null;
        }
    }

    /// <summary>In a turn the others wait: what is decided after reading on is hardly ever decided in vain. The caller holds the gate.</summary>
    /// <exception cref="LogDamagedException">There is damage in the log.</exception>
    public async Task ReadOnAsync(CancellationToken cancel)
    {
        if (turn is null)
        {
            return;
        }
        var size = registry.Head.Size;
        try
        {
            await registry.CatchUpAsync(null, cancel);
        }
        catch (Exception e) when (e is not LogDamagedException && registry.Stop is null)
        {
            // It can't be read now. The append will meet the same, and knows what to do.
        }
        Contend(registry.Head.Size > size);
    }

    public void GiveBack()
    {
        turn?.Dispose();
        turn = null;
    }

    private bool IsRecent(long? then) => then is { } at && clock.GetElapsedTime(at) < Lasting;
}

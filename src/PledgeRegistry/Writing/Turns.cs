using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// When a writer asks for a turn: while others write too, which it knows from a stale append or from what it reads in its
/// turn, and for a second after. A process that writes alone never asks. Used by the writer's loop, which holds the gate.
/// </summary>
internal sealed class Turns(Registry registry, TimeProvider clock)
{
    /// <summary>How long contention is expected to go on; and how long one goes without after a turn couldn't be had.</summary>
    private static readonly TimeSpan Lasting = TimeSpan.FromSeconds(1);

    private readonly ISharedLog? shared = registry.Log as ISharedLog;
    private long? contended;
    private int refusals;
    private long? refused;
    private bool had;

    /// <summary>
    /// False where turns can't be had: then it is better not to try again at once. A process that was stopped in its turn,
    /// say, is waited for once a second at most; once alone may be a busy moment.
    /// </summary>
    public bool AreHad => shared is not null && (refusals < 2 || !IsRecent(refused));

    public void Contend() => contended = clock.GetTimestamp();

    /// <summary>If there is contention: waits for the turn and reads on. What is decided then is hardly ever decided in vain.</summary>
    /// <exception cref="LogDamagedException">There is damage in the log.</exception>
    public async Task TakeAsync(CancellationToken cancel)
    {
        if (!AreHad || !IsRecent(contended))
        {
            return;
        }
        var size = registry.Head.Size;
        try
        {
            // Before it is known: a turn that was got, and then not heard of, is to be ended too.
            had = true;
            var read = await shared!.TakeTurnAsync(Math.Max(0, size - 1), Registry.ReadCount, cancel);
            had = read is not null;
            (refusals, refused) = had ? (0, refused) : (refusals + 1, clock.GetTimestamp());
            if (had)
            {
                await registry.CatchUpAsync(null, cancel, first: read);
            }
        }
        catch (Exception e) when (e is not LogDamagedException && registry.Stop is null)
        {
            // It can't be read now. The append will meet the same, and knows what to do.
        }
        if (registry.Head.Size > size)
        {
            Contend();
        }
    }

    /// <summary>An append has ended it, whatever came of that.</summary>
    public void Used() => had = false;

    public async Task EndAsync()
    {
        if (had)
        {
            had = false;
            try
            {
                await shared!.EndTurnAsync();
            }
            catch (Exception)
            {
                // The next append ends it, or the end of the session; until then the others wait a fifth of a second.
            }
        }
    }

    private bool IsRecent(long? then) => then is { } at && clock.GetElapsedTime(at) < Lasting;
}

using System.Collections.Concurrent;
using System.Diagnostics;
using PledgeRegistry.Private;

namespace PledgeRegistry.Sqlite;

/// <summary>
/// The turn of one who uses the private store's file: a lock of the operating system on a file beside it, held for a call. SQLite's
/// own locks keep the file whole, but of two connections that do a checkpoint at once the second is told "busy" without a
/// wait, and what it erased would then stay in the write-ahead file.
/// </summary>
internal sealed class PrivateTurn : IDisposable
{
    // Threads of this process wait here, in order, rather than by asking again and again for the file.
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Gates = new(StringComparer.Ordinal);

    private readonly SemaphoreSlim gate;
    private readonly FileStream held;

    private PrivateTurn(SemaphoreSlim gate, FileStream held) => (this.gate, this.held) = (gate, held);

    /// <exception cref="PrivateUnavailableException">Somebody else has had it for too long.</exception>
    public static PrivateTurn Take(string path, int patienceMilliseconds)
    {
        var waiting = Stopwatch.StartNew();
        var gate = Gates.GetOrAdd(Path.GetFullPath(path), _ => new SemaphoreSlim(1, 1));
        if (!gate.Wait(patienceMilliseconds))
        {
            throw Busy(path);
        }
        try
        {
            while (true)
            {
                try
                {
                    return new PrivateTurn(gate, WriterLock.Open($"{path}-turn"));
                }
                catch (IOException e) when (WriterLock.IsHeld(e))
                {
                    if (waiting.ElapsedMilliseconds > patienceMilliseconds)
                    {
                        throw Busy(path);
                    }
                    Thread.Sleep(Random.Shared.Next(1, 5));
                }
            }
        }
        catch
        {
            gate.Release();
            throw;
        }
    }

    public void Dispose()
    {
        held.Dispose();
        gate.Release();
    }

    private static PrivateUnavailableException Busy(string path) =>
        new($"{path}: another process has been using the private store for too long. Try again.");
}

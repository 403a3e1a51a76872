using System.Diagnostics;
using System.Globalization;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>Callers who each send a command as soon as the one before is answered.</summary>
internal static class Callers
{
    /// <summary>How long they do so before it counts: the first commands are compiled.</summary>
    public static readonly TimeSpan WarmUp = TimeSpan.FromSeconds(1);

    private static readonly Author Author = new("bench", "operator", null);

    /// <param name="number">Of so many nodes that write at once, which this is: no two send the same.</param>
    /// <returns>How long each command took, in milliseconds, and how long all took, in seconds.</returns>
    public static async Task<(List<double> Latencies, double Seconds)> RunAsync(
        Registry registry, RegistryWriter writer, int callers, TimeSpan duration, int number = 0, int nodes = 1)
    {
        var owed = Load.Owed(registry);
        var latencies = new List<double>();
        // On from what is in the log: nothing that was sent by an earlier run.
        var next = (int)registry.Head.Size;
        var watch = Stopwatch.StartNew();
        await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
        {
            var own = new List<double>();
            while (watch.Elapsed < duration)
            {
                var n = Interlocked.Increment(ref next) * nodes + number;
                var start = Stopwatch.GetTimestamp();
                var outcome = await writer.SubmitAsync(Load.Report(owed, n), Author, n.ToString(CultureInfo.InvariantCulture));
                own.Add(Stopwatch.GetElapsedTime(start).TotalMilliseconds);
                if (outcome is not Outcome.Recorded)
                {
                    throw new InvalidOperationException($"Not recorded: {outcome}");
                }
            }
            lock (latencies)
            {
                latencies.AddRange(own);
            }
        })));
        return (latencies, watch.Elapsed.TotalSeconds);
    }
}

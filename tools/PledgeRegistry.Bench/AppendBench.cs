using System.Diagnostics;
using System.Globalization;
using PledgeRegistry.Projections;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>Commands decided, encoded, hashed, durably appended and folded, beside raw inserts of the same bytes in batches of the same mean size.</summary>
internal static class AppendBench
{
    private static readonly Author Author = new("bench", "operator", null);

    public static async Task RunAsync(string folder, TimeProvider clock, TimeSpan duration, Figures figures)
    {
        foreach (var callers in new[] { 1, 16, 64, 256 })
        {
            var log = new CountingLog(SqliteLog.OpenForWriting(Path.Combine(folder, $"append-{callers}.db")));
            var registry = await Load.OpenAsync(log, new ReadModels(), clock);
            log.Reset();
            var owed = Load.Owed(registry);
            var latencies = new List<double>();
            double seconds;
            await using (var writer = new RegistryWriter(registry, clock))
            {
                var next = 0;
                var watch = Stopwatch.StartNew();
                await Task.WhenAll(Enumerable.Range(0, callers).Select(_ => Task.Run(async () =>
                {
                    var own = new List<double>();
                    while (watch.Elapsed < duration)
                    {
                        var n = Interlocked.Increment(ref next);
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
                seconds = watch.Elapsed.TotalSeconds;
            }
            var batch = Math.Max(1, (int)Math.Round((double)log.Entries.Count / log.Batches));
            var raw = RawSqlite.Insert(Path.Combine(folder, $"raw-{callers}.db"), log.Entries, batch);
            await log.DisposeAsync();
            figures.Add($"append, {callers} callers, mean batch {batch}", log.Entries.Count / (raw.Sum() / 1000), log.Entries.Count / seconds, "entries/s", "at least 0.60");
            if (callers == 1)
            {
                figures.Add("one command alone, 99th percentile", Percentile(raw, 0.99), Percentile(latencies, 0.99), "ms", "at most 3");
            }
        }
    }

    private static double Percentile(List<double> values, double p) => values.Order().ElementAt((int)(p * (values.Count - 1)));
}

using PledgeRegistry.Projections;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>Commands decided, encoded, hashed, durably appended and folded, beside raw inserts of the same bytes in batches of the same mean size.</summary>
internal static class AppendBench
{
    public static async Task RunAsync(BenchEngine engine, TimeProvider clock, TimeSpan duration, Figures figures)
    {
        foreach (var callers in new[] { 1, 16, 64, 256 })
        {
            await using var log = new CountingLog(await engine.OpenForWritingAsync($"append-{callers}"));
            var registry = await Load.OpenAsync(log, new ReadModels(), clock);
            List<double> latencies;
            double seconds;
            await using (var writer = new RegistryWriter(registry, clock))
            {
                await Callers.RunAsync(registry, writer, callers, Callers.WarmUp);
                log.Reset();
                (latencies, seconds) = await Callers.RunAsync(registry, writer, callers, duration);
            }
            var batch = Math.Max(1, (int)Math.Round((double)log.Entries.Count / log.Batches));
            var raw = await engine.RawInsertAsync(log.Entries, batch);
            figures.Add($"append, {callers} callers, mean batch {batch}", log.Entries.Count / (raw.Sum() / 1000), log.Entries.Count / seconds, "entries/s", "at least 0.60");
            if (callers == 1)
            {
                figures.Add("one command alone, 99th percentile", Percentile(raw, 0.99), Percentile(latencies, 0.99), "ms", "at most 3");
            }
        }
    }

    private static double Percentile(List<double> values, double p) => values.Order().ElementAt((int)(p * (values.Count - 1)));
}

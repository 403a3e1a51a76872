using System.Diagnostics;
using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Postgres;
using PledgeRegistry.Projections;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Bench;

/// <summary>Several processes that write one log at once, beside one of them alone. Each is a node as a host runs it, with writer and follower.</summary>
internal static class NodesBench
{
    private const string Ready = "ready";

    public static async Task RunAsync(PostgresEngine engine, TimeProvider clock, TimeSpan duration, Figures figures)
    {
        await CompareAsync(engine, clock, duration, figures, nodes: 2, callers: 64, "at least 0.70");
        await CompareAsync(engine, clock, duration, figures, nodes: 4, callers: 16, "at least 0.50");
    }

    /// <summary>One node, in a process of its own: says when it is ready, begins when it is told, and says what it did.</summary>
    public static async Task<int> NodeAsync(string connection, TimeProvider clock, int callers, TimeSpan duration, int number, int nodes)
    {
        await using var log = await PostgresLog.OpenForWritingAsync(connection);
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, new ReadModels().All);
        await using var follower = await Follower.StartAsync(registry, clock);
        await using var writer = new RegistryWriter(registry, clock, null, follower);
        Console.WriteLine(Ready);
        Console.ReadLine();
        await Callers.RunAsync(registry, writer, callers, Callers.WarmUp, number, nodes);
        var (latencies, seconds) = await Callers.RunAsync(registry, writer, callers, duration, number, nodes);
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"{latencies.Count / seconds} {latencies.DefaultIfEmpty().Max()}"));
        // Until it is told that all are done: an idle one follows so long.
        Console.ReadLine();
        return 0;
    }

    private static async Task CompareAsync(
        PostgresEngine engine, TimeProvider clock, TimeSpan duration, Figures figures, int nodes, int callers, string target)
    {
        var name = $"nodes-{nodes}";
        await using (var log = await engine.OpenForWritingAsync(name))
        {
            await Load.OpenAsync(log, new ReadModels(), clock);
        }
        var connection = engine.Running(name);
        var alone = await MeasureAsync(connection, duration, [callers]);
        if (nodes == 2)
        {
            var beside = await MeasureAsync(connection, duration, [callers, 0]);
            figures.Add($"append, {callers} callers, beside a node that only follows", alone.Rate, beside.Rate, "entries/s", "as near 1 as may be");
        }
        var together = await MeasureAsync(connection, duration, [.. Enumerable.Repeat(callers, nodes)]);
        figures.Add($"append, {nodes} nodes of {callers} callers, beside one alone", alone.Rate, together.Rate, "entries/s", target);
        figures.Add($"longest wait of a caller, {nodes} nodes of {callers}, against 1 s", 1000, together.Longest, "ms", "at most 1");
    }

    /// <param name="callers">How many each node has.</param>
    private static async Task<(double Rate, double Longest)> MeasureAsync(string connection, TimeSpan duration, int[] callers)
    {
        var processes = callers.Select((many, i) => Start(connection, many, duration, i, callers.Length)).ToList();
        try
        {
            foreach (var process in processes)
            {
                _ = await LineAsync(process);
            }
            await TellAsync(processes);
            var said = await Task.WhenAll(processes.Select(LineAsync));
            await TellAsync(processes);
            await Task.WhenAll(processes.Select(p => p.WaitForExitAsync()));
            var results = said.Select(line => line.Split(' ').Select(w => double.Parse(w, CultureInfo.InvariantCulture)).ToArray()).ToList();
            return (results.Sum(r => r[0]), results.Max(r => r[1]));
        }
        finally
        {
            foreach (var process in processes)
            {
                if (!process.HasExited)
                {
                    process.Kill();
                }
                process.Dispose();
            }
        }
    }

    private static async Task<string> LineAsync(Process process) =>
        await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("A node ended before its time; what it said is above.");

    private static async Task TellAsync(List<Process> processes)
    {
        foreach (var process in processes)
        {
            await process.StandardInput.WriteLineAsync();
            await process.StandardInput.FlushAsync();
        }
    }

    private static Process Start(string connection, int callers, TimeSpan duration, int number, int nodes)
    {
        string[] arguments =
        [
            typeof(NodesBench).Assembly.Location, "--node", connection,
            .. new[] { ("--callers", (double)callers), ("--seconds", duration.TotalSeconds), ("--number", number), ("--of", nodes) }
                .SelectMany(o => new[] { o.Item1, o.Item2.ToString(CultureInfo.InvariantCulture) }),
        ];
        return Process.Start(new ProcessStartInfo(Environment.ProcessPath is { } path && Path.GetFileNameWithoutExtension(path) == "dotnet" ? path : "dotnet", arguments)
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
    }
}

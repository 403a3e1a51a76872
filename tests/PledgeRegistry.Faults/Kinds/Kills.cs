using System.Diagnostics;
using System.Globalization;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>kill -9 at any instant. It has fired where a request that had been sent was cut off by it.</summary>
internal static class Kills
{
    /// <summary>The longest that a writer is stopped, while no other one records anything.</summary>
    private static readonly TimeSpan Asleep = TimeSpan.FromSeconds(30);

    public static async Task<Judgement> RunAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, trial.IsPostgres ? 2 : 1);
        await scene.LoadAsync();
        for (var kills = 0; trial.Fired < trial.Count && kills < trial.Count * 3;)
        {
            // Most while they answer, some at any time since the start, reading the log included.
            if (scene.Random.Next(6) > 0)
            {
                await scene.RecordsAsync(scene.Random.Next(1, 5));
            }
            await Task.Delay(scene.Random.Next(60));
            var nodes = scene.Nodes.OrderBy(_ => scene.Random.Next()).Take(scene.Random.Next(1, scene.Nodes.Count + 1)).ToList();
            foreach (var node in nodes)
            {
                var before = scene.CutOff;
                if (!await node.KillAsync())
                {
                    throw new FaultException($"A node had ended by itself: {node.Said}");
                }
                kills++;
                // The client says so in its own time.
                for (var waited = 0; scene.CutOff == before && waited < 20; waited++)
                {
                    await Task.Delay(10);
                }
                trial.Fired += scene.CutOff > before ? 1 : 0;
            }
            if (scene.Random.Next(8) == 0)
            {
                // And again, in the middle of its start.
                nodes[0].Begin();
                await Task.Delay(scene.Random.Next(900));
                await nodes[0].KillAsync();
            }
            await Task.WhenAll(nodes.Select(n => n.StartAsync()));
            trial.Say(string.Create(CultureInfo.InvariantCulture, $"{kills} kills, {trial.Fired} with requests under way, {scene.Recorded} receipts"));
        }
        trial.Expect(trial.Fired >= trial.Count, $"only {trial.Fired} kills cut off a request");
        return await scene.JudgeAsync(folds: true);
    }

    /// <summary>SIGTERM under load: it ends well, and soon.</summary>
    public static async Task<Judgement> TerminateAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, trial.IsPostgres ? 2 : 1);
        await scene.LoadAsync();
        for (var i = 0; i < trial.Count; i++)
        {
            await scene.RecordsAsync(3);
            var exitCode = await scene.Node.TerminateAsync();
            trial.Expect(exitCode == 0, $"it ended with {exitCode}");
            trial.Fired++;
            await scene.Node.StartAsync();
        }
        return await scene.JudgeAsync();
    }

    /// <summary>
    /// A writer that is stopped, and wakes up after others went on: on PostgreSQL another node, which writes meanwhile; on
    /// SQLite another process that would take over, and is refused.
    /// </summary>
    public static async Task<Judgement> SleepAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, trial.IsPostgres ? 2 : 1);
        await scene.LoadAsync();
        // Callers of any node are held up by the one that is stopped, sooner or later all of them; these ask one node only.
        var bound = trial.IsPostgres ? scene.Nodes.Select(n => scene.Load(2, n)).ToList() : [];
        for (var i = 0; i < trial.Count; i++)
        {
            var node = scene.Nodes[i % scene.Nodes.Count];
            Signals.Send(node.ProcessId, Signals.Stop);
            if (trial.IsPostgres)
            {
                var (others, waiting) = (bound[(i + 1) % bound.Count], Stopwatch.StartNew());
                var enough = others.Recorded + 4;
                while (others.Recorded < enough && waiting.Elapsed < Asleep)
                {
                    await Task.Delay(20);
                }
                await Task.Delay(scene.Random.Next(1500));
                trial.Fired += others.Recorded >= enough ? 1 : 0;
            }
            else
            {
                trial.Fired += await RefusedAsync(trial, scene) ? 1 : 0;
            }
            Signals.Send(node.ProcessId, Signals.Continue);
            await scene.RecordsAsync(10);
        }
        return await scene.JudgeAsync();
    }

    /// <summary>A second process on one SQLite file, while the first writes.</summary>
    public static async Task<Judgement> SecondAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed);
        await scene.LoadAsync();
        for (var i = 0; i < trial.Count; i++)
        {
            trial.Fired += await RefusedAsync(trial, scene) ? 1 : 0;
            await scene.RecordsAsync(3);
        }
        return await scene.JudgeAsync();
    }

    private static async Task<bool> RefusedAsync(Trial trial, Scene scene)
    {
        await using var second = new Node(scene.Place, 0);
        var served = await second.TryStartAsync();
        trial.Expect(!served, "a second process serves the same log");
        trial.Expect(second.Said.Contains("already open", StringComparison.Ordinal) || second.Said.Contains("in use", StringComparison.Ordinal), $"a second process says: {second.Said}");
        return !served;
    }
}

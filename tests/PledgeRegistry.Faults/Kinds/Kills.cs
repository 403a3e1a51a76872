using System.Globalization;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>kill -9 at any instant. It has fired where a request that had been sent was cut off by it.</summary>
internal static class Kills
{
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
                await Task.Delay(10);
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
        return await scene.JudgeAsync();
    }
}

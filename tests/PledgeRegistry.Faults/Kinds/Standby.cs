using System.Diagnostics;
using System.Globalization;
using PledgeRegistry.Faults.Checker;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>
/// A standby that isn't there: what is committed waits for it, and somebody cancels the waiting. The server then reports the
/// commit as done, with a warning; but no standby has it, and so the node that wrote it tells nobody that it is recorded. There
/// is one node: another one sees only that it was committed.
/// </summary>
internal static class Standby
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    /// <summary>Fired: waits of appends that were cancelled.</summary>
    public static async Task<Judgement> CancelAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 1);
        await scene.LoadAsync();
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Records, "meanwhile")).FullName;
        var waiting = $"from pg_stat_activity where usename = 'registry' and datname = '{scene.Place.Database}' and wait_event = 'SyncRep'";
        while (trial.Fired < trial.Count)
        {
            await SetAsync(scene, "alter system set synchronous_standby_names = 'absent'");
            try
            {
                await UntilAsync(async () => await NumberAsync(scene, $"select count(*) {waiting}") > 0);
                // Whatever isn't seen yet was committed after the setting: one that waits isn't seen.
                var size = await NumberAsync(scene, "select count(*) from pledge_registry.entries");
                var before = trial.Fired;
                await UntilAsync(async () =>
                {
                    trial.Fired += (int)await NumberAsync(scene, $"select count(pg_cancel_backend(pid)) filter (where query like '%insert into pledge_registry.entries%') {waiting}");
                    return trial.Fired > before;
                });
                // Time enough for an acknowledgement that should not be.
                await Task.Delay(scene.Random.Next(300, 900));
                var early = scene.CopyRecords(folder).SelectMany(Noted.Read).Where(n => n.IsReceipt && n.Position >= size).ToList();
                trial.Expect(early.Count == 0, $"{early.Count} receipts went out for what no standby has, the first ({early.FirstOrDefault()?.Outcome}) at {early.FirstOrDefault()?.Position}; {size} entries had been replicated");
            }
            finally
            {
                await SetAsync(scene, "alter system reset synchronous_standby_names");
            }
            trial.Say(string.Create(CultureInfo.InvariantCulture, $"{trial.Fired} waits cancelled, {scene.Recorded} receipts"));
            await scene.RecordsAsync(10);
        }
        return await scene.JudgeAsync();
    }

    private static async Task SetAsync(Scene scene, string setting)
    {
        await scene.Server.SqlAsync("postgres", setting);
        await scene.Server.SqlAsync("postgres", "select pg_reload_conf()");
    }

    private static async Task<long> NumberAsync(Scene scene, string sql) => (long)(await scene.Server.SqlAsync(scene.Place.Database!, sql))!;

    private static async Task UntilAsync(Func<Task<bool>> holds)
    {
        for (var since = Stopwatch.StartNew(); !await holds();)
        {
            if (since.Elapsed > Patience)
            {
                throw new FaultException("No append waited for the standby.");
            }
            await Task.Delay(10);
        }
    }
}

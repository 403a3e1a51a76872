using PledgeRegistry.Faults.Checker;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>What callers do by themselves. Each is counted from their records.</summary>
internal static class Callers
{
    /// <summary>One command, sent again while it is under way: to the same node, and to another.</summary>
    public static Task<Judgement> AtOnceAsync(Trial trial) => UnderLoadAsync(trial, trial.IsPostgres ? 2 : 1, 2, 5, v => v.AtOnce);

    /// <summary>One command, sent again after it was acknowledged and others after it.</summary>
    public static Task<Judgement> AgainAsync(Trial trial) => UnderLoadAsync(trial, trial.IsPostgres ? 2 : 1, 2, 5, v => v.Again);

    /// <summary>A caller doesn't wait for the answer.</summary>
    public static Task<Judgement> HangUpAsync(Trial trial) => UnderLoadAsync(trial, trial.IsPostgres ? 2 : 1, 2, 5, v => v.HungUp);

    /// <summary>
    /// Many callers in several processes, which write by several nodes where the engine takes more than one. Fired: an entry
    /// follows one of another node, or of another client process where there is one node.
    /// </summary>
    public static Task<Judgement> ManyAsync(Trial trial) =>
        UnderLoadAsync(trial, trial.IsPostgres ? 4 : 1, 4, 8, v => trial.IsPostgres ? v.NodeChanges : v.ClientChanges);

    private static async Task<Judgement> UnderLoadAsync(Trial trial, int nodes, int clients, int callers, Func<Verdict, int> fired)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, nodes);
        await scene.LoadAsync(clients, callers);
        var folder = Directory.CreateDirectory(Path.Combine(scene.Place.Records, "so-far")).FullName;
        for (var rounds = 0; rounds < 40; rounds++)
        {
            await scene.RecordsAsync(trial.Count * 2);
            // The log is read after the records: it holds all that they acknowledge.
            if (fired(await Scene.CheckAsync(scene.Place, scene.CopyRecords(folder))) >= trial.Count)
            {
                break;
            }
        }
        var judgement = await scene.JudgeAsync(folds: nodes > 2);
        trial.Fired = fired(judgement.Verdict);
        trial.Expect(trial.Fired >= trial.Count, $"it happened only {trial.Fired} times");
        return judgement;
    }
}

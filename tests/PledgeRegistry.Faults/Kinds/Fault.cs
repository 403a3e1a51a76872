using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>A kind of fault: what happens to a registry under load, on which engines.</summary>
/// <param name="Name">As it stands in the table.</param>
/// <param name="Short">How often in the short form.</param>
/// <param name="RunAsync">Brings it about, and judges.</param>
public sealed record Fault(string Name, int Short, IReadOnlyList<string> Engines, Func<Trial, Task<Judgement>> RunAsync)
{
    private static readonly string[] Both = [Ground.Sqlite, Ground.Postgres];
    private static readonly string[] OnlySqlite = [Ground.Sqlite];
    private static readonly string[] OnlyPostgres = [Ground.Postgres];

    /// <summary>All there are, in the table's order.</summary>
    public static IReadOnlyList<Fault> All { get; } =
    [
        new("kill -9 under load", 50, Both, Kills.RunAsync),
        new("no receipt before its sync (strace)", 60, Both, Syncs.OrderAsync),
        new("an I/O error on sync", 4, Both, Syncs.SyncFailsAsync),
        new("an I/O error on write", 4, Both, Syncs.WriteFailsAsync),
        new("no room on write", 4, Both, Syncs.NoRoomAsync),
        new("a full disk", 1, OnlySqlite, Storage.FullAsync),
        new("a write-ahead file torn after kill -9", 8, OnlySqlite, Storage.TornAsync),
        new("a long open read beside", 1, Both, Storage.LongReadAsync),
        new("an entry that can't be read", 2, Both, Storage.PoisonAsync),
        new("a stored entry changed beside a node", 3, Both, Storage.ChangedAsync),
        new("a second process on the log", 2, OnlySqlite, Kills.SecondAsync),
        new("a writer stopped (SIGSTOP) that wakes up late", 3, Both, Kills.SleepAsync),
        new("writers in several processes", 100, Both, Callers.ManyAsync),
        new("one command several times at once", 20, Both, Callers.AtOnceAsync),
        new("one command again, long after its receipt", 20, Both, Callers.AgainAsync),
        new("a caller that hangs up", 10, Both, Callers.HangUpAsync),
        new("SIGTERM under load", 3, Both, Kills.TerminateAsync),
        new("a clock that jumps", 4, Both, Surroundings.ClockAsync),
        new("out of memory", 1, Both, Surroundings.MemoryAsync),
        new("the database restarts (immediate)", 3, OnlyPostgres, Surroundings.RestartAsync),
        new("connections terminated", 8, OnlyPostgres, Surroundings.TerminateAsync),
        new("a cancelled wait for the standby", 3, OnlyPostgres, Standby.CancelAsync),
    ];

    public async Task<FaultRow> RunOnAsync(Ground ground, int seed, int? count = null, Action<string>? say = null)
    {
        var trial = new Trial(ground, seed, count ?? Short, say ?? (_ => { }));
        try
        {
            var judgement = await RunAsync(trial);
            return new FaultRow(Name, ground.Engine, trial.Fired, judgement, trial.Wrong);
        }
        catch (Exception e)
        {
            throw new FaultException($"{Name}, {ground.Engine}, seed {seed}: {e}");
        }
    }
}

/// <summary>One run of a fault on an engine.</summary>
/// <param name="Count">How often it is to happen.</param>
/// <param name="Say">Told how far it is.</param>
public sealed record Trial(Ground Ground, int Seed, int Count, Action<string> Say)
{
    /// <summary>How often it really happened.</summary>
    public int Fired { get; set; }

    /// <summary>What was not as it must be, beyond the history.</summary>
    public List<string> Wrong { get; } = [];

    public bool IsPostgres => Ground.Engine == Ground.Postgres;

    public void Expect(bool holds, string otherwise)
    {
        if (!holds)
        {
            Wrong.Add(otherwise);
        }
    }
}

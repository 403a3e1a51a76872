using System.Diagnostics;
using PledgeRegistry.Faults.Checker;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>What strace shows: when it is synced, and what happens when that fails.</summary>
public static class Syncs
{
    private static readonly TimeSpan ForTheFirst = TimeSpan.FromSeconds(120);
    private static readonly TimeSpan ForAll = TimeSpan.FromSeconds(20);

    private const string Calls = "write,pwrite64,writev,sendto,sendmsg,fsync,fdatasync";

    /// <summary>No receipt goes out before a sync of its bytes has returned. Fired: receipts whose order was seen.</summary>
    public static async Task<Judgement> OrderAsync(Trial trial)
    {
        var place = await trial.Ground.NewAsync();
        var record = Path.Combine(place.Folder, "trace");
        var judgement = await UnderTraceAsync(trial, place, s => s is null ? Tracer.Node(record, Calls) : Tracer.Both(s, record, Calls), async scene =>
        {
            await scene.LoadAsync(1, 4);
            await scene.RecordsAsync(trial.Count);
        });
        var order = SyncOrder.Check(Tracer.Read(record));
        trial.Fired = order.Acknowledged;
        trial.Wrong.AddRange(order.Words);
        trial.Expect(order.Acknowledged >= trial.Count, $"the trace has {order.Acknowledged} receipts");
        return judgement;
    }

    public static Task<Judgement> SyncFailsAsync(Trial trial) => FailAsync(trial, trial.IsPostgres ? "fdatasync" : "fsync,fdatasync", "EIO");

    public static Task<Judgement> WriteFailsAsync(Trial trial) => FailAsync(trial, "pwrite64", "EIO");

    public static Task<Judgement> NoRoomAsync(Trial trial) => FailAsync(trial, "pwrite64", "ENOSPC");

    /// <summary>
    /// A call on the log's files fails, again and again. On SQLite nothing more is written through the connection that it
    /// failed on: the log is opened again first, and checked. A PostgreSQL server stops by itself and recovers.
    /// </summary>
    private static async Task<Judgement> FailAsync(Trial trial, string calls, string error)
    {
        var place = await trial.Ground.NewAsync();
        var record = Path.Combine(place.Folder, "trace");
        // Counted by thread (SQLite) or by process (PostgreSQL).
        string[] inject = ["-e", $"inject={calls}:error={error}:when={(trial.IsPostgres ? "8+16" : "7+11")}"];
        var judgement = await UnderTraceAsync(trial, place, s => s is null
            ? Tracer.Node(record, $"openat,{calls}", ["-P", $"{place.Log}-wal", .. inject])
            : Tracer.Both(s, record, calls, [.. Segments(s), .. inject]), async scene =>
        {
            await scene.LoadAsync(1, 4);
            // The first is waited for; as for the others, a server may be long in coming back.
            var waiting = Stopwatch.StartNew();
            while (Fired(record) is var fired && fired < trial.Count && waiting.Elapsed < (fired == 0 ? ForTheFirst : ForAll))
            {
                if (scene.Node.Ended)
                {
                    throw new FaultException($"The node ended: {scene.Node.Said}");
                }
                await Task.Delay(50);
            }
        });
        var all = Tracer.Read(record);
        trial.Fired = all.Count(c => c.Injected);
        if (!trial.IsPostgres)
        {
            trial.Wrong.AddRange(ReusedAfterFailure(all).Select(c => $"line {c.Began} of the trace: {c.Name} on a file that a call had failed on, without opening it again"));
        }
        return judgement;
    }

    /// <summary>The files that the server's write-ahead log is in by then.</summary>
    private static IEnumerable<string> Segments(PostgresServer server) =>
        Enumerable.Range(1, 24).SelectMany(n => new[] { "-P", Path.Combine(server.Data, "pg_wal", $"0000000100000000000000{n:X2}") });

    /// <summary>Writes to a file that come after a failure on it, where it wasn't opened again between the two.</summary>
    public static IEnumerable<Call> ReusedAfterFailure(IReadOnlyList<Call> calls)
    {
        var failed = false;
        foreach (var call in calls)
        {
            if (call.Injected)
            {
                failed = true;
            }
            else if (call.Name == "openat")
            {
                failed = false;
            }
            else if (failed && call.IsWrite)
            {
                yield return call;
            }
        }
    }

    /// <summary>Runs the load under a tracer; then without it, so that what is under way can be finished and judged.</summary>
    private static async Task<Judgement> UnderTraceAsync(Trial trial, Place place, Func<PostgresServer?, NodeStart> start, Func<Scene, Task> load)
    {
        var server = (trial.Ground as PostgresGround)?.Server;
        trial.Say("starting under the tracer");
        if (server is not null)
        {
            await server.StopAsync("fast");
        }
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 1, place, start(server));
        trial.Say("under load");
        await load(scene);
        trial.Say("judging");
        await scene.Node.KillAsync();
        if (server is not null)
        {
            await server.StopAsync("immediate");
            await server.StartAsync();
        }
        scene.Node.Start = NodeStart.Plain;
        await scene.Node.StartAsync();
        return await scene.JudgeAsync();
    }

    private static int Fired(string record)
    {
        using var file = new StreamReader(new FileStream(record, FileMode.Open, FileAccess.Read, FileShare.ReadWrite));
        var count = 0;
        while (file.ReadLine() is { } line)
        {
            count += line.EndsWith("(INJECTED)", StringComparison.Ordinal) ? 1 : 0;
        }
        return count;
    }
}

using System.Net;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>What a node depends on: the clock, the memory, the database server.</summary>
internal static class Surroundings
{
    /// <summary>The heap to begin with. Where no registry starts in it, it is made larger until one does.</summary>
    private const int FirstMegabytes = 24;

    private static readonly string[] Heavy = ["/api/codebook", "/api/history?limit=1000", "/api/pledges", "/api/rcm/grid", "/codebook", "/api/frameworks/gcm/2018"];

    /// <summary>Minutes back are borne: time stands still. An hour is refused, in either direction where the database has a clock of its own.</summary>
    public static async Task<Judgement> ClockAsync(Trial trial)
    {
        var library = new[] { "/usr/lib/x86_64-linux-gnu/faketime/libfaketimeMT.so.1", "/usr/lib/aarch64-linux-gnu/faketime/libfaketimeMT.so.1" }.FirstOrDefault(File.Exists)
            ?? throw new FaultException("faketime is missing: install Debian's package faketime (tools/test.sh does).");
        var place = await trial.Ground.NewAsync();
        var offset = Path.Combine(place.Folder, "offset");
        void Jump(string to)
        {
            // Read at every question for the time: never half written.
            File.WriteAllText($"{offset}.new", $"{to}\n");
            File.Move($"{offset}.new", offset, overwrite: true);
        }
        Jump("+0");
        // Under faketime a wait may end at once, and a start that meets that ends, as it should.
        var start = NodeStart.Plain.With("LD_PRELOAD", library).With("FAKETIME_TIMESTAMP_FILE", offset).With("FAKETIME_NO_CACHE", "1").With("FAKETIME_DONT_FAKE_MONOTONIC", "1");
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 1, place, start, tries: 20);
        await scene.LoadAsync();
        Jump("-120");
        await scene.RecordsAsync(10);
        trial.Fired++;
        Jump("-3600");
        await scene.Node.UntilAsync("clock");
        trial.Expect(await scene.Node.PostSourceAsync("in-the-past", "in-the-past") is { Status: 503 }, "it writes an hour in the past");
        trial.Fired++;
        Jump("+0");
        await scene.Node.UntilAsync(null);
        await scene.RecordsAsync(5);
        Jump("+3600");
        if (trial.IsPostgres)
        {
            // At once, and not when the clocks would be compared again: what was recorded in the future would stop all nodes.
            trial.Expect(await scene.Node.PostSourceAsync("in-the-future", "in-the-future") is { Status: 503 }, "it writes an hour in the future");
            await scene.Node.UntilAsync("clock");
            trial.Fired++;
            Jump("+0");
            await scene.Node.UntilAsync(null);
        }
        else
        {
            // Nobody can know that this clock is wrong, until it is set right.
            await scene.RecordsAsync(5);
            Jump("+0");
            await scene.Node.UntilAsync("clock");
            trial.Fired++;
            Jump("+3600");
            await scene.Node.UntilAsync(null);
        }
        await scene.RecordsAsync(5);
        trial.Fired++;
        return await scene.JudgeAsync();
    }

    /// <summary>
    /// A heap that is too small: requests fail, or the process dies. It has fired where one of them did. What is too small is
    /// found each time: the least that a start takes, and from there on downwards, with more and more requests at once.
    /// </summary>
    public static async Task<Judgement> MemoryAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed);
        await scene.LoadAsync();
        await scene.Node.KillAsync();
        var (tooSmall, megabytes) = (0, FirstMegabytes);
        for (var (tries, requests) = (0, 60); trial.Fired < trial.Count && tries < 24; tries++)
        {
            scene.Node.Start = NodeStart.Plain.With("DOTNET_GCHeapHardLimit", $"0x{megabytes << 20:x}").With("DOTNET_gcServer", "0");
            if (!await scene.Node.TryStartAsync())
            {
                // Too small even to start: that shows nothing.
                trial.Say($"{megabytes} megabytes are too few to start");
                tooSmall = Math.Max(tooSmall, megabytes);
                megabytes = Math.Max(megabytes + 1, megabytes * 9 / 8);
                continue;
            }
            var failed = await Task.WhenAll(Enumerable.Range(0, requests).Select(async i =>
            {
                try
                {
                    var (status, _) = await scene.Node.GetAsync(Heavy[i % Heavy.Length]);
                    return status == HttpStatusCode.InternalServerError ? 1 : 0;
                }
                catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
                {
                    // It has died, or is about to.
                    return 0;
                }
            }));
            trial.Fired += failed.Sum() + (await scene.Node.EndsAsync(TimeSpan.FromSeconds(1)) ? 1 : 0);
            trial.Say($"{megabytes} megabytes and {requests} requests at once: {trial.Fired} failures");
            await scene.Node.KillAsync();
            (megabytes, requests) = (Math.Max(tooSmall + 1, (tooSmall + megabytes) / 2), requests + 60);
        }
        scene.Node.Start = NodeStart.Plain;
        await scene.Node.StartAsync();
        return await scene.JudgeAsync(failures: true);
    }

    /// <summary>The database server ends at once, as in a crash, in the middle of appends, and comes back.</summary>
    public static async Task<Judgement> RestartAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 2);
        await scene.LoadAsync();
        for (var i = 0; i < trial.Count; i++)
        {
            await Task.Delay(scene.Random.Next(150));
            await scene.Server.StopAsync("immediate");
            await Task.Delay(scene.Random.Next(500));
            await scene.Server.StartAsync();
            await scene.RecordsAsync(10);
            trial.Fired++;
        }
        return await scene.JudgeAsync();
    }

    /// <summary>The database ends the nodes' sessions. It has fired where one of them was in the middle of a statement, or had a transaction open.</summary>
    public static async Task<Judgement> TerminateAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 2);
        await scene.LoadAsync();
        for (var tries = 0; trial.Fired < trial.Count && tries < 60; tries++)
        {
            var ended = await scene.Server.SqlAsync("postgres", $"""
                select count(pg_terminate_backend(pid)) filter (where state <> 'idle') from pg_stat_activity
                where usename = 'registry' and datname = '{scene.Place.Database}'
                """);
            trial.Fired += (int)(long)ended!;
            await scene.RecordsAsync(4);
        }
        return await scene.JudgeAsync();
    }
}

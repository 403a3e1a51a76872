using System.Globalization;
using System.Net;
using Microsoft.Data.Sqlite;
using Npgsql;
using PledgeRegistry.Faults.Running;

namespace PledgeRegistry.Faults.Kinds;

/// <summary>What happens to the files and rows themselves, or beside them.</summary>
internal static class Storage
{
    /// <summary>A small file system that runs full, and is made larger. Without the right to mount one, writes fail as on a full one.</summary>
    public static async Task<Judgement> FullAsync(Trial trial)
    {
        var place = await trial.Ground.NewAsync();
        var small = place.In(Path.Combine(place.Folder, "small"));
        Directory.CreateDirectory(small.Folder);
        // In some containers not even root may.
        if (Environment.UserName != "root" || (await Programs.RunAsync(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.Folder])).ExitCode != 0)
        {
            return await Syncs.NoRoomAsync(trial);
        }
        try
        {
            await Programs.SucceedAsync(["cp", "-a", place.DataFolder(0), small.Folder]);
            await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 1, small);
            await scene.LoadAsync(1, 4);
            // The rest of it is taken by something else.
            await Programs.RunAsync(["dd", "if=/dev/zero", $"of={small.Folder}/ballast", "bs=4k"]);
            await scene.Node.UntilAsync("in-doubt");
            trial.Fired++;
            var reads = await scene.Node.GetAsync("/api/pledges/RCM-2016-0037");
            trial.Expect(reads.Status == HttpStatusCode.OK, $"reading is answered with {reads.Status} while the disk is full");
            File.Delete(Path.Combine(small.Folder, "ballast"));
            await scene.RecordsAsync(10);
            return await scene.JudgeAsync();
        }
        finally
        {
            await Programs.RunAsync(["umount", "-l", small.Folder]);
        }
    }

    /// <summary>
    /// The write-ahead file is cut or garbled anywhere after kill -9. What was synced is then damaged: the node names that
    /// and doesn't start, or all that was acknowledged is there.
    /// </summary>
    public static async Task<Judgement> TornAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed);
        await scene.LoadAsync();
        await scene.RecordsAsync(20);
        await scene.Node.KillAsync();
        var wal = await File.ReadAllBytesAsync($"{scene.Place.Log}-wal");
        var (named, whole) = (0, 0);
        for (var i = 0; i < trial.Count; i++)
        {
            var torn = scene.Place.In(Path.Combine(scene.Place.Folder, $"torn-{i}"));
            Directory.CreateDirectory(torn.DataFolder(0));
            foreach (var file in Directory.EnumerateFiles(scene.Place.DataFolder(0)))
            {
                File.Copy(file, Path.Combine(torn.DataFolder(0), Path.GetFileName(file)));
            }
            var records = scene.CopyRecords(torn.Folder);
            var bytes = (byte[])wal.Clone();
            // Every fourth time only something is added at the end, as a write that was under way.
            var at = i % 4 == 3 ? wal.Length : scene.Random.Next(wal.Length);
            if (i % 2 == 0)
            {
                bytes[at] ^= (byte)scene.Random.Next(1, 256);
            }
            await File.WriteAllBytesAsync($"{torn.Log}-wal", i % 4 == 3 ? [.. wal, .. wal.AsSpan(32, scene.Random.Next(1, 4000))] : i % 2 == 0 ? bytes : wal[..at]);
            trial.Fired++;
            await using var node = new Node(torn, 0);
            if (!await node.TryStartAsync())
            {
                named++;
                trial.Expect(node.Said.Contains("could not be started", StringComparison.Ordinal) && (node.Said.Contains("cut or rolled back", StringComparison.Ordinal) || node.Said.Contains("damaged", StringComparison.Ordinal)),
                    $"the write-ahead file torn at {at}: {node.Said}");
                continue;
            }
            whole++;
            await node.KillAsync();
            var verdict = await Scene.CheckAsync(torn, records);
            trial.Expect(verdict.Words.Count == 0, $"the write-ahead file torn at {at} of {wal.Length}, and not named: {string.Join("; ", verdict.Words)}");
        }
        trial.Expect(named > 0 && whole > 0, $"{named} tears were named, {whole} had harmed nothing");
        await scene.Node.StartAsync();
        return await scene.JudgeAsync();
    }

    /// <summary>A stored entry is changed beside a running node: it isn't served, the tool names it; put back, it is served again.</summary>
    public static async Task<Judgement> ChangedAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed);
        await scene.LoadAsync();
        await scene.QuietAsync();
        var size = (await scene.CheckAsync()).Size;
        for (var i = 0; i < trial.Count; i++)
        {
            // Not the last one: with another end the log is another history, and nothing more is read.
            var position = scene.Random.NextInt64(size - 1);
            var address = $"/api/entries/{position.ToString(CultureInfo.InvariantCulture)}";
            var good = await scene.Node.GetAsync(address);
            await Rows.FlipAsync(scene, position);
            var bad = await scene.Node.GetAsync(address);
            var (exitCode, output, _) = await Programs.RunAsync([Programs.Dotnet, Programs.Tool, "verify", "--json", "--data", scene.Place.DataFolder(0)], scene.Place.Environment);
            await Rows.FlipAsync(scene, position);
            var again = await scene.Node.GetAsync(address);
            trial.Expect(bad.Status == HttpStatusCode.InternalServerError || bad.Status == HttpStatusCode.ServiceUnavailable, $"entry {position}, changed, is answered with {bad.Status}");
            trial.Expect(exitCode == 1 && output.Contains($"\"position\": {position.ToString(CultureInfo.InvariantCulture)},", StringComparison.Ordinal), $"verify doesn't name entry {position}: {output}");
            trial.Expect(good == again && good.Status == HttpStatusCode.OK, $"entry {position}, put back, is answered with {again.Status}");
            trial.Fired++;
        }
        return await scene.JudgeAsync();
    }

    /// <summary>Somebody reads, and doesn't end: on SQLite in the middle of a table, on PostgreSQL in a transaction with an old snapshot.</summary>
    public static async Task<Judgement> LongReadAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed);
        await scene.LoadAsync();
        if (trial.IsPostgres)
        {
            await using var beside = await scene.Server.OpenAsync("admin", scene.Place.Database!);
            await using var transaction = await beside.BeginTransactionAsync(System.Data.IsolationLevel.RepeatableRead);
            await using var count = new NpgsqlCommand("select count(*) from pledge_registry.entries", beside, transaction);
            var before = await count.ExecuteScalarAsync();
            await scene.RecordsAsync(150);
            trial.Fired += Equals(before, await count.ExecuteScalarAsync()) ? 1 : 0;
        }
        else
        {
            await using var beside = Rows.OpenFile(scene.Place.Log);
            await using var select = new SqliteCommand("SELECT position FROM entries ORDER BY position", beside);
            await using var reader = await select.ExecuteReaderAsync();
            await reader.ReadAsync();
            await scene.RecordsAsync(150);
            var rows = 1;
            while (await reader.ReadAsync())
            {
                rows++;
            }
            // It goes on seeing what was there when it began.
            trial.Fired += rows < 900 + 150 ? 1 : 0;
        }
        return await scene.JudgeAsync();
    }

    /// <summary>The administrator puts something into the table that is no entry, or one of a type that isn't known: all stop before it.</summary>
    public static async Task<Judgement> PoisonAsync(Trial trial)
    {
        await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, trial.IsPostgres ? 2 : 1);
        await scene.LoadAsync();
        foreach (var (bytes, reason) in new (Func<byte[], byte[]>, string)[] { (_ => "{\"not\":\"an entry\""u8.ToArray(), "damaged"), (Rows.OfUnknownType, "format") }.Take(trial.Count))
        {
            await scene.RecordsAsync(5);
            var position = await Rows.InsertAsync(scene, bytes);
            foreach (var node in scene.Nodes)
            {
                await node.UntilAsync(reason, TimeSpan.FromSeconds(30));
                var (status, _) = await node.GetAsync($"/api/entries/{position - 1}");
                var (poisoned, _) = await node.GetAsync($"/api/entries/{position}");
                var post = await node.PostSourceAsync("after-poison", "after-poison");
                var (_, health) = await node.GetAsync("/health/ready");
                trial.Expect(status == HttpStatusCode.OK, $"entry {position - 1}, before the bad one, is answered with {status}");
                trial.Expect(poisoned != HttpStatusCode.OK, "the bad entry is served");
                trial.Expect(post is { Status: 503 }, $"writing after the bad entry is answered with {post}");
                trial.Expect(health.Contains($"Entry {position.ToString(CultureInfo.InvariantCulture)}", StringComparison.Ordinal), $"it isn't named: {health}");
                await node.KillAsync();
            }
            trial.Fired++;
            await Rows.RemoveAsync(scene, position);
            await Task.WhenAll(scene.Nodes.Select(n => n.StartAsync()));
        }
        return await scene.JudgeAsync();
    }
}

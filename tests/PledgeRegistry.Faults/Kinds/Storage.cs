using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text;
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
        if (Environment.UserName != "root")
        {
            return await Syncs.NoRoomAsync(trial);
        }
        var place = await trial.Ground.NewAsync();
        var small = place.In(Path.Combine(place.Folder, "small"));
        Directory.CreateDirectory(small.Folder);
        await Programs.SucceedAsync(["mount", "-t", "tmpfs", "-o", "size=4m", "tmpfs", small.Folder]);
        try
        {
            await Programs.SucceedAsync(["cp", "-a", place.DataFolder(0), small.Folder]);
            await using var scene = await Scene.OpenAsync(trial.Ground, trial.Seed, 1, small);
            await scene.LoadAsync(1, 4);
            // The rest of it is taken by something else.
            await Programs.RunAsync(["dd", "if=/dev/zero", $"of={small.Folder}/ballast", "bs=4k"]);
            for (var tries = 0; trial.Fired < 3 && tries < 300; tries++)
            {
                trial.Fired += await scene.Node.PostSourceAsync($"full-{tries}", $"full-{tries}") is { Status: 503 } ? 1 : 0;
            }
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
            await using var beside = OpenFile(scene.Place.Log);
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
        foreach (var (bytes, reason) in new (Func<byte[], byte[]>, string)[] { (_ => "{\"not\":\"an entry\""u8.ToArray(), "damaged"), (OfUnknownType, "format") }.Take(trial.Count))
        {
            await scene.RecordsAsync(5);
            var position = await InsertAsync(scene, bytes);
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
            await RemoveAsync(scene, position);
            await Task.WhenAll(scene.Nodes.Select(n => n.StartAsync()));
        }
        return await scene.JudgeAsync();
    }

    private static byte[] OfUnknownType(byte[] last)
    {
        var entry = System.Text.Json.Nodes.JsonNode.Parse(last)!.AsObject();
        entry["position"] = (long)entry["position"]! + 1;
        entry["type"] = "of-a-later-release.v7";
        return Encoding.UTF8.GetBytes(entry.ToJsonString());
    }

    private static async Task<long> InsertAsync(Scene scene, Func<byte[], byte[]> make)
    {
        const string last = "select position, bytes from {0} order by position desc limit 1";
        for (var tries = 0; ; tries++)
        {
            try
            {
                if (scene.Place.Database is { } database)
                {
                    await using var connection = await scene.Server.OpenAsync("admin", database);
                    await using var select = new NpgsqlCommand(string.Format(CultureInfo.InvariantCulture, last, "pledge_registry.entries"), connection);
                    long next;
                    byte[] bytes;
                    await using (var reader = await select.ExecuteReaderAsync())
                    {
                        await reader.ReadAsync();
                        (next, bytes) = (reader.GetInt64(0) + 1, make(reader.GetFieldValue<byte[]>(1)));
                    }
                    await using var insert = new NpgsqlCommand("insert into pledge_registry.entries (position, leaf, bytes) values ($1, $2, $3)", connection);
                    insert.Parameters.AddWithValue(next);
                    insert.Parameters.AddWithValue(Leaf(bytes));
                    insert.Parameters.AddWithValue(bytes);
                    await insert.ExecuteNonQueryAsync();
                    return next;
                }
                await using var file = OpenFile(scene.Place.Log);
                await using var begin = new SqliteCommand("BEGIN IMMEDIATE", file);
                await begin.ExecuteNonQueryAsync();
                await using var end = new SqliteCommand(string.Format(CultureInfo.InvariantCulture, last, "entries"), file);
                long position;
                byte[] poison;
                await using (var reader = await end.ExecuteReaderAsync())
                {
                    await reader.ReadAsync();
                    (position, poison) = (reader.GetInt64(0) + 1, make(reader.GetFieldValue<byte[]>(1)));
                }
                await using var add = new SqliteCommand("INSERT INTO entries (position, leaf, bytes) VALUES ($p, $l, $b); COMMIT", file);
                add.Parameters.AddWithValue("$p", position);
                add.Parameters.AddWithValue("$l", Leaf(poison));
                add.Parameters.AddWithValue("$b", poison);
                await add.ExecuteNonQueryAsync();
                return position;
            }
            catch (Exception e) when (e is NpgsqlException or SqliteException && tries < 200)
            {
                // A node was first.
            }
        }
    }

    /// <summary>What the administrator did is undone, so that the rest can be judged.</summary>
    private static async Task RemoveAsync(Scene scene, long position)
    {
        var where = $"where position >= {position.ToString(CultureInfo.InvariantCulture)}";
        if (scene.Place.Database is { } database)
        {
            await scene.Server.SqlAsync(database, $"""
                begin;
                alter table pledge_registry.entries disable trigger unchanged;
                delete from pledge_registry.entries {where};
                alter table pledge_registry.entries enable always trigger unchanged;
                commit
                """);
            return;
        }
        await using var file = OpenFile(scene.Place.Log);
        await using var find = new SqliteCommand("SELECT sql FROM sqlite_schema WHERE name = 'entries_are_never_deleted'", file);
        var trigger = (string)(await find.ExecuteScalarAsync())!;
        await using var delete = new SqliteCommand($"DROP TRIGGER entries_are_never_deleted; DELETE FROM entries {where}; {trigger}", file);
        await delete.ExecuteNonQueryAsync();
    }

    private static byte[] Leaf(byte[] bytes) => SHA256.HashData([0, .. bytes]);

    private static SqliteConnection OpenFile(string path)
    {
        var connection = new SqliteConnection(new SqliteConnectionStringBuilder { DataSource = path, Mode = SqliteOpenMode.ReadWrite, Pooling = false }.ToString());
        connection.Open();
        return connection;
    }
}

using System.Text;
using System.Text.Json.Nodes;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Sqlite;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verification;

/// <summary>A sound log is green; each kind of planted damage is named, with its place.</summary>
[Collection(ReadingRegistries.Name)]
public sealed class VerifyTests(Registries registries)
{
    [Fact]
    public async Task A_sound_log_is_green_and_its_hashes_are_printed()
    {
        foreach (var folder in new[] { registries.Opening, registries.Demo, registries.Sample })
        {
            var json = (await Tool.RunAsync(folder, "verify", "--json")).Json();
            Assert.True(json.GetProperty("sound").GetBoolean());
            Assert.Matches("^[0-9a-f]{64}$", json.GetProperty("contentHash").GetString());
            Assert.Equal(json.GetProperty("lastKnown").GetProperty("root").GetString(), json.GetProperty("root").GetString());
        }
        var run = (await Tool.RunAsync(registries.Sample, "verify")).Succeeded();
        Assert.Equal(["sound", "size", "root", "content hash", "last known size", "last known root"], run.Lines.Select(l => l.Split('\t')[0]));
        Assert.Contains("entries verified", run.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task The_root_is_the_one_of_RFC_6962_over_the_stored_bytes()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        byte[][] leaves;
        using (var log = new LogDamage(folder))
        {
            leaves = [.. Enumerable.Range(0, (int)log.Size).Select(i => LogDamage.LeafHash(log.Bytes(i)))];
        }
        var json = (await Tool.RunAsync(registries.Sample, "verify", "--json")).Json();
        Assert.Equal(leaves.Length, json.GetProperty("size").GetInt64());
        Assert.Equal(Convert.ToHexStringLower(Root(leaves)), json.GetProperty("root").GetString());
    }

    [Fact]
    public async Task An_empty_log_is_not_green()
    {
        using var folder = new TemporaryFolder();
        await SqliteLog.OpenForWriting(folder.Log).DisposeAsync();
        await RedAsync(folder, null, "The log is empty: there is nothing to verify.");
    }

    [Fact]
    public Task A_flipped_byte_is_named() => DamagedAsync(40, "The stored bytes don't match the leaf hash", log =>
    {
        var bytes = log.Bytes(40);
        bytes[bytes.Length / 2] ^= 1;
        log.SetBytes(40, bytes);
    });

    [Fact]
    public Task A_changed_leaf_hash_is_named() => DamagedAsync(17, "The stored bytes don't match the leaf hash", log => log.SetLeaf(17, log.Leaf(18)));

    [Fact]
    public Task A_leaf_hash_that_is_cut_is_named() => DamagedAsync(17, "the leaf hash at position 17 has 31 bytes", log => log.SetLeaf(17, log.Leaf(17)[..31]));

    [Fact]
    public Task An_entry_without_bytes_is_named() => DamagedAsync(23, "position 23 has no bytes", log => log.SetBytes(23, []));

    [Fact]
    public async Task An_entry_that_was_rewritten_with_its_leaf_hash_is_found_by_what_was_known_from_outside()
    {
        var known = (await Tool.RunAsync(registries.Sample, "verify", "--json")).Json();
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using (var log = new LogDamage(folder))
        {
            log.Rewrite(0, Replaced(log.Bytes(0), "Sample", "Simple"));
        }
        await RedAsync(folder, null, "The log was rewritten: its first", "between entries 0 and 127");

        // Without the record beside the log, and without a root, nobody could know; the tool says what it can't see.
        File.Delete(folder.HeadRecord);
        var run = (await Tool.RunAsync(folder.Path, "verify")).Succeeded();
        Assert.Contains("would not be noticed", run.Error, StringComparison.Ordinal);
        await RedAsync(folder, null, ["--root", known.GetProperty("root").GetString()!], "the log was rewritten, or the root is of another size or another log");
    }

    [Fact]
    public async Task A_rewritten_last_entry_is_named_by_its_place()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        long last;
        using (var log = new LogDamage(folder))
        {
            last = log.Size - 1;
            Assert.Equal(0, last % 2);
            log.Rewrite(last, Replaced(log.Bytes(last), "All posts", "Few posts"));
        }
        await RedAsync(folder, last, $"between entries {last} and {last}");
    }

    [Fact]
    public async Task A_deleted_last_entry_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        long last;
        using (var log = new LogDamage(folder))
        {
            last = log.Size - 1;
            log.Delete(last);
        }
        await RedAsync(folder, last, $"The log was cut or rolled back: it has {last} entries, and had {last + 1}");
    }

    [Fact]
    public async Task A_log_that_lost_all_its_entries_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using (var log = new LogDamage(folder))
        {
            log.Execute("DELETE FROM entries");
        }
        await RedAsync(folder, null, "The log is empty, and had");
    }

    [Fact]
    public Task A_deleted_middle_entry_is_named() => DamagedAsync(30, "the entry at position 30 is missing", log => log.Delete(30));

    [Fact]
    public Task Of_two_faults_the_first_is_named() => DamagedAsync(12, "don't match the leaf hash", log =>
    {
        log.Delete(30);
        log.SetLeaf(12, log.Leaf(13));
    });

    [Fact]
    public Task Swapped_entries_are_named() => DamagedAsync(10, "Entry 10 says that it is entry 11", log =>
    {
        var (first, second) = (log.Bytes(10), log.Bytes(11));
        log.Rewrite(10, second);
        log.Rewrite(11, first);
    });

    [Fact]
    public Task Another_form_of_the_same_content_is_named() => DamagedAsync(25, "canonical form", log => log.Rewrite(25, Replaced(log.Bytes(25), "\"actor\":", "\"actor\": ")));

    [Fact]
    public Task Something_that_is_no_json_is_named() => DamagedAsync(25, "Not an entry", log => log.Rewrite(25, Encoding.UTF8.GetBytes("{\"actor\":")));

    [Fact]
    public Task A_member_that_no_entry_has_is_named() => DamagedAsync(25, "Not an entry", log => log.Rewrite(25, e => e["data"]!["surplus"] = "x"));

    [Fact]
    public Task A_duplicated_id_is_named() => DamagedAsync(50, "is the one of entry 49 already", log => log.Rewrite(50, e => e["id"] = Member(log, 49, "id")));

    [Fact]
    public Task A_command_that_was_recorded_twice_is_named() => DamagedAsync(50, "Its command was recorded already, at entry 20", log => log.Rewrite(50, e => e["commandId"] = Member(log, 20, "commandId")));

    [Fact]
    public Task A_wrong_version_is_named() => DamagedAsync(60, "where version", log => log.Rewrite(60, e => e["version"] = 7));

    [Fact]
    public Task A_time_that_goes_backwards_is_named() => DamagedAsync(44, "before the entry it follows", log => log.Rewrite(44, e => e["recordedAt"] = "2026-04-30T00:00:00.000Z"));

    [Fact]
    public Task An_event_of_a_newer_release_is_not_green() => DamagedAsync(44, "which this release doesn't know", log => log.Rewrite(44, e => e["type"] = "pledge-forgotten.v9"));

    [Fact]
    public async Task An_event_that_can_not_follow_what_is_known_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        long size;
        using (var log = new LogDamage(folder))
        {
            size = log.Size;
            log.Append(LogDamage.Changed(log.Bytes(size - 2), e =>
            {
                e["position"] = size;
                e["stream"] = "pledge/IMRF-2022-0099";
                e["version"] = 0;
                e["id"] = "01970000-0000-7000-8000-ffffffffffff";
                e["commandId"] = new string('a', 64);
                e["recordedAt"] = Member(log, size - 1, "recordedAt");
            }));
        }
        await RedAsync(folder, size, "can't follow what is known of pledge/IMRF-2022-0099");
    }

    [Fact]
    public async Task A_truncated_file_is_named()
    {
        foreach (var (keep, message) in new[] { (0, "is empty: 0 bytes"), (100, "registry.db"), (16384, "registry.db") })
        {
            using var folder = TemporaryFolder.CopyOf(registries.Opening);
            using (var file = File.OpenWrite(folder.Log))
            {
                file.SetLength(keep);
            }
            var run = await Tool.RunAsync(folder.Path, "verify");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains("Not sound", run.Error, StringComparison.Ordinal);
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task A_lost_table_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using (var log = new LogDamage(folder))
        {
            log.Execute("DROP TABLE entries");
        }
        await RedAsync(folder, null, "has lost its table of entries");
    }

    [Fact]
    public async Task A_log_that_was_put_back_to_an_older_copy_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Demo);
        File.Copy(Path.Combine(registries.Sample, "registry.db"), folder.Log, overwrite: true);
        await RedAsync(folder, Registries.SampleHistory.Count, "The log was cut or rolled back");
    }

    [Fact]
    public async Task A_record_that_is_damaged_is_named()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        await File.WriteAllBytesAsync(folder.HeadRecord, new byte[100]);
        await RedAsync(folder, null, "neither of its two copies is whole");
    }

    [Fact]
    public async Task A_root_that_is_known_from_elsewhere_is_held_against_the_size_it_is_of()
    {
        var whole = (await Tool.RunAsync(registries.Sample, "verify", "--json")).Json();
        var (root, size) = (whole.GetProperty("root").GetString()!, whole.GetProperty("size").GetInt64());
        (await Tool.RunAsync(registries.Sample, "verify", "--root", root)).Succeeded();
        (await Tool.RunAsync(registries.Sample, "verify", "--root", root, "--size", $"{size}")).Succeeded();
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        await RedAsync(folder, null, ["--root", root, "--size", $"{size - 1}"], $"The root of the first {size - 1} entries is");
        await RedAsync(folder, size, ["--root", root, "--size", $"{size + 1}"], $"it has {size} entries, and the root that it is held against is of {size + 1}");
        await RedAsync(folder, null, ["--root", new string('0', 64)], $"not {new string('0', 64)}");
    }

    [Fact]
    public async Task What_is_damaged_is_not_served()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using (var log = new LogDamage(folder))
        {
            log.Delete(log.Size - 1);
        }
        (await Tool.RunAsync(folder.Path, "grid")).FailedWith(1, "isn't what was last known of it. The log was cut or rolled back");
        (await Tool.RunAsync(folder.Path, "load")).FailedWith(1, "isn't what was last known of it. The log was cut or rolled back");
    }

    private async Task DamagedAsync(long position, string message, Action<LogDamage> damage)
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using (var log = new LogDamage(folder))
        {
            damage(log);
        }
        await RedAsync(folder, position, message);
    }

    private static Task RedAsync(TemporaryFolder folder, long? position, params string[] messages) => RedAsync(folder, position, [], messages);

    /// <summary>Exit code 1, the place and the messages on standard error, and the same in the JSON; nothing was changed.</summary>
    private static async Task RedAsync(TemporaryFolder folder, long? position, string[] args, params string[] messages)
    {
        var before = await File.ReadAllBytesAsync(folder.Log);
        var run = await Tool.RunAsync(folder.Path, ["verify", "--json", .. args]);
        Assert.True(run.ExitCode == 1, $"exit code {run.ExitCode}\n{run.Error}\n{run.Output}");
        Assert.All(messages, m => Assert.Contains(m, run.Error, StringComparison.Ordinal));
        Assert.Contains(position is null ? "Not sound: " : $"Not sound at entry {position}: ", run.Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", run.Error, StringComparison.Ordinal);
        var json = JsonNode.Parse(run.Output)!;
        Assert.False((bool)json["sound"]!);
        Assert.Equal(position, (long?)json["fault"]!["position"]);
        Assert.Null(json["contentHash"]);
        Assert.Equal(before, await File.ReadAllBytesAsync(folder.Log));
    }

    private static byte[] Replaced(byte[] bytes, string from, string to)
    {
        var text = Encoding.UTF8.GetString(bytes);
        Assert.Contains(from, text, StringComparison.Ordinal);
        return Encoding.UTF8.GetBytes(text.Replace(from, to, StringComparison.Ordinal));
    }

    private static string Member(LogDamage log, long position, string name) => (string)JsonNode.Parse(log.Bytes(position))![name]!;

    /// <summary>RFC 6962 §2.1, as it is written there.</summary>
    private static byte[] Root(ReadOnlySpan<byte[]> leaves)
    {
        if (leaves.Length == 1)
        {
            return leaves[0];
        }
        var split = 1;
        while (split * 2 < leaves.Length)
        {
            split *= 2;
        }
        return System.Security.Cryptography.SHA256.HashData([1, .. Root(leaves[..split]), .. Root(leaves[split..])]);
    }
}

using System.Text;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary><c>pledge backup</c> and <c>pledge restore</c> on SQLite; on PostgreSQL and across engines they are tested with that engine.</summary>
[Collection(ReadingRegistries.Name)]
public sealed class BackupTests(Registries registries)
{
    [Fact]
    public async Task What_is_restored_has_the_same_root_the_same_content_and_the_same_answers()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "of-demo.jsonl");
        var made = (await Tool.RunAsync(registries.Demo, "backup", file, "--json")).Json();
        var target = Path.Combine(folder.Path, "new");
        var restored = (await Tool.RunAsync(target, "restore", file, "--json")).Json();
        foreach (var same in new[] { "size", "root" })
        {
            Assert.Equal(made.GetProperty(same).ToString(), restored.GetProperty(same).ToString());
        }
        Assert.Equal(0, restored.GetProperty("before").GetInt64());
        Assert.Equal(new FileInfo(file).Length, made.GetProperty("bytes").GetInt64());

        var (was, now) = (await Tool.RunAsync(registries.Demo, "verify", "--json"), await Tool.RunAsync(target, "verify", "--json"));
        Assert.Equal(was.Succeeded().Output, now.Succeeded().Output);
        Assert.Equal(restored.GetProperty("contentHash").GetString(), now.Json().GetProperty("contentHash").GetString());
        var (grid, again) = (await Tool.RunAsync(registries.Demo, "grid", "--on", "2026-11-22"), await Tool.RunAsync(target, "grid", "--on", "2026-11-22"));
        Assert.Equal(grid.Succeeded().Output, again.Succeeded().Output);
    }

    [Fact]
    public async Task A_backup_is_made_beside_a_running_registry()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        await using var host = SqliteLog.OpenForWriting(folder.Log);
        using var record = new HeadRecord(folder.HeadRecord);
        (await Tool.RunAsync(folder.Path, "backup", Path.Combine(folder.Path, "backup.jsonl"))).Succeeded();
    }

    [Fact]
    public async Task Every_verb_that_reads_reads_a_backup_too()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.jsonl");
        (await Tool.RunAsync(registries.Sample, "backup", file)).Succeeded();
        foreach (var verb in new string[][] { ["verify"], ["grid"], ["history", "IMRF-2022-0001"] })
        {
            var (of, from) = (await Tool.RunAsync(registries.Sample, verb), await Tool.RunAsync(folder.Path, [.. verb, "--log", $"backup:{file}"]));
            Assert.Equal(of.Succeeded().Lines.TakeWhile(l => !l.StartsWith("last known", StringComparison.Ordinal)), from.Succeeded().Lines);
        }
        (await Tool.RunAsync(folder.Path, "load", "--log", $"backup:{file}")).FailedWith(1, "is a backup, which is only read");
    }

    [Fact]
    public async Task A_backup_never_overwrites_a_file_and_says_where_there_is_no_registry()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.jsonl");
        (await Tool.RunAsync(Path.Combine(folder.Path, "none"), "backup", file)).FailedWith(1, "There is no registry in");
        await File.WriteAllTextAsync(file, "mine");
        (await Tool.RunAsync(registries.Sample, "backup", file)).FailedWith(1, "never overwrites");
        Assert.Equal("mine", await File.ReadAllTextAsync(file));
        (await Tool.RunAsync(registries.Sample, "backup", Path.Combine(folder.Path, "no", "such", "folder"))).FailedWith(1, "No backup was made");
    }

    [Fact]
    public async Task A_damaged_backup_is_named_and_nothing_is_restored()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.jsonl");
        var target = Path.Combine(folder.Path, "new");
        (await Tool.RunAsync(registries.Sample, "backup", file)).Succeeded();
        var whole = await File.ReadAllTextAsync(file);
        (await Tool.RunAsync(target, "restore", Path.Combine(folder.Path, "none"))).FailedWith(1, "The backup can't be read");
        await File.WriteAllTextAsync(file, whole[..(whole.Length / 2)]);
        (await Tool.RunAsync(target, "restore", file)).FailedWith(1, "was cut off after entry");
        await File.WriteAllTextAsync(file, whole.Replace("Posts for refugees", "Posts for everybody", StringComparison.Ordinal));
        (await Tool.RunAsync(target, "restore", file)).FailedWith(1, "is not sound");
        Assert.False(Directory.Exists(target));
    }

    [Fact]
    public async Task A_registry_that_holds_something_else_is_left_as_it_is()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Opening);
        File.Delete(folder.HeadRecord);
        var file = Path.Combine(folder.Path, "backup.jsonl");
        (await Tool.RunAsync(registries.Sample, "backup", file)).Succeeded();
        (await Tool.RunAsync(folder.Path, "restore", file)).FailedWith(1, "restore into an empty log");
        (await Tool.RunAsync(folder.Path, "verify")).Succeeded();
    }

    [Fact]
    public async Task A_backup_that_is_older_than_what_was_known_is_restored_only_if_that_is_accepted()
    {
        // As after a lost disk: the file of the log is gone, and what was last known of it isn't.
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        var older = await WithoutTheLastAsync(3, folder);
        File.Delete(folder.Log);
        var known = await File.ReadAllBytesAsync(folder.HeadRecord);

        (await Tool.RunAsync(folder.Path, "restore", older)).FailedWith(1, "older than what was known");
        Assert.False(File.Exists(folder.Log));
        Assert.Equal(known, await File.ReadAllBytesAsync(folder.HeadRecord));

        var run = (await Tool.RunAsync(folder.Path, "restore", older, "--accept-rollback")).Succeeded();
        Assert.Contains("are gone", run.Error, StringComparison.Ordinal);
        Assert.Equal(known, await File.ReadAllBytesAsync($"{folder.HeadRecord}.rolled-back-1"));
        (await Tool.RunAsync(folder.Path, "verify")).Succeeded();
    }

    [Fact]
    public async Task A_rollback_that_is_accepted_and_then_can_not_be_made_leaves_what_was_known()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        var older = await WithoutTheLastAsync(3, folder);
        var known = await File.ReadAllBytesAsync(folder.HeadRecord);
        (await Tool.RunAsync(folder.Path, "restore", older, "--accept-rollback")).FailedWith(1, "restore into an empty log");
        Assert.Equal(known, await File.ReadAllBytesAsync(folder.HeadRecord));
        (await Tool.RunAsync(folder.Path, "verify")).Succeeded();
    }

    [Fact]
    public async Task A_backup_that_was_altered_is_not_served_as_good()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "backup.jsonl");
        (await Tool.RunAsync(registries.Sample, "backup", file)).Succeeded();
        await File.WriteAllTextAsync(file, (await File.ReadAllTextAsync(file)).Replace("Posts for refugees", "Posts for everybody", StringComparison.Ordinal));
        (await Tool.RunAsync(folder.Path, "grid", "--log", $"backup:{file}")).FailedWith(1, "was changed");
    }

    [Fact]
    public async Task A_restore_says_so_where_a_registry_runs()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        var file = Path.Combine(folder.Path, "backup.jsonl");
        (await Tool.RunAsync(folder.Path, "backup", file)).Succeeded();
        await using var host = SqliteLog.OpenForWriting(folder.Log);
        using var record = new HeadRecord(folder.HeadRecord);
        (await Tool.RunAsync(folder.Path, "restore", file)).FailedWith(1, "held by a running registry");
    }

    [Fact]
    public async Task What_is_private_has_a_backup_of_its_own_which_says_who_may_be_back()
    {
        using var folder = new TemporaryFolder();
        var file = Path.Combine(folder.Path, "private.jsonl");
        (await Tool.RunAsync(folder.Path, "backup", "--private", file)).FailedWith(1, "there is no private store");
        using (var store = new SqlitePrivateStore(Path.Combine(folder.Path, "private.db"), new ManualTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero))))
        {
            store.AddContact("local-operator", "a-1", "CRI", new ContactDetails("Ana", "ana@example.org", null, ["es"], null));
        }
        var made = await Tool.RunAsync(folder.Path, "backup", "--private", file, "--json");
        Assert.Equal(1, made.Json().GetProperty("holds").GetProperty("contacts").GetInt64());
        Assert.Contains("Keep it as safe as the registry", made.Error, StringComparison.Ordinal);
        (await Tool.RunAsync(folder.Path, "backup", "--private", file)).FailedWith(1, "never overwrites");
        (await Tool.RunAsync(folder.Path, "restore", "--private", file)).FailedWith(1, "has something in it");

        var target = Path.Combine(folder.Path, "new");
        var back = await Tool.RunAsync(target, "restore", "--private", file, "--json");
        Assert.Equal(["a-1"], back.Json().GetProperty("people").EnumerateArray().Select(p => p.GetString()));
        Assert.Contains("with 1 people. Whoever was erased after that is back among them", back.Error, StringComparison.Ordinal);
        using var restored = new SqlitePrivateStore(Path.Combine(target, "private.db"), new ManualTimeProvider(new DateTimeOffset(2026, 5, 1, 8, 0, 0, TimeSpan.Zero)));
        Assert.Equal("Ana", restored.FindContact("local-operator", "a-1")?.Details?.Name);
    }

    /// <summary>A backup that was made when there were some entries less.</summary>
    private static async Task<string> WithoutTheLastAsync(int count, TemporaryFolder folder)
    {
        var file = Path.Combine(folder.Path, "now.jsonl");
        (await Tool.RunAsync(folder.Path, "backup", file)).Succeeded();
        var lines = (await File.ReadAllLinesAsync(file))[..^(count + 1)];
        var tree = new MerkleTree();
        foreach (var line in lines[1..])
        {
            tree.Append(MerkleTree.LeafHash(Encoding.UTF8.GetBytes(line)));
        }
        var older = Path.Combine(folder.Path, "older.jsonl");
        await File.WriteAllTextAsync(older, string.Join('\n', [.. lines, $$"""{"end":true,"root":"{{tree.Root(tree.Size)}}","size":{{tree.Size}}}""", ""]));
        return older;
    }
}

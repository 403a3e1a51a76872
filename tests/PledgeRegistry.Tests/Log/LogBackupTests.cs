using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Tests.Log;

public sealed class LogBackupTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("log-backup").FullName;

    private string File => Path.Combine(folder, "backup.jsonl");

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_backup_is_a_log_with_the_same_entries_and_says_their_size_and_root()
    {
        await using var log = await EntryChain.SampleLogAsync();
        var all = await log.ReadAsync(0, 1000);
        var tree = new MerkleTree();
        foreach (var entry in all)
        {
            tree.Append(entry.Leaf);
        }
        Assert.Equal((all.Count, tree.Root(all.Count)), await LogBackup.WriteAsync(log, File, known: null));
        await using var backup = LogBackup.Open(File);
        Assert.Equal((all.Count, tree.Root(all.Count)), backup.End);
        AssertSame(all, await backup.ReadAsync(0, 1000));
        AssertSame([.. all.Skip(3).Take(2)], await backup.ReadAsync(3, 2));
        Assert.Empty(await backup.ReadAsync(all.Count, 5));
        await backup.WaitAsync(0);
        using var soon = new CancellationTokenSource(20);
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => backup.WaitAsync(all.Count, soon.Token));
        await Assert.ThrowsAsync<InvalidOperationException>(() => backup.AppendAsync(LogHead.Empty, all));
    }

    [Fact]
    public async Task It_is_text_with_an_entry_a_line_between_a_head_and_an_end()
    {
        await using var log = await EntryChain.SampleLogAsync();
        var (size, root) = await LogBackup.WriteAsync(log, File, known: null);
        var lines = await System.IO.File.ReadAllLinesAsync(File);
        Assert.Equal(size + 2, lines.Length);
        Assert.Equal("""{"format":"pledge-registry-backup/1"}""", lines[0]);
        Assert.Equal($$"""{"end":true,"root":"{{root}}","size":{{size}}}""", lines[^1]);
        Assert.Equal(Encoding.UTF8.GetString((await log.ReadAsync(4, 1))[0].Bytes.Span), lines[5]);
    }

    [Fact]
    public async Task An_empty_log_has_a_backup_too()
    {
        await using var log = new InMemoryLog();
        Assert.Equal((0, MerkleTree.EmptyRoot), await LogBackup.WriteAsync(log, File, known: null));
        await using var backup = LogBackup.Open(File);
        Assert.Empty(await backup.ReadAsync(0, 10));
    }

    [Fact]
    public async Task It_never_overwrites_a_file_and_leaves_none_that_is_not_whole()
    {
        await using var log = await EntryChain.SampleLogAsync();
        await System.IO.File.WriteAllTextAsync(File, "mine");
        await Assert.ThrowsAsync<IOException>(() => LogBackup.WriteAsync(log, File, known: null));
        Assert.Equal("mine", await System.IO.File.ReadAllTextAsync(File));

        using var stopped = new CancellationTokenSource();
        var other = Path.Combine(folder, "other.jsonl");
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => LogBackup.WriteAsync(log, other, known: null, _ => stopped.Cancel(), stopped.Token));
        Assert.Equal([File], Directory.GetFiles(folder));
    }

    [Fact]
    public async Task A_log_that_contradicts_what_was_known_of_it_is_not_backed_up()
    {
        await using var log = await EntryChain.SampleLogAsync();
        var known = new KnownHead(1, [Hash.Of("another entry"u8)]);
        await Assert.ThrowsAsync<LogRolledBackException>(() => LogBackup.WriteAsync(log, File, known));
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Bytes_that_do_not_match_their_leaf_are_not_backed_up()
    {
        await using var log = new InMemoryLog();
        await log.AppendAsync(LogHead.Empty, [StoredEntry.Of([1]), StoredEntry.Of([2]), new StoredEntry(new byte[] { 3 }, Hash.Of("another"u8))]);
        var found = await Assert.ThrowsAsync<LogDamagedException>(() => LogBackup.WriteAsync(log, File, known: null));
        Assert.StartsWith("Entry 2:", found.Message, StringComparison.Ordinal);
        Assert.Empty(Directory.GetFiles(folder));
    }

    [Fact]
    public async Task Wherever_it_is_cut_off_it_is_not_opened()
    {
        await using var log = await EntryChain.SampleLogAsync();
        await LogBackup.WriteAsync(log, File, known: null);
        var whole = await System.IO.File.ReadAllBytesAsync(File);
        for (var length = 0; length < whole.Length; length += length > whole.Length - 200 ? 1 : 97)
        {
            await System.IO.File.WriteAllBytesAsync(File, whole[..length]);
            Assert.Throws<LogDamagedException>(() => LogBackup.Open(File));
        }
    }

    [Theory]
    [InlineData(0, "no backup")]
    [InlineData(4, "its last line says")]
    public async Task A_line_that_is_missing_is_named(int line, string named)
    {
        await using var log = await EntryChain.SampleLogAsync();
        await LogBackup.WriteAsync(log, File, known: null);
        var lines = (await System.IO.File.ReadAllLinesAsync(File)).ToList();
        lines.RemoveAt(line);
        await System.IO.File.WriteAllTextAsync(File, string.Join('\n', lines) + "\n");
        Assert.Contains(named, Assert.Throws<LogDamagedException>(() => LogBackup.Open(File)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_was_changed_in_it_is_found_by_the_verifier_that_every_log_has()
    {
        await using var log = await EntryChain.SampleLogAsync();
        await LogBackup.WriteAsync(log, File, known: null);
        var whole = await System.IO.File.ReadAllTextAsync(File);
        await System.IO.File.WriteAllTextAsync(File, whole.Replace("COL", "CUB", StringComparison.Ordinal));
        await using var backup = LogBackup.Open(File);
        var verdict = await new LogVerifier(backup, EntryCodec.Current, []).VerifyAsync(known: null, (backup.End.Root, backup.End.Size));
        Assert.False(verdict.Sound);
    }

    private static void AssertSame(IReadOnlyList<StoredEntry> expected, IReadOnlyList<StoredEntry> found) =>
        Assert.Equal(expected.Select(e => (e.Leaf, Convert.ToHexString(e.Bytes.Span))), found.Select(e => (e.Leaf, Convert.ToHexString(e.Bytes.Span))));
}

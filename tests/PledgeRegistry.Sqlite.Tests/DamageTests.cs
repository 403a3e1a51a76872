using System.Security.Cryptography;
using PledgeRegistry.Log;
using Xunit.Abstractions;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class DamageTests(ITestOutputHelper output) : IDisposable
{
    private const int PageSize = 8192;

    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Theory]
    [InlineData("DELETE FROM entries WHERE position = 0", "the entry at position 0 is missing, though there is one at 1")]
    [InlineData("DELETE FROM entries WHERE position = 30", "the entry at position 30 is missing, though there is one at 31")]
    [InlineData("DELETE FROM entries WHERE position = 38", "the entry at position 38 is missing, though there is one at 39")]
    [InlineData("DELETE FROM entries WHERE position BETWEEN 3 AND 38", "the entry at position 3 is missing, though there is one at 39")]
    [InlineData("UPDATE entries SET position = 1000 WHERE position = 39", "the entry at position 39 is missing, though there is one at 1000")]
    [InlineData("INSERT INTO entries VALUES (-7, zeroblob(32), x'01')", "there is an entry at position -7, before the first")]
    [InlineData("UPDATE entries SET leaf = x'0102' WHERE position = 17", "the leaf hash at position 17 has 2 bytes, not 32")]
    [InlineData("UPDATE entries SET bytes = x'' WHERE position = 17", "the entry at position 17 has no bytes")]
    public async Task A_list_that_is_none_is_named_and_not_read_as_the_end(string harm, string message)
    {
        await directory.WriteAsync(LogDirectory.Entries(40));
        RawFile.Harm(directory.Log, harm);
        foreach (var count in new[] { 1, 7, 1000 })
        {
            var error = await Assert.ThrowsAsync<LogDamagedException>(() => ReadInStepsAsync(count));
            Assert.Contains(message, error.Message, StringComparison.Ordinal);
            Assert.Contains(directory.Log, error.Message, StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task What_lies_beyond_a_gap_can_still_be_read()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(40));
        RawFile.Harm(directory.Log, "DELETE FROM entries WHERE position = 30");
        await using var log = SqliteLog.OpenForReading(directory.Log);
        LogDirectory.AssertSame(entries[..30], await log.ReadAsync(0, 30));
        LogDirectory.AssertSame(entries[31..], await log.ReadAsync(31, 100));
        await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(30, 1));
    }

    [Fact]
    public async Task An_append_that_expects_an_entry_that_is_missing_is_damage_and_not_another_history()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(40));
        RawFile.Harm(directory.Log, "DELETE FROM entries WHERE position = 30");
        await using var log = SqliteLog.OpenForWriting(directory.Log);
        await Assert.ThrowsAsync<LogDamagedException>(() => log.AppendAsync(new LogHead(31, entries[30].Leaf), LogDirectory.Entries(1)));
    }

    [Theory]
    [InlineData("DROP TABLE entries", "has lost its table")]
    [InlineData("ALTER TABLE entries RENAME COLUMN leaf TO lead", "no such column: leaf")]
    [InlineData("ALTER TABLE entries RENAME COLUMN position TO posision", "no such column: position")]
    public async Task A_log_without_its_table_or_a_column_is_named(string harm, string message)
    {
        await directory.WriteAsync(LogDirectory.Entries(3));
        RawFile.Execute(directory.Log, harm);
        Assert.Contains(message, Assert.Throws<LogDamagedException>(() => SqliteLog.OpenForReading(directory.Log)).Message, StringComparison.Ordinal);
        Assert.Contains(message, Assert.Throws<LogDamagedException>(() => SqliteLog.OpenForWriting(directory.Log)).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_header_that_forbids_writing_is_named_to_the_writer()
    {
        const int writeVersion = 18;
        await directory.WriteAsync(LogDirectory.Entries(3));
        var bytes = await File.ReadAllBytesAsync(directory.Log);
        bytes[writeVersion] = 3;
        await File.WriteAllBytesAsync(directory.Log, bytes);
        var error = Assert.Throws<IOException>(() => SqliteLog.OpenForWriting(directory.Log));
        Assert.Contains($"{directory.Log} can't be written: the file is read-only, or its header is damaged", error.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_cut_off_anywhere_is_named_or_fails_the_check_of_a_leaf()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(300));
        var whole = await File.ReadAllBytesAsync(directory.Log);
        var random = new Random(1);
        int[] lengths = [0, 1, 2, 15, 99, 100, 511, 512, 8191, 8192, 8193, whole.Length - PageSize, whole.Length - 1,
            .. Enumerable.Range(0, 30).Select(_ => random.Next(whole.Length)), .. Enumerable.Range(0, 10).Select(_ => whole.Length - random.Next(1, PageSize))];
        var found = new Dictionary<Finding, int>();
        foreach (var length in lengths)
        {
            var finding = await FindAsync(whole[..length], entries, $"cut to {length} of {whole.Length} bytes");
            // SQLite reads the missing rest of the last page as zeros.
            Assert.True(finding == Finding.Named || length > whole.Length - PageSize, $"Cut to {length} of {whole.Length} bytes: {finding}");
            found[finding] = found.GetValueOrDefault(finding) + 1;
        }
        output.WriteLine($"{lengths.Length} cuts: {string.Join(", ", found)}");
        Assert.DoesNotContain(Finding.Shorter, found.Keys);
    }

    [Fact]
    public async Task A_flipped_bit_is_named_or_fails_the_check_of_a_leaf_or_has_changed_no_entry()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(100));
        var whole = await File.ReadAllBytesAsync(directory.Log);
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        // Much hangs on the first two pages: the file's header and, at the end of the first, the schema; the tree's root.
        var places = Enumerable.Range(0, 150).Concat(Enumerable.Range(PageSize, 100))
            .Concat(Enumerable.Range(0, 300).Select(_ => random.Next(PageSize - 1500, PageSize))).Concat(Enumerable.Range(0, 300).Select(_ => random.Next(whole.Length)));
        var found = new Dictionary<Finding, int>();
        foreach (var place in places)
        {
            var bytes = (byte[])whole.Clone();
            bytes[place] ^= (byte)(1 << random.Next(8));
            var finding = await FindAsync(bytes, entries, $"byte {place} is {bytes[place]} instead of {whole[place]}");
            found[finding] = found.GetValueOrDefault(finding) + 1;
        }
        output.WriteLine(string.Join(", ", found));
        Assert.True(found[Finding.Named] >= 40 && found[Finding.ByLeaf] >= 40);
    }

    [Fact]
    public async Task A_write_ahead_file_that_was_torn_or_harmed_leaves_whole_batches_and_the_log_goes_on()
    {
        const int batch = 4;
        var entries = LogDirectory.Entries(100);
        await LeaveInWriteAheadFileAsync(entries, batch);
        var (main, wal) = (await File.ReadAllBytesAsync(directory.Log), await File.ReadAllBytesAsync(directory.Wal));
        var random = new Random(1);
        var lengths = new HashSet<int>();
        for (var i = 0; i < 60; i++)
        {
            var torn = (byte[])wal.Clone();
            var place = random.Next(wal.Length);
            torn[place] ^= 0x10;
            RemoveAll();
            await File.WriteAllBytesAsync(directory.Log, main);
            await File.WriteAllBytesAsync(directory.Wal, i % 2 == 0 ? torn : wal[..place]);
            await using var log = SqliteLog.OpenForWriting(directory.Log);
            var read = await LogDirectory.ReadAllAsync(log);
            LogDirectory.AssertSame(entries[..read.Count], read);
            Assert.Equal(0, read.Count % batch);
            lengths.Add(read.Count);
            await LogDirectory.AppendAsync(log, read.Count == 0 ? LogHead.Empty : new LogHead(read.Count, read[^1].Leaf), LogDirectory.Entries(5, seed: 2));
        }
        output.WriteLine($"{lengths.Count} lengths, {lengths.Min()} to {lengths.Max()}");
        Assert.True(lengths.Count >= 10, "The tears were all in the same place.");
    }

    private async Task LeaveInWriteAheadFileAsync(StoredEntry[] entries, int batch)
    {
        // A log that is closed in doubt leaves its write-ahead file as it is.
        var faults = new Faults();
        var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, entries[..^batch], batch);
        faults.AfterCommit = _ => throw new TimeoutException();
        await Assert.ThrowsAsync<TimeoutException>(() => log.AppendAsync(head, entries[^batch..]));
        await log.DisposeAsync();
    }

    // A log that has lost its last entries and is in order otherwise is for a signed checkpoint to find, not for the engine.
    private enum Finding { Named, ByLeaf, Unchanged, Shorter }

    private async Task<Finding> FindAsync(byte[] file, StoredEntry[] entries, string harm)
    {
        RemoveAll();
        await File.WriteAllBytesAsync(directory.Log, file);
        List<StoredEntry> read;
        try
        {
            read = await ReadInStepsAsync(1000);
        }
        catch (Exception e)
        {
            Assert.True(e is LogDamagedException or LogFormatException, $"{harm}: {e}");
            return Finding.Named;
        }
        var changed = read.Where((e, i) => i >= entries.Length || !LogDirectory.Same(e, entries[i])).ToList();
        Assert.All(changed, e => Assert.NotEqual(Convert.ToHexStringLower(SHA256.HashData([0, .. e.Bytes.Span])), e.Leaf.ToString()));
        return changed.Count > 0 ? Finding.ByLeaf : read.Count < entries.Length ? Finding.Shorter : Finding.Unchanged;
    }

    private async Task<List<StoredEntry>> ReadInStepsAsync(int count)
    {
        await using var log = SqliteLog.OpenForReading(directory.Log);
        var all = new List<StoredEntry>();
        while (await log.ReadAsync(all.Count, count) is { Count: > 0 } read)
        {
            all.AddRange(read);
        }
        return all;
    }

    private void RemoveAll()
    {
        foreach (var name in directory.Names.ToList())
        {
            File.Delete(directory.At(name));
        }
    }
}

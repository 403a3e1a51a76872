using System.Security.Cryptography;
using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class ReaderTests : IDisposable
{
    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public void A_missing_log_is_an_error_that_says_how_to_mend_it()
    {
        var error = Assert.Throws<FileNotFoundException>(() => SqliteLog.OpenForReading(directory.Log));
        Assert.Contains($"There is no log at {directory.Log}. Give the path of an existing one", error.Message, StringComparison.Ordinal);
        Assert.Empty(directory.Names);
    }

    [Fact]
    public async Task A_reader_takes_no_appends()
    {
        var entries = await directory.WriteAsync(LogDirectory.Entries(3));
        await using var reader = SqliteLog.OpenForReading(directory.Log);
        await Assert.ThrowsAsync<InvalidOperationException>(() => reader.AppendAsync(new LogHead(3, entries[2].Leaf), entries));
        LogDirectory.AssertSame(entries, await directory.ReadAllAsync());
    }

    [Fact]
    public async Task A_reader_can_change_nothing_by_its_connection()
    {
        await directory.WriteAsync(LogDirectory.Entries(3));
        using var connection = LogFile.Open(directory.Log, SqliteOpenMode.ReadOnly);
        Assert.Equal(8, Assert.Throws<SqliteException>(() => LogFile.Execute(connection, "INSERT INTO entries VALUES (3, x'00', x'00')")).SqliteErrorCode);
    }

    [Fact]
    public async Task A_reader_works_while_the_log_is_written_and_neither_copies_nor_empties_the_write_ahead_file()
    {
        await using var writer = SqliteLog.OpenForWriting(directory.Log);
        var entries = LogDirectory.Entries(200);
        var head = await LogDirectory.AppendAsync(writer, LogHead.Empty, entries[..150]);
        var before = Fingerprint(directory.Wal);
        var main = new FileInfo(directory.Log).Length;
        LogDirectory.AssertSame(entries[..150], await directory.ReadAllAsync());
        Assert.Equal(before, Fingerprint(directory.Wal));
        Assert.Equal(main, new FileInfo(directory.Log).Length);
        await LogDirectory.AppendAsync(writer, head, entries[150..]);
        Assert.True(new FileInfo(directory.Wal).Length > before.Length);
        LogDirectory.AssertSame(entries, await directory.ReadAllAsync());
    }

    [Fact]
    public async Task A_reader_reads_what_a_killed_writer_left_in_the_write_ahead_file_and_leaves_it_there()
    {
        using (var child = new ChildProcess("append", directory.Log, "1"))
        {
            for (var line = 0; line < 20; line++)
            {
                Assert.NotNull(await child.ReadLineAsync());
            }
            await child.KillAsync();
        }
        var (wal, main) = (Fingerprint(directory.Wal), Fingerprint(directory.Log));
        Assert.True(wal.Length > 0);
        var read = await directory.ReadAllAsync();
        Assert.True(read.Count >= 19);
        Assert.Equal(wal, Fingerprint(directory.Wal));
        Assert.Equal(main, Fingerprint(directory.Log));
        Assert.Equal(read.Count, RawFile.Check(directory.Log).Count);
    }

    [Fact]
    public async Task A_reader_stays_open_while_writers_come_and_go()
    {
        var entries = LogDirectory.Entries(60);
        await directory.WriteAsync(entries[..20]);
        await using var reader = SqliteLog.OpenForReading(directory.Log);
        var head = new LogHead(20, entries[19].Leaf);
        for (var round = 1; round < 3; round++)
        {
            LogDirectory.AssertSame(entries[..(20 * round)], await LogDirectory.ReadAllAsync(reader));
            await using var writer = SqliteLog.OpenForWriting(directory.Log);
            head = await LogDirectory.AppendAsync(writer, head, entries[(20 * round)..(20 * round + 20)]);
            LogDirectory.AssertSame(entries[..(20 * round + 20)], await LogDirectory.ReadAllAsync(reader));
        }
        LogDirectory.AssertSame(entries, await LogDirectory.ReadAllAsync(reader));
    }

    [Fact]
    public async Task Many_may_read_at_once_while_the_log_is_written()
    {
        await using var writer = SqliteLog.OpenForWriting(directory.Log);
        var entries = LogDirectory.Entries(600);
        var head = await LogDirectory.AppendAsync(writer, LogHead.Empty, entries[..300]);
        var reading = Enumerable.Range(0, 16).Select(_ => Task.Run(async () => (await LogDirectory.ReadAllAsync(writer)).Count)).ToList();
        await LogDirectory.AppendAsync(writer, head, entries[300..], batch: 3);
        Assert.All(await Task.WhenAll(reading), count => Assert.InRange(count, 300, 600));
    }

    [Fact]
    public async Task A_closed_log_answers_nothing()
    {
        var log = SqliteLog.OpenForWriting(directory.Log);
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.ReadAsync(0, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.WaitAsync(0));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => log.AppendAsync(LogHead.Empty, LogDirectory.Entries(1)));
        var reader = SqliteLog.OpenForReading(directory.Log);
        await reader.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.ReadAsync(0, 1));
        await Assert.ThrowsAsync<ObjectDisposedException>(() => reader.WaitAsync(0));
    }

    [Fact]
    public async Task Who_waits_when_the_log_is_closed_is_told()
    {
        var log = SqliteLog.OpenForWriting(directory.Log);
        var waiting = log.WaitAsync(0);
        await log.DisposeAsync();
        await Assert.ThrowsAsync<ObjectDisposedException>(() => waiting);
    }

    // Of the files beside and under SQLite's own locks: only while this process has no connection to the main file.
    private static (long Length, string Hash) Fingerprint(string path)
    {
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
        return (file.Length, Convert.ToHexString(SHA256.HashData(file)));
    }
}

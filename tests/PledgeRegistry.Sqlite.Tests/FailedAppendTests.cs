using Microsoft.Data.Sqlite;
using PledgeRegistry.Log;
using Xunit.Abstractions;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class FailedAppendTests(ITestOutputHelper output) : IDisposable
{
    private static readonly StoredEntry[] Before = LogDirectory.Entries(40, seed: 1);
    private static readonly StoredEntry[] Lost = LogDirectory.Entries(3, seed: 2);
    private static readonly StoredEntry[] After = LogDirectory.Entries(2, seed: 3);

    private readonly LogDirectory directory = new();
    private readonly Faults faults = new();
    private int fired;

    public void Dispose()
    {
        output.WriteLine($"{fired} faults fired");
        directory.Dispose();
    }

    private sealed class InjectedException : Exception;

    [Fact]
    public async Task An_append_that_failed_before_its_commit_is_not_in_the_log_and_the_log_goes_on()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        FailOnce(beforeCommit: true);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
        Assert.Equal(1, fired);
        LogDirectory.AssertSame(Before, await LogDirectory.ReadAllAsync(log));
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, After));
        LogDirectory.AssertSame([.. Before, .. After], await LogDirectory.ReadAllAsync(log));
    }

    [Fact]
    public async Task An_append_that_failed_after_its_commit_is_in_the_log_and_the_log_goes_on()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        FailOnce(beforeCommit: false);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
        Assert.Equal(1, fired);
        LogDirectory.AssertSame([.. Before, .. Lost], await LogDirectory.ReadAllAsync(log));
        Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(head, After));
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(new LogHead(head.Size + Lost.Length, Lost[^1].Leaf), After));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task The_first_read_after_a_failed_append_has_moved_everything_into_the_main_file(bool beforeCommit)
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        FailOnce(beforeCommit);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
        Assert.Equal(1, fired);
        Assert.True(new FileInfo(directory.Wal).Length > 0);
        await log.ReadAsync(0, 1);
        Assert.Equal(0, new FileInfo(directory.Wal).Length);
    }

    [Fact]
    public async Task An_append_right_after_a_failed_one_has_moved_everything_into_the_main_file_too()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        FailOnce(beforeCommit: false);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
        Assert.Equal(1, fired);
        Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(head, After));
        Assert.Equal(0, new FileInfo(directory.Wal).Length);
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task Nothing_is_answered_until_the_checkpoint_has_been_made(bool beforeCommit)
    {
        faults.BusyTimeoutMilliseconds = 20;
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        using (var other = RawFile.Open(directory.Log, SqliteOpenMode.ReadOnly))
        {
            RawFile.Scalar(other, "BEGIN");
            Assert.Equal((long)Before.Length, RawFile.Scalar(other, "SELECT count(*) FROM entries"));
            FailOnce(beforeCommit);
            await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
            Assert.Equal(1, fired);
            for (var attempt = 0; attempt < 2; attempt++)
            {
                var error = await Assert.ThrowsAsync<IOException>(() => log.ReadAsync(0, 1));
                Assert.Contains("in the middle of a read", error.Message, StringComparison.Ordinal);
                await Assert.ThrowsAsync<IOException>(() => log.AppendAsync(head, After));
            }
        }
        LogDirectory.AssertSame(beforeCommit ? Before : [.. Before, .. Lost], await LogDirectory.ReadAllAsync(log));
    }

    [Fact]
    public async Task A_full_store_is_an_error_that_leaves_the_log_as_it_was()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before[..^1]);
        faults.AfterCommit = connection => RawFile.Scalar(connection, $"PRAGMA max_page_count = {RawFile.Scalar(connection, "PRAGMA page_count")}");
        head = await LogDirectory.AppendAsync(log, head, Before[^1..]);
        faults.AfterCommit = null;
        var large = Enumerable.Range(0, 4).Select(_ => StoredEntry.Of(new byte[60_000])).ToArray();
        var error = await Assert.ThrowsAsync<SqliteException>(() => log.AppendAsync(head, large));
        Assert.Equal(13, error.SqliteErrorCode);
        fired++;
        LogDirectory.AssertSame(Before, await LogDirectory.ReadAllAsync(log));
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, large));
        LogDirectory.AssertSame([.. Before, .. large], await LogDirectory.ReadAllAsync(log));
    }

    [Fact]
    public async Task Who_waits_learns_of_a_failed_append_too()
    {
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var waiting = log.WaitAsync(0);
        FailOnce(beforeCommit: false);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(LogHead.Empty, Lost));
        Assert.Equal(1, fired);
        await waiting.WaitAsync(TimeSpan.FromSeconds(60));
        await log.WaitAsync(1000).WaitAsync(TimeSpan.FromSeconds(60));
        LogDirectory.AssertSame(Lost, await LogDirectory.ReadAllAsync(log));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_log_that_is_closed_in_doubt_is_settled_by_the_next_that_opens_it(bool beforeCommit)
    {
        var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var head = await LogDirectory.AppendAsync(log, LogHead.Empty, Before);
        FailOnce(beforeCommit);
        await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, Lost));
        await log.DisposeAsync();
        Assert.Equal(1, fired);
        Assert.True(new FileInfo(directory.Wal).Length > 0);
        await using var next = SqliteLog.OpenForWriting(directory.Log);
        Assert.Equal(0, new FileInfo(directory.Wal).Length);
        LogDirectory.AssertSame(beforeCommit ? Before : [.. Before, .. Lost], await LogDirectory.ReadAllAsync(next));
    }

    [Fact]
    public async Task Appends_that_fail_at_random_between_others_leave_a_log_of_what_was_found_in_it()
    {
        var random = new Random(1);
        await using var log = SqliteLog.OpenForWriting(directory.Log, faults);
        var (head, expected) = (LogHead.Empty, new List<StoredEntry>());
        for (var i = 0; i < 200; i++)
        {
            var batch = LogDirectory.Entries(random.Next(1, 5), seed: 100 + i);
            var fault = random.Next(4);
            if (fault < 2)
            {
                FailOnce(beforeCommit: fault == 0);
                await Assert.ThrowsAsync<InjectedException>(() => log.AppendAsync(head, batch));
                var found = await log.ReadAsync(head.Size, 100);
                LogDirectory.AssertSame(fault == 0 ? [] : batch, found);
                batch = [.. found];
            }
            else
            {
                Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, batch));
            }
            expected.AddRange(batch);
            head = batch.Length == 0 ? head : new LogHead(expected.Count, batch[^1].Leaf);
        }
        Assert.InRange(fired, 50, 150);
        LogDirectory.AssertSame(expected, await LogDirectory.ReadAllAsync(log));
    }

    private void FailOnce(bool beforeCommit)
    {
        void Fail(SqliteConnection connection)
        {
            (faults.BeforeCommit, faults.AfterCommit) = (null, null);
            fired++;
            throw new InjectedException();
        }
        (faults.BeforeCommit, faults.AfterCommit) = (beforeCommit ? Fail : null, beforeCommit ? null : Fail);
    }
}

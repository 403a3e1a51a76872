using System.Globalization;
using Npgsql;
using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class LostAppendTests(Cluster cluster) : ServerTest(cluster)
{
    private static readonly StoredEntry[] Before = Entries(40, seed: 1);
    private static readonly StoredEntry[] Lost = Entries(3, seed: 2);
    private static readonly StoredEntry[] Later = Entries(2, seed: 3);

    [Fact]
    public async Task An_append_whose_connection_was_terminated_before_its_commit_is_not_in_the_log_and_the_log_goes_on()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        await using (var other = await ConnectAsync())
        {
            await using var transaction = await InsertUncommittedAsync(other, head);
            var append = log.AppendAsync(head, Lost);
            await TerminateAsync(await WaitingSessionAsync("transactionid"));
            Assert.Equal(PostgresErrorCodes.AdminShutdown, (await Assert.ThrowsAnyAsync<NpgsqlException>(() => append)).SqlState);
        }
        await AssertHoldsAsync(log, Before);
        head = await AppendedAsync(log, head, Later);
        await AssertHoldsAsync(log, [.. Before, .. Later]);
    }

    [Fact]
    public async Task An_append_whose_connection_was_terminated_after_its_commit_is_in_the_log_once_a_further_commit_is_durable()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        // A standby that isn't there: committed here, and not acknowledged before it is there, too.
        Task<IReadOnlyList<StoredEntry>>? read = null;
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", async () =>
        {
            var append = log.AppendAsync(head, Lost);
            await TerminateAsync(await WaitingSessionAsync("SyncRep"));
            await Assert.ThrowsAnyAsync<Exception>(() => append);
            Assert.Equal(Before.Length + Lost.Length, (await StoredAsync()).Count);
            read = log.ReadAsync(head.Size, 10);
            await WaitingSessionAsync("SyncRep");
            Assert.False(read.IsCompleted, "What no standby has was answered.");
        });
        Assert.Equal(Lost.Select(Digest), (await read!.WaitAsync(Patience)).Select(Digest));
        Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(head, Later));
        await AppendedAsync(log, After(head, Lost), Later);
    }

    [Fact]
    public async Task An_append_whose_wait_for_a_standby_was_cancelled_is_not_acknowledged_though_the_server_reports_it_as_done()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        await Cluster.WithSettingAsync("synchronous_standby_names", "absent", async () =>
        {
            var append = log.AppendAsync(head, Lost);
            await SignalAsync("pg_cancel_backend", await WaitingSessionAsync("SyncRep"));
            var error = await Assert.ThrowsAsync<IOException>(() => append);
            Assert.Contains("warning", error.Message, StringComparison.Ordinal);
        });
        await AssertHoldsAsync(log, [.. Before, .. Lost]);
    }

    [Fact]
    public async Task The_first_read_after_a_lost_append_has_written_a_further_commit()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        await using (var other = await ConnectAsync())
        {
            await using var transaction = await InsertUncommittedAsync(other, head);
            var append = log.AppendAsync(head, Lost);
            await TerminateAsync(await WaitingSessionAsync("transactionid"));
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
        }
        var place = (string)(await Cluster.SqlAsync(Database, "select pg_current_wal_lsn()::text"))!;
        await log.ReadAsync(0, 1);
        var flushed = (string)(await Cluster.SqlAsync(Database, "select pg_current_wal_flush_lsn()::text"))!;
        var written = await Cluster.WrittenAsync(place, flushed);
        Assert.Contains("prefix \"pledge_registry\"", written, StringComparison.Ordinal);
        Assert.Contains("COMMIT", written[written.IndexOf("prefix \"pledge_registry\"", StringComparison.Ordinal)..], StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_append_that_still_runs_at_the_server_after_its_connection_was_lost_is_ended_before_anything_is_answered()
    {
        await using var relay = new Relay(Cluster.Socket);
        await using var log = await PostgresLog.OpenForWritingAsync(Running + $";Host={relay.Folder}");
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        await using (var other = await ConnectAsync())
        {
            await using var transaction = await InsertUncommittedAsync(other, head);
            var append = log.AppendAsync(head, Lost);
            var session = await WaitingSessionAsync("transactionid");
            relay.Lose();
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
            Assert.Equal(session, await WaitingSessionAsync("transactionid"));
            Assert.Equal(Before.Length, (await log.ReadAsync(0, 1000)).Count);
            Assert.Equal(0L, await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select count(*) from pg_stat_activity where pid = {session}")));
        }
        // What it waited for is gone: were it still there, it would be in the log now.
        await AssertHoldsAsync(log, Before);
        await AppendedAsync(log, head, Later);
    }

    [Fact]
    public async Task A_cancelled_append_is_not_in_the_log_and_the_log_goes_on()
    {
        await using var log = await OpenAsync();
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        using var cancel = new CancellationTokenSource();
        await using (var other = await ConnectAsync())
        {
            await using var transaction = await InsertUncommittedAsync(other, head);
            var append = log.AppendAsync(head, Lost, cancel.Token);
            await WaitingSessionAsync("transactionid");
            await cancel.CancelAsync();
            await Assert.ThrowsAnyAsync<OperationCanceledException>(() => append);
        }
        await AssertHoldsAsync(log, Before);
        await AppendedAsync(log, head, Later);
    }

    [Fact]
    public async Task While_the_server_is_away_nothing_is_answered_and_a_wait_waits_for_it()
    {
        await using var log = await OpenAsync();
        await using var reader = await PostgresLog.OpenForReadingAsync(Running);
        var head = await AppendedAsync(log, LogHead.Empty, Before);
        var waiting = reader.WaitAsync(head.Size);
        await using (var other = await ConnectAsync())
        {
            await using var transaction = await InsertUncommittedAsync(other, head);
            var append = log.AppendAsync(head, Lost);
            await WaitingSessionAsync("transactionid");
            await Cluster.StopAsync("immediate");
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => append);
        }
        for (var attempt = 0; attempt < 2; attempt++)
        {
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => log.ReadAsync(0, 1));
            await Assert.ThrowsAnyAsync<NpgsqlException>(() => log.AppendAsync(head, Later));
        }
        Assert.False(waiting.IsCompleted);
        await Cluster.StartAsync();
        await AssertHoldsAsync(log, Before);
        await AppendedAsync(log, head, Later);
        await waiting.WaitAsync(Patience);
        await AssertHoldsAsync(reader, [.. Before, .. Later]);
    }

    [Theory]
    [InlineData("fast")]
    [InlineData("immediate")]
    public async Task What_was_acknowledged_is_in_the_log_after_the_server_was_restarted_amidst_appends(string mode)
    {
        const int Restarts = 3;
        await using var log = await OpenAsync();
        using var finished = new CancellationTokenSource();
        var (acknowledged, failed) = (new Dictionary<long, string>(), 0);
        var appending = Task.Run(async () =>
        {
            var (head, seed) = (LogHead.Empty, 0);
            while (!finished.IsCancellationRequested)
            {
                try
                {
                    head = await CatchUpAsync(log, head);
                    var batch = Entries(5, ++seed);
                    Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, batch));
                    for (var i = 0; i < batch.Length; i++)
                    {
                        Assert.True(acknowledged.TryAdd(head.Size + i, Digest(batch[i])));
                    }
                    head = After(head, batch);
                }
                catch (NpgsqlException)
                {
                    failed++;
                    await Task.Delay(10);
                }
            }
        });
        for (var restart = 0; restart < Restarts; restart++)
        {
            var (before, failures) = (acknowledged.Count, Volatile.Read(ref failed));
            await Cluster.UntilAsync(() => Task.FromResult(acknowledged.Count > before + 50 || appending.IsCompleted));
            await Cluster.RestartAsync(mode);
            await Cluster.UntilAsync(() => Task.FromResult(Volatile.Read(ref failed) > failures || appending.IsCompleted));
        }
        await finished.CancelAsync();
        await appending.WaitAsync(Patience);
        var stored = await StoredAsync();
        Assert.All(acknowledged, a => Assert.Equal(a.Value, stored.ElementAtOrDefault((int)a.Key)));
    }

    // Another writer that was first, and hasn't committed: an append waits for it.
    private static async Task<NpgsqlTransaction> InsertUncommittedAsync(NpgsqlConnection connection, LogHead head)
    {
        var transaction = await connection.BeginTransactionAsync();
        await Cluster.SqlAsync(connection, string.Create(CultureInfo.InvariantCulture,
            $"insert into pledge_registry.entries values ({head.Size}, sha256('\\x0061'), '\\x61')"));
        return transaction;
    }

    private Task TerminateAsync(int session) => SignalAsync("pg_terminate_backend", session);

    private async Task SignalAsync(string function, int session) =>
        Assert.Equal(true, await Cluster.SqlAsync(Database, string.Create(CultureInfo.InvariantCulture, $"select {function}({session})")));
}

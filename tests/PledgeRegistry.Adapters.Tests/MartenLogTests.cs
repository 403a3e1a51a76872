using System.Text;
using Marten;
using PledgeRegistry.Log;
using PledgeRegistry.Marten;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>What the adapter does when something is wrong, over a model of the database.</summary>
public sealed class MartenLogTests
{
    private readonly string connectionString = $"Host={Guid.NewGuid():N}";

    private MartenServer Server => MartenServer.At(connectionString, MartenLog.DefaultSchema);

    private static StoredEntry[] Entries(params string[] names) => [.. names.Select(n => StoredEntry.Of(Encoding.UTF8.GetBytes($$"""{"name":"{{n}}"}""")))];

    [Theory]
    [InlineData(SaveFault.LostBefore, 0)]
    [InlineData(SaveFault.LostAfter, 2)]
    public async Task After_a_lost_answer_something_further_is_committed_before_anything_is_read(SaveFault fault, int written)
    {
        await using var log = await MartenLog.OpenForWritingAsync(connectionString);
        var before = Server.Settled;
        Server.Fail(fault);
        await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(LogHead.Empty, Entries("a", "b")));
        Assert.Equal(written, (await log.ReadAsync(0, 10)).Count);
        Assert.Equal(before + 1, Server.Settled);
        await log.ReadAsync(0, 10);
        Assert.Equal(before + 1, Server.Settled);
    }

    [Fact]
    public async Task What_no_standby_has_is_neither_acknowledged_nor_read_though_the_save_was_reported_as_done()
    {
        await using var log = await MartenLog.OpenForWritingAsync(connectionString);
        Server.IsStandbyAway = true;
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync(LogHead.Empty, Entries("a", "b")));
        await Assert.ThrowsAsync<IOException>(() => log.ReadAsync(0, 10));
        Server.IsStandbyAway = false;
        Assert.Equal(2, (await log.ReadAsync(0, 10)).Count);
    }

    [Theory]
    [InlineData(60, "behind that of the log's database by 60 minutes")]
    [InlineData(-60, "ahead of that of the log's database by 60 minutes")]
    [InlineData(4, null)]
    public async Task A_node_s_clock_is_compared_with_the_server_s_also_through_what_wraps_the_log(int minutes, string? message)
    {
        await using var log = await MartenLog.OpenForWritingAsync(connectionString);
        var clock = new ManualTimeProvider();
        Server.Time = clock.GetUtcNow().AddMinutes(minutes);
        foreach (var seen in new IEventLog[] { log, new RedactingLog(log, new InMemoryLog()), new FaultyLog(log) })
        {
            var registry = await Registry.OpenAsync(seen, EntryCodec.Current, []);
            await using var follower = await Follower.StartAsync(registry, clock);
            Assert.Equal(message is null ? null : HindranceKind.Clock, follower.Hindrance?.Kind);
            Assert.Contains(message ?? "", follower.Hindrance?.Reason ?? "", StringComparison.Ordinal);
        }
    }

    [Fact]
    public async Task Any_number_may_open_it_at_once_where_there_are_no_tables_yet()
    {
        var opened = await Task.WhenAll(Enumerable.Range(0, 8).Select(i => i % 2 == 0 ? MartenLog.OpenForWritingAsync(connectionString) : MartenLog.OpenForReadingAsync(connectionString)));
        foreach (var log in opened)
        {
            Assert.Empty(await log.ReadAsync(0, 1));
            await log.DisposeAsync();
        }
    }

    [Fact]
    public void That_somebody_else_was_first_is_known_by_the_names_of_exceptions_wherever_a_version_declares_them()
    {
        Assert.True(MartenLog.IsConflict(new JasperFx.Events.EventStreamUnexpectedMaxEventIdException("s", 1, 2)));
        Assert.True(MartenLog.IsConflict(new AggregateException(new Moved.ExistingStreamIdCollisionException())));
        Assert.True(MartenLog.IsConflict(new InvalidOperationException("wrapped", new Moved.Special())));
        Assert.False(MartenLog.IsConflict(new InvalidOperationException("EventStreamUnexpectedMaxEventIdException")));
    }

    private static class Moved
    {
        public sealed class ExistingStreamIdCollisionException : Exception;

        public class EventStreamUnexpectedMaxEventIdException : Exception;

        public sealed class Special : EventStreamUnexpectedMaxEventIdException;
    }

    [Fact]
    public async Task What_was_sent_twice_is_unknown_and_not_stale()
    {
        await using var log = await MartenLog.OpenForWritingAsync(connectionString);
        var entries = Entries("a", "b");
        await log.AppendAsync(LogHead.Empty, entries);
        await Assert.ThrowsAsync<IOException>(() => log.AppendAsync(LogHead.Empty, entries));
        Assert.Equal(2, (await log.ReadAsync(0, 10)).Count);
    }

    [Fact]
    public async Task An_archived_stream_is_refused_and_never_an_empty_log()
    {
        var log = await MartenLog.OpenForWritingAsync(connectionString);
        await using (log)
        {
            await log.AppendAsync(LogHead.Empty, Entries("a"));
            Server.Archive(MartenLog.Stream);
            await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(0, 10));
        }
        var refused = await Assert.ThrowsAsync<LogRefusedException>(() => MartenLog.OpenForWritingAsync(connectionString));
        Assert.Contains("archived", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData(0)]
    [InlineData(1)]
    [InlineData(2)]
    public async Task A_missing_version_is_damage_and_never_the_end(int missing)
    {
        await using var log = await MartenLog.OpenForWritingAsync(connectionString);
        await log.AppendAsync(LogHead.Empty, Entries("a", "b", "c"));
        Server.Remove(MartenLog.Stream, missing);
        await Assert.ThrowsAsync<LogDamagedException>(async () =>
        {
            var read = await log.ReadAsync(0, 10);
            await log.ReadAsync(read.Count, 10);
        });
    }
}

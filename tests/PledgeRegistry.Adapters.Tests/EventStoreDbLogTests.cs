using System.Text;
using EventStore.Client;
using PledgeRegistry.Engines;
using PledgeRegistry.EventStoreDb;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>What the adapter does when something is wrong, over a model of the server.</summary>
public sealed class EventStoreDbLogTests
{
    private const string Stream = EventStoreDbLog.DefaultStream;

    private static readonly TimeSpan Soon = TimeSpan.FromSeconds(60);

    private readonly string address = $"esdb://{Guid.NewGuid():N}:2113?tls=false";

    private EventStoreServer Server => EventStoreServer.At(address);

    private Task<EventStoreDbLog> OpenAsync() => EventStoreDbLog.OpenForWritingAsync(address);

    private static StoredEntry[] Entries(params string[] names) => [.. names.Select(n => StoredEntry.Of(Encoding.UTF8.GetBytes($$"""{"name":"{{n}}"}""")))];

    [Theory]
    [InlineData(ServerFault.LostBefore, 0)]
    [InlineData(ServerFault.NotLeader, 0)]
    [InlineData(ServerFault.NotReady, 0)]
    [InlineData(ServerFault.LostAfter, 2)]
    public async Task After_a_lost_answer_nothing_is_read_before_something_further_is_committed(ServerFault fault, int written)
    {
        await using var log = await OpenAsync();
        Server.Fail(fault);
        await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(LogHead.Empty, Entries("a", "b")));
        // Nor when that fails.
        Server.Fail(ServerFault.NotLeader);
        await Assert.ThrowsAsync<NotLeaderException>(() => log.ReadAsync(0, 10));
        Assert.Empty(Server.Events($"{Stream}-settled"));
        Assert.Equal(written, (await log.ReadAsync(0, 10)).Count);
        Assert.Single(Server.Events($"{Stream}-settled"));
        await log.ReadAsync(0, 10);
        Assert.Single(Server.Events($"{Stream}-settled"));
    }

    [Fact]
    public async Task A_wait_ends_when_an_append_was_lost()
    {
        await using var log = await OpenAsync();
        Server.Fail(ServerFault.LostBefore);
        await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(LogHead.Empty, Entries("a")));
        await log.WaitAsync(5).WaitAsync(TimeSpan.FromSeconds(30));
    }

    [Fact]
    public async Task A_read_that_is_cancelled_says_so_whatever_the_client_calls_it()
    {
        await using var log = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var reading = log.ReadAsync(0, 10, cancel.Token);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => reading);
    }

    [Fact]
    public async Task A_wait_that_is_cancelled_while_it_asks_says_so_whatever_the_client_calls_it()
    {
        await using var log = await OpenAsync();
        using var cancel = new CancellationTokenSource();
        var asks = Server.StallReads();
        var waiting = log.WaitAsync(5, cancel.Token);
        await asks.WaitAsync(Soon);
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Soon));
    }

    [Fact]
    public async Task A_read_that_gets_nothing_ends_and_holds_up_no_append_for_good()
    {
        await using var log = await EventStoreDbLog.OpenAsync(address, writes: true, Patience.Usual with { Read = TimeSpan.FromSeconds(1) }, CancellationToken.None);
        var entries = Entries("a", "b");
        await log.AppendAsync(LogHead.Empty, entries[..1]);
        _ = Server.StallReads();
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.ReadAsync(0, 1000).WaitAsync(Soon));
        // Another head than the last known is looked at first.
        await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(new LogHead(1, entries[1].Leaf), Entries("c")).WaitAsync(Soon));
        Server.ReadOn();
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(new LogHead(1, entries[0].Leaf), entries[1..]));
        Assert.Equal(2, (await log.ReadAsync(0, 10)).Count);
    }

    [Fact]
    public async Task A_client_that_gets_no_answer_any_more_is_left_for_another()
    {
        await using var log = await EventStoreDbLog.OpenAsync(address, writes: true, Patience.Usual with { Append = TimeSpan.FromSeconds(2) }, CancellationToken.None);
        foreach (var name in new[] { "a", "b", "c" })
        {
            Server.Fail(ServerFault.CallEnded);
            var silent = await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(LogHead.Empty, Entries(name)).WaitAsync(Soon));
            Assert.Contains("2 seconds", silent.Message, StringComparison.Ordinal);
            Assert.Empty(await log.ReadAsync(0, 10).WaitAsync(Soon));
        }
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(LogHead.Empty, Entries("d")).WaitAsync(Soon));
        Assert.Equal(3, Server.Events($"{Stream}-settled").Count);
        // A wait hears of it by a subscription that is still open.
        await log.WaitAsync(0).WaitAsync(Soon);
    }

    [Fact]
    public async Task A_server_whose_clock_is_ahead_takes_entries()
    {
        Server.Ahead = TimeSpan.FromDays(1);
        await using var log = await OpenAsync();
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(LogHead.Empty, Entries("a")));
        Server.Fail(ServerFault.LostBefore);
        await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(new LogHead(1, Entries("a")[0].Leaf), Entries("b")));
        Assert.Single(await log.ReadAsync(0, 10));
    }

    [Theory]
    [InlineData(null)]
    [InlineData(ServerFault.NotReady)]
    public async Task What_follows_an_append_never_holds_up_the_client_s_other_answers(ServerFault? fault)
    {
        await using var log = await OpenAsync();
        if (fault is { } next)
        {
            Server.Fail(next);
        }
        // Without the test's own context, which would itself go on elsewhere.
        var receiving = await Task.Run(async () =>
        {
            await log.AppendAsync(LogHead.Empty, Entries("a")).ContinueWith(_ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
            return EventStoreClient.Receiving;
        });
        Assert.False(receiving);
    }

    [Fact]
    public async Task A_server_that_is_not_ready_is_explained_to_a_person()
    {
        await using var log = await OpenAsync();
        Server.Fail(ServerFault.NotReady);
        var fault = await Assert.ThrowsAsync<LogUnavailableException>(() => log.AppendAsync(LogHead.Empty, Entries("a")));
        var sentence = EngineFault.Explain(fault, "esdb://host:2113");
        Assert.Contains("Server Is Not Ready", sentence, StringComparison.Ordinal);
        Assert.Contains("whether they have a leader", sentence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task An_entry_is_the_event_s_data_and_its_id_and_type_are_the_event_s_own()
    {
        var id = Guid.CreateVersion7();
        var bytes = Encoding.UTF8.GetBytes($$"""{"actor":"a","data":{"id":"inner","type":"inner"},"id":"{{id:D}}","type":"pledge-recorded.v1","version":0}""");
        await using var log = await OpenAsync();
        await log.AppendAsync(LogHead.Empty, [StoredEntry.Of(bytes)]);
        var stored = Assert.Single(Server.Events(Stream));
        Assert.Equal(bytes, stored.Data.ToArray());
        Assert.Equal(("pledge-recorded.v1", id, "application/json"), (stored.EventType, stored.EventId.ToGuid(), stored.ContentType));
    }

    [Fact]
    public async Task The_same_append_again_is_answered_with_the_first_result_and_another_one_is_stale()
    {
        await using var log = await OpenAsync();
        StoredEntry WithId(Guid id) => StoredEntry.Of(Encoding.UTF8.GetBytes($$"""{"id":"{{id:D}}","type":"x.v1"}"""));
        var (first, second) = (WithId(Guid.CreateVersion7()), WithId(Guid.CreateVersion7()));
        Server.Fail(ServerFault.LostAfter);
        await Assert.ThrowsAnyAsync<Exception>(() => log.AppendAsync(LogHead.Empty, [first]));
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(LogHead.Empty, [first]));
        Assert.Equal(AppendOutcome.Stale, await log.AppendAsync(LogHead.Empty, [second]));
        Assert.Single(Server.Events(Stream));
    }

    [Fact]
    public async Task A_stream_that_was_begun_anew_with_another_history_has_diverged()
    {
        await using var log = await OpenAsync();
        var entries = Entries("a", "b");
        await log.AppendAsync(LogHead.Empty, entries);
        Server.Replace(Stream, new EventData(Uuid.NewUuid(), "x", "other"u8.ToArray(), Encoding.ASCII.GetBytes($$"""{"leaf":"{{MerkleTree.LeafHash("other"u8)}}"}""")));
        Assert.Equal(AppendOutcome.Diverged, await log.AppendAsync(new LogHead(2, entries[1].Leaf), Entries("c")));
        Assert.Equal(AppendOutcome.Diverged, await log.AppendAsync(new LogHead(1, entries[0].Leaf), Entries("c")));
    }

    [Fact]
    public async Task After_a_failover_that_lost_its_own_entries_it_appends_nothing_to_as_many_of_somebody_else_s()
    {
        await using var log = await OpenAsync();
        var entries = Entries("a", "b");
        await log.AppendAsync(LogHead.Empty, entries);
        Server.Replace(Stream, [.. Entries("a", "other").Select(EntryEvent.Of)]);
        Assert.Equal(AppendOutcome.Diverged, await log.AppendAsync(new LogHead(2, entries[1].Leaf), Entries("c")));
        Assert.Equal(2, Server.Events(Stream).Count);
    }

    [Fact]
    public async Task An_event_of_somebody_else_in_the_stream_is_damage()
    {
        await using var log = await OpenAsync();
        Server.Replace(Stream, new EventData(Uuid.NewUuid(), "x", "{}"u8.ToArray(), "{}"u8.ToArray()));
        var damage = await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(0, 10));
        Assert.Contains("something else writes", damage.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_is_truncated_while_it_is_open_is_damage_and_never_a_shorter_log()
    {
        await using var log = await OpenAsync();
        await log.AppendAsync(LogHead.Empty, Entries("a", "b", "c"));
        Server.SetMetadata(Stream, new StreamMetadata(truncateBefore: StreamPosition.FromInt64(2)));
        await Assert.ThrowsAsync<LogDamagedException>(() => log.ReadAsync(0, 10));
    }

    [Theory]
    [InlineData("$maxAge")]
    [InlineData("$maxCount")]
    [InlineData("$tb")]
    public async Task A_stream_that_forgets_is_refused(string setting)
    {
        Server.SetMetadata(Stream, setting switch
        {
            "$maxAge" => new StreamMetadata(maxAge: TimeSpan.FromDays(1)),
            "$maxCount" => new StreamMetadata(maxCount: 1000),
            _ => new StreamMetadata(truncateBefore: StreamPosition.FromInt64(1)),
        });
        var refused = await Assert.ThrowsAsync<LogRefusedException>(OpenAsync);
        Assert.Contains(setting, refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_stream_that_was_deleted_for_good_is_refused()
    {
        Server.Tombstone(Stream);
        var refused = await Assert.ThrowsAsync<LogRefusedException>(OpenAsync);
        Assert.Contains("deleted for good", refused.Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_no_connection_string_is_refused_with_an_example()
    {
        var refused = await Assert.ThrowsAsync<LogRefusedException>(() => EventStoreDbLog.OpenForReadingAsync("http://localhost"));
        Assert.Contains("esdb://host:2113", refused.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("esdb://h:2113?tls=false", "esdb://h:2113?tls=false", Stream)]
    [InlineData("esdb+discover://u:p@h:2113", "esdb+discover://u:p@h:2113", Stream)]
    [InlineData("kurrentdb://h:2113?tls=false", "esdb://h:2113?tls=false", Stream)]
    [InlineData("kurrentdb+discover://a,b,c?tls=true&stream=other", "esdb+discover://a,b,c?tls=true", "other")]
    [InlineData("esdb://h?stream=other", "esdb://h", "other")]
    [InlineData("esdb://h?stream=a%20b&nodePreference=follower", "esdb://h?nodePreference=follower", "a b")]
    public void A_connection_string_is_the_client_s_own_and_may_name_the_stream(string given, string client, string stream) =>
        Assert.Equal((client, stream), Connection.Split(given));

    [Fact]
    public void A_full_batch_of_the_longest_types_fits_into_one_append()
    {
        var longest = EventTypes.All.Max(t => t.Key.Length);
        var metadata = """{"leaf":""}""".Length + (2 * Hash.Length);
        // The server's reckoning: data, metadata, and the type's name in UTF-16.
        Assert.True(IEventLog.MaxBatchBytes + (IEventLog.MaxBatchEntries * (metadata + (2 * longest))) <= 1 << 20, $"The longest name of an event has {longest} characters.");
    }
}

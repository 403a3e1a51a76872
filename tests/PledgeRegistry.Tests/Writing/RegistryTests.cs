using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

public sealed class RegistryTests
{
    [Fact]
    public async Task What_was_folded_live_is_what_is_folded_from_the_start() => await Seeded.RunAsync(6, async random =>
    {
        var log = await EntryChain.SampleLogAsync();
        await using var node = await TestNode.OpenAsync(log);
        var commands = new RandomCommands(random.Random);
        var outcomes = new List<Outcome>();
        for (var i = 0; i < 60; i++)
        {
            outcomes.AddRange(await Task.WhenAll(Enumerable.Range(0, random.Random.Next(1, 6)).Select(_ => node.SubmitAsync(commands.Next(node.Registry.State)))));
        }
        Assert.True(outcomes.Count(o => o is Outcome.Recorded) > outcomes.Count / 4);
        Assert.Contains(outcomes, o => o is Outcome.Refused);

        await using var again = await TestNode.OpenAsync(log);
        Assert.Equal(node.Registry.Head, again.Registry.Head);
        Assert.Equal(DeepText.Of(node.Registry.State), DeepText.Of(again.Registry.State));
        for (var position = 0; position < again.Seen.Count; position++)
        {
            Assert.Equal(DeepText.Of(node.Seen[position]), DeepText.Of(again.Seen[position]));
        }
    });

    [Fact]
    public async Task Readers_beside_a_writer_never_see_half_of_anything()
    {
        await using var node = await TestNode.OpenAsync();
        var registry = node.Registry;
        var done = false;
        var readers = Enumerable.Range(0, 3).Select(_ => Task.Run(() =>
        {
            var (last, reads) = (0L, 0);
            while (!Volatile.Read(ref done))
            {
                var head = registry.Head;
                Assert.True(head.Size >= last);
                last = head.Size;
                Assert.Equal(head.Root, registry.Tree.Root(head.Size));
                Assert.Equal(head.LastLeaf, registry.Tree.Leaf(head.Size - 1));
                Assert.True(node.Seen.Count >= head.Size);
                Assert.Equal((head.Size - 1, head.RecordedAt), (node.Seen[head.Size - 1].Position, node.Seen[head.Size - 1].RecordedAt));
                Assert.True(registry.State.VersionOf("registry") > 0);
                Assert.True(registry.State.Sources.Count >= head.Size - TestNode.Start);
                Assert.True(registry.SizeAt(head.RecordedAt!.Value) >= head.Size);
                reads++;
            }
            return reads;
        })).ToArray();
        await Task.WhenAll(Enumerable.Range(0, 16).Select(c => Task.Run(async () =>
        {
            for (var i = 0; i < 150; i++)
            {
                await node.RecordAsync(TestNode.Source(c * 1000 + i));
            }
        })));
        Volatile.Write(ref done, true);
        Assert.All(await Task.WhenAll(readers), reads => Assert.True(reads > 10));
        Assert.Equal(TestNode.Start + 16 * 150, registry.Head.Size);
    }

    [Fact]
    public async Task An_instant_resolves_to_what_had_been_recorded_by_then()
    {
        var clock = new ManualTimeProvider();
        await using var node = await TestNode.OpenAsync(clock: clock);
        var start = TestNode.Start;
        foreach (var source in new[] { 1, 2 })
        {
            await node.RecordAsync(TestNode.Source(source));
        }
        clock.Advance(TimeSpan.FromHours(1));
        await node.RecordAsync(TestNode.Source(3));
        var at = node.Registry.RecordedAt(start);
        Assert.Equal(start, node.Registry.SizeAt(at.AddTicks(-1)));
        Assert.Equal(start + 2, node.Registry.SizeAt(at));
        Assert.Equal(start + 2, node.Registry.SizeAt(at.AddMinutes(59)));
        Assert.Equal(start + 3, node.Registry.SizeAt(at.AddHours(1)));
        Assert.Equal(start + 3, node.Registry.SizeAt(DateTimeOffset.MaxValue));
        Assert.Equal(0, node.Registry.SizeAt(DateTimeOffset.MinValue));
    }

    [Fact]
    public async Task An_empty_log_is_an_empty_registry()
    {
        var registry = await Registry.OpenAsync(new InMemoryLog(), EntryCodec.Current, []);
        Assert.Equal(RegistryHead.Empty, registry.Head);
        Assert.Equal(MerkleTree.EmptyRoot, registry.Head.Root);
        Assert.Equal(0, registry.SizeAt(DateTimeOffset.MaxValue));
    }

    [Fact]
    public async Task A_node_that_follows_sees_what_another_writes()
    {
        await using var writer = await TestNode.OpenAsync();
        var follower = await Registry.OpenAsync(writer.Log, EntryCodec.Current, []);
        await using var following = await Follower.StartAsync(follower, new ManualTimeProvider());
        for (var i = 0; i < 20; i++)
        {
            var receipt = await writer.RecordAsync(TestNode.Source(i));
            await follower.WaitForAsync(receipt.Size).WaitAsync(TimeSpan.FromSeconds(60));
            Assert.Equal(writer.Registry.Head, follower.Head);
        }
    }

    [Fact]
    public async Task A_newer_release_s_entry_stops_the_reading_before_it_and_nothing_is_skipped()
    {
        var chain = new EntryChain();
        var log = await LogOf(chain, SampleRegistry.History);
        var spoiled = (Head: chain.Head, Entry: chain.Next("registry", Loaded("1"), e => e with { Type = "format-raised.v9" }));
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(spoiled.Head, [spoiled.Entry, chain.Next("registry", Loaded("2"))]));
        await using var node = await TestNode.OpenAsync(log);
        Assert.Equal(TestNode.Start, node.Registry.Head.Size);
        Assert.Equal(TestNode.Start, node.Seen.Count);
        Assert.Contains($"Entry {TestNode.Start}: The log has an event of type 'format-raised.v9'", node.Registry.Stopped!, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        Assert.Equal(HindranceKind.Format, node.Writer.Hindrance!.Kind);
    }

    public static TheoryData<string, string> Damages => new()
    {
        { "position", "says that it is entry 99999" },
        { "version", "is version 7 of registry, where version 2 comes next" },
        { "time", "before the entry it follows" },
        { "impossible", "pledge-withdrawn.v1 can't follow what is known of pledge/IMRF-2022-0001" },
        { "leaf", "don't match the leaf hash" },
        { "bytes", "Not an entry" },
    };

    [Theory]
    [MemberData(nameof(Damages))]
    public async Task A_damaged_entry_is_named_and_what_comes_before_it_was_read(string damage, string message)
    {
        var chain = new EntryChain();
        var log = await LogOf(chain, SampleRegistry.History);
        var head = chain.Head;
        await using var node = await TestNode.OpenAsync(log);
        var good = chain.Next("registry", Loaded("0"));
        var spoiled = damage switch
        {
            "position" => chain.Next("registry", Loaded("1"), e => e with { Position = 99_999 }),
            "version" => chain.Next("registry", Loaded("1"), e => e with { Version = 7 }),
            "time" => chain.Next("registry", Loaded("1"), e => e with { RecordedAt = DateTimeOffset.UnixEpoch }),
            "impossible" => chain.Next("pledge/IMRF-2022-0001", new PledgeEvent.Withdrawn(new EffectiveDate("2023"), "so")),
            "leaf" => chain.Next("registry", Loaded("1")) with { Leaf = Hash.Of([]) },
            _ => StoredEntry.Of("{}"u8.ToArray()),
        };
        Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, [good, spoiled]));

        var opened = await Assert.ThrowsAsync<LogDamagedException>(() => Registry.OpenAsync(log, EntryCodec.Current, []));
        Assert.Contains($"Entry {TestNode.Start + 1}", opened.Message, StringComparison.Ordinal);
        Assert.Contains(message, opened.Message, StringComparison.Ordinal);

        // A node that was open before reads up to it, keeps serving that, and neither reads nor writes on.
        await using var follower = await Follower.StartAsync(node.Registry, new ManualTimeProvider());
        await TestNode.UntilAsync(() => node.Registry.Stopped is not null);
        Assert.Equal(HindranceKind.Damaged, node.Writer.Hindrance!.Kind);
        Assert.Equal(TestNode.Start + 1, node.Registry.Head.Size);
        Assert.Equal(TestNode.Start + 1, node.Seen.Count);
        Assert.Equal(node.Registry.Head.Root, node.Registry.Tree.Root(node.Registry.Head.Size));
        Assert.Contains(message, node.Registry.Stopped!, StringComparison.Ordinal);
        Assert.IsType<Outcome.Unavailable>(await node.SubmitAsync(TestNode.Source(1)));
        Assert.Equal(TestNode.Start + 1, node.Seen.Count);
    }

    [Fact]
    public async Task An_entry_that_changed_after_it_was_read_is_never_served()
    {
        await using var node = await TestNode.OpenAsync();
        var receipt = await node.RecordAsync(TestNode.Source(1));
        var copy = await EntryChain.SampleLogAsync();
        await using (var elsewhere = await TestNode.OpenAsync(copy))
        {
            await elsewhere.RecordAsync(TestNode.Source(2));
        }
        Assert.Equal("source/source-1", (await node.Registry.ReadAsync(receipt.Position)).Stream);
        node.Log.SwitchTo(copy);
        Assert.Contains("no longer what it was", (await Assert.ThrowsAsync<LogDamagedException>(() => node.Registry.ReadAsync(receipt.Position))).Message, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Long_logs_are_read_in_pieces_and_progress_is_told()
    {
        var log = await LogOf(new EntryChain(), [.. SampleRegistry.History, .. Enumerable.Range(0, 9_000).Select(i => ("registry", (IEvent)Loaded($"{i}")))]);
        var told = new List<long>();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, [], progress: told.Add);
        Assert.Equal(9_000 + TestNode.Start, registry.Head.Size);
        Assert.Equal([4096, 8192, registry.Head.Size], told);
        Assert.Equal(9_000, registry.State.OpeningData.Count);
    }

    [Fact]
    public void The_state_stops_at_an_event_that_it_doesn_t_know() =>
        Assert.Throws<InvalidOperationException>(() => RegistryState.Empty.Evolve("x/y", new Unheard()));

    [Fact]
    public void Public_ids_count_on_and_never_back()
    {
        var state = SampleRegistry.State;
        Assert.Equal("IMRF-2022-0001", state.NextId("IMRF-2022-"));
        foreach (var id in new[] { "IMRF-2022-0001", "IMRF-2022-0002", "RCM-2016-0001", "IMRF-2022-9999", "IMRF-2022-10000" })
        {
            state = state.Evolve($"pledge/{id}", new PledgeEvent.Recorded(SampleRegistry.Pledge()));
        }
        Assert.Equal("IMRF-2022-10001", state.NextId("IMRF-2022-"));
        Assert.Equal("RCM-2016-0002", state.NextId("RCM-2016-"));
        Assert.Equal("RCM-2016-I0001", state.NextId("RCM-2016-I"));
    }

    private static RegistryEvent.OpeningDataLoaded Loaded(string version) => new("set", version);

    private static async Task<InMemoryLog> LogOf(EntryChain chain, IEnumerable<(string, IEvent)> happened)
    {
        var log = new InMemoryLog();
        await chain.AppendToAsync(log, happened);
        return log;
    }

    private sealed record Unheard : IEvent;
}

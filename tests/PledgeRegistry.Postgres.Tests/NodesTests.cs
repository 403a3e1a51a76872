using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using PledgeRegistry.Log;
using PledgeRegistry.Writing;
using Xunit.Abstractions;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>Several nodes on one database, as processes of their own.</summary>
[Collection(ServerCollection.Name)]
public sealed class NodesTests(Cluster cluster, ITestOutputHelper output) : ServerTest(cluster)
{
    private const int Callers = 12;
    private const int WritesACaller = 60;

    [Theory]
    [InlineData(2)]
    [InlineData(4)]
    public async Task Who_writes_at_one_node_reads_it_at_another_and_all_of_them_have_one_history(int count)
    {
        var nodes = new List<NodeProcess>();
        try
        {
            // The first loads the opening data; the others find it.
            nodes.Add(await NodeProcess.StartAsync(Running));
            nodes.AddRange(await Task.WhenAll(Enumerable.Range(1, count - 1).Select(_ => NodeProcess.StartAsync(Running))));
            // Every fourth write is a report on this: so they all add to one stream.
            var pledge = await nodes[0].WriteAsync("/api/pledges", Pledge(), "the-pledge");
            var (written, longest) = (new ConcurrentBag<Written>(), 0L);
            var timing = Stopwatch.StartNew();
            await Task.WhenAll(Enumerable.Range(0, Callers).Select(async caller =>
            {
                for (var i = 0; i < WritesACaller; i++)
                {
                    var (here, there) = (nodes[(caller + i) % count], nodes[(caller + i + 1) % count]);
                    var began = Stopwatch.GetTimestamp();
                    var name = $"s-{caller}-{i}";
                    var answer = i % 4 == 0
                        ? await here.WriteAsync($"/api/pledges/{pledge!.Id}/reports", Report(name), name)
                        : await here.WriteAsync("/api/sources", Source(name), name);
                    Interlocked.Exchange(ref longest, Math.Max(longest, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds));
                    Assert.NotNull(answer);
                    written.Add(answer);
                    var (status, body) = await there.GetAsync(i % 4 == 0 ? $"/api/history?stream=pledge/{pledge!.Id}&from={answer.Position}" : $"/api/sources/{name}", answer.After);
                    Assert.True(status == HttpStatusCode.OK && body.Contains(name, StringComparison.Ordinal), body);
                }
            }));
            output.WriteLine($"{count} nodes: {written.Count} writes, each read at another node, in {timing.Elapsed.TotalSeconds:0.0} s; the longest write took {longest} ms");
            await AssertInLogOnceAsync(written);
            // And from now on they are the same, to the last byte.
            var last = written.MaxBy(w => w.Position)!.After;
            var answers = await Task.WhenAll(nodes.Select(n => n.GetAsync("/api/sources?lang=en", last)));
            Assert.Single(answers.Distinct());
            Assert.All(await Task.WhenAll(nodes.Select(n => n.HinderedAsync())), Assert.Null);
        }
        finally
        {
            nodes.ForEach(n => n.Dispose());
        }
    }

    [Fact]
    public async Task A_node_whose_database_goes_away_says_so_serves_what_it_has_and_comes_back_by_itself()
    {
        using var node = await NodeProcess.StartAsync(Running);
        Assert.NotNull(await node.WriteAsync("/api/sources", Source("before"), "before"));
        await Cluster.StopAsync("immediate");
        try
        {
            var away = Stopwatch.StartNew();
            await Cluster.UntilAsync(async () => await node.HinderedAsync() == "unreachable");
            output.WriteLine($"noticed after {away.Elapsed.TotalSeconds:0.0} s");
            Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/api/sources/before")).Status);
            Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/health/reading")).Status);
            var (status, page) = await node.GetAsync("/pledges");
            Assert.Equal(HttpStatusCode.OK, status);
            Assert.Contains("reach its database", page, StringComparison.Ordinal);
            Assert.Null(await node.WriteAsync("/api/sources", Source("meanwhile"), "meanwhile"));
        }
        finally
        {
            await Cluster.StartAsync();
        }
        await Cluster.UntilAsync(async () => await node.HinderedAsync() is null);
        Assert.NotNull(await node.WriteAsync("/api/sources", Source("meanwhile"), "meanwhile"));
        Assert.DoesNotContain("role=\"status\"", (await node.GetAsync("/pledges")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_turn_goes_to_who_came_first_and_a_process_that_keeps_it_does_not_stop_the_others()
    {
        await using var first = await OpenAsync();
        await using var second = await OpenAsync();
        var head = await AppendedAsync(first, LogHead.Empty, Entries(3));
        Assert.Equal(2, (await first.TakeTurnAsync(1, 10))!.Count);
        var waiting = Stopwatch.StartNew();
        Assert.Null(await second.TakeTurnAsync(0, 10));
        output.WriteLine($"waited in vain for {waiting.Elapsed.TotalMilliseconds:0} ms");
        // Who hasn't asked for the turn steps back before who has it; who asked in vain writes all the same, and the other is late.
        await using (var third = await OpenAsync())
        {
            Assert.Equal(AppendOutcome.Stale, await third.AppendAsync(head, Entries(1, seed: 9)));
        }
        head = await AppendedAsync(second, head, Entries(2, seed: 2));
        Assert.Equal(AppendOutcome.Stale, await first.AppendAsync(new LogHead(3, Entries(3)[^1].Leaf), Entries(1, seed: 3)));
        // That append has ended the turn, though nothing was written; and so does saying so.
        Assert.Equal(5, (await second.TakeTurnAsync(0, 10))!.Count);
        await second.EndTurnAsync();
        // It is waited for a fifth of a second: a busy machine may need several tries to hand it on in that time.
        IReadOnlyList<StoredEntry>? read = null;
        for (var tries = 0; read is null; tries++)
        {
            Assert.True(tries < 50, "It never got its turn.");
            Assert.Single((await first.TakeTurnAsync(head.Size - 1, 10))!);
            var next = second.TakeTurnAsync(head.Size - 1, 10);
            await Cluster.UntilAsync(async () => next.IsCompleted || await WaitsAsync("advisory"));
            head = await AppendedAsync(first, head, Entries(4, seed: 4 + tries));
            read = await next;
        }
        // It sees what was committed in the turn before.
        Assert.Equal(5, read.Count);
    }

    [Fact]
    public async Task Three_writers_at_once_all_come_through()
    {
        var writers = await Task.WhenAll(Enumerable.Range(0, 3).Select(_ => WriterAsync()));
        var (positions, longest) = (new ConcurrentBag<long>(), 0L);
        await Task.WhenAll(writers.SelectMany((w, number) => Enumerable.Range(0, 16).Select(async caller =>
        {
            for (var i = 0; i < 20; i++)
            {
                var began = Stopwatch.GetTimestamp();
                var command = new Meetings.RegisterSource($"s-{number}-{caller}-{i}", "A title", null, "en", null, new string('b', 64), null, null);
                var outcome = await w.Writer.SubmitAsync(command, new Author($"a-{caller}", Author.Operator, null), $"{number} {caller} {i}");
                positions.Add(Assert.IsType<Outcome.Recorded>(outcome).Receipt.Position);
                Interlocked.Exchange(ref longest, Math.Max(longest, (long)Stopwatch.GetElapsedTime(began).TotalMilliseconds));
            }
        })));
        output.WriteLine($"the longest wait was {longest} ms");
        Assert.Equal(Enumerable.Range(0, 3 * 16 * 20).Select(p => (long)p), positions.Order());
        foreach (var (writer, follower, log) in writers)
        {
            await writer.DisposeAsync();
            await follower.DisposeAsync();
            await log.DisposeAsync();
        }
    }

    internal static object Source(string id) => new { id, title = "A title", language = "en", sha256 = new string('b', 64) };

    internal static object Pledge() => new
    {
        content = new
        {
            kind = "pledge",
            modality = "will",
            title = "Clinics along the southern border",
            language = "en",
            meeting = "IMRF-2026",
            text = string.Concat(Enumerable.Repeat("Mexico will open clinics for migrants along its southern border. ", 8)).Trim(),
            announcedOn = new { date = "2026-05-05" },
            by = new[] { "MEX" },
            owing = new[] { "MEX" },
        },
        mappings = new[] { new { item = new { framework = "gcm/2018", item = "GCM-15" }, reason = "The text names health services." } },
    };

    internal static object Report(string narrative, string on = "2026-11-01") => new
    {
        report = new { party = "MEX", status = "in-progress", effectiveOn = new { date = on }, narrative = $"Clinic {narrative} opened.", language = "en" },
    };

    private async Task<(RegistryWriter Writer, Follower Follower, PostgresLog Log)> WriterAsync()
    {
        var log = await OpenAsync();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, []);
#pragma warning disable RS0030 // There is no host here whose clock it could be.
        var follower = await Follower.StartAsync(registry, TimeProvider.System);
        return (new RegistryWriter(registry, TimeProvider.System, null, follower), follower, log);
#pragma warning restore RS0030
    }

    /// <summary>Reads the log as a node does: positions and versions are checked by that. Then every acknowledged entry is there, once, in its place.</summary>
    private async Task AssertInLogOnceAsync(IReadOnlyCollection<Written> written)
    {
        await using var log = await PostgresLog.OpenForReadingAsync(Running);
        await AssertInLogOnceAsync(log, written);
    }

    internal static async Task AssertInLogOnceAsync(IEventLog log, IReadOnlyCollection<Written> written)
    {
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, []);
        Assert.Null(registry.Stopped);
        Assert.Equal(written.Count, written.Select(w => w.Position).Distinct().Count());
        foreach (var w in written)
        {
            Assert.Equal(w.EntryId, (await registry.ReadAsync(w.Position)).Id);
            Assert.Equal(string.Create(CultureInfo.InvariantCulture, $"{w.Position + 1}:{registry.Tree.Leaf(w.Position)}"), w.After);
        }
        Assert.Equal(written.Count(w => w.Id.StartsWith("s-", StringComparison.Ordinal)), registry.State.Sources.Count(s => s.Key.StartsWith("s-", StringComparison.Ordinal)));
    }
}

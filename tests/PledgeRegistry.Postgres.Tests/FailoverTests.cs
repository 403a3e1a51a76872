using System.Collections.Concurrent;
using System.Diagnostics;
using System.Net;
using Xunit.Abstractions;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>The primary ends, and its standby takes over, under nodes that name both.</summary>
[Collection(ServerCollection.Name)]
public sealed class FailoverTests(ITestOutputHelper output) : IAsyncLifetime
{
    private const int Callers = 6;

    private readonly Cluster primary = new();
    private readonly List<NodeProcess> nodes = [];
    private Cluster standby = null!;
    private string database = "";

    private string Both => primary.AsAny("registry", database, standby);

    public async Task InitializeAsync()
    {
        await primary.InitializeAsync();
        database = await primary.NewDatabaseAsync();
        standby = await primary.NewStandbyAsync();
    }

    public async Task DisposeAsync()
    {
        nodes.ForEach(n => n.Dispose());
        await standby.DisposeAsync();
        await primary.DisposeAsync();
    }

    [Fact]
    public async Task When_a_synchronous_standby_takes_over_nothing_that_was_acknowledged_is_lost_and_the_nodes_go_on()
    {
        await primary.WaitForStandbyAsync();
        nodes.Add(await NodeProcess.StartAsync(Both));
        nodes.Add(await NodeProcess.StartAsync(Both));
        var written = new ConcurrentBag<Written>();
        var times = new ConcurrentBag<TimeSpan>();
        var clock = Stopwatch.StartNew();
        using var finished = new CancellationTokenSource();
        var writing = Task.WhenAll(Enumerable.Range(0, Callers).Select(caller => Task.Run(async () =>
        {
            for (var i = 0; !finished.IsCancellationRequested; i++)
            {
                // The same command until it is acknowledged: it is recorded once at most, by whichever node.
                for (var attempt = 0; ; attempt++)
                {
                    if (await nodes[(caller + attempt) % 2].WriteAsync("/api/sources", NodesTests.Source($"s-{caller}-{i}"), $"k-{caller}-{i}") is { } answer)
                    {
                        written.Add(answer);
                        times.Add(clock.Elapsed);
                        break;
                    }
                    await Task.Delay(50);
                }
            }
        })));
        await Cluster.UntilAsync(() => Task.FromResult(written.Count > 100 || writing.IsCompleted));
        await primary.KillAsync();
        var killed = clock.Elapsed;
        await standby.PromoteAsync();
        var before = written.Count;
        await Cluster.UntilAsync(() => Task.FromResult(written.Count > before + 100 || writing.IsCompleted));
        await finished.CancelAsync();
        await writing.WaitAsync(TimeSpan.FromSeconds(60));
        var without = times.Order().Zip(times.Order().Skip(1), (a, b) => b - a).Max();
        output.WriteLine($"{written.Count} acknowledged, {times.Count(t => t < killed)} of them before the primary was killed; {without.TotalSeconds:0.0} s without a write");
        await using var log = await PostgresLog.OpenForReadingAsync(standby.As("registry", database));
        await NodesTests.AssertInLogOnceAsync(log, written);
        foreach (var node in nodes)
        {
            await Cluster.UntilAsync(async () => await node.HinderedAsync() is null);
        }
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_node_that_has_read_what_the_new_primary_lacks_stops_and_says_so(bool othersWroteOn)
    {
        nodes.Add(await NodeProcess.StartAsync(Both));
        var common = await WriteAsync(nodes[0], "common");
        await Cluster.UntilAsync(async () => (long)(await standby.SqlAsync(database, "select count(*) from pledge_registry.entries"))! == common.Position + 1);
        await standby.CutOffAsync();
        var lost = await WriteAsync(nodes[0], "lost");
        await primary.KillAsync();
        await standby.PromoteAsync();
        if (othersWroteOn)
        {
            nodes.Add(await NodeProcess.StartAsync(Both));
            var other = await WriteAsync(nodes[1], "other");
            Assert.Equal(lost.Position, other.Position);
            await WriteAsync(nodes[1], "more");
            // A reader who comes from the lost branch is told by the node that has the other.
            Assert.Equal(HttpStatusCode.Conflict, (await nodes[1].GetAsync("/api/sources", lost.After)).Status);
        }
        await Cluster.UntilAsync(async () => await nodes[0].HinderedAsync() == "diverged");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, (await nodes[0].GetAsync("/health/reading")).Status);
        Assert.Null(await nodes[0].WriteAsync("/api/sources", NodesTests.Source("again"), "again"));
        // What it had can still be read there, and is marked.
        Assert.Equal(HttpStatusCode.OK, (await nodes[0].GetAsync("/api/sources/lost")).Status);
        Assert.Contains("no longer holds the history", (await nodes[0].GetAsync("/pledges")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await nodes[0].GetAsync("/api/sources/other")).Status);
    }

    private static async Task<Written> WriteAsync(NodeProcess node, string id) =>
        await node.WriteAsync("/api/sources", NodesTests.Source(id), id) ?? throw new InvalidOperationException("It wasn't taken.");
}

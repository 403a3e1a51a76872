using System.Diagnostics;
using System.Globalization;
using System.Runtime.InteropServices;
using Xunit.Abstractions;

namespace PledgeRegistry.Postgres.Tests;

[Collection(ServerCollection.Name)]
public sealed class KillTests(Cluster cluster, ITestOutputHelper output) : ServerTest(cluster)
{
    private const int Kills = 24;

    [Fact]
    public async Task What_was_acknowledged_is_in_the_log_whenever_the_writer_is_killed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new Dictionary<long, string>();
        var (amidst, size) = (0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var lines = await RunAndKillAsync(random, appending: kill % 4 > 0);
            foreach (var line in lines.Where(l => l != "open"))
            {
                var parts = line.Split(' ');
                var position = long.Parse(parts[0], CultureInfo.InvariantCulture);
                foreach (var hash in parts[1..])
                {
                    Assert.True(acknowledged.TryAdd(position, hash), $"Position {position} was acknowledged twice.");
                    position++;
                }
            }
            amidst += lines.Count > 1 ? 1 : 0;
            var stored = await StoredAsync();
            Assert.All(acknowledged, a => Assert.Equal(a.Value, stored.ElementAtOrDefault((int)a.Key)));
            Assert.True(stored.Count >= size, "The log has become shorter.");
            size = stored.Count;
        }
        output.WriteLine($"{Kills} kills, {amidst} of them amidst appends; {acknowledged.Count} entries acknowledged, {size} in the log");
        Assert.True(amidst >= Kills / 2, $"Only {amidst} kills hit a process that was appending.");
    }

    // Three of four are killed while they append; the others at any time since their start, opening included.
    private async Task<List<string>> RunAndKillAsync(Random random, bool appending)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        using var child = Process.Start(new ProcessStartInfo(dotnet,
            [Path.Combine(AppContext.BaseDirectory, "PledgeRegistry.Postgres.Child.dll"), Running, random.Next().ToString(CultureInfo.InvariantCulture)])
        {
            RedirectStandardOutput = true,
        })!;
        try
        {
            var lines = new List<string>();
            if (appending)
            {
                for (var first = 0; first < 2; first++)
                {
                    lines.Add(await child.StandardOutput.ReadLineAsync().WaitAsync(Patience) ?? throw new InvalidOperationException("The child ended."));
                }
            }
            await Task.Delay(random.Next(300));
            Assert.False(child.HasExited, "The child ended by itself.");
            child.Kill();
            // Whole lines only.
            lines.AddRange((await child.StandardOutput.ReadToEndAsync().WaitAsync(Patience)).Split('\n')[..^1]);
            await child.WaitForExitAsync().WaitAsync(Patience);
            return lines;
        }
        finally
        {
            if (!child.HasExited)
            {
                child.Kill();
                await child.WaitForExitAsync();
            }
        }
    }
}

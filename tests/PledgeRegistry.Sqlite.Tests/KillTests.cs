using System.Globalization;
using Xunit.Abstractions;

namespace PledgeRegistry.Sqlite.Tests;

public sealed class KillTests(ITestOutputHelper output) : IDisposable
{
    private const int Kills = 10;

    private readonly LogDirectory directory = new();

    public void Dispose() => directory.Dispose();

    [Fact]
    public async Task What_was_acknowledged_is_in_the_log_whenever_the_writer_is_killed()
    {
        var seed = Environment.TickCount;
        output.WriteLine($"seed {seed}");
        var random = new Random(seed);
        var acknowledged = new Dictionary<long, string>();
        var (amidst, inTheWal, size) = (0, 0, 0);
        for (var kill = 0; kill < Kills; kill++)
        {
            var lines = await RunAndKillAsync(random, appending: kill % 3 > 0);
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
            if (!File.Exists(directory.Log))
            {
                Assert.Empty(acknowledged);
                continue;
            }
            inTheWal += new FileInfo(directory.Wal) is { Exists: true, Length: > 0 } ? 1 : 0;
            var stored = RawFile.Check(directory.Log);
            Assert.All(acknowledged, a => Assert.Equal(a.Value, stored.ElementAtOrDefault((int)a.Key)));
            Assert.True(stored.Count >= size, "The log has become shorter.");
            size = stored.Count;
        }
        output.WriteLine($"{Kills} kills, {amidst} of them amidst appends, {inTheWal} with entries in the write-ahead file; {acknowledged.Count} entries acknowledged, {size} in the log");
        Assert.True(amidst >= Kills / 2, $"Only {amidst} kills hit a process that was appending.");
        Assert.True(inTheWal >= 1, "No kill left entries in the write-ahead file.");
        await using var log = SqliteLog.OpenForWriting(directory.Log);
        Assert.Equal(size, (await LogDirectory.ReadAllAsync(log)).Count);
    }

    // Two of three are killed while they append; the others at any time since their start, opening and recovery included.
    private async Task<List<string>> RunAndKillAsync(Random random, bool appending)
    {
        using var child = new ChildProcess("append", directory.Log, random.Next().ToString(CultureInfo.InvariantCulture));
        var lines = new List<string>();
        if (appending)
        {
            for (var first = 0; first < 2; first++)
            {
                lines.Add(await child.ReadLineAsync() ?? throw new InvalidOperationException("The child ended."));
            }
        }
        await Task.Delay(random.Next(400));
        lines.AddRange(await child.KillAsync());
        return lines;
    }
}

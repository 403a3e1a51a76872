using System.Globalization;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>The tool withholds something while a node runs, each as a process of its own.</summary>
[Collection(ServerCollection.Name)]
public sealed class RedactingNodeTests(Cluster cluster) : ServerTest(cluster), IDisposable
{
    private const string Second = "a-ssssssssssssssssssssssssss", Secret = "Ximena Quetzal";

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-redacting-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task A_running_node_ends_itself_at_once_and_starts_again_without_the_text()
    {
        Directory.CreateDirectory(Path.Combine(folder, "node"));
        long position;
        using (var node = await NodeProcess.StartAsync(Running, Path.Combine(folder, "node")))
        {
            position = (await node.WriteAsync("/api/sources", new { id = "report", title = $"Report on {Secret}", language = "en", sha256 = new string('b', 64) }, "1"))!.Position;
            Assert.NotNull(await node.WriteAsync("/api/participants/MEX/actors", new { actor = Second, role = "administrator", scope = "registry", from = new { date = "2020" }, until = (object?)null }, "2"));
            Assert.Contains(Secret, (await node.GetAsync("/api/sources/report")).Body, StringComparison.Ordinal);
            await ToolTests.SucceedAsync("redact", "--allow", "--reason", "A court may order it.", "--data", folder, "--log", $"postgres:{Running}");
            string[] redact = ["redact", position.ToString(CultureInfo.InvariantCulture), "--replace", Secret, "--authority", "A court", "--reason", "It names a child.",
                "--by", "operator", "--cleared-by", Second, "--data", folder, "--log", $"postgres:{Running}"];
            Assert.Contains("would be withheld", await ToolTests.SucceedAsync([.. redact, "--dry-run"]), StringComparison.Ordinal);
            await Assert.ThrowsAnyAsync<Xunit.Sdk.XunitException>(() => ToolTests.SucceedAsync(redact));
            Assert.Contains(Secret, (await node.GetAsync("/api/sources/report")).Body, StringComparison.Ordinal);
            Assert.DoesNotContain(Secret, await ToolTests.SucceedAsync([.. redact, "--owner", Cluster.As("owner", Database)]), StringComparison.Ordinal);
            var (exitCode, said) = await node.EndedAsync();
            Assert.Equal(1, exitCode);
            Assert.Contains($"withholds something of entry {position}", said, StringComparison.Ordinal);
            Assert.Contains("Start it again", said, StringComparison.Ordinal);
        }
        Assert.Empty(await Cluster.FilesWithAsync(Secret));
        using (var again = await NodeProcess.StartAsync(Running, Path.Combine(folder, "node")))
        {
            var body = (await again.GetAsync("/api/sources/report")).Body;
            Assert.Contains("Report on [withheld]", body, StringComparison.Ordinal);
            Assert.NotNull(await again.WriteAsync("/api/sources", NodesTests.Source("later"), "3"));
        }
        await using var log = await OpenAsync();
        var verdict = await new LogVerifier(log, EntryCodec.Current, []).VerifyAsync();
        Assert.True(verdict.Sound, $"{verdict.Fault}");
        Assert.Equal(position, Assert.Single(verdict.Withheld).Position);
        await Cluster.SqlAsync(Database, "alter table pledge_registry.entries alter column bytes set statistics -1");
    }
}

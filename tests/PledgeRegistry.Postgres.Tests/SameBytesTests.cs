using System.Net;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>
/// One basis, one answer: the same bytes after more was recorded, after a restart, from a restored backup, and from the other engine,
/// over HTTP, from processes of their own.
/// </summary>
[Collection(ServerCollection.Name)]
public sealed class SameBytesTests(Cluster cluster) : ServerTest(cluster), IDisposable
{
    private static readonly string[] Views =
    [
        "pledges", "pledges/IMRF-2022-0001", "pledges/IMRF-2022-0001/history", "pledges/IMRF-2022-0001/smart", "duplicates", "partnerships", "initiatives", "exchange",
        "exchange/suggestions", "clearing-house", "participants", "participants/HND", "meetings", "meetings/IMRF-2022", "series", "sources", "frameworks", "frameworks/gcm/2018",
        "frameworks/gcm/2018/crosswalks", "frameworks/gcm/coverage?through=crosswalks", "rcm/grid", "imrf/2022/follow-up", "imrf/2026/follow-up", "clock", "history", "registry", "codebook", "entries/17",
    ];

    private static readonly string[] Bases = ["size=1000&on=2025-06-30", "size=1113&on=2022-05-20", "size=600&on=2024-02-29&lang=ar", "size=0&on=2026-11-22", "size=900&on=2016-09-30&lang=es"];

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-same-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task One_basis_gives_the_same_bytes_wherever_and_whenever_it_is_asked()
    {
        var (sqlite, restored, backup) = (Data("sqlite"), Data("restored"), Path.Combine(folder, "backup.jsonl"));
        await ToolTests.SucceedAsync("load", "--data", sqlite, "--demo");
        Dictionary<string, string> first;
        using (var node = await NodeProcess.StartAsync(null, sqlite, "--demo"))
        {
            first = await AllAsync(node);
            Assert.True(first.Count(a => a.Value.StartsWith("OK", StringComparison.Ordinal)) > first.Count / 2, "Most addresses have nothing to show.");
            for (var i = 0; i < 20; i++)
            {
                Assert.NotNull(await node.WriteAsync("/api/sources", NodesTests.Source($"s-{i}"), $"key-{i}"));
            }
            Same(first, await AllAsync(node), "after more was recorded");
        }
        using (var node = await NodeProcess.StartAsync(null, sqlite, "--demo"))
        {
            Same(first, await AllAsync(node), "after a restart");
        }
        await ToolTests.SucceedAsync("backup", backup, "--data", sqlite);
        await ToolTests.SucceedAsync("restore", backup, "--data", restored);
        using (var node = await NodeProcess.StartAsync(null, restored, "--demo"))
        {
            Same(first, await AllAsync(node), "from a restored backup");
        }
        await ToolTests.SucceedAsync("restore", backup, "--data", Data("server"), "--log", $"postgres:{Running}");
        using (var node = await NodeProcess.StartAsync(Running, null, "--demo", "--log", $"postgres:{Running}"))
        {
            Same(first, await AllAsync(node), "from PostgreSQL");
        }
    }

    private static async Task<Dictionary<string, string>> AllAsync(NodeProcess node)
    {
        var answers = new Dictionary<string, string>();
        foreach (var view in Views)
        {
            foreach (var basis in Bases)
            {
                var address = $"/api/{view}{(view.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{basis}";
                var (status, body) = await node.GetAsync(address);
                Assert.True(status is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{address}: {(int)status} {body}");
                answers.Add(address, $"{status} {body}");
            }
        }
        return answers;
    }

    private static void Same(Dictionary<string, string> first, Dictionary<string, string> again, string when) =>
        Assert.All(first, answer => Assert.True(answer.Value == again[answer.Key], $"{answer.Key} {when}:\n{answer.Value}\n{again[answer.Key]}"));

    private string Data(string name) => Path.Combine(folder, name);
}

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
        "search?q=health", "search?q=%22migrant+health%22", "versions", "seals", "meetings/IMRF-2022/pack", "meetings/RCM-XXI/pack", "differences/registry?from.size=500&from.on=2022-05-20",
        "differences/rcm-grid?from.size=0&from.on=2016-09-30", "differences/imrf-follow-up?cycle=2022&from.size=1000&from.on=2022-05-20", "differences/clock?from.size=700&from.on=2022-01-01",
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
            // Each view has something to show at one of the bases.
            Assert.All(Views, view => Assert.Contains(first, a => a.Key.StartsWith($"/api/{view}", StringComparison.Ordinal) && a.Value.StartsWith("OK", StringComparison.Ordinal)));
            await AppendAsync(node);
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

    // Of each kind something that would show in the past, were it taken from the head: a forum in between, a role that had ended, a new name.
    private static async Task AppendAsync(NodeProcess node)
    {
        var key = 0;
        async Task<string> DoesAsync(string address, object body) => (await node.WriteAsync(address, body, $"key-{++key}"))!.Id;
        await DoesAsync("/api/sources", NodesTests.Source("s-1"));
        await DoesAsync("/api/meetings", new
        {
            id = "IMRF-2024",
            content = new { series = "IMRF", type = "forum", year = 2024, names = new { en = "A forum in between" }, from = new { date = "2024-02-01" }, to = new { date = "2024-02-03" }, source = "Made up" },
        });
        await DoesAsync("/api/participants/MEX/names", new { names = new { en = "Renamed", es = "Renombrado" }, reason = "To see whether it shows.", source = "Made up" });
        await DoesAsync("/api/participants/HND/roles/end", new { role = "member", scope = "RCM", until = new { date = "2020-01-01" }, reason = "To see whether it shows.", source = "Made up" });
        var pledge = await DoesAsync("/api/pledges", NodesTests.Pledge());
        await DoesAsync($"/api/pledges/{pledge}/reports", NodesTests.Report("long ago", "2021-01-01"));
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

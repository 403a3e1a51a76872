using System.Collections.Concurrent;
using System.Net;
using System.Text;
using System.Text.Json;
using PledgeRegistry.Transparency.Notes;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>Several nodes that have the same keys, as processes of their own: together they sign as one.</summary>
[Collection(ServerCollection.Name)]
[System.Runtime.Versioning.UnsupportedOSPlatform("windows")]
public sealed class SigningNodesTests(Cluster cluster) : ServerTest(cluster), IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("pledge-signing-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task Two_nodes_sign_each_size_once_one_goes_on_alone_and_a_proof_of_either_is_checked_offline()
    {
        var log = $"postgres:{Running}";
        await ToolTests.SucceedAsync("load", "--data", At("a"), "--log", log);
        var listed = JsonDocument.Parse(await ToolTests.SucceedAsync("keys", "new", "--origin", "example.org/log", "--data", At("a"), "--log", log, "--json")).RootElement;
        var keys = listed.GetProperty("keys").EnumerateArray().Select(k => VerifierKey.TryParse(k.GetProperty("verifierKey").GetString()!)!).ToList();
        Assert.Equal(2, keys.Count);
        CreateForOwner(At("b"));
        CreateForOwner(At("b/keys"));
        foreach (var file in Directory.EnumerateFiles(At("a/keys")))
        {
            File.Copy(file, Path.Combine(At("b/keys"), Path.GetFileName(file)));
        }
        // Every checkpoint that anybody was ever shown, by its size.
        var seen = new ConcurrentDictionary<long, ConcurrentDictionary<string, bool>>();
        using var one = await NodeProcess.StartAsync(Running, At("a"), "--sign-every", "1");
        using var two = await NodeProcess.StartAsync(Running, At("b"), "--sign-every", "1");
        for (var i = 0; i < 8; i++)
        {
            var written = await (i % 2 == 0 ? one : two).WriteAsync("/api/sources", NodesTests.Source($"s-{i}"), $"s-{i}");
            await SignedAsync(one, written!.Position);
            await SignedAsync(two, written.Position);
        }
        Assert.True(seen.Count >= 8, $"{seen.Count} sizes were signed.");
        Assert.All(seen.Values, notes => Assert.Single(notes));

        one.Dispose();
        var alone = await two.WriteAsync("/api/sources", NodesTests.Source("alone"), "alone");
        await SignedAsync(two, alone!.Position);
        using var again = await NodeProcess.StartAsync(Running, At("a"), "--sign-every", "1");
        var last = await two.WriteAsync("/api/sources", NodesTests.Source("last"), "last");
        await SignedAsync(again, last!.Position);
        await SignedAsync(two, last.Position);
        Assert.All(seen.Values, notes => Assert.Single(notes));

        var (status, proof) = await again.GetAsync($"/log/proof/{alone.Position}");
        Assert.Equal(HttpStatusCode.OK, status);
        await File.WriteAllTextAsync(At("p.tlog-proof"), proof);
        await File.WriteAllTextAsync(At("entry"), (await again.GetAsync($"/api/entries/{alone.Position}")).Body);
        Assert.StartsWith("verdict\tverified\n", await ToolTests.SucceedAsync(
            "check", At("p.tlog-proof"), "--entry", At("entry"), "--key", keys[0].ToString(), "--key", keys[1].ToString()), StringComparison.Ordinal);
        await ToolTests.SucceedAsync("publish", At("www"), "--data", At("b"), "--log", log);
        Assert.Contains(await File.ReadAllTextAsync(At("www/checkpoint")), seen.Values.SelectMany(n => n.Keys));

        async Task SignedAsync(NodeProcess node, long position)
        {
            for (var i = 0; i < 600; i++)
            {
                var (code, body) = await node.GetAsync("/log/checkpoint");
                if (code == HttpStatusCode.OK)
                {
                    var note = SignedNote.Parse(Encoding.UTF8.GetBytes(body));
                    var size = Checkpoint.Parse(note.Text).Size;
                    Assert.Equal(keys, note.Verify(keys).Good);
                    seen.GetOrAdd(size, _ => new()).TryAdd(body, true);
                    if (size > position)
                    {
                        return;
                    }
                }
                await Task.Delay(50);
            }
            Assert.Fail($"Entry {position} was never signed: {(await node.GetAsync("/health/ready")).Body}");
        }
    }

    [Fact]
    public async Task A_node_with_keys_and_a_private_store_of_its_own_signs_nothing_and_says_so()
    {
        var log = $"postgres:{Running}";
        await ToolTests.SucceedAsync("load", "--data", At("a"), "--log", log);
        await ToolTests.SucceedAsync("keys", "new", "--origin", "example.org/log", "--data", At("a"), "--log", log);
        using (var alone = await NodeProcess.StartAsync(Running, At("a"), "--sign-every", "1", "--private-store", $"sqlite:{At("private.db")}"))
        {
            await Cluster.UntilAsync(async () => (await alone.GetAsync("/health/ready")).Body.Contains("in which they agree on who signs a size", StringComparison.Ordinal));
            Assert.NotEqual(HttpStatusCode.OK, (await alone.GetAsync("/log/checkpoint")).Status);
        }
        using var shared = await NodeProcess.StartAsync(Running, At("a"), "--sign-every", "1");
        await Cluster.UntilAsync(async () => (await shared.GetAsync("/log/checkpoint")).Status == HttpStatusCode.OK);
    }

    private static void CreateForOwner(string path) => Directory.CreateDirectory(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute);

    private string At(string name) => Path.Combine(folder, name);
}

using System.Diagnostics;
using System.Text.Json;
using PledgeRegistry.Faults.Checker;

namespace PledgeRegistry.Faults.Running;

/// <summary>One registry under load: its nodes, the clients that write, the one that reads; and at the end what is held against it.</summary>
public sealed class Scene : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);
    private static readonly string[] Folded = ["/api/rcm/grid?on=2026-11-01", "/api/pledges/RCM-2016-0037?on=2026-11-01", "/api/sources", "/api/history?limit=50&newestFirst=true"];

    private readonly List<ClientProcess> clients = [];

    private Scene(Ground ground, Place place, int nodes, int seed)
    {
        (Ground, Place, Seed, Random) = (ground, place, seed, new Random(seed));
        Nodes = [.. Enumerable.Range(0, nodes).Select(n => new Node(place, n))];
    }

    public Ground Ground { get; }
    public Place Place { get; }
    public IReadOnlyList<Node> Nodes { get; }
    public Node Node => Nodes[0];
    public Random Random { get; }
    public int Seed { get; }

    /// <summary>The database server, on PostgreSQL.</summary>
    public PostgresServer Server => ((PostgresGround)Ground).Server;

    /// <summary>Answers with a receipt, over all clients.</summary>
    public int Recorded => clients.Sum(c => c.Recorded);

    /// <summary>Requests that a node cut off, over all clients.</summary>
    public int CutOff => clients.Sum(c => c.CutOff);

    /// <param name="place">Where the log is; null for a new one.</param>
    /// <param name="tries">How often a start that ended is begun again.</param>
    public static async Task<Scene> OpenAsync(Ground ground, int seed, int nodes = 1, Place? place = null, NodeStart? start = null, int tries = 1)
    {
        var scene = new Scene(ground, place ?? await ground.NewAsync(), nodes, seed);
        try
        {
            foreach (var node in scene.Nodes)
            {
                node.Start = start ?? node.Start;
                for (var left = tries; !await node.TryStartAsync(); left--)
                {
                    if (left == 1)
                    {
                        throw new FaultException($"The node did not start: {node.Said}");
                    }
                }
            }
            return scene;
        }
        catch
        {
            await scene.DisposeAsync();
            throw;
        }
    }

    /// <summary>From now on there is load.</summary>
    public async Task LoadAsync(int writers = 2, int callers = 5)
    {
        for (var i = 0; i < writers; i++)
        {
            Load(callers, [.. Nodes]);
        }
        clients.Add(new ClientProcess("read", Path.Combine(Place.Records, "reader.record"), Seed, 1, Nodes.Select(n => n.Address)));
        await RecordsAsync(20);
    }

    /// <summary>One more client that writes, to these nodes only.</summary>
    public ClientProcess Load(int callers, params Node[] nodes)
    {
        var number = clients.Count;
        var client = new ClientProcess("write", Path.Combine(Place.Records, $"writer-{number}.record"), Seed * 10 + number, callers, nodes.Select(n => n.Address));
        clients.Add(client);
        return client;
    }

    /// <summary>Waits for so many more receipts.</summary>
    public async Task RecordsAsync(int more)
    {
        var (enough, waiting) = (Recorded + more, Stopwatch.StartNew());
        while (Recorded < enough)
        {
            if (waiting.Elapsed > Patience)
            {
                throw new FaultException($"Nothing is recorded any more: {Node.Said}\n{string.Join('\n', (await CheckAsync()).Words)}");
            }
            await Task.Delay(5);
        }
    }

    /// <summary>The load ends; what is under way is finished.</summary>
    public async Task QuietAsync() => await Task.WhenAll(clients.Select(c => c.StopAsync()));

    /// <summary>Ends the load and judges all: the clients' records against the log, and every way of folding it against the others.</summary>
    /// <param name="folds">Also folds the log from the start, and from a backup that is restored.</param>
    /// <param name="failures">Answers that say that the program failed (500) are to be expected.</param>
    public async Task<Judgement> JudgeAsync(bool folds = false, bool failures = false)
    {
        await QuietAsync();
        var verdict = await CheckAsync();
        var words = new List<string>(verdict.Words);
        if (verdict.Failed > 0 && !failures)
        {
            words.Add($"{verdict.Failed} commands were answered with a failure of the program");
        }
        if (verdict.Lost + verdict.Duplicated + verdict.Reordered + verdict.WronglyRefused == 0)
        {
            var live = await Task.WhenAll(Nodes.Select(n => RootAsync(n, verdict.Size)));
            words.AddRange(live.Where(r => r != verdict.Root).Select(r => $"a node names the root {r}, where the checker's is {verdict.Root}"));
            words.AddRange(folds ? await FoldsAsync(verdict) : []);
        }
        return new Judgement(verdict, words);
    }

    /// <summary>The clients' records as they are now, copied to a folder.</summary>
    public IReadOnlyList<string> CopyRecords(string folder) => [.. clients.Select(c =>
    {
        var copy = Path.Combine(folder, Path.GetFileName(c.Record));
        File.WriteAllLines(copy, File.ReadAllText(c.Record).Split('\n')[..^1]);
        return copy;
    })];

    public Task<Verdict> CheckAsync() => CheckAsync(Place, [.. clients.Select(c => c.Record)]);

    /// <summary>What the checker, a program of its own, finds.</summary>
    public static async Task<Verdict> CheckAsync(Place place, IReadOnlyList<string> records)
    {
        var (_, output, error) = await Programs.RunAsync([Programs.Dotnet, Programs.Checker, place.Engine, place.Target, .. records]);
        return output.Length > 0 ? JsonSerializer.Deserialize<Verdict>(output)! : throw new FaultException($"The checker failed: {error}");
    }

    /// <summary>Runs the tool on this registry, and gives what it printed as JSON.</summary>
    public async Task<JsonElement> ToolAsync(params string[] words)
    {
        using var json = JsonDocument.Parse(await Programs.SucceedAsync([Programs.Dotnet, Programs.Tool, .. words, "--json", "--data", Place.DataFolder(0)], Place.Environment));
        return json.RootElement.Clone();
    }

    public async ValueTask DisposeAsync()
    {
        clients.ForEach(c => c.Dispose());
        foreach (var node in Nodes)
        {
            await node.DisposeAsync();
        }
    }

    /// <summary>Folded live, from the start, and from a backup that was restored: the same root, the same content, the same views.</summary>
    private async Task<List<string>> FoldsAsync(Verdict verdict)
    {
        var words = new List<string>();
        var live = await Task.WhenAll(Nodes.Select(ViewsAsync));
        var scratch = await ToolAsync("verify");
        var backup = Path.Combine(Place.Folder, "backup");
        await ToolAsync("backup", backup);
        var restored = new Place(Ground.Sqlite, Path.Combine(Place.Folder, "restored"), "", null, new Dictionary<string, string>());
        using var restore = JsonDocument.Parse(await Programs.SucceedAsync([Programs.Dotnet, Programs.Tool, "restore", backup, "--json", "--data", restored.DataFolder(0)]));
        await using var again = new Node(restored, 0);
        await again.StartAsync();
        var (rootAgain, viewsAgain) = (await RootAsync(again, verdict.Size), await ViewsAsync(again));
        string Of(JsonElement json, string name) => json.GetProperty(name).GetString() ?? "";
        foreach (var root in new[] { Of(scratch, "root") }.Append(Of(restore.RootElement, "root")).Append(rootAgain).Where(r => r != verdict.Root))
        {
            words.Add($"a root is {root}, where the checker's is {verdict.Root}");
        }
        if (Of(scratch, "contentHash") != Of(restore.RootElement, "contentHash"))
        {
            words.Add("the content hash of the restored backup is another one");
        }
        if (live.Any(l => l != viewsAgain))
        {
            words.Add("what was folded live is shown otherwise than what was folded from the restored backup");
        }
        return words;
    }

    /// <summary>The root that a node names, once it has read so far.</summary>
    private static async Task<string> RootAsync(Node node, long size)
    {
        for (var tries = 0; ; tries++)
        {
            using var registry = JsonDocument.Parse((await node.GetAsync("/api/registry")).Body);
            if (registry.RootElement.GetProperty("basis").GetProperty("size").GetInt64() >= size || tries == 200)
            {
                return registry.RootElement.GetProperty("root").GetString()!;
            }
            await Task.Delay(20);
        }
    }

    private static async Task<string> ViewsAsync(Node node) =>
        string.Join('\n', await Task.WhenAll(Folded.Select(async address => (await node.GetAsync(address)).Body)));
}

/// <summary>What became of a run.</summary>
/// <param name="Verdict">The checker's.</param>
/// <param name="Words">All that is wrong, its own findings included; empty where nothing is.</param>
public sealed record Judgement(Verdict Verdict, IReadOnlyList<string> Words);

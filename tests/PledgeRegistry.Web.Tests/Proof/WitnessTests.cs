using System.Net;
using System.Text.Json;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Proof;

/// <summary>A host and its witnesses, each a process of its own.</summary>
public sealed class WitnessTests : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("pledge-witnesses-").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task What_a_host_signs_is_cosigned_and_a_witness_that_was_killed_goes_on_where_it_was()
    {
        using var folder = await TestFolder.LoadedAsync();
        var keys = SignedHost.MakeKeys(folder);
        using var one = RunningWitness.Start(At("one"), "one.example.net", keys);
        var two = RunningWitness.Start(At("two"), "two.example.net", keys);
        var policy = Policy(keys, "all", one, two);
        using (var host = SignedHost.Start(folder.Path, At("policy")))
        {
            await host.PublishedAsync(cosigned: true);
            Assert.True(policy.Accepts(await host.CheckpointAsync(), SignedHost.Origin));

            two.Process.Kill();
            await host.RecordAsync("While one is away");
            // It is given out all the same, and said to lack one.
            var lacking = await host.PublishedAsync(cosigned: false);
            lacking = await host.HealthAsync(h => Standing(h, two).TryGetProperty("failing", out _) && Size(Standing(h, one)) == h.GetProperty("size").GetInt64());
            Assert.True(Size(Standing(lacking, two)) < Size(Standing(lacking, one)));
            var checkpoint = await host.CheckpointAsync();
            Assert.False(policy.Accepts(checkpoint, SignedHost.Origin));
            Assert.Equal([one.Key], checkpoint.Verify([one.Key, two.Key]).Good);

            two = two.Again(keys);
            var all = await host.PublishedAsync(cosigned: true);
            Assert.False(Standing(all, two).TryGetProperty("failing", out _));
            Assert.True(policy.Accepts(await host.CheckpointAsync(), SignedHost.Origin));
            using var web = new HttpClient();
            var told = await web.GetStringAsync(two.Address);
            Assert.Contains(two.Key.ToString(), told, StringComparison.Ordinal);
            Assert.Contains($"{SignedHost.Origin}\n{Size(all)}\n", told, StringComparison.Ordinal);
            host.Stop();
        }
        // What was cosigned is known after a restart, without asking anybody, and is published with it.
        one.Process.Kill();
        two.Dispose();
        using (var host = SignedHost.Start(folder.Path, At("policy")))
        {
            await host.PublishedAsync(cosigned: true);
            Assert.True(policy.Accepts(await host.CheckpointAsync(), SignedHost.Origin));
            host.Stop();
        }
        var (exitCode, _, error) = SignedHost.Tool("publish", At("published"), "--data", folder.Path);
        Assert.True(exitCode == 0, error);
        Assert.True(policy.Accepts(SignedNote.Parse(File.ReadAllBytes(Path.Combine(At("published"), "checkpoint"))), SignedHost.Origin));
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task A_fork_that_is_signed_with_the_same_keys_is_refused_and_ends_the_signing(bool inGo)
    {
        using var folder = await TestFolder.LoadedAsync();
        var keys = SignedHost.MakeKeys(folder);
        using var witness = inGo
            ? await RunningWitness.StartInGoAsync(At("witness"), "go.example.net", keys[0])
            : RunningWitness.Start(At("witness"), "one.example.net", keys);
        var policy = Policy(keys, "any", witness);
        var fork = Copy(folder.Path, At("fork"));
        using (var host = SignedHost.Start(folder.Path, At("policy")))
        {
            await host.RecordAsync("What was promised");
            await host.PublishedAsync(cosigned: true);
            Assert.True(policy.Accepts(await host.CheckpointAsync(), SignedHost.Origin));
            host.Stop();
        }
        // Out of the witness's sight it grows as far as the other.
        using (var host = SignedHost.Start(fork))
        {
            await host.RecordAsync("What somebody would rather have promised");
            await host.PublishedAsync();
            host.Stop();
        }
        using (var host = SignedHost.Start(fork, At("policy")))
        {
            var refused = (await host.HealthAsync(h => h.TryGetProperty("notSigning", out _))).GetProperty("notSigning").GetString()!;
            Assert.StartsWith(witness.Key.Name, refused, StringComparison.Ordinal);
            // Recording goes on; no checkpoint of it is signed.
            await host.RecordAsync("And another");
            await Task.Delay(TimeSpan.FromSeconds(3));
            var after = await host.HealthAsync(_ => true);
            Assert.True(after.GetProperty("signed").GetInt64() < Size(after));
            Assert.Equal("ready", after.GetProperty("status").GetString());
            host.Stop();
            Assert.Contains(host.Process.Said, line => line.StartsWith($"Signing: {witness.Key.Name}", StringComparison.Ordinal));
        }
        // Nor after a restart, until somebody decided.
        using (var host = SignedHost.Start(fork, At("policy")))
        {
            Assert.Contains("contradiction.txt", (await host.HealthAsync(h => h.TryGetProperty("notSigning", out _))).GetProperty("notSigning").GetString(), StringComparison.Ordinal);
            host.Stop();
        }
        // The two checkpoints are the proof: signed by the same keys, and of the same size, or the larger doesn't go on from the smaller.
        var (seen, other) = inGo
            ? (File.ReadAllBytes(Path.Combine(witness.Folder, "last.note")), File.ReadAllBytes(Path.Combine(witness.Folder, "refused.note")))
            : (File.ReadAllBytes(Directory.GetFiles(witness.Folder, "*.note").Single()), File.ReadAllBytes(Directory.GetFiles(Path.Combine(witness.Folder, "evidence")).Single()));
        SignedNote[] both = [SignedNote.Parse(seen), SignedNote.Parse(other)];
        Assert.All(both, n => Assert.Equal(keys.Order(KeyOrder), n.Verify([.. keys]).Good.Order(KeyOrder)));
        var (first, second) = (Checkpoint.Parse(both[0].Text), Checkpoint.Parse(both[1].Text));
        Assert.Equal((first.Origin, first.Size), (second.Origin, second.Size));
        Assert.NotEqual(first.Root, second.Root);
        var evidence = File.ReadAllText(Directory.GetFiles(fork, "contradiction.txt", SearchOption.AllDirectories).Single());
        Assert.Contains(both[1].Text, evidence, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_log_that_was_put_back_to_an_older_state_is_told_so_by_its_witness_and_signs_nothing_more()
    {
        using var folder = await TestFolder.LoadedAsync();
        var keys = SignedHost.MakeKeys(folder);
        using var witness = RunningWitness.Start(At("witness"), "one.example.net", keys);
        Policy(keys, "any", witness);
        var older = Copy(folder.Path, At("older"));
        using (var host = SignedHost.Start(folder.Path, At("policy")))
        {
            await host.RecordAsync("What was promised");
            await host.PublishedAsync(cosigned: true);
            host.Stop();
        }
        using (var host = SignedHost.Start(older, At("policy")))
        {
            var refused = (await host.HealthAsync(h => h.TryGetProperty("notSigning", out _))).GetProperty("notSigning").GetString();
            Assert.Contains("rolled back", refused, StringComparison.Ordinal);
            host.Stop();
        }
    }

    [Fact]
    public void A_policy_that_cant_be_read_ends_the_start_and_says_why()
    {
        using var folder = TestFolder.New();
        Directory.CreateDirectory(folder.Path);
        File.WriteAllText(At("policy"), "quorum two\n");
        using var process = WebProcess.Start(folder.Path, ["--data", folder.Path, "--urls", "http://127.0.0.1:0", "--witness-policy", At("policy")]);
        var (exitCode, _, error) = process.WaitForExit();
        Assert.Equal(1, exitCode);
        Assert.Contains("Line 1 of the policy", error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_witness_has_one_name_one_key_and_one_process_a_folder()
    {
        using var ed25519 = NoteSigner.NewEd25519(SignedHost.Origin);
        var first = RunningWitness.Start(At("one"), "one.example.net", [ed25519.Key]);
        if (!OperatingSystem.IsWindows())
        {
            Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(Directory.GetFiles(Path.Combine(At("one"), "keys")).Single()));
        }
        string[] again = ["witness", "--state", At("one"), "--listen", "127.0.0.1:0", "--log", ed25519.Key.ToString()];
        var (exitCode, output, error) = SignedHost.Tool([.. again, "--name", "one.example.net"]);
        Assert.Equal((1, ""), (exitCode, output));
        Assert.Contains("Another witness runs with it", error, StringComparison.Ordinal);

        using (var web = new HttpClient())
        {
            using var nonsense = new StringContent("nonsense");
            Assert.Equal(HttpStatusCode.BadRequest, (await web.PostAsync(new Uri(first.Address, "add-checkpoint"), nonsense)).StatusCode);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await web.GetAsync(new Uri(first.Address, "add-checkpoint"))).StatusCode);
            Assert.Equal(HttpStatusCode.NotFound, (await web.GetAsync(new Uri(first.Address, "metrics"))).StatusCode);
        }
        first.Process.Terminate();
        Assert.Equal(0, first.Process.WaitForExit().ExitCode);
        var key = first.Key;
        first.Dispose();

        (exitCode, _, error) = SignedHost.Tool([.. again, "--name", "two.example.net"]);
        Assert.Equal(1, exitCode);
        Assert.Contains("a witness's name never changes", error, StringComparison.Ordinal);
        using var restarted = RunningWitness.Start(At("one"), "one.example.net", [ed25519.Key]);
        Assert.Equal(key, restarted.Key);
        Assert.Contains("no verifier key line", SignedHost.Tool("witness", "--state", At("x"), "--name", "x.example.net", "--log", "nonsense").Error, StringComparison.Ordinal);
        Assert.Equal(2, SignedHost.Tool("witness", "--state", At("x"), "--name", "x.example.net", "--log", ed25519.Key.ToString(), "--listen", "5090").ExitCode);
        Assert.False(Directory.Exists(At("x")));
    }

    [Fact]
    public void A_checkpoint_has_at_most_sixteen_signatures_those_of_the_log_first()
    {
        using var log = NoteSigner.NewEcdsa(SignedHost.Origin);
        var note = SignedNote.Sign("a note\n", [log]);
        var many = Cosigning.Joined(note, Enumerable.Range(0, 20).Select(i => new NoteSignature($"w{i}", (uint)i, new byte[72])));
        Assert.Equal((16, note.Signatures[0]), (many.Signatures.Count, many.Signatures[0]));
        Assert.Equal(16, SignedNote.Parse(many.ToBytes()).Signatures.Count);
    }

    private static Comparer<VerifierKey> KeyOrder { get; } = Comparer<VerifierKey>.Create((a, b) => a.Id.CompareTo(b.Id));

    private string At(string name) => Path.Combine(work, name);

    private WitnessPolicy Policy(IEnumerable<VerifierKey> log, string least, params RunningWitness[] witnesses)
    {
        File.WriteAllLines(At("policy"),
            [.. log.Select(k => $"log {k}"), .. witnesses.Select(w => w.PolicyLine), $"group enough {least} {string.Join(' ', witnesses.Select(w => w.Key.Name))}", "quorum enough"]);
        return WitnessPolicy.Parse(File.ReadAllText(At("policy")));
    }

    private static string Copy(string from, string to)
    {
        foreach (var file in Directory.EnumerateFiles(from, "*", SearchOption.AllDirectories))
        {
            var target = Path.Combine(to, Path.GetRelativePath(from, file));
            var made = Directory.CreateDirectory(Path.GetDirectoryName(target)!);
            if (!OperatingSystem.IsWindows())
            {
                // As the keys need it.
                made.UnixFileMode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute;
            }
            File.Copy(file, target);
        }
        return to;
    }

    private static JsonElement Standing(JsonElement health, RunningWitness witness) => health.GetProperty("witnesses").EnumerateArray().Single(w => w.GetProperty("name").GetString() == witness.Key.Name);

    private static long Size(JsonElement told) => told.GetProperty(told.TryGetProperty("size", out _) ? "size" : "cosignedSize").GetInt64();
}

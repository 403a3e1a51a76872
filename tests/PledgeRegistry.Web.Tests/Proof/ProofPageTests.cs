using System.Globalization;
using System.Text.Json;
using System.Text.RegularExpressions;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Web.Tests.Browser;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Proof;

/// <summary>What the page of the proof tells a reader to type, typed.</summary>
[Collection(nameof(BrowserTests))]
public sealed partial class ProofPageTests(BrowserRegistry site) : IDisposable
{
    private readonly string work = Directory.CreateTempSubdirectory("pledge-proof-").FullName;

    public void Dispose() => Directory.Delete(work, recursive: true);

    [Fact]
    public async Task The_commands_on_the_page_verify_the_log_as_they_stand_and_the_page_is_accessible_in_every_language()
    {
        using var folder = await TestFolder.LoadedAsync();
        var keys = SignedHost.MakeKeys(folder);
        using var witness = RunningWitness.Start(Path.Combine(work, "witness"), "one.example.net", keys);
        var policy = Path.Combine(work, "policy");
        File.WriteAllLines(policy, [.. keys.Select(k => $"log {k}"), witness.PolicyLine, "quorum one.example.net"]);
        using var host = SignedHost.Start(folder.Path, policy);
        await host.PublishedAsync(cosigned: true);
        var checkpoint = Checkpoint.Parse((await host.CheckpointAsync()).Text);

        foreach (var language in Languages.All)
        {
            var page = await site.OpenAsync(new Uri(host.Client.BaseAddress!, $"/proof?entry=7&lang={language}").ToString());
            foreach (var width in new[] { 1280, 360 })
            {
                await page.SetViewportSizeAsync(width, 900);
                await AccessibilityTests.CheckAsync(page);
            }
            await page.Context.CloseAsync();
        }

        var html = await host.Client.GetStringAsync(new Uri("/proof?entry=7", UriKind.Relative));
        var commands = Blocks().Matches(html).ToDictionary(m => m.Groups[1].Value, m => System.Net.WebUtility.HtmlDecode(m.Groups[2].Value));
        Assert.Equal(["openssl-signatures", "openssl-entry", $"openssl-{witness.Key.IdText}", "go-packages", "go-check"], commands.Keys);
        Assert.Contains(checkpoint.Root.ToString(), html, StringComparison.Ordinal);
        Assert.All(keys, k => Assert.Contains(k.ToString(), System.Net.WebUtility.HtmlDecode(html), StringComparison.Ordinal));

        var signatures = Run(commands["openssl-signatures"]);
        Assert.Equal((0, 2), (signatures.ExitCode, Count(signatures.Output, "Verified OK") + Count(signatures.Output, "Signature Verified Successfully")));
        var entry = Run(commands["openssl-entry"]);
        Assert.True(entry.ExitCode == 0, entry.Error);
        Assert.Equal(MerkleTree.LeafHash(File.ReadAllBytes(Path.Combine(work, "entry"))).ToString(), entry.Output.Split(' ')[0]);
        var cosignature = Run(commands[$"openssl-{witness.Key.IdText}"]);
        Assert.Contains("Signature Verified Successfully", cosignature.Output, StringComparison.Ordinal);
        Assert.Matches("cosigned 1[0-9]{9} seconds", cosignature.Output);
        // Go's packages are on this machine; the lines that fetch them need a network.
        var go = Run(commands["go-check"]);
        Assert.Equal((0, $"ok: entry 7 is in the log {SignedHost.Origin} of {checkpoint.Size} entries"), (go.ExitCode, go.Output));

        // Each of them sees what was changed.
        File.AppendAllText(Path.Combine(work, "body"), "x\n");
        Assert.NotEqual(0, Run(commands["openssl-signatures"][commands["openssl-signatures"].IndexOf("openssl pkeyutl", StringComparison.Ordinal)..]).ExitCode);
        File.AppendAllText(Path.Combine(work, "entry"), "x");
        Assert.NotEqual(0, Run(commands["openssl-entry"].Split('\n')[1]).ExitCode);
        var changed = Run(commands["go-check"].Split('\n')[^1]);
        Assert.Equal(1, changed.ExitCode);
        Assert.StartsWith("NOT PROVED", changed.Output, StringComparison.Ordinal);

        await CheckAsync(host, policy, witness, checkpoint.Size);
        await JsonAsync(host, keys, witness, checkpoint);
    }

    [Fact]
    public async Task Every_page_leads_to_the_proof_and_an_entry_that_is_not_signed_is_told_so()
    {
        var (_, history) = await site.Registry.GetAsync("/history");
        Assert.Contains("href=\"/proof\"", history, StringComparison.Ordinal);
        Assert.Contains($"href=\"/proof?entry={site.Registry.Size - 1}#receipt\"", history, StringComparison.Ordinal);
        var (_, proof) = await site.Registry.GetAsync("/proof?entry=3&lang=en");
        Assert.DoesNotContain("/log/proof/3", proof, StringComparison.Ordinal);
        Assert.Contains("Entry 3 is recorded, and no checkpoint with it was signed yet.", proof, StringComparison.Ordinal);
    }

    // The file that the page leads to, by the tool, with a policy and nothing else.
    private async Task CheckAsync(SignedHost host, string policy, RunningWitness witness, long size)
    {
        var proof = Path.Combine(work, "7.tlog-proof");
        await File.WriteAllBytesAsync(proof, await host.Client.GetByteArrayAsync(new Uri("/log/proof/7", UriKind.Relative)));
        var entry = Path.Combine(work, "entry-7");
        await File.WriteAllBytesAsync(entry, await host.Client.GetByteArrayAsync(new Uri("/api/entries/7", UriKind.Relative)));
        var (exitCode, output, error) = SignedHost.Tool("check", proof, "--policy", policy, "--entry", entry);
        Assert.True(exitCode == 0, output + error);
        Assert.Contains("verdict\tverified", output, StringComparison.Ordinal);
        Assert.Contains("policy\tmet: one.example.net", output, StringComparison.Ordinal);
        Assert.Contains($"cosigned by\tone.example.net+{witness.Key.IdText} at ", output, StringComparison.Ordinal);
        Assert.Contains(string.Create(CultureInfo.InvariantCulture, $"size\t{size}"), output, StringComparison.Ordinal);

        using var nobody = new Cosigner("two.example.net", Ed25519.NewSeed());
        File.AppendAllLines(policy, [$"witness two.example.net {nobody.Key}"]);
        File.WriteAllText(policy, File.ReadAllText(policy).Replace("quorum one.example.net\n", "", StringComparison.Ordinal) + "group both all one.example.net two.example.net\nquorum both\n");
        (exitCode, output, _) = SignedHost.Tool("check", proof, "--policy", policy, "--entry", entry);
        Assert.Equal(1, exitCode);
        Assert.Contains("policy\tnot met: both", output, StringComparison.Ordinal);
        Assert.Contains("too few of its witnesses cosigned", output, StringComparison.Ordinal);
        Assert.Equal(2, SignedHost.Tool("check", proof, "--entry", entry).ExitCode);
    }

    private static async Task JsonAsync(SignedHost host, IReadOnlyList<VerifierKey> keys, RunningWitness witness, Checkpoint checkpoint)
    {
        using var json = JsonDocument.Parse(await host.Client.GetStringAsync(new Uri("/api/proof", UriKind.Relative)));
        var root = json.RootElement;
        Assert.Equal(SignedHost.Origin, root.GetProperty("origin").GetString());
        Assert.Equal(keys.Select(k => k.ToString()), root.GetProperty("keys").EnumerateArray().Select(k => k.GetProperty("verifierKey").GetString()));
        Assert.Equal(witness.Key.ToString(), root.GetProperty("witnesses")[0].GetProperty("verifierKey").GetString());
        Assert.Equal(checkpoint.Size, root.GetProperty("witnesses")[0].GetProperty("cosignedSize").GetInt64());
        Assert.True(root.GetProperty("checkpoint").GetProperty("quorumMet").GetBoolean());
        Assert.Equal(checkpoint.Root.ToString(), root.GetProperty("checkpoint").GetProperty("root").GetString());
    }

    private (int ExitCode, string Output, string Error) Run(string lines)
    {
        using var shell = WebProcess.StartProgram(work, "sh", ["-e", "-c", lines], [.. GoProgram.Environment]);
        return shell.WaitForExit();
    }

    private static int Count(string text, string what) => text.Split(what).Length - 1;

    [GeneratedRegex("<pre id=\"([a-z0-9-]+)\"[^>]*><code>(.*?)</code></pre>", RegexOptions.Singleline)]
    private static partial Regex Blocks();
}

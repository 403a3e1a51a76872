using System.Net;
using System.Net.Sockets;
using System.Text;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Transparency.Notes;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Published;

/// <summary><c>pledge verify --published</c> and <c>pledge seal</c>, run as a person runs them.</summary>
public sealed class VerifyPublishedTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new(), elsewhere = new();
    private PublishedSample sample = null!;

    public async Task InitializeAsync()
    {
        sample = await PublishedSample.MakeAsync(300);
        await sample.PublishAsync(folder.Path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        folder.Dispose();
        elsewhere.Dispose();
        sample.Dispose();
    }

    [Fact]
    public async Task A_folder_is_verified_with_a_key_and_nothing_else()
    {
        var json = (await RunAsync(folder.Path, "--json")).Json();
        Assert.Equal(("verified", sample.Size, 0), (json.GetProperty("verdict").GetString(), json.GetProperty("soundEntries").GetInt64(), json.GetProperty("mismatches").GetInt32()));
        Assert.True(json.GetProperty("matches").GetInt32() > 5);
        var plain = (await RunAsync(folder.Path)).Succeeded();
        Assert.Contains("verdict\tverified", plain.Lines);
        Assert.Contains($"{sample.Size} entries verified", plain.Error, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_wrong_ends_with_1_and_another_version_with_4()
    {
        (await Tool.RunAsync(folder.Path, "verify", "--published", folder.Path)).FailedWith(2, "--key");
        (await RunAsync(Path.Combine(folder.Path, "nowhere"))).FailedWith(3, "There is no folder");
        (await Tool.RunAsync(folder.Path, "verify", "--since", "x")).FailedWith(2, "--published");
        var empty = await RunAsync(elsewhere.Path);
        Assert.Equal(1, empty.ExitCode);
        Assert.Contains("There is no checkpoint", empty.Error, StringComparison.Ordinal);
        await sample.SealAsync(views => [views[0] with { View = "rcm-grid/999" }]);
        await sample.PublishAsync(elsewhere.Path);
        var version = await RunAsync(elsewhere.Path);
        Assert.Equal(4, version.ExitCode);
        Assert.Contains("some sealed views can't be compared", version.Output, StringComparison.Ordinal);
        using var unused = NoteSigner.NewEcdsa(PublishedSample.Origin);
        Assert.Equal(3, (await RunAsync(elsewhere.Path, "--key", unused.Key.ToString())).ExitCode);
        await sample.SealAsync(views => [views[0] with { Sha256 = views[1].Sha256 }]);
        await sample.PublishAsync(elsewhere.Path);
        Assert.Equal(1, (await RunAsync(elsewhere.Path)).ExitCode);
    }

    [Fact]
    public async Task What_is_left_of_withheld_entries_is_told_to_be_the_operators_word_and_ends_with_4()
    {
        // Of no view that is sealed: every seal still matches.
        await sample.WithholdAsync(sample.Size - 2, "Note");
        await sample.PublishAsync(elsewhere.Path);
        var run = await RunAsync(elsewhere.Path);
        Assert.Equal(4, run.ExitCode);
        Assert.Contains("verdict\tthe log is verified; what is left of withheld entries is the operator's word", run.Lines);
        Assert.Contains(run.Lines, l => l.Contains(" match, 0 don't, 0 by another version, 0 of entries withheld since", StringComparison.Ordinal));
    }

    [Fact]
    public async Task Since_an_older_checkpoint_only_the_growth_is_proved()
    {
        var older = Path.Combine(elsewhere.Path, "older");
        File.WriteAllText(older, sample.Checkpoint(77));
        var grew = (await RunAsync(folder.Path, "--since", older, "--json")).Json();
        Assert.Equal(("grew only", 77, sample.Size), (grew.GetProperty("verdict").GetString(), grew.GetProperty("from").GetInt64(), grew.GetProperty("to").GetInt64()));
        // An older key and a newer one: neither is missed under the other's checkpoint.
        File.WriteAllText(older, sample.Checkpoint(77, by: sample.Keys[0]));
        await sample.PublishAsync(folder.Path, by: sample.Keys[1]);
        var exchanged = await RunAsync(folder.Path, "--since", older);
        Assert.Equal(0, exchanged.ExitCode);
        Assert.Contains("verdict\tgrew only", exchanged.Lines);
        // Of the same name and keys, and another history from its first note on.
        File.WriteAllText(older, sample.Checkpoint(77, sample.Tree.Root(76)));
        var forked = await RunAsync(folder.Path, "--since", older);
        Assert.Equal(1, forked.ExitCode);
        Assert.Contains("are not the first of those", forked.Error, StringComparison.Ordinal);
        File.WriteAllText(older, sample.Checkpoint(77).Replace("77", "78", StringComparison.Ordinal));
        var unsigned = await RunAsync(folder.Path, "--since", older);
        Assert.Contains("is bad", unsigned.Error, StringComparison.Ordinal);
        (await RunAsync(folder.Path, "--since", Path.Combine(elsewhere.Path, "none"))).FailedWith(3, "can't be read");
    }

    [Fact]
    public async Task A_site_is_read_with_bounds_and_goes_nowhere_else()
    {
        using var site = new Site(folder.Path);
        var json = (await RunAsync($"{site.Address}log", "--json")).Json();
        Assert.Equal("verified", json.GetProperty("verdict").GetString());
        foreach (var (special, message) in new[] { ("large", "bytes that are possible"), ("none", "There is no checkpoint") })
        {
            var run = await RunAsync($"{site.Address}{special}/");
            Assert.Equal(1, run.ExitCode);
            Assert.Contains(message, run.Error, StringComparison.Ordinal);
        }
        (await RunAsync("ftp://example.org/log")).FailedWith(2, "only a folder, or an address");
    }

    // Whoever waits for an alarm must not be called by a server that is down, or a name that is mistyped.
    [Fact]
    public async Task What_could_not_be_looked_at_is_not_called_wrong_and_ends_with_3()
    {
        using var site = new Site(folder.Path);
        var older = Path.Combine(elsewhere.Path, "older");
        File.WriteAllText(older, sample.Checkpoint(77));
        foreach (var (place, message) in new[] { ($"{site.Address}moved/", "goes nowhere else"), ($"{site.Address}broken/", "answered 500"), ("http://127.0.0.1:1/log", "can't be had") })
        {
            foreach (var since in new string[][] { [], ["--since", older] })
            {
                var run = await RunAsync(place, since);
                Assert.Equal(3, run.ExitCode);
                Assert.Contains("verdict\tnot verified: it couldn't be looked at", run.Lines);
                Assert.Contains(run.Lines, l => l.StartsWith("not verified\tcheckpoint", StringComparison.Ordinal) && l.Contains(message, StringComparison.Ordinal));
                Assert.DoesNotContain("wrong", run.Output + run.Error, StringComparison.OrdinalIgnoreCase);
            }
        }
        // In the midst of it: what was looked at is sound, and nothing is said of seals. A folder stands where a file was to be.
        await sample.PublishAsync(elsewhere.Path);
        var bundle = Directory.GetFiles(Path.Combine(elsewhere.Path, "tile", "0"), "*", SearchOption.AllDirectories)[0];
        File.Delete(bundle);
        Directory.CreateDirectory(bundle);
        var half = await RunAsync(elsewhere.Path);
        Assert.Equal(3, half.ExitCode);
        Assert.DoesNotContain("sealed views", half.Output, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_policy_that_is_none_ends_with_2_and_one_that_is_not_there_with_3()
    {
        var policy = Path.Combine(elsewhere.Path, "policy.txt");
        (await RunAsync(folder.Path, "--policy", policy)).FailedWith(3, "can't be read");
        (await Tool.RunAsync(folder.Path, "check", policy, "--policy", policy)).FailedWith(3, "can't be read");
        File.WriteAllText(policy, "quorum nobody\n");
        (await RunAsync(folder.Path, "--policy", policy)).FailedWith(2, "is no policy: Line 1");
        (await Tool.RunAsync(folder.Path, "check", policy, "--policy", policy)).FailedWith(2, "is no policy: Line 1");
    }

    [Fact]
    public async Task A_registry_that_is_not_there_is_not_called_damaged_unless_it_was_known()
    {
        using var none = new TemporaryFolder();
        (await Tool.RunAsync(none.Path, "verify")).FailedWith(3, "There is no registry in");
        using var gone = TemporaryFolder.CopyOf(await SampleAsync());
        File.Delete(gone.Log);
        (await Tool.RunAsync(gone.Path, "verify")).FailedWith(1, "There is no registry in");
    }

    [Fact]
    public async Task The_tool_seals_once_and_refuses_what_can_not_be_sealed()
    {
        using var copy = TemporaryFolder.CopyOf(await SampleAsync());
        var json = (await Tool.RunAsync(copy.Path, "seal", "--size", "50", "--on", "2023-01-01", "--json")).Json();
        Assert.Equal(("sealed", 50), (json.GetProperty("outcome").GetString(), json.GetProperty("size").GetInt32()));
        Assert.True(json.GetProperty("views").GetArrayLength() >= 5);
        Assert.Contains("outcome\twas sealed", (await Tool.RunAsync(copy.Path, "seal", "--size", "50", "--on", "2023-01-01")).Succeeded().Lines);
        Assert.Contains("meeting\tIMRF-2026", (await Tool.RunAsync(copy.Path, "seal", "--as-of-meeting", "IMRF-2026")).Succeeded().Lines);
        (await Tool.RunAsync(copy.Path, "seal", "--as-of-meeting", "IMRF-2022")).FailedWith(1, "before this registry's first entry");
        (await Tool.RunAsync(copy.Path, "seal", "--as-of-meeting", "IMRF-2099")).FailedWith(1, "No meeting has the id");
        (await Tool.RunAsync(copy.Path, "seal", "--size", "5000")).FailedWith(2, "--size");
        (await Tool.RunAsync(copy.Path, "seal", "--as-of-meeting", "IMRF-2026", "--size", "5")).FailedWith(2, "give no other");
        (await Tool.RunAsync(elsewhere.Path, "seal")).FailedWith(1, "There is no registry");
        (await Tool.RunAsync(copy.Path, "verify")).Succeeded();
    }

    private async Task<string> SampleAsync()
    {
        await Registries.WriteSampleAsync(elsewhere);
        var copy = Directory.CreateDirectory(Path.Combine(elsewhere.Path, "sample")).FullName;
        foreach (var file in Directory.GetFiles(elsewhere.Path))
        {
            File.Move(file, Path.Combine(copy, Path.GetFileName(file)));
        }
        return copy;
    }

    private Task<ToolRun> RunAsync(string place, params string[] more) =>
        Tool.RunAsync(elsewhere.Path, ["verify", "--published", place, "--key", sample.Keys[0].ToString(), "--key", sample.Keys[1].ToString(), .. more]);

    /// <summary>A web server of a few lines: the files under /log/, and places where something is amiss.</summary>
    private sealed class Site : IDisposable
    {
        private readonly TcpListener listener = new(IPAddress.Loopback, 0);
        private readonly Task serving;

        public Site(string folder)
        {
            listener.Start();
            serving = Task.Run(() => ServeAsync(folder));
        }

        public string Address => $"http://127.0.0.1:{((IPEndPoint)listener.LocalEndpoint).Port}/";

        public void Dispose()
        {
            listener.Stop();
            serving.Wait();
        }

        private async Task ServeAsync(string folder)
        {
            while (true)
            {
                TcpClient client;
                try
                {
                    client = await listener.AcceptTcpClientAsync();
                }
                catch (Exception e) when (e is SocketException or ObjectDisposedException)
                {
                    return;
                }
                using (client)
                {
                    try
                    {
                        await AnswerAsync(client.GetStream(), folder);
                    }
                    catch (IOException)
                    {
                        // Whoever asked has gone: it had read enough.
                    }
                }
            }
        }

        private static async Task AnswerAsync(NetworkStream stream, string folder)
        {
            using var reader = new StreamReader(stream, Encoding.ASCII, leaveOpen: true);
            var path = (await reader.ReadLineAsync())!.Split(' ')[1];
            while (await reader.ReadLineAsync() is { Length: > 0 })
            {
                // The headers say nothing that matters here.
            }
            var (status, more, body) = path.Split('/')[1] switch
            {
                "log" when Path.Combine(folder, path["/log/".Length..]) is var file && File.Exists(file) => ("200 OK", "", await File.ReadAllBytesAsync(file)),
                "moved" => ("302 Found", "Location: http://example.org/log/checkpoint\r\n", []),
                "large" => ("200 OK", "", new byte[2_000_000]),
                "broken" => ("500 Internal Server Error", "", []),
                _ => ("404 Not Found", "", Array.Empty<byte>()),
            };
            await stream.WriteAsync(Encoding.ASCII.GetBytes($"HTTP/1.1 {status}\r\n{more}Content-Length: {body.Length}\r\nConnection: close\r\n\r\n"));
            await stream.WriteAsync(body);
        }
    }
}

using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.RegularExpressions;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>Two nodes behind HAProxy, with the configuration that src/PledgeRegistry.Postgres/README.md prints; only the ports differ.</summary>
[Collection(ServerCollection.Name)]
public sealed partial class ProxyTests(Cluster cluster) : ServerTest(cluster)
{
    [Fact]
    public async Task Through_the_proxy_any_node_takes_a_form_of_the_other_and_reading_goes_on_without_a_node_and_without_the_database()
    {
        // Started at the same moment, on an empty database: both want to load the opening data, and to make a key.
        var nodes = await Task.WhenAll(NodeProcess.StartAsync(Running), NodeProcess.StartAsync(Running));
        try
        {
            await using var proxy = await Proxy.StartAsync(nodes);
            await AssertAllOnceAsync(nodes[0]);
            for (var i = 0; i < 4; i++)
            {
                var shown = await RecordByFormAsync(proxy, $"Said through the proxy, number {i}.");
                Assert.Contains($"Said through the proxy, number {i}.", shown, StringComparison.Ordinal);
            }

            nodes[0].Dispose();
            await Cluster.UntilAsync(async () => await proxy.WriteAsync("after-a-node-ended") == HttpStatusCode.Created);
            Assert.Equal(HttpStatusCode.OK, await proxy.ReadAsync("/api/registry"));

            await Cluster.StopAsync("immediate");
            try
            {
                await Cluster.UntilAsync(async () => await proxy.WriteAsync("without-a-database") == HttpStatusCode.ServiceUnavailable);
                Assert.Equal(HttpStatusCode.OK, await proxy.ReadAsync("/api/sources/after-a-node-ended"));
            }
            finally
            {
                await Cluster.StartAsync();
            }
            await Cluster.UntilAsync(async () => await proxy.WriteAsync("with-a-database") == HttpStatusCode.Created);
        }
        finally
        {
            nodes[0].Dispose();
            nodes[1].Dispose();
        }
    }

    private static async Task AssertAllOnceAsync(NodeProcess node)
    {
        var (_, registry) = await node.GetAsync("/api/registry");
        // Entries that the second of the two had wanted to load as well would make these more.
        Assert.Contains("\"sources\":5", registry, StringComparison.Ordinal);
        Assert.Contains("\"meetings\":11", registry, StringComparison.Ordinal);
    }

    private static async Task<string> RecordByFormAsync(Proxy proxy, string narrative)
    {
        const string Form = "/pledges/RCM-2016-0037/report";
        var form = await proxy.Client.GetStringAsync(Form);
        var values = Hidden().Matches(form).ToDictionary(m => m.Groups["name"].Value, m => WebUtility.HtmlDecode(m.Groups["value"].Value));
        foreach (var (name, value) in new[] { ("party", "CAN"), ("status", "in-progress"), ("effectiveOn", "2016-10"), ("narrative", narrative), ("language", "en") })
        {
            values[$"report.{name}"] = value;
        }
        using var answer = await proxy.Client.PostAsync(Form, new FormUrlEncodedContent(values));
        return await answer.Content.ReadAsStringAsync();
    }

    [GeneratedRegex("<input[^>]*?name=\"(?<name>[^\"]+)\"[^>]*?type=\"hidden\"[^>]*?value=\"(?<value>[^\"]*)\"|<input[^>]*?type=\"hidden\"[^>]*?name=\"(?<name>[^\"]+)\"[^>]*?value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    private sealed class Proxy : IAsyncDisposable
    {
        private readonly string folder = Directory.CreateTempSubdirectory("pledge-proxy-").FullName;
        private readonly Process process;

        private Proxy(string configuration)
        {
            var file = Path.Combine(folder, "registry.cfg");
            File.WriteAllText(file, configuration);
            process = Process.Start(new ProcessStartInfo("/usr/sbin/haproxy", ["-db", "-f", file]) { RedirectStandardError = true, RedirectStandardOutput = true })!;
            process.BeginErrorReadLine();
            process.BeginOutputReadLine();
        }

        public required HttpClient Client { get; init; }

        public static async Task<Proxy> StartAsync(NodeProcess[] nodes)
        {
            var readme = await File.ReadAllTextAsync(Path.Combine(Programs.Root, "src", "PledgeRegistry.Postgres", "README.md"));
            var configuration = readme[(readme.IndexOf("```haproxy\n", StringComparison.Ordinal) + "```haproxy\n".Length)..];
            configuration = configuration[..configuration.IndexOf("```", StringComparison.Ordinal)];
            var port = FreePort();
            foreach (var (printed, real) in new[] { (":5080", port), (":5081", nodes[0].Client.BaseAddress!.Port), (":5082", nodes[1].Client.BaseAddress!.Port) })
            {
                configuration = configuration.Replace(printed, string.Create(CultureInfo.InvariantCulture, $":{real}"), StringComparison.Ordinal);
            }
            var proxy = new Proxy(configuration) { Client = new HttpClient { BaseAddress = new Uri($"http://localhost:{port}"), Timeout = TimeSpan.FromSeconds(50) } };
            await Cluster.UntilAsync(async () => await proxy.ReadAsync("/health/reading") == HttpStatusCode.OK);
            return proxy;
        }

        public async Task<HttpStatusCode?> ReadAsync(string address)
        {
            try
            {
                using var answer = await Client.GetAsync(address);
                return answer.StatusCode;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        public async Task<HttpStatusCode?> WriteAsync(string source)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sources") { Content = JsonContent.Create(NodesTests.Source(source)) };
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString());
            try
            {
                using var answer = await Client.SendAsync(request);
                return answer.StatusCode;
            }
            catch (HttpRequestException)
            {
                return null;
            }
        }

        public async ValueTask DisposeAsync()
        {
            Client.Dispose();
            process.Kill();
            await process.WaitForExitAsync();
            process.Dispose();
            Directory.Delete(folder, recursive: true);
        }

        private static int FreePort()
        {
            using var listener = new TcpListener(IPAddress.Loopback, 0);
            listener.Start();
            return ((IPEndPoint)listener.LocalEndpoint).Port;
        }
    }
}

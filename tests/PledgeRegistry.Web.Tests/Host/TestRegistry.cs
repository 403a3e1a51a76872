using System.Globalization;
using System.Net.Http.Headers;
using System.Text.Json;
using PledgeRegistry.Web.Start;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>A registry that really runs: Kestrel on a free port, SQLite in a folder of its own, with the opening data loaded.</summary>
public sealed class TestRegistry : IAsyncDisposable
{
    private TestRegistry(RegistryHost host, TestFolder folder, IReadOnlyList<string> said) =>
        (Host, Folder, Said, Client) = (host, folder, said, new HttpClient { BaseAddress = new Uri(host.Addresses.First()) });

    public RegistryHost Host { get; }
    public TestFolder Folder { get; }
    public IReadOnlyList<string> Said { get; }
    public HttpClient Client { get; }

    public long Size => Host.Node.Registry.Head.Size;

    public static async Task<TestRegistry> StartAsync(TestFolder? folder = null, TimeProvider? clock = null, string urls = "http://127.0.0.1:0", bool demonstration = false, TimeSpan? signEvery = null)
    {
        folder ??= await TestFolder.LoadedAsync();
        var said = new List<string>();
        return new TestRegistry(await RegistryHost.StartAsync(new StartOptions(folder.Path, demonstration, $"--urls={urls}") { SignEvery = signEvery }, said.Add, clock), folder, said);
    }

    /// <summary>Stops, and starts again on the same folder.</summary>
    public async Task<TestRegistry> RestartAsync()
    {
        await StopAsync();
        return await StartAsync(Folder);
    }

    public async Task<(HttpResponseMessage Response, string Body)> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, headers);
    }

    /// <summary>Posts a body as JSON with a key of its own, unless the headers give one.</summary>
    public async Task<(HttpResponseMessage Response, JsonElement Body)> PostAsync(string address, object body, params (string Name, string Value)[] headers)
    {
        var (response, text) = await PostTextAsync(address, body as string ?? JsonSerializer.Serialize(body, JsonSerializerOptions.Web), headers);
        return (response, JsonDocument.Parse(text).RootElement);
    }

    public async Task<(HttpResponseMessage Response, string Body)> PostTextAsync(string address, string body, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = new StringContent(body, new MediaTypeHeaderValue("application/json")) };
        if (!Array.Exists(headers, h => h.Name == "Idempotency-Key"))
        {
            request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        }
        return await SendAsync(request, headers);
    }

    public async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        foreach (var (name, value) in headers.Where(h => h.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await Client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    public async Task StopAsync()
    {
        Client.Dispose();
        await Host.DisposeAsync();
    }

    public async ValueTask DisposeAsync()
    {
        await StopAsync();
        Folder.Dispose();
    }
}

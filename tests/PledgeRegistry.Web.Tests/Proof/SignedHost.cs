using System.Globalization;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Web.Tests.Api;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Proof;

/// <summary>The program as a process, on a registry that has keys, so that it signs every second.</summary>
internal sealed class SignedHost : IDisposable
{
    public const string Origin = "registry.example.org/log";

    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private SignedHost(WebProcess process)
    {
        Process = process;
        Client = new HttpClient { BaseAddress = new Uri(process.WaitFor("Serving ").Split(' ')[1]) };
    }

    public WebProcess Process { get; }

    public HttpClient Client { get; }

    /// <summary>Makes the log's keys, and answers them: Ed25519 first.</summary>
    public static IReadOnlyList<VerifierKey> MakeKeys(TestFolder folder)
    {
        var (exitCode, output, error) = Tool("keys", "new", "--origin", Origin, "--data", folder.Path, "--json");
        Assert.True(exitCode == 0, error);
        using var listed = JsonDocument.Parse(output);
        return [.. listed.RootElement.GetProperty("keys").EnumerateArray().Select(k => VerifierKey.TryParse(k.GetProperty("verifierKey").GetString()!)!)];
    }

    public static (int ExitCode, string Output, string Error) Tool(params IReadOnlyList<string> args)
    {
        using var tool = WebProcess.StartTool(args);
        return tool.WaitForExit();
    }

    public static SignedHost Start(string folder, string? policy = null) =>
        new(WebProcess.Start(folder, ["--data", folder, "--urls", "http://127.0.0.1:0", "--sign-every", "1", .. policy is null ? (string[])[] : ["--witness-policy", policy]]));

    /// <summary>Asks for the health until it is so.</summary>
    public async Task<JsonElement> HealthAsync(Func<JsonElement, bool> until)
    {
        var since = Environment.TickCount64;
        while (true)
        {
            using var document = JsonDocument.Parse(await Client.GetStringAsync(new Uri("/health/ready", UriKind.Relative)));
            if (until(document.RootElement))
            {
                return document.RootElement.Clone();
            }
            Assert.True(Environment.TickCount64 - since < Patience.TotalMilliseconds, $"It never came: {document.RootElement}");
            await Task.Delay(100);
        }
    }

    /// <summary>Waits until all that was recorded is given out in a checkpoint.</summary>
    public Task<JsonElement> PublishedAsync(bool? cosigned = null) => HealthAsync(h =>
        h.TryGetProperty("published", out var published) && published.GetInt64() == h.GetProperty("size").GetInt64()
        && (cosigned is null || h.GetProperty("cosigned").GetBoolean() == cosigned));

    public async Task<SignedNote> CheckpointAsync() => SignedNote.Parse(await Client.GetByteArrayAsync(new Uri("/log/checkpoint", UriKind.Relative)));

    public async Task RecordAsync(string title)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pledges")
        {
            Content = new StringContent(JsonSerializer.Serialize(Bodies.Pledge(title), JsonSerializerOptions.Web), Encoding.UTF8, new MediaTypeHeaderValue("application/json")),
        };
        request.Headers.Add("Idempotency-Key", Guid.NewGuid().ToString("N", CultureInfo.InvariantCulture));
        var response = await Client.SendAsync(request);
        Assert.True(response.IsSuccessStatusCode, await response.Content.ReadAsStringAsync());
    }

    public void Stop()
    {
        Process.Terminate();
        Assert.Equal(0, Process.WaitForExit().ExitCode);
    }

    public void Dispose()
    {
        Client.Dispose();
        Process.Dispose();
    }
}

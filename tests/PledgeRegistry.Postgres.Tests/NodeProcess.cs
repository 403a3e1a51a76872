using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Http.Json;
using System.Runtime.InteropServices;
using System.Text.Json;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>The web host as a process of its own, on a log in a database, or in its data folder.</summary>
internal sealed class NodeProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    private readonly string folder;
    private readonly bool ownFolder;
    private bool ended;
    private readonly Process process;
    private readonly ConcurrentQueue<string> said = new();
    private readonly TaskCompletionSource<Uri> serving = new(TaskCreationOptions.RunContinuationsAsynchronously);

    private NodeProcess(string? connectionString, string? data, string[] options)
    {
        (folder, ownFolder) = (data ?? Directory.CreateTempSubdirectory("pledge-node-").FullName, data is null);
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
        process = new Process
        {
            StartInfo = new ProcessStartInfo(dotnet, [Programs.Host, "--data", folder, "--urls", "http://127.0.0.1:0", .. options])
            {
                RedirectStandardOutput = true,
                RedirectStandardError = true,
                WorkingDirectory = folder,
                Environment = { ["PLEDGEREGISTRY_LOG"] = connectionString is null ? null : $"postgres:{connectionString}" },
            },
        };
        process.OutputDataReceived += (_, e) => Hear(e.Data);
        process.ErrorDataReceived += (_, e) => Hear(e.Data);
        process.EnableRaisingEvents = true;
        process.Exited += (_, _) => serving.TrySetException(new InvalidOperationException($"The node ended: {string.Join('\n', said)}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public HttpClient Client { get; private set; } = new();

    /// <param name="connectionString">The database of the log; null: SQLite in the data folder.</param>
    /// <param name="data">The data folder, which stays; null: one of its own.</param>
    public static async Task<NodeProcess> StartAsync(string? connectionString, string? data = null, params string[] options)
    {
        var node = new NodeProcess(connectionString, data, options);
        try
        {
            var address = await node.serving.Task.WaitAsync(Patience);
            node.Client = new HttpClient { BaseAddress = address, Timeout = TimeSpan.FromSeconds(60) };
            return node;
        }
        catch
        {
            node.Dispose();
            throw;
        }
    }

    /// <summary>Posts a command. An answer that says "later", or none, comes back as null.</summary>
    public async Task<Written?> WriteAsync(string address, object body, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, address) { Content = JsonContent.Create(body) };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await Client.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            if (response.StatusCode == HttpStatusCode.ServiceUnavailable)
            {
                return null;
            }
            Assert.True(response.IsSuccessStatusCode, $"{(int)response.StatusCode}: {text}");
            using var receipt = JsonDocument.Parse(text);
            return new Written(
                receipt.RootElement.GetProperty("position").GetInt64(), receipt.RootElement.GetProperty("entryId").GetGuid(),
                receipt.RootElement.GetProperty("id").GetString()!, response.Headers.GetValues("Registry-After").Single());
        }
        catch (HttpRequestException)
        {
            return null;
        }
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string address, string? after = null)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        if (after is not null)
        {
            request.Headers.Add("Registry-After", after);
        }
        using var response = await Client.SendAsync(request);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>What /health/ready says: null where it can write, or the reason's code.</summary>
    public async Task<string?> HinderedAsync()
    {
        var (status, body) = await GetAsync("/health/ready");
        using var health = JsonDocument.Parse(body);
        var reason = health.RootElement.TryGetProperty("reason", out var code) ? code.GetString() : null;
        Assert.Equal(status == HttpStatusCode.OK, reason is null);
        return reason;
    }

    /// <summary>Waits until it has ended by itself.</summary>
    public async Task<(int ExitCode, string Said)> EndedAsync()
    {
        using var patience = new CancellationTokenSource(Patience);
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, string.Join('\n', said));
    }

    /// <summary>Kills it; again does nothing.</summary>
    public void Dispose()
    {
        if (ended)
        {
            return;
        }
        ended = true;
        Client.Dispose();
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
        if (ownFolder)
        {
            Directory.Delete(folder, recursive: true);
        }
    }

    private void Hear(string? line)
    {
        if (line is null)
        {
            return;
        }
        said.Enqueue(line);
        if (line.StartsWith("Serving ", StringComparison.Ordinal))
        {
            serving.TrySetResult(new Uri(line.Split(' ')[1]));
        }
    }
}

/// <summary>What a command was answered with.</summary>
/// <param name="After">What a reader of it comes after: size and leaf hash.</param>
internal sealed record Written(long Position, Guid EntryId, string Id, string After);

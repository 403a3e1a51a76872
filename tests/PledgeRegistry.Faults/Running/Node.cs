using System.Collections.Concurrent;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Text.Json;

namespace PledgeRegistry.Faults.Running;

/// <summary>How a node is started.</summary>
/// <param name="Before">The words before the command, such as a tracer and its options.</param>
/// <param name="Environment">Variables of the process.</param>
public sealed record NodeStart(IReadOnlyList<string> Before, IReadOnlyDictionary<string, string> Environment)
{
    public static readonly NodeStart Plain = new([], new Dictionary<string, string>());

    public NodeStart With(string name, string value) => this with { Environment = new Dictionary<string, string>(Environment) { [name] = value } };
}

/// <summary>The web host as a process that dies and comes back at the same address.</summary>
public sealed class Node : IAsyncDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(90);

    private readonly Place place;
    private readonly int number;
    private readonly ConcurrentQueue<string> said = new();
    private readonly HttpClient http;
    private Process? process;
    private TaskCompletionSource<bool> serving = new();

    // Not the end of its output: what traces it, and what it started, may hold that open for longer.
    private TaskCompletionSource exited = new();

    public Node(Place place, int number)
    {
        (this.place, this.number) = (place, number);
        Address = new Uri($"http://127.0.0.1:{Programs.FreePort()}");
        http = new HttpClient { BaseAddress = Address, Timeout = TimeSpan.FromSeconds(20) };
    }

    public Uri Address { get; }

    /// <summary>How it is started the next time.</summary>
    public NodeStart Start { get; set; } = NodeStart.Plain;

    public int ProcessId => process?.Id ?? throw new FaultException("The node isn't there.");

    public bool Ended => process is null or { HasExited: true };

    /// <summary>What it printed since its last start.</summary>
    public string Said => string.Join('\n', said);

    /// <summary>Starts it without waiting until it serves.</summary>
    public void Begin()
    {
        said.Clear();
        var answer = serving = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        string[] command = [.. Start.Before, Programs.Dotnet, Programs.Host, "--data", place.DataFolder(number), "--urls", Address.ToString().TrimEnd('/')];
        var start = new ProcessStartInfo(command[0], command[1..]) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = place.Folder };
        foreach (var (name, value) in place.Environment.Concat(Start.Environment).Append(KeyValuePair.Create("DOTNET_TieredPGO", "0")))
        {
            start.Environment[name] = value;
        }
        process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, e) => Hear(e.Data, answer);
        process.ErrorDataReceived += (_, e) => Hear(e.Data, answer);
        var ended = exited = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        process.Exited += (_, _) =>
        {
            ended.TrySetResult();
            answer.TrySetResult(false);
        };
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    /// <summary>Starts it, and waits until it serves; false if it ended instead.</summary>
    public async Task<bool> TryStartAsync()
    {
        Begin();
        if (await serving.Task.WaitAsync(Patience))
        {
            return true;
        }
        // What it said last may still be on its way; but what traces it can hold its output open.
        using var soon = new CancellationTokenSource(TimeSpan.FromSeconds(5));
        await process!.WaitForExitAsync(soon.Token).ContinueWith(_ => { }, TaskScheduler.Default);
        return false;
    }

    public async Task StartAsync()
    {
        if (!await TryStartAsync())
        {
            throw new FaultException($"The node did not start: {Said}");
        }
    }

    /// <summary>SIGKILL. False if it had ended by itself.</summary>
    public async Task<bool> KillAsync()
    {
        var alive = process is { HasExited: false };
        if (alive)
        {
            process!.Kill();
        }
        await GoneAsync();
        return alive;
    }

    /// <summary>SIGTERM, as whoever runs it stops it; waits for its end, and gives the exit code.</summary>
    public async Task<int> TerminateAsync()
    {
        Signals.Send(ProcessId, Signals.Terminate);
        await exited.Task.WaitAsync(Patience);
        var exitCode = process!.ExitCode;
        await GoneAsync();
        return exitCode;
    }

    /// <summary>Waits until it has ended by itself; false if it hasn't in that time.</summary>
    public async Task<bool> EndsAsync(TimeSpan within)
    {
        try
        {
            await exited.Task.WaitAsync(within);
            return true;
        }
        catch (TimeoutException)
        {
            return false;
        }
    }

    public async Task<(HttpStatusCode Status, string Body)> GetAsync(string address)
    {
        using var response = await http.GetAsync(address);
        return (response.StatusCode, await response.Content.ReadAsStringAsync());
    }

    /// <summary>Posts a source as a command of its own; gives the status, or null where no answer came.</summary>
    public async Task<(int Status, string Body)?> PostSourceAsync(string id, string key)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/sources")
        {
            Content = new StringContent(JsonSerializer.Serialize(new { id, title = "A title", language = "en", sha256 = new string('b', 64) }), System.Text.Encoding.UTF8, "application/json"),
        };
        request.Headers.Add("Idempotency-Key", key);
        try
        {
            using var response = await http.SendAsync(request);
            return ((int)response.StatusCode, await response.Content.ReadAsStringAsync());
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return null;
        }
    }

    /// <summary>What /health/ready says: null where it can write, or the reason's code; "gone" where there is no answer.</summary>
    public async Task<string?> HinderedAsync()
    {
        try
        {
            var (_, body) = await GetAsync("/health/ready");
            using var health = JsonDocument.Parse(body);
            return health.RootElement.TryGetProperty("reason", out var code) ? code.GetString() : null;
        }
        catch (Exception e) when (e is HttpRequestException or OperationCanceledException)
        {
            return "gone";
        }
    }

    /// <summary>Waits for a state of health.</summary>
    public async Task UntilAsync(string? hindrance, TimeSpan? within = null)
    {
        var waiting = Stopwatch.StartNew();
        string? last = null;
        while ((last = await HinderedAsync()) != hindrance)
        {
            if (waiting.Elapsed > (within ?? Patience))
            {
                throw new FaultException($"The node should be '{hindrance ?? "ready"}' and is '{last ?? "ready"}': {Said}");
            }
            await Task.Delay(20);
        }
    }

    public async ValueTask DisposeAsync()
    {
        await KillAsync();
        http.Dispose();
    }

    private async Task GoneAsync()
    {
        if (process is not null)
        {
            await exited.Task.WaitAsync(Patience);
            process.Dispose();
            process = null;
        }
    }

    private void Hear(string? line, TaskCompletionSource<bool> answer)
    {
        if (line is null)
        {
            return;
        }
        said.Enqueue(line);
        if (line.StartsWith("Serving ", StringComparison.Ordinal))
        {
            answer.TrySetResult(true);
        }
    }
}

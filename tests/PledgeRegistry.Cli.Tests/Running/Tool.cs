using System.Diagnostics;
using System.Text;
using System.Text.Json;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Running;

/// <summary>What a run of the tool left: its exit code, and both outputs.</summary>
public sealed record ToolRun(int ExitCode, string Output, string Error)
{
    public IReadOnlyList<string> Lines => Output.Split('\n', StringSplitOptions.RemoveEmptyEntries);

    public ToolRun Succeeded()
    {
        Assert.True(ExitCode == 0, $"exit code {ExitCode}\n{Error}\n{Output}");
        return this;
    }

    /// <summary>It ended as it should where it can't answer: a message, no stack trace, and nothing on standard output.</summary>
    public ToolRun FailedWith(int exitCode, string message)
    {
        Assert.True(ExitCode == exitCode, $"exit code {ExitCode}\n{Error}\n{Output}");
        Assert.Contains(message, Error, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", Error, StringComparison.Ordinal);
        Assert.Equal("", Output);
        return this;
    }

    public JsonElement Json()
    {
        using var document = JsonDocument.Parse(Succeeded().Output);
        return document.RootElement.Clone();
    }
}

/// <summary>Runs the built tool as a process of its own.</summary>
public static class Tool
{
    private static readonly TimeSpan Patience = TimeSpan.FromMinutes(1);

    public static Task<ToolRun> RunAsync(string folder, params string[] args) => RunAsync(["--data", folder, .. args], input: null, new Dictionary<string, string>());

    public static async Task<ToolRun> RunAsync(IEnumerable<string> args, string? input, IReadOnlyDictionary<string, string> environment, string? workingFolder = null)
    {
        var start = new ProcessStartInfo(Environment.GetEnvironmentVariable("DOTNET_HOST_PATH") ?? "dotnet")
        {
            RedirectStandardOutput = true,
            RedirectStandardError = true,
            RedirectStandardInput = true,
            StandardOutputEncoding = new UTF8Encoding(false, throwOnInvalidBytes: true),
            StandardErrorEncoding = Encoding.UTF8,
            WorkingDirectory = workingFolder ?? AppContext.BaseDirectory,
        };
        start.Environment.Remove("PLEDGEREGISTRY_DATA");
        start.Environment.Remove("PLEDGEREGISTRY_LOG");
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        start.ArgumentList.Add(Path.Combine(AppContext.BaseDirectory, "pledge.dll"));
        foreach (var arg in args)
        {
            start.ArgumentList.Add(arg);
        }
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(Patience);
        var output = process.StandardOutput.ReadToEndAsync(patience.Token);
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.StandardInput.WriteAsync(input);
        process.StandardInput.Close();
        try
        {
            await process.WaitForExitAsync(patience.Token);
            return new ToolRun(process.ExitCode, await output, await error);
        }
        catch (OperationCanceledException)
        {
            process.Kill(entireProcessTree: true);
            throw new TimeoutException($"pledge {string.Join(' ', start.ArgumentList.Skip(1))} did not end within {Patience}.");
        }
    }
}

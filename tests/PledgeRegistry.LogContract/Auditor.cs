using System.Diagnostics;
using PledgeRegistry.Testing;

namespace PledgeRegistry.LogContract;

/// <summary>The auditor in Go (tests/go/auditor), built once, run as a process of its own.</summary>
public static class Auditor
{
    private static readonly Lazy<Task<string>> Built = new(() => GoProgram.BuildAsync("auditor"));

    /// <returns>Exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string ed25519, string ecdsa, IEnumerable<string> checkpoints) =>
        await RunAsync(new ProcessStartInfo(await Built.Value, [folder, ed25519, ecdsa, .. checkpoints]));

    private static async Task<(int ExitCode, string Output)> RunAsync(ProcessStartInfo start)
    {
        (start.RedirectStandardOutput, start.RedirectStandardError) = (true, true);
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var (output, error) = (process.StandardOutput.ReadToEndAsync(patience.Token), process.StandardError.ReadToEndAsync(patience.Token));
        await process.WaitForExitAsync(patience.Token);
        return (process.ExitCode, await output + await error);
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>The auditor in Go (tests/go/auditor), built once, run as a process of its own.</summary>
public static class Auditor
{
    // Debian's golang-golang-x-mod-dev puts its sources here.
    private const string GoPath = "/usr/share/gocode";

    private static readonly Lazy<Task<string>> Built = new(() => BuildAsync());

    /// <returns>Exit code, and what it printed.</returns>
    public static async Task<(int ExitCode, string Output)> RunAsync(string folder, string ed25519, string ecdsa, IEnumerable<string> checkpoints) =>
        await RunAsync(new ProcessStartInfo(await Built.Value, [folder, ed25519, ecdsa, .. checkpoints]));

    private static async Task<string> BuildAsync([CallerFilePath] string path = "")
    {
        var program = Path.Combine(Directory.CreateTempSubdirectory("pledge-auditor-").FullName, "auditor");
        var start = new ProcessStartInfo("go", ["build", "-o", program, "."]) { WorkingDirectory = Path.Combine(SourceFiles.FolderOf(path), "..", "go", "auditor") };
        start.Environment["GO111MODULE"] = "off";
        start.Environment["GOPATH"] = GoPath;
        start.Environment["GOCACHE"] = Path.Combine(Path.GetTempPath(), "pledge-go-cache");
        var (exitCode, output) = await RunAsync(start);
        Assert.True(exitCode == 0, $"The auditor can't be built (Debian: golang-go golang-golang-x-mod-dev): {output}");
        return program;
    }

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

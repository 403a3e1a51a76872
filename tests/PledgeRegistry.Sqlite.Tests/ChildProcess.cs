using System.Diagnostics;
using System.Runtime.InteropServices;

namespace PledgeRegistry.Sqlite.Tests;

/// <summary>A real process of PledgeRegistry.Sqlite.Child, whose lines are read as they come.</summary>
internal sealed class ChildProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;

    public ChildProcess(params string[] arguments)
    {
        var dotnet = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", OperatingSystem.IsWindows() ? "dotnet.exe" : "dotnet"));
        process = Process.Start(new ProcessStartInfo(dotnet, [Path.Combine(AppContext.BaseDirectory, "PledgeRegistry.Sqlite.Child.dll"), .. arguments])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
            RedirectStandardError = true,
        })!;
    }

    public async Task<string?> ReadLineAsync() => await process.StandardOutput.ReadLineAsync().WaitAsync(Patience);

    public void WriteLine() => process.StandardInput.WriteLine();

    /// <summary>SIGKILL: nothing of the process runs any more. Returns the lines that it had still written, whole ones only.</summary>
    public async Task<List<string>> KillAsync()
    {
        Assert.False(process.HasExited, $"It had ended by itself: {(process.HasExited ? await process.StandardError.ReadToEndAsync() : "")}");
        process.Kill();
        var rest = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return [.. rest.Split('\n')[..^1]];
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            process.Kill();
            process.WaitForExit();
        }
        process.Dispose();
    }
}

using System.Diagnostics;
using System.Runtime.CompilerServices;

namespace PledgeRegistry.Testing;

/// <summary>Programs in Go (tests/go), which share no code with what they test.</summary>
public static class GoProgram
{
    // Debian's golang-golang-x-mod-dev puts its sources here.
    private const string GoPath = "/usr/share/gocode";

    /// <summary>What <c>go</c> needs to find the packages that are on this machine, and no network.</summary>
    public static IReadOnlyList<(string Name, string Value)> Environment { get; } =
        [("GO111MODULE", "off"), ("GOPATH", GoPath), ("GOCACHE", Path.Combine(Path.GetTempPath(), "pledge-go-cache"))];

    /// <summary>Builds a program, and answers where it is.</summary>
    public static async Task<string> BuildAsync(string name)
    {
        var program = Path.Combine(Directory.CreateTempSubdirectory($"pledge-{name}-").FullName, name);
        var start = new ProcessStartInfo("go", ["build", "-o", program, "."])
        {
            WorkingDirectory = Path.Combine(SourceFiles.FolderOf(Here()), "..", "go", name),
            RedirectStandardError = true,
        };
        foreach (var (variable, value) in Environment)
        {
            start.Environment[variable] = value;
        }
        using var process = Process.Start(start)!;
        using var patience = new CancellationTokenSource(TimeSpan.FromMinutes(3));
        var error = process.StandardError.ReadToEndAsync(patience.Token);
        await process.WaitForExitAsync(patience.Token);
        return process.ExitCode == 0 ? program : throw new InvalidOperationException($"tests/go/{name} can't be built (Debian: golang-go golang-golang-x-mod-dev): {await error}");
    }

    private static string Here([CallerFilePath] string path = "") => path;
}

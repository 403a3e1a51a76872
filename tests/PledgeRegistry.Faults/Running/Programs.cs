using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.Sockets;
using System.Runtime.InteropServices;

namespace PledgeRegistry.Faults.Running;

/// <summary>The built programs, each in its own output folder, and how they are run.</summary>
public static class Programs
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(120);

    /// <summary>Another tree whose product is put under test instead of this one's: a mutated copy.</summary>
    public const string TreeVariable = "PLEDGEREGISTRY_FAULTS_TREE";

    public static string Root { get; } = FindRoot();

    /// <summary>The tree whose host and tool are run.</summary>
    public static string Tree { get; } = Environment.GetEnvironmentVariable(TreeVariable) is { Length: > 0 } tree ? tree : Root;

    public static string Dotnet { get; } = Path.GetFullPath(Path.Combine(RuntimeEnvironment.GetRuntimeDirectory(), "..", "..", "..", "dotnet"));
    public static string Tool => Built(Tree, "tools/PledgeRegistry.Cli", "pledge.dll");
    public static string Host => Built(Tree, "src/PledgeRegistry.Web", "PledgeRegistry.Web.dll");
    public static string Client => Built(Root, "tests/PledgeRegistry.Faults.Client", "PledgeRegistry.Faults.Client.dll");
    public static string Checker => Built(Root, "tests/PledgeRegistry.Faults.Checker", "PledgeRegistry.Faults.Checker.dll");

    /// <summary>Runs a program to its end.</summary>
    public static async Task<(int ExitCode, string Output, string Error)> RunAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var start = new ProcessStartInfo(command[0], command.Skip(1)) { RedirectStandardOutput = true, RedirectStandardError = true, WorkingDirectory = "/" };
        foreach (var (name, value) in environment ?? new Dictionary<string, string>())
        {
            start.Environment[name] = value;
        }
        using var process = Process.Start(start)!;
        var error = process.StandardError.ReadToEndAsync();
        var output = await process.StandardOutput.ReadToEndAsync().WaitAsync(Patience);
        await process.WaitForExitAsync().WaitAsync(Patience);
        return (process.ExitCode, output, await error);
    }

    /// <summary>Runs a program that must succeed, and gives what it printed.</summary>
    public static async Task<string> SucceedAsync(IReadOnlyList<string> command, IReadOnlyDictionary<string, string>? environment = null)
    {
        var (exitCode, output, error) = await RunAsync(command, environment);
        return exitCode == 0 ? output : throw new FaultException($"{string.Join(' ', command)} ended with {exitCode}: {output}{error}");
    }

    /// <summary>A port that nobody uses, below those that the system hands out to outgoing connections.</summary>
    public static int FreePort()
    {
        while (true)
        {
            var port = Random.Shared.Next(20_000, 32_000);
            using var listener = new TcpListener(IPAddress.Loopback, port);
            try
            {
                listener.Start();
                return port;
            }
            catch (SocketException)
            {
                // Taken.
            }
        }
    }

    private static string Built(string tree, string project, string file)
    {
        // "…/tests/PledgeRegistry.Faults.Tests/bin/Release/net10.0/"
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var path = Path.Combine(tree, project, "bin", framework.Parent!.Name, framework.Name, file);
        return File.Exists(path) ? path : throw new FaultException(string.Create(CultureInfo.InvariantCulture, $"{path} isn't there: build it first."));
    }

    private static string FindRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "PledgeRegistry.sln")))
        {
            folder = folder.Parent!;
        }
        return folder.FullName;
    }
}

/// <summary>A run that can't be judged, or that the registry failed: the message says which and why.</summary>
public sealed class FaultException(string message) : Exception(message);

/// <summary>Signals to processes that this one started.</summary>
public static class Signals
{
    public const int Kill = 9;
    public const int Terminate = 15;
    public const int Continue = 18;
    public const int Stop = 19;

    public static void Send(int process, int signal)
    {
        if (kill(process, signal) != 0)
        {
            throw new FaultException($"Signal {signal} could not be sent: error {Marshal.GetLastPInvokeError()}.");
        }
    }

    [DllImport("libc", SetLastError = true)]
    [DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]
    private static extern int kill(int process, int signal);
}

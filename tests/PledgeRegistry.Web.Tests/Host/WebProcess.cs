using System.Collections.Concurrent;
using System.Diagnostics;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>The program as a process of its own.</summary>
public sealed class WebProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly Process process;
    private readonly BlockingCollection<string> lines = [];

    private WebProcess(Process process)
    {
        this.process = process;
        process.OutputDataReceived += (_, e) =>
        {
            Said.Enqueue(e.Data ?? "");
            lines.Add(e.Data ?? "");
        };
        process.ErrorDataReceived += (_, e) => Errors.Enqueue(e.Data ?? "");
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
    }

    public ConcurrentQueue<string> Errors { get; } = new();

    /// <summary>Every line of the output, also those that were passed over in waiting for another.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public static WebProcess Start(string workingDirectory, IReadOnlyList<string> args, params (string Name, string Value)[] environment) =>
        StartDotnet(workingDirectory, Path.Combine(AppContext.BaseDirectory, "PledgeRegistry.Web.dll"), args, environment);

    /// <summary>The tool <c>pledge</c>, from its own output folder.</summary>
    public static WebProcess StartTool(params IReadOnlyList<string> args)
    {
        // "…/tests/PledgeRegistry.Web.Tests/bin/Release/net10.0/"
        var framework = new DirectoryInfo(AppContext.BaseDirectory.TrimEnd(Path.DirectorySeparatorChar));
        var folder = Path.GetFullPath(Path.Combine("../../../../../tools/PledgeRegistry.Cli/bin", framework.Parent!.Name, framework.Name), framework.FullName);
        return StartDotnet(folder, Path.Combine(folder, "pledge.dll"), args);
    }

    /// <summary>Any program.</summary>
    public static WebProcess StartProgram(string workingDirectory, string program, IReadOnlyList<string> args, params (string Name, string Value)[] environment)
    {
        var start = new ProcessStartInfo(program, args) { WorkingDirectory = workingDirectory, RedirectStandardOutput = true, RedirectStandardError = true };
        foreach (var (name, value) in environment)
        {
            start.Environment[name] = value;
        }
        return new WebProcess(Process.Start(start)!);
    }

    private static WebProcess StartDotnet(string workingDirectory, string program, IReadOnlyList<string> args, params (string Name, string Value)[] environment) => StartProgram(
        workingDirectory, Environment.ProcessPath is { } host && Path.GetFileNameWithoutExtension(host) == "dotnet" ? host : "dotnet", ["exec", program, .. args], environment);

    /// <summary>Waits for a line that begins so.</summary>
    public string WaitFor(string beginning)
    {
        using var late = new CancellationTokenSource(Patience);
        while (true)
        {
            var line = lines.Take(late.Token);
            if (line.StartsWith(beginning, StringComparison.Ordinal))
            {
                return line;
            }
        }
    }

    /// <summary>kill -9: nothing of it runs any more.</summary>
    public void Kill()
    {
        process.Kill();
        process.WaitForExit();
    }

    /// <summary>SIGTERM, as a service manager sends it.</summary>
    public void Terminate()
    {
        using var kill = Process.Start("kill", ["-TERM", process.Id.ToString(System.Globalization.CultureInfo.InvariantCulture)]);
        kill.WaitForExit();
    }

    /// <summary>The exit code, and all that was said and not waited for.</summary>
    public (int ExitCode, string Output, string Error) WaitForExit()
    {
        if (!process.WaitForExit(Patience))
        {
            throw new TimeoutException("The program didn't end.");
        }
        // Until the streams are read to their end.
        process.WaitForExit();
        return (process.ExitCode, string.Join('\n', lines).Trim(), string.Join('\n', Errors).Trim());
    }

    public void Dispose()
    {
        if (!process.HasExited)
        {
            Kill();
        }
        process.Dispose();
        lines.Dispose();
    }
}

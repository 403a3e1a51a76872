using System.Diagnostics;
using System.Globalization;

namespace PledgeRegistry.Faults.Running;

/// <summary>A client as a process of its own, with its record.</summary>
public sealed class ClientProcess : IDisposable
{
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(150);

    private readonly Process process;
    private int recorded;
    private int cutOff;

    public ClientProcess(string mode, string record, int seed, int callers, IEnumerable<Uri> nodes)
    {
        Record = record;
        process = Process.Start(new ProcessStartInfo(Programs.Dotnet,
            [Programs.Client, mode, record, seed.ToString(CultureInfo.InvariantCulture), callers.ToString(CultureInfo.InvariantCulture), .. nodes.Select(n => n.ToString())])
        {
            RedirectStandardInput = true,
            RedirectStandardOutput = true,
        })!;
        process.OutputDataReceived += (_, e) =>
        {
            recorded += e.Data == "recorded" ? 1 : 0;
            cutOff += e.Data == "cut-off" ? 1 : 0;
        };
        process.BeginOutputReadLine();
    }

    public string Record { get; }

    /// <summary>Answers with a receipt, so far.</summary>
    public int Recorded => Volatile.Read(ref recorded);

    /// <summary>Requests that had been sent and were cut off by the node, so far.</summary>
    public int CutOff => Volatile.Read(ref cutOff);

    /// <summary>Sends nothing new, finishes what is under way, and ends.</summary>
    public async Task StopAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync().WaitAsync(Patience);
        if (process.ExitCode != 0)
        {
            throw new FaultException($"A client ended with {process.ExitCode}.");
        }
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

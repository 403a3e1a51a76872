using PledgeRegistry.Testing;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Web.Tests.Host;

namespace PledgeRegistry.Web.Tests.Proof;

/// <summary>A witness as a process: ours, or one in Go that shares no code with it.</summary>
internal sealed class RunningWitness : IDisposable
{
    private static readonly Lazy<Task<string>> InGo = new(() => GoProgram.BuildAsync("witness"));

    private RunningWitness(WebProcess process, string folder)
    {
        (Process, Folder) = (process, folder);
        PolicyLine = process.WaitFor("witness ");
        Key = VerifierKey.TryParse(PolicyLine.Split(' ')[2])!;
        Address = new Uri(PolicyLine.Split(' ')[3]);
    }

    public WebProcess Process { get; }

    public string Folder { get; }

    /// <summary>Its line in a policy.</summary>
    public string PolicyLine { get; }

    public VerifierKey Key { get; }

    public Uri Address { get; }

    public static RunningWitness Start(string folder, string name, IEnumerable<VerifierKey> log, string listen = "127.0.0.1:0") =>
        new(WebProcess.StartTool(["witness", "--state", folder, "--name", name, "--listen", listen, .. log.SelectMany(k => (string[])["--log", k.ToString()])]), folder);

    public static async Task<RunningWitness> StartInGoAsync(string folder, string name, VerifierKey ed25519)
    {
        Directory.CreateDirectory(folder);
        return new(WebProcess.StartProgram(folder, await InGo.Value, [name, ed25519.ToString(), folder]), folder);
    }

    /// <summary>Starts it again, where it was.</summary>
    public RunningWitness Again(IEnumerable<VerifierKey> log)
    {
        Process.Dispose();
        return Start(Folder, Key.Name, log, Address.Authority);
    }

    public void Dispose() => Process.Dispose();
}

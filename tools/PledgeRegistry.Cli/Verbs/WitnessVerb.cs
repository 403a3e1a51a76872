using System.CommandLine;
using System.Globalization;
using System.Net;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;

namespace PledgeRegistry.Cli.Verbs;

/// <summary><c>pledge witness</c>: a small process of its own, best on somebody else's machine, that cosigns what it has seen grow.</summary>
internal static class WitnessVerb
{
    private const string DefaultListen = "127.0.0.1:5090";

    public static Command Create(CommonOptions options)
    {
        var state = new Option<string>("--state") { Description = "The folder of this witness: its key, and what it cosigned last. Made where it isn't there; never put back to an older state.", HelpName = "DIR", Required = true };
        var name = new Option<string>("--name") { Description = "The witness's name for ever, a URL of its operator's without its scheme: witness.example.org/w1.", HelpName = "NAME", Required = true };
        name.Validators.Add(r => { if (!VerifierKey.IsName(r.GetValueOrDefault<string?>() ?? "")) { r.AddError("--name: A name has neither space nor plus sign."); } });
        // Another one than the registry's --log: a witness has no registry.
        var logs = new Option<VerifierKey[]>("--log") { Description = "A verifier key line of a log that it watches. May be given several times.", HelpName = "LINE", Required = true, CustomParser = KeyLines.Parse };
        var listen = new Option<IPEndPoint>("--listen")
        {
            Description = $"Where it answers, an address and a port: {DefaultListen}, which is the default, is this machine alone.",
            HelpName = "ADDRESS:PORT",
            DefaultValueFactory = _ => IPEndPoint.Parse(DefaultListen),
            CustomParser = result =>
            {
                if (IPEndPoint.TryParse(result.Tokens[0].Value, out var end) && result.Tokens[0].Value.Contains(':', StringComparison.Ordinal))
                {
                    return end;
                }
                result.AddError($"--listen: '{result.Tokens[0].Value}' is no address with a port, such as {DefaultListen}.");
                return null;
            },
        };
        var verb = new Command("witness",
            "Runs a witness of logs: it cosigns a checkpoint where that only continues what it has cosigned before, and keeps what contradicts. Ends with Ctrl+C.")
        { state, name, logs, listen };
        verb.SetAction(async (parsed, cancel) =>
        {
            await RunAsync(Path.GetFullPath(parsed.GetRequiredValue(state)), parsed.GetRequiredValue(name), parsed.GetRequiredValue(logs), parsed.GetRequiredValue(listen), options.Output(parsed), cancel);
            return 0;
        });
        return options.Alone(verb);
    }

    private static async Task RunAsync(string state, string name, IReadOnlyCollection<VerifierKey> logs, IPEndPoint listen, Output output, CancellationToken cancel)
    {
        if (logs.FirstOrDefault(l => l.Type == VerifierKey.CosignatureType) is { } other)
        {
            throw CommandFailedException.Usage($"--log: '{other}' is the key of a witness, not of a log.");
        }
        if (Ed25519.Missing is { } missing)
        {
            throw new CommandFailedException($"A witness signs with Ed25519. {missing}");
        }
        using var memory = Open(state);
        Cosigner cosigner;
        try
        {
            cosigner = WitnessKey.OpenOrMake(new KeyFolder(Path.Combine(state, "keys")), name);
            // What it must not contradict is read now: better no start than no answer later.
            _ = (memory.LastNotes(), memory.Evidence());
        }
        catch (FormatException e)
        {
            throw new CommandFailedException($"{state} isn't whole: {e.Message} What was cosigned isn't known any more, so nothing may be: retire this witness, and make one with a name and a folder of its own.");
        }
        using (cosigner)
        {
#pragma warning disable RS0030 // The witness's time is what it is asked for; named here, where the process is made.
            await using var server = await WitnessServer.StartAsync(new LogWitness(cosigner, logs, memory, TimeProvider.System), memory, listen, CommonOptions.Say, cancel);
#pragma warning restore RS0030
            output.Line(cosigner.Key.ToString());
            output.Line(string.Create(CultureInfo.InvariantCulture, $"witness {name} {cosigner.Key} {server.Address}"));
            Console.Out.Flush();
            CommonOptions.Say(string.Create(CultureInfo.InvariantCulture,
                $"Above: its verifier key, and the line for a policy file. It watches {string.Join(", ", logs.Select(l => l.Name).Distinct())}, at {server.Address} — press Ctrl+C to stop"));
            if (!IPAddress.IsLoopback(listen.Address))
            {
                CommonOptions.Say("It can be reached from other machines, over plain HTTP: put a server with TLS before it, and that one's address into the policy.");
            }
            await server.RunAsync(cancel);
        }
    }

    private static WitnessMemory Open(string state)
    {
        try
        {
            return new WitnessMemory(state);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new CommandFailedException($"The witness's folder {state} can't be used ({e.Message}). Another witness runs with it, or it can't be written: each has a folder of its own, given with --state.");
        }
    }
}

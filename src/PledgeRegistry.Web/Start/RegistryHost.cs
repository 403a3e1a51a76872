using System.Runtime.ExceptionServices;
using System.Runtime.InteropServices;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting.Server;
using Microsoft.AspNetCore.Hosting.Server.Features;
using PledgeRegistry.Engines;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Start;

/// <summary>The program: opens the data folder, loads what every registry starts with, and serves it until it is stopped.</summary>
public sealed class RegistryHost : IAsyncDisposable
{
    public const string DefaultUrl = "http://localhost:5080";

    /// <summary>The most bytes of a request's body.</summary>
    public const int MaxBodyBytes = 256 * 1024;

    private readonly IPrivateStore privateStore;
    private readonly SigningLoop signing;
    private readonly Cosigning cosigning;
    private readonly SealingLoop sealing;
    private int ended;

    private RegistryHost(WebApplication app, RegistryNode node, IPrivateStore privateStore, SigningLoop signing, Cosigning cosigning, SealingLoop sealing) =>
        (App, Node, this.privateStore, this.signing, this.cosigning, this.sealing) = (app, node, privateStore, signing, cosigning, sealing);

    public WebApplication App { get; }
    public RegistryNode Node { get; }

    /// <summary>Where it serves, with the ports that were really bound.</summary>
    public IReadOnlyCollection<string> Addresses => [.. App.Services.GetRequiredService<IServer>().Features.Get<IServerAddressesFeature>()!.Addresses];

    /// <summary>Runs until stopped by a signal.</summary>
    /// <returns>The exit code: 0, 1 where it couldn't start, 2 where the command line can't be understood.</returns>
    public static async Task<int> RunAsync(string[] args, TextWriter output, TextWriter error)
    {
        var (options, print, exitCode) = StartOptions.Parse(args);
        if (options is null)
        {
            await (exitCode == 0 ? output : error).WriteLineAsync(print);
            return exitCode;
        }
        using var starting = new CancellationTokenSource();
        try
        {
            RegistryHost host;
            using (OnSignal(PosixSignal.SIGINT, starting))
            using (OnSignal(PosixSignal.SIGTERM, starting))
            {
                host = await StartAsync(options, output.WriteLine, cancel: starting.Token);
            }
            await using (host)
            {
                var outdated = host.Node.Registry.Outdated;
                if (await Task.WhenAny(host.App.WaitForShutdownAsync(), outdated) == outdated)
                {
                    await error.WriteLineAsync(host.Node.Registry.Stopped);
                    // Nothing goes on: what is withheld is in this process's memory.
                    return 1;
                }
                await output.WriteLineAsync("Stopping: finishing what is under way …");
            }
            await output.WriteLineAsync("Stopped.");
            return 0;
        }
        catch (OperationCanceledException) when (starting.IsCancellationRequested)
        {
            await output.WriteLineAsync("Stopped before it served. What was loaded stays; the next start goes on from there.");
            return 0;
        }
        catch (StartFailedException e)
        {
            await error.WriteLineAsync(e.Message);
            return 1;
        }
    }

    /// <param name="say">Told what is being done, for a person who waits.</param>
    /// <exception cref="StartFailedException">It couldn't be started; the message is the one paragraph to print.</exception>
    public static async Task<RegistryHost> StartAsync(StartOptions options, Action<string> say, TimeProvider? clock = null, CancellationToken cancel = default)
    {
        var builder = Builder(options);
        var folder = options.Folder(builder.Environment.EnvironmentName);
        var place = folder.Path;
        try
        {
            var address = options.Address(folder, builder.Environment.EnvironmentName);
            place = address.IsShared ? address.ToString() : place;
#pragma warning disable RS0030 // The one place where the system's clock is named.
            return await StartAsync(builder, folder, address, options, say, clock ?? TimeProvider.System, cancel);
#pragma warning restore RS0030
        }
        catch (Exception e) when (e is not OperationCanceledException)
        {
            throw new StartFailedException(StartProblem.Explain(e, folder.Path, place, builder.Configuration["urls"] ?? DefaultUrl), e);
        }
    }

    /// <summary>Stops serving, finishes what is under way, and closes the log.</summary>
    public ValueTask DisposeAsync() => Interlocked.Exchange(ref ended, 1) == 1 ? ValueTask.CompletedTask : AllAsync(
        async () => await App.StopAsync(), App.DisposeAsync, sealing.DisposeAsync, cosigning.DisposeAsync, signing.DisposeAsync, Node.DisposeAsync,
        () =>
        {
            privateStore.Dispose();
            return ValueTask.CompletedTask;
        });

    /// <summary>Ends one after another, all of them, also where one throws; then throws what was thrown first.</summary>
    internal static async ValueTask AllAsync(params Func<ValueTask>[] ends)
    {
        ExceptionDispatchInfo? first = null;
        foreach (var end in ends)
        {
            try
            {
                await end();
            }
            catch (Exception e)
            {
                first ??= ExceptionDispatchInfo.Capture(e);
            }
        }
        first?.Throw();
    }

    private static async Task<RegistryHost> StartAsync(
        WebApplicationBuilder builder, DataFolder folder, LogAddress address, StartOptions options, Action<string> say, TimeProvider clock, CancellationToken cancel)
    {
        say($"Data folder: {folder.Path}");
        folder.Create();
        if (address.IsShared)
        {
            say($"Log: {address}");
        }
        var log = await Engine.OpenForWritingAsync(address, cancel);
        HeadRecord? record = null;
        RegistryNode node;
        try
        {
            var kept = address.HeadRecord(folder);
            var known = File.Exists(kept);
            record = OpenRecord(kept, options.AcceptRollback);
            say("Reading and checking the log …");
            node = await RegistryNode.StartAsync(log, record, clock, OpeningSteps(options.Demonstration), say, registry => RefuseShown(address.WithheldRecord(folder), registry), cancel);
            if (record.Accepted is { } accepted)
            {
                say($"Note: {accepted}");
            }
            if (!known && node.EntriesAtStart > 0)
            {
                say($"Note: {kept} wasn't there, so this start could not tell whether entries are missing at the end of the log. It is kept again from now on.");
            }
        }
        catch
        {
            record?.Dispose();
            await log.DisposeAsync();
            throw;
        }
        IPrivateStore? privateStore = null;
        SigningLoop? signing = null;
        Cosigning? cosigning = null;
        SealingLoop? sealing = null;
        try
        {
            var policy = ReadPolicy(options.Policy(builder.Environment.EnvironmentName));
            var privately = options.PrivateAddress(folder, address, builder.Environment.EnvironmentName);
            privateStore = await Engine.OpenPrivateAsync(privately, clock, cancel);
            builder.Services.AddDataProtection().SetApplicationName("PledgeRegistry").PersistKeysToPrivateStore(privateStore);
            var signer = Signer(node, privateStore, folder, address, privately, say);
            // First of all it learns whether a witness had contradicted.
            cosigning = new Cosigning(signer, node.Registry, policy, new CosignedCopies(address.Cosigned(folder)), clock, say);
            signing = new SigningLoop(signer, options.SignEvery ?? SigningLoop.DefaultInterval, clock, say);
            builder.Services.AddRegistry(node, privateStore, signer, cosigning, clock);
            sealing = new SealingLoop(new MeetingSealer(node, clock, say).StepAsync, SealingLoop.DefaultInterval, clock, say);
            var host = new RegistryHost(builder.Build(), node, privateStore, signing, cosigning, sealing);
            host.App.UseRegistry();
            await host.App.StartAsync(cancel);
            host.SayServing(say);
            return host;
        }
        catch
        {
            if (sealing is not null)
            {
                await sealing.DisposeAsync();
            }
            if (cosigning is not null)
            {
                await cosigning.DisposeAsync();
            }
            if (signing is not null)
            {
                await signing.DisposeAsync();
            }
            privateStore?.Dispose();
            await node.DisposeAsync();
            throw;
        }
    }

    // An older copy of the log, put in its place, has in full what was withheld since.
    private static void RefuseShown(string path, Registry registry)
    {
        WithheldRecord.Keep(path, registry.Tree, registry.State.Redactions);
        if (WithheldRecord.Shown(path, registry.Tree, registry.State.Redactions.Keys) is { } shown)
        {
            throw new StartRefusedException(
                $"This log has entry {shown.Position} in full, of which something was withheld (by entry {shown.By}, in the log that was here before). Withhold it again with 'pledge redact', or take a copy of the log that was made since.");
        }
    }

    private static CheckpointSigner Signer(RegistryNode node, IPrivateStore privateStore, DataFolder folder, LogAddress address, LogAddress privately, Action<string> say)
    {
        var keys = new KeyFolder(folder.Keys);
        var files = keys.List();
        if (files.Any(f => f.Key.Type == VerifierKey.Ed25519Type) && Ed25519.Missing is { } missing)
        {
            say($"Note: {missing} Checkpoints get an ECDSA signature alone.");
        }
        return new CheckpointSigner(node.Registry, privateStore, address.SignedCopy(folder), keys, address.SigningObstacle(privately));
    }

    private static WitnessPolicy? ReadPolicy(string? path)
    {
        try
        {
            return path is null ? null : WitnessPolicy.Parse(File.ReadAllText(path));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or FormatException)
        {
            throw new StartRefusedException($"The witness policy {path} can't be used: {e.Message} Mend it, or name another with --witness-policy.");
        }
    }

    private static HeadRecord OpenRecord(string path, bool acceptRollback)
    {
        try
        {
            return new HeadRecord(path, acceptRollback);
        }
        catch (IOException e) when (File.Exists(path))
        {
            throw new StartRefusedException($"{path} is held by another node or tool ({e.Message}). Each node of a log has a data folder of its own: name another one with --data, or stop the other.");
        }
    }

    private static OpeningStep[] OpeningSteps(bool demonstration) =>
        [.. FiveDocuments.Steps(demonstration), .. demonstration ? DemoData.Steps() : []];

    private static WebApplicationBuilder Builder(StartOptions options)
    {
        var builder = WebApplication.CreateBuilder(new WebApplicationOptions
        {
            Args = [.. options.HostArguments],
            ContentRootPath = AppContext.BaseDirectory,
            ApplicationName = typeof(RegistryHost).Assembly.GetName().Name,
        });
        builder.WebHost.UseStaticWebAssets();
        builder.WebHost.ConfigureKestrel(kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = MaxBodyBytes;
        });
        string[] addresses = ["urls", "http_ports", "https_ports"];
        if (Array.TrueForAll(addresses, a => string.IsNullOrEmpty(builder.Configuration[a])) && !builder.Configuration.GetSection("Kestrel:Endpoints").Exists())
        {
            builder.WebHost.UseUrls(DefaultUrl);
        }
        return builder;
    }

    private void SayServing(Action<string> say)
    {
        if (Node.Registry.Stopped is { } stopped)
        {
            say($"Reading stopped: {stopped} What was read before is served; nothing can be written.");
        }
        else if (WriteGuard.OpenAddress(Addresses) is { } open)
        {
            say($"Writing is off: {open} can be reached from other machines, and there is no sign-in yet. Reading works.");
        }
        say($"Serving {string.Join(", ", Addresses)} — press Ctrl+C to stop");
    }

    private static PosixSignalRegistration OnSignal(PosixSignal signal, CancellationTokenSource stop) => PosixSignalRegistration.Create(signal, context =>
    {
        context.Cancel = true;
        stop.Cancel();
    });
}

/// <summary>A start that failed. The message is for the person who tried: one paragraph.</summary>
public sealed class StartFailedException(string message, Exception inner) : Exception(message, inner);

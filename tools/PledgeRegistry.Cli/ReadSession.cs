using MediatR;
using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Cli;

/// <summary>A registry opened for reading, whether or not a host runs, and the reading that was asked for.</summary>
internal sealed class ReadSession : IAsyncDisposable
{
    private readonly IEventLog log;

    private ReadSession(IEventLog log, Registry registry, ReadModels models, Reading reading)
    {
        (this.log, Registry, Models, Reading) = (log, registry, models, reading);
        Mediator = Handlers.Mediator(registry, models, writer: null);
    }

    public Registry Registry { get; }
    public ReadModels Models { get; }
    public Reading Reading { get; }
    public IMediator Mediator { get; }

    /// <exception cref="CommandFailedException">The basis can't be understood.</exception>
    public static async Task<ReadSession> OpenAsync(DataFolder folder, LogAddress address, BasisRequest request, string language, Action<string> say, CancellationToken cancel)
    {
        // Before the log, which may grow meanwhile.
        var known = HeadRecord.TryRead(address.HeadRecord(folder));
        var log = await Engine.OpenForReadingAsync(address, cancel);
        try
        {
            var models = new ReadModels();
            var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record: null, read => say($"{read} entries read and checked"), cancel);
            if (registry.Stopped is { } stopped)
            {
                say($"Reading stopped before the end of the log. {stopped}");
            }
            else
            {
                known?.Check(registry.Tree);
                (log as LogBackup)?.Check(registry.Tree);
            }
            return new ReadSession(log, registry, models, new Reading(Resolve(registry, models, request), language));
        }
        catch
        {
            await log.DisposeAsync();
            throw;
        }
    }

    public Task<T> Ask<T>(IRequest<T> query, CancellationToken cancel) => Mediator.Send(query, cancel);

    /// <summary>What an answer was made from, as its first line says it.</summary>
    public string BasisLine(string view) =>
        $"{view}  size={Reading.Size}  on={Reading.Basis.OnText()}  from={Reading.Basis.From}  root={Registry.Tree.Root(Reading.Size)}{(Registry.State.Demonstration ? "  (demonstration: some of it is invented)" : "")}{(Reading.Basis.Settled ? "" : "  (not settled: entries of that moment may still come)")}";

    /// <summary>Another moment, by options whose names begin with a word of their own.</summary>
    /// <exception cref="CommandFailedException">It can't be understood.</exception>
    public Basis Resolve(BasisRequest request, string before) => Resolve(Registry, Models, request, before);

    public ValueTask DisposeAsync() => log.DisposeAsync();

    private static Basis Resolve(Registry registry, ReadModels models, BasisRequest request, string before = "")
    {
#pragma warning disable RS0030 // The one place where the tool's reading names the system's clock.
        var (basis, problem) = new BasisResolver(registry, models.Meetings, TimeProvider.System).Resolve(request);
#pragma warning restore RS0030
        return basis ?? throw CommandFailedException.Usage($"--{before}{problem!.Parameter switch { "asOf" => "as-of", "asOfMeeting" => "as-of-meeting", var same => same }}: {problem.Message}");
    }
}

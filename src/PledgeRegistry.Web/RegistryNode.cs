using MediatR;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>A running registry: a log, what is folded from it, who follows and who writes it, and the mediator that reaches all of them.</summary>
public sealed class RegistryNode : IAsyncDisposable
{
    private readonly IEventLog log;
    private readonly HeadRecord? record;
    private readonly Follower follower;

    private RegistryNode(IEventLog log, HeadRecord? record, Registry registry, ReadModels models, Follower follower, RegistryWriter writer)
    {
        (this.log, this.record, Registry, Models, this.follower, Writer) = (log, record, registry, models, follower, writer);
        Mediator = Handlers.Mediator(registry, models, writer);
        EntriesAtStart = registry.Head.Size;
    }

    public Registry Registry { get; }
    public ReadModels Models { get; }
    public RegistryWriter Writer { get; }
    public IMediator Mediator { get; }

    /// <summary>How many entries there were before anything was loaded.</summary>
    public long EntriesAtStart { get; }

    /// <summary>Reads and checks the log, loads the opening data that isn't there yet, and is ready to serve.</summary>
    /// <param name="log">The node closes it, and the record, when it is disposed of; not if the start fails.</param>
    /// <param name="openingData">The steps of one or more sets, each closed by its last step; a set that is closed already is left out.</param>
    /// <param name="say">Told what is being done, for a person who waits.</param>
    /// <param name="check">Throws where this log isn't to be served; nothing was written to it yet.</param>
    /// <exception cref="StartRefusedException">The log is a demonstration and the opening data isn't, or the other way round.</exception>
    public static async Task<RegistryNode> StartAsync(
        IEventLog log, HeadRecord? record, TimeProvider clock, IReadOnlyList<OpeningStep> openingData, Action<string> say, Action<Registry>? check = null, CancellationToken cancel = default)
    {
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record, read => say($"  {read:N0} entries read and checked"), cancel);
        RefuseOtherKind(registry.State, openingData);
        check?.Invoke(registry);
        var follower = await Follower.StartAsync(registry, clock, null, cancel);
        var writer = new RegistryWriter(registry, clock, null, follower);
        var node = new RegistryNode(log, record, registry, models, follower, writer);
        try
        {
            foreach (var set in openingData.GroupBy(s => s.Set).Where(s => registry.Stopped is null && !registry.State.OpeningData.Contains(s.Key)))
            {
                await node.LoadAsync([.. set], say, cancel);
            }
            return node;
        }
        catch
        {
            await writer.DisposeAsync();
            await follower.DisposeAsync();
            throw;
        }
    }

    /// <summary>Finishes what is under way, then closes the log.</summary>
    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        await follower.DisposeAsync();
        record?.Dispose();
        await log.DisposeAsync();
    }

    private async Task LoadAsync(IReadOnlyList<OpeningStep> set, Action<string> say, CancellationToken cancel)
    {
        var invented = set[0].Key.StartsWith($"{DemoData.Set}/", StringComparison.Ordinal);
        if (invented && DemoData.IsLoaded(Registry.State))
        {
            // Those of an earlier release: their ids are taken.
            return;
        }
        if (invented && DemoData.Obstacle(Registry.State) is { } obstacle)
        {
            say($"The invented examples are left out. {obstacle}");
            return;
        }
        say($"Loading {(invented ? "the invented examples" : "the vocabularies and the opening data")}: {set.Count} steps …");
        await Loader.LoadAsync(Mediator, set, (done, all) => say($"  {done} of {all}"), cancel);
    }

    // Invented data must never come into a registry that is meant to be true.
    private static void RefuseOtherKind(RegistryState state, IReadOnlyList<OpeningStep> openingData)
    {
        if (state.Names is null || openingData.Select(s => s.What).OfType<OpenRegistry>().FirstOrDefault() is not { } opening || opening.Demonstration == state.Demonstration)
        {
            return;
        }
        throw new StartRefusedException(state.Demonstration
            ? "This data folder holds a demonstration, with invented data. Start it with --demo, or name another folder with --data."
            : "This data folder holds a registry that is no demonstration, so invented data can't be added to it. Start it without --demo, or name another folder with --data.");
    }
}

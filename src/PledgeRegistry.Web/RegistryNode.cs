using MediatR;
using PledgeRegistry.Log;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Projections;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>A running registry: a log, what is folded from it, the writer, and the mediator that reaches all of them.</summary>
public sealed class RegistryNode : IAsyncDisposable
{
    private readonly IEventLog log;
    private readonly HeadRecord? record;

    private RegistryNode(IEventLog log, HeadRecord? record, Registry registry, ReadModels models, RegistryWriter writer)
    {
        (this.log, this.record, Registry, Models, Writer) = (log, record, registry, models, writer);
        Mediator = Handlers.Mediator(registry, models, writer);
    }

    public Registry Registry { get; }
    public ReadModels Models { get; }
    public RegistryWriter Writer { get; }
    public IMediator Mediator { get; }

    /// <summary>Reads and checks the log, loads the opening data if it isn't there yet, and is ready to serve.</summary>
    /// <param name="say">Told what is being done, for a person who waits.</param>
    public static async Task<RegistryNode> StartAsync(
        IEventLog log, HeadRecord? record, TimeProvider clock, IReadOnlyList<OpeningStep> openingData, Action<string> say, CancellationToken cancel = default)
    {
        var models = new ReadModels();
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, models.All, record, read => say($"  {read:N0} entries read and checked"), cancel);
        var node = new RegistryNode(log, record, registry, models, new RegistryWriter(registry, clock));
        if (registry.Stopped is null && !FiveDocuments.IsLoaded(registry.State))
        {
            say($"Loading the vocabularies and the opening data: {openingData.Count} steps …");
            await Loader.LoadAsync(node.Mediator, openingData, (done, all) => say($"  {done} of {all}"), cancel);
        }
        return node;
    }

    public async ValueTask DisposeAsync()
    {
        await Writer.DisposeAsync();
        record?.Dispose();
        await log.DisposeAsync();
    }
}

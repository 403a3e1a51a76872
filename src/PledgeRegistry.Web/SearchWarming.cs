using PledgeRegistry.Projections;

namespace PledgeRegistry.Web;

/// <summary>Takes into the search what the log holds at the start, beside everything else, so that the first who searches needn't wait for it.</summary>
internal sealed class SearchWarming(RegistryNode node, ReadModels models) : BackgroundService
{
    protected override Task ExecuteAsync(CancellationToken stoppingToken) => Task.Run(() => models.Search.CatchUp(node.Registry.Head.Size, stoppingToken), stoppingToken);
}

#if MARTEN
using Marten;
using MediatR;
using PledgeRegistry.Marten.Documents;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Engines;

/// <summary>The read models as documents in a Marten store that an address names.</summary>
public static class MartenDocuments
{
    /// <summary>Stores everything as of a reading; false if that, or something later, is stored already.</summary>
    public static async Task<bool> StoreAsync(LogAddress into, IMediator mediator, Reading reading, CancellationToken cancel)
    {
        using var store = DocumentStore.For(options =>
        {
            options.Connection(into.Place);
            RegistryDocuments.Configure(options);
        });
        return await new RegistryDocuments(store).StoreAsync(mediator, reading, cancel);
    }
}
#endif

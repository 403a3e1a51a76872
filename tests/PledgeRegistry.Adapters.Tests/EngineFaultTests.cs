using Marten.Exceptions;
using Npgsql;
using PledgeRegistry.Engines;
using PledgeRegistry.EventStoreDb;
using PledgeRegistry.Log;

namespace PledgeRegistry.Adapters.Tests;

/// <summary>What a fault of an engine or of its client means, by the declarations that stand for the clients here.</summary>
public sealed class EngineFaultTests
{
    public static TheoryData<Exception, bool> Faults => new()
    {
        { new Grpc.Core.RpcException("Unavailable"), true },
        { new EventStore.Client.NotLeaderException("b:2113"), true },
        { new EventStore.Client.DiscoveryException("Nobody was found."), true },
        { new LogUnavailableException("No answer."), true },
        { new MartenException("57P01: terminating connection"), true },
        { new NpgsqlException("Failed to connect"), true },
        { new TimeoutException(), true },
        { new JasperFx.ConcurrencyException(typeof(object), "1"), false },
        { new EventStore.Client.AccessDeniedException("No right."), false },
        { new LogDamagedException("An entry is missing."), false },
        { new InvalidOperationException("A fault of the program."), false },
    };

    [Theory]
    [MemberData(nameof(Faults), DisableDiscoveryEnumeration = true)]
    public void What_passes_by_itself_is_told_from_what_does_not(Exception fault, bool passes) => Assert.Equal(passes, EngineFault.IsUnreachable(fault));
}

using PledgeRegistry.Private;
using PledgeRegistry.Testing;

namespace PledgeRegistry.Postgres.Tests;

/// <summary>A test with a private store of its own on the shared server.</summary>
public abstract class PrivateServerTest(Cluster cluster) : ServerTest(cluster)
{
    protected const string Me = "local-operator", Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa";

    protected static readonly ContactDetails Details = new("Xiomara Quetzalcóatl", "xiomara.quetzal@example.org", "+506 5550 1234 9", ["es", "en"], "Only in the mornings, please.");

    protected ManualTimeProvider Clock { get; } = new(new DateTimeOffset(2026, 5, 8, 9, 30, 0, TimeSpan.Zero));

    protected Task<PostgresPrivateStore> OpenPrivateAsync(string? connectionString = null, string session = PostgresPrivateStore.Session) =>
        PostgresPrivateStore.OpenAsync(connectionString ?? Running, Clock, session);

    /// <summary>What was done, as the access log has it, without the line of reading it.</summary>
    protected static IEnumerable<PrivateAction> Done(IPrivateStore store) => store.ReadAccessLog(Me, 1000).Skip(1).Reverse().Select(l => l.Action);
}

using Marten;

namespace PledgeRegistry.Marten;

/// <summary>Stands for the adapter's own Database.cs, which needs a server; that one is compiled and tested in PledgeRegistry.Postgres.Tests.</summary>
internal static class Database
{
    public static Task CheckAsync(string connectionString, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public static Task CommitFurtherAsync(string connectionString, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var server in MartenServer.AllAt(connectionString))
        {
            server.Settled++;
        }
        return Task.CompletedTask;
    }
}

using System.Collections.Concurrent;
using Marten;

namespace PledgeRegistry.Marten;

/// <summary>Stands for the adapter's own Database.cs, which needs a server; that one is compiled and tested in PledgeRegistry.Postgres.Tests.</summary>
internal static class Database
{
    private static readonly ConcurrentDictionary<string, SemaphoreSlim> Locks = new(StringComparer.Ordinal);

    public static Task CheckAsync(string connectionString, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.CompletedTask;
    }

    public static async Task<T> AloneAsync<T>(string connectionString, string name, Func<Task<T>> act, CancellationToken cancel)
    {
        var held = Locks.GetOrAdd($"{connectionString}|{name}", _ => new SemaphoreSlim(1));
        await held.WaitAsync(cancel);
        try
        {
            return await act();
        }
        finally
        {
            held.Release();
        }
    }

    public static string BreakingOff(string connectionString) => connectionString;

    public static Task CommitFurtherAsync(string connectionString, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        foreach (var server in MartenServer.AllAt(connectionString))
        {
            server.Settle();
        }
        return Task.CompletedTask;
    }

    public static Task<DateTimeOffset> TimeAsync(string connectionString, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        return Task.FromResult(MartenServer.AllAt(connectionString).First().Time);
    }

    public static Task ConfirmAsync(string connectionString, CancellationToken cancel) =>
        MartenServer.AllAt(connectionString).Any(s => s.IsStandbyAway) ? CommitFurtherAsync(connectionString, cancel) : Task.CompletedTask;
}

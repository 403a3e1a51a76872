using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>
/// The queue of the processes that write at the same time: an advisory lock of the database, which serves who came first,
/// on a connection of its own. Only a courtesy. Nothing that is safe rests on it: who can't have it writes without, and
/// somebody who holds it and was stopped, or took it out of malice, only costs the others the wait. One caller at a time.
/// </summary>
internal sealed class TurnConnection(Database database) : IAsyncDisposable
{
    // The same for every release: it is theirs together.
    private const long Key = 0x706C656467650001;

    /// <summary>The wait ends after a short while; the setting holds for this one statement.</summary>
    private const string Take = "select case when set_config('lock_timeout', '150ms', true) <> '' then pg_advisory_lock($1)::text end";

    private const string Return = "select pg_advisory_unlock($1)";

    /// <summary>For the whole of it, a connection included: a server that has gone may not answer at all.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(1);

    private NpgsqlConnection? connection;
    private Task returning = Task.CompletedTask;

    /// <summary>Null if it wasn't to be had.</summary>
    public async Task<IDisposable?> TakeAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(Patience);
        try
        {
            await returning;
            connection ??= await database.OpenAsync(patience.Token);
            await RunAsync(Take, patience.Token);
            return new Turn(this);
        }
        catch (PostgresException e) when (e.SqlState == PostgresErrorCodes.LockNotAvailable)
        {
            return null;
        }
        catch (Exception)
        {
            // Closed, it holds nothing, whatever became of the statement.
            await CloseAsync();
            return null;
        }
    }

    public async ValueTask DisposeAsync()
    {
        await returning;
        await CloseAsync();
    }

    private async Task ReturnAsync()
    {
        try
        {
            await RunAsync(Return, CancellationToken.None);
        }
        catch (Exception)
        {
            await CloseAsync();
        }
    }

    private async Task RunAsync(string sql, CancellationToken cancel)
    {
        await using var command = new NpgsqlCommand(sql, connection) { Parameters = { new() { Value = Key } } };
        await command.ExecuteNonQueryAsync(cancel);
    }

    private async Task CloseAsync()
    {
        if (Interlocked.Exchange(ref connection, null) is { } open)
        {
            await open.DisposeAsync();
        }
    }

    private sealed class Turn(TurnConnection owner) : IDisposable
    {
        public void Dispose() => owner.returning = owner.ReturnAsync();
    }
}

using System.Globalization;
using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>
/// Hears from the server that the log has grown, by LISTEN on a connection of its own. What was not heard (the connection
/// was lost, a pooler is between) is found by asking, which goes on behind it.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ended = new();
    private readonly Task listening;
    private volatile bool hears;

    /// <param name="hear">Told how many entries the log is said to have; null where nothing was said, and there may be more. Only a reason to ask.</param>
    public Listener(Database database, Action<long?> hear) => listening = Task.Run(() => ListenAsync(database, hear));

    /// <summary>False while an append by somebody else could go unheard.</summary>
    public bool Hears => hears;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await listening;
        ended.Dispose();
    }

    private async Task ListenAsync(Database database, Action<long?> hear)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenAsync(ended.Token);
                // Anybody in the database may send one.
                connection.Notification += (_, n) =>
                    hear(long.TryParse(n.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var now) ? now : null);
                await using var listen = new NpgsqlCommand("listen pledge_registry", connection);
                await listen.ExecuteNonQueryAsync(ended.Token);
                hears = true;
                // What came before it could be heard.
                hear(null);
                while (true)
                {
                    await connection.WaitAsync(ended.Token);
                }
            }
            catch (Exception) when (!ended.IsCancellationRequested)
            {
                // Whoever reads or appends is told; here it is only tried again.
                hears = false;
                await Task.Delay(Retry, ended.Token).ContinueWith(_ => { }, TaskScheduler.Default);
            }
            catch (OperationCanceledException)
            {
                return;
            }
        }
    }
}

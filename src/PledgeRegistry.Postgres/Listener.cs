using System.Globalization;
using Npgsql;

namespace PledgeRegistry.Postgres;

/// <summary>
/// Hears from the server how many entries the log has, by LISTEN on a connection of its own. What was not heard (the
/// connection was lost, a pooler is between) is found by asking, which goes on behind it.
/// </summary>
internal sealed class Listener : IAsyncDisposable
{
    private static readonly TimeSpan Retry = TimeSpan.FromSeconds(1);

    private readonly CancellationTokenSource ended = new();
    private readonly Task listening;
    private volatile bool hears;

    /// <param name="isNews">Whether so many entries are more than are known.</param>
    /// <param name="grow">Told how many entries the log has.</param>
    public Listener(Database database, Func<long, bool> isNews, Action<long> grow) => listening = Task.Run(() => ListenAsync(database, isNews, grow));

    /// <summary>False while an append by somebody else could go unheard.</summary>
    public bool Hears => hears;

    public async ValueTask DisposeAsync()
    {
        await ended.CancelAsync();
        await listening;
        ended.Dispose();
    }

    private async Task ListenAsync(Database database, Func<long, bool> isNews, Action<long> grow)
    {
        while (!ended.IsCancellationRequested)
        {
            try
            {
                await using var connection = await database.OpenAsync(ended.Token);
                // Anybody in the database may send one, so what it says is only a reason to ask.
                var news = true;
                connection.Notification += (_, n) =>
                    news |= !long.TryParse(n.Payload, NumberStyles.None, CultureInfo.InvariantCulture, out var now) || isNews(now);
                await using var listen = new NpgsqlCommand("listen pledge_registry", connection);
                await listen.ExecuteNonQueryAsync(ended.Token);
                await using var size = new NpgsqlCommand(ReadingPool.SizeQuery, connection);
                while (true)
                {
                    while (news)
                    {
                        news = false;
                        grow((long)(await size.ExecuteScalarAsync(ended.Token))!);
                    }
                    hears = true;
                    await connection.WaitAsync(ended.Token);
                }
            }
            catch (Exception e) when (e is NpgsqlException or LogRefusedException or IOException or TimeoutException)
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

using PledgeRegistry.Log;

namespace PledgeRegistry.Postgres;

/// <summary>What there is beside the port: the server's clock, and turns.</summary>
public sealed partial class PostgresLog
{
    public async Task<DateTimeOffset?> ServerTimeAsync(CancellationToken cancel = default) => await reading.TimeAsync(cancel);

    public async Task<IReadOnlyList<StoredEntry>?> TakeTurnAsync(long from, int count, CancellationToken cancel = default)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(TurnPatience);
        await gate.WaitAsync(cancel);
        try
        {
            return disposed || inDoubt || writing is null ? null : await writing.TakeTurnAsync(from, count, patience.Token);
        }
        finally
        {
            gate.Release();
        }
    }

    public async Task EndTurnAsync()
    {
        await gate.WaitAsync();
        try
        {
            if (!inDoubt && writing is not null)
            {
                await writing.EndTurnAsync();
            }
        }
        finally
        {
            gate.Release();
        }
    }
}

using PledgeRegistry.Log;
using Xunit;

namespace PledgeRegistry.LogContract;

public abstract partial class EventLogContract
{
    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_ends_at_once_when_the_log_is_longer_already(bool byReader)
    {
        await AppendedAsync(LogHead.Empty, Entries(3));
        var log = byReader ? await ReaderAsync() : Log;
        await log.WaitAsync(0).WaitAsync(Patience);
        await log.WaitAsync(2).WaitAsync(Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_ends_after_an_append(bool byReader)
    {
        var log = byReader ? await ReaderAsync() : Log;
        var head = LogHead.Empty;
        for (var i = 0; i < 5; i++)
        {
            // Not on another thread: the wait has begun before the append.
            var waiting = WaitUntilLongerAsync(log, head.Size, CancellationToken.None);
            var next = await AppendedAsync(head, Entries(2, $"batch-{i}"));
            await waiting.WaitAsync(Patience);
            head = next;
        }
    }

    [Fact]
    public async Task Many_may_wait_at_the_same_time()
    {
        var waiting = Enumerable.Range(0, 20).Select(_ => WaitUntilLongerAsync(Log, 0, CancellationToken.None)).ToList();
        await AppendedAsync(LogHead.Empty, Entries(1));
        await Task.WhenAll(waiting).WaitAsync(Patience);
    }

    [Theory]
    [InlineData(false)]
    [InlineData(true)]
    public async Task Waiting_can_be_cancelled(bool byReader)
    {
        var head = await AppendedAsync(LogHead.Empty, Entries(1));
        var log = byReader ? await ReaderAsync() : Log;
        using var cancel = new CancellationTokenSource();
        var waiting = Task.Run(() => WaitUntilLongerAsync(log, head.Size, cancel.Token));
        await cancel.CancelAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => waiting.WaitAsync(Patience));
    }

    // An engine may end a wait early; what waits for more asks again.
    private static async Task WaitUntilLongerAsync(IEventLog log, long size, CancellationToken cancel)
    {
        do
        {
            await log.WaitAsync(size, cancel);
            await Task.Yield();
        }
        while ((await log.ReadAsync(size, 1, cancel)).Count == 0);
    }
}

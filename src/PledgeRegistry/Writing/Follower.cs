using System.Globalization;
using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// Keeps a registry at the end of its log, whoever writes it; and knows whether the log can be reached, and whether this
/// machine's clock agrees with the log's. Ends when the registry has stopped reading, never otherwise.
/// </summary>
public sealed class Follower : IAsyncDisposable
{
    private static readonly TimeSpan Pause = TimeSpan.FromMilliseconds(20);

    private readonly Registry registry;
    private readonly TimeProvider clock;
    private readonly WriterOptions options;
    private readonly CancellationTokenSource stopping = new();
    private Task loop = Task.CompletedTask;
    private volatile Compared? compared;
    private volatile Hindrance? unreachable;
    private volatile Hindrance? clockFault;
    private int disposed;

    private Follower(Registry registry, TimeProvider clock, WriterOptions? options) =>
        (this.registry, this.clock, this.options) = (registry, clock, options ?? new WriterOptions());

    /// <summary>Why nothing should be written now, as far as it is known here, or null.</summary>
    public Hindrance? Hindrance => unreachable ?? clockFault ?? Jumped();

    /// <summary>Compares the clocks, and follows from then on.</summary>
    public static async Task<Follower> StartAsync(Registry registry, TimeProvider clock, WriterOptions? options = null, CancellationToken cancel = default)
    {
        var follower = new Follower(registry, clock, options);
        try
        {
            await follower.CompareClocksAsync(cancel);
        }
        catch (Exception e) when (!cancel.IsCancellationRequested)
        {
            follower.Lost(e.Message);
        }
        follower.loop = Task.Run(follower.RunAsync, CancellationToken.None);
        return follower;
    }

    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 0)
        {
            await stopping.CancelAsync();
            await loop;
            stopping.Dispose();
        }
    }

    private async Task RunAsync()
    {
        while (registry.Stopped is null && !stopping.IsCancellationRequested)
        {
            try
            {
                var known = registry.Head.Size;
                await WaitAsync(known);
                // What this process appends itself needs no reading.
                if (registry.Head.Size == known)
                {
                    await ReadOnAsync(known);
                }
                if (compared is not { } last || clock.GetElapsedTime(last.Timestamp) >= options.CompareClocksEvery || Jumped() is not null)
                {
                    await CompareClocksAsync(stopping.Token);
                }
                unreachable = null;
                // Where others write all the time, it is enough to read now and then; and a wait may end early, and again at once.
                await Task.Delay(Pause, stopping.Token);
            }
            catch (Exception e)
            {
                // Whatever it is: what was read is still there to be read. If there is damage, Registry.Stopped says so.
                if (!stopping.IsCancellationRequested)
                {
                    Lost(e.Message);
                }
            }
        }
    }

    /// <summary>Waits until there may be more; no longer than until it is time to see whether the log still answers.</summary>
    private async Task WaitAsync(long known)
    {
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        waiting.CancelAfter(options.AskEvery);
        if (unreachable is not null)
        {
            await Task.Delay(options.AskEvery / 2, waiting.Token);
            return;
        }
        try
        {
            await registry.Log.WaitAsync(known, waiting.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nothing was heard.
        }
    }

    private async Task ReadOnAsync(long known)
    {
        var isFree = await registry.Gate.WaitAsync(options.AskEvery, stopping.Token);
        // Not before: to wait for the writer says nothing about the log.
        using var patience = new CancellationTokenSource(options.AnswerWithin);
        using var said = patience.Token.Register(() => Lost($"it hasn't answered for {options.AnswerWithin.TotalSeconds.ToString(CultureInfo.InvariantCulture)} seconds"));
        using var giveUp = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
        giveUp.CancelAfter(options.Deadline);
        if (!isFree)
        {
            // The writer is in an append that takes long: so it is only asked whether there is an answer.
            await registry.Log.ReadAsync(Math.Max(0, known - 1), 1, giveUp.Token);
            return;
        }
        try
        {
            await registry.CatchUpAsync(_ => patience.CancelAfter(options.AnswerWithin), giveUp.Token);
        }
        finally
        {
            registry.Gate.Release();
        }
    }

    private async Task CompareClocksAsync(CancellationToken cancel)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancel);
        patience.CancelAfter(options.AnswerWithin);
        if (await ClockComparison.MakeAsync(registry.Log, clock, options.ClockTolerance, patience.Token) is { } comparison)
        {
            clockFault = comparison.Fault;
            // After what it found: until then, a jump is one.
            compared = new Compared(comparison.At, clock.GetTimestamp());
        }
    }

    /// <summary>
    /// What this machine's clock says has gone by since the comparison, and what really has, differ: it was set, or the
    /// machine slept. Nothing is written before the clocks are compared again: an entry an hour ahead would keep everybody
    /// from writing for an hour.
    /// </summary>
    private Hindrance? Jumped() =>
        compared is { } last && (clock.GetUtcNow() - last.Time - clock.GetElapsedTime(last.Timestamp)).Duration() > options.ClockTolerance
            ? new Hindrance(HindranceKind.Clock, "This machine's clock has jumped. It is being compared with that of the log's database.")
            : null;

    /// <param name="Time">What this machine's clock said when the clocks were last compared.</param>
    /// <param name="Timestamp">The same instant, on the clock that is never set.</param>
    private sealed record Compared(DateTimeOffset Time, long Timestamp);

    private void Lost(string why) => unreachable ??= new Hindrance(HindranceKind.Unreachable,
        $"The log has been unreachable since {EntryCodec.FormatTime(clock.GetUtcNow())}: {why.TrimEnd('.')}. It is tried again all the time.");
}

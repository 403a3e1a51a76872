using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// The one loop of a process that writes. It takes what waits, decides it against the head, appends it at once, applies
/// it to everything, publishes the new head, and only then answers. Refusals too are answered only with the batch: they
/// may rest on a command that turns out not to be durable.
/// </summary>
public sealed partial class RegistryWriter : IAsyncDisposable
{
    /// <summary>Who goes without a turn can be first even so.</summary>
    private const int TriesAtOnce = 3;

    private readonly Registry registry;
    private readonly TimeProvider clock;
    private readonly WriterOptions options;
    private readonly FairQueue<PendingCommand> queue;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private readonly Follower? follower;
    private readonly Turns turns;
    private volatile Hindrance? broken;
    private volatile Hindrance? inDoubt;
    private int disposed;

    /// <param name="follower">Knows whether the log can be reached; null where there is none.</param>
    public RegistryWriter(Registry registry, TimeProvider clock, WriterOptions? options = null, Follower? follower = null)
    {
        this.registry = registry;
        this.clock = clock;
        this.follower = follower;
        turns = new Turns(registry, clock);
        this.options = options ?? new WriterOptions();
        queue = new FairQueue<PendingCommand>(this.options.QueueCapacity);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Why nothing can be written now, or null.</summary>
    public string? NotWriting => Hindrance?.Reason;

    /// <summary><see cref="NotWriting"/> with its kind.</summary>
    public Hindrance? Hindrance => registry.Stop ?? broken ?? inDoubt ?? follower?.Hindrance ?? ClockFault();

    /// <summary>Decides a command and, if it is accepted, answers once it is durable.</summary>
    /// <param name="idempotencyKey">The caller's key; one to 200 characters.</param>
    /// <param name="cancel">Hanging up doesn't undo: what was taken up may be recorded all the same.</param>
    public async Task<Outcome> SubmitAsync<TCommand>(TCommand command, Author author, string idempotencyKey, CancellationToken cancel = default)
        where TCommand : class, ICommand
    {
        if (string.IsNullOrWhiteSpace(idempotencyKey) || idempotencyKey.Length > 200)
        {
            return new Outcome.Refused([new Refusal("idempotency-key-missing", "Send an idempotency key of 1 to 200 characters with the command.")]);
        }
        PendingCommand pending;
        try
        {
            pending = PendingCommand.Prepare(command, author, idempotencyKey, registry.State, clock.GetUtcNow() + options.Deadline, cancel);
        }
        catch (TextRefusedException e)
        {
            return new Outcome.Refused([new Refusal("text-refused", e.Reason, e.Field, RefusalKind.Invalid, e.Reason)]);
        }
        return queue.TryAdd(author.Actor, pending)
            ? await pending.Answered.WaitAsync(cancel)
            : new Outcome.Unavailable("Too many commands are waiting, or the registry is stopping. Nothing was written; try again in a few seconds.");
    }

    /// <summary>Finishes what is under way and stops. What still waits is answered "not now".</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
        {
            await loop;
            return;
        }
        queue.Close();
        await stopping.CancelAsync();
        await loop;
        queue.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        try
        {
            await WriteOnAsync();
        }
        catch (Exception e)
        {
            // Nothing there should throw. If it does, nobody is left waiting, and the node says so.
            broken = new Hindrance(HindranceKind.Failed, $"The registry stopped writing: {e.Message}");
            queue.Close();
            AnswerWaiting([], new Outcome.Unavailable($"Nothing was written. {broken.Reason}"));
        }
    }

    private async Task WriteOnAsync()
    {
        // Taken up and not answered yet: what another writer's append made stale, or what didn't fit into a batch.
        var commands = new List<PendingCommand>();
        var attempt = 0;
        while (commands.Count > 0 || await queue.WaitAsync())
        {
            if (!await registry.Gate.WaitAsync(options.AskEvery))
            {
                // The follower waits for an answer of the log. Nobody waits longer for ours than needed.
                AnswerIfRefusing(commands);
                continue;
            }
            try
            {
                attempt = AnswerIfRefusing(commands) || await WriteAsync(commands) ? 0 : attempt + 1;
            }
            catch (Exception e)
            {
                // Reading or applying failed: what is durable is not in doubt, but this process can't go on from here.
                await LookAgainAsync();
                broken = new Hindrance(Hindrance.Of(e, "").Kind, $"The registry stopped writing: {registry.Stopped ?? e.Message}");
                AnswerAll(commands, new Outcome.Unknown($"{broken.Reason} Try again with the same key: it is recorded once at most."));
                commands.Clear();
                attempt = 0;
            }
            finally
            {
                await turns.EndAsync();
                registry.Gate.Release();
            }
            if (attempt > 0 && (attempt > TriesAtOnce || !turns.AreHad))
            {
                await Task.Delay(Random.Shared.Next(1, 1 << Math.Min(attempt + 1, 8)));
            }
        }
    }

    /// <summary>What looked like damage of one entry may be another history altogether: then the registry stops as diverged.</summary>
    private async Task LookAgainAsync()
    {
        try
        {
            using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
            patience.CancelAfter(options.Deadline);
            await registry.CatchUpAsync(null, patience.Token);
        }
        catch (Exception)
        {
            // It stays what it looked like.
        }
    }

    private bool AnswerIfRefusing(List<PendingCommand> commands)
    {
        if (Refusing() is not { } reason)
        {
            return false;
        }
        AnswerWaiting(commands, new Outcome.Unavailable(reason));
        commands.Clear();
        return true;
    }

    private string? Refusing() =>
        stopping.IsCancellationRequested ? "The registry is stopping. Nothing was written; try again when it runs."
        : NotWriting is { } reason ? $"Nothing was written. {reason}"
        : null;

    /// <summary>One batch: false if another writer was first, and the commands are to be decided again.</summary>
    private async Task<bool> WriteAsync(List<PendingCommand> commands)
    {
        commands.RemoveAll(DropLate);
        await turns.TakeAsync(stopping.Token);
        if (AnswerIfRefusing(commands))
        {
            return true;
        }
        var plan = new BatchPlan(registry, clock);
        var planned = 0;
        while ((planned < commands.Count || TakeNext(commands)) && await plan.TryAddAsync(commands[planned]))
        {
            planned++;
        }
        if (plan.Stored.Count > 0 && follower?.Hindrance is { Kind: HindranceKind.Clock })
        {
            // The clock was set while this was decided, and its times may be of that: an hour ahead would stop everybody.
            return false;
        }
        switch (planned == 0 ? AppendOutcome.Appended : await AppendAsync(plan, commands))
        {
            case AppendOutcome.Appended:
                foreach (var (command, answer) in plan.Answers)
                {
                    command.Answer(answer);
                }
                commands.RemoveRange(0, planned);
                return true;
            case AppendOutcome.Diverged:
                await registry.StopAsDivergedAsync(stopping.Token);
                return true;
            default:
                return false;
        }
    }

    /// <summary>Takes one more from the queue into the batch, if it has room. One at a time: what isn't taken keeps its turn.</summary>
    private bool TakeNext(List<PendingCommand> commands)
    {
        while (commands.Count < IEventLog.MaxBatchEntries && queue.TryTake(out var next))
        {
            if (!DropLate(next))
            {
                commands.Add(next);
                return true;
            }
        }
        return false;
    }

    /// <summary>True if a command needs nothing more: nobody waits for it, or it came too late, and is told so.</summary>
    private bool DropLate(PendingCommand command)
    {
        if (clock.GetUtcNow() > command.Deadline || command.Caller.IsCancellationRequested)
        {
            command.Answer(new Outcome.Unavailable("The registry was too busy to take this up in time. Nothing was written; try again."));
        }
        return command.Answered.IsCompleted;
    }

    private void AnswerWaiting(List<PendingCommand> taken, Outcome outcome)
    {
        AnswerAll(taken, outcome);
        while (queue.TryTake(out var next))
        {
            next.Answer(outcome);
        }
    }

    private Hindrance? ClockFault() =>
        registry.Head.RecordedAt is { } last && clock.GetUtcNow() < last - options.ClockTolerance
            ? new Hindrance(HindranceKind.Clock, $"This machine's clock is behind the last entry, recorded at {EntryCodec.FormatTime(last)}, by more than {options.ClockTolerance.TotalMinutes:0} minutes. Set the clock.")
            : null;

    private static void AnswerAll(IEnumerable<PendingCommand> commands, Outcome outcome)
    {
        foreach (var command in commands)
        {
            command.Answer(outcome);
        }
    }
}

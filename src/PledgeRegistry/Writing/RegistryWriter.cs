using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>How a writer works; the defaults suit a registry.</summary>
public sealed record WriterOptions
{
    /// <summary>Commands that may wait. Beyond it, new ones are answered "not now".</summary>
    public int QueueCapacity { get; init; } = 4096;

    /// <summary>A command not taken up by then is answered "not now".</summary>
    public TimeSpan Deadline { get; init; } = TimeSpan.FromSeconds(30);

    /// <summary>If the clock is behind the last entry by more than this, nothing is written.</summary>
    public TimeSpan ClockTolerance { get; init; } = TimeSpan.FromMinutes(5);
}

/// <summary>
/// The one loop of a process that writes. It takes what waits, decides it against the head, appends it at once, applies
/// it to everything, publishes the new head, and only then answers. Refusals too are answered only with the batch: they
/// may rest on a command that turns out not to be durable.
/// </summary>
public sealed class RegistryWriter : IAsyncDisposable
{
    private readonly Registry registry;
    private readonly TimeProvider clock;
    private readonly WriterOptions options;
    private readonly FairQueue<PendingCommand> queue;
    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private string? broken;
    private string? inDoubt;

    public RegistryWriter(Registry registry, TimeProvider clock, WriterOptions? options = null)
    {
        this.registry = registry;
        this.clock = clock;
        this.options = options ?? new WriterOptions();
        queue = new FairQueue<PendingCommand>(this.options.QueueCapacity);
        loop = Task.Run(RunAsync);
    }

    /// <summary>Why nothing can be written now, or null.</summary>
    public string? NotWriting => broken ?? registry.Stopped ?? inDoubt ?? ClockFault();

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
            var colon = e.Message.IndexOf(": ", StringComparison.Ordinal);
            return new Outcome.Refused([new Refusal("text-refused", e.Message[(colon + 2)..], e.Message[..colon], RefusalKind.Invalid, e.Message[(colon + 2)..])]);
        }
        return queue.TryAdd(author.Actor, pending)
            ? await pending.Answered.WaitAsync(cancel)
            : new Outcome.Unavailable("Too many commands are waiting, or the registry is stopping. Nothing was written; try again in a few seconds.");
    }

    /// <summary>Finishes what is under way and stops. What still waits is answered "not now".</summary>
    public async ValueTask DisposeAsync()
    {
        queue.Close();
        await stopping.CancelAsync();
        await loop;
        queue.Dispose();
        stopping.Dispose();
    }

    private async Task RunAsync()
    {
        while (await queue.WaitAsync())
        {
            await registry.Gate.WaitAsync();
            try
            {
                if (stopping.IsCancellationRequested)
                {
                    AnswerAll(TakeAll(), new Outcome.Unavailable("The registry is stopping. Nothing was written; try again when it runs."));
                }
                else if (NotWriting is { } reason)
                {
                    AnswerAll(TakeAll(), new Outcome.Unavailable($"Nothing was written. {reason}"));
                }
                else
                {
                    await WriteAsync(TakeAll());
                }
            }
            finally
            {
                registry.Gate.Release();
            }
        }
    }

    private List<PendingCommand> TakeAll()
    {
        var taken = new List<PendingCommand>();
        while (taken.Count < IEventLog.MaxBatchEntries && queue.TryTake(out var next))
        {
            taken.Add(next);
        }
        return taken;
    }

    private async Task WriteAsync(List<PendingCommand> commands)
    {
        for (var attempt = 0; commands.Count > 0; attempt++)
        {
            DropLate(commands);
            var plan = new BatchPlan(registry, clock);
            var taken = 0;
            try
            {
                while (taken < commands.Count && await plan.TryAddAsync(commands[taken], CancellationToken.None))
                {
                    taken++;
                }
                var outcome = await AppendAsync(plan);
                if (outcome == AppendOutcome.Diverged)
                {
                    broken = $"The log holds another history than this process has read (entry {registry.Head.Size - 1} differs). It stopped writing; restart it after the log was checked with 'pledge verify'.";
                    AnswerAll(commands, new Outcome.Unavailable($"Nothing was written. {broken}"));
                    return;
                }
                if (outcome == AppendOutcome.Appended)
                {
                    foreach (var (command, answer) in plan.Answers)
                    {
                        command.Answer(answer);
                    }
                    commands.RemoveRange(0, taken);
                    attempt = 0;
                    continue;
                }
            }
            catch (Exception e)
            {
                // Reading or applying failed: what is durable is not in doubt, but this process can't go on from here.
                broken = $"The registry stopped writing: {e.Message}";
                AnswerAll(commands, new Outcome.Unknown(broken));
                return;
            }
            await Task.Delay(Random.Shared.Next(1, 1 << Math.Min(attempt + 2, 8)));
        }
    }

    /// <summary>Appends a plan's entries and applies them; finds out what happened where the engine can't say.</summary>
    private async Task<AppendOutcome> AppendAsync(BatchPlan plan)
    {
        if (plan.Stored.Count == 0)
        {
            // Only refusals and known commands: true if nobody else has written meanwhile.
            await registry.CatchUpAsync(null, CancellationToken.None);
            return registry.Head.Size == plan.Expected.Size ? AppendOutcome.Appended : AppendOutcome.Stale;
        }
        AppendOutcome outcome;
        try
        {
            outcome = await registry.Log.AppendAsync(plan.Expected, plan.Stored);
        }
        catch (Exception e)
        {
            return await FindOutAsync(plan, e);
        }
        switch (outcome)
        {
            case AppendOutcome.Appended:
                registry.Apply(plan.Entries, i => plan.Stored[i].Leaf);
                break;
            case AppendOutcome.Stale:
                await registry.CatchUpAsync(null, CancellationToken.None);
                break;
        }
        return outcome;
    }

    /// <summary>After an append that threw: reads the log until it answers, and sees whether the entries are in it.</summary>
    private async Task<AppendOutcome> FindOutAsync(BatchPlan plan, Exception fault)
    {
        inDoubt = $"Writing to the log failed, and what became of it is being found out: {fault.Message}";
        var giveUp = clock.GetUtcNow() + options.Deadline;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                await registry.CatchUpAsync(null, stopping.Token);
                inDoubt = null;
                var first = plan.Expected.Size;
                return registry.Head.Size > first && registry.Tree.Leaf(first) == plan.Stored[0].Leaf
                    ? AppendOutcome.Appended
                    : AppendOutcome.Stale;
            }
            catch (Exception) when (!stopping.IsCancellationRequested)
            {
                if (clock.GetUtcNow() >= giveUp)
                {
                    // The callers get an honest "unknown"; the loop itself goes on trying before it writes anything else.
                    foreach (var (command, _) in plan.Answers)
                    {
                        command.Answer(new Outcome.Unknown($"{inDoubt} Try again with the same key: it is recorded once at most."));
                    }
                }
                await Task.Delay(Math.Min(50 << Math.Min(attempt, 6), 2000));
            }
        }
    }

    private void DropLate(List<PendingCommand> commands)
    {
        var now = clock.GetUtcNow();
        commands.RemoveAll(command =>
        {
            var late = now > command.Deadline || command.Caller.IsCancellationRequested;
            if (late)
            {
                command.Answer(new Outcome.Unavailable("The registry was too busy to take this up in time. Nothing was written; try again."));
            }
            return late;
        });
    }

    private string? ClockFault() =>
        registry.Head.RecordedAt is { } last && clock.GetUtcNow() < last - options.ClockTolerance
            ? $"This machine's clock is behind the last entry, recorded at {EntryCodec.FormatTime(last)}, by more than {options.ClockTolerance.TotalMinutes:0} minutes. Set the clock."
            : null;

    private static void AnswerAll(List<PendingCommand> commands, Outcome outcome)
    {
        foreach (var command in commands)
        {
            command.Answer(outcome);
        }
    }
}

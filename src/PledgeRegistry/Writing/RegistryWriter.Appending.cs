using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>The append, and what became of it.</summary>
public sealed partial class RegistryWriter
{
    /// <summary>Appends a plan's entries and applies them; finds out what happened where the engine can't say.</summary>
    private async Task<AppendOutcome> AppendAsync(BatchPlan plan, List<PendingCommand> commands)
    {
        // Only refusals and known commands: true if nobody else has written meanwhile.
        var outcome = AppendOutcome.Stale;
        try
        {
            if (plan.Stored.Count > 0)
            {
                plan.CheckSequence();
                turns.Used();
                outcome = await registry.Log.AppendAsync(plan.Expected, plan.Stored);
            }
        }
        catch (Exception e)
        {
            inDoubt = new Hindrance(HindranceKind.InDoubt, $"Writing to the log failed, and what became of it is being found out: {e.Message}");
        }
        if (outcome == AppendOutcome.Diverged)
        {
            return outcome;
        }
        if (outcome == AppendOutcome.Stale)
        {
            return await FindOutAsync(plan, commands);
        }
        try
        {
            // Appended upon the head that it was decided at, and nothing else is applied meanwhile: the gate is held.
            registry.Apply(plan.Entries, i => plan.Stored[i].Leaf, plan.State);
        }
        catch (Exception) when (registry.Head.Size == plan.Expected.Size + plan.Entries.Count)
        {
            // Durable and shown: so it is answered. Registry.Stopped says what failed after that, and keeps more from being written.
        }
        return outcome;
    }

    /// <summary>Reads the log until it answers, and sees whether the plan holds: its entries are there, or nobody else's are.</summary>
    private async Task<AppendOutcome> FindOutAsync(BatchPlan plan, List<PendingCommand> commands)
    {
        var giveUp = clock.GetUtcNow() + options.Deadline;
        var maybeWritten = inDoubt is not null;
        for (var attempt = 0; ; attempt++)
        {
            try
            {
                using var patience = CancellationTokenSource.CreateLinkedTokenSource(stopping.Token);
                patience.CancelAfter(options.TryFor);
                await registry.CatchUpAsync(_ => patience.CancelAfter(options.TryFor), patience.Token);
                if (inDoubt is not null)
                {
                    await registry.VerifyEndAsync(patience.Token);
                }
                inDoubt = null;
                if (plan.IsIn(registry))
                {
                    return AppendOutcome.Appended;
                }
                if (registry.Stop is not null && maybeWritten)
                {
                    AnswerAll(plan.Answers.Select(a => a.Command), new Outcome.Unknown($"{registry.Stopped} Whether this was written before that, isn't known."));
                }
                if (!maybeWritten || registry.Head.Size > plan.Expected.Size)
                {
                    turns.Contend();
                }
                return AppendOutcome.Stale;
            }
            catch (Exception e) when (e is not LogDamagedException)
            {
                inDoubt ??= new Hindrance(HindranceKind.Unreachable, $"The log can't be read: {e.Message}");
                if (attempt > 0)
                {
                    // Who isn't part of what is in doubt needn't wait for its end.
                    AnswerWaiting([.. commands.Skip(plan.Answers.Count)], new Outcome.Unavailable($"Nothing was written. {inDoubt.Reason}"));
                }
                if (stopping.IsCancellationRequested || clock.GetUtcNow() >= giveUp)
                {
                    // The callers get an honest answer; the loop itself goes on trying before it writes anything else.
                    if (maybeWritten)
                    {
                        AnswerAll(plan.Answers.Select(a => a.Command), new Outcome.Unknown($"{inDoubt.Reason} Try again with the same key: it is recorded once at most."));
                    }
                    AnswerWaiting(commands, new Outcome.Unavailable($"Nothing was written. {inDoubt.Reason}"));
                }
                if (stopping.IsCancellationRequested)
                {
                    return AppendOutcome.Stale;
                }
                await Task.Delay(Math.Min(50 << Math.Min(attempt, 6), 2000), stopping.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
            }
        }
    }
}

using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>
/// Seals each meeting whose last day is over, once: at what was known at the end of that day, on that day. Any number of nodes may
/// run one; the command's key is made from the meeting, so whoever is first seals it.
/// </summary>
/// <param name="say">Told what a person who runs the registry must know.</param>
public sealed class MeetingSealer(RegistryNode node, TimeProvider clock, Action<string> say)
{
    /// <summary>
    /// How long after a day's end nothing more can be recorded as of that day: a node whose clock differs by more than five minutes
    /// doesn't write.
    /// </summary>
    public static readonly TimeSpan Margin = TimeSpan.FromMinutes(10);

    private readonly HashSet<string> tried = new(StringComparer.Ordinal);

    /// <summary>Seals what is due now.</summary>
    /// <returns>How many meetings were sealed.</returns>
    public async Task<int> StepAsync(CancellationToken cancel = default)
    {
        var (registry, models) = (node.Registry, node.Models);
        if (registry.Stopped is not null)
        {
            return 0;
        }
        var size = registry.Head.Size;
        var count = 0;
        foreach (var meeting in models.Meetings.Meetings(size).Select(m => m.Id).Where(m => !tried.Contains(m) && !models.Seals.Has(m, size)).ToList())
        {
            if (Sealing.EndOf(registry, models, meeting, clock.GetUtcNow() - Margin) is not { } basis)
            {
                continue;
            }
            var command = await Sealing.AtAsync(registry, models, basis, meeting, cancel);
            switch (await node.Mediator.Send(new Submit<SealViews>(command, LocalOperator.For(null), Sealing.KeyOf(meeting)), cancel))
            {
                case Outcome.Recorded recorded:
                    count += recorded.Repeated ? 0 : 1;
                    break;
                case Outcome.Refused refused:
                    // Such as another release, which was first and made other views: what it sealed stands.
                    tried.Add(meeting);
                    say($"The end of {meeting} was not sealed: {string.Join(" ", refused.Reasons.Select(r => r.Message))}");
                    break;
                    // Not now, or not known: the next step asks again under the same key.
            }
        }
        return count;
    }
}

/// <summary>Has the sealer look at the start, and again and again.</summary>
public sealed class SealingLoop : IAsyncDisposable
{
    public static readonly TimeSpan DefaultInterval = TimeSpan.FromMinutes(5);

    private readonly CancellationTokenSource stopping = new();
    private readonly Task loop;
    private string? said;

    /// <param name="step">What is done at each look: <see cref="MeetingSealer.StepAsync"/>.</param>
    /// <param name="every">How long between two looks.</param>
    public SealingLoop(Func<CancellationToken, Task> step, TimeSpan every, TimeProvider clock, Action<string> say) => loop = Task.Run(() => RunAsync(step, every, clock, say));

    /// <summary>Ends it; again does nothing.</summary>
    public async ValueTask DisposeAsync()
    {
        if (stopping.IsCancellationRequested)
        {
            return;
        }
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
    }

    private async Task RunAsync(Func<CancellationToken, Task> step, TimeSpan every, TimeProvider clock, Action<string> say)
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                try
                {
                    await step(stopping.Token);
                    said = null;
                }
                catch (Exception e) when (e is not OperationCanceledException || !stopping.IsCancellationRequested)
                {
                    // Nothing that was foreseen, and perhaps not there for long: it is tried again, and everything else goes on.
                    Tell(e.Message, say);
                }
                await Task.Delay(every, clock, stopping.Token);
            }
            catch (OperationCanceledException) when (stopping.IsCancellationRequested)
            {
                // Stopped.
            }
        }
    }

    // Once, as long as it is the same.
    private void Tell(string why, Action<string> say)
    {
        if (why == said)
        {
            return;
        }
        said = why;
        try
        {
            say($"Sealing failed, and is tried again: {why}");
        }
        catch (Exception e) when (e is IOException or ObjectDisposedException)
        {
            // A console that is gone ends nothing.
        }
    }
}

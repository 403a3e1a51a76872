using System.Text.Json;
using System.Text.Json.Serialization;
using MediatR;
using PledgeRegistry.Exchange;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Replay;

/// <summary>What is replayed.</summary>
[JsonConverter(typeof(KebabEnum<ReplayOf>))]
public enum ReplayOf
{
    /// <summary>The RCM progress grid.</summary>
    Grid,

    /// <summary>The IMRF follow-up of a cycle.</summary>
    FollowUp,

    /// <summary>The coverage of a framework.</summary>
    Coverage,

    /// <summary>One pledge.</summary>
    Pledge,
}

/// <summary>How far a step goes.</summary>
[JsonConverter(typeof(KebabEnum<ReplayBy>))]
public enum ReplayBy
{
    /// <summary>One entry.</summary>
    Entry,

    /// <summary>To the next entry that changes what is shown.</summary>
    Change,

    /// <summary>To the end of the next day (UTC) on which something was recorded.</summary>
    Day,

    /// <summary>To the end of the next meeting; where the registry is younger than the meeting, all that is known, judged on the meeting's last day.</summary>
    Meeting,
}

/// <summary>Asks where a step from a basis leads. The answer depends on the head, too: forward, there may be more later.</summary>
/// <param name="Subject">The cycle (2022), the framework (gcm) or the pledge's id; nothing for the grid.</param>
public sealed record GetReplayStep(Reading Reading, ReplayOf Of, string Subject, ReplayBy By, bool Forward) : IRequest<ReplayStep>
{
    /// <summary>What measures how long was looked for a change; null where the time it takes doesn't matter.</summary>
    public TimeProvider? Clock { get; init; }

    /// <summary>From which day a step by meeting goes; null for the day of the last entry that is known, or at the head the reading's own.</summary>
    public DateOnly? Day { get; init; }
}

/// <summary>Where a step leads.</summary>
/// <param name="Size">How many entries are known there: the same as before where there is nowhere to go.</param>
/// <param name="On">The day to judge on, where the step says so.</param>
/// <param name="LookedEnough">True where no change was found as far as was looked, and the step ends there.</param>
public sealed record ReplayStep(long Size, DateOnly? On = null, bool LookedEnough = false);

public sealed class GetReplayStepHandler(ReadModels models, Registry registry) : IRequestHandler<GetReplayStep, ReplayStep>
{
    /// <summary>So many views are made at most for one step.</summary>
    public const int MostViews = 120;

    /// <summary>So many entries are passed over at most for one step.</summary>
    public const int MostEntries = 20_000;

    /// <summary>So long is looked at most for one step, where a clock measures it.</summary>
    public static readonly TimeSpan Longest = TimeSpan.FromSeconds(2);

    public Task<ReplayStep> Handle(GetReplayStep request, CancellationToken cancellationToken)
    {
        var (size, head) = (request.Reading.Size, registry.Head.Size);
        return request.By switch
        {
            ReplayBy.Entry => Task.FromResult(new ReplayStep(Math.Clamp(size + (request.Forward ? 1 : -1), 0, head))),
            ReplayBy.Day => Task.FromResult(new ReplayStep(request.Forward ? NextDay(size, head) : PreviousDay(size))),
            ReplayBy.Meeting => Task.FromResult(Meeting(request, head)),
            _ => request.Forward ? NextChangeAsync(request, head, cancellationToken) : PreviousChangeAsync(request, cancellationToken),
        };
    }

    private long NextDay(long size, long head) =>
        size >= head ? head : Math.Min(head, registry.SizeAt(EndOf(DateOnly.FromDateTime(registry.RecordedAt(size).UtcDateTime))));

    // The day before the last entry's: where its first entry wasn't known yet.
    private long PreviousDay(long size) =>
        size == 0 ? 0 : registry.SizeAt(EndOf(DateOnly.FromDateTime(registry.RecordedAt(size - 1).UtcDateTime).AddDays(-1)));

    private ReplayStep Meeting(GetReplayStep request, long head)
    {
        var size = request.Reading.Size;
        var on = request.Day ?? (size >= head ? request.Reading.On : size == 0 ? DateOnly.MinValue : DateOnly.FromDateTime(registry.RecordedAt(size - 1).UtcDateTime));
        var days = models.Meetings.Meetings(head).Select(m => m.OverBy).Where(d => request.Forward ? d > on : d < on).ToArray();
        return days.Length == 0 ? new ReplayStep(request.Reading.Size) : At(request.Forward ? days.Min() : days.Max());
    }

    /// <summary>The end of a day: what was known then; where nothing was, all that is known, judged on that day.</summary>
    private ReplayStep At(DateOnly day) => Math.Min(registry.SizeAt(EndOf(day)), registry.Head.Size) is var size and > 0 ? new ReplayStep(size, day) : new ReplayStep(registry.Head.Size, day);

    private async Task<ReplayStep> NextChangeAsync(GetReplayStep request, long head, CancellationToken cancel)
    {
        var isOver = Deadline(request.Clock);
        var (before, made) = (await ShownAsync(request, request.Reading.Size, cancel), 1);
        var position = request.Reading.Size;
        for (; position < head && position - request.Reading.Size < MostEntries; position++)
        {
            if (!Touches(request, position))
            {
                continue;
            }
            // At least one is made, so that every step gets on.
            if (++made > MostViews || (made > 2 && isOver()))
            {
                break;
            }
            if (await ShownAsync(request, position + 1, cancel) != before)
            {
                return new ReplayStep(position + 1);
            }
        }
        return new ReplayStep(position, LookedEnough: position < head);
    }

    // To where the change before the last one had just been made: what was shown until the last one is shown again.
    private async Task<ReplayStep> PreviousChangeAsync(GetReplayStep request, CancellationToken cancel)
    {
        var size = request.Reading.Size;
        if (size == 0)
        {
            return new ReplayStep(0);
        }
        var isOver = Deadline(request.Clock);
        var (after, made) = (await ShownAsync(request, size - 1, cancel), 1);
        var position = size - 2;
        for (; position >= 0 && size - position < MostEntries; position--)
        {
            if (!Touches(request, position))
            {
                continue;
            }
            // At least one is made, so that every step gets on.
            if (++made > MostViews || (made > 2 && isOver()))
            {
                break;
            }
            if (await ShownAsync(request, position, cancel) != after)
            {
                return new ReplayStep(position + 1);
            }
        }
        return new ReplayStep(position + 1, LookedEnough: position >= 0);
    }

    private static Func<bool> Deadline(TimeProvider? clock)
    {
        if (clock is null)
        {
            return () => false;
        }
        var start = clock.GetTimestamp();
        return () => clock.GetElapsedTime(start) > Longest;
    }

    // What can't change what is shown needn't be looked at.
    private bool Touches(GetReplayStep request, long position)
    {
        var row = models.History.At(position);
        return request.Of == ReplayOf.Pledge ? row.Stream == $"pledge/{request.Subject}" : row.Event is not (ExchangeEvent or SourceEvent or RegistryEvent);
    }

    // On the same day throughout: it is the entry that makes the change.
    private async Task<string> ShownAsync(GetReplayStep request, long size, CancellationToken cancel)
    {
        cancel.ThrowIfCancellationRequested();
        var basis = new Basis(0, request.Reading.On);
        var reading = request.Reading with { Basis = request.Reading.Basis with { Size = size } };
        return request.Of switch
        {
            ReplayOf.Grid => Text(await new GetRcmProgressGridHandler(models).Handle(new GetRcmProgressGrid(reading), cancel) with { Basis = basis }),
            ReplayOf.FollowUp => Text(await new GetImrfFollowUpHandler(models).Handle(new GetImrfFollowUp(reading, request.Subject), cancel) with { Basis = basis }),
            ReplayOf.Coverage => Text(await new GetFrameworkCoverageHandler(models).Handle(new GetFrameworkCoverage(reading, request.Subject), cancel) is { } view ? view with { Basis = basis } : null),
            _ => Text(await new GetPledgeHandler(models).Handle(new GetPledge(reading, request.Subject), cancel) is { } view ? view with { Basis = basis } : null),
        };
    }

    private static string Text<TView>(TView view) => JsonSerializer.Serialize(view, ViewJson.OneLine);

    private static DateTimeOffset EndOf(DateOnly day) => new(day.ToDateTime(TimeOnly.MaxValue), TimeSpan.Zero);
}

using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Seals;

/// <summary>Makes the command that seals what the views say at a basis.</summary>
public static class Sealing
{
    /// <summary>The views of a registry that is open here, at a basis of at most its head.</summary>
    /// <param name="meeting">The meeting whose end it is the state at, or null.</param>
    public static async Task<SealViews> AtAsync(Registry registry, ReadModels models, Basis basis, string? meeting, CancellationToken cancel = default) =>
        new(basis.Size, registry.Tree.Root(basis.Size).ToString(), basis.OnText(), meeting, await SealableViews.OfAsync(models, basis, cancel));

    /// <summary>
    /// The basis of a meeting's end: what was known at the end of its last day (UTC), on that day. Null where it has no date, or
    /// its day isn't over at the instant, or the registry had no entry by then.
    /// </summary>
    public static Basis? EndOf(Registry registry, ReadModels models, string meeting, DateTimeOffset now)
    {
        var head = registry.Head.Size;
        if (models.Meetings.Meeting(meeting, head)?.Ends is not { } day || day == DateOnly.MaxValue)
        {
            return null;
        }
        var over = new DateTimeOffset(day.AddDays(1).ToDateTime(TimeOnly.MinValue), TimeSpan.Zero);
        // The last tick that is still of the day.
        var size = Math.Min(registry.SizeAt(over.AddTicks(-1)), head);
        return now >= over && size > 0 ? new Basis(size, day) : null;
    }

    /// <summary>The idempotency key under which a meeting's end is sealed by itself: whoever is first seals it, and nobody again.</summary>
    public static string KeyOf(string meeting) => $"seal-of-meeting/{meeting}";
}

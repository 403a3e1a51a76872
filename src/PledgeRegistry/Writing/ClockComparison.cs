using System.Globalization;
using PledgeRegistry.Log;

namespace PledgeRegistry.Writing;

/// <summary>
/// This machine's clock held against that of the machine that keeps the log. Whoever writes makes one before: an entry an hour
/// ahead would keep everybody from writing for an hour.
/// </summary>
/// <param name="At">What this machine's clock said after it.</param>
/// <param name="Fault">Why nothing should be written, or null.</param>
public sealed record ClockComparison(DateTimeOffset At, Hindrance? Fault)
{
    /// <summary>Null where the log has no clock of its own.</summary>
    /// <param name="tolerance">By how much they may differ, in either direction.</param>
    public static async Task<ClockComparison?> MakeAsync(IEventLog log, TimeProvider clock, TimeSpan tolerance, CancellationToken cancel = default)
    {
        // What the other clock said is taken as of some time between the question and the answer.
        var asked = clock.GetUtcNow();
        if (log is not IServerClock server || await server.ServerTimeAsync(cancel) is not { } there)
        {
            return null;
        }
        var answered = clock.GetUtcNow();
        var (ahead, behind) = (asked - there, there - answered);
        return new ClockComparison(answered, ahead > tolerance ? Differs("ahead of", ahead, tolerance) : behind > tolerance ? Differs("behind", behind, tolerance) : null);
    }

    private static Hindrance Differs(string how, TimeSpan by, TimeSpan tolerance) => new(HindranceKind.Clock, string.Create(CultureInfo.InvariantCulture,
        $"This machine's clock is {how} that of the log's database by {by.TotalMinutes:0} minutes; {tolerance.TotalMinutes:0} are allowed. Set the clocks."));
}

using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Difference;

/// <summary>Finds the entries that made a row differ between two readings.</summary>
/// <param name="from">The one with fewer entries.</param>
/// <param name="to">The one with more.</param>
internal sealed class Causes(HistoryTimeline history, Basis from, Basis to, Func<IEvent, bool> ignores, CancellationToken cancel)
{
    // A clearance is of the change before it, and none of its own.
    private bool Matters(HistoryRow row) => row.Event is not ClearanceEvent && !ignores(row.Event);

    /// <summary>In order of recording, all of them, because their count is told; none where the day alone made the difference.</summary>
    public IReadOnlyList<(HistoryRow Row, CauseKind How)> Of(RowDifference difference)
    {
        ViewRow[] rows = [.. new[] { difference.Before, difference.After }.OfType<ViewRow>()];
        string[] about = [.. rows.Select(r => r.Stream).Concat(rows.SelectMany(r => r.With)).Distinct(StringComparer.Ordinal)];
        // From near to far: what is about the row itself is its cause, if anything is.
        foreach (var (streams, participant, all) in new[]
                 {
                     (about, rows[0].Participant, false), (about, null, false), (about, null, true),
                     ([.. rows.SelectMany(r => r.Around).Distinct(StringComparer.Ordinal)], (string?)null, true),
                 })
        {
            var found = Recorded(difference, streams, participant, all).Concat(TookEffect(difference, streams, participant, all))
                .DistinctBy(c => c.Row.Position).OrderBy(c => c.Row.Position).ToArray();
            if (found.Length > 0)
            {
                return found;
            }
        }
        return [];
    }

    private IEnumerable<(HistoryRow Row, CauseKind How)> Recorded(RowDifference difference, string[] streams, string? participant, bool all) => difference.ByEntries
        ? streams.SelectMany(s => Lines(s, participant, from.Size)).Where(r => all ? r.Event is not ClearanceEvent : Matters(r)).Select(r => (r, CauseKind.Recorded))
        : [];

    private IEnumerable<(HistoryRow Row, CauseKind How)> TookEffect(RowDifference difference, string[] streams, string? participant, bool all)
    {
        if (!difference.ByTime)
        {
            return [];
        }
        var (early, late) = from.On < to.On ? (from.On, to.On) : (to.On, from.On);
        return streams.SelectMany(s => Lines(s, participant, 0))
            .Where(r => (all || Matters(r)) && EffectiveOn(r.Event) is { } day && early < day && day <= late)
            .Select(r => (r, CauseKind.TookEffect));
    }

    // A role holds from the first day of a coarse date, all else from its last.
    private static DateOnly? EffectiveOn(IEvent happened) =>
        GetHistoryHandler.Parts(happened).EffectiveOn is { } date ? happened is ParticipantEvent ? date.First() : date.Last() : null;

    private IEnumerable<HistoryRow> Lines(string stream, string? participant, long first)
    {
        var found = history.Find(to.Size, stream, participant, null);
        return found.From(found.FirstIndex(p => p >= first)).Select(position =>
        {
            cancel.ThrowIfCancellationRequested();
            return history.At(position);
        });
    }
}

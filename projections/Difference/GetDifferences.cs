using MediatR;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Difference;

/// <summary>Asks what differs between two moments in a view.</summary>
/// <param name="Reading">The second moment.</param>
/// <param name="From">The first moment.</param>
/// <param name="View">One of <see cref="ComparedViews"/>.</param>
/// <param name="Filter">The view's own parameters.</param>
/// <param name="Only">Only rows of this kind; the counts are of all.</param>
/// <param name="After">The key after which the page starts.</param>
/// <param name="Limit">At most so many rows, 1 to 500.</param>
/// <param name="SinceMeeting">The meeting that gave the first moment, to be named in the answer.</param>
public sealed record GetDifferences(
    Reading Reading, Basis From, ComparedView View, IReadOnlyDictionary<string, string> Filter, DifferenceKind? Only = null, string? After = null, int Limit = 100, string? SinceMeeting = null)
    : IRequest<DifferencesView?>;

/// <summary>Answers null where neither moment knows what the view is to be of.</summary>
public sealed class GetDifferencesHandler(ReadModels models, Registry registry) : IRequestHandler<GetDifferences, DifferencesView?>
{
    private const int MostCauses = 20;

    private static readonly string[] About = ["area", "layer", "kind", "item", "role", "member", "scope", "language", "offer"];

    public Task<DifferencesView?> Handle(GetDifferences request, CancellationToken cancellationToken) => Task.FromResult(Compare(request, cancellationToken));

    private DifferencesView? Compare(GetDifferences request, CancellationToken cancel)
    {
        var (from, to, language) = (request.From, request.Reading.Basis, request.Reading.Language);
        var backwards = (to.Size, to.On).CompareTo((from.Size, from.On)) < 0;
        var (less, more) = from.Size <= to.Size ? (from, to) : (to, from);
        var middle = new Basis(more.Size, less.On);
        var fields = new RowFields();
        IReadOnlyList<ViewRow>? Rows(Basis basis, bool filtered = true)
        {
            cancel.ThrowIfCancellationRequested();
            return request.View.Rows(new RowsAsk(models, new Reading(basis, language), filtered ? request.Filter : Which(request), fields, cancel))?.ToArray();
        }

        var (before, after) = (Rows(from), Rows(to));
        if (before is null && after is null)
        {
            return null;
        }
        var between = Same(middle, from) ? before : Same(middle, to) ? after : Rows(middle);
        RowDifference[] all = [.. RowComparer.Between(before ?? [], between ?? [], after ?? [], entriesFirst: ReferenceEquals(less, from))];
        var wanted = all.Where(d => request.Only is null || d.Kind == request.Only).ToArray();
        var start = request.After is null ? 0 : wanted.TakeWhile(d => string.CompareOrdinal(d.Row.Key, request.After) <= 0).Count();
        var page = wanted.Skip(start).Take(Math.Clamp(request.Limit, 1, 500)).ToArray();

        var later = new Reading(backwards ? from : to, language);
        var causes = new Causes(models.History, less, more, request.View.Ignores, cancel);
        var unfiltered = new Lazy<(HashSet<string> Before, HashSet<string> After)>(() => request.Filter.Count == Which(request).Count
            ? ([], [])
            : ([.. (Rows(from, filtered: false) ?? []).Select(r => r.Key)], [.. (Rows(to, filtered: false) ?? []).Select(r => r.Key)]));
        return new DifferencesView(
            to, from, registry.Tree.Root(to.Size).ToString(), registry.Tree.Root(from.Size).ToString(), request.View.Name, backwards,
            request.SinceMeeting is { } meeting ? new Named(meeting, models.Meetings.Name(meeting, later)) : null, more.Size - less.Size,
            new DifferenceCounts(Count(all, DifferenceKind.Added), Count(all, DifferenceKind.Changed), Count(all, DifferenceKind.Gone), Count(all, DifferenceKind.Drift)),
            [
                .. all.Where(d => d.Kind is DifferenceKind.Changed or DifferenceKind.Drift).SelectMany(d => d.Fields.Select(f => f.Field.Split('.', '[')[0]).Distinct())
                    .CountBy(f => f).OrderByDescending(f => f.Value).ThenBy(f => f.Key, StringComparer.Ordinal).Select(f => new FieldCount(f.Key, f.Value)),
            ],
            [
                .. page.Select(d =>
                {
                    cancel.ThrowIfCancellationRequested();
                    return Line(d, causes, from, to, later, unfiltered);
                }),
            ],
            start + page.Length < wanted.Length ? page[^1].Row.Key : null);
    }

    private DifferenceLine Line(RowDifference difference, Causes causes, Basis from, Basis to, Reading later, Lazy<(HashSet<string> Before, HashSet<string> After)> unfiltered)
    {
        var found = causes.Of(difference);
        DifferenceReason? reason = difference.Kind switch
        {
            DifferenceKind.Added when difference.Before is not null => DifferenceReason.Reinstated,
            DifferenceKind.Added => IsKnown(difference.Row, from) is false ? DifferenceReason.Recorded
                : unfiltered.Value.Before.Contains(difference.Row.Key) ? DifferenceReason.MetTheFilter
                : difference.ByTime && !difference.ByEntries ? DifferenceReason.CameIntoForce
                : DifferenceReason.CameIntoView,
            DifferenceKind.Gone when difference.After?.Ended is { } ended => Reason(ended),
            DifferenceKind.Gone => IsKnown(difference.Row, to) is false ? DifferenceReason.NotRecordedThen
                : unfiltered.Value.After.Contains(difference.Row.Key) ? DifferenceReason.LeftTheFilter
                : found.Any(c => c.How == CauseKind.Recorded && IsRetirement(c.Row.Type)) ? DifferenceReason.Retired
                : (difference.ByTime && !difference.ByEntries) || found.Any(c => IsEnd(c.Row.Type)) ? DifferenceReason.NotInForce
                : DifferenceReason.WentOutOfView,
            _ => null,
        };
        var row = difference.Row;
        return new DifferenceLine(
            row.Key, row.Stream, StreamTitles.Of(row.Stream, models, later), row.Participant,
            row.Fields.Where(f => About.Contains(f.Key)).ToDictionary(StringComparer.Ordinal), difference.Kind, reason, difference.Fields,
            [
                .. found.Take(MostCauses).Select(c =>
                {
                    var (effective, why, _, _) = GetHistoryHandler.Parts(c.Row.Event);
                    return new Cause(c.Row.Position, c.Row.Type, c.Row.Stream, c.Row.RecordedAt, effective, why, c.How);
                }),
            ],
            found.Count, difference.ByTime && !found.Any(c => c.How == CauseKind.TookEffect));
    }

    // By the log: whether anything of the stream was recorded by then.
    private bool IsKnown(ViewRow row, Basis basis) => models.History.Find(basis.Size, row.Stream, null, null).Count > 0;

    private static bool IsRetirement(string type) => type.StartsWith("pledge-mapping-retired", StringComparison.Ordinal)
        || type.StartsWith("pledge-mapping-moved", StringComparison.Ordinal) || type.StartsWith("pledge-contest-answered", StringComparison.Ordinal)
        || type.StartsWith("framework-crosswalk-retired", StringComparison.Ordinal);

    private static bool IsEnd(string type) => type.StartsWith("participant-role-ended", StringComparison.Ordinal) || type.StartsWith("participant-member-left", StringComparison.Ordinal);

    private static DifferenceReason Reason(string ended) => ended switch
    {
        "withdrawn" => DifferenceReason.Withdrawn,
        "superseded" => DifferenceReason.Superseded,
        "duplicate" => DifferenceReason.Duplicate,
        "split" => DifferenceReason.Split,
        "merged" => DifferenceReason.Merged,
        "retired" => DifferenceReason.Retired,
        "met" or "lapsed" => DifferenceReason.Closed,
        "past-its-day" or "not-in-force" => DifferenceReason.NotInForce,
        _ => throw new InvalidOperationException($"There is no reason for rows that are {ended}."),
    };

    private static Dictionary<string, string> Which(GetDifferences request) =>
        request.Filter.Where(f => request.View.Which.Contains(f.Key)).ToDictionary(StringComparer.Ordinal);

    private static int Count(RowDifference[] all, DifferenceKind kind) => all.Count(d => d.Kind == kind);

    private static bool Same(Basis one, Basis other) => one.Size == other.Size && one.On == other.On;
}

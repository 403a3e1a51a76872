using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Difference.Rows;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Difference;

/// <summary>Asks a view for its rows at one reading.</summary>
/// <param name="Filter">The view's own parameters, those that are given.</param>
/// <param name="Fields">Takes stored values apart, once for both readings.</param>
public sealed record RowsAsk(ReadModels Models, Reading Reading, IReadOnlyDictionary<string, string> Filter, RowFields Fields, CancellationToken Cancel)
{
    public string? this[string parameter] => Filter.GetValueOrDefault(parameter);

    public long Size => Reading.Size;
    public DateOnly On => Reading.On;

    /// <summary>These things one by one, until somebody stops it.</summary>
    public IEnumerable<T> Each<T>(IEnumerable<T> things)
    {
        foreach (var thing in things)
        {
            Cancel.ThrowIfCancellationRequested();
            yield return thing;
        }
    }
}

/// <summary>A view whose readings can be held against each other.</summary>
/// <param name="Name">As addresses have it: <c>imrf-follow-up</c>.</param>
/// <param name="Which">The parameters that say of what the view is; they are needed.</param>
/// <param name="Filters">The parameters that narrow it.</param>
/// <param name="Rows">Its rows at a reading; null where there is no such thing.</param>
public sealed record ComparedView(string Name, IReadOnlyList<string> Which, IReadOnlyList<string> Filters, Func<RowsAsk, IEnumerable<ViewRow>?> Rows)
{
    /// <summary>The events that never change a row of it.</summary>
    public Func<IEvent, bool> Ignores { get; init; } = _ => false;

    public IEnumerable<string> Parameters => Which.Concat(Filters);
}

/// <summary>The visible list of the views that can be compared. A new view is a line here, and says what its rows are.</summary>
public static class ComparedViews
{
    public static readonly IReadOnlyList<ComparedView> All =
    [
        new("rcm-grid", [], ["meeting", "from", "until"], GridRows.Of) { Ignores = SaysNothingOfStatus },
        new("imrf-follow-up", ["cycle"], ["objective", "roundTable", "party", "kind"], FollowUpRows.Of) { Ignores = SaysNothingOfStatus },
        new("coverage", ["framework"], ["role", "scope"], CoverageRows.Of) { Ignores = MapsNothing },
        new("pledges", [], ["kind", "series", "meeting", "party", "item", "source"], PledgeRows.Of) { Ignores = e => e is PledgeEvent.Translated },
        new("pledge", ["id"], [], OnePledgeRows.Of),
        new("initiatives", [], ["participant", "kind", "area", "meeting"], RecordRows.Initiatives),
        new("exchange", [], ["direction", "participant", "nature", "item", "place"], RecordRows.Exchange),
        new("clock", [], ["participant", "series"], ClockRows.Of) { Ignores = SaysNothingOfStatus },
        new("participants", [], ["type", "role", "scope"], ParticipantRows.Of),
        new("meetings", [], ["series"], RecordRows.Meetings),
        new("series", [], [], RecordRows.Series),
        new("partnerships", [], [], RecordRows.Partnerships),
        new("sources", [], [], RecordRows.Sources),
        new("frameworks", [], ["scheme"], FrameworkRows.Of),
        new("registry", [], [], ask => All!.Where(v => Records.Contains(v.Name)).SelectMany(v => v.Rows(ask)!)),
    ];

    // Of these views each is about things of its own, so together they are about everything once.
    private static readonly string[] Records = ["pledges", "initiatives", "exchange", "participants", "meetings", "series", "partnerships", "sources", "frameworks"];

    public static ComparedView? Find(string name) => All.FirstOrDefault(v => v.Name == name);

    private static bool SaysNothingOfStatus(IEvent happened) => happened is ClearanceEvent or PledgeEvent.Translated or PledgeEvent.MappingMarked;

    private static bool MapsNothing(IEvent happened) => happened is ClearanceEvent or PledgeEvent.Translated or PledgeEvent.MappingMarked
        or PledgeEvent.ProgressReported or PledgeEvent.ReportCorrected or PledgeEvent.Reviewed or PledgeEvent.ReviewReplied or PledgeEvent.AddresseeAnswered or PledgeEvent.ShareDeclared;
}

using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections;

/// <summary>
/// The visible list of what is folded from the log. The views (grid, follow-up, coverage) are pure functions of these
/// timelines at a basis, so they need no fold of their own.
/// </summary>
public sealed class ReadModels
{
    public PledgeTimelines Pledges { get; } = new();
    public PartnershipTimelines Partnerships { get; } = new();
    public InitiativeTimelines Initiatives { get; } = new();
    public ExchangeTimelines Exchange { get; } = new();
    public ParticipantTimelines Participants { get; } = new();
    public MeetingTimelines Meetings { get; } = new();
    public FrameworkTimelines Frameworks { get; } = new();
    public SealTimeline Seals { get; } = new();
    public HistoryTimeline History { get; } = new();

    /// <summary>A fold of the history, which who searches brings up to date: see there.</summary>
    public SearchIndex Search { get; }

    public ReadModels() => Search = new SearchIndex(History);

    public IReadOnlyList<IProjection> All => [Pledges, Partnerships, Initiatives, Exchange, Participants, Meetings, Frameworks, Seals, History];
}

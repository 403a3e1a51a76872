using MediatR;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.AccountabilityHistory;

/// <summary>Asks for a history: of a stream (<c>pledge/IMRF-2022-0042</c>), a participant, an actor, or everything.</summary>
/// <param name="From">Lines from this position on (or, newest first, up to and including it).</param>
/// <param name="Limit">At most so many lines, 1 to 1,000.</param>
public sealed record GetHistory(
    Reading Reading, string? Stream = null, string? Participant = null, string? Actor = null, long? From = null, int Limit = 100, bool NewestFirst = false) : IRequest<HistoryView>;

/// <summary>A history at a basis.</summary>
/// <param name="Count">How many lines there are in all.</param>
/// <param name="Next">The position that the next page starts from, or null.</param>
public sealed record HistoryView(Basis Basis, long Count, IReadOnlyList<HistoryLine> Lines, long? Next)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "history/2";
}

/// <summary>Who did what and when, from what to what, why, on what evidence; and where the entry that proves it is.</summary>
/// <param name="EffectiveOn">From when it holds, where the entry says so.</param>
/// <param name="LeafHash">RFC 6962 leaf hash of the entry at this position.</param>
public sealed record HistoryLine(
    long Position,
    string Stream,
    long Version,
    Guid EntryId,
    string Type,
    DateTimeOffset RecordedAt,
    string Role,
    string? OnBehalfOf,
    EffectiveDate? EffectiveOn,
    string? Reason,
    IReadOnlyList<FieldChange> Changes,
    IReadOnlyList<Evidence> Evidence,
    string LeafHash)
{
    /// <summary>What was withheld of it; null where this is what was recorded. Said at every size: the text is nowhere any more.</summary>
    public WithheldBy? Withheld { get; init; }
}

/// <summary>That passages of an entry are withheld.</summary>
/// <param name="Entry">The position of the entry that withheld them.</param>
/// <param name="Authority">Who ordered it, in words.</param>
/// <param name="Reason">Why, in words.</param>
public sealed record WithheldBy(long Entry, string Authority, string Reason);

public sealed class GetHistoryHandler(ReadModels models, Registry registry) : IRequestHandler<GetHistory, HistoryView>
{
    public Task<HistoryView> Handle(GetHistory request, CancellationToken cancellationToken)
    {
        var size = request.Reading.Size;
        var all = models.History.Find(size, request.Stream, request.Participant, request.Actor);
        var wanted = request.NewestFirst
            ? all.Down((request.From is { } to ? all.FirstIndex(p => p > to) : all.Count) - 1)
            : all.From(request.From is { } from ? all.FirstIndex(p => p >= from) : 0);
        var limit = Math.Clamp(request.Limit, 1, 1000);
        var page = wanted.Take(limit + 1).ToArray();
        return Task.FromResult(new HistoryView(
            request.Reading.Basis, all.Count,
            [.. page.Take(limit).Select(p => Line(models.History.At(p)))],
            page.Length > limit ? page[limit] : null));
    }

    private HistoryLine Line(HistoryRow row)
    {
        var (effective, reason, value, evidence) = Parts(row.Event);
        // What is retired was there before, and isn't after.
        var before = row.Event switch
        {
            PledgeEvent.MappingRetired retired => new { retired.Item },
            PledgeEvent.MappingMoved moved => new { Item = moved.From },
            _ => row.Before,
        };
        return new HistoryLine(
            row.Position, row.Stream, row.Version, row.Id, row.Type, row.RecordedAt, row.Role, row.OnBehalfOf, effective, reason,
            FieldChanges.Between(before, value), evidence, registry.Tree.Leaf(row.Position).ToString())
        {
            Withheld = models.History.Withheld(row.Position),
        };
    }

    /// <summary>From when an event holds, why, what it sets (all of it, where nothing is left over), and on what evidence.</summary>
    internal static (EffectiveDate? EffectiveOn, string? Reason, object? Value, IReadOnlyList<Evidence> Evidence) Parts(IEvent happened) => happened switch
    {
        PledgeEvent.Recorded e => (e.Content.AnnouncedOn, null, e.Content, []),
        PledgeEvent.Corrected e => (null, e.Reason, e.Content, []),
        PledgeEvent.Amended e => (e.From, e.Reason, e.Content, []),
        PledgeEvent.Translated e => (null, null, e, []),
        PledgeEvent.Mapped e => (null, e.Reason, new { e.Item, e.Main, e.Retrospective }, []),
        PledgeEvent.MappingMarked e => (null, e.Reason, new { e.Item, e.Main }, []),
        PledgeEvent.MappingMoved e => (null, e.Reason, new { Item = e.To, e.Retrospective }, []),
        PledgeEvent.MappingContested e => (null, e.Reason, e, []),
        PledgeEvent.ContestAnswered e => (null, e.Text, e, []),
        PledgeEvent.MappingRetired e => (null, e.Reason, null, []),
        PledgeEvent.ProgressReported e => (e.Report.EffectiveOn, null, e.Report, e.Report.Evidence),
        PledgeEvent.ReportCorrected e => (e.Report.EffectiveOn, e.Reason, e.Report, e.Report.Evidence),
        PledgeEvent.Reviewed e => (e.Review.EffectiveOn, e.Review.Reason, e.Review, e.Review.Evidence),
        PledgeEvent.ReviewReplied e => (null, null, e, []),
        PledgeEvent.AddresseeAnswered e => (e.On, null, e, []),
        PledgeEvent.OpenedForSignature e => (e.From, e.Reason, e, []),
        PledgeEvent.ClosedForSignature e => (e.From, e.Reason, e, []),
        PledgeEvent.PartyInvited e => (e.On, e.Reason, e, []),
        PledgeEvent.PartyAccepted e => (e.From, null, e, []),
        PledgeEvent.PartyDeclined e => (e.On, null, e, []),
        PledgeEvent.PartyLeft e => (e.From, e.Reason, e, []),
        PledgeEvent.ShareDeclared e => (e.From, e.Reason, new PartyShare(e.Party, e.Share), []),
        PledgeEvent.Withdrawn e => (e.From, e.Reason, e, []),
        PledgeEvent.Superseded e => (e.From, e.Reason, e, []),
        PledgeEvent.Completed e => (e.From, e.Reason, e, e.Evidence),
        PledgeEvent.MarkedDuplicate e => (null, e.Reason, e, []),
        PledgeEvent.Split e => (e.From, e.Reason, e, []),
        PledgeEvent.Merged e => (e.From, e.Reason, e, []),
        PledgeEvent.Reinstated e => (e.From, e.Reason, e, []),
        PartnershipEvent.Formed e => (null, null, e.Content, []),
        PartnershipEvent.Corrected e => (null, e.Reason, e.Content, []),
        InitiativeEvent.Recorded e => (e.Content.EffectiveOn, null, e.Content, e.Content.Evidence),
        InitiativeEvent.Updated e => (e.Content.EffectiveOn, e.Reason, e.Content, e.Content.Evidence),
        InitiativeEvent.Corrected e => (e.Content.EffectiveOn, e.Reason, e.Content, e.Content.Evidence),
        InitiativeEvent.Withdrawn e => (e.From, e.Reason, e, []),
        ExchangeEvent.Recorded e => (e.Content.EffectiveOn, null, e.Content, []),
        ExchangeEvent.Corrected e => (null, e.Reason, e.Content, []),
        ExchangeEvent.Closed e => (e.From, e.Reason, e, []),
        ExchangeEvent.MatchProposed e => (e.On, e.Reason, e, []),
        ExchangeEvent.MatchAnswered e => (e.On, null, e, []),
        ExchangeEvent.MatchEnded e => (e.From, e.Reason, e, []),
        MeetingEvent.Announced e => (null, null, e.Content, []),
        MeetingEvent.Corrected e => (null, e.Reason, e.Content, []),
        MeetingEvent.ClustersSet e => (null, null, e.Clusters, []),
        SeriesEvent.Opened e => (null, null, e.Settings, []),
        SeriesEvent.SettingsChanged e => (null, e.Reason, e.Settings, []),
        ParticipantEvent.Registered e => (null, null, e, []),
        ParticipantEvent.Renamed e => (null, e.Reason, new ParticipantNames(e.Names), []),
        ParticipantEvent.RoleStarted e => (e.From, null, e, []),
        ParticipantEvent.RoleEnded e => (e.Until, e.Reason, e, []),
        ParticipantEvent.MemberJoined e => (e.From, null, e, []),
        ParticipantEvent.MemberLeft e => (e.Until, e.Reason, e, []),
        // Never an actor's id: it is on no public page.
        ParticipantEvent.ActorAppointed e => (e.From, null, new { e.Role, e.Scope, e.From, e.Until }, []),
        ParticipantEvent.AppointmentEnded e => (e.Until, e.Reason, new { e.Role, e.Scope, e.Until }, []),
        ParticipantEvent.HandedOver e => (e.On, e.Reason, new { e.On }, []),
        ParticipantEvent.ClearanceSet e => (null, e.Reason, new { e.Required }, []),
        ClearanceEvent.Given => (null, null, null, []),
        FrameworkEvent.Retired e => (e.From, e.Reason, e, []),
        FrameworkEvent.CrosswalkAdded e => (null, null, e, []),
        FrameworkEvent.CrosswalkRetired e => (null, e.Reason, e, []),
        RegistryEvent.SigningKeyRetired e => (null, e.Reason, e, []),
        RegistryEvent.RedactionAllowed e => (null, e.Reason, e, []),
        // The replacement is what the entry itself shows.
        RegistryEvent.EntryRedacted e => (null, e.Reason, new { e.Position, e.Authority }, []),
        RegistryEvent.ViewsSealed e => (null, null, new { e.Size, e.Root, e.On, e.Meeting, Views = e.Views.Select(v => v.View).Distinct().ToArray() }, []),
        _ => (null, null, happened, []),
    };
}

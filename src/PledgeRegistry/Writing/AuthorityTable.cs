using System.Collections.Frozen;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using static PledgeRegistry.Participants.ActorRole;

namespace PledgeRegistry.Writing;

/// <summary>What a command is about, as far as it matters who may ask for it.</summary>
/// <param name="Parties">The participants it speaks for: all of them, or a focal point could promise in another's name.</param>
/// <param name="Series">The series it belongs to; null: to none.</param>
/// <param name="ReviewBy">Whose view it records, if it is a review.</param>
internal sealed record Subject(IReadOnlyList<string> Parties, string? Series, string? ReviewBy = null);

/// <summary>
/// Every command, the roles that may ask for it, and whom and what it is about. A focal point or deputy may for its own
/// participant, a secretariat or reviewer in its series, an auditor nothing; what no role may is the operator's.
/// </summary>
internal static class AuthorityTable
{
    private static readonly ActorRole[] Party = [FocalPoint, Deputy, Secretariat];
    private static readonly ActorRole[] Mapping = [FocalPoint, Deputy, Secretariat, Reviewer];
    private static readonly ActorRole[] Convening = [FocalPoint, Deputy, Secretariat, Administrator];
    private static readonly ActorRole[] Reviewing = [Reviewer, Secretariat];
    private static readonly ActorRole[] Meetings = [Secretariat];
    private static readonly ActorRole[] Documents = [Secretariat, Administrator];
    private static readonly ActorRole[] Keeping = [Administrator];
    private static readonly ActorRole[] Nobody = [];

    private static readonly FrozenDictionary<Type, Row> Rows = new[]
    {
        Of<RecordPledge>(Party, (c, head) => Series(head, c.Content?.Meeting) is { } s ? For(s, Parties(c.Content)) : null),
        Of<CorrectPledge>(Party, (c, head) => Pledge(head, c.Id, p => [.. All(p), .. Parties(c.Content)])),
        Of<AmendPledge>(Party, (c, head) => Pledge(head, c.Id, p => [.. All(p), .. Parties(c.Content)])),
        Of<TranslatePledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<WithdrawPledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<SupersedePledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<CompletePledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<MarkDuplicate>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<SplitPledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<MergePledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        Of<ReinstatePledge>(Party, (c, head) => Pledge(head, c.Id, All)),
        // Who made a common pledge opens it and invites; whoever else is meant answers for itself.
        Of<OpenForSignature>(Party, (c, head) => Pledge(head, c.Id, p => Parties(p.Content))),
        Of<CloseForSignature>(Party, (c, head) => Pledge(head, c.Id, p => Parties(p.Content))),
        Of<InviteParty>(Party, (c, head) => Pledge(head, c.Id, p => Parties(p.Content))),
        Of<AcceptPledge>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),
        Of<DeclinePledge>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),
        Of<DeclareShare>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),
        Of<LeavePledge>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),
        Of<FormPartnership>(Convening, (c, _) => For(null, c.Content?.Convener is { } convener ? [convener] : [])),
        Of<CorrectPartnership>(Convening, (c, head) => Partnership(head, c)),
        Of<MapPledge>(Mapping, (c, head) => Pledge(head, c.Id, All)),
        Of<MarkMapping>(Mapping, (c, head) => Pledge(head, c.Id, All)),
        Of<MoveMapping>(Mapping, (c, head) => Pledge(head, c.Id, All)),
        Of<RetireMapping>(Mapping, (c, head) => Pledge(head, c.Id, All)),
        Of<ContestMapping>(Mapping, (c, head) => Pledge(head, c.Id, _ => [c.By]) is { } subject ? subject with { ReviewBy = c.By } : null),
        // It may retire the mapping: so it is for those whose pledge it is, as retiring one is.
        Of<AnswerContest>(Mapping, (c, head) => Pledge(head, c.Id, p => [.. All(p), c.By]) is { } subject ? subject with { ReviewBy = c.By } : null),
        Of<ReportProgress>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Report?.Party])),
        Of<CorrectReport>(Party, (c, head) => Pledge(head, c.Id, p => [p.Reports.ElementAtOrDefault(c.Number - 1)?.Party, c.Report?.Party])),
        Of<ReviewPledge>(Reviewing, (c, head) => Pledge(head, c.Id, _ => []) is { } subject && c.Review is { } r ? subject with { ReviewBy = r.By } : null),
        Of<ReplyToReview>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),
        Of<AnswerAsAddressee>(Party, (c, head) => Pledge(head, c.Id, _ => [c.Party])),

        Of<RecordNeedOrOffer>(Party, (c, head) => Series(head, c.Content?.Meeting) is { } s ? For(s, [c.Content!.Participant]) : null),
        Of<CorrectNeedOrOffer>(Party, (c, head) => Entry(head, c.Id, e => e.Content.Participant)),
        Of<CloseNeedOrOffer>(Party, (c, head) => Entry(head, c.Id, e => e.Content.Participant)),
        Of<ProposeMatch>(Party, (c, head) => Entry(head, c.Need, _ => c.By)),
        Of<AnswerMatch>(Party, (c, head) => Entry(head, c.Need, _ => c.Party)),
        Of<EndMatch>(Party, (c, head) => Entry(head, c.Need, _ => c.By)),

        Of<RecordInitiative>(Party, (c, head) => Series(head, c.Content?.Meeting) is { } s ? For(s, [c.Content!.Participant]) : null),
        Of<UpdateInitiative>(Party, (c, head) => Initiative(head, c.Id)),
        Of<CorrectInitiative>(Party, (c, head) => Initiative(head, c.Id)),
        Of<WithdrawInitiative>(Party, (c, head) => Initiative(head, c.Id)),

        Of<AnnounceMeeting>(Meetings, (c, _) => c.Content?.Series is { } s ? For(s, []) : null),
        Of<CorrectMeeting>(Meetings, (c, head) => Series(head, c.Id) is { } s ? For(s, []) : null),
        Of<AttachDocument>(Meetings, (c, head) => Series(head, c.Id) is { } s ? For(s, []) : null),
        Of<SetClusters>(Meetings, (c, head) => Series(head, c.Id) is { } s ? For(s, []) : null),
        Of<RegisterSource>(Documents, (_, _) => For(null, [])),

        Of<RegisterParticipant>(Keeping, (_, _) => For(null, [])),
        Of<RenameParticipant>(Keeping, (_, _) => For(null, [])),
        Of<StartRole>(Keeping, (_, _) => For(null, [])),
        Of<EndRole>(Keeping, (_, _) => For(null, [])),
        Of<AddMember>(Keeping, (_, _) => For(null, [])),
        Of<RemoveMember>(Keeping, (_, _) => For(null, [])),
        Of<AppointActor>(Keeping, (_, _) => For(null, [])),
        Of<EndAppointment>(Keeping, (_, _) => For(null, [])),
        Of<HandOver>([FocalPoint, Administrator], (c, _) => For(null, [c.Code])),
        Of<SetClearance>([FocalPoint, Deputy, Administrator], (c, _) => For(null, [c.Code])),
        Of<OpenSeries>(Keeping, (_, _) => For(null, [])),
        Of<ChangeSeriesSettings>(Keeping, (_, _) => For(null, [])),
        Of<OpenFramework>(Keeping, (_, _) => For(null, [])),
        Of<AddFrameworkItem>(Keeping, (_, _) => For(null, [])),
        Of<CloseFramework>(Keeping, (_, _) => For(null, [])),
        Of<RetireFramework>(Keeping, (_, _) => For(null, [])),
        Of<AddCrosswalk>(Keeping, (_, _) => For(null, [])),
        Of<RetireCrosswalk>(Keeping, (_, _) => For(null, [])),
        Of<SealViews>(Keeping, (_, _) => For(null, [])),

        Of<OpenRegistry>(Nobody, (_, _) => For(null, [])),
        Of<CompleteOpeningData>(Nobody, (_, _) => For(null, [])),
        // Whoever works at the machine that holds the key.
        Of<PublishSigningKey>(Nobody, (_, _) => For(null, [])),
        Of<RetireSigningKey>(Nobody, (_, _) => For(null, [])),
        Of<AllowRedaction>(Keeping, (_, _) => For(null, [])),
        Of<RedactEntry>(Keeping, (_, _) => For(null, [])),
    }.ToFrozenDictionary(r => r.Command);

    /// <summary>The roles that may ask for a command; none for one that the table lacks.</summary>
    public static IReadOnlyList<ActorRole> Roles(ICommand command) => Rows.GetValueOrDefault(command.GetType())?.Roles ?? Nobody;

    /// <summary>What a command is about; null where that isn't known, so that the command itself will be refused.</summary>
    public static Subject? Subject(RegistryState head, ICommand command) => Rows.GetValueOrDefault(command.GetType())?.About(command, head);

    private static Row Of<TCommand>(ActorRole[] roles, Func<TCommand, RegistryState, Subject?> about) where TCommand : ICommand =>
        new(typeof(TCommand), roles, (command, head) => about((TCommand)command, head));

    private static Subject? Pledge(RegistryState head, string? id, Func<PledgeState, IReadOnlyList<string?>> parties) =>
        head.Pledges.GetValueOrDefault(id ?? "") is { } pledge ? For(Series(head, pledge.Content.Meeting), parties(pledge)) : null;

    private static Subject? Initiative(RegistryState head, string? id) =>
        head.Initiatives.GetValueOrDefault(id ?? "") is { } initiative ? For(Series(head, initiative.Content.Meeting), [initiative.Content.Participant]) : null;

    private static Subject? Entry(RegistryState head, string? id, Func<ExchangeState, string?> party) =>
        head.Exchange.GetValueOrDefault(id ?? "") is { } entry ? For(Series(head, entry.Content.Meeting), [party(entry)]) : null;

    // Whoever convened it: until now, and from now on.
    private static Subject? Partnership(RegistryState head, CorrectPartnership command) =>
        head.Partnerships.GetValueOrDefault(command.Id ?? "") is { } partnership
            // Without a convener it is nobody's own: a secretariat or an administrator mends it.
            ? For(null, [partnership.Content.Convener ?? "", .. command.Content?.Convener is { } convener ? [convener] : Array.Empty<string>()])
            : null;

    /// <summary>Whose words it is, who owes it, and who accepted it since.</summary>
    private static string[] All(PledgeState pledge) => [.. Parties(pledge.Content), .. pledge.Accepted()];

    private static string[] Parties(PledgeContent? content) => [.. content?.By ?? [], .. content?.Owing ?? []];

    private static string? Series(RegistryState head, string? meeting) => head.Meetings.GetValueOrDefault(meeting ?? "")?.Content.Series;

    private static Subject For(string? series, IReadOnlyList<string?> parties) => new([.. parties.Select(p => p ?? "")], series);

    private sealed record Row(Type Command, IReadOnlyList<ActorRole> Roles, Func<ICommand, RegistryState, Subject?> About);
}

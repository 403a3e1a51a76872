using MediatR;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.ClearingHouse;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.Duplicates;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Initiatives;
using PledgeRegistry.Projections.MeetingPack;
using PledgeRegistry.Projections.Meetings;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Replay;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Projections.Smart;
using PledgeRegistry.Projections.Versions;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections;

/// <summary>
/// MediatR's wiring, all of it: one handler closed over each command, and a handler for each query. A process that only
/// reads has no writer, and answers a command with "not now".
/// </summary>
public sealed class Handlers
{
    private readonly Dictionary<Type, object> byService = [];
    private readonly RegistryWriter? writer;

    private Handlers(RegistryWriter? writer) => this.writer = writer;

    public static IMediator Mediator(Registry registry, ReadModels models, RegistryWriter? writer)
    {
        var handlers = new Handlers(writer);
        handlers.AddCommands();
        handlers.AddQueries(registry, models);
        return new Mediator(handlers.Get);
    }

    private void AddCommands()
    {
        Command<OpenRegistry>();
        Command<CompleteOpeningData>();
        Command<PublishSigningKey>();
        Command<RetireSigningKey>();
        Command<AllowRedaction>();
        Command<RedactEntry>();
        Command<SealViews>();
        Command<OpenFramework>();
        Command<AddFrameworkItem>();
        Command<CloseFramework>();
        Command<RetireFramework>();
        Command<AddCrosswalk>();
        Command<RetireCrosswalk>();
        Command<OpenSeries>();
        Command<ChangeSeriesSettings>();
        Command<RegisterSource>();
        Command<AnnounceMeeting>();
        Command<CorrectMeeting>();
        Command<AttachDocument>();
        Command<SetClusters>();
        Command<RegisterParticipant>();
        Command<RenameParticipant>();
        Command<StartRole>();
        Command<EndRole>();
        Command<AddMember>();
        Command<RemoveMember>();
        Command<AppointActor>();
        Command<EndAppointment>();
        Command<HandOver>();
        Command<SetClearance>();
        Command<RecordPledge>();
        Command<CorrectPledge>();
        Command<AmendPledge>();
        Command<WithdrawPledge>();
        Command<SupersedePledge>();
        Command<CompletePledge>();
        Command<MarkDuplicate>();
        Command<SplitPledge>();
        Command<MergePledge>();
        Command<ReinstatePledge>();
        Command<TranslatePledge>();
        Command<OpenForSignature>();
        Command<CloseForSignature>();
        Command<InviteParty>();
        Command<AcceptPledge>();
        Command<DeclinePledge>();
        Command<DeclareShare>();
        Command<LeavePledge>();
        Command<MapPledge>();
        Command<MarkMapping>();
        Command<MoveMapping>();
        Command<ContestMapping>();
        Command<AnswerContest>();
        Command<RetireMapping>();
        Command<ReportProgress>();
        Command<CorrectReport>();
        Command<ReviewPledge>();
        Command<ReplyToReview>();
        Command<AnswerAsAddressee>();
        Command<FormPartnership>();
        Command<CorrectPartnership>();
        Command<RecordInitiative>();
        Command<UpdateInitiative>();
        Command<CorrectInitiative>();
        Command<WithdrawInitiative>();
        Command<RecordNeedOrOffer>();
        Command<CorrectNeedOrOffer>();
        Command<CloseNeedOrOffer>();
        Command<ProposeMatch>();
        Command<AnswerMatch>();
        Command<EndMatch>();
    }

    private void AddQueries(Registry registry, ReadModels models)
    {
        Query(new GetRegistrySummaryHandler(models, registry));
        Query(new GetRcmProgressGridHandler(models));
        Query(new GetImrfFollowUpHandler(models));
        Query(new FollowUpClockHandlers(models));
        Query(new GetHistoryHandler(models, registry));
        Query(new GetDifferencesHandler(models, registry));
        Query(new GetFrameworkCoverageHandler(models));
        Query(new GetPledgeHandler(models));
        Query(new ListPledgesHandler(models));
        Query(new GetReplayStepHandler(models, registry));
        Query(new GetSearchHandler(models));
        Query(new GetSmartHandler(models));
        Query(new DuplicateHandlers(models));
        Query(new PartnershipHandlers(models));
        Query(new GetInitiativeHandler(models));
        Query(new ListInitiativesHandler(models));
        Query(new GetClearingHouseHandler(models));
        Query(new ExchangeHandlers(models));
        Query(new ParticipantHandlers(models));
        Query(new MeetingHandlers(models));
        Query(new GetMeetingPackHandler(models, registry));
        Query(new SeriesHandlers(models));
        Query(new FrameworkHandlers(models));
        Query(new CrosswalkHandlers(models));
        Query(new SealHandlers(models));
        Query(new GetVersionsHandler(models, registry));
    }

    private void Command<TCommand>() where TCommand : class, ICommand =>
        byService.Add(typeof(IRequestHandler<Submit<TCommand>, Outcome>), writer is null ? new ReadOnly<TCommand>() : new SubmitHandler<TCommand>(writer));

    private void Query(object handler)
    {
        foreach (var service in handler.GetType().GetInterfaces().Where(i => i.IsGenericType && i.GetGenericTypeDefinition() == typeof(IRequestHandler<,>)))
        {
            byService.Add(service, handler);
        }
    }

    // MediatR also asks for lists of pipeline behaviours: there are none.
    private object Get(Type service) =>
        byService.TryGetValue(service, out var handler) ? handler
        : service.IsGenericType && service.GetGenericTypeDefinition() == typeof(IEnumerable<>) ? Array.CreateInstance(service.GetGenericArguments()[0], 0)
        : throw new InvalidOperationException($"No handler is wired for {service}: add it to {nameof(Handlers)}.");

    private sealed class ReadOnly<TCommand> : IRequestHandler<Submit<TCommand>, Outcome> where TCommand : class, ICommand
    {
        public Task<Outcome> Handle(Submit<TCommand> request, CancellationToken cancellationToken) =>
            Task.FromResult<Outcome>(new Outcome.Unavailable("This process only reads. Nothing was written."));
    }
}

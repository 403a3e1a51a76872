using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Web.Api;

/// <summary>Every command and its one address. All are POST. Only the opening of a registry and of its data has none.</summary>
public static class WriteEndpoints
{
    public static readonly IReadOnlyList<WriteEndpoint> All =
    [
        WriteEndpoint.Of<RecordPledge>("/api/pledges"),
        WriteEndpoint.Of<CorrectPledge>("/api/pledges/{id}/corrections"),
        WriteEndpoint.Of<AmendPledge>("/api/pledges/{id}/amendments"),
        WriteEndpoint.Of<WithdrawPledge>("/api/pledges/{id}/withdrawal"),
        WriteEndpoint.Of<SupersedePledge>("/api/pledges/{id}/supersession"),
        WriteEndpoint.Of<CompletePledge>("/api/pledges/{id}/completion"),
        WriteEndpoint.Of<MarkDuplicate>("/api/pledges/{id}/duplicate"),
        WriteEndpoint.Of<SplitPledge>("/api/pledges/{id}/split"),
        WriteEndpoint.Of<MergePledge>("/api/pledges/{id}/merger"),
        WriteEndpoint.Of<ReinstatePledge>("/api/pledges/{id}/reinstatement"),
        WriteEndpoint.Of<TranslatePledge>("/api/pledges/{id}/translations"),
        WriteEndpoint.Of<OpenForSignature>("/api/pledges/{id}/signature"),
        WriteEndpoint.Of<CloseForSignature>("/api/pledges/{id}/signature/close"),
        WriteEndpoint.Of<InviteParty>("/api/pledges/{id}/parties/{party}/invitation"),
        WriteEndpoint.Of<AcceptPledge>("/api/pledges/{id}/parties/{party}/acceptance"),
        WriteEndpoint.Of<DeclinePledge>("/api/pledges/{id}/parties/{party}/refusal"),
        WriteEndpoint.Of<DeclareShare>("/api/pledges/{id}/parties/{party}/share"),
        WriteEndpoint.Of<LeavePledge>("/api/pledges/{id}/parties/{party}/departure"),
        WriteEndpoint.Of<MapPledge>("/api/pledges/{id}/mappings"),
        WriteEndpoint.Of<MarkMapping>("/api/pledges/{id}/mappings/mark"),
        WriteEndpoint.Of<MoveMapping>("/api/pledges/{id}/mappings/move"),
        WriteEndpoint.Of<ContestMapping>("/api/pledges/{id}/contests"),
        WriteEndpoint.Of<AnswerContest>("/api/pledges/{id}/contests/{number:int}/answer"),
        WriteEndpoint.Of<RetireMapping>("/api/pledges/{id}/mappings/retire"),
        WriteEndpoint.Of<ReportProgress>("/api/pledges/{id}/reports"),
        WriteEndpoint.Of<CorrectReport>("/api/pledges/{id}/reports/{number:int}/corrections"),
        WriteEndpoint.Of<ReviewPledge>("/api/pledges/{id}/reviews"),
        WriteEndpoint.Of<ReplyToReview>("/api/pledges/{id}/reviews/{review:int}/replies"),
        WriteEndpoint.Of<AnswerAsAddressee>("/api/pledges/{id}/answers"),

        WriteEndpoint.Of<FormPartnership>("/api/partnerships"),
        WriteEndpoint.Of<CorrectPartnership>("/api/partnerships/{id}/corrections"),

        WriteEndpoint.Of<RecordInitiative>("/api/initiatives"),
        WriteEndpoint.Of<UpdateInitiative>("/api/initiatives/{id}/updates"),
        WriteEndpoint.Of<CorrectInitiative>("/api/initiatives/{id}/corrections"),
        WriteEndpoint.Of<WithdrawInitiative>("/api/initiatives/{id}/withdrawal"),

        WriteEndpoint.Of<RecordNeedOrOffer>("/api/exchange"),
        WriteEndpoint.Of<CorrectNeedOrOffer>("/api/exchange/{id}/corrections"),
        WriteEndpoint.Of<CloseNeedOrOffer>("/api/exchange/{id}/closing"),
        WriteEndpoint.Of<ProposeMatch>("/api/exchange/{need}/matches"),
        WriteEndpoint.Of<AnswerMatch>("/api/exchange/{need}/matches/{match:int}/answers"),
        WriteEndpoint.Of<EndMatch>("/api/exchange/{need}/matches/{match:int}/end"),

        WriteEndpoint.Of<RegisterParticipant>("/api/participants"),
        WriteEndpoint.Of<RenameParticipant>("/api/participants/{code}/names"),
        WriteEndpoint.Of<StartRole>("/api/participants/{code}/roles"),
        WriteEndpoint.Of<EndRole>("/api/participants/{code}/roles/end"),
        WriteEndpoint.Of<AddMember>("/api/participants/{code}/members"),
        WriteEndpoint.Of<RemoveMember>("/api/participants/{code}/members/end"),

        WriteEndpoint.Of<AppointActor>("/api/participants/{code}/actors"),
        WriteEndpoint.Of<EndAppointment>("/api/participants/{code}/actors/end"),
        WriteEndpoint.Of<HandOver>("/api/participants/{code}/actors/hand-over"),
        WriteEndpoint.Of<SetClearance>("/api/participants/{code}/clearance"),

        WriteEndpoint.Of<AnnounceMeeting>("/api/meetings"),
        WriteEndpoint.Of<CorrectMeeting>("/api/meetings/{id}/corrections"),
        WriteEndpoint.Of<AttachDocument>("/api/meetings/{id}/documents"),
        WriteEndpoint.Of<SetClusters>("/api/meetings/{id}/clusters"),

        WriteEndpoint.Of<RegisterSource>("/api/sources"),
        WriteEndpoint.Of<OpenSeries>("/api/series"),
        WriteEndpoint.Of<ChangeSeriesSettings>("/api/series/{code}/settings"),

        WriteEndpoint.Of<OpenFramework>("/api/frameworks"),
        WriteEndpoint.Of<AddFrameworkItem>("/api/frameworks/{scheme}/{version}/items"),
        WriteEndpoint.Of<CloseFramework>("/api/frameworks/{scheme}/{version}/close"),
        WriteEndpoint.Of<RetireFramework>("/api/frameworks/{scheme}/{version}/retire"),
        WriteEndpoint.Of<AddCrosswalk>("/api/frameworks/{scheme}/{version}/crosswalks"),
        WriteEndpoint.Of<RetireCrosswalk>("/api/frameworks/{scheme}/{version}/crosswalks/retire"),
    ];

    public static void MapWrites(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in All)
        {
            routes.MapPost(endpoint.Pattern, endpoint.AnswerAsync);
        }
    }
}

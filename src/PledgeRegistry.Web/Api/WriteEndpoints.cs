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
        WriteEndpoint.Of<MapPledge>("/api/pledges/{id}/mappings"),
        WriteEndpoint.Of<RetireMapping>("/api/pledges/{id}/mappings/retire"),
        WriteEndpoint.Of<ReportProgress>("/api/pledges/{id}/reports"),
        WriteEndpoint.Of<CorrectReport>("/api/pledges/{id}/reports/{number:int}/corrections"),
        WriteEndpoint.Of<ReviewPledge>("/api/pledges/{id}/reviews"),
        WriteEndpoint.Of<ReplyToReview>("/api/pledges/{id}/reviews/{review:int}/replies"),
        WriteEndpoint.Of<AnswerAsAddressee>("/api/pledges/{id}/answers"),

        WriteEndpoint.Of<RecordInitiative>("/api/initiatives"),
        WriteEndpoint.Of<UpdateInitiative>("/api/initiatives/{id}/updates"),
        WriteEndpoint.Of<CorrectInitiative>("/api/initiatives/{id}/corrections"),
        WriteEndpoint.Of<WithdrawInitiative>("/api/initiatives/{id}/withdrawal"),

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
    ];

    public static void MapWrites(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in All)
        {
            routes.MapPost(endpoint.Pattern, endpoint.AnswerAsync);
        }
    }
}

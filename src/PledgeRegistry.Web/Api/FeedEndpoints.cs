using MediatR;
using PledgeRegistry.Projections.FollowUpClock;
using PledgeRegistry.Web.Pages.Feeds;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// A participant's clock for programs that a person keeps: a feed and a calendar, in the reader's language, with the same
/// parameters, basis and tags as the API.
/// </summary>
public static class FeedEndpoints
{
    public static readonly IReadOnlyList<ReadEndpoint> All =
    [
        Of("/clock/{participant}.atom", AtomFeed.MediaType, AtomFeed.Write),
        Of("/clock/{participant}.ics", CalendarFile.MediaType, CalendarFile.Write),
    ];

    public static void MapFeeds(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in All)
        {
            routes.MapMethods(endpoint.Pattern, [HttpMethods.Get, HttpMethods.Head], endpoint.AnswerAsync);
        }
    }

    private static ReadEndpoint Of(string pattern, string mediaType, Func<ClockDays, ClockWords, ReadOnlyMemory<byte>> write) =>
        new(pattern, ClockDays.View, "unknown-participant", [], request => async cancel =>
        {
            var services = request.Context.RequestServices;
            var days = await services.GetRequiredService<IMediator>().Send(new GetClockDays(request.Reading, request.Route("participant")), cancel);
            return days is null ? default(ReadOnlyMemory<byte>?) : write(days, services.GetRequiredService<ClockWords>());
        })
        { MediaType = mediaType };
}

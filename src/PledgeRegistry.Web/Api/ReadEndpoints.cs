using PledgeRegistry.Exchange;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.ClearingHouse;
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
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Projections.Smart;
using PledgeRegistry.Projections.Versions;
using PledgeRegistry.Web.Codebook;

namespace PledgeRegistry.Web.Api;

/// <summary>Everything that the API answers, in one list. Each address also takes size, on, asOf, asOfMeeting, lang and view.</summary>
public static class ReadEndpoints
{
    public static readonly IReadOnlyList<ReadEndpoint> All =
    [
        ReadEndpoint.Of("/api/registry", RegistrySummary.View, null, [], r => new GetRegistrySummary(r.Reading)),

        ReadEndpoint.Of("/api/pledges", PledgeList.View, null, ["kind", "series", "meeting", "party", "item", "source", "after", "limit"], r => new ListPledges(
            r.Reading, r.OneOf("kind", Kebab.Codes<PledgeKind>()), r.Text("series"), r.Text("meeting"), r.Text("party"), r.Text("item"), r.Text("source"),
            r.After(r.Models.Pledges.At), r.Limit(200, 500))),
        ReadEndpoint.Of("/api/pledges/{id}", PledgeView.View, "unknown-pledge", [], r => new GetPledge(r.Reading, r.Route("id"))),
        ReadEndpoint.Of("/api/pledges/{id}/history", HistoryView.View, "unknown-pledge", ["from", "limit", "newestFirst"],
            r => History(r, $"pledge/{r.Route("id")}", null), r => r.Models.Pledges.At(r.Route("id"), r.Reading.Size) is not null),

        ReadEndpoint.Of("/api/pledges/{id}/smart", SmartView.View, "unknown-pledge", [], r => new GetSmart(r.Reading, r.Route("id"))),
        ReadEndpoint.Of("/api/pledges/{id}/duplicates", DuplicateList.View, "unknown-pledge", ["limit"], r => new FindDuplicatesOf(r.Reading, r.Route("id"), r.Limit(10, 50))),
        ReadEndpoint.Of("/api/duplicates", DuplicatePairs.View, null, ["limit"], r => new ListDuplicates(r.Reading, r.Limit(50, 200))),

        ReadEndpoint.Of("/api/partnerships", PartnershipList.View, null, [], r => new ListPartnerships(r.Reading)),
        ReadEndpoint.Of("/api/partnerships/{id}", PartnershipView.View, "unknown-partnership", [], r => new GetPartnership(r.Reading, r.Route("id"))),

        ReadEndpoint.Of("/api/initiatives", InitiativeList.View, null, ["participant", "kind", "area", "meeting", "after", "limit"], r => new ListInitiatives(
            r.Reading, r.Text("participant"), r.Text("kind"), r.Text("area"), r.Text("meeting"), r.After(r.Models.Initiatives.At), r.Limit(200, 500))),
        ReadEndpoint.Of("/api/initiatives/{id}", InitiativeView.View, "unknown-initiative", [], r => new GetInitiative(r.Reading, r.Route("id"))),

        ReadEndpoint.Of("/api/exchange", ExchangeList.View, null, ["direction", "participant", "nature", "item", "place", "open", "after", "limit"], r => new ListExchange(
            r.Reading, Kebab.TryParse<Direction>(r.OneOf("direction", Kebab.Codes<Direction>()), out var direction) ? direction : null, r.Text("participant"), r.Text("nature"), r.Text("item"),
            r.Text("place"), r.OneOf("open", ["true", "false"]) is { } open ? open == "true" : null, r.After(r.Models.Exchange.At), r.Limit(200, 500))),
        ReadEndpoint.Of("/api/exchange/suggestions", SuggestionList.View, null, ["participant", "entry", "limit"], r => new GetSuggestions(
            r.Reading, r.Text("participant"), r.Text("entry"), r.Limit(50, 500))),
        ReadEndpoint.Of("/api/exchange/{id}", ExchangeView.View, "unknown-exchange", [], r => new GetExchangeEntry(r.Reading, r.Route("id"))),

        ReadEndpoint.Of("/api/clearing-house", ClearingHouseView.View, null, ["kind", "item", "participant", "population", "condition", "stage", "text", "skip", "limit"], r => new GetClearingHouse(
            r.Reading, Kebab.TryParse<MaterialKind>(r.OneOf("kind", Kebab.Codes<MaterialKind>()), out var kind) ? kind : null, r.Text("item"), r.Text("participant"), r.Text("population"),
            r.Text("condition"), r.Text("stage"), r.Text("text"), r.Position("skip") ?? 0, r.Limit(100, 500))),

        ReadEndpoint.Of("/api/participants", ParticipantList.View, null, ["type", "role", "scope"], r => new ListParticipants(r.Reading, r.Text("type"), r.RoleInScope(), r.Text("scope"))),
        ReadEndpoint.Of("/api/participants/{code}", ParticipantView.View, "unknown-participant", [], r => new GetParticipant(r.Reading, r.Route("code"))),

        ReadEndpoint.Of("/api/meetings", MeetingList.View, null, ["series"], r => new ListMeetings(r.Reading, r.Text("series"))),
        ReadEndpoint.Of("/api/meetings/{id}", MeetingView.View, "unknown-meeting", [], r => new GetMeeting(r.Reading, r.Route("id"))),
        ReadEndpoint.Of("/api/meetings/{id}/pack", MeetingPackView.View, "unknown-meeting", [], r => new GetMeetingPack(r.Reading, r.Route("id"))),
        ReadEndpoint.Of("/api/series", SeriesList.View, null, [], r => new ListSeries(r.Reading)),
        ReadEndpoint.Of("/api/series/{code}", SeriesView.View, "unknown-series", [], r => new GetSeries(r.Reading, r.Route("code"))),
        ReadEndpoint.Of("/api/sources", SourceList.View, null, [], r => new ListSources(r.Reading)),
        ReadEndpoint.Of("/api/sources/{id}", SourceView.View, "unknown-source", [], r => new GetSource(r.Reading, r.Route("id"))),

        ReadEndpoint.Of("/api/frameworks", FrameworkList.View, null, ["codeLists"], r => new ListFrameworks(r.Reading, r.Flag("codeLists"))),
        ReadEndpoint.Of("/api/frameworks/{scheme}", FrameworkView.View, "unknown-framework", [], r => new GetFramework(r.Reading, r.Route("scheme"))),
        ReadEndpoint.Of("/api/frameworks/{scheme}/{version}", FrameworkView.View, "unknown-framework", [], r => new GetFramework(r.Reading, $"{r.Route("scheme")}/{r.Route("version")}")),
        ReadEndpoint.Of("/api/frameworks/{scheme}/{version}/crosswalks", CrosswalkList.View, "unknown-framework", [], r => new GetCrosswalks(r.Reading, $"{r.Route("scheme")}/{r.Route("version")}")),
        ReadEndpoint.Of("/api/frameworks/{scheme}/{version}/mappings-to-move", MappingsToMove.View, "unknown-framework", [], r => new GetMappingsToMove(r.Reading, $"{r.Route("scheme")}/{r.Route("version")}")),
        ReadEndpoint.Of("/api/frameworks/{scheme}/coverage", CoverageView.View, "unknown-framework", ["version", "role", "scope", "through"], r => new GetFrameworkCoverage(
            r.Reading, r.Text("version") is { } version ? $"{r.Route("scheme")}/{version}" : r.Route("scheme"), r.RoleInScope(), r.Text("scope"), r.OneOf("through", ["crosswalks"]) is not null)),

        ReadEndpoint.Of("/api/rcm/grid", GridView.View, null, ["meeting", "from", "until"], r => new GetRcmProgressGrid(r.Reading, r.Meeting("meeting"), r.Date("from"), r.Date("until"))),
        ReadEndpoint.Of("/api/imrf/{cycle:regex(^[0-9]{{4}}$)}/follow-up", FollowUpView.View, null, ["objective", "roundTable", "party", "kind"], r => new GetImrfFollowUp(
            r.Reading, r.Route("cycle"), r.Text("objective"), r.Text("roundTable"), r.Text("party"), r.OneOf("kind", Kebab.Codes<PledgeKind>()))),

        ReadEndpoint.Of("/api/search", SearchView.View, null, ["q", "kind", "skip", "limit"], r => new GetSearch(
            r.Reading, r.Short("q", GetSearch.MostCharacters) ?? "", Kebab.TryParse<SearchKind>(r.OneOf("kind", Kebab.Codes<SearchKind>()), out var found) ? found : null, r.Position("skip") ?? 0, r.Limit(20, 100))),

        ReadEndpoint.Of("/api/clock", ClockView.View, null, ["participant", "series"], r => new GetFollowUpClock(r.Reading, r.Text("participant"), r.Text("series"))),

        ReadEndpoint.Of("/api/seals", SealList.View, null, ["before", "limit"], r => new ListSeals(r.Reading, r.Position("before"), r.Limit(20, 100))),
        .. DifferenceEndpoints.All,

        // By actor as well in the registry itself, but not for everybody: who acts is a person.
        ReadEndpoint.Of("/api/history", HistoryView.View, null, ["stream", "participant", "from", "limit", "newestFirst"], r => History(r, r.Text("stream"), r.Text("participant"))),
        ReadEndpoint.StoredEntry("/api/entries/{position}"),
        ReadEndpoint.Of("/api/versions", VersionList.View, null, ["skip", "limit"], r => new GetVersions(r.Reading, r.Position("skip") ?? 0, r.Limit(100, 500))),
        new ReadEndpoint("/api/codebook", CodebookView.View, null, [], r => _ => Task.FromResult<ReadOnlyMemory<byte>?>(
            System.Text.Json.JsonSerializer.SerializeToUtf8Bytes(CodebookBuilder.Build(r.Models, r.Reading), ApiJson.Options))),
    ];

    public static void MapReads(this IEndpointRouteBuilder routes)
    {
        foreach (var endpoint in All)
        {
            routes.MapMethods(endpoint.Pattern, [HttpMethods.Get, HttpMethods.Head], endpoint.AnswerAsync);
        }
    }

    private static GetHistory History(ReadRequest r, string? stream, string? participant) =>
        new(r.Reading, stream, participant, null, r.Position("from"), r.Limit(100, 1000), r.Flag("newestFirst"));
}

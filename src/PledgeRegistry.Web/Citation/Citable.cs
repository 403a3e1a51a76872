using System.Globalization;
using PledgeRegistry.Projections;
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
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Search;
using PledgeRegistry.Projections.Versions;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Codebook;
using PledgeRegistry.Web.Pages;

namespace PledgeRegistry.Web.Citation;

/// <summary>What each address is called when it is cited, and which view it shows.</summary>
/// <param name="View">The view and its version.</param>
/// <param name="Title">The title from the parts of the path; null where there is no such thing at the basis.</param>
internal sealed record Citable(string View, Func<Show, Func<string, string>, string?> Title)
{
    private const string Differences = "/api/differences/";

    /// <summary>By the pattern of a page, and of what the API has no page for.</summary>
    private static readonly Dictionary<string, Citable> ByPattern = new(StringComparer.Ordinal)
    {
        ["/"] = Named(RegistrySummary.View, "Nav.Home"),
        ["/cite"] = Named(CitationView.View, "Cite.Title"),
        ["/clearing-house"] = Named(ClearingHouseView.View, "ClearingHouse.Title"),
        ["/clock"] = Named(ClockView.View, "Clock.Title"),
        ["/clock/{participant}"] = new(ClockView.View, (s, part) => Participant(s, part("participant")) is { } name ? s.T["Clock.TitleOf", name].Value : null),
        ["/codebook/{part?}"] = Named(CodebookView.View, "Codebook.Title"),
        ["/coverage"] = Named(FrameworkList.View, "Coverage.Title"),
        ["/coverage/{scheme}/{version?}"] = new(CoverageView.View, (s, part) => Framework(s, part) is { } name ? s.T["Coverage.TitleOf", name].Value : null),
        ["/differences"] = Named(DifferencesView.View, "Differences.Title"),
        ["/duplicates"] = Named(DuplicatePairs.View, "Duplicates.Title"),
        ["/exchange"] = Named(ExchangeList.View, "Exchange.Title"),
        ["/exchange/{id}"] = new(ExchangeView.View, (s, part) => s.Models.Exchange.At(part("id"), s.Reading.Size) is { } row ? $"{part("id")} {row.Content.Title.For(Show.Language)}" : null),
        ["/frameworks"] = Named(FrameworkList.View, "Frameworks.Title"),
        ["/frameworks/{scheme}/{version?}"] = new(FrameworkView.View, Framework),
        ["/history"] = Named(HistoryView.View, "History.Title"),
        ["/imrf"] = Named(MeetingList.View, "FollowUp.Title"),
        ["/imrf/{cycle}"] = new(FollowUpView.View, (s, part) => s.Models.Meetings.Meetings(s.Reading.Size).Any(m => m.Content.Series == "IMRF" && Show.Plain(m.Content.Year) == part("cycle")) ? FollowUp(s, part) : null),
        ["/initiatives"] = Named(InitiativeList.View, "Initiatives.Title"),
        ["/initiatives/{id}"] = new(InitiativeView.View, (s, part) => s.Models.Initiatives.At(part("id"), s.Reading.Size) is { } row ? $"{part("id")} {(row.On(s.Reading.On) ?? row.Phases[0]).Content.Title.For(Show.Language)}" : null),
        ["/meetings"] = Named(MeetingList.View, "Meetings.Title"),
        ["/meetings/{id}"] = new(MeetingView.View, (s, part) => s.Models.Meetings.Meeting(part("id"), s.Reading.Size)?.Name(Show.Language)),
        ["/meetings/{id}/pack"] = new(MeetingPackView.View, (s, part) => s.Models.Meetings.Meeting(part("id"), s.Reading.Size)?.Name(Show.Language) is { } name ? s.T["Pack.TitleOf", name].Value : null),
        ["/participants"] = Named(ParticipantList.View, "Participants.Title"),
        ["/participants/{code}"] = new(ParticipantView.View, (s, part) => Participant(s, part("code"))),
        ["/partnerships"] = Named(PartnershipList.View, "Partnerships.Title"),
        ["/partnerships/{id}"] = new(PartnershipView.View, (s, part) => s.Models.Partnerships.At(part("id"), s.Reading.Size)?.Content.Names.For(Show.Language)),
        ["/pledges"] = Named(PledgeList.View, "Pledges.Title"),
        ["/pledges/{id}"] = new(PledgeView.View, (s, part) => Pledge(s, part("id"))),
        ["/pledges/{id}/duplicates"] = new(DuplicateList.View, (s, part) => Pledge(s, part("id")) is null ? null : s.T["Duplicates.TitleOf", part("id")].Value),
        ["/pledges/{id}/history"] = new(HistoryView.View, (s, part) => Pledge(s, part("id")) is null ? null : s.T["History.TitleOf", part("id")].Value),
        ["/rcm/grid"] = Named(GridView.View, "Grid.Title"),
        ["/replay"] = Named(GridView.View, "Replay.Title"),
        ["/seals"] = Named(SealList.View, "Seals.Title"),
        ["/search"] = Named(SearchView.View, "Search.Title"),
        ["/series"] = Named(SeriesList.View, "Series.Title"),
        ["/series/{code}"] = new(SeriesView.View, (s, part) => s.Models.Meetings.Series(part("code"), s.Reading.Size)?.Name(Show.Language)),
        ["/sources"] = Named(SourceList.View, "Sources.Title"),
        ["/sources/{id}"] = new(SourceView.View, (s, part) => s.Models.Meetings.Source(part("id"), s.Reading.Size)?.Document.Title),
        ["/versions"] = Named(VersionList.View, "Versions.Title"),

        ["/clock/{participant}.atom"] = Like("/clock/{participant}"),
        ["/clock/{participant}.ics"] = Like("/clock/{participant}"),
        ["/api/registry"] = Like("/"),
        ["/api/codebook"] = Like("/codebook/{part?}"),
        ["/api/exchange/suggestions"] = Like("/exchange"),
        ["/api/frameworks/{scheme}"] = Like("/frameworks/{scheme}/{version?}"),
        ["/api/frameworks/{scheme}/{version}"] = Like("/frameworks/{scheme}/{version?}"),
        ["/api/frameworks/{scheme}/{version}/crosswalks"] = Like("/frameworks/{scheme}/{version?}"),
        ["/api/frameworks/{scheme}/{version}/mappings-to-move"] = Like("/frameworks/{scheme}/{version?}"),
        ["/api/frameworks/{scheme}/coverage"] = Like("/coverage/{scheme}/{version?}"),
        ["/api/imrf/{cycle:regex(^[0-9]{{4}}$)}/follow-up"] = new("", FollowUp),
        ["/api/pledges/{id}/smart"] = Like("/pledges/{id}"),
        ["/api/citation"] = Like("/cite"),
        ["/cite.bib"] = Like("/cite"),
        ["/cite.ris"] = Like("/cite"),
        ["/api/entries/{position}"] = new("", (s, part) => long.TryParse(part("position"), NumberStyles.None, CultureInfo.InvariantCulture, out var position) && position < s.Reading.Size ? s.T["History.No", Show.Number(position)].Value : null),
    };

    /// <summary>What is cited under a pattern, or null where the table lacks it.</summary>
    public static Citable? Find(string pattern) =>
        (ByPattern.GetValueOrDefault(pattern.StartsWith(Differences, StringComparison.Ordinal) ? "/differences" : pattern) ?? (pattern.StartsWith("/api/", StringComparison.Ordinal) ? ByPattern.GetValueOrDefault(pattern["/api".Length..]) : null)) is { } found
            ? found with { View = ReadEndpoints.All.Concat(FeedEndpoints.All).Concat(CitationEndpoints.All).FirstOrDefault(e => e.Pattern == pattern)?.View ?? found.View }
            : null;

    /// <summary>A replay shows one of several views: the one that its address names.</summary>
    public Citable Showing(string? replayed) => replayed switch
    {
        "follow-up" => this with { View = FollowUpView.View },
        "coverage" => this with { View = CoverageView.View },
        "pledge" => this with { View = PledgeView.View },
        _ => this,
    };

    private static Citable Named(string view, string title) => new(view, (s, _) => s.T[title].Value);

    // A title as that of another address; the view is the endpoint's own.
    private static Citable Like(string pattern) => new("", (s, part) => ByPattern[pattern].Title(s, part));

    // The API counts any year, be there a forum in it or not; the page has only the forum's.
    private static string FollowUp(Show show, Func<string, string> part) => show.T["FollowUp.TitleOf", part("cycle")].Value;

    private static string? Participant(Show show, string code) => show.Models.Participants.At(code, show.Reading.Size)?.Name(Show.Language);

    private static string? Pledge(Show show, string id) => show.Models.Pledges.At(id, show.Reading.Size) is { } row ? $"{id} {row.On(show.Reading.On).Title}" : null;

    private static string? Framework(Show show, Func<string, string> part) =>
        (part("version") is { Length: > 0 } version ? show.Models.Frameworks.At($"{part("scheme")}/{version}", show.Reading.Size) : show.Models.Frameworks.Current(part("scheme"), show.Reading))?.Name(Show.Language);
}

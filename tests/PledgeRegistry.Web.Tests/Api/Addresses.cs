using PledgeRegistry.Web.Tests.Host;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>An address for every read endpoint, and the bases to ask it at.</summary>
internal static class Addresses
{
    /// <summary>By pattern: addresses that have an answer at the head of a registry with the opening data and <see cref="WriteSomethingAsync"/>.</summary>
    public static readonly IReadOnlyDictionary<string, string[]> ByPattern = new Dictionary<string, string[]>(StringComparer.Ordinal)
    {
        ["/api/registry"] = ["/api/registry"],
        ["/api/pledges"] = ["/api/pledges", "/api/pledges?kind=conclusion&limit=5", "/api/pledges?party=MEX&series=IMRF&item=GCM-15"],
        ["/api/pledges/{id}"] = ["/api/pledges/RCM-2016-0001", "/api/pledges/IMRF-2026-0001"],
        ["/api/pledges/{id}/smart"] = ["/api/pledges/IMRF-2026-0001/smart"],
        ["/api/pledges/{id}/duplicates"] = ["/api/pledges/IMRF-2026-0001/duplicates", "/api/pledges/RCM-2016-0001/duplicates?limit=3"],
        ["/api/duplicates"] = ["/api/duplicates?limit=5"],
        ["/api/seals"] = ["/api/seals", "/api/seals?limit=5&before=100"],
        ["/api/partnerships"] = ["/api/partnerships"],
        ["/api/partnerships/{id}"] = ["/api/partnerships/border-health"],
        ["/api/pledges/{id}/history"] = ["/api/pledges/IMRF-2026-0001/history", "/api/pledges/RCM-2016-0001/history?newestFirst=true&limit=2"],
        ["/api/initiatives"] = ["/api/initiatives", "/api/initiatives?participant=HND&area=RCM-A1"],
        ["/api/initiatives/{id}"] = ["/api/initiatives/RCM-2016-I0001"],
        ["/api/exchange"] = ["/api/exchange", "/api/exchange?direction=need&open=true&item=GCM-15&place=HND", "/api/exchange?participant=MEX&nature=programme&open=false"],
        ["/api/exchange/suggestions"] = ["/api/exchange/suggestions", "/api/exchange/suggestions?participant=HND&entry=RCM-2016-X0002&limit=5"],
        ["/api/exchange/{id}"] = ["/api/exchange/RCM-2016-X0002", "/api/exchange/RCM-2016-X0003"],
        ["/api/participants"] = ["/api/participants", "/api/participants?role=member&scope=RCM", "/api/participants?type=state"],
        ["/api/participants/{code}"] = ["/api/participants/MEX", "/api/participants/RCM-MEMBERS"],
        ["/api/meetings"] = ["/api/meetings", "/api/meetings?series=IMRF"],
        ["/api/meetings/{id}"] = ["/api/meetings/IMRF-2022"],
        ["/api/meetings/{id}/pack"] = ["/api/meetings/IMRF-2026/pack", "/api/meetings/RCM-XXI/pack", "/api/meetings/PANCAP-2019/pack"],
        ["/api/differences/rcm-grid"] = ["/api/differences/rcm-grid?from.on=2016-09-30", "/api/differences/rcm-grid?from.asOfMeeting=RCM-XXI&meeting=RCM-XXI"],
        ["/api/differences/imrf-follow-up"] = ["/api/differences/imrf-follow-up?cycle=2022&from.on=2022-05-20&change=changed&limit=5", "/api/differences/imrf-follow-up?cycle=2026&from.size=600&kind=pledge"],
        ["/api/differences/coverage"] = ["/api/differences/coverage?framework=gcm&from.size=600&limit=20"],
        ["/api/differences/pledges"] = ["/api/differences/pledges?from.size=600", "/api/differences/pledges?from.on=2020-01-01&series=IMRF&party=MEX"],
        ["/api/differences/pledge"] = ["/api/differences/pledge?id=IMRF-2026-0001&from.size=600"],
        ["/api/differences/initiatives"] = ["/api/differences/initiatives?from.size=600&participant=HND"],
        ["/api/differences/exchange"] = ["/api/differences/exchange?from.asOfMeeting=IMRF-2022&direction=need"],
        ["/api/differences/clock"] = ["/api/differences/clock?from.on=2022-05-20&participant=MEX"],
        ["/api/differences/participants"] = ["/api/differences/participants?from.on=2016-11-18&role=member&scope=RCM"],
        ["/api/differences/meetings"] = ["/api/differences/meetings?from.size=1"],
        ["/api/differences/series"] = ["/api/differences/series?from.asOf=2026-01-01"],
        ["/api/differences/partnerships"] = ["/api/differences/partnerships?from.size=600"],
        ["/api/differences/sources"] = ["/api/differences/sources?from.size=1"],
        ["/api/differences/frameworks"] = ["/api/differences/frameworks?from.on=2016-01-01&scheme=gcm&limit=5"],
        ["/api/differences/registry"] = ["/api/differences/registry?from.on=2022-05-20&limit=10", "/api/differences/registry?from.size=600&change=added&after=pledge"],
        ["/api/series"] = ["/api/series"],
        ["/api/series/{code}"] = ["/api/series/IMRF", "/api/series/PANCAP"],
        ["/api/sources"] = ["/api/sources"],
        ["/api/sources/{id}"] = ["/api/sources/cmim-2011-slides"],
        ["/api/frameworks"] = ["/api/frameworks", "/api/frameworks?codeLists=true"],
        ["/api/frameworks/{scheme}"] = ["/api/frameworks/gcm", "/api/frameworks/wha61.17"],
        ["/api/frameworks/{scheme}/{version}"] = ["/api/frameworks/gcm/2018", "/api/frameworks/wha61.17/2008"],
        ["/api/frameworks/{scheme}/{version}/crosswalks"] = ["/api/frameworks/gcm/2018/crosswalks", "/api/frameworks/ihr/2021/crosswalks"],
        ["/api/frameworks/{scheme}/{version}/mappings-to-move"] = ["/api/frameworks/gcm/2018/mappings-to-move", "/api/frameworks/ihr/2018/mappings-to-move"],
        ["/api/frameworks/{scheme}/coverage"] = ["/api/frameworks/gcm/coverage", "/api/frameworks/sdg/coverage?through=crosswalks", "/api/frameworks/wha61.17/coverage?version=2008", "/api/frameworks/gcm/coverage?role=member&scope=RCM"],
        ["/api/rcm/grid"] = ["/api/rcm/grid", "/api/rcm/grid?meeting=RCM-2016-WORKSHOP", "/api/rcm/grid?from=2016-01-01&until=2027-01-01"],
        ["/api/imrf/{cycle:regex(^[0-9]{{4}}$)}/follow-up"] = ["/api/imrf/2026/follow-up", "/api/imrf/2022/follow-up?kind=statement", "/api/imrf/1999/follow-up"],
        ["/api/clock"] = ["/api/clock", "/api/clock?participant=MEX", "/api/clock?participant=MEX&series=RCM"],
        ["/api/history"] = ["/api/history", "/api/history?participant=MEX&newestFirst=true", "/api/history?stream=framework/gcm/2018&from=20&limit=3"],
        ["/api/clearing-house"] = ["/api/clearing-house", "/api/clearing-house?kind=lesson&item=RCM-A1&participant=HND&population=women&condition=other&stage=transit&text=nurses&skip=1&limit=5"],
        ["/api/versions"] = ["/api/versions", "/api/versions?skip=1&limit=1"],
        ["/api/search"] = ["/api/search?q=health", "/api/search", "/api/search?q=%22migrant+health%22+border*&kind=pledge&skip=1&limit=3"],
        ["/api/codebook"] = ["/api/codebook"],
        ["/api/entries/{position}"] = ["/api/entries/0", "/api/entries/800"],
    };

    public static IEnumerable<string> All => ByPattern.Values.SelectMany(a => a);

    /// <summary>Nothing known, one entry, the middle, the end; on a day in the past, today's and one to come; as of instants.</summary>
    public static string[] Bases(long size) =>
    [
        "size=0", "size=1", $"size={size / 2}", $"size={size}",
        "size=0&on=2022-05-20", "size=1&on=1900-01-01", $"size={size - 3}&on=2016-10-01", $"size={size}&on=2016-09-29", $"size={size}&on=2030-06-01&lang=es", $"size={size}&on=2200-12-31&lang=ar",
        "asOf=2020-01-01", "asOf=2000-01-01T00:00:00Z&on=2026-01-01",
    ];

    public static string With(string address, string query) => $"{address}{(address.Contains('?', StringComparison.Ordinal) ? '&' : '?')}{query}";

    /// <summary>A pledge with a mapping, a report, a review, a correction and a withdrawal, and an initiative.</summary>
    public static async Task WriteSomethingAsync(TestRegistry registry)
    {
        (string Address, object Body, string IfMatch)[] writes =
        [
            ("/api/pledges", Bodies.Pledge(), ""),
            ("/api/pledges/IMRF-2026-0001/reports", Bodies.Report(), ""),
            ("/api/pledges/IMRF-2026-0001/reviews", Bodies.Review(), ""),
            ("/api/pledges/IMRF-2026-0001/corrections", new { content = Bodies.Content("Clinics for migrants"), reason = "The title was shortened." }, "\"4\""),
            ("/api/partnerships", new { id = "border-health", content = new { names = new { en = "Border health" }, goal = new { en = "Care on every route." } } }, ""),
            ("/api/initiatives", Bodies.Initiative(), ""),
            ("/api/exchange", Bodies.Exchange("need", "HND"), ""),
            ("/api/exchange", Bodies.Exchange("offer", "MEX"), ""),
            ("/api/exchange", Bodies.Exchange("offer", "CRI"), ""),
            ("/api/exchange/RCM-2016-X0002/matches", new { offer = "RCM-2016-X0003", by = "IOM", on = new { date = "2026-06-01" }, reason = "Both are about training." }, ""),
            ("/api/exchange/RCM-2016-X0002/matches/1/answers", Bodies.MatchAnswer("HND"), ""),
            ("/api/exchange/RCM-2016-X0002/matches/1/answers", Bodies.MatchAnswer("MEX"), ""),
            ("/api/exchange/RCM-2016-X0002/matches/1/end", new { by = "MEX", from = new { date = "2026-10-01" }, reason = "The courses are over." }, ""),
            ("/api/exchange/RCM-2016-X0003/closing", new { how = "met", from = new { date = "2026-10-01" }, reason = "The courses were given." }, "\"1\""),
            ("/api/pledges/RCM-2016-0001/mappings", Bodies.Mappings("GCM-17")[0], ""),
            ("/api/pledges/IMRF-2026-0001/withdrawal", new { from = new { date = "2029-01-01" }, reason = "Taken back." }, "\"5\""),
        ];
        foreach (var (address, body, ifMatch) in writes)
        {
            var (response, answer) = await registry.PostAsync(address, body, ("If-Match", ifMatch));
            Xunit.Assert.True(response.IsSuccessStatusCode, $"{address}: {answer}");
        }
    }
}

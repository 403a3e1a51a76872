namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>Every sort of page there is.</summary>
internal static class Site
{
    /// <summary>Looked at in every language and width.</summary>
    public static readonly string[] Main = ["/", "/rcm/grid", "/imrf/2022", $"/pledges/{BrowserRegistry.RichPledge}", "/pledges/new"];

    private static readonly string[] AboutCommon =
    [
        "accept", "decline", "share", "leave", "invite", "close", "translate", "amend", "correct", "map", "mark", "move", "contest", "answer-contest", "retire", "review", "reply", "end", "report",
        "reports/1/correct", "history",
    ];

    /// <summary>Looked at in pairs of a language and a width.</summary>
    public static readonly string[] Others =
    [
        "/imrf", "/imrf/2026", "/coverage", "/coverage/gcm", "/coverage/gcm/2018?all=1", "/pledges", "/pledges?kind=pledge", $"/pledges/{BrowserRegistry.WithdrawnPledge}",
        $"/pledges/{BrowserRegistry.RichPledge}/history", $"/pledges/{BrowserRegistry.RichPledge}/report", "/initiatives", $"/initiatives/{BrowserRegistry.Initiative}", "/initiatives/new",
        "/exchange", "/exchange?direction=offer&open=true", $"/exchange/{BrowserRegistry.Need}", $"/exchange/{BrowserRegistry.Offer}", "/exchange/new", $"/exchange/{BrowserRegistry.Need}/match",
        $"/exchange/{BrowserRegistry.Need}/matches/2/answer", $"/exchange/{BrowserRegistry.Need}/matches/2/end", $"/exchange/{BrowserRegistry.Offer}/close",
        "/clearing-house", "/clearing-house?kind=lesson&text=nada",
        "/replay?size=700", "/replay?view=follow-up&subject=2022&by=change", "/replay?view=coverage&subject=gcm&size=400&by=day", $"/replay?view=pledge&subject={BrowserRegistry.RichPledge}&by=meeting", "/replay?view=pledge&size=0",
        "/search", "/search?q=salud+migrant*&kind=pledge", "/search?q=IMRF", "/search?q=of+the", "/search?q=vaccin*+nowhere&size=500",
        "/seals", "/duplicates", $"/pledges/{BrowserRegistry.RichPledge}/duplicates", "/codebook", "/codebook/events", "/codebook/records", "/codebook/commands", "/codebook/codes", "/codebook/states", "/codebook/problems", "/codebook/views", "/cite?of=%2Frcm%2Fgrid", "/versions",
        "/participants", "/participants/MEX", "/participants/RCM-MEMBERS", "/meetings", "/meetings/IMRF-2022", "/meetings/IMRF-2026/pack", "/meetings/RCM-XXI/pack", "/meetings/PANCAP-2019/pack", "/differences", "/differences?of=imrf-follow-up/2022&from.asOfMeeting=IMRF-2022&asOfMeeting=IMRF-2026",
        "/differences?of=rcm-grid&from.on=2016-09-30&on=2027-01-01", $"/differences?of=pledge/{BrowserRegistry.RichPledge}&from.size=600", "/differences?of=coverage/gcm&from.size=600", "/differences?of=registry&on=2016-01-01&from.on=2026-01-01", "/differences?from.asOf=never", "/series", "/series/RCM", "/series/PANCAP", "/series/IMRF/settings", "/clock", "/clock?series=IMRF", "/clock/MEX", "/clock/RCM-MEMBERS", "/clock/PICUM", "/sources", "/sources/cmim-2011-slides", "/history", "/frameworks",
        "/frameworks/gcm/2018", "/frameworks/ihr/2018", "/coverage/sdg?through=crosswalks&all=1", "/frameworks/pledge-kind", "/about", "/rcm/grid?transposed=1", "/rcm/grid?from=29-09-2016", "/pledges?size=x", "/pledges/NOPE", "/nope", "/?size=0", "/pledges?asOf=2026-01-01",
        "/contacts", "/contacts/new", "/contacts/clearance", "/contacts/log", "/drafts",
        $"/pledges/{BrowserRegistry.CommonPledge}", $"/pledges/{BrowserRegistry.SplitPledge}", $"/pledges/{BrowserRegistry.PartPledge}", $"/pledges/{BrowserRegistry.SplitPledge}/reinstate",
        "/pledges/RCM-2016-0001/answer", "/partnerships", "/partnerships/border-health", "/partnerships/new",
        "/proof",
        .. AboutCommon.Select(a => $"/pledges/{BrowserRegistry.CommonPledge}/{a}"),
        "/search?kind=9", "/proof?entry=999999", "/cite",
    ];

    /// <summary>True for a page with a form that records: it has no basis of its own.</summary>
    public static bool Records(string path) =>
        path.EndsWith("/new", StringComparison.Ordinal) || path.EndsWith("/settings", StringComparison.Ordinal)
        || ((path.StartsWith("/pledges/", StringComparison.Ordinal) || path.StartsWith("/exchange/", StringComparison.Ordinal)) && path.Count(c => c == '/') > 2 && !path.EndsWith("/history", StringComparison.Ordinal));

    public static string In(string path, string language) => path + (path.Contains('?', StringComparison.Ordinal) ? "&" : "?") + "lang=" + language;
}

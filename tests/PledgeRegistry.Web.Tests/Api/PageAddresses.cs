namespace PledgeRegistry.Web.Tests.Api;

/// <summary>An address for every page that is read at a basis.</summary>
internal static class PageAddresses
{
    /// <summary>By pattern: an address that has a page at the head of a registry with the opening data and <see cref="Addresses.WriteSomethingAsync"/>.</summary>
    public static readonly IReadOnlyDictionary<string, string> ByPattern = new Dictionary<string, string>(StringComparer.Ordinal)
    {
        ["/"] = "/",
        ["/cite"] = "/cite?of=%2Frcm%2Fgrid%3Fmeeting%3DRCM-XXI",
        ["/versions"] = "/versions",
        ["/clearing-house"] = "/clearing-house?kind=lesson",
        ["/clock"] = "/clock?series=RCM",
        ["/clock/{participant}"] = "/clock/MEX",
        ["/codebook/{part?}"] = "/codebook/codes",
        ["/coverage"] = "/coverage",
        ["/coverage/{scheme}/{version?}"] = "/coverage/gcm?all=1",
        ["/differences"] = "/differences?of=rcm-grid&from.size=600",
        ["/duplicates"] = "/duplicates",
        ["/exchange"] = "/exchange?direction=need",
        ["/exchange/{id}"] = "/exchange/RCM-2016-X0002",
        ["/frameworks"] = "/frameworks",
        ["/frameworks/{scheme}/{version?}"] = "/frameworks/gcm/2018",
        ["/history"] = "/history?participant=MEX",
        ["/imrf"] = "/imrf",
        ["/imrf/{cycle}"] = "/imrf/2022?kind=statement",
        ["/initiatives"] = "/initiatives",
        ["/initiatives/{id}"] = "/initiatives/RCM-2016-I0001",
        ["/meetings"] = "/meetings",
        ["/meetings/{id}"] = "/meetings/IMRF-2022",
        ["/meetings/{id}/pack"] = "/meetings/IMRF-2022/pack",
        ["/participants"] = "/participants",
        ["/participants/{code}"] = "/participants/MEX",
        ["/partnerships"] = "/partnerships",
        ["/partnerships/{id}"] = "/partnerships/border-health",
        ["/pledges"] = "/pledges?kind=conclusion",
        ["/pledges/{id}"] = "/pledges/RCM-2016-0001",
        ["/pledges/{id}/duplicates"] = "/pledges/RCM-2016-0001/duplicates",
        ["/pledges/{id}/history"] = "/pledges/RCM-2016-0001/history",
        ["/rcm/grid"] = "/rcm/grid?transposed=1",
        ["/replay"] = "/replay?view=grid",
        ["/search"] = "/search?q=health",
        ["/series"] = "/series",
        ["/series/{code}"] = "/series/RCM",
        ["/sources"] = "/sources",
        ["/sources/{id}"] = "/sources/cmim-2011-slides",
    };
}

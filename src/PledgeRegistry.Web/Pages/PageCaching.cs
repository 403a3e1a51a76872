using System.Globalization;
using Microsoft.Net.Http.Headers;
using PledgeRegistry.Projections;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>
/// A page is asked for again each time, and not sent again where it is the same. Beside its basis it depends on the head
/// (which it names), on what hinders the node, and on the release: all of it known before the page is made.
/// </summary>
internal static class PageCaching
{
    // Of all that makes pages: another release makes others, whatever the versions of its views.
    private static readonly string Release = string.Join('-', new[] { typeof(PageCaching), typeof(ReadModels), typeof(Registry) }.Select(t => t.Module.ModuleVersionId.ToString("N")));

    /// <summary>The tag of a page that is read at a basis.</summary>
    public static string Tag(HttpContext context, Show show)
    {
        var head = show.Registry.Head;
        return Caching.Tag(context, "text/html", show.Reading,
            show.Reading.Basis.From.ToString(), show.Reading.Basis.Settled ? "settled" : "open", head.Root.ToString(), show.Hindrance?.Kind.Code() ?? "",
            (ReadAfter.Behind(context) ?? 0).ToString(CultureInfo.InvariantCulture), Release, context.Request.PathBase + context.Request.Path + context.Request.QueryString);
    }

    /// <summary>Says how a page may be kept: for a question whether it is still the same, by everybody or by its reader alone.</summary>
    /// <param name="variesBy">A header of the request by which this page differs, beside those by which every page does.</param>
    public static void Name(HttpContext context, string tag, string? variesBy)
    {
        var headers = context.Response.Headers;
        headers.ETag = tag;
        headers.ContentLanguage = Show.Language;
        headers.CacheControl = Caching.IsAnonymous(context) ? "no-cache" : "private, no-cache";
        Vary(headers, variesBy);
    }

    /// <summary>Says that a part of a page is for the one who asked: it is at the page's own address, and isn't the page.</summary>
    public static void NamePart(HttpContext context, string? variesBy)
    {
        var headers = context.Response.Headers;
        headers.ContentLanguage = Show.Language;
        headers.CacheControl = "no-store";
        Vary(headers, variesBy);
    }

    private static void Vary(IHeaderDictionary headers, string? variesBy) =>
        headers.Vary = $"{HeaderNames.AcceptEncoding}, {HeaderNames.AcceptLanguage}, {HeaderNames.Cookie}{(variesBy is null ? "" : $", {variesBy}")}";
}

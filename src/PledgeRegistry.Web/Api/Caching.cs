using System.Globalization;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Web.Memento;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// What an answer says of itself: what it was made from, in what language, how long it may be kept. The same basis, view
/// version, language, encoding and address are the same bytes for ever, however the basis was asked for; so the tag is known
/// before the answer is made.
/// </summary>
internal sealed class Caching(HttpContext context, Reading reading, string view, string mediaType, Basis? from = null)
{
    private static readonly string[] Permanent = ["size", "on", "lang", "view"];

    // Of an answer that is made from two moments.
    private static readonly string[] PermanentFirst = ["from.size", "from.on"];

    // Which answer somebody gets who sends one of these isn't for others to keep.
    private static readonly string[] Personal = [HeaderNames.Authorization, Acting.Header];

    private readonly HttpRequest request = context.Request;
    private readonly string tag = Tag(context, mediaType, reading, PermanentAddress(context.Request, reading, view, from));

    /// <summary>Answers 304 if the client has this answer already.</summary>
    public bool NotModified()
    {
        if (!Has(request, tag))
        {
            return false;
        }
        NameAnswer();
        context.Response.StatusCode = StatusCodes.Status304NotModified;
        return true;
    }

    public void NameAnswer()
    {
        var headers = context.Response.Headers;
        context.NameBasis(reading.Basis, view, from);
        context.NameMemento(reading.Basis);
        headers.ETag = tag;
        headers.ContentLanguage = reading.Language;
        // The address under which this answer stays what it is.
        headers.ContentLocation = PermanentAddress(request, reading, view, from);
        headers.CacheControl = !IsAnonymous(context) ? "private, no-cache"
            : Array.TrueForAll(from is null ? Permanent : [.. Permanent, .. PermanentFirst], p => Given(request, p)) ? "public, max-age=31536000, immutable"
            : "no-cache";
        headers.Vary = Given(request, "lang") ? HeaderNames.AcceptEncoding : $"{HeaderNames.AcceptEncoding}, {HeaderNames.AcceptLanguage}, {HeaderNames.Cookie}";
    }

    /// <summary>True where a request says nothing of who sends it.</summary>
    public static bool IsAnonymous(HttpContext context) =>
        context.User.Identity is not { IsAuthenticated: true } && !Array.Exists(Personal, context.Request.Headers.ContainsKey) && !context.Request.Cookies.ContainsKey(Acting.Cookie);

    /// <summary>True if the client has what this tag names. Weak or strong makes no difference (RFC 9110, 13.1.2).</summary>
    public static bool Has(HttpRequest request, string tag) => request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == tag);

    /// <summary>The tag of what is made from a prefix and from these words.</summary>
    public static string Tag(HttpContext context, string mediaType, Reading reading, params IEnumerable<string> more)
    {
        var root = context.RequestServices.GetRequiredService<Registry>().Tree.Root(reading.Size);
        var named = string.Join('\n', [reading.Size.ToString(CultureInfo.InvariantCulture), reading.Basis.OnText(), root.ToString(), reading.Language, Encoding(context, mediaType), .. more]);
        return $"\"{Hash.Of(System.Text.Encoding.UTF8.GetBytes(named)).ToString()[..32]}\"";
    }

    private static bool Given(HttpRequest request, string parameter) => !string.IsNullOrEmpty(request.Query[parameter]);

    private static string PermanentAddress(HttpRequest request, Reading reading, string view, Basis? from)
    {
        var query = new QueryBuilder(request.Query.Where(p => !ReadRequest.Common.Contains(p.Key) && !(from is not null && DifferenceEndpoints.Moment.Contains(p.Key)) && Given(request, p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            { "size", reading.Size.ToString(CultureInfo.InvariantCulture) },
            { "on", reading.Basis.OnText() },
            { "lang", reading.Language },
            { "view", view },
        };
        if (from is not null)
        {
            query.Add("from.size", from.Size.ToString(CultureInfo.InvariantCulture));
            query.Add("from.on", from.OnText());
        }
        return UriHelper.BuildRelative(request.PathBase, request.Path, query.ToQueryString());
    }

    // A strong tag names bytes, so what is compressed has another one than what isn't.
    private static string Encoding(HttpContext context, string mediaType)
    {
        var compression = context.RequestServices.GetRequiredService<IResponseCompressionProvider>();
        var before = context.Response.ContentType;
        context.Response.ContentType = mediaType;
        var name = compression.CheckRequestAcceptsCompression(context) && compression.ShouldCompressResponse(context)
            ? compression.GetCompressionProvider(context)?.EncodingName
            : null;
        context.Response.ContentType = before;
        return name ?? "identity";
    }
}

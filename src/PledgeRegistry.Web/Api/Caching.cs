using System.Globalization;
using System.Text;
using Microsoft.AspNetCore.Http.Extensions;
using Microsoft.AspNetCore.ResponseCompression;
using Microsoft.Net.Http.Headers;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// What an answer says of itself: what it was made from, in what language, how long it may be kept. The same basis, view
/// version, language and address are the same bytes for ever, so the tag is known before the answer is made.
/// </summary>
internal sealed class Caching(HttpContext context, Reading reading, string view, string mediaType)
{
    private static readonly string[] Permanent = ["size", "on", "lang", "view"];

    private readonly HttpRequest request = context.Request;
    private readonly string tag = Tag(context, reading, view, mediaType);

    /// <summary>Answers 304 if the client has this answer already.</summary>
    public bool NotModified()
    {
        if (!request.GetTypedHeaders().IfNoneMatch.Any(t => t.Tag == tag))
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
        context.NameBasis(reading.Basis, view);
        headers.ETag = tag;
        headers.ContentLanguage = reading.Language;
        // The address under which this answer stays what it is.
        headers.ContentLocation = PermanentAddress();
        headers.CacheControl = Array.TrueForAll(Permanent, Given) ? "public, max-age=31536000, immutable" : "no-cache";
        headers.Vary = Given("lang") ? HeaderNames.AcceptEncoding : $"{HeaderNames.AcceptEncoding}, {HeaderNames.AcceptLanguage}, {HeaderNames.Cookie}";
    }

    private bool Given(string parameter) => !string.IsNullOrEmpty(request.Query[parameter]);

    private string PermanentAddress()
    {
        var query = new QueryBuilder(request.Query.Where(p => !ReadRequest.Common.Contains(p.Key) && Given(p.Key)).OrderBy(p => p.Key, StringComparer.Ordinal))
        {
            { "size", reading.Size.ToString(CultureInfo.InvariantCulture) },
            { "on", reading.Basis.OnText() },
            { "lang", reading.Language },
            { "view", view },
        };
        return UriHelper.BuildRelative(request.PathBase, request.Path, query.ToQueryString());
    }

    private static string Tag(HttpContext context, Reading reading, string view, string mediaType)
    {
        var request = context.Request;
        var registry = context.RequestServices.GetRequiredService<Registry>();
        // The one thing that changes what was: who kept an answer from before isn't told that it still holds.
        var withheld = registry.State.Redactions.Count is > 0 and var many ? $"\n{many} withheld" : "";
        var root = registry.Tree.Root(reading.Size);
        var named = string.Join('\n',
            reading.Size.ToString(CultureInfo.InvariantCulture), reading.Basis.OnText(), reading.Basis.Settled ? "settled" : "open", root, view, reading.Language,
            Encoding(context, mediaType), request.PathBase + request.Path + request.QueryString + withheld);
        return $"\"{Hash.Of(System.Text.Encoding.UTF8.GetBytes(named)).ToString()[..32]}\"";
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

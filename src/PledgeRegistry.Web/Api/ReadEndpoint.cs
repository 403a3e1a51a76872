using System.Text.Json;
using MediatR;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>An address that answers from the registry at a basis.</summary>
/// <param name="View">The view and its version.</param>
/// <param name="NotFound">The code of the problem where there is no such thing, or null where there always is an answer.</param>
/// <param name="Parameters">The parameters that it takes beside those that all take.</param>
/// <param name="Ask">Reads the parameters, and gives back what makes the answer; that gives null where there is no such thing.</param>
public sealed record ReadEndpoint(
    string Pattern, string View, string? NotFound, IReadOnlyList<string> Parameters,
    Func<ReadRequest, Func<CancellationToken, Task<ReadOnlyMemory<byte>?>>> Ask)
{
    /// <summary>What the answer is written in.</summary>
    public string MediaType { get; init; } = ApiJson.MediaType;

    /// <summary>An endpoint that answers with a query's view.</summary>
    /// <param name="exists">Whether there is such a thing, where the query itself can't say.</param>
    public static ReadEndpoint Of<TView>(
        string pattern, string view, string? notFound, string[] parameters, Func<ReadRequest, IRequest<TView>> query, Func<ReadRequest, bool>? exists = null) =>
        new(pattern, view, notFound, parameters, request =>
        {
            var asked = query(request);
            return async cancel =>
            {
                if (exists is not null && !exists(request))
                {
                    return null;
                }
                var made = await request.Context.RequestServices.GetRequiredService<IMediator>().Send(asked, cancel);
                return made is null ? default(ReadOnlyMemory<byte>?) : JsonSerializer.SerializeToUtf8Bytes(made, ApiJson.Options);
            };
        });

    /// <summary>One entry, as it is stored: its leaf hash is SHA-256(0x00 ‖ body), as RFC 6962 has it.</summary>
    public static ReadEndpoint StoredEntry(string pattern) => new(pattern, "entry/1", "unknown-entry", [], request => async cancel =>
    {
        if (!long.TryParse(request.Route("position"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position)
            || position >= request.Reading.Size)
        {
            return null;
        }
        var stored = await request.Registry.ReadStoredAsync(position, cancel);
        request.Context.Response.Headers[LeafHashHeader] = stored.Leaf.ToString();
        return stored.Bytes;
    });

    /// <summary>The header that gives a stored entry's leaf hash.</summary>
    public const string LeafHashHeader = "Registry-Leaf-Hash";

    public async Task AnswerAsync(HttpContext context)
    {
        if (!Accepts(context.Request))
        {
            await Problem.Of("not-acceptable").WriteAsync(context);
            return;
        }
        var (request, problem) = ReadRequest.From(context, this);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }
        var make = Ask(request);
        if (request.Errors.Count > 0)
        {
            await Problem.Of("bad-parameter", string.Join(" ", request.Errors.Select(e => e.Message)), request.Errors).WriteAsync(context);
            return;
        }
        var caching = new Caching(context, request.Reading, View, MediaType, request.FirstMoment);
        if (caching.NotModified())
        {
            return;
        }
        if (await make(context.RequestAborted) is not { } bytes)
        {
            await Missing(request).WriteAsync(context);
            return;
        }
        caching.NameAnswer();
        await context.WriteBytesAsync(bytes, MediaType == ApiJson.MediaType ? MediaType : $"{MediaType}; charset=utf-8");
    }

    private Problem Missing(ReadRequest request)
    {
        var path = request.Context.Request.Path.Value!;
        var address = path.StartsWith("/api/", StringComparison.Ordinal) ? path["/api/".Length..] : path[1..];
        var detail = $"There is no '{address}' among the first {request.Reading.Size} entries.";
        return NotFound is "unknown-entry" or "nothing-to-cite" ? Problem.Of(NotFound, detail) : Refusals.NotFound(NotFound!, detail);
    }

    private bool Accepts(HttpRequest request)
    {
        var accepted = request.GetTypedHeaders().Accept;
        return accepted.Count == 0 || accepted.Any(a => a.Quality != 0 && (a.MatchesAllTypes || a.MatchesMediaType(MediaType) || a.MediaType == $"{MediaType.Split('/')[0]}/*"));
    }
}

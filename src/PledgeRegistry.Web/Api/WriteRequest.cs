using System.Globalization;
using Microsoft.Net.Http.Headers;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>What the headers of a write say.</summary>
/// <param name="ExpectedVersion">From If-Match; null where nothing is replaced.</param>
/// <param name="ClearedBy">The actor id of who cleared it; null where nobody did.</param>
internal sealed record WriteRequest(string IdempotencyKey, long? ExpectedVersion, string? OnBehalfOf, string? ClearedBy)
{
    public const string IdempotencyKeyHeader = "Idempotency-Key";

    /// <summary>Names the participant that is acted for, by its code.</summary>
    public const string OnBehalfOfHeader = "Registry-On-Behalf-Of";

    /// <summary>Names the second person who cleared what is sent, by the actor id.</summary>
    public const string ClearedByHeader = "Registry-Cleared-By";

    public static (WriteRequest? Request, Problem? Problem) From(HttpContext context, bool replaces)
    {
        var headers = context.Request.Headers;
        var key = headers[IdempotencyKeyHeader];
        if (key.Count != 1 || key[0] is not { Length: >= 1 and <= 200 } value || value.AsSpan().ContainsAnyExceptInRange('!', '~'))
        {
            var kind = ProblemCatalogue.Find("idempotency-key-missing")!;
            return (null, Problem.Of(kind.Code, $"{kind.Title} {kind.Mend}", new FieldError(kind.Code, IdempotencyKeyHeader, kind.Mend)));
        }
        var (version, problem) = Version(headers.IfMatch, replaces);
        if (problem is not null)
        {
            return (null, problem);
        }
        var party = headers[OnBehalfOfHeader].ToString();
        if (party.Length > 0 && !context.RequestServices.GetRequiredService<Registry>().State.Participants.ContainsKey(party))
        {
            return (null, Refusals.ToProblem([new Refusal("unknown-participant", $"No participant has the code '{party}'.", OnBehalfOfHeader)]));
        }
        return (new WriteRequest(value, version, party.Length == 0 ? null : party, headers[ClearedByHeader].ToString() is { Length: > 0 } by ? by : null), null);
    }

    private static (long? Version, Problem? Problem) Version(string? header, bool replaces)
    {
        if (string.IsNullOrEmpty(header))
        {
            return replaces ? (null, At("if-match-missing")) : (null, null);
        }
        if (!replaces)
        {
            return (null, At("if-match-unexpected"));
        }
        return header is ['"', .. var text, '"'] && long.TryParse(text, NumberStyles.None, CultureInfo.InvariantCulture, out var version)
            ? (version, null)
            : (null, At("if-match-malformed"));
    }

    private static Problem At(string code)
    {
        var kind = ProblemCatalogue.Find(code)!;
        return Problem.Of(code, $"{kind.Title} {kind.Mend}", new FieldError(code, HeaderNames.IfMatch, kind.Mend));
    }
}

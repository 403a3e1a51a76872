using System.Globalization;
using Microsoft.AspNetCore.Diagnostics;
using Microsoft.AspNetCore.WebUtilities;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>
/// The reading of a request, taken once: its basis from <c>size</c>, <c>asOf</c>, <c>asOfMeeting</c> and <c>on</c>, its language from the
/// request's culture. Answers name it in the header <c>Registry-Basis</c>.
/// </summary>
public static class ReadingContext
{
    /// <summary>The header that names what an answer was made from.</summary>
    public const string Header = "Registry-Basis";

    /// <summary>The header that names the first of two moments that an answer was made from.</summary>
    public const string FirstHeader = "Registry-First-Basis";

    private static readonly string[] Parameters = ["size", "on", "asOf", "asOfMeeting"];

    /// <param name="before">What stands before the parameters' names: <c>from.</c> for the first of two moments.</param>
    public static BasisRequest BasisRequest(this HttpRequest request, string before = "")
    {
        var query = request.HttpContext.AskedQuery();
        return new(query[$"{before}size"].LastOrDefault(), query[$"{before}on"].LastOrDefault(), query[$"{before}asOf"].LastOrDefault(), query[$"{before}asOfMeeting"].LastOrDefault());
    }

    /// <summary>The parameters that the reader asked with: on the page of an error too, which is shown in place of another address.</summary>
    public static IQueryCollection AskedQuery(this HttpContext context) =>
        context.Features.Get<IStatusCodeReExecuteFeature>()?.OriginalQueryString is { Length: > 0 } original
            ? new QueryCollection(QueryHelpers.ParseQuery(original))
            : context.Request.Query;

    /// <summary>The reading that a request asks for, or what is wrong with it.</summary>
    public static (Reading? Reading, BasisProblem? Problem) ResolveReading(this HttpContext context)
    {
        if (Array.Find(Parameters, p => context.AskedQuery()[p].Count > 1) is { } twice)
        {
            return (null, new BasisProblem(twice, "parameter-twice", $"'{twice}' is given more than once.", twice));
        }
        var (basis, problem) = context.RequestServices.GetRequiredService<BasisResolver>().Resolve(context.Request.BasisRequest());
        return basis is null ? (null, problem) : (new Reading(basis, CultureInfo.CurrentUICulture.TwoLetterISOLanguageName), null);
    }

    /// <summary>Says on the answer what it was made from.</summary>
    /// <param name="view">The view and its version, such as <c>rcm-grid/1</c>.</param>
    /// <param name="first">The first moment, where the answer is made from two.</param>
    public static void NameBasis(this HttpContext context, Basis basis, string view, Basis? first = null)
    {
        if (first is not null)
        {
            context.Response.Headers[FirstHeader] = $"size={first.Size.ToString(CultureInfo.InvariantCulture)}; on={first.OnText()}; from={first.From}; root={context.RequestServices.GetRequiredService<Registry>().Tree.Root(first.Size)}";
        }
        var root = context.RequestServices.GetRequiredService<Registry>().Tree.Root(basis.Size);
        context.Response.Headers[Header] = $"size={basis.Size.ToString(CultureInfo.InvariantCulture)}; on={basis.OnText()}; from={basis.From}; settled={(basis.Settled ? "true" : "false")}; root={root}; view={view}";
    }
}

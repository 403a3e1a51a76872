namespace PledgeRegistry.Web.Api;

/// <summary>Explains the codes of problems: what each means, and how to mend it.</summary>
internal static class Problems
{
    public static void MapProblems(this IEndpointRouteBuilder routes) =>
        routes.MapMethods("/problems/{code}", [HttpMethods.Get, HttpMethods.Head], static context =>
        {
            if (ProblemCatalogue.Find((string)context.Request.RouteValues["code"]!) is not { } kind)
            {
                return Problem.Of("unknown-problem").WriteAsync(context);
            }
            context.Response.Headers.CacheControl = "no-cache";
            context.Response.Headers.Vary = "Accept";
            // A person who follows the link accepts text; a program accepts JSON or says nothing.
            return context.Request.Headers.Accept.ToString().Contains("text/", StringComparison.OrdinalIgnoreCase)
                ? context.WriteBytesAsync(System.Text.Encoding.UTF8.GetBytes($"{kind.Title}\n{kind.Mend}\n"), "text/plain; charset=utf-8")
                : context.WriteJsonAsync(new { kind.Type, kind.Title, kind.Status, kind.Mend });
        });
}

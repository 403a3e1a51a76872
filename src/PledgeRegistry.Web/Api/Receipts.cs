using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>The outcome of a command as an answer: the one place where it gets its HTTP status.</summary>
internal static class Receipts
{
    private const string RetryAfterSeconds = "5";

    public static Task AnswerAsync(HttpContext context, Outcome outcome) => outcome switch
    {
        Outcome.Recorded recorded => RecordedAsync(context, recorded),
        Outcome.NothingNew => NothingNewAsync(context),
        Outcome.Refused refused => Refusals.ToProblem(refused.Reasons).WriteAsync(context),
        Outcome.Unavailable unavailable => LaterAsync(context, Problem.Of("unavailable", unavailable.Reason)),
        Outcome.Unknown unknown => LaterAsync(context, Problem.Of("outcome-unknown", $"{unknown.Reason} {ProblemCatalogue.Find("outcome-unknown")!.Mend}")),
        _ => throw new InvalidOperationException($"No answer for {outcome.GetType()}."),
    };

    /// <summary>Where what is in a stream can be read.</summary>
    public static string Location(string stream, RegistryState state)
    {
        var slash = stream.IndexOf('/', StringComparison.Ordinal);
        if (slash < 0)
        {
            // Of the registry itself, only its seals are asked for here.
            return "/api/seals";
        }
        var id = stream[(slash + 1)..];
        return stream[..slash] switch
        {
            "pledge" => $"/api/pledges/{id}",
            "partnership" => $"/api/partnerships/{id}",
            "initiative" => $"/api/initiatives/{id}",
            "exchange" => $"/api/exchange/{id}",
            "participant" => $"/api/participants/{id}",
            "meeting" => $"/api/meetings/{id}",
            "series" => $"/api/series/{id}",
            "source" => $"/api/sources/{id}",
            "framework" when state.Frameworks[id].Closed => $"/api/frameworks/{id}",
            // A framework has no view before it is closed.
            _ => $"/api/history?stream={Uri.EscapeDataString(stream)}",
        };
    }

    private static Task RecordedAsync(HttpContext context, Outcome.Recorded recorded)
    {
        var receipt = recorded.Receipt;
        context.Response.StatusCode = recorded.Repeated ? StatusCodes.Status200OK : StatusCodes.Status201Created;
        context.Response.Headers.Location = Location(receipt.Stream, context.RequestServices.GetRequiredService<Registry>().State);
        context.Response.Headers.CacheControl = "no-store";
        ReadAfter.Name(context, receipt.Size);
        return context.WriteJsonAsync(new
        {
            outcome = recorded.Repeated ? "repeated" : "recorded",
            receipt.Position,
            receipt.EntryId,
            leafHash = receipt.LeafHash.ToString(),
            receipt.Count,
            receipt.Id,
            receipt.Size,
        });
    }

    private static Task NothingNewAsync(HttpContext context)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.WriteJsonAsync(new { outcome = "nothing-new" });
    }

    private static Task LaterAsync(HttpContext context, Problem problem)
    {
        context.Response.Headers.RetryAfter = RetryAfterSeconds;
        return problem.WriteAsync(context);
    }
}

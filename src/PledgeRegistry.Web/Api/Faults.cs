using PledgeRegistry.Engines;
using PledgeRegistry.Log;
using PledgeRegistry.Private;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// What becomes of a request that nothing else answered: a problem for the API, one plain sentence for a person. Never a
/// stack trace; that goes to the console.
/// </summary>
internal static class Faults
{
    public static async Task AnswerAsync(HttpContext context, RequestDelegate next)
    {
        try
        {
            await next(context);
            if (IsApi(context) && IsBare(context.Response) && ForStatus(context.Response.StatusCode) is { } problem)
            {
                await problem.WriteAsync(context);
            }
        }
        catch (OperationCanceledException) when (context.RequestAborted.IsCancellationRequested)
        {
            // Nobody is there to be answered.
        }
        catch (Exception e) when (!context.Response.HasStarted)
        {
            context.Response.Clear();
            var problem = Explain(e);
            if (problem.Status >= 500)
            {
                context.RequestServices.GetRequiredService<ILoggerFactory>().CreateLogger("PledgeRegistry")
                    .LogError(e, "{Method} {Path} could not be answered.", context.Request.Method, context.Request.Path);
            }
            if (IsApi(context))
            {
                await problem.WriteAsync(context);
                return;
            }
            context.Response.StatusCode = problem.Status;
            await context.Response.WriteAsync($"{problem.Kind.Title} {problem.Kind.Mend}");
        }
    }

    public static bool IsApi(HttpContext context) =>
        context.Request.Path.StartsWithSegments("/api")
        || context.Request.Path.StartsWithSegments("/problems")
        || context.Request.Path.StartsWithSegments("/log")
        || context.Request.Path.StartsWithSegments("/health")
        || context.Request.Path.StartsWithSegments("/timegate")
        || context.Request.Path.StartsWithSegments("/timemap");

    /// <summary>True if the private store couldn't be reached: by what was asked, or by what protects forms, which wraps that.</summary>
    public static bool IsPrivateAway(Exception? fault) => fault is PrivateUnavailableException || (fault is not null && IsPrivateAway(fault.InnerException));

    private static Problem Explain(Exception fault) => fault switch
    {
        BadHttpRequestException { StatusCode: StatusCodes.Status413PayloadTooLarge } => Problem.Of("body-too-large"),
        BadHttpRequestException => Problem.Of("bad-request"),
        LogDamagedException => Problem.Of("log-damaged"),
        _ when IsPrivateAway(fault) => Problem.Of("private-unavailable"),
        _ when EngineFault.IsUnreachable(fault) => Problem.Of("log-unreachable"),
        _ => Problem.Of("program-error"),
    };

    private static bool IsBare(HttpResponse response) => !response.HasStarted && response.ContentType is null && response.ContentLength is null;

    private static Problem? ForStatus(int status) => status switch
    {
        StatusCodes.Status404NotFound => Problem.Of("no-such-address"),
        StatusCodes.Status405MethodNotAllowed => Problem.Of("method-not-allowed"),
        StatusCodes.Status415UnsupportedMediaType => Problem.Of("wrong-media-type"),
        _ => null,
    };
}

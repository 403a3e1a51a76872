using System.Globalization;
using System.Threading.RateLimiting;
using PledgeRegistry.Web.Api;

namespace PledgeRegistry.Web;

/// <summary>
/// Bounds how many of the reads that cost much are worked out at once, so that whoever asks for many of them leaves the
/// rest of the registry answering. A few wait; who comes after them is told to come again.
/// </summary>
public sealed class HeavyReads : IDisposable
{
    /// <summary>How many are worked out at once.</summary>
    public static readonly int AtOnce = 2 * Environment.ProcessorCount;

    /// <summary>How many wait for their turn.</summary>
    public static readonly int Waiting = 2 * AtOnce;

    private const int RetryAfterSeconds = 2;

    private static readonly HashSet<string> Always = new(StringComparer.Ordinal)
    {
        "replay", "search", "differences", "meetings/{id}/pack", "exchange", "exchange/{id}",
        "api/search", "api/meetings/{id}/pack", "api/exchange/suggestions",
    };

    private readonly ConcurrencyLimiter limiter = new(new ConcurrencyLimiterOptions { PermitLimit = AtOnce, QueueLimit = Waiting, QueueProcessingOrder = QueueProcessingOrder.OldestFirst });

    /// <summary>Takes the place of a read, at once or in its turn; the lease says whether there was one.</summary>
    public ValueTask<RateLimitLease> TakeAsync(int places, CancellationToken cancel) => limiter.AcquireAsync(places, cancel);

    public void Dispose() => limiter.Dispose();

    internal static async Task LimitAsync(HttpContext context, RequestDelegate next)
    {
        if (!IsHeavy(context))
        {
            await next(context);
            return;
        }
        using var lease = await context.RequestServices.GetRequiredService<HeavyReads>().TakeAsync(1, context.RequestAborted);
        if (lease.IsAcquired)
        {
            await next(context);
            return;
        }
        context.Response.Headers.RetryAfter = RetryAfterSeconds.ToString(CultureInfo.InvariantCulture);
        if (Faults.IsApi(context))
        {
            await Problem.Of("busy").WriteAsync(context);
            return;
        }
        // The page of errors has the words.
        context.Response.StatusCode = StatusCodes.Status429TooManyRequests;
    }

    // By what is routed: an address can be written in more than one way.
    private static bool IsHeavy(HttpContext context)
    {
        if (!(HttpMethods.IsGet(context.Request.Method) || HttpMethods.IsHead(context.Request.Method))
            || (context.GetEndpoint() as RouteEndpoint)?.RoutePattern.RawText?.TrimStart('/') is not { } pattern)
        {
            return false;
        }
        return Always.Contains(pattern) || pattern.StartsWith("api/differences/", StringComparison.Ordinal)
            || (pattern is "coverage/{scheme}/{version?}" or "api/frameworks/{scheme}/coverage" && !string.IsNullOrEmpty(context.Request.Query["through"]));
    }
}

using System.Globalization;
using PledgeRegistry.Transparency;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web;

/// <summary>
/// Lets who has written at one node read it at any other: a request names the size that it comes after, and the node reads
/// on to there before it answers. The API does so by a header, pages by a cookie that recording something sets.
/// </summary>
public static class ReadAfter
{
    /// <summary>
    /// The header of a request, and of the answer to a command: a size, and behind a colon the leaf hash of the last entry
    /// of it, which may be left out in a request.
    /// </summary>
    public const string Header = "Registry-After";

    /// <summary>The cookie, which holds a size. Cookies know no ports, and another registry may be at another one: so the name does.</summary>
    public static string Cookie(HttpRequest request) => string.Create(CultureInfo.InvariantCulture, $"after-{request.Host.Port ?? 0}");

    private const string RetryAfterSeconds = "1";

    /// <summary>How long a request waits until so much has been read.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2.5);

    /// <summary>Which node a browser comes to next is settled within seconds, and every node has read on by then.</summary>
    private static readonly TimeSpan CookieAge = TimeSpan.FromMinutes(1);

    private static readonly object BehindKey = new();

    public static async Task WaitAsync(HttpContext context, RequestDelegate next)
    {
        var given = context.Request.Headers[Header];
        if (given.Count > 0)
        {
            if (await WaitAsync(context, given.ToString()) is { } problem)
            {
                await problem.WriteAsync(context);
                return;
            }
        }
        else if (!Faults.IsApi(context) && CookieSize(context) is { } size && !await ReachAsync(context, size))
        {
            context.Items[BehindKey] = size;
        }
        await next(context);
    }

    /// <summary>The size that a page should have been read at and isn't: what its reader recorded last isn't in it yet. Null otherwise.</summary>
    public static long? Behind(HttpContext context) => context.Items[BehindKey] as long?;

    /// <summary>Names on the answer to a command what a reader of it comes after.</summary>
    public static void Name(HttpContext context, long size)
    {
        var leaf = context.RequestServices.GetRequiredService<Registry>().Tree.Leaf(size - 1);
        context.Response.Headers[Header] = string.Create(CultureInfo.InvariantCulture, $"{size}:{leaf}");
    }

    /// <summary>Has the browser's next requests come after what it has just recorded.</summary>
    public static void Remember(HttpContext context, long size) =>
        context.Response.Cookies.Append(Cookie(context.Request), Math.Max(size, CookieSize(context) ?? 0).ToString(CultureInfo.InvariantCulture), new CookieOptions
        {
            HttpOnly = true,
            IsEssential = true,
            SameSite = SameSiteMode.Lax,
            Secure = context.Request.IsHttps,
            MaxAge = CookieAge,
        });

    private static async Task<Problem?> WaitAsync(HttpContext context, string given)
    {
        if (!TryParse(given, out var size, out var leaf))
        {
            return Problem.Of("after-malformed", null, new FieldError("after-malformed", Header, $"'{Header}' is a size, or a size and a leaf hash: 120:9f86…"));
        }
        var registry = context.RequestServices.GetRequiredService<Registry>();
        if (!await ReachAsync(context, size))
        {
            context.Response.Headers.RetryAfter = RetryAfterSeconds;
            return Problem.Of("not-read-so-far", string.Create(CultureInfo.InvariantCulture, $"This node has read {registry.Head.Size} entries, and not yet {size}. {registry.Stopped}").TrimEnd());
        }
        return leaf is null || registry.Tree.Leaf(size - 1) == leaf
            ? null
            : Problem.Of("other-history", string.Create(CultureInfo.InvariantCulture, $"Entry {size - 1} is another one here: its leaf hash is {registry.Tree.Leaf(size - 1)}."));
    }

    private static async Task<bool> ReachAsync(HttpContext context, long size)
    {
        var registry = context.RequestServices.GetRequiredService<Registry>();
        if (registry.Head.Size >= size)
        {
            return true;
        }
        if (registry.Stopped is not null)
        {
            return false;
        }
        using var waiting = CancellationTokenSource.CreateLinkedTokenSource(context.RequestAborted);
        waiting.CancelAfter(Patience);
        try
        {
            await registry.WaitForAsync(size, waiting.Token);
            return true;
        }
        catch (OperationCanceledException) when (!context.RequestAborted.IsCancellationRequested)
        {
            return false;
        }
    }

    private static bool TryParse(string given, out long size, out Hash? leaf)
    {
        leaf = null;
        var parts = given.Split(':');
        if (!long.TryParse(parts[0], NumberStyles.None, CultureInfo.InvariantCulture, out size) || parts.Length > 2)
        {
            return false;
        }
        if (parts.Length == 1)
        {
            return true;
        }
        leaf = Hash.TryParse(parts[1], out var hash) ? hash : null;
        return leaf is not null && size > 0;
    }

    private static long? CookieSize(HttpContext context) =>
        long.TryParse(context.Request.Cookies[Cookie(context.Request)], NumberStyles.None, CultureInfo.InvariantCulture, out var size) ? size : null;
}

using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>Whether the process is alive, whether it can write, and whether what it serves is to be read.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", methods, static context => AnswerAsync(context, true, new { status = "live" }));
        routes.MapMethods("/health/ready", methods, static context =>
        {
            var node = Node(context);
            var hindrance = node.Writer.Hindrance;
            return AnswerAsync(context, hindrance is null, new
            {
                status = hindrance is null ? "ready" : "reading-only",
                size = node.Registry.Head.Size,
                reason = hindrance?.Kind.Code(),
                notWriting = hindrance?.Reason,
                stopped = node.Registry.Stopped,
                signed = Signer(context).Last?.Size,
                notSigning = Signer(context).Refused,
                published = Cosigning(context).Published?.Size,
                cosigned = Cosigning(context).IsMet,
                witnesses = Cosigning(context).Policy is null ? null : Cosigning(context).Standings.Select(w => new
                {
                    name = w.Witness.Name,
                    cosignedSize = w.Size,
                    cosignedAt = w.At,
                    failing = w.Failing,
                }),
            });
        });
        // What was read stays true while nothing can be written, but for what the log itself has lost.
        routes.MapMethods("/health/reading", methods, static context =>
        {
            var node = Node(context);
            var lost = node.Registry.Stop is { Kind: HindranceKind.Diverged } stop ? stop : null;
            return AnswerAsync(context, lost is null, new
            {
                status = lost is null ? "reading" : "lost-branch",
                size = node.Registry.Head.Size,
                reason = lost?.Kind.Code(),
                stopped = lost?.Reason,
            });
        });
    }

    private static RegistryNode Node(HttpContext context) => context.RequestServices.GetRequiredService<RegistryNode>();

    private static CheckpointSigner Signer(HttpContext context) => context.RequestServices.GetRequiredService<CheckpointSigner>();

    private static Cosigning Cosigning(HttpContext context) => context.RequestServices.GetRequiredService<Cosigning>();

    private static Task AnswerAsync(HttpContext context, bool good, object state)
    {
        context.Response.StatusCode = good ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
        context.Response.Headers.CacheControl = "no-store";
        return context.WriteJsonAsync(state);
    }
}

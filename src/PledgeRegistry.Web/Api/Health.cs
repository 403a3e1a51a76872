namespace PledgeRegistry.Web.Api;

/// <summary>Whether the process is alive, and whether it can write.</summary>
internal static class Health
{
    public static void MapHealth(this IEndpointRouteBuilder routes)
    {
        string[] methods = [HttpMethods.Get, HttpMethods.Head];
        routes.MapMethods("/health/live", methods, static context => AnswerAsync(context, new { status = "live" }));
        routes.MapMethods("/health/ready", methods, static context =>
        {
            var node = context.RequestServices.GetRequiredService<RegistryNode>();
            var notWriting = node.Writer.NotWriting;
            context.Response.StatusCode = notWriting is null ? StatusCodes.Status200OK : StatusCodes.Status503ServiceUnavailable;
            return AnswerAsync(context, new
            {
                status = notWriting is null ? "ready" : "reading-only",
                size = node.Registry.Head.Size,
                notWriting,
                stopped = node.Registry.Stopped,
            });
        });
    }

    private static Task AnswerAsync(HttpContext context, object state)
    {
        context.Response.Headers.CacheControl = "no-store";
        return context.WriteJsonAsync(state);
    }
}

using System.Globalization;
using System.Text;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Memento;

/// <summary>
/// Negotiation in time (RFC 7089, pattern 2.1): a TimeGate that leads to the state of a resource at a datetime, and a
/// TimeMap that lists its states. Both for every page and every read of the API, and nothing else.
/// </summary>
internal static class MementoEndpoints
{
    /// <summary>A page of a TimeMap is about so many entries.</summary>
    public const int EntriesAPage = 1000;

    private static readonly string[] Methods = [HttpMethods.Get, HttpMethods.Head];

    public static void MapMementos(this IEndpointRouteBuilder routes)
    {
        routes.MapMethods($"{MementoLinks.TimeGate}/{{**path}}", Methods, NegotiateAsync);
        routes.MapMethods($"{MementoLinks.TimeMap}/{{**path}}", Methods, context => ListAsync(context, MementoLinks.TimeMap, 1));
        routes.MapMethods($"{MementoLinks.TimeMap}/{{page:int:min(1)}}/{{**path}}", Methods, context =>
        {
            var page = (string)context.Request.RouteValues["page"]!;
            return ListAsync(context, $"{MementoLinks.TimeMap}/{page}", int.Parse(page, CultureInfo.InvariantCulture));
        });
    }

    private static Task NegotiateAsync(HttpContext context)
    {
        context.Response.Headers.Vary = "Accept-Datetime";
        if (Find(context, MementoLinks.TimeGate) is not { } address)
        {
            return Problem.Of("no-such-address").WriteAsync(context);
        }
        var registry = context.RequestServices.GetRequiredService<Registry>();
        var times = MementoTimes.Of(registry);
        context.Response.Headers.Link = string.Join(", ", MementoLinks.Frame(MementoLinks.Host(context.Request), address));
        if (times.None)
        {
            return Problem.Of("no-memento").WriteAsync(context);
        }
        var asked = context.Request.Headers["Accept-Datetime"];
        var size = times.Last;
        if (asked.Count > 0)
        {
            if (!DateTimeOffset.TryParseExact(asked.ToString(), "r", CultureInfo.InvariantCulture, DateTimeStyles.AssumeUniversal, out var datetime))
            {
                return Problem.Of("accept-datetime-malformed", null, new FieldError("accept-datetime-malformed", "Accept-Datetime", "'Accept-Datetime' is written as Tue, 17 May 2022 12:00:00 GMT.")).WriteAsync(context);
            }
            size = times.Nearest(datetime);
        }
        context.Response.StatusCode = StatusCodes.Status302Found;
        context.Response.Headers.CacheControl = "no-cache";
        // Of this host: the path is one of its own.
        context.Response.Headers.Location = address.At(size, registry);
        return Task.CompletedTask;
    }

    private static Task ListAsync(HttpContext context, string prefix, int page)
    {
        if (Find(context, prefix) is not { } address)
        {
            return Problem.Of("no-such-address").WriteAsync(context);
        }
        if (MementoLinks.IsLong(address))
        {
            return Problem.Of("address-too-long").WriteAsync(context);
        }
        var registry = context.RequestServices.GetRequiredService<Registry>();
        var times = MementoTimes.Of(registry);
        var pages = (int)((times.Head + EntriesAPage - 1) / EntriesAPage);
        if (times.None || page > pages)
        {
            return Problem.Of("no-memento").WriteAsync(context);
        }
        var host = MementoLinks.Host(context.Request);
        List<string> links = [$"<{host}{address}>;rel=\"original\"", $"<{host}{address.Under(MementoLinks.TimeGate)}>;rel=\"timegate\"", Part(page, "self")];
        foreach (var other in new[] { page - 1, page + 1 }.Where(p => p >= 1 && p <= pages))
        {
            links.Add(Part(other, "timemap"));
        }
        foreach (var size in times.Between((page - 1L) * EntriesAPage, Math.Min((long)page * EntriesAPage, times.Head)))
        {
            var relation = $"{(size == times.First ? "first " : "")}{(size == times.Last ? "last " : "")}memento";
            links.Add(MementoLinks.Link(host + address.At(size, registry), relation, times.Text(size)));
        }
        context.Response.Headers.CacheControl = "no-cache";
        return context.WriteBytesAsync(Encoding.UTF8.GetBytes(string.Join(",\n", links) + "\n"), MementoLinks.MediaType);

        string Part(int number, string relation)
        {
            var path = number == 1 ? MementoLinks.TimeMap : string.Create(CultureInfo.InvariantCulture, $"{MementoLinks.TimeMap}/{number}");
            var (from, until) = (times.Text(((number - 1L) * EntriesAPage) + 1), times.Text(Math.Min((long)number * EntriesAPage, times.Head)));
            return $"<{host}{address.Under(path)}>;rel=\"{relation}\";type=\"{MementoLinks.MediaType}\";from=\"{from}\";until=\"{until}\"";
        }
    }

    // The address behind the prefix, if something is read at a basis there.
    private static StableAddress? Find(HttpContext context, string prefix)
    {
        context.Request.Path.StartsWithSegments(prefix, out var rest);
        var path = rest.HasValue ? rest : new PathString("/");
        return context.RequestServices.GetRequiredService<PublicResources>().Find(path) is null ? null : StableAddress.Of(context.Request.PathBase, path, context.Request.Query, _ => false);
    }
}

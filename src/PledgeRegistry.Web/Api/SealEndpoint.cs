using System.Globalization;
using System.Text.Json;
using MediatR;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// Seals what the views say at a basis. The body names the basis (<c>size</c>, <c>on</c>, <c>asOf</c> or <c>asOfMeeting</c>, as everywhere; <c>{}</c> is now);
/// the views are made and hashed here, so nobody has hashes of their own recorded.
/// </summary>
internal static class SealEndpoint
{
    public const string Pattern = "/api/seals";

    private const string Size = "size", On = "on", Meeting = "asOfMeeting";

    private static readonly string[] Known = [Size, On, "asOf", Meeting];

    public static void MapSeals(this IEndpointRouteBuilder routes) => routes.MapPost(Pattern, AnswerAsync);

    private static async Task AnswerAsync(HttpContext context)
    {
        var (request, problem) = WriteRequest.From(context, replaces: false);
        if (request is null)
        {
            await problem!.WriteAsync(context);
            return;
        }
        var (document, malformed) = await WriteEndpoint.ReadAsync(context);
        using (document)
        {
            var services = context.RequestServices;
            var (registry, models) = (services.GetRequiredService<Registry>(), services.GetRequiredService<ReadModels>());
            var (given, wrong) = document is null ? (null, malformed) : Read(document.RootElement);
            Basis? basis = null;
            if (given is not null)
            {
                (basis, wrong) = Resolve(given, services, registry, models);
            }
            if (basis is null)
            {
                await wrong!.WriteAsync(context);
                return;
            }
            var running = services.GetRequiredService<RunningKeys>();
            if (!running.TryStart(request.IdempotencyKey))
            {
                context.Response.Headers.RetryAfter = "1";
                await Problem.Of("idempotency-key-running").WriteAsync(context);
                return;
            }
            try
            {
                var acting = services.GetRequiredService<Acting>();
                // Now was another basis when this was first sent: what was sealed under the key is what a second try is answered with.
                var command = models.Seals.Under(CommandKey.IdOf(acting.Actor, request.IdempotencyKey), registry.Head.Size) is { } earlier && IsOf(earlier.Seal, given!)
                    ? new SealViews(earlier.Seal.Size, earlier.Seal.Root, earlier.Seal.On, earlier.Seal.Meeting, earlier.Seal.Views)
                    : await Sealing.AtAsync(registry, models, basis, given!.GetValueOrDefault(Meeting), context.RequestAborted);
                var author = acting.AuthorFor(command, request.OnBehalfOf, request.ClearedBy);
                await Receipts.AnswerAsync(context, await services.GetRequiredService<IMediator>().Send(new Submit<SealViews>(command, author, request.IdempotencyKey), context.RequestAborted));
            }
            finally
            {
                running.End(request.IdempotencyKey);
            }
        }
    }

    private static (Dictionary<string, string>? Given, Problem? Problem) Read(JsonElement body)
    {
        if (body.ValueKind != JsonValueKind.Object)
        {
            return (null, Wrong("wrong-shape", null, "The body is an object: {} for now, or size, on, asOf or asOfMeeting."));
        }
        var given = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var member in body.EnumerateObject())
        {
            if (!Known.Contains(member.Name))
            {
                return (null, Wrong("unknown-member", member.Name, $"'{member.Name}' isn't known here. Known are: {string.Join(", ", Known)}."));
            }
            if (member.Value.ValueKind != (member.Name == Size ? JsonValueKind.Number : JsonValueKind.String))
            {
                return (null, Wrong("wrong-type", member.Name, $"'{member.Name}' is {(member.Name == Size ? "a number" : "a text")}."));
            }
            given[member.Name] = member.Name == Size ? member.Value.GetRawText() : member.Value.GetString()!;
        }
        return (given, null);
    }

    private static (Basis? Basis, Problem? Problem) Resolve(Dictionary<string, string> given, IServiceProvider services, Registry registry, ReadModels models)
    {
        if (!given.TryGetValue(Meeting, out var meeting))
        {
            var (basis, problem) = services.GetRequiredService<BasisResolver>().Resolve(new BasisRequest(given.GetValueOrDefault(Size), given.GetValueOrDefault(On), given.GetValueOrDefault("asOf")));
            return basis is null ? (null, Wrong(problem!.Code, problem.Parameter, problem.Message)) : (basis, null);
        }
        return given.Count > 1 ? (null, Wrong("basis-twice", Meeting, "A meeting's end is a basis already: give no other."))
            : models.Meetings.Meeting(meeting, registry.Head.Size) is null ? (null, Refusals.ToProblem([new Refusal("unknown-meeting", $"No meeting has the id '{meeting}'.", Meeting, RefusalKind.Invalid, meeting)]))
            : Sealing.EndOf(registry, models, meeting, services.GetRequiredService<TimeProvider>().GetUtcNow()) is { } end ? (end, null)
            : (null, Refusals.ToProblem([new Refusal("meeting-not-over", $"{meeting} isn't over, has no date, or was over before this registry's first entry.", Meeting, RefusalKind.Conflict, meeting)]));
    }

    private static bool IsOf(RegistryEvent.ViewsSealed seal, Dictionary<string, string> given) =>
        seal.Meeting == given.GetValueOrDefault(Meeting)
        && (!given.TryGetValue(Size, out var size) || size == seal.Size.ToString(CultureInfo.InvariantCulture))
        && (!given.TryGetValue(On, out var on) || on == seal.On);

    private static Problem Wrong(string code, string? field, string message) =>
        field is null ? Problem.Of(code, message) : Problem.Of(code, message, new FieldError(code, field, message));
}

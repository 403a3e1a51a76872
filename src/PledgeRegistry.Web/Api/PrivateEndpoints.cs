using System.Text.Json;
using PledgeRegistry.Participants;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Api;

/// <summary>
/// Contacts, drafts and the access log: only where the guard lets write, only for what whoever is acted as may see, and
/// kept by no cache.
/// </summary>
internal static class PrivateEndpoints
{
    private static readonly JsonSerializerOptions Strict = new(ApiJson.Options) { RespectNullableAnnotations = true, RespectRequiredConstructorParameters = true };

    /// <summary>A new contact: it gets a random actor id.</summary>
    private sealed record NewContact(string Participant, string Name, string? Email, string? Telephone, IReadOnlyList<string> Languages, string? Note);

    private sealed record NewDraft(string Participant, DraftKind Kind, JsonElement Form);

    private sealed record ChangedDraft(long Version, JsonElement Form);

    /// <param name="Recorded">The public id, where it goes to recorded.</param>
    private sealed record MovedDraft(long Version, DraftState State, string? Recorded);

    public static void MapPrivate(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapGroup("/api/private");
        group.MapGet("/contacts", Call(ListContacts));
        group.MapPost("/contacts", Call<NewContact>(AddContact));
        group.MapGet("/contacts/{actor}", Call(FindContact));
        group.MapPut("/contacts/{actor}", Call<ContactDetails>(ChangeContact));
        group.MapDelete("/contacts/{actor}", Call(EraseContact));
        group.MapGet("/drafts", Call(ListDrafts));
        group.MapPost("/drafts", Call<NewDraft>(AddDraft));
        group.MapGet("/drafts/{id}", Call(FindDraft));
        group.MapPut("/drafts/{id}", Call<ChangedDraft>(ChangeDraft));
        group.MapDelete("/drafts/{id}", Call(DeleteDraft));
        group.MapPost("/drafts/{id}/state", Call<MovedDraft>(MoveDraft));
        group.MapGet("/access-log", Call(ReadAccessLog));
    }

    private static Answer ListContacts(Request call) => call.May(call.Query("participant")) ?? new Answer(new { contacts = call.Store.ListContacts(call.By, call.Query("participant")) });

    private static Answer AddContact(Request call, NewContact body)
    {
        if ((call.Known(body.Participant) ?? call.May(body.Participant)) is { } problem)
        {
            return problem;
        }
        var actor = call.Service<IIdSource>().NewActor();
        call.Store.AddContact(call.By, actor, body.Participant, new ContactDetails(body.Name, body.Email, body.Telephone, body.Languages, body.Note));
        return new Answer(new { actor }, StatusCodes.Status201Created);
    }

    private static Answer FindContact(Request call) => OfContact(call, contact => new Answer(contact));

    private static Answer ChangeContact(Request call, ContactDetails body) =>
        OfContact(call, contact => call.Store.ChangeContact(call.By, contact.Actor, body) ? Answer.Done : Answer.Of("contact-erased"));

    private static Answer EraseContact(Request call) =>
        OfContact(call, contact => call.Store.EraseContact(call.By, contact.Actor) ? Answer.Done : Answer.Of("contact-erased"));

    private static Answer ListDrafts(Request call) => call.May(call.Query("participant")) ?? new Answer(new { drafts = call.Store.ListDrafts(call.By, call.Query("participant")) });

    private static Answer AddDraft(Request call, NewDraft body)
    {
        if ((call.Known(body.Participant) ?? call.May(body.Participant)) is { } problem)
        {
            return problem;
        }
        var id = call.Service<IIdSource>().NewDraft();
        call.Store.AddDraft(call.By, id, body.Participant, body.Kind, body.Form.GetRawText());
        return new Answer(new { id, version = 1 }, StatusCodes.Status201Created);
    }

    private static Answer FindDraft(Request call) => OfDraft(call, draft => new Answer(draft));

    private static Answer ChangeDraft(Request call, ChangedDraft body) =>
        OfDraft(call, draft => Moved(call, draft, call.Store.ChangeDraft(call.By, draft.Id, body.Version, body.Form.GetRawText())));

    private static Answer DeleteDraft(Request call) => OfDraft(call, draft => call.Store.DeleteDraft(call.By, draft.Id) ? Answer.Done : Answer.Of("unknown-draft"));

    private static Answer MoveDraft(Request call, MovedDraft body) => OfDraft(call, draft =>
    {
        var state = call.Service<Registry>().State;
        return body.State switch
        {
            DraftState.Cleared when call.By == draft.PreparedBy => Answer.Of("clearance-own", RefusalKind.Forbidden),
            DraftState.Cleared when !call.Acting.MayClear(draft.Participant, draft.PreparedBy) => Answer.Of("not-appointed", RefusalKind.Forbidden),
            DraftState.Recorded when !state.Pledges.ContainsKey(body.Recorded ?? "") && !state.Initiatives.ContainsKey(body.Recorded ?? "") => Answer.Of("unknown-pledge", RefusalKind.Invalid),
            _ => Moved(call, draft, call.Store.MoveDraft(call.By, draft.Id, body.Version, body.State, body.State == DraftState.Cleared ? call.By : body.Recorded)),
        };
    });

    private static Answer Moved(Request call, Draft draft, bool done) => done ? new Answer(new { version = draft.Version + 1 }) : Answer.Of("draft-moved");

    private static Answer ReadAccessLog(Request call)
    {
        var most = 100;
        return call.Query("most") is { } asked && !int.TryParse(asked, System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out most)
            ? Answer.Of("bad-parameter")
            : call.May(null) ?? new Answer(new { lines = call.Store.ReadAccessLog(call.By, most) });
    }

    // Whose it is is known only once it was read; what may not be seen is told like what isn't there.
    private static Answer OfContact(Request call, Func<Contact, Answer> answer) =>
        call.Store.FindContact(call.By, call.Route("actor")) is { } contact && call.Acting.MaySee(contact.Participant) ? answer(contact) : Answer.Of("unknown-contact");

    private static Answer OfDraft(Request call, Func<Draft, Answer> answer) =>
        call.Store.FindDraft(call.By, call.Route("id")) is { } draft && call.Acting.MaySee(draft.Participant) ? answer(draft) : Answer.Of("unknown-draft");

    private static RequestDelegate Call(Func<Request, Answer> answer) => context => AnswerAsync(context, () => ValueTask.FromResult(answer(new Request(context))));

    private static RequestDelegate Call<TBody>(Func<Request, TBody, Answer> answer) where TBody : class => context => AnswerAsync(context, async () =>
    {
        var (document, malformed) = await WriteEndpoint.ReadAsync(context);
        using (document)
        {
            try
            {
                return document is null ? new Answer(malformed!)
                    : document.Deserialize<TBody>(Strict) is { } body ? answer(new Request(context), body)
                    : Answer.Of("wrong-shape");
            }
            catch (JsonException e)
            {
                return new Answer(Problem.Of("wrong-shape", $"The body isn't of the shape that is needed here, at {e.Path}."));
            }
        }
    });

    private static async Task AnswerAsync(HttpContext context, Func<ValueTask<Answer>> make)
    {
        context.Response.Headers.CacheControl = "no-store";
        if (context.RequestServices.GetRequiredService<WriteGuard>().WhyNot(context) is { } reason)
        {
            await Problem.Of("not-allowed-here", $"This request may not read or write what is private. {reason}").WriteAsync(context);
            return;
        }
        Answer answer;
        try
        {
            answer = await make();
        }
        catch (PrivateLimitException e)
        {
            answer = new Answer(Problem.Of("private-too-long", e.Message, new FieldError("private-too-long", e.Field, e.Message)));
        }
        if (answer.Body is Problem problem)
        {
            await problem.WriteAsync(context);
            return;
        }
        context.Response.StatusCode = answer.Status;
        await (answer.Status == StatusCodes.Status204NoContent ? Task.CompletedTask : context.WriteJsonAsync(answer.Body));
    }

    /// <summary>What is answered: something to show, or a problem.</summary>
    private sealed record Answer(object Body, int Status = StatusCodes.Status200OK)
    {
        public static readonly Answer Done = new(new object(), StatusCodes.Status204NoContent);

        public static Answer Of(string code) => new(Problem.Of(code));

        public static Answer Of(string code, RefusalKind kind) => new(Refusals.ToProblem([new Refusal(code, ProblemCatalogue.Find(code)!.Title, null, kind)]));
    }

    private sealed class Request(HttpContext context)
    {
        public Acting Acting { get; } = context.RequestServices.GetRequiredService<Acting>();

        public IPrivateStore Store { get; } = context.RequestServices.GetRequiredService<IPrivateStore>();

        public string By => Acting.Actor;

        public T Service<T>() where T : notnull => context.RequestServices.GetRequiredService<T>();

        public string Route(string name) => (string)context.Request.RouteValues[name]!;

        public string? Query(string name) => context.Request.Query[name].LastOrDefault() is { Length: > 0 } value ? value : null;

        /// <summary>Null if the actor may see what is private to a participant; else the problem.</summary>
        public Answer? May(string? participant) =>
            Acting.MaySee(participant) ? null : Answer.Of(Acting.Appointments.Count == 0 ? "not-appointed" : "not-yours", RefusalKind.Forbidden);

        public Answer? Known(string participant) =>
            Service<Registry>().State.Participants.ContainsKey(participant) ? null : Answer.Of("unknown-participant", RefusalKind.Invalid);
    }
}

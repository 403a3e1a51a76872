using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Mvc.Filters;
using PledgeRegistry.Participants;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>A page of what is private: shown only where the guard lets write, and kept by no cache.</summary>
public abstract class PrivatePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public override async Task OnPageHandlerExecutionAsync(PageHandlerExecutingContext context, PageHandlerExecutionDelegate next)
    {
        Response.Headers.CacheControl = "no-store";
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            context.Result = Page();
            return;
        }
        await next();
    }

    /// <summary>What somebody is called, or that there is no name any more.</summary>
    public string NameOf(Contact? contact) => contact is null ? T["Contact.Unknown"] : contact.Details?.Name ?? T["Contact.Erased"];

    /// <summary>The roles, each in its scope, that an actor is appointed for today or later.</summary>
    public IReadOnlyList<Appointment> AppointmentsOf(Contact contact) =>
        [.. Show.Registry.State.Participants.GetValueOrDefault(contact.Participant)?.Appointments.Where(a => a.Actor == contact.Actor && a.OpenOn(Acting.Today)) ?? []];

    /// <summary>A contact that whoever is acted as may see, or null.</summary>
    protected Contact? FindContact(string actor) =>
        Store.FindContact(Acting.Actor, actor) is { } contact && Acting.MaySee(contact.Participant) ? contact : null;

    protected ContactDetails DetailsTyped() => new(
        Values.One("name") ?? "", Values.One("email"), Values.One("telephone"),
        [.. (Values.One("languages") ?? "").Split([',', ' '], StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)], Values.One("note"));

    /// <summary>True if what was typed of a contact can be kept; else the form says what is wrong.</summary>
    protected bool IsContact(ContactDetails details)
    {
        var wrong = details.Name.Length is 0 ? ("name", T["Refusal.missing"].Value)
            : details.Name.Length > IPrivateStore.MaxShortText ? ("name", T["Draft.TooLong"].Value)
            : details.Email is { } email && (email.Length > IPrivateStore.MaxShortText || email.Count(c => c == '@') != 1) ? ("email", T["Contact.EmailWrong"].Value)
            : details.Telephone?.Length > IPrivateStore.MaxShortText ? ("telephone", T["Draft.TooLong"].Value)
            : string.Join(' ', details.Languages).Length > IPrivateStore.MaxShortText ? ("languages", T["Draft.TooLong"].Value)
            : details.Note?.Length > IPrivateStore.MaxNote ? ("note", T["Draft.TooLong"].Value)
            : default((string, string)?);
        if (wrong is { } found)
        {
            Wrong(found.Item1, found.Item2);
        }
        return wrong is null;
    }
}

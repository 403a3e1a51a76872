using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Participants;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Web.Pages;

/// <summary>A page about one person of the directory.</summary>
public abstract class PersonPage(Show show, WriteGuard guard) : PrivatePage(show, guard)
{
    public Contact Contact { get; private set; } = null!;

    public IReadOnlyList<Appointment> Appointments => AppointmentsOf(Contact);

    protected bool Find(string actor)
    {
        if (FindContact(actor) is not { } contact)
        {
            return false;
        }
        Contact = contact;
        return true;
    }
}

/// <summary>A person of the directory: what is known, changed, erased; and acting as that person.</summary>
public sealed class ContactPage(Show show, WriteGuard guard) : PersonPage(show, guard)
{
    public IActionResult OnGet(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        if (Contact.Details is { } d)
        {
            Fill(FormValues.Of(new Dictionary<string, string?[]>
            {
                ["name"] = [d.Name],
                ["email"] = [d.Email],
                ["telephone"] = [d.Telephone],
                ["languages"] = [string.Join(", ", d.Languages)],
                ["note"] = [d.Note],
            }));
        }
        return Page();
    }

    public IActionResult OnPostChange(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        Take();
        var details = DetailsTyped();
        if (!IsContact(details))
        {
            return Page();
        }
        return Store.ChangeContact(Acting.Actor, actor, details) ? LocalRedirect($"/contacts/{actor}") : Wrong(null, T["Contact.Erased"]);
    }

    public IActionResult OnPostErase(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        Store.EraseContact(Acting.Actor, actor);
        return LocalRedirect($"/contacts/{actor}");
    }

    public IActionResult OnPostAct(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        Response.Cookies.Append(Acting.Cookie, actor, new CookieOptions { HttpOnly = true, IsEssential = true, SameSite = SameSiteMode.Strict, Secure = Request.IsHttps });
        return LocalRedirect("/contacts");
    }
}

/// <summary>Ends an appointment of a person, or hands everything over to somebody else.</summary>
public sealed class EndAppointmentPage(Show show, WriteGuard guard) : PersonPage(show, guard)
{
    /// <summary>The other people of the participant.</summary>
    public IReadOnlyList<Option> Others() =>
        [.. Store.ListContacts(Acting.Actor, Contact.Participant).Where(c => c.Actor != Contact.Actor && c.Details is not null).Select(c => new Option(c.Actor, c.Details!.Name))];

    public IReadOnlyList<Option> Open() =>
        [.. Appointments.Select(a => new Option($"{a.Role.Code()} {a.Scope}", $"{Show.Word("ActorRole", a.Role.Code())} ({a.Scope})"))];

    public IActionResult OnGet(string actor) => Find(actor) ? Page() : Missing(actor);

    public async Task<IActionResult> OnPostEndAsync(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        Take();
        var parts = (Values.One("appointment") ?? " ").Split(' ', 2);
        return await RecordAsync(
            new EndAppointment(Contact.Participant, actor, EnumOf<ActorRole>(parts[0]), parts[^1], Date("until")!, Values.One("reason") ?? ""), _ => $"/contacts/{actor}");
    }

    public async Task<IActionResult> OnPostHandOverAsync(string actor)
    {
        if (!Find(actor))
        {
            return Missing(actor);
        }
        Take();
        return await RecordAsync(new HandOver(Contact.Participant, actor, Values.One("to") ?? "", Date("on")!, Values.One("reason") ?? ""), _ => $"/contacts/{Values.One("to")}");
    }
}

/// <summary>Sets whether what is recorded for a participant needs a second person's clearance.</summary>
public sealed class ClearancePage(Show show, WriteGuard guard) : PrivatePage(show, guard)
{
    public void OnGet()
    {
    }

    public async Task<IActionResult> OnPostAsync()
    {
        Take();
        return await RecordAsync(new SetClearance(Values.One("code") ?? "", Values.One("required") == "yes", Values.One("reason") ?? ""), code => $"/participants/{code}");
    }
}

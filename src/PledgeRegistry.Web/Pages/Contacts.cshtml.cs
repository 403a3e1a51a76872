using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The contact directory, by participant.</summary>
public sealed class ContactsPage(Show show, WriteGuard guard) : PrivatePage(show, guard)
{
    public IReadOnlyList<Contact> Contacts { get; private set; } = [];

    public IActionResult OnGet()
    {
        var participant = Show.Asked("participant") is { Length: > 0 } asked ? asked : null;
        if (!Acting.MaySee(participant))
        {
            participant = Acting.Participant;
        }
        if (Acting.MaySee(participant))
        {
            Contacts = Store.ListContacts(Acting.Actor, participant);
        }
        return Page();
    }

    /// <summary>Goes back to acting as the local operator.</summary>
    public IActionResult OnPostStop()
    {
        Response.Cookies.Delete(Acting.Cookie);
        return LocalRedirect("/contacts");
    }
}

/// <summary>Who read or changed what is private.</summary>
public sealed class AccessLogPage(Show show, WriteGuard guard) : PrivatePage(show, guard)
{
    public const int Most = 500;

    public IReadOnlyList<AccessLine> Log { get; private set; } = [];

    public void OnGet() => Log = Acting.MaySee(null) ? Store.ReadAccessLog(Acting.Actor, Most) : [];
}

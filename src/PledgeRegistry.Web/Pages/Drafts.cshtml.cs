using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The drafts that whoever is acted as may see.</summary>
public sealed class DraftsPage(Show show, WriteGuard guard) : PrivatePage(show, guard)
{
    private Dictionary<string, Contact> people = [];

    public IReadOnlyList<Draft> Drafts { get; private set; } = [];

    public string? Kept => Show.Asked("kept");

    public IActionResult OnGet()
    {
        var participant = Acting.MaySee(null) ? null : Acting.Participant;
        if (Acting.MaySee(participant))
        {
            Drafts = Store.ListDrafts(Acting.Actor, participant);
            people = Store.ListContacts(Acting.Actor, participant).ToDictionary(c => c.Actor, StringComparer.Ordinal);
        }
        return Page();
    }

    public string PersonOf(string actor) => actor == LocalOperator.Actor ? T["Acting.TheOperator"] : NameOf(people.GetValueOrDefault(actor));

    public static string? PathOf(string recorded, DraftKind kind) => kind == DraftKind.Initiative ? $"/initiatives/{recorded}" : $"/pledges/{recorded}";

    public IActionResult OnPostDelete(string id)
    {
        if (Store.FindDraft(Acting.Actor, id) is not { } draft || !Acting.MaySee(draft.Participant))
        {
            return Missing(id);
        }
        Store.DeleteDraft(Acting.Actor, id);
        return LocalRedirect("/drafts");
    }

    /// <summary>Opens the form that the draft is of, filled in.</summary>
    public IActionResult OnGetOpen(string id)
    {
        if (Store.FindDraft(Acting.Actor, id) is not { } draft || !Acting.MaySee(draft.Participant))
        {
            return Missing(id);
        }
        using var form = JsonDocument.Parse(draft.Form!);
        var page = form.RootElement.TryGetProperty("page", out var kept) && kept.ValueKind == JsonValueKind.Array && kept.GetArrayLength() == 1 ? kept[0].GetString() : null;
        return Url.IsLocalUrl(page) ? LocalRedirect($"{page}?draft={draft.Id}") : Missing(id);
    }
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The partnerships: goals that several pledges serve together.</summary>
public sealed class PartnershipsPage(Show show) : RegistryPage(show)
{
    public PartnershipList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListPartnerships(Reading));
        return Shown(PartnershipList.View, "/api/partnerships");
    }
}

/// <summary>One partnership, and the pledges under its goal.</summary>
public sealed class PartnershipPage(Show show) : RegistryPage(show)
{
    public PartnershipView View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetPartnership(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        await ReadReceiptAsync($"partnership/{id}");
        return Shown(PartnershipView.View, $"/api/partnerships/{id}");
    }
}

/// <summary>The form to record a partnership.</summary>
public sealed class NewPartnershipPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public void OnGet() => MayWrite();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take() ? await RecordAsync(new FormPartnership(Values.One("id") ?? "", Content()), id => $"/partnerships/{id}") : Page();
    }

    private PartnershipContent Content() => new(TextsOf("content.names"), TextsOf("content.goal"), Values.One("content.convener"), Values.Source("content.source"));

    private Texts TextsOf(string field) => new(
        Languages.All.Select(l => KeyValuePair.Create(l, Values.One($"{field}.{l}") ?? "")).Where(t => t.Value.Length > 0));
}

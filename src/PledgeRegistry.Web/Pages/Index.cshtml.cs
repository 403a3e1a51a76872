using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Web.Pages;

/// <summary>What the registry is, in numbers, and the ways into it.</summary>
public sealed class HomePage(Show show) : RegistryPage(show)
{
    public RegistrySummary Summary { get; private set; } = null!;
    public HistoryView Newest { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Summary = await Ask(new GetRegistrySummary(Reading));
        Newest = await Ask(new GetHistory(Reading, Limit: 8, NewestFirst: true));
        return Shown(RegistrySummary.View, "/api/registry");
    }
}

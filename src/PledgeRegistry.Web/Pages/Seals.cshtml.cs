using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Seals;

namespace PledgeRegistry.Web.Pages;

/// <summary>What was sealed, the latest first, and whether this release still makes it.</summary>
public sealed class SealsPage(Show show) : RegistryPage(show)
{
    public SealList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        var before = long.TryParse(Show.Asked("before"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var position) ? position : (long?)null;
        List = await Ask(new ListSeals(Reading, before));
        return Shown(SealList.View, "/api/seals", "before");
    }
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Duplicates;

namespace PledgeRegistry.Web.Pages;

/// <summary>Pledges that look like each other, for whoever keeps the registry.</summary>
public sealed class DuplicatesPage(Show show) : RegistryPage(show)
{
    public DuplicatePairs View { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        View = await Ask(new ListDuplicates(Reading));
        return Shown(DuplicatePairs.View, "/api/duplicates");
    }
}

/// <summary>What looks like one pledge.</summary>
public sealed class PledgeAlikePage(Show show) : RegistryPage(show)
{
    public string Id { get; private set; } = "";
    public IReadOnlyList<DuplicateCandidate> Alike { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new FindDuplicatesOf(Reading, id)) is not { } found)
        {
            return Missing(id);
        }
        (Id, Alike) = (id, found.Candidates);
        return Shown(DuplicateList.View, $"/api/pledges/{id}/duplicates");
    }
}

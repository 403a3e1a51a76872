using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Frameworks;
using PledgeRegistry.Projections.Initiatives;

namespace PledgeRegistry.Web.Pages;

/// <summary>Initiatives: policies, programmes, projects and news.</summary>
public sealed class InitiativesPage(Show show) : RegistryPage(show)
{
    public InitiativeList List { get; private set; } = null!;
    public FrameworkView? Kinds { get; private set; }
    public FrameworkView? Areas { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListInitiatives(Reading, Filter("participant"), Filter("kind"), Filter("area"), Filter("meeting"), Filter("after")));
        Kinds = await Ask(new GetFramework(Reading, "initiative-kind"));
        Areas = await Ask(new GetFramework(Reading, "rcm-areas"));
        return Shown(InitiativeList.View, "/api/initiatives", "participant", "kind", "area", "meeting", "after");
    }

    private string? Filter(string parameter) => Show.Asked(parameter) is { Length: > 0 } value ? value : null;
}

/// <summary>An initiative at a basis, and its history.</summary>
public sealed class InitiativePage(Show show) : RegistryPage(show)
{
    public InitiativeView View { get; private set; } = null!;
    public HistoryView History { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetInitiative(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        History = await Ask(new GetHistory(Reading, Stream: $"initiative/{id}", Limit: 1000));
        await ReadReceiptAsync($"initiative/{id}");
        return Shown(InitiativeView.View, $"/api/initiatives/{id}");
    }
}

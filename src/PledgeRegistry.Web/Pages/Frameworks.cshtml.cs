using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Frameworks;

namespace PledgeRegistry.Web.Pages;

/// <summary>The frameworks and code lists.</summary>
public sealed class FrameworksPage(Show show) : RegistryPage(show)
{
    public FrameworkList Frameworks { get; private set; } = null!;
    public FrameworkList Lists { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        Frameworks = await Ask(new ListFrameworks(Reading));
        Lists = await Ask(new ListFrameworks(Reading, CodeLists: true));
        return Shown(FrameworkList.View, "/api/frameworks");
    }
}

/// <summary>One version of a framework or code list, with its items.</summary>
public sealed class FrameworkPage(Show show) : RegistryPage(show)
{
    public FrameworkView View { get; private set; } = null!;

    /// <summary>Both ways; none for a code list.</summary>
    public IReadOnlyList<CrosswalkView> Crosswalks { get; private set; } = [];

    /// <summary>What is mapped to this version and belongs to a later one; null for a code list.</summary>
    public MappingsToMove? ToMove { get; private set; }

    public async Task<IActionResult> OnGetAsync(string scheme, string? version)
    {
        var framework = version is null ? scheme : $"{scheme}/{version}";
        if (await Ask(new GetFramework(Reading, framework)) is not { } view)
        {
            return Missing(framework);
        }
        View = view;
        Crosswalks = (await Ask(new GetCrosswalks(Reading, view.Id)))?.Crosswalks ?? [];
        ToMove = await Ask(new GetMappingsToMove(Reading, view.Id));
        return Shown(FrameworkView.View, $"/api/frameworks/{view.Id}");
    }
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Frameworks;

namespace PledgeRegistry.Web.Pages;

/// <summary>The frameworks whose coverage can be read.</summary>
public sealed class CoverageListPage(Show show) : RegistryPage(show)
{
    public FrameworkList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListFrameworks(Reading));
        return Shown(FrameworkList.View, "/api/frameworks");
    }
}

/// <summary>Where there is something for a framework's items, and where there is nothing.</summary>
public sealed class CoveragePage(Show show) : RegistryPage(show)
{
    public CoverageView View { get; private set; } = null!;

    /// <summary>What the coverage's table needs, on another page.</summary>
    public static CoveragePage Over(CoverageView view, Show show) => new(show) { View = view };

    /// <summary>Items under others are left out unless asked for.</summary>
    public bool All => Show.Asked("all") == "1";

    /// <summary>What comes through crosswalks is shown apart.</summary>
    public bool Through => Show.Asked("through") == "crosswalks";

    public bool EmptyOnly => Show.Asked("empty") == "1";

    public IEnumerable<CoverageItem> Items => View.Items.Where(i => (All || i.Parent is null) && (!EmptyOnly || i.IsEmpty));

    public async Task<IActionResult> OnGetAsync(string scheme, string? version)
    {
        var framework = version is null ? scheme : $"{scheme}/{version}";
        if (await Ask(new GetFrameworkCoverage(Reading, framework, Through: Through)) is not { } view)
        {
            return Missing(framework);
        }
        View = view;
        return Shown(CoverageView.View, version is null ? $"/api/frameworks/{scheme}/coverage" : $"/api/frameworks/{scheme}/coverage?version={Uri.EscapeDataString(version)}", "through");
    }
}

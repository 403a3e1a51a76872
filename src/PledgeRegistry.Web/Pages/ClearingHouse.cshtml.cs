using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.ClearingHouse;
using PledgeRegistry.Projections.Frameworks;

namespace PledgeRegistry.Web.Pages;

/// <summary>The clearing house: lessons, good practices and reusable material.</summary>
public sealed class ClearingHousePage(Show show) : RegistryPage(show)
{
    private const int OnAPage = 100;

    public ClearingHouseView View { get; private set; } = null!;

    /// <summary>The lists to filter by: the parameter, the word for it, and the codes.</summary>
    public IReadOnlyList<(string Name, string Word, FrameworkView? Codes)> Lists { get; private set; } = [];

    /// <summary>How many to leave out for the next page, or null on the last.</summary>
    public long? Next { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        var skip = long.TryParse(Show.Asked("skip"), out var asked) && asked > 0 ? asked : 0;
        MaterialKind? kind = Kebab.TryParse<MaterialKind>(Show.Asked("kind"), out var known) ? known : null;
        View = await Ask(new GetClearingHouse(
            Reading, kind, Filter("item"), Filter("participant"), Filter("population"), Filter("condition"), Filter("stage"), Filter("text"), skip, OnAPage));
        Next = skip + View.Materials.Count < View.Count ? skip + View.Materials.Count : null;
        Lists =
        [
            ("population", T["Pledge.Populations"], await Ask(new GetFramework(Reading, "population"))),
            ("condition", T["Pledge.Conditions"], await Ask(new GetFramework(Reading, "condition"))),
            ("stage", T["Pledge.JourneyStages"], await Ask(new GetFramework(Reading, "journey-stage"))),
        ];
        return Shown(ClearingHouseView.View, "/api/clearing-house", "kind", "item", "participant", "population", "condition", "stage", "text", "skip");
    }

    private string? Filter(string parameter) => Show.Asked(parameter) is { Length: > 0 } value ? value : null;
}

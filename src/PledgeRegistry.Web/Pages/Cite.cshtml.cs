using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Versions;
using PledgeRegistry.Web.Citation;

namespace PledgeRegistry.Web.Pages;

/// <summary>How a view at this basis is cited, with what reference managers read.</summary>
public sealed class CitePage(Show show) : RegistryPage(show)
{
    public CitationView Made { get; private set; } = null!;

    /// <summary>What is cited, at the basis at which it is.</summary>
    public string Back => Show.To(Show.Asked("of")!);

    /// <summary>The file of a kind, at this basis in so many words: the same whenever it is fetched.</summary>
    public string File(string ending) => Show.AtThisBasis($"/cite.{ending}", ("of", Show.Asked("of")), ("lang", Show.Language));

    public IActionResult OnGet()
    {
        // Who puts in the address of a page as it was shown cites what was shown.
        if (Show.IsNow && Citations.BasisIn(Show.Asked("of")) is { Count: > 0 } basis)
        {
            return Redirect(Show.Here([("of", Citations.WithoutBasis(Show.Asked("of")!)), .. basis.Select(b => (b.Name, (string?)b.Value))]));
        }
        if (HttpContext.RequestServices.GetRequiredService<Citations>().Make(Show.Asked("of")) is not { } made)
        {
            return Missing(Show.Asked("of") ?? "");
        }
        Made = made;
        return Shown(CitationView.View, "/api/citation", "of");
    }
}

/// <summary>The versions of the registry to cite.</summary>
public sealed class VersionsPage(Show show) : RegistryPage(show)
{
    private const int OnAPage = 100;

    public VersionList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new GetVersions(Reading, long.TryParse(Show.Asked("skip"), System.Globalization.NumberStyles.None, System.Globalization.CultureInfo.InvariantCulture, out var skip) ? skip : 0, OnAPage));
        return Shown(VersionList.View, "/api/versions", "skip");
    }
}

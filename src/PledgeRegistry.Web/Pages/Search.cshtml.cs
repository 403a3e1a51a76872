using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.Search;

namespace PledgeRegistry.Web.Pages;

/// <summary>Where words stand, in all that was public at the basis.</summary>
public sealed class SearchPage(Show show) : RegistryPage(show)
{
    private const int OnAPage = 20;

    public SearchView View { get; private set; } = null!;

    public string Text => Show.Asked("q") ?? "";

    /// <summary>The kind that is asked for, or null for all.</summary>
    public SearchKind? Kind => Kebab.TryParse<SearchKind>(Show.Asked("kind"), out var kind) ? kind : null;

    /// <summary>The number of the first one on this page, from 1.</summary>
    public long First { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (UnlessOneOf("kind", Kebab.Codes<SearchKind>()) is { } refused)
        {
            return refused;
        }
        var skip = long.TryParse(Show.Asked("skip"), NumberStyles.None, CultureInfo.InvariantCulture, out var asked) ? asked : 0;
        View = await Ask(new GetSearch(Reading, Text, Kind, skip, OnAPage));
        First = skip + 1;
        return Shown(SearchView.View, "/api/search", View.Outcome == SearchOutcome.TooLong ? [] : Kind is null ? ["q", "skip"] : ["q", "kind", "skip"]);
    }

    /// <summary>The page of what was found, at the same basis.</summary>
    public string To(SearchHit hit) => hit.Kind switch
    {
        SearchKind.Pledge => Show.To($"/pledges/{hit.Id}") + (hit.Field == SearchField.Report ? $"#report-{hit.Report}" : ""),
        SearchKind.Initiative => Show.To($"/initiatives/{hit.Id}"),
        SearchKind.Need or SearchKind.Offer => Show.To($"/exchange/{hit.Id}"),
        SearchKind.Partnership => Show.To($"/partnerships/{hit.Id}"),
        SearchKind.Participant => Show.To($"/participants/{hit.Id}"),
        SearchKind.Meeting => Show.To($"/meetings/{hit.Id}"),
        SearchKind.Series => Show.To($"/series/{hit.Id}"),
        SearchKind.Source => Show.To($"/sources/{hit.Id}"),
        SearchKind.Framework => Show.To($"/frameworks/{hit.Id}"),
        _ => Show.To($"/frameworks/{hit.Id[..hit.Id.LastIndexOf('/')]}") + "#" + Uri.EscapeDataString(Code(hit)),
    };

    /// <summary>The code that a hit is known by.</summary>
    public static string Code(SearchHit hit) => hit.Kind == SearchKind.FrameworkItem ? hit.Id[(hit.Id.LastIndexOf('/') + 1)..] : hit.Id;
}

/// <summary>A text in pieces, and its language.</summary>
public sealed record PiecesModel(IReadOnlyList<TextPiece> Pieces, string Language);

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

    /// <summary>The page of a sealed view and its name in the reader's language; null for a view that this release has no page of.</summary>
    public (string Path, string Word)? PageOf(SealedViewItem view) => (view.View.Split('/')[0], view.Parameters) switch
    {
        ("rcm-grid", []) => ("/rcm/grid", Show.Word("ComparedView", "rcm-grid")),
        ("imrf-follow-up", [var cycle]) => ($"/imrf/{cycle.Value}", T["ComparedView.imrf-follow-up", cycle.Value].Value),
        ("coverage", [var framework]) => ($"/coverage/{framework.Value}", T["ComparedView.coverage", Show.Models.Frameworks.At(framework.Value, Reading.Size)?.Name(Show.Language) ?? framework.Value].Value),
        ("pledges", []) => ("/pledges", Show.Word("ComparedView", "pledges")),
        ("initiatives", []) => ("/initiatives", Show.Word("ComparedView", "initiatives")),
        ("participants", []) => ("/participants", Show.Word("ComparedView", "participants")),
        ("meetings", []) => ("/meetings", Show.Word("ComparedView", "meetings")),
        _ => null,
    };
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Web.Codebook;

namespace PledgeRegistry.Web.Pages;

/// <summary>The codebook: what everything that is recorded, asked and answered here means.</summary>
public sealed class CodebookPage(Show show) : RegistryPage(show)
{
    /// <summary>Its parts, one a page.</summary>
    public static readonly IReadOnlyList<string> Parts = ["events", "records", "commands", "codes", "states", "problems", "views"];

    /// <summary>The part that is shown, or null for the index of all.</summary>
    public string? Part { get; private set; }

    public CodebookView View { get; private set; } = null!;

    public IActionResult OnGet(string? part)
    {
        if (part is not null && !Parts.Contains(part))
        {
            return Missing(part);
        }
        Part = part;
        View = CodebookBuilder.Build(Show.Models, Reading);
        return Shown(CodebookView.View, "/api/codebook");
    }
}

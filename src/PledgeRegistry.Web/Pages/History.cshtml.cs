using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Web.Pages;

/// <summary>Every entry, newest first, or those of a participant.</summary>
public sealed class HistoryPage(Show show) : RegistryPage(show)
{
    public HistoryView View { get; private set; } = null!;
    public string? Participant { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        if (UnlessEntry("from") is { } refused)
        {
            return refused;
        }
        Participant = Show.Asked("participant") is { Length: > 0 } code ? code : null;
        long? from = long.TryParse(Show.Asked("from"), out var position) ? position : null;
        View = await Ask(new GetHistory(Reading, Participant: Participant, From: from, Limit: 50, NewestFirst: true));
        return Shown(HistoryView.View, "/api/history?newestFirst=true&limit=50", "participant", "from");
    }
}

/// <summary>The history of one pledge, on a page of its own.</summary>
public sealed class PledgeHistoryPage(Show show) : RegistryPage(show)
{
    public HistoryView View { get; private set; } = null!;
    public string Id { get; private set; } = "";

    public async Task<IActionResult> OnGetAsync(string id)
    {
        Id = id;
        View = await Ask(new GetHistory(Reading, Stream: $"pledge/{id}", Limit: 1000));
        return View.Count == 0 ? Missing(id) : Shown(HistoryView.View, $"/api/pledges/{id}/history");
    }
}

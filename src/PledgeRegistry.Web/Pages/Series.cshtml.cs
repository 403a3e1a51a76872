using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Web.Pages;

/// <summary>The series of meetings.</summary>
public sealed class SeriesListPage(Show show) : RegistryPage(show)
{
    public SeriesList List { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync()
    {
        List = await Ask(new ListSeries(Reading));
        return Shown(SeriesList.View, "/api/series");
    }
}

/// <summary>A series: what its settings mean, its meetings, and the regular ones before and after the day of the reading.</summary>
public sealed class SeriesPage(Show show) : RegistryPage(show)
{
    public SeriesView View { get; private set; } = null!;

    /// <summary>What was recorded of its settings, oldest first.</summary>
    public IReadOnlyList<HistoryLine> Changes { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string code)
    {
        if (await Ask(new GetSeries(Reading, code)) is not { } view)
        {
            return Missing(code);
        }
        View = view;
        Changes = (await Ask(new GetHistory(Reading, Stream: $"series/{code}"))).Lines;
        await ReadReceiptAsync($"series/{code}");
        return Shown(SeriesView.View, $"/api/series/{code}");
    }
}

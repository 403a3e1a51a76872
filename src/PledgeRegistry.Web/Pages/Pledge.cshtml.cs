using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Smart;

namespace PledgeRegistry.Web.Pages;

/// <summary>A pledge at a basis, and its whole history below it.</summary>
public sealed class PledgePage(Show show) : RegistryPage(show)
{
    public PledgeView View { get; private set; } = null!;
    public HistoryView History { get; private set; } = null!;
    public SmartView Smart { get; private set; } = null!;

    /// <summary>What can be recorded about it; of the past nothing is recorded.</summary>
    public IReadOnlyList<(string Group, IReadOnlyList<string> Doings)> Doings { get; private set; } = [];

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetPledge(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        History = await Ask(new GetHistory(Reading, Stream: $"pledge/{id}", Limit: 1000));
        Smart = (await Ask(new GetSmart(Reading, id)))!;
        await ReadReceiptAsync($"pledge/{id}");
        var head = Show.Registry.State;
        Doings = Show.IsNow ? PledgeDoings.Of(head, head.Pledges[id], Reading.On) : [];
        return Shown(PledgeView.View, $"/api/pledges/{id}");
    }
}

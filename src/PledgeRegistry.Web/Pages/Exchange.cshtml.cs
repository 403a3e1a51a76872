using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Projections.Frameworks;

namespace PledgeRegistry.Web.Pages;

/// <summary>Needs and offers, and what might fit.</summary>
public sealed class ExchangePage(Show show) : RegistryPage(show)
{
    public ExchangeList List { get; private set; } = null!;
    public SuggestionList Suggestions { get; private set; } = null!;
    public FrameworkView? Natures { get; private set; }

    public async Task<IActionResult> OnGetAsync()
    {
        Direction? direction = Kebab.TryParse<Direction>(Show.Asked("direction"), out var asked) ? asked : null;
        bool? open = Show.Asked("open") switch { "true" => true, "false" => false, _ => null };
        List = await Ask(new ListExchange(Reading, direction, Filter("participant"), Filter("nature"), Filter("item"), Filter("place"), open, Filter("after")));
        Suggestions = await Ask(new GetSuggestions(Reading, Filter("participant"), Limit: 20));
        Natures = await Ask(new GetFramework(Reading, "nature"));
        return Shown(ExchangeList.View, "/api/exchange", "direction", "participant", "nature", "item", "place", "open", "after");
    }

    private string? Filter(string parameter) => Show.Asked(parameter) is { Length: > 0 } value ? value : null;
}

/// <summary>A need or an offer at a basis, with its matches and its history.</summary>
public sealed class ExchangeEntryPage(Show show) : RegistryPage(show)
{
    public ExchangeView View { get; private set; } = null!;
    public SuggestionList Suggestions { get; private set; } = null!;
    public HistoryView History { get; private set; } = null!;

    public async Task<IActionResult> OnGetAsync(string id)
    {
        if (await Ask(new GetExchangeEntry(Reading, id)) is not { } view)
        {
            return Missing(id);
        }
        View = view;
        Suggestions = await Ask(new GetSuggestions(Reading, Entry: id, Limit: 10));
        History = await Ask(new GetHistory(Reading, Stream: $"exchange/{id}", Limit: 1000));
        await ReadReceiptAsync($"exchange/{id}");
        return Shown(ExchangeView.View, $"/api/exchange/{id}");
    }
}

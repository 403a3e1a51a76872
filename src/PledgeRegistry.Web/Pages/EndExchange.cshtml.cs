using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form that says that a need or an offer is no longer open.</summary>
public sealed class CloseExchangePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public ExchangeView View { get; private set; } = null!;

    public IReadOnlyList<Option> Ways() => [.. Kebab.Codes<Closing>().Select(c => new Option(c, Show.Word("ExchangeStatus", c)))];

    public async Task<IActionResult> OnGetAsync(string id)
    {
        MayWrite();
        return await FindAsync(id) ? Page() : Missing(id);
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return Missing(id);
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take()
            ? await RecordAsync(new CloseNeedOrOffer(id, View.Version, EnumOf<Closing>(Values.One("how")), Date("from")!, Values.One("reason") ?? ""), entry => $"/exchange/{entry}")
            : Page();
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await Ask(new GetExchangeEntry(Reading, id)) is not { } view)
        {
            return false;
        }
        View = view;
        return true;
    }
}

/// <summary>The form in which a side, or who proposed it, ends a match.</summary>
public sealed class EndMatchPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public MatchView Match { get; private set; } = null!;

    /// <summary>Who can end it.</summary>
    public IReadOnlyList<Option> Whose() => [.. Match.Sides.Append(Match.By).DistinctBy(s => s.Id).Select(s => new Option(s.Id, $"{s.Name} ({s.Id})"))];

    public async Task<IActionResult> OnGetAsync(string need, int number)
    {
        MayWrite();
        return await FindAsync(need, number) ? Page() : Missing($"{need} {Show.Plain(number)}");
    }

    public async Task<IActionResult> OnPostAsync(string need, int number)
    {
        if (!await FindAsync(need, number))
        {
            return Missing($"{need} {Show.Plain(number)}");
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take()
            ? await RecordAsync(new EndMatch(need, number, Values.One("by") ?? "", Date("from")!, Values.One("reason") ?? ""), entry => $"/exchange/{entry}")
            : Page();
    }

    private async Task<bool> FindAsync(string need, int number)
    {
        var view = await Ask(new GetExchangeEntry(Reading, need));
        if (view?.Matches.FirstOrDefault(m => m.Need.Id == need && m.Number == number) is not { } match)
        {
            return false;
        }
        Match = match;
        return true;
    }
}

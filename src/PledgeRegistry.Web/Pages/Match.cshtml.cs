using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form in which anybody proposes that an offer meets a need.</summary>
public sealed class ProposeMatchPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public ExchangeView View { get; private set; } = null!;

    /// <summary>The open offers of others.</summary>
    public IReadOnlyList<Option> Offers { get; private set; } = [];

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
            ? await RecordAsync(new ProposeMatch(id, Values.One("offer") ?? "", Values.One("by") ?? "", Date("on")!, Values.One("reason") ?? ""), need => $"/exchange/{need}")
            : Page();
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await Ask(new GetExchangeEntry(Reading, id)) is not { Content.Direction: Direction.Need } view)
        {
            return false;
        }
        View = view;
        var offers = await Ask(new ListExchange(Reading, Direction.Offer, Open: true, Limit: 500));
        Offers = [.. offers.Entries.Where(o => o.Participant.Id != view.Participant.Id).Select(o => new Option(o.Id, $"{o.Title} – {o.Participant.Name} ({o.Id})"))];
        return true;
    }
}

/// <summary>The form in which one side of a match accepts or declines it.</summary>
public sealed class AnswerMatchPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public MatchView Match { get; private set; } = null!;

    public IReadOnlyList<Option> Sides() => [.. Match.Waiting.Select(w => new Option(w, $"{Match.Sides.First(s => s.Id == w).Name} ({w})"))];

    public IReadOnlyList<Option> Answers() => [.. Kebab.Codes<MatchAnswer>().Select(a => new Option(a, Show.Word("MatchAnswer", a)))];

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
        return Take() ? await RecordAsync(Command(need, number), id => $"/exchange/{id}") : Page();
    }

    private AnswerMatch Command(string need, int number) => new(
        need, number, Values.One("party") ?? "", EnumOf<MatchAnswer>(Values.One("answer")), Date("on")!, Values.One("text") ?? "", Values.One("language") ?? "");

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

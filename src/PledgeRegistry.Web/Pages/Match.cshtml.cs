using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Projections.Exchange;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form in which anybody proposes that an offer meets a need.</summary>
public sealed class ProposeMatchPage(Show show, WriteGuard guard) : ExchangeForm(show, guard)
{
    /// <summary>The open offers of others.</summary>
    public IReadOnlyList<Option> Offers { get; private set; } = [];

    protected override async Task<bool> IsThereAsync()
    {
        var offers = await Ask(new ListExchange(Reading, Direction.Offer, Open: true, Limit: 500));
        Offers = [.. offers.Entries.Where(o => o.Participant.Id != View.Participant.Id).Select(o => new Option(o.Id, $"{o.Title} – {o.Participant.Name} ({o.Id})"))];
        return View.Content.Direction == Direction.Need;
    }

    protected override Task<IActionResult> SendAsync() =>
        RecordAsync(new ProposeMatch(Id, Values.One("offer") ?? "", Values.One("by") ?? "", Date("on")!, Values.One("reason") ?? ""));
}

/// <summary>The form in which one side of a match accepts or declines it.</summary>
public sealed class AnswerMatchPage(Show show, WriteGuard guard) : MatchForm(show, guard)
{
    public IReadOnlyList<Option> Sides() => [.. Match.Waiting.Select(w => new Option(w, $"{Match.Sides.First(s => s.Id == w).Name} ({w})"))];

    public IReadOnlyList<Option> Answers() => [.. Kebab.Codes<MatchAnswer>().Select(a => new Option(a, Show.Word("MatchAnswer", a)))];

    protected override Task<IActionResult> SendAsync() => RecordAsync(new AnswerMatch(
        Id, Match.Number, Values.One("party") ?? "", EnumOf<MatchAnswer>(Values.One("answer")), Date("on")!, Values.One("text") ?? "", Values.One("language") ?? ""));
}

/// <summary>The form in which a side, or who proposed it, ends a match.</summary>
public sealed class EndMatchPage(Show show, WriteGuard guard) : MatchForm(show, guard)
{
    /// <summary>Who can end it.</summary>
    public IReadOnlyList<Option> Whose() => [.. Match.Sides.Append(Match.By).DistinctBy(s => s.Id).Select(s => new Option(s.Id, $"{s.Name} ({s.Id})"))];

    protected override Task<IActionResult> SendAsync() => RecordAsync(new EndMatch(Id, Match.Number, Values.One("by") ?? "", Date("from")!, Values.One("reason") ?? ""));
}

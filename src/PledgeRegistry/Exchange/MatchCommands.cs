using PledgeRegistry.Writing;

namespace PledgeRegistry.Exchange;

/// <summary>Proposes that an offer meets a need, at least in part. Anybody can, with a reason; it stands once both sides accepted it.</summary>
/// <param name="Need">The need's public id.</param>
/// <param name="Offer">The offer's public id.</param>
/// <param name="By">Who proposes it.</param>
public sealed record ProposeMatch(string Need, string Offer, string By, EffectiveDate On, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => ExchangeRules.Of(head, Need, "need", need =>
    {
        var offer = head.Exchange.GetValueOrDefault(Offer ?? "");
        var check = new Check(head)
            .That(offer is not null, "unknown-exchange", $"No need or offer has the id '{Offer}'.", "offer", RefusalKind.Invalid, Offer ?? "")
            .That(need.Content.Direction == Direction.Need, "not-a-need", $"'{Need}' is an offer; a match is of a need and an offer.", "need", RefusalKind.Conflict, Need)
            .Participant(By, "by").Date(On, "on").Text(Reason, "reason")
            .Open(need, Need, "need").OpenOn(need, Need, On, "need");
        if (offer is not null)
        {
            check.That(offer.Content.Direction == Direction.Offer, "not-an-offer", $"'{Offer}' is a need; a match is of a need and an offer.", "offer", RefusalKind.Invalid, Offer!)
                .Open(offer, Offer!, "offer").OpenOn(offer, Offer!, On, "offer")
                .That(offer.Content.Participant != need.Content.Participant, "own-match", "Both are of the same participant, which needs no match for that.", "offer")
                .That(!need.Matches.Exists(m => m.Open && m.Proposed.Offer == Offer), "match-open", $"'{Offer}' is matched with this need already.", "offer", RefusalKind.Conflict, Offer!);
        }
        return check.Refusal ?? ExchangeRules.Accept(Need, new ExchangeEvent.MatchProposed(need.Matches.Count + 1, Offer!, By, On, Reason));
    });
}

/// <summary>One side accepts or declines a match. Until both have accepted it may still think better of it; then it ends the match.</summary>
/// <param name="Match">The number of the match, counted from 1 in the need.</param>
/// <param name="Party">The side that answers.</param>
public sealed record AnswerMatch(string Need, int Match, string Party, MatchAnswer Answer, EffectiveDate On, string Text, string Language) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => MatchRules.Of(head, Need, Match, (need, match) =>
    {
        var offer = head.Exchange[match.Proposed.Offer];
        var answered = new ExchangeEvent.MatchAnswered(Match, Party, Answer, On, Text, Language);
        if (match.Answers.GetValueOrDefault(Party ?? "") == answered)
        {
            return Decision.NothingToDo;
        }
        var check = new Check(head).Participant(Party, "party")
            .That(Enum.IsDefined(Answer), "unknown-code", "A match is accepted or declined.", "answer", RefusalKind.Invalid, $"{Answer}", "match-answer")
            .Date(On, "on").InOrder(match.Proposed.On, On, "It would be answered before it was proposed.", "on", "before-proposed")
            .InOrder(match.Answers.GetValueOrDefault(Party ?? "")?.On, On, "This side gave a later answer already.", "on", "before-answered")
            .Text(Text, "text").Language(Language, "language")
            .That(Party == need.Content.Participant || Party == offer.Content.Participant, "not-a-side", $"'{Party}' is neither of the two sides of this match.", "party", RefusalKind.Invalid, Party ?? "")
            .That(match.Open, "match-over", "This match was declined or has ended; propose a new one.", "match", RefusalKind.Conflict)
            .That(!match.Stands, "match-stands", "Both sides accepted this match. End it if it no longer holds.", "match", RefusalKind.Conflict);
        if (Answer == MatchAnswer.Accepted)
        {
            check.Open(need, Need, "match").Open(offer, match.Proposed.Offer, "match");
        }
        return check.Refusal ?? ExchangeRules.Accept(Need, answered);
    });
}

/// <summary>Ends a match, from a date on, with why. One of its sides can, and who proposed it.</summary>
public sealed record EndMatch(string Need, int Match, string By, EffectiveDate From, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => MatchRules.Of(head, Need, Match, (need, match) =>
        match.Ended
            ? Decision.NothingToDo
            : new Check(head).Participant(By, "by").Date(From, "from").InOrder(match.Proposed.On, From, "It would end before it was proposed.", "from", "before-proposed").Text(Reason, "reason")
                .That(By == need.Content.Participant || By == head.Exchange[match.Proposed.Offer].Content.Participant || By == match.Proposed.By,
                    "not-a-side", $"'{By}' is neither of the two sides of this match, nor did it propose it.", "by", RefusalKind.Invalid, By ?? "")
                .That(match.Open, "match-over", "This match was declined, so it is over already.", "match", RefusalKind.Conflict)
                .Refusal
              ?? ExchangeRules.Accept(Need, new ExchangeEvent.MatchEnded(Match, By!, From, Reason)));
}

internal static class MatchRules
{
    public static Decision Of(RegistryState head, string need, int number, Func<ExchangeState, MatchState, Decision> decide) => ExchangeRules.Of(head, need, "need", entry =>
        number >= 1 && number <= entry.Matches.Count
            ? decide(entry, entry.Matches[number - 1])
            : Decision.Refuse(new Refusal("unknown-match", $"'{need}' has no match {number}.", "match", RefusalKind.NotFound, $"{number}")));

    public static Check OpenOn(this Check check, ExchangeState entry, string id, EffectiveDate? on, string field) => check.That(
        on?.IsValid() != true || entry.Content.OpenUntil is not { } until || on.First() <= until.Last(),
        "no-longer-open", $"'{id}' was open only until {entry.Content.OpenUntil}. Correct that date if it holds on.", field, RefusalKind.Conflict, id, entry.Content.OpenUntil?.ToString() ?? "");
}

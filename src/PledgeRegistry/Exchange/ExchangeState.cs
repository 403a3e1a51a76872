using System.Collections.Immutable;

namespace PledgeRegistry.Exchange;

/// <summary>What decisions need to know of a match.</summary>
/// <param name="Answers">Each side's latest answer, by its participant's code.</param>
public sealed record MatchState(ExchangeEvent.MatchProposed Proposed, ImmutableDictionary<string, ExchangeEvent.MatchAnswered> Answers, bool Ended)
{
    /// <summary>Nobody declined it, and it didn't end.</summary>
    public bool Open => !Ended && Answers.Values.All(a => a.Answer == MatchAnswer.Accepted);

    /// <summary>Both sides accepted it, and it didn't end.</summary>
    public bool Stands => Open && Answers.Count == 2;
}

/// <summary>What decisions need to know of a need or an offer.</summary>
/// <param name="Closed">How it was closed, or null while it is open.</param>
/// <param name="Matches">A need's matches, the first at index 0; an offer has none of its own.</param>
public sealed record ExchangeState(ExchangeContent Content, Closing? Closed, ImmutableList<MatchState> Matches)
{
    public static ExchangeState Evolve(ExchangeState? entry, ExchangeEvent happened) => happened switch
    {
        ExchangeEvent.Recorded e => new(e.Content, null, []),
        ExchangeEvent.Corrected e => entry! with { Content = e.Content },
        ExchangeEvent.Closed e => entry! with { Closed = e.How },
        ExchangeEvent.MatchProposed e => entry! with { Matches = entry.Matches.Add(new MatchState(e, ImmutableDictionary<string, ExchangeEvent.MatchAnswered>.Empty, Ended: false)) },
        ExchangeEvent.MatchAnswered e => entry! with { Matches = Changed(entry, e.Match, m => m with { Answers = m.Answers.SetItem(e.Party, e) }) },
        ExchangeEvent.MatchEnded e => entry! with { Matches = Changed(entry, e.Match, m => m with { Ended = true }) },
        _ => throw new InvalidOperationException($"A need or an offer has no arm for {happened.GetType()}."),
    };

    private static ImmutableList<MatchState> Changed(ExchangeState entry, int match, Func<MatchState, MatchState> change) =>
        entry.Matches.SetItem(match - 1, change(entry.Matches[match - 1]));
}

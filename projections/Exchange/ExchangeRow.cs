using System.Collections.Immutable;
using System.Text.Json.Serialization;
using PledgeRegistry.Exchange;

namespace PledgeRegistry.Projections.Exchange;

/// <summary>How a need or an offer stands on a day.</summary>
[JsonConverter(typeof(KebabEnum<ExchangeStatus>))]
public enum ExchangeStatus
{
    /// <summary>It can be matched.</summary>
    Open,

    /// <summary>Its last day is over, and nobody said what became of it.</summary>
    PastItsDay,

    /// <summary>What was asked for was received, or what was offered was given.</summary>
    Met,

    /// <summary>The participant took it back.</summary>
    Withdrawn,

    /// <summary>It came to nothing.</summary>
    Lapsed,
}

/// <summary>How a match stands on a day.</summary>
[JsonConverter(typeof(KebabEnum<MatchStatus>))]
public enum MatchStatus
{
    /// <summary>It waits for the answer of one side or of both.</summary>
    Proposed,

    /// <summary>Both sides accepted it.</summary>
    Stands,

    /// <summary>One side declined it.</summary>
    Declined,

    /// <summary>It was ended, whether it stood or not.</summary>
    Ended,
}

/// <summary>A side's answer, and the entry that holds it.</summary>
public sealed record MatchAnswerRow(string Party, MatchAnswer Answer, EffectiveDate On, string Text, string Language, long Position);

/// <summary>The end of a match.</summary>
public sealed record MatchEndRow(string By, EffectiveDate From, string Reason, long Position);

/// <summary>A need's match as known after one entry.</summary>
/// <param name="Number">Counts the need's matches from 1.</param>
public sealed record MatchRow(
    int Number, string Offer, string By, EffectiveDate On, string Reason, long Position, DateOnly RecordedOn, ImmutableList<MatchAnswerRow> Answers, MatchEndRow? End)
{
    /// <summary>True once it was made known: on its day, or when it was recorded, for that is publishing it.</summary>
    public bool MadeBy(DateOnly on) => On.Last() <= on || RecordedOn <= on;

    /// <summary>Each side's answer that holds on a day: the latest by date, then by position.</summary>
    public IEnumerable<MatchAnswerRow> AnswersOn(DateOnly on) =>
        Answers.Where(a => a.On.Last() <= on).GroupBy(a => a.Party).Select(g => g.MaxBy(a => (a.On.Last(), a.Position))!);

    public MatchStatus StatusOn(DateOnly on)
    {
        if (End is { } end && end.From.Last() <= on)
        {
            return MatchStatus.Ended;
        }
        var answers = AnswersOn(on).ToArray();
        return answers.Any(a => a.Answer == MatchAnswer.Declined) ? MatchStatus.Declined
            : answers.Length == 2 ? MatchStatus.Stands
            : MatchStatus.Proposed;
    }
}

/// <summary>How a need or an offer was closed.</summary>
public sealed record ClosingRow(Closing How, EffectiveDate From, string Reason, long Position);

/// <summary>A need or an offer as known after one entry. A need has its matches; an offer's are in the needs.</summary>
public sealed record ExchangeRow(
    string Id, long Position, DateTimeOffset RecordedAt, long Version, long LastPosition, ExchangeContent Content, ImmutableList<MatchRow> Matches, ClosingRow? Closing)
{
    /// <summary>True once it had been made known: on its day, or when it was recorded, for that is publishing it.</summary>
    public bool MadeBy(DateOnly on) => Content.EffectiveOn.Last() <= on || DateOnly.FromDateTime(RecordedAt.UtcDateTime) <= on;

    public ExchangeStatus StatusOn(DateOnly on) => Closing is { } closing && closing.From.Last() <= on
        ? closing.How switch
        {
            PledgeRegistry.Exchange.Closing.Met => ExchangeStatus.Met,
            PledgeRegistry.Exchange.Closing.Withdrawn => ExchangeStatus.Withdrawn,
            PledgeRegistry.Exchange.Closing.Lapsed => ExchangeStatus.Lapsed,
            _ => throw new InvalidOperationException($"No status is known for {closing.How}."),
        }
        : Content.OpenUntil is { } until && until.Last() < on ? ExchangeStatus.PastItsDay
        : ExchangeStatus.Open;
}

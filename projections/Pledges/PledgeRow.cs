using System.Collections.Immutable;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>A wording of a pledge, and the day from which it holds.</summary>
public sealed record Wording(PledgeContent Content, DateOnly From);

/// <summary>A mapping while it stood: from one position to before another.</summary>
public sealed record MappingRow(ItemRef Item, string Reason, bool Retrospective, long Position, long? RetiredAt, string? RetiredReason);

/// <summary>A report as it stands, and the positions of the entries that made it.</summary>
public sealed record ReportRow(int Number, ProgressReport Report, long Position, DateTimeOffset RecordedAt, string? OnBehalfOf, long? CorrectedAt)
{
    /// <summary>A claim with a coarse date holds from its last day.</summary>
    public DateOnly HoldsFrom => Report.EffectiveOn.Last();
}

public sealed record ReplyRow(string Party, string Text, string Language, long Position);

public sealed record ReviewRow(int Number, Review Review, long Position, DateTimeOffset RecordedAt, ImmutableList<ReplyRow> Replies)
{
    public DateOnly HoldsFrom => Review.EffectiveOn.Last();
}

public sealed record AnswerRow(string Party, AddresseeAnswer Answer, EffectiveDate On, string Text, string Language, long Position);

public sealed record WithdrawalRow(EffectiveDate From, string Reason, long Position);

/// <summary>A pledge as known after one entry. Lists share what they have in common with the row before.</summary>
/// <param name="AnnouncedOn">As recorded or last corrected; an amendment has a date of its own.</param>
public sealed record PledgeRow(
    string Id,
    long Position,
    DateTimeOffset RecordedAt,
    long Version,
    long LastPosition,
    EffectiveDate AnnouncedOn,
    ImmutableList<Wording> Wordings,
    ImmutableList<MappingRow> Mappings,
    ImmutableList<ReportRow> Reports,
    ImmutableList<ReviewRow> Reviews,
    ImmutableList<AnswerRow> Answers,
    WithdrawalRow? Withdrawal)
{
    /// <summary>What it says on a day: the amendment that holds, the latest by date, then by position; before any, the first wording.</summary>
    public PledgeContent On(DateOnly on)
    {
        var holds = 0;
        for (var i = 1; i < Wordings.Count; i++)
        {
            if (Wordings[i].From <= on && (holds == 0 || Wordings[i].From >= Wordings[holds].From))
            {
                holds = i;
            }
        }
        return Wordings[holds].Content;
    }

    /// <summary>True once it had been made known: on the day of its announcement, or when it was recorded, for that is publishing it.</summary>
    public bool MadeBy(DateOnly on) => AnnouncedOn.Last() <= on || DateOnly.FromDateTime(RecordedAt.UtcDateTime) <= on;

    public bool WithdrawnOn(DateOnly on) => Withdrawal is { } w && w.From.Last() <= on;

    public IEnumerable<MappingRow> ActiveMappings => Mappings.Where(m => m.RetiredAt is null);

    /// <summary>The report of a party that holds on a day: the latest by effective date, then by position.</summary>
    public ReportRow? LatestReport(DateOnly on, string? party = null) => Reports
        .Where(r => r.HoldsFrom <= on && (party is null || r.Report.Party == party))
        .MaxBy(r => (r.HoldsFrom, r.Position));

    /// <summary>
    /// The view of this standing on a party's part that holds on a day: the latest by effective date, then by position. A
    /// view of one report is of that party's alone.
    /// </summary>
    public ReviewRow? LatestReview(DateOnly on, ReviewStanding standing, string party) => Reviews
        .Where(r => r.Review.Standing == standing && r.HoldsFrom <= on && (r.Review.Report is not { } number || Reports[number - 1].Report.Party == party))
        .MaxBy(r => (r.HoldsFrom, r.Position));

    public AnswerRow? AnswerOf(string party, DateOnly on) => Answers
        .Where(a => a.Party == party && a.On.Last() <= on)
        .MaxBy(a => (a.On.Last(), a.Position));
}

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

public sealed record ReviewRow(int Number, Review Review, long Position, DateTimeOffset RecordedAt, ImmutableList<ReplyRow> Replies);

public sealed record AnswerRow(string Party, AddresseeAnswer Answer, EffectiveDate On, string Text, string Language, long Position);

public sealed record WithdrawalRow(EffectiveDate From, string Reason, long Position);

/// <summary>A pledge as known after one entry. Lists share what they have in common with the row before.</summary>
public sealed record PledgeRow(
    string Id,
    long Position,
    DateTimeOffset RecordedAt,
    long Version,
    long LastPosition,
    ImmutableList<Wording> Wordings,
    ImmutableList<MappingRow> Mappings,
    ImmutableList<ReportRow> Reports,
    ImmutableList<ReviewRow> Reviews,
    ImmutableList<AnswerRow> Answers,
    WithdrawalRow? Withdrawal)
{
    /// <summary>What it says on a day: the last wording that holds by then, else the first.</summary>
    public PledgeContent On(DateOnly on)
    {
        for (var i = Wordings.Count - 1; i > 0; i--)
        {
            if (Wordings[i].From <= on)
            {
                return Wordings[i].Content;
            }
        }
        return Wordings[0].Content;
    }

    /// <summary>True once it had been made known.</summary>
    public bool MadeBy(DateOnly on) => Wordings[0].Content.AnnouncedOn.Last() <= on;

    public bool WithdrawnOn(DateOnly on) => Withdrawal is { } w && w.From.Last() <= on;

    public IEnumerable<MappingRow> ActiveMappings => Mappings.Where(m => m.RetiredAt is null);

    /// <summary>The report of a party that holds on a day: the latest by effective date, then by position.</summary>
    public ReportRow? LatestReport(DateOnly on, string? party = null) => Reports
        .Where(r => r.HoldsFrom <= on && (party is null || r.Report.Party == party))
        .MaxBy(r => (r.HoldsFrom, r.Position));

    /// <summary>The view of this standing that holds on a day: the latest by effective date, then by position.</summary>
    public ReviewRow? LatestReview(DateOnly on, ReviewStanding standing) => Reviews
        .Where(r => r.Review.Standing == standing && r.Review.EffectiveOn.Last() <= on)
        .MaxBy(r => (r.Review.EffectiveOn.Last(), r.Position));

    public AnswerRow? AnswerOf(string party, DateOnly on) => Answers
        .Where(a => a.Party == party && a.On.Last() <= on)
        .MaxBy(a => (a.On.Last(), a.Position));
}

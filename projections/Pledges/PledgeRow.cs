using System.Collections.Immutable;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Pledges;

/// <summary>A wording of a pledge, and the day from which it holds.</summary>
/// <param name="Number">Counts the wordings ever made from 1, corrected ones included: a translation names the one it is of.</param>
public sealed record Wording(PledgeContent Content, DateOnly From, int Number);

/// <summary>A mapping while it stood: from one position to before another.</summary>
/// <param name="By">On whose behalf it was mapped, or in which role.</param>
/// <param name="MovedTo">The item it went over to, where it was moved rather than retired.</param>
public sealed record MappingRow(ItemRef Item, string Reason, bool Retrospective, bool Main, string By, long Position, long? RetiredAt, string? RetiredReason, ItemRef? MovedTo);

/// <summary>A contest of a mapping, and its answer once there is one.</summary>
/// <param name="Item">The item as it was contested.</param>
/// <param name="Mapping">The position of the mapping that it is about: where that was moved before there was an answer, of the one it became.</param>
public sealed record ContestRow(int Number, ItemRef Item, string By, string Reason, string Language, long Mapping, long Position, PledgeEvent.ContestAnswered? Answer);

/// <summary>A report as it stands, and the positions of the entries that made it.</summary>
public sealed record ReportRow(int Number, ProgressReport Report, long Position, DateTimeOffset RecordedAt, string? OnBehalfOf, long? CorrectedAt)
{
    // There are millions of them: each in eight bytes, not in sixteen.
    private readonly long ticks = RecordedAt.UtcTicks;
    private readonly long corrected = CorrectedAt ?? -1;

    public DateTimeOffset RecordedAt => new(ticks, TimeSpan.Zero);

    public long? CorrectedAt
    {
        get => corrected < 0 ? null : corrected;
        init => corrected = value ?? -1;
    }

    /// <summary>A claim with a coarse date holds from its last day.</summary>
    public DateOnly HoldsFrom => Report.EffectiveOn.Last();
}

public sealed record ReplyRow(string Party, string Text, string Language, long Position);

public sealed record ReviewRow(int Number, Review Review, long Position, DateTimeOffset RecordedAt, ImmutableList<ReplyRow> Replies)
{
    public DateOnly HoldsFrom => Review.EffectiveOn.Last();
}

public sealed record AnswerRow(string Party, AddresseeAnswer Answer, EffectiveDate On, string Text, string Language, long Position);

/// <summary>A translation of one of the wordings.</summary>
public sealed record TranslationRow(int Wording, Translation Translation, long Position);

/// <summary>A time when it was open for signature.</summary>
/// <param name="Until">The last day on which it was to be open, or null.</param>
/// <param name="Closed">From when it was closed, or null.</param>
public sealed record SignatureRow(EffectiveDate From, EffectiveDate? Until, string Reason, EffectiveDate? Closed, long Position)
{
    public bool Holds(DateOnly on) => From.First() <= on && !(Until?.Last() < on) && !(Closed?.Last() <= on);
}

/// <summary>What ended a pledge, until it was reinstated.</summary>
/// <param name="From">From when; null for a duplicate, which never counted.</param>
/// <param name="Continues">The ids under which it goes on.</param>
/// <param name="Reinstated">From when that no longer holds, or null.</param>
public sealed record EndingRow(EndingKind Kind, EffectiveDate? From, string Reason, IReadOnlyList<string> Continues, IReadOnlyList<Evidence> Evidence, long Position, EffectiveDate? Reinstated)
{
    public bool Holds(DateOnly on) => !(From?.Last() > on) && !(Reinstated?.Last() <= on);
}

/// <summary>A pledge as known after one entry. Lists share what they have in common with the row before.</summary>
/// <param name="AnnouncedOn">As recorded or last corrected.</param>
public sealed record PledgeRow(
    string Id,
    long Position,
    DateTimeOffset RecordedAt,
    long Version,
    long LastPosition,
    EffectiveDate AnnouncedOn,
    ImmutableList<Wording> Wordings,
    ImmutableList<MappingRow> Mappings,
    SharedList<ReportRow> Reports)
{
    // What no entry changes and what most leave as it was: there is a row for each entry, and these are one reference each in it.
    private readonly Origin origin = new(Id, Position, RecordedAt);
    private readonly Rest rest = Rest.None;

    public string Id => origin.Id;

    public long Position => origin.Position;

    public DateTimeOffset RecordedAt => origin.RecordedAt;

    public ImmutableList<ContestRow> Contests
    {
        get => rest.Contests;
        init => rest = rest with { Contests = value };
    }

    public ImmutableList<ReviewRow> Reviews
    {
        get => rest.Reviews;
        init => rest = rest with { Reviews = value };
    }

    public ImmutableList<AnswerRow> Answers
    {
        get => rest.Answers;
        init => rest = rest with { Answers = value };
    }

    public ImmutableList<PartyAct> Acts
    {
        get => rest.Acts;
        init => rest = rest with { Acts = value };
    }

    public ImmutableList<ShareRow> Shares
    {
        get => rest.Shares;
        init => rest = rest with { Shares = value };
    }

    public ImmutableList<TranslationRow> Translations
    {
        get => rest.Translations;
        init => rest = rest with { Translations = value };
    }

    public ImmutableList<SignatureRow> Signatures
    {
        get => rest.Signatures;
        init => rest = rest with { Signatures = value };
    }

    public ImmutableList<EndingRow> Endings
    {
        get => rest.Endings;
        init => rest = rest with { Endings = value };
    }

    /// <summary>Who accepted when it was made, as recorded or last corrected: an amendment doesn't change it, so it is the same on every day.</summary>
    public IReadOnlyList<string> Owing => Wordings[^1].Content.Owing;

    /// <summary>What it says on a day: see <see cref="WordingOn"/>.</summary>
    public PledgeContent On(DateOnly on) => WordingOn(on).Content;

    /// <summary>The wording on a day: the amendment that holds, the latest by date, then by position; before any, the first wording.</summary>
    public Wording WordingOn(DateOnly on)
    {
        var holds = 0;
        for (var i = 1; i < Wordings.Count; i++)
        {
            if (Wordings[i].From <= on && (holds == 0 || Wordings[i].From >= Wordings[holds].From))
            {
                holds = i;
            }
        }
        return Wordings[holds];
    }

    /// <summary>The latest translation into a language that was made of any wording, or null.</summary>
    public TranslationRow? Translation(string language) => Translations.FindLast(t => t.Translation.Language == language);

    /// <summary>True once it had been made known: on the day of its announcement, or when it was recorded, for that is publishing it.</summary>
    public bool MadeBy(DateOnly on) => AnnouncedOn.Last() <= on || DateOnly.FromDateTime(RecordedAt.UtcDateTime) <= on;

    /// <summary>What has ended it on that day, or null while it stands.</summary>
    public EndingRow? EndingOn(DateOnly on) => Endings.FindLast(e => e.Holds(on));

    /// <summary>The kind of <see cref="EndingOn"/>.</summary>
    public EndingKind? EndedOn(DateOnly on) => Endings.IsEmpty ? null : EndingOn(on)?.Kind;

    public IEnumerable<MappingRow> ActiveMappings => Mappings.Where(m => m.RetiredAt is null);

    /// <summary>The report of a party that holds on a day: the latest by effective date, then by position.</summary>
    public ReportRow? LatestReport(DateOnly on, string? party = null) => Reports
        .Where(r => r.HoldsFrom <= on && (party is null || r.Report.Party == party))
        .MaxBy(r => (r.HoldsFrom, r.Position));

    /// <summary>
    /// The view on a party's part that holds on a day: the latest by effective date, then by position. A view of one report
    /// is of that party's alone.
    /// </summary>
    /// <param name="independent">The independent views, or those with a mandate (secretariat, reviewer).</param>
    public ReviewRow? LatestReview(DateOnly on, bool independent, string party) => Reviews
        .Where(r => (r.Review.Standing == ReviewStanding.Independent) == independent && r.HoldsFrom <= on && (r.Review.Report is not { } number || Reports[number - 1].Report.Party == party))
        .MaxBy(r => (r.HoldsFrom, r.Position));

    public AnswerRow? AnswerOf(string party, DateOnly on) => Answers
        .Where(a => a.Party == party && a.On.Last() <= on)
        .MaxBy(a => (a.On.Last(), a.Position));

    private sealed record Origin(string Id, long Position, DateTimeOffset RecordedAt);

    private sealed record Rest(
        ImmutableList<ContestRow> Contests,
        ImmutableList<ReviewRow> Reviews,
        ImmutableList<AnswerRow> Answers,
        ImmutableList<PartyAct> Acts,
        ImmutableList<ShareRow> Shares,
        ImmutableList<TranslationRow> Translations,
        ImmutableList<SignatureRow> Signatures,
        ImmutableList<EndingRow> Endings)
    {
        public static readonly Rest None = new([], [], [], [], [], [], [], []);
    }
}

/// <summary>Which endings take a pledge out of the counts.</summary>
public static class Endings
{
    /// <summary>What was completed still counts; what was taken back, or goes on under another id, no longer does.</summary>
    public static bool Counts(this EndingKind? ended) => ended is null or EndingKind.Completed;
}

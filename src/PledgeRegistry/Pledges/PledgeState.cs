using System.Collections.Immutable;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Participants;

namespace PledgeRegistry.Pledges;

/// <summary>What decisions need to know of a pledge.</summary>
/// <param name="Wording">How many wordings it has had: each correction and amendment made one.</param>
/// <param name="Mappings">The items that it is mapped to, each with whether it is a main one.</param>
/// <param name="Reports">Its progress reports, the first at index 0.</param>
/// <param name="Reviews">Its reviews, the first at index 0.</param>
/// <param name="Replies">The parties' replies to reviews.</param>
/// <param name="Answers">Each addressee's latest answer.</param>
/// <param name="Parties">Who was invited, accepted, declined, declared a share or left.</param>
/// <param name="Contests">Contests of mappings, the first at index 0.</param>
/// <param name="Translations">The latest translation into each language.</param>
/// <param name="Signature">Since when it is open for signature, or null.</param>
/// <param name="Ending">What ended it, or null while it stands.</param>
public sealed record PledgeState(
    PledgeContent Content,
    int Wording,
    ImmutableDictionary<ItemRef, bool> Mappings,
    SharedList<ProgressReport> Reports,
    ImmutableList<Review> Reviews,
    ImmutableHashSet<PledgeEvent.ReviewReplied> Replies,
    ImmutableDictionary<string, PledgeEvent.AddresseeAnswered> Answers,
    ImmutableDictionary<string, PartyState> Parties,
    ImmutableList<ContestState> Contests,
    ImmutableDictionary<string, PledgeEvent.Translated> Translations,
    PledgeEvent.OpenedForSignature? Signature,
    Ending? Ending)
{
    /// <summary>Who owes it itself on a day: who accepted when it was made or later, and hasn't left.</summary>
    public IEnumerable<string> OwingOn(DateOnly on) => Content.Owing.Concat(Parties.Keys).Distinct().Where(p => OwesItself(p, on));

    /// <summary>True if a party owes it itself on that day, not as the member of a collective.</summary>
    public bool OwesItself(string party, DateOnly on) =>
        // Until the first day on which it came or left it is as when the pledge was made, and as that record stands now.
        Parties.TryGetValue(party, out var state) && state.Owed is [var first, ..] && on >= (first.From ?? first.Until)
            ? state.Owed.Exists(s => s.From is not null && s.Holds(on))
            : Content.Owing.Contains(party);

    /// <summary>Who accepted it after it was made, whether it left since or not.</summary>
    public IEnumerable<string> Accepted() => Parties.Where(p => p.Value.Owed.Exists(s => s.From is not null)).Select(p => p.Key);

    /// <summary>The party's latest claim by a day: by effective date, then by the order of recording.</summary>
    public ClaimedStatus? Claimed(string party, DateOnly on) => Reports
        .Select((report, index) => (Report: report, Key: (report.EffectiveOn.Last(), index)))
        .Where(r => r.Report.Party == party && r.Key.Item1 <= on)
        .OrderBy(r => r.Key).Select(r => (ClaimedStatus?)r.Report.Status).LastOrDefault();

    public static PledgeState Evolve(PledgeState? pledge, PledgeEvent happened) => happened switch
    {
        PledgeEvent.Recorded e => New(e.Content),
        PledgeEvent.Corrected e => pledge! with { Content = e.Content, Wording = pledge.Wording + 1 },
        PledgeEvent.Amended e => pledge! with { Content = e.Content, Wording = pledge.Wording + 1 },
        PledgeEvent.Mapped e => pledge! with { Mappings = pledge.Mappings.Add(e.Item, e.Main) },
        PledgeEvent.MappingMarked e => pledge! with { Mappings = pledge.Mappings.SetItem(e.Item, e.Main) },
        PledgeEvent.MappingMoved e => pledge! with
        {
            Mappings = pledge.Mappings.Remove(e.From).Add(e.To, pledge.Mappings[e.From]),
            // What waits for an answer goes over with the mapping that it is about.
            Contests = [.. pledge.Contests.Select(c => c.Item == e.From && !c.Answered ? c with { Item = e.To } : c)],
        },
        PledgeEvent.MappingRetired e => pledge! with { Mappings = pledge.Mappings.Remove(e.Item) },
        PledgeEvent.MappingContested e => pledge! with { Contests = pledge.Contests.Add(new ContestState(e.Item, e.By, e.Reason, Answered: false)) },
        PledgeEvent.ContestAnswered e => pledge! with { Contests = pledge.Contests.SetItem(e.Number - 1, pledge.Contests[e.Number - 1] with { Answered = true }) },
        PledgeEvent.ProgressReported e => pledge! with { Reports = pledge.Reports.Add(e.Report) },
        PledgeEvent.ReportCorrected e => pledge! with { Reports = pledge.Reports.SetItem(e.Number - 1, e.Report) },
        PledgeEvent.Reviewed e => pledge! with { Reviews = pledge.Reviews.Add(e.Review) },
        PledgeEvent.ReviewReplied e => pledge! with { Replies = pledge.Replies.Add(e) },
        PledgeEvent.AddresseeAnswered e => pledge! with { Answers = pledge.Answers.SetItem(e.Party, e) },
        PledgeEvent.Translated e => pledge! with { Translations = pledge.Translations.SetItem(e.Translation.Language, e) },
        PledgeEvent.OpenedForSignature e => pledge! with { Signature = e },
        PledgeEvent.ClosedForSignature => pledge! with { Signature = null },
        PledgeEvent.PartyInvited e => pledge!.With(e.Party, p => p with { Invited = true }),
        PledgeEvent.PartyAccepted e => pledge!.With(e.Party, p => p with { Invited = false, Owed = p.Owed.Add(new Span(e.From.Last(), null)) }),
        PledgeEvent.PartyDeclined e => pledge!.With(e.Party, p => p with { Invited = false }),
        PledgeEvent.ShareDeclared e => pledge!.With(e.Party, p => p with { Share = e }),
        PledgeEvent.PartyLeft e => pledge!.With(e.Party, p => p with { Owed = p.Left(e.From.Last()) }),
        PledgeEvent.Withdrawn e => pledge! with { Ending = new Ending(EndingKind.Withdrawn, e.From, []) },
        PledgeEvent.Superseded e => pledge! with { Ending = new Ending(EndingKind.Superseded, e.From, [e.By]) },
        PledgeEvent.Completed e => pledge! with { Ending = new Ending(EndingKind.Completed, e.From, []) },
        PledgeEvent.MarkedDuplicate e => pledge! with { Ending = new Ending(EndingKind.Duplicate, null, [e.Of]) },
        PledgeEvent.Split e => pledge! with { Ending = new Ending(EndingKind.Split, e.From, e.Into) },
        PledgeEvent.Merged e => pledge! with { Ending = new Ending(EndingKind.Merged, e.From, [e.Into]) },
        PledgeEvent.Reinstated => pledge! with { Ending = null },
        _ => throw new InvalidOperationException($"A pledge has no arm for {happened.GetType()}."),
    };

    private static PledgeState New(PledgeContent content) => new(
        content, 1, ImmutableDictionary<ItemRef, bool>.Empty, [], [], [], ImmutableDictionary<string, PledgeEvent.AddresseeAnswered>.Empty,
        ImmutableDictionary<string, PartyState>.Empty, [], ImmutableDictionary<string, PledgeEvent.Translated>.Empty, null, null);

    private PledgeState With(string party, Func<PartyState, PartyState> change) =>
        this with { Parties = Parties.SetItem(party, change(Parties.GetValueOrDefault(party, PartyState.None))) };
}

/// <summary>A party's own part in a pledge, as far as events other than the pledge's own content made it.</summary>
/// <param name="Invited">True while an invitation waits for an answer.</param>
/// <param name="Owed">When it owed; empty for who accepted when the pledge was made and never left.</param>
/// <param name="Share">The share it declared last, or null.</param>
public sealed record PartyState(bool Invited, ImmutableList<Span> Owed, PledgeEvent.ShareDeclared? Share)
{
    public static readonly PartyState None = new(false, [], null);

    /// <summary>The spans once it left on that day.</summary>
    public ImmutableList<Span> Left(DateOnly on) => Owed.Count == 0 ? [new Span(null, on)] : Owed.SetItem(Owed.Count - 1, Owed[^1] with { Until = on });
}

/// <summary>A contest of a mapping.</summary>
public sealed record ContestState(ItemRef Item, string By, string Reason, bool Answered);

/// <summary>What ended a pledge.</summary>
/// <param name="From">From when; null for a duplicate, which never counted.</param>
/// <param name="Continues">The ids under which it goes on.</param>
public sealed record Ending(EndingKind Kind, EffectiveDate? From, IReadOnlyList<string> Continues);

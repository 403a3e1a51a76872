using System.Collections.Immutable;
using PledgeRegistry.Frameworks;

namespace PledgeRegistry.Pledges;

/// <summary>What decisions need to know of a pledge.</summary>
/// <param name="Reports">Its progress reports, the first at index 0.</param>
/// <param name="Reviews">Its reviews, the first at index 0.</param>
/// <param name="Replies">The parties' replies to reviews.</param>
/// <param name="Answers">Each addressee's latest answer.</param>
public sealed record PledgeState(
    PledgeContent Content,
    ImmutableHashSet<ItemRef> Mappings,
    ImmutableList<ProgressReport> Reports,
    ImmutableList<Review> Reviews,
    ImmutableHashSet<PledgeEvent.ReviewReplied> Replies,
    ImmutableDictionary<string, PledgeEvent.AddresseeAnswered> Answers,
    bool Withdrawn)
{
    public static PledgeState Evolve(PledgeState? pledge, PledgeEvent happened) => happened switch
    {
        PledgeEvent.Recorded e => new(e.Content, [], [], [], [], ImmutableDictionary<string, PledgeEvent.AddresseeAnswered>.Empty, Withdrawn: false),
        PledgeEvent.Corrected e => pledge! with { Content = e.Content },
        PledgeEvent.Amended e => pledge! with { Content = e.Content },
        PledgeEvent.Mapped e => pledge! with { Mappings = pledge.Mappings.Add(e.Item) },
        PledgeEvent.MappingRetired e => pledge! with { Mappings = pledge.Mappings.Remove(e.Item) },
        PledgeEvent.ProgressReported e => pledge! with { Reports = pledge.Reports.Add(e.Report) },
        PledgeEvent.ReportCorrected e => pledge! with { Reports = pledge.Reports.SetItem(e.Number - 1, e.Report) },
        PledgeEvent.Reviewed e => pledge! with { Reviews = pledge.Reviews.Add(e.Review) },
        PledgeEvent.ReviewReplied e => pledge! with { Replies = pledge.Replies.Add(e) },
        PledgeEvent.AddresseeAnswered e => pledge! with { Answers = pledge.Answers.SetItem(e.Party, e) },
        PledgeEvent.Withdrawn => pledge! with { Withdrawn = true },
        _ => throw new InvalidOperationException($"A pledge has no arm for {happened.GetType()}."),
    };
}

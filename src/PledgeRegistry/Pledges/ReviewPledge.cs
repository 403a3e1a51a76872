using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Gives a view beside the party's claim, where the series has a mandate for reviews.</summary>
public sealed record ReviewPledge(string Id, Review Review) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var series = head.Meetings[pledge.Content.Meeting].Content.Series;
        var check = new Check(head)
            .That(head.Series[series].Settings.ReviewsApply, "no-reviews", $"Nobody has a mandate to review in the series '{series}'.", null, RefusalKind.Conflict, series)
            .That(pledge.Content.Owing.Count > 0 || pledge.Accepted().Any(), "nothing-to-review", "Nobody owes this, so there is no claim to review.", null, RefusalKind.Conflict);
        if (Review is null)
        {
            return check.That(false, "missing", "The review is needed.", "review").Refusal!;
        }
        return check
            .That(Enum.IsDefined(Review.View), "unknown-code", "This is no view.", "review.view", RefusalKind.Invalid, $"{Review.View}", "review-view")
            .That(Enum.IsDefined(Review.Standing), "unknown-code", "This is no standing.", "review.standing", RefusalKind.Invalid, $"{Review.Standing}", "review-standing")
            .Participant(Review.By, "review.by").Date(Review.EffectiveOn, "review.effectiveOn")
            .Text(Review.Reason, "review.reason").Language(Review.Language, "review.language").Evidence(Review.Evidence, "review.evidence")
            .That(Review.Report is null || (Review.Report >= 1 && Review.Report <= pledge.Reports.Count), "unknown-report", $"This pledge has no report {Review.Report}.", "review.report", RefusalKind.Invalid, $"{Review.Report}")
            .That(Review.EffectiveOn?.IsValid() != true || (!head.Owes(pledge, Review.By ?? "", Review.EffectiveOn.Last()) && !IsOwnReport(pledge)), "own-review", "A party can't review its own pledge.", "review.by", RefusalKind.Forbidden)
            .Mandate(head, Review, series)
            .Refusal
            ?? (pledge.Reviews.FindLast(r => r.By == Review.By) is { } latest && StoredJson.Same(latest, Review)
                ? Decision.NothingToDo
                : PledgeRules.Accept(Id, new PledgeEvent.Reviewed(pledge.Reviews.Count + 1, Review)));
    });

    // Who left since doesn't judge what it reported itself.
    private bool IsOwnReport(PledgeState pledge) =>
        Review.Report is { } number && number >= 1 && number <= pledge.Reports.Count && pledge.Reports[number - 1].Party == Review.By;
}

/// <summary>A party answers a review: its right of reply.</summary>
public sealed record ReplyToReview(string Id, int Review, string Party, string Text, string Language) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        if (Review < 1 || Review > pledge.Reviews.Count)
        {
            return Decision.Refuse(new Refusal("unknown-review", $"This pledge has no review {Review}.", "review", RefusalKind.NotFound, $"{Review}"));
        }
        var review = pledge.Reviews[Review - 1];
        var reply = new PledgeEvent.ReviewReplied(Review, Party, Text, Language);
        return new Check(head).Participant(Party, "party").Text(Text, "text").Language(Language, "language")
            .That(head.Owes(pledge, Party ?? "", review.EffectiveOn.Last()) || (review.Report is { } report && pledge.Reports[report - 1].Party == Party),
                "not-a-party", $"'{Party}' doesn't owe this pledge.", "party", RefusalKind.Invalid, Party ?? "")
            .Refusal ?? (pledge.Replies.Contains(reply) ? Decision.NothingToDo : PledgeRules.Accept(Id, reply));
    });
}

/// <summary>An addressee says what it makes of what was asked. It owes nothing by that.</summary>
public sealed record AnswerAsAddressee(string Id, string Party, AddresseeAnswer Answer, string Text, string Language, EffectiveDate On) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        var answered = new PledgeEvent.AddresseeAnswered(Party, Answer, On, Text, Language);
        return new Check(head).Standing(pledge).Participant(Party, "party").Text(Text, "text").Language(Language, "language").Date(On, "on")
            .That(Enum.IsDefined(Answer), "unknown-code", "This is no answer.", "answer", RefusalKind.Invalid, $"{Answer}", "addressee-answer")
            .That(On?.IsValid() != true || head.Includes(pledge.Content.Addressees, Party ?? "", On.Last()), "not-an-addressee", $"'{Party}' wasn't asked.", "party", RefusalKind.Invalid, Party ?? "")
            .Refusal ?? (pledge.Answers.GetValueOrDefault(Party!) == answered ? Decision.NothingToDo : PledgeRules.Accept(Id, answered));
    });
}

internal static class ReviewRules
{
    // The standings that are roles in the series.
    private static readonly Dictionary<ReviewStanding, string> Roles = new() { [ReviewStanding.Secretariat] = "secretariat", [ReviewStanding.Reviewer] = "reviewer" };

    /// <summary>Who reviews as the secretariat or as a reviewer has that role in the series on that day; who has one isn't independent.</summary>
    public static Check Mandate(this Check check, RegistryState head, Review review, string series)
    {
        if (review.EffectiveOn?.IsValid() != true || head.Participants.GetValueOrDefault(review.By ?? "") is not { } by)
        {
            return check;
        }
        bool Has(string role) => by.HasRole(new RoleIn(role, series), review.EffectiveOn.Last());
        return Roles.TryGetValue(review.Standing, out var role)
            ? check.That(Has(role), "no-mandate", $"'{review.By}' hasn't the role '{role}' in '{series}' on that day.", "review.standing", RefusalKind.Forbidden, review.By!, role, series)
            : check.That(!Roles.Values.Any(Has), "not-independent", $"'{review.By}' has a mandate in '{series}' on that day, so its view isn't an independent one.", "review.standing", RefusalKind.Invalid, review.By!, series);
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>Gives a view beside the party's claim.</summary>
public sealed class ReviewForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "review")
{
    /// <summary>The whole pledge, or one of its reports.</summary>
    public IReadOnlyList<Option> Reports() =>
        [.. View.Reports.Select(r => new Option(Show.Plain(r.Number), T["Report.Option", Show.Plain(r.Number), r.Party.Name, r.Status.Label]))];

    protected override Task<IActionResult> SendAsync() => RecordAsync(new ReviewPledge(Id, new Review(
        Text("review.by"), Values.Code<ReviewStanding>("review.standing"), Values.Code<ReviewView>("review.view"),
        int.TryParse(Values.One("review.report"), NumberStyles.None, CultureInfo.InvariantCulture, out var report) ? report : null,
        Values.Date("review.effectiveOn")!, Text("review.reason"), Text("review.language"), Values.Evidence("review.evidence"))));
}

/// <summary>A party's right of reply.</summary>
public sealed class ReplyForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "reply")
{
    public IReadOnlyList<Option> Reviews() =>
        [.. View.Reviews.Select(r => new Option(Show.Plain(r.Number), T["Review.Option", Show.Plain(r.Number), r.By.Name, r.View.Label]))];

    protected override Task<IActionResult> SendAsync() => int.TryParse(Values.One("review"), NumberStyles.None, CultureInfo.InvariantCulture, out var number)
        ? RecordAsync(new ReplyToReview(Id, number, Text("party"), Text("text"), Text("language")))
        : Task.FromResult<IActionResult>(Wrong("review", T["Refusal.missing"]));
}

/// <summary>An addressee says what it makes of what was asked.</summary>
public sealed class AnswerForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "answer")
{
    protected override Task<IActionResult> SendAsync() =>
        RecordAsync(new AnswerAsAddressee(Id, Text("party"), Values.Code<AddresseeAnswer>("answer"), Text("text"), Text("language"), Values.Date("on")!));
}

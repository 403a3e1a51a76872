using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class ReviewPledgeTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly EffectiveDate Day = EffectiveDate.On(2017, 1, 1);

    private static GivenWhenThen Reported => Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())));
    private static GivenWhenThen Reviewed => Given(
        (Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())), (Stream, new PledgeEvent.Reviewed(1, Review())));
    private static GivenWhenThen Asked => Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Recommendation())));

    [Fact]
    public void A_view_stands_beside_the_claim() =>
        Reported.When(new ReviewPledge(Pledge1, Review(report: 1))).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, Review(report: 1)));

    [Fact]
    public void Reviews_are_numbered() =>
        Reviewed.When(new ReviewPledge(Pledge1, Review(view: ReviewView.Disagrees))).ThenRecorded(Stream, new PledgeEvent.Reviewed(2, Review(view: ReviewView.Disagrees)));

    [Fact]
    public void A_reviewers_latest_view_sent_again_decides_nothing() =>
        Reviewed.When(new ReviewPledge(Pledge1, Review())).ThenNothing();

    [Fact]
    public void Nobody_reviews_where_there_is_no_mandate() =>
        Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion()))).When(new ReviewPledge(Conclusion1, Review())).ThenRefused("no-reviews");

    [Fact]
    public void Where_nobody_owes_there_is_no_claim_to_review() =>
        Given((Stream, new PledgeEvent.Recorded(Recommendation() with { Meeting = "IMRF-2022" }))).When(new ReviewPledge(Pledge1, Review())).ThenRefused("nothing-to-review");

    [Fact]
    public void A_party_does_not_review_its_own_pledge() =>
        Reported.When(new ReviewPledge(Pledge1, Review("CRI"))).ThenRefused("own-review", "review.by");

    [Fact]
    public void A_member_does_not_review_what_its_collective_owes() =>
        Given((Stream, new PledgeEvent.Recorded(Pledge() with { Owing = ["RCM-MEMBERS"] }))).When(new ReviewPledge(Pledge1, Review("HND"))).ThenRefused("own-review", "review.by");

    [Fact]
    public void Where_somebody_was_only_invited_there_is_no_claim_to_review_either()
    {
        var asked = (Stream, (PledgeRegistry.Log.IEvent)new PledgeEvent.Recorded(Conclusion() with { Meeting = "IMRF-2022", Type = PledgeType.Common, Owing = [] }));
        Given(asked, (Stream, new PledgeEvent.PartyInvited("COL", Day, "Please."))).When(new ReviewPledge(Pledge1, Review())).ThenRefused("nothing-to-review");
        Given(asked, (Stream, new PledgeEvent.PartyAccepted("COL", Day, null, null, null))).When(new ReviewPledge(Pledge1, Review())).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, Review()));
    }

    [Theory]
    [InlineData("NETWORK", ReviewStanding.Secretariat, null)]
    [InlineData("PANEL", ReviewStanding.Reviewer, null)]
    [InlineData("IOM", ReviewStanding.Independent, null)]
    [InlineData("IOM", ReviewStanding.Secretariat, "no-mandate")]
    [InlineData("IOM", ReviewStanding.Reviewer, "no-mandate")]
    [InlineData("PANEL", ReviewStanding.Secretariat, "no-mandate")]
    [InlineData("NETWORK", ReviewStanding.Reviewer, "no-mandate")]
    [InlineData("NETWORK", ReviewStanding.Independent, "not-independent")]
    [InlineData("PANEL", ReviewStanding.Independent, "not-independent")]
    public void A_standing_is_a_role_in_the_series_and_who_has_one_is_not_independent(string by, ReviewStanding standing, string? refusal)
    {
        var review = Review(by) with { Standing = standing };
        var decided = Reported.When(new ReviewPledge(Pledge1, review));
        _ = refusal is null ? decided.ThenRecorded(Stream, new PledgeEvent.Reviewed(1, review)) : decided.ThenRefused(refusal, "review.standing");
    }

    [Fact]
    public void A_mandate_is_of_its_series_and_of_its_days()
    {
        var review = Review("HND") with { Standing = ReviewStanding.Secretariat };
        Given((Stream, new PledgeEvent.Recorded(Pledge())), ("participant/HND", new ParticipantEvent.RoleStarted("secretariat", "RCM", null, "notes")))
            .When(new ReviewPledge(Pledge1, review)).ThenRefused("no-mandate", "review.standing");
        var started = Given((Stream, new PledgeEvent.Recorded(Pledge())), ("participant/HND", new ParticipantEvent.RoleStarted("secretariat", "IMRF", new EffectiveDate("2023-10"), "notes")));
        started.When(new ReviewPledge(Pledge1, review with { EffectiveOn = EffectiveDate.On(2023, 9, 30) })).ThenRefused("no-mandate", "review.standing");
        started.When(new ReviewPledge(Pledge1, review with { EffectiveOn = EffectiveDate.On(2023, 10, 1) })).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, review with { EffectiveOn = EffectiveDate.On(2023, 10, 1) }));
        started.When(new ReviewPledge(Pledge1, review with { EffectiveOn = new EffectiveDate("2023") })).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, review with { EffectiveOn = new EffectiveDate("2023") }));
    }

    [Fact]
    public void Who_left_reviews_what_the_others_do_since_but_not_its_own_report()
    {
        var left = Given(
            (Stream, new PledgeEvent.Recorded(CommonPledge())), (Stream, new PledgeEvent.ProgressReported(1, Report("HND"))), (Stream, new PledgeEvent.ProgressReported(2, Report())),
            (Stream, new PledgeEvent.PartyLeft("HND", new EffectiveDate("2023-07"), "Moved.")));
        left.When(new ReviewPledge(Pledge1, Review("HND", report: 1))).ThenRefused("own-review", "review.by");
        left.When(new ReviewPledge(Pledge1, Review("HND", report: 2))).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, Review("HND", report: 2)));
        left.When(new ReviewPledge(Pledge1, Review("HND") with { EffectiveOn = EffectiveDate.On(2023, 7, 30) })).ThenRefused("own-review", "review.by");
    }

    [Fact]
    public void A_review_keeps_to_its_form()
    {
        Refused(Review(view: (ReviewView)9), "unknown-code", "review.view");
        Refused(Review() with { Standing = (ReviewStanding)9 }, "unknown-code", "review.standing");
        Refused(Review("XXX"), "unknown-participant", "review.by");
        Refused(Review() with { EffectiveOn = new EffectiveDate("soon") }, "not-a-date", "review.effectiveOn");
        Refused(Review() with { Reason = "" }, "missing", "review.reason");
        Refused(Review() with { Language = "" }, "not-a-language", "review.language");
        Refused(Review() with { Evidence = [new Evidence("Visit", null, null, null, null)] }, "evidence-empty", "review.evidence[0]");
        Refused(Review(report: 0), "unknown-report", "review.report");
        Refused(Review(report: 2), "unknown-report", "review.report");
    }

    [Fact]
    public void A_party_has_the_right_of_reply() =>
        Reviewed.When(new ReplyToReview(Pledge1, 1, "CRI", "Two more opened since.", "en"))
            .ThenRecorded(Stream, new PledgeEvent.ReviewReplied(1, "CRI", "Two more opened since.", "en"));

    [Fact]
    public void The_same_reply_again_decides_nothing()
    {
        var reply = new PledgeEvent.ReviewReplied(1, "CRI", "Two more opened since.", "en");
        var replied = Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.Reviewed(1, Review())), (Stream, reply));
        replied.When(new ReplyToReview(Pledge1, 1, "CRI", reply.Text, "en")).ThenNothing();
        replied.When(new ReplyToReview(Pledge1, 1, "CRI", "Three.", "en")).ThenRecorded(Stream, new PledgeEvent.ReviewReplied(1, "CRI", "Three.", "en"));
    }

    [Fact]
    public void Others_do_not_reply_for_the_party()
    {
        Reviewed.When(new ReplyToReview(Pledge1, 1, "HND", "No.", "en")).ThenRefused("not-a-party", "party");
        Reviewed.When(new ReplyToReview(Pledge1, 1, "XXX", "No.", "en")).ThenRefused("unknown-participant", "party");
    }

    [Fact]
    public void Whose_report_was_reviewed_may_reply_even_if_it_owes_no_more() =>
        Given(
                (Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())), (Stream, new PledgeEvent.Reviewed(1, Review(report: 1))),
                (Stream, new PledgeEvent.Amended(Pledge() with { Owing = ["HND"] }, new EffectiveDate("2024"), "handed over")))
            .When(new ReplyToReview(Pledge1, 1, "CRI", "It was so then.", "en")).ThenRecorded(Stream, new PledgeEvent.ReviewReplied(1, "CRI", "It was so then.", "en"));

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    public void Only_a_review_that_is_there_is_replied_to(int review) =>
        Reviewed.When(new ReplyToReview(Pledge1, review, "CRI", "No.", "en")).ThenRefused("unknown-review", "review");

    [Fact]
    public void A_reply_has_a_text_in_a_language()
    {
        Reviewed.When(new ReplyToReview(Pledge1, 1, "CRI", "", "en")).ThenRefused("missing", "text");
        Reviewed.When(new ReplyToReview(Pledge1, 1, "CRI", "No.", "xx-")).ThenRefused("not-a-language", "language");
    }

    [Fact]
    public void Who_was_asked_says_what_it_makes_of_it() =>
        Asked.When(new AnswerAsAddressee(Conclusion1, "HND", AddresseeAnswer.Supported, "We will look into it.", "en", Day))
            .ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Supported, Day, "We will look into it.", "en"));

    [Fact]
    public void A_member_of_a_collective_that_was_asked_may_answer()
    {
        Asked.When(new AnswerAsAddressee(Conclusion1, "CRI", AddresseeAnswer.Noted, "Noted.", "en", Day))
            .ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.AddresseeAnswered("CRI", AddresseeAnswer.Noted, Day, "Noted.", "en"));
        Asked.When(new AnswerAsAddressee(Conclusion1, "CRI", AddresseeAnswer.Noted, "Noted.", "en", EffectiveDate.On(2015, 1, 1))).ThenRefused("not-an-addressee", "party");
        Asked.When(new AnswerAsAddressee(Conclusion1, "COL", AddresseeAnswer.Noted, "Noted.", "en", Day)).ThenRefused("not-an-addressee", "party");
    }

    [Fact]
    public void The_same_answer_again_decides_nothing_and_a_new_one_replaces_it()
    {
        var answer = new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Noted, Day, "Noted.", "en");
        var answered = Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Recommendation())), ("pledge/RCM-2016-0001", answer));
        answered.When(new AnswerAsAddressee(Conclusion1, "HND", AddresseeAnswer.Noted, "Noted.", "en", Day)).ThenNothing();
        answered.When(new AnswerAsAddressee(Conclusion1, "HND", AddresseeAnswer.Supported, "Noted.", "en", Day))
            .ThenRecorded("pledge/RCM-2016-0001", answer with { Answer = AddresseeAnswer.Supported });
    }

    [Fact]
    public void An_answer_keeps_to_its_form()
    {
        var good = new AnswerAsAddressee(Conclusion1, "HND", AddresseeAnswer.Noted, "Noted.", "en", Day);
        Asked.When(good with { Answer = (AddresseeAnswer)5 }).ThenRefused("unknown-code", "answer");
        Asked.When(good with { Text = "" }).ThenRefused("missing", "text");
        Asked.When(good with { Language = "" }).ThenRefused("not-a-language", "language");
        Asked.When(good with { On = new EffectiveDate("2017-00") }).ThenRefused("not-a-date", "on");
        Asked.When(good with { Party = "XXX" }).ThenRefused("unknown-participant", "party");
    }

    [Fact]
    public void A_withdrawn_recommendation_takes_no_answers() =>
        Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Recommendation())), ("pledge/RCM-2016-0001", new PledgeEvent.Withdrawn(Day, "void")))
            .When(new AnswerAsAddressee(Conclusion1, "HND", AddresseeAnswer.Noted, "Noted.", "en", Day)).ThenRefused("pledge-withdrawn");

    [Fact]
    public void What_is_not_there_is_not_reviewed_or_answered()
    {
        Reviewed.When(new ReviewPledge("IMRF-2022-0002", Review())).ThenRefused("unknown-pledge", "id");
        Reviewed.When(new ReplyToReview("IMRF-2022-0002", 1, "CRI", "No.", "en")).ThenRefused("unknown-pledge", "id");
        Reviewed.When(new AnswerAsAddressee("IMRF-2022-0002", "HND", AddresseeAnswer.Noted, "Noted.", "en", Day)).ThenRefused("unknown-pledge", "id");
    }

    [Fact]
    public void A_reply_is_of_who_owed_on_the_day_of_the_review() =>
        Given(
                (Stream, new PledgeEvent.Recorded(Pledge() with { Owing = ["RCM-MEMBERS"] })), (Stream, new PledgeEvent.Reviewed(1, Review())),
                ("participant/HND", new ParticipantEvent.RoleEnded("member", "RCM", new EffectiveDate("2023-08"), "left", "notes")))
            .When(new ReplyToReview(Pledge1, 1, "HND", "We left.", "en")).ThenRefused("not-a-party", "party");

    private static void Refused(Review review, string code, string field) =>
        Reported.When(new ReviewPledge(Pledge1, review)).ThenRefused(code, field);
}

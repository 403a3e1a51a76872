using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class ReportProgressTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private const string Shared = $"pledge/{Conclusion1}";

    private static GivenWhenThen Recorded => Given((Stream, new PledgeEvent.Recorded(Pledge())));
    private static GivenWhenThen Reported => Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())));
    private static GivenWhenThen OwedTogether => Given((Shared, new PledgeEvent.Recorded(Conclusion())));

    [Fact]
    public void A_party_reports_on_its_pledge() =>
        Recorded.When(new ReportProgress(Pledge1, Report())).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, Report()));

    [Fact]
    public void Reports_are_numbered()
    {
        var next = Report(status: ClaimedStatus.Fulfilled);
        Reported.When(new ReportProgress(Pledge1, next)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(2, next));
    }

    [Fact]
    public void A_partys_latest_report_sent_again_decides_nothing() =>
        Reported.When(new ReportProgress(Pledge1, Report())).ThenNothing();

    [Fact]
    public void A_report_equal_to_an_older_one_is_news()
    {
        var between = Report(status: ClaimedStatus.Discontinued);
        Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())), (Stream, new PledgeEvent.ProgressReported(2, between)))
            .When(new ReportProgress(Pledge1, Report())).ThenRecorded(Stream, new PledgeEvent.ProgressReported(3, Report()));
    }

    [Fact]
    public void Who_does_not_owe_a_pledge_has_nothing_to_report()
    {
        Recorded.When(new ReportProgress(Pledge1, Report("HND"))).ThenRefused("not-a-party", "report.party");
        Recorded.When(new ReportProgress(Pledge1, Report("XXX"))).ThenRefused("unknown-participant", "report.party");
        Given((Shared, new PledgeEvent.Recorded(Recommendation()))).When(new ReportProgress(Conclusion1, Report("HND"))).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void A_member_of_an_owing_collective_reports_its_own_share() =>
        OwedTogether.When(new ReportProgress(Conclusion1, Report("HND"))).ThenRecorded(Shared, new PledgeEvent.ProgressReported(1, Report("HND")));

    [Fact]
    public void An_observer_is_no_member_of_the_owing_collective() =>
        OwedTogether.When(new ReportProgress(Conclusion1, Report("COL"))).ThenRefused("not-a-party", "report.party");

    [Fact]
    public void A_member_has_nothing_to_report_of_a_day_before_it_joined()
    {
        OwedTogether.When(new ReportProgress(Conclusion1, Report("HND") with { EffectiveOn = EffectiveDate.On(2015, 12, 31) })).ThenRefused("not-a-party", "report.party");
        var first = Report("HND") with { EffectiveOn = EffectiveDate.On(2016, 1, 1) };
        OwedTogether.When(new ReportProgress(Conclusion1, first)).ThenRecorded(Shared, new PledgeEvent.ProgressReported(1, first));
    }

    [Fact]
    public void A_claim_with_a_coarse_date_holds_from_its_last_day()
    {
        var report = Report("HND") with { EffectiveOn = new EffectiveDate("2016-01") };
        OwedTogether.When(new ReportProgress(Conclusion1, report)).ThenRecorded(Shared, new PledgeEvent.ProgressReported(1, report));
        OwedTogether.When(new ReportProgress(Conclusion1, report with { EffectiveOn = new EffectiveDate("2015") })).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void A_member_that_left_reports_only_of_the_time_before()
    {
        var left = Given((Shared, new PledgeEvent.Recorded(Conclusion())), ("participant/HND", new ParticipantEvent.RoleEnded("member", "RCM", new EffectiveDate("2020"), "left", "notes")));
        var last = Report("HND") with { EffectiveOn = EffectiveDate.On(2019, 12, 31) };
        left.When(new ReportProgress(Conclusion1, last)).ThenRecorded(Shared, new PledgeEvent.ProgressReported(1, last));
        left.When(new ReportProgress(Conclusion1, last with { EffectiveOn = EffectiveDate.On(2020, 1, 1) })).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void A_withdrawn_pledge_takes_no_reports() =>
        Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.Withdrawn(new EffectiveDate("2023"), "moved")))
            .When(new ReportProgress(Pledge1, Report())).ThenRefused("pledge-withdrawn");

    [Fact]
    public void A_report_keeps_to_its_form()
    {
        Refused(Report(status: (ClaimedStatus)77), "unknown-code", "report.status");
        Refused(Report() with { Narrative = " " }, "missing", "report.narrative");
        Refused(Report() with { Language = "e" }, "not-a-language", "report.language");
        Refused(Report() with { EffectiveOn = new EffectiveDate("2023-02-29") }, "not-a-date", "report.effectiveOn");
        Refused(Report() with { Challenges = "" }, "missing", "report.challenges");
        Refused(Report() with { NextSteps = new string('x', 8_001) }, "too-long", "report.nextSteps");
        Refused(Report() with { Period = new Period(new EffectiveDate("2023"), new EffectiveDate("2022")) }, "period-reversed", "report.period.until");
        Refused(Report() with { Period = new Period(new EffectiveDate("2023"), null!) }, "missing", "report.period.until");
    }

    [Fact]
    public void A_period_within_one_coarse_date_is_in_order()
    {
        var report = Report() with { Period = new Period(new EffectiveDate("2022-12"), new EffectiveDate("2022")) };
        Recorded.When(new ReportProgress(Pledge1, report)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, report));
    }

    [Fact]
    public void Evidence_has_a_title_and_an_address_or_a_hash()
    {
        var good = new Evidence("Act", "https://example.org/act", "application/pdf", new string('0', 64), new string('f', 64));
        Recorded.When(new ReportProgress(Pledge1, Report() with { Evidence = [good] })).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, Report() with { Evidence = [good] }));
        Refused(With(good with { Title = "" }), "missing", "report.evidence[0].title");
        Refused(With(good with { Url = null, Sha256 = null }), "evidence-empty", "report.evidence[0]");
        Refused(With(good with { MediaType = "PDF" }), "not-a-media-type", "report.evidence[0].mediaType");
        Refused(With(good with { MediaType = "application/pdf\n" }), "not-a-media-type", "report.evidence[0].mediaType");
        Refused(With(good with { Sha256 = new string('F', 64) }), "not-a-sha256", "report.evidence[0].sha256");
        Refused(With(good with { ArchivedSha256 = "f" }), "not-a-sha256", "report.evidence[0].archivedSha256");
        Refused(Report() with { Evidence = [good, good] }, "twice", "report.evidence");
    }

    [Theory]
    [InlineData("ftp://example.org/act")]
    [InlineData("javascript:alert(1)")]
    [InlineData("example.org/act")]
    [InlineData("https://user@example.org/act")]
    [InlineData("https://example.org/an act")]
    [InlineData(" https://example.org/act")]
    public void Evidence_is_at_an_address_of_the_web(string url) =>
        Refused(With(new Evidence("Act", url, null, null, null)), "not-an-address", "report.evidence[0].url");

    [Fact]
    public void A_report_is_corrected_by_its_number()
    {
        var mended = Report(status: ClaimedStatus.Planning);
        Reported.When(new CorrectReport(Pledge1, 2, 1, mended, "misread")).ThenRecorded(Stream, new PledgeEvent.ReportCorrected(1, mended, "misread"));
        Reported.When(new CorrectReport(Pledge1, 2, 1, Report(), "misread")).ThenNothing();
    }

    [Theory]
    [InlineData(0)]
    [InlineData(2)]
    [InlineData(-1)]
    [InlineData(int.MaxValue)]
    public void Only_a_report_that_is_there_is_corrected(int number) =>
        Reported.When(new CorrectReport(Pledge1, 2, number, Report(), "misread")).ThenRefused("unknown-report", "number");

    [Fact]
    public void Whose_report_it_is_stays() =>
        Given((Shared, new PledgeEvent.Recorded(Conclusion())), (Shared, new PledgeEvent.ProgressReported(1, Report("HND"))))
            .When(new CorrectReport(Conclusion1, 2, 1, Report("CRI"), "misread")).ThenRefused("other-party", "report.party");

    [Fact]
    public void A_correction_of_a_report_needs_the_last_version_and_a_reason()
    {
        Reported.When(new CorrectReport(Pledge1, 1, 1, Report(status: ClaimedStatus.Planning), "misread")).ThenRefused("stale");
        Reported.When(new CorrectReport(Pledge1, 2, 1, Report(status: ClaimedStatus.Planning), "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void Who_no_longer_owes_can_still_mend_its_old_report_but_not_move_it()
    {
        var handedOver = Given(
            (Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.ProgressReported(1, Report())),
            (Stream, new PledgeEvent.Amended(Pledge() with { Owing = ["HND"] }, new EffectiveDate("2024"), "handed over")));
        var mended = Report() with { Narrative = "Thirty clinics took part." };
        handedOver.When(new CorrectReport(Pledge1, 3, 1, mended, "miscounted")).ThenRecorded(Stream, new PledgeEvent.ReportCorrected(1, mended, "miscounted"));
        handedOver.When(new CorrectReport(Pledge1, 3, 1, mended with { EffectiveOn = new EffectiveDate("2024") }, "misdated")).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void What_is_not_there_is_not_reported_on()
    {
        Recorded.When(new ReportProgress("IMRF-2022-0002", Report())).ThenRefused("unknown-pledge", "id");
        Recorded.When(new CorrectReport("IMRF-2022-0002", 0, 1, Report(), "misread")).ThenRefused("unknown-pledge", "id");
    }

    private static ProgressReport With(Evidence evidence) => Report() with { Evidence = [evidence] };

    private static void Refused(ProgressReport report, string code, string field) =>
        Recorded.When(new ReportProgress(Pledge1, report)).ThenRefused(code, field);
}

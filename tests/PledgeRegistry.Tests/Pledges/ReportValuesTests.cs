using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>What a report says in numbers, which milestones it says were reached, and what others can learn from it.</summary>
public sealed class ReportValuesTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly EffectiveDate Day = new("2023-05");

    private static readonly ProgressReport Full = Report() with
    {
        Values = [new IndicatorValue("I1", "7", Day, null), new IndicatorValue("I1", "9", new EffectiveDate("2023-06"), null), new IndicatorValue("I2", "61.5", Day, "Of those seen.")],
        Milestones = [new MilestoneReached("M1", Day)],
        Amounts = [new Amount("120000", "CRC", "Vaccines", null)],
        Lesson = "Ask first.",
        GoodPractice = "Boats with nurses.",
        ReusableMaterial = "A manual.",
    };

    private static GivenWhenThen Recorded(params IEvent[] more) => Given([(Stream, new PledgeEvent.Recorded(CommonPledge())), .. more.Select(e => (Stream, e))]);

    [Fact]
    public void A_report_gives_values_milestones_amounts_and_what_others_can_learn() =>
        Recorded().When(new ReportProgress(Pledge1, Full)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, Full));

    [Fact]
    public void A_value_is_of_an_indicator_that_the_pledge_has()
    {
        Refused(Full with { Values = [new IndicatorValue("I9", "7", Day, null)] }, "unknown-indicator", "report.values[0].indicator");
        Refused(Full with { Values = [new IndicatorValue(null!, "7", Day, null)] }, "unknown-indicator", "report.values[0].indicator");
        Refused(Full with { Values = [new IndicatorValue("I1", "many", Day, null)] }, "not-a-number", "report.values[0].value");
        Refused(Full with { Values = [new IndicatorValue("I1", "7", null!, null)] }, "missing", "report.values[0].on");
        Refused(Full with { Values = [new IndicatorValue("I1", "7", Day, "")] }, "missing", "report.values[0].denominatorNote");
        Refused(Full with { Values = [new IndicatorValue("I1", "7", Day, null), new IndicatorValue("I1", "8", Day, null)] }, "twice", "report.values");
        Refused(Full with { Values = [null!] }, "missing", "report.values[0]");
        Refused(Full with { Values = null! }, "missing", "report.values");
    }

    [Fact]
    public void A_milestone_is_one_that_the_pledge_has_and_is_reached_once_in_a_report()
    {
        Refused(Full with { Milestones = [new MilestoneReached("M9", Day)] }, "unknown-milestone", "report.milestones[0].milestone");
        Refused(Full with { Milestones = [new MilestoneReached(null!, Day)] }, "unknown-milestone", "report.milestones[0].milestone");
        Refused(Full with { Milestones = [new MilestoneReached("M1", Day), new MilestoneReached("M1", new EffectiveDate("2023"))] }, "twice", "report.milestones");
        Refused(Full with { Milestones = [new MilestoneReached("M1", new EffectiveDate("2023-00"))] }, "not-a-date", "report.milestones[0].on");
        Refused(Full with { Milestones = null! }, "missing", "report.milestones");
    }

    [Fact]
    public void Amounts_and_lessons_keep_to_their_form()
    {
        Refused(Full with { Amounts = [new Amount("1.0", "CRC", null, null)] }, "not-a-number", "report.amounts[0].value");
        Refused(Full with { Amounts = [new Amount("1", "colones", null, null)] }, "not-a-currency", "report.amounts[0].currency");
        Refused(Full with { Lesson = "" }, "missing", "report.lesson");
        Refused(Full with { GoodPractice = new string('x', 8_001) }, "too-long", "report.goodPractice");
        Refused(Full with { ReusableMaterial = " " }, "missing", "report.reusableMaterial");
    }

    [Theory]
    [InlineData(ClaimedStatus.NotStarted, true)]
    [InlineData(ClaimedStatus.Planning, true)]
    [InlineData(ClaimedStatus.InProgress, false)]
    [InlineData(ClaimedStatus.PartiallyFulfilled, false)]
    [InlineData(ClaimedStatus.Fulfilled, false)]
    [InlineData(ClaimedStatus.Discontinued, true)]
    public void Where_there_is_little_progress_a_report_says_what_stood_in_the_way(ClaimedStatus status, bool asked)
    {
        var silent = Report(status: status) with { Challenges = null };
        var told = silent with { Challenges = "Few nurses." };
        var decided = Recorded().When(new ReportProgress(Pledge1, silent));
        _ = asked ? decided.ThenRefused("challenges-missing", "report.challenges") : decided.ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, silent));
        Recorded().When(new ReportProgress(Pledge1, told)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, told));
    }

    [Fact]
    public void A_report_from_before_that_was_asked_is_mended_without_it_while_its_status_stays()
    {
        var old = Report(status: ClaimedStatus.Planning) with { Challenges = null };
        var reported = Recorded(new PledgeEvent.ProgressReported(1, old));
        reported.When(new CorrectReport(Pledge1, 2, 1, old with { Narrative = "Mended." }, "misread")).ThenRecorded(Stream, new PledgeEvent.ReportCorrected(1, old with { Narrative = "Mended." }, "misread"));
        reported.When(new CorrectReport(Pledge1, 2, 1, old with { Status = ClaimedStatus.NotStarted }, "misread")).ThenRefused("challenges-missing", "report.challenges");
        Recorded(new PledgeEvent.ProgressReported(1, Report(status: ClaimedStatus.Planning))).When(new CorrectReport(Pledge1, 2, 1, old, "misread")).ThenRefused("challenges-missing", "report.challenges");
    }

    [Fact]
    public void A_corrected_report_may_keep_what_an_amendment_took_out_but_name_no_more_of_it()
    {
        var reported = Recorded(
            new PledgeEvent.ProgressReported(1, Full), new PledgeEvent.ProgressReported(2, Report()), new PledgeEvent.Amended(CommonPledge() with { Indicators = [], Milestones = [] }, new EffectiveDate("2024"), "simpler"));
        var mended = Full with { Values = [new IndicatorValue("I1", "8", Day, null)] };
        reported.When(new CorrectReport(Pledge1, 4, 1, mended, "miscounted")).ThenRecorded(Stream, new PledgeEvent.ReportCorrected(1, mended, "miscounted"));
        reported.When(new CorrectReport(Pledge1, 4, 2, mended, "miscounted")).ThenRefused("unknown-indicator", "report.values[0].indicator").ThenRefused("unknown-milestone", "report.milestones[0].milestone");
        reported.When(new ReportProgress(Pledge1, mended)).ThenRefused("unknown-indicator", "report.values[0].indicator");
    }

    private static void Refused(ProgressReport report, string code, string field) => Recorded().When(new ReportProgress(Pledge1, report)).ThenRefused(code, field);
}

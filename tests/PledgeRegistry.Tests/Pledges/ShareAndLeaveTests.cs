using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>A party's own part of a pledge: its share, and how it leaves. The others' parts stay.</summary>
public sealed class ShareAndLeaveTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly EffectiveDate Day = EffectiveDate.On(2023, 6, 1);
    private static readonly EffectiveDate Early = EffectiveDate.On(2022, 5, 16);
    private static readonly PledgeEvent.ShareDeclared Declared = new("HND", Share(), Day, null);
    private static readonly PledgeEvent.PartyLeft Left = new("HND", new EffectiveDate("2024-06"), "The post closed.");
    private static readonly PledgeEvent.OpenedForSignature Opened = new(Day, null, "More may join.");

    private static GivenWhenThen Common(params IEvent[] more) =>
        Given([(Stream, new PledgeEvent.Recorded(CommonPledge())), .. more.Select(e => (Stream, e))]);

    private static GivenWhenThen OwedTogether(params (string, IEvent)[] more) =>
        Given([(Stream, new PledgeEvent.Recorded(CommonPledge() with { Owing = ["RCM-MEMBERS", "IOM"] })), .. more]);

    [Fact]
    public void A_party_declares_its_own_share() =>
        Common().When(new DeclareShare(Pledge1, "HND", Share(), Day, null)).ThenRecorded(Stream, Declared);

    [Fact]
    public void A_share_of_a_single_partys_pledge_can_be_declared_too() =>
        Given((Stream, new PledgeEvent.Recorded(Pledge()))).When(new DeclareShare(Pledge1, "CRI", Share() with { Targets = [] }, Day, null))
            .ThenRecorded(Stream, new PledgeEvent.ShareDeclared("CRI", Share() with { Targets = [] }, Day, null));

    [Fact]
    public void A_changed_share_needs_a_reason_and_the_same_one_decides_nothing()
    {
        Common(Declared).When(new DeclareShare(Pledge1, "HND", Share(), Day, null)).ThenNothing();
        Common(Declared).When(new DeclareShare(Pledge1, "HND", Share("15"), Day, null)).ThenRefused("missing", "reason");
        Common(Declared).When(new DeclareShare(Pledge1, "HND", Share("15"), Day, "More posts.")).ThenRecorded(Stream, new PledgeEvent.ShareDeclared("HND", Share("15"), Day, "More posts."));
        Common(Declared).When(new DeclareShare(Pledge1, "CRI", Share(), Day, null)).ThenRecorded(Stream, Declared with { Party = "CRI" });
    }

    [Fact]
    public void Who_does_not_owe_it_has_no_share()
    {
        Common().When(new DeclareShare(Pledge1, "COL", Share(), Day, null)).ThenRefused("not-a-party", "party");
        Common().When(new DeclareShare(Pledge1, "XXX", Share(), Day, null)).ThenRefused("unknown-participant", "party");
        Common().When(new DeclareShare(Pledge1, null!, Share(), Day, null)).ThenRefused("unknown-participant", "party");
        Common(new PledgeEvent.PartyInvited("COL", Day, "Please.")).When(new DeclareShare(Pledge1, "COL", Share(), Day, null)).ThenRefused("not-a-party", "party");
    }

    [Fact]
    public void A_share_is_declared_for_days_on_which_the_party_owes()
    {
        var accepted = Common(Opened, new PledgeEvent.PartyAccepted("COL", new EffectiveDate("2024-33"), null, null, null));
        accepted.When(new DeclareShare(Pledge1, "COL", Share(), EffectiveDate.On(2024, 3, 30), null)).ThenRefused("not-a-party", "party");
        accepted.When(new DeclareShare(Pledge1, "COL", Share(), EffectiveDate.On(2024, 3, 31), null)).ThenRecorded(Stream, new PledgeEvent.ShareDeclared("COL", Share(), EffectiveDate.On(2024, 3, 31), null));
        Common(Left).When(new DeclareShare(Pledge1, "HND", Share(), EffectiveDate.On(2024, 6, 30), null)).ThenRefused("not-a-party", "party");
    }

    [Fact]
    public void A_member_has_no_share_of_what_its_collective_owes() =>
        OwedTogether().When(new DeclareShare(Pledge1, "HND", Share(), Day, null)).ThenRefused("not-a-party", "party");

    [Fact]
    public void A_share_names_the_pledges_own_indicators()
    {
        Refused(Share() with { Targets = [new ShareTarget("I9", "1")] }, "unknown-indicator", "share.targets[0].indicator");
        Refused(Share() with { Targets = [new ShareTarget(null!, "1")] }, "unknown-indicator", "share.targets[0].indicator");
        Refused(Share() with { Targets = [new ShareTarget("I1", "1"), new ShareTarget("I1", "2")] }, "twice", "share.targets");
        Refused(Share() with { Targets = [new ShareTarget("I1", "1,5")] }, "not-a-number", "share.targets[0].value");
    }

    [Fact]
    public void A_share_keeps_to_its_form()
    {
        Refused(null!, "missing", "share");
        Refused(Share() with { Text = "" }, "missing", "share.text");
        Refused(Share() with { Language = "" }, "not-a-language", "share.language");
        Refused(Share() with { Lead = " " }, "missing", "share.lead");
        Refused(Share() with { Due = new Due() }, "missing", "share.due");
        Refused(Share() with { Due = new Due(new EffectiveDate("2021")) }, "before-announced", "share.due.date");
        Refused(Share() with { Due = new Due(Meeting: "IMRF-9999") }, "unknown-meeting", "share.due.meeting");
        Refused(Share() with { Amounts = [new Amount("-1", "USD", null, null)] }, "below-zero", "share.amounts[0].value");
        Refused(Share() with { Amounts = [new Amount("1", "$", null, null)] }, "not-a-currency", "share.amounts[0].currency");
        Common().When(new DeclareShare(Pledge1, "HND", Share(), null!, null)).ThenRefused("missing", "from");
        Common().When(new DeclareShare(Pledge1, "HND", Share(), Early, null)).ThenRefused("before-announced", "from");
        Common().When(new DeclareShare(Pledge1, "HND", Share(), Day, " ")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void A_party_leaves_with_why() =>
        Common().When(new LeavePledge(Pledge1, "HND", Left.From, Left.Reason)).ThenRecorded(Stream, Left);

    [Fact]
    public void Who_left_reports_on_the_time_before_and_not_after()
    {
        var last = Report("HND") with { EffectiveOn = EffectiveDate.On(2024, 6, 29) };
        Common(Left).When(new ReportProgress(Pledge1, last)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, last));
        Common(Left).When(new ReportProgress(Pledge1, last with { EffectiveOn = EffectiveDate.On(2024, 6, 30) })).ThenRefused("not-a-party", "report.party");
        Common(Left).When(new ReportProgress(Pledge1, last with { EffectiveOn = new EffectiveDate("2024") })).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void The_others_report_on_after_one_left() =>
        Common(Left).When(new ReportProgress(Pledge1, Report() with { EffectiveOn = new EffectiveDate("2025") }))
            .ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, Report() with { EffectiveOn = new EffectiveDate("2025") }));

    [Fact]
    public void Who_left_and_accepted_again_reports_on_both_times_and_not_between()
    {
        var back = Common(Opened, Left, new PledgeEvent.PartyAccepted("HND", new EffectiveDate("2025-06"), null, null, null));
        foreach (var (day, owes) in new[] { ("2024-06-29", true), ("2024-06-30", false), ("2025-06-29", false), ("2025-06-30", true) })
        {
            var report = Report("HND") with { EffectiveOn = new EffectiveDate(day) };
            var decided = back.When(new ReportProgress(Pledge1, report));
            _ = owes ? decided.ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, report)) : decided.ThenRefused("not-a-party", "report.party");
        }
    }

    [Fact]
    public void The_last_party_withdraws_instead_of_leaving()
    {
        Given((Stream, new PledgeEvent.Recorded(Pledge()))).When(new LeavePledge(Pledge1, "CRI", Day, "Moved.")).ThenRefused("last-party", "party");
        Common(Left).When(new LeavePledge(Pledge1, "CRI", new EffectiveDate("2025"), "Moved.")).ThenRefused("last-party", "party");
    }

    [Fact]
    public void Nor_does_a_party_leave_before_the_others_who_are_to_leave_later() =>
        Common(Left).When(new LeavePledge(Pledge1, "CRI", Day, "Moved.")).ThenRefused("last-party", "party");

    [Fact]
    public void Nor_before_those_who_are_to_accept_later()
    {
        var later = Common(Opened, Left, new PledgeEvent.PartyAccepted("COL", EffectiveDate.On(2025, 1, 1), null, null, null));
        later.When(new LeavePledge(Pledge1, "CRI", EffectiveDate.On(2024, 12, 31), "Moved.")).ThenRefused("last-party", "party");
        later.When(new LeavePledge(Pledge1, "CRI", EffectiveDate.On(2025, 1, 1), "Moved.")).ThenRecorded(Stream, new PledgeEvent.PartyLeft("CRI", EffectiveDate.On(2025, 1, 1), "Moved."));
    }

    [Fact]
    public void A_party_leaves_once()
    {
        Common(Left).When(new LeavePledge(Pledge1, "HND", Left.From, Left.Reason)).ThenRefused("not-a-party", "party");
        Common(Left).When(new LeavePledge(Pledge1, "HND", Day, "Sooner.")).ThenRefused("not-a-party", "party");
    }

    [Fact]
    public void Who_came_back_does_not_leave_the_time_before()
    {
        var back = Common(Opened, Left, new PledgeEvent.PartyAccepted("HND", new EffectiveDate("2025-06"), null, null, null));
        back.When(new LeavePledge(Pledge1, "HND", EffectiveDate.On(2025, 1, 1), "Moved.")).ThenRefused("not-a-party", "party");
        back.When(new LeavePledge(Pledge1, "HND", Day, "Moved.")).ThenRefused("not-a-party", "party");
        back.When(new LeavePledge(Pledge1, "HND", new EffectiveDate("2026"), "Moved.")).ThenRecorded(Stream, new PledgeEvent.PartyLeft("HND", new EffectiveDate("2026"), "Moved."));
    }

    [Fact]
    public void A_member_leaves_its_collective_and_not_the_pledge()
    {
        OwedTogether().When(new LeavePledge(Pledge1, "HND", Day, "Moved.")).ThenRefused("not-a-party", "party");
        var left = OwedTogether(("participant/HND", new ParticipantEvent.RoleEnded("member", "RCM", new EffectiveDate("2024"), "left", "notes")));
        var last = Report("HND") with { EffectiveOn = EffectiveDate.On(2023, 12, 31) };
        left.When(new ReportProgress(Pledge1, last)).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, last));
        left.When(new ReportProgress(Pledge1, last with { EffectiveOn = EffectiveDate.On(2024, 1, 1) })).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void The_members_of_a_collective_that_left_report_no_more_and_who_accepted_by_itself_does()
    {
        var left = OwedTogether((Stream, Opened), (Stream, new PledgeEvent.PartyAccepted("CRI", Day, null, null, null)), (Stream, Left with { Party = "RCM-MEMBERS" }));
        var after = Report("HND") with { EffectiveOn = new EffectiveDate("2025") };
        left.When(new ReportProgress(Pledge1, after)).ThenRefused("not-a-party", "report.party");
        left.When(new ReportProgress(Pledge1, after with { Party = "CRI" })).ThenRecorded(Stream, new PledgeEvent.ProgressReported(1, after with { Party = "CRI" }));
    }

    [Fact]
    public void Leaving_keeps_to_its_form()
    {
        Common().When(new LeavePledge(Pledge1, "XXX", Day, "Moved.")).ThenRefused("unknown-participant", "party");
        Common().When(new LeavePledge(Pledge1, null!, Day, "Moved.")).ThenRefused("unknown-participant", "party");
        Common().When(new LeavePledge(Pledge1, "COL", Day, "Moved.")).ThenRefused("not-a-party", "party");
        Common().When(new LeavePledge(Pledge1, "HND", null!, "Moved.")).ThenRefused("missing", "from");
        Common().When(new LeavePledge(Pledge1, "HND", Early, "Moved.")).ThenRefused("before-announced", "from");
        Common().When(new LeavePledge(Pledge1, "HND", Day, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void What_ended_or_is_not_there_has_no_parts()
    {
        var ended = Common(new PledgeEvent.Withdrawn(Day, "moved"));
        ended.When(new DeclareShare(Pledge1, "HND", Share(), Day, null)).ThenRefused("pledge-withdrawn");
        ended.When(new LeavePledge(Pledge1, "HND", Day, "Moved.")).ThenRefused("pledge-withdrawn");
        ended.When(new DeclareShare("IMRF-2022-0002", "HND", Share(), Day, null)).ThenRefused("unknown-pledge", "id");
        ended.When(new LeavePledge("IMRF-2022-0002", "HND", Day, "Moved.")).ThenRefused("unknown-pledge", "id");
    }

    private static void Refused(Share share, string code, string field) =>
        Common().When(new DeclareShare(Pledge1, "HND", share, Day, null)).ThenRefused(code, field);
}

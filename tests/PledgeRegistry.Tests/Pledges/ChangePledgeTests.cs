using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class ChangePledgeTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly EffectiveDate Later = EffectiveDate.On(2023, 1, 1);
    private static readonly PledgeContent Other = Pledge() with { Title = "Primary care for every child" };

    private static GivenWhenThen Recorded => Given((Stream, new PledgeEvent.Recorded(Pledge())));
    private static GivenWhenThen Withdrawn => Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, new PledgeEvent.Withdrawn(Later, "moved")));

    [Fact]
    public void A_correction_replaces_what_was_recorded() =>
        Recorded.When(new CorrectPledge(Pledge1, 1, Other, "misread")).ThenRecorded(Stream, new PledgeEvent.Corrected(Other, "misread"));

    [Fact]
    public void A_correction_that_changes_nothing_decides_nothing() =>
        Recorded.When(new CorrectPledge(Pledge1, 1, Pledge(), "misread")).ThenNothing();

    [Fact]
    public void A_correction_may_change_the_kind_and_whose_words_it_is()
    {
        var content = Pledge() with { Kind = PledgeKind.Statement, By = ["HND"] };
        Recorded.When(new CorrectPledge(Pledge1, 1, content, "misread")).ThenRecorded(Stream, new PledgeEvent.Corrected(content, "misread"));
    }

    [Fact]
    public void A_withdrawn_pledge_can_still_be_corrected() =>
        Withdrawn.When(new CorrectPledge(Pledge1, 2, Other, "misread")).ThenRecorded(Stream, new PledgeEvent.Corrected(Other, "misread"));

    [Fact]
    public void A_correction_needs_a_reason() =>
        Recorded.When(new CorrectPledge(Pledge1, 1, Other, "")).ThenRefused("missing", "reason");

    [Fact]
    public void A_correction_keeps_to_the_rules_of_a_pledge() =>
        Recorded.When(new CorrectPledge(Pledge1, 1, Other with { Owing = [] }, "misread")).ThenRefused("nobody-owes", "content.owing");

    [Fact]
    public void The_public_id_keeps_its_series_and_year()
    {
        Recorded.When(new CorrectPledge(Pledge1, 1, Other with { Meeting = "IMRF-2026" }, "misread")).ThenRefused("id-would-change", "content.meeting");
        Recorded.When(new CorrectPledge(Pledge1, 1, Other with { Meeting = "RCM-2016-XXI" }, "misread")).ThenRefused("id-would-change", "content.meeting");
    }

    [Fact]
    public void A_correction_may_name_another_meeting_of_the_same_series_and_year()
    {
        var content = Conclusion() with { Meeting = "RCM-2016-XXI", Due = null };
        Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion())))
            .When(new CorrectPledge(Conclusion1, 1, content, "misread")).ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.Corrected(content, "misread"));
    }

    [Fact]
    public void Who_saw_an_older_version_repeats_the_change()
    {
        Recorded.When(new CorrectPledge(Pledge1, 0, Other, "misread")).ThenRefused("stale");
        Recorded.When(new AmendPledge(Pledge1, 2, Other, Later, "widened")).ThenRefused("stale");
        Recorded.When(new WithdrawPledge(Pledge1, 0, Later, "moved")).ThenRefused("stale");
    }

    [Fact]
    public void An_amendment_holds_from_a_date() =>
        Recorded.When(new AmendPledge(Pledge1, 1, Other, Later, "widened")).ThenRecorded(Stream, new PledgeEvent.Amended(Other, Later, "widened"));

    [Fact]
    public void An_amendment_that_changes_nothing_decides_nothing() =>
        Recorded.When(new AmendPledge(Pledge1, 1, Pledge(), Later, "widened")).ThenNothing();

    [Fact]
    public void An_amendment_leaves_kind_meeting_and_whose_words_it_is()
    {
        foreach (var content in new[]
                 {
                     Other with { Kind = PledgeKind.Conclusion }, Other with { Meeting = "IMRF-2026" }, Other with { By = ["HND"] }, Other with { By = [] },
                 })
        {
            Recorded.When(new AmendPledge(Pledge1, 1, content, Later, "widened")).ThenRefused("not-amendable", "content");
        }
    }

    [Fact]
    public void An_amendment_changes_neither_who_owes_it_nor_when_it_was_announced()
    {
        Recorded.When(new AmendPledge(Pledge1, 1, Other with { Owing = ["CRI", "HND"] }, Later, "widened")).ThenRefused("not-amendable", "content.owing");
        Recorded.When(new AmendPledge(Pledge1, 1, Other with { Owing = ["HND"] }, Later, "handed over")).ThenRefused("not-amendable", "content.owing");
        Recorded.When(new AmendPledge(Pledge1, 1, Other with { AnnouncedOn = EffectiveDate.On(2022, 5, 18) }, Later, "widened")).ThenRefused("not-amendable", "content.announcedOn");
        var common = Given((Stream, new PledgeEvent.Recorded(CommonPledge())));
        var reordered = CommonPledge() with { Owing = ["HND", "CRI"], Title = "Posts" };
        common.When(new AmendPledge(Pledge1, 1, reordered, Later, "widened")).ThenRecorded(Stream, new PledgeEvent.Amended(reordered, Later, "widened"));
    }

    [Fact]
    public void A_correction_may_say_that_a_party_never_accepted()
    {
        var common = Given(
            (Stream, new PledgeEvent.Recorded(CommonPledge())), (Stream, new PledgeEvent.PartyLeft("HND", new EffectiveDate("2024"), "Moved.")), (Stream, new PledgeEvent.Corrected(CommonPledge() with { Owing = ["CRI"] }, "misread")));
        common.When(new ReportProgress(Pledge1, Report("HND"))).ThenRefused("not-a-party", "report.party");
    }

    [Fact]
    public void A_withdrawn_pledge_takes_no_amendments() =>
        Withdrawn.When(new AmendPledge(Pledge1, 2, Other, Later, "widened")).ThenRefused("pledge-withdrawn");

    [Fact]
    public void Nothing_is_amended_or_withdrawn_before_it_was_announced()
    {
        var before = EffectiveDate.On(2022, 5, 16);
        Recorded.When(new AmendPledge(Pledge1, 1, Other, before, "widened")).ThenRefused("before-announced", "from");
        Recorded.When(new WithdrawPledge(Pledge1, 1, before, "moved")).ThenRefused("before-announced", "from");
        Recorded.When(new WithdrawPledge(Pledge1, 1, new EffectiveDate("2022-05"), "moved")).ThenRecorded(Stream, new PledgeEvent.Withdrawn(new EffectiveDate("2022-05"), "moved"));
    }

    [Fact]
    public void An_amendment_needs_a_date_and_a_reason()
    {
        Recorded.When(new AmendPledge(Pledge1, 1, Other, new EffectiveDate("2023-13"), "widened")).ThenRefused("not-a-date", "from");
        Recorded.When(new AmendPledge(Pledge1, 1, Other, Later, " ")).ThenRefused("missing", "reason");
        Recorded.When(new AmendPledge(Pledge1, 1, Other with { Title = "" }, Later, "widened")).ThenRefused("missing", "content.title");
    }

    [Fact]
    public void A_pledge_is_withdrawn_from_a_date() =>
        Recorded.When(new WithdrawPledge(Pledge1, 1, Later, "moved")).ThenRecorded(Stream, new PledgeEvent.Withdrawn(Later, "moved"));

    [Fact]
    public void A_pledge_is_withdrawn_once() =>
        Withdrawn.When(new WithdrawPledge(Pledge1, 1, Later, "moved")).ThenNothing();

    [Fact]
    public void A_withdrawal_needs_a_date_and_a_reason()
    {
        Recorded.When(new WithdrawPledge(Pledge1, 1, null!, "moved")).ThenRefused("missing", "from");
        Recorded.When(new WithdrawPledge(Pledge1, 1, Later, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void What_is_not_there_is_not_changed()
    {
        Recorded.When(new CorrectPledge("IMRF-2022-0002", 1, Other, "misread")).ThenRefused("unknown-pledge", "id");
        Recorded.When(new AmendPledge("IMRF-2022-0002", 1, Other, Later, "widened")).ThenRefused("unknown-pledge", "id");
        Recorded.When(new WithdrawPledge("imrf-2022-0001", 1, Later, "moved")).ThenRefused("unknown-pledge", "id");
    }
}

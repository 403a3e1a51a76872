using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

/// <summary>How a pledge ends otherwise than by withdrawal, goes on under another id, and comes back.</summary>
public sealed class EndPledgeTests
{
    private const string A = Pledge1, B = "IMRF-2022-0002", C = "IMRF-2022-0003";
    private const string Stream = $"pledge/{A}";
    private static readonly string[] AllWays = ["supersede", "complete", "duplicate", "split", "merge", "withdraw"];
    private static readonly EffectiveDate Day = new("2024-06");
    private static readonly EffectiveDate Early = EffectiveDate.On(2022, 5, 16);
    private static readonly Evidence Proof = new("Last report", "https://example.org/last", null, null, null);

    /// <summary>Each way to end the first of three pledges.</summary>
    public static TheoryData<string> Ways() => [.. AllWays];

    private static GivenWhenThen Three(params (string Id, IEvent Event)[] more) => Given(
    [
        ($"pledge/{A}", new PledgeEvent.Recorded(CommonPledge())), ($"pledge/{B}", new PledgeEvent.Recorded(CommonPledge())), ($"pledge/{C}", new PledgeEvent.Recorded(CommonPledge())),
        .. more.Select(m => ($"pledge/{m.Id}", m.Event)),
    ]);

    private static GivenWhenThen Fulfilled(params (string Id, IEvent Event)[] more) => Three([(A, Claims(1, "CRI", ClaimedStatus.Fulfilled)), (A, Claims(2, "HND", ClaimedStatus.Fulfilled)), .. more]);

    private static PledgeEvent.ProgressReported Claims(int number, string party, ClaimedStatus status, string on = "2023") =>
        new(number, Report(party, status) with { EffectiveOn = new EffectiveDate(on) });

    [Theory]
    [MemberData(nameof(Ways))]
    public void A_pledge_ends_with_why(string way)
    {
        var (command, happened, _) = Way(way, version: 3);
        Fulfilled().When(command).ThenRecorded(Stream, happened);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void The_same_end_again_decides_nothing(string way)
    {
        var (command, happened, _) = Way(way, version: 3);
        Fulfilled((A, happened)).When(command).ThenNothing();
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_ended_one_way_does_not_end_another_way(string way)
    {
        var (_, happened, refusal) = Way(way, version: 3);
        foreach (var other in AllWays.Where(w => w != way))
        {
            Fulfilled((A, happened)).When(Way(other, version: 4).Command).ThenRefused(refusal);
        }
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_ended_takes_no_reports_amendments_answers_or_shares(string way)
    {
        var (_, happened, refusal) = Way(way, version: 3);
        var ended = Fulfilled((A, happened));
        ended.When(new ReportProgress(A, Report())).ThenRefused(refusal);
        ended.When(new AmendPledge(A, 4, CommonPledge() with { Title = "Other" }, Day, "widened")).ThenRefused(refusal);
        ended.When(new AnswerAsAddressee(A, "COL", AddresseeAnswer.Noted, "Noted.", "en", Day)).ThenRefused(refusal);
        ended.When(new DeclareShare(A, "CRI", Share(), Day, null)).ThenRefused(refusal);
        ended.When(new LeavePledge(A, "CRI", Day, "Moved.")).ThenRefused(refusal);
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_ended_is_still_corrected_mapped_translated_and_reviewed(string way)
    {
        var (_, happened, _) = Way(way, version: 3);
        var ended = Fulfilled((A, happened));
        var content = CommonPledge() with { Title = "Other" };
        var mended = Report(status: ClaimedStatus.Fulfilled) with { Narrative = "Mended." };
        ended.When(new CorrectPledge(A, 4, content, "misread")).ThenRecorded(Stream, new PledgeEvent.Corrected(content, "misread"));
        ended.When(new CorrectReport(A, 4, 1, mended, "misread")).ThenRecorded(Stream, new PledgeEvent.ReportCorrected(1, mended, "misread"));
        ended.When(new MapPledge(A, new("gcm/2018", "GCM-15"), "Why.")).ThenRecorded(Stream, new PledgeEvent.Mapped(new("gcm/2018", "GCM-15"), "Why.", Retrospective: false));
        ended.When(new TranslatePledge(A, new Translation("es", "Uno", "Dos", TranslationStanding.Official))).ThenRecorded(Stream, new PledgeEvent.Translated(1, new Translation("es", "Uno", "Dos", TranslationStanding.Official)));
        ended.When(new ReviewPledge(A, Review(report: 1))).ThenRecorded(Stream, new PledgeEvent.Reviewed(1, Review(report: 1)));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void What_ended_is_reinstated_and_takes_reports_again(string way)
    {
        var (_, happened, _) = Way(way, version: 3);
        var again = new PledgeEvent.Reinstated(new EffectiveDate("2025"), "It goes on.");
        Fulfilled((A, happened)).When(new ReinstatePledge(A, 4, again.From, again.Reason)).ThenRecorded(Stream, again);
        Fulfilled((A, happened), (A, again)).When(new ReportProgress(A, Report())).ThenRecorded(Stream, new PledgeEvent.ProgressReported(3, Report()));
    }

    [Theory]
    [MemberData(nameof(Ways))]
    public void An_end_keeps_to_its_form(string way)
    {
        Fulfilled().When(Way(way, version: 2).Command).ThenRefused("stale");
        Fulfilled().When(Way(way, version: 3, reason: " ").Command).ThenRefused("missing", "reason");
        Fulfilled().When(Way(way, version: 3, id: "IMRF-2022-0009").Command).ThenRefused("unknown-pledge", "id");
        if (way != "duplicate")
        {
            Fulfilled().When(Way(way, version: 3, from: new EffectiveDate("2024-13")).Command).ThenRefused("not-a-date", "from");
            Fulfilled().When(Way(way, version: 3, from: Early).Command).ThenRefused("before-announced", "from");
        }
    }

    [Fact]
    public void What_it_goes_on_in_is_recorded_first()
    {
        Three().When(new SupersedePledge(A, 1, "IMRF-2022-0009", Day, "Why.")).ThenRefused("unknown-pledge", "by");
        Three().When(new MarkDuplicate(A, 1, "IMRF-2022-0009", "Why.")).ThenRefused("unknown-pledge", "of");
        Three().When(new MergePledge(A, 1, null!, Day, "Why.")).ThenRefused("unknown-pledge", "into");
        Three().When(new SplitPledge(A, 1, [B, "IMRF-2022-0009"], Day, "Why.")).ThenRefused("unknown-pledge", "into[1]");
    }

    [Fact]
    public void No_pledge_goes_on_in_itself()
    {
        Three().When(new SupersedePledge(A, 1, A, Day, "Why.")).ThenRefused("leads-back", "by");
        Three().When(new MarkDuplicate(A, 1, A, "Why.")).ThenRefused("leads-back", "of");
        Three().When(new MergePledge(A, 1, A, Day, "Why.")).ThenRefused("leads-back", "into");
        Three().When(new SplitPledge(A, 1, [B, A], Day, "Why.")).ThenRefused("leads-back", "into[1]");
    }

    [Theory]
    [InlineData("supersede")]
    [InlineData("duplicate")]
    [InlineData("split")]
    [InlineData("merge")]
    public void Nor_in_one_that_goes_on_in_it_however_many_steps_away(string way)
    {
        var (_, toB, _) = Way(way, version: 1);
        Three((A, toB)).When(new MergePledge(B, 1, A, Day, "Why.")).ThenRefused("leads-back", "into");
        Three((A, toB)).When(new MarkDuplicate(B, 1, A, "Why.")).ThenRefused("leads-back", "of");
        Three((A, toB), (B, new PledgeEvent.Superseded(C, Day, "Why."))).When(new SplitPledge(C, 1, [B, A], Day, "Why.")).ThenRefused("leads-back", "into[0]").ThenRefused("leads-back", "into[1]");
        Three((A, toB), (B, new PledgeEvent.Superseded(C, Day, "Why."))).When(new SupersedePledge(C, 1, A, Day, "Why.")).ThenRefused("leads-back", "by");
    }

    [Fact]
    public void Once_it_is_reinstated_it_may_take_the_others_place() =>
        Three((A, new PledgeEvent.Superseded(B, Day, "Why.")), (A, new PledgeEvent.Reinstated(Day, "On.")))
            .When(new SupersedePledge(B, 1, A, Day, "Why.")).ThenRecorded($"pledge/{B}", new PledgeEvent.Superseded(A, Day, "Why."));

    [Fact]
    public void Several_go_on_in_one_and_one_in_several()
    {
        Three((A, new PledgeEvent.Merged(C, Day, "Both."))).When(new MergePledge(B, 1, C, Day, "Both.")).ThenRecorded($"pledge/{B}", new PledgeEvent.Merged(C, Day, "Both."));
        Three().When(new SplitPledge(A, 1, [B], Day, "Why.")).ThenRefused("too-few", "into");
        Three().When(new SplitPledge(A, 1, [], Day, "Why.")).ThenRefused("too-few", "into");
        Three().When(new SplitPledge(A, 1, null!, Day, "Why.")).ThenRefused("missing", "into");
        Three().When(new SplitPledge(A, 1, [B, B], Day, "Why.")).ThenRefused("twice", "into");
    }

    [Fact]
    public void A_split_into_others_is_another_split() =>
        Three((A, new PledgeEvent.Split([B, C], Day, "Why."))).When(new SplitPledge(A, 2, [C, B], Day, "Why.")).ThenRefused("pledge-continued");

    [Fact]
    public void It_is_complete_only_if_every_party_says_so()
    {
        Three().When(Complete(1)).ThenRefused("not-fulfilled");
        Three((A, Claims(1, "CRI", ClaimedStatus.Fulfilled))).When(Complete(2)).ThenRefused("not-fulfilled");
        Three((A, Claims(1, "CRI", ClaimedStatus.Fulfilled)), (A, Claims(2, "HND", ClaimedStatus.PartiallyFulfilled))).When(Complete(3)).ThenRefused("not-fulfilled");
    }

    [Fact]
    public void Who_gave_its_part_up_does_not_hinder_it()
    {
        Three((A, Claims(1, "CRI", ClaimedStatus.Fulfilled)), (A, Claims(2, "HND", ClaimedStatus.Discontinued))).When(Complete(3)).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", [Proof]));
        Three((A, Claims(1, "CRI", ClaimedStatus.Fulfilled)), (A, new PledgeEvent.PartyLeft("HND", new EffectiveDate("2023"), "Moved."))).When(Complete(3)).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", [Proof]));
    }

    [Fact]
    public void What_nobody_fulfilled_is_withdrawn_instead()
    {
        Three((A, Claims(1, "CRI", ClaimedStatus.Discontinued)), (A, Claims(2, "HND", ClaimedStatus.Discontinued))).When(Complete(3)).ThenRefused("nobody-fulfilled");
        Given(($"pledge/{Conclusion1}", new PledgeEvent.Recorded(Conclusion() with { Owing = [] }))).When(new CompletePledge(Conclusion1, 1, Day, "Done.", [])).ThenRefused("nobody-fulfilled");
    }

    [Fact]
    public void What_counts_is_the_latest_claim_by_its_date_until_that_day()
    {
        var doneByCri = (A, (IEvent)Claims(1, "CRI", ClaimedStatus.Fulfilled));
        Three(doneByCri, (A, Claims(2, "HND", ClaimedStatus.Fulfilled, "2024-07"))).When(Complete(3)).ThenRefused("not-fulfilled");
        Three(doneByCri, (A, Claims(2, "HND", ClaimedStatus.Fulfilled, "2024"))).When(Complete(3)).ThenRefused("not-fulfilled");
        Three(doneByCri, (A, Claims(2, "HND", ClaimedStatus.Fulfilled, "2024-06"))).When(Complete(3)).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", [Proof]));
        Three(doneByCri, (A, Claims(2, "HND", ClaimedStatus.Fulfilled, "2023-12")), (A, Claims(3, "HND", ClaimedStatus.InProgress, "2023-11"))).When(Complete(4)).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", [Proof]));
        Three(doneByCri, (A, Claims(2, "HND", ClaimedStatus.Fulfilled, "2023-12")), (A, Claims(3, "HND", ClaimedStatus.InProgress, "2023-12"))).When(Complete(4)).ThenRefused("not-fulfilled");
    }

    [Fact]
    public void A_members_report_does_not_complete_what_its_collective_owes()
    {
        var collective = ($"pledge/{A}", (IEvent)new PledgeEvent.Recorded(Pledge() with { Owing = ["RCM-MEMBERS"] }));
        Given(collective, (Stream, Claims(1, "HND", ClaimedStatus.Fulfilled))).When(Complete(2)).ThenRefused("not-fulfilled");
        Given(collective, (Stream, Claims(1, "RCM-MEMBERS", ClaimedStatus.Fulfilled))).When(Complete(2)).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", [Proof]));
    }

    [Fact]
    public void A_completion_may_have_evidence()
    {
        Fulfilled().When(new CompletePledge(A, 3, Day, "Done.", [])).ThenRecorded(Stream, new PledgeEvent.Completed(Day, "Done.", []));
        Fulfilled().When(new CompletePledge(A, 3, Day, "Done.", null!)).ThenRefused("missing", "evidence");
        Fulfilled().When(new CompletePledge(A, 3, Day, "Done.", [Proof with { Url = null }])).ThenRefused("evidence-empty", "evidence[0]");
    }

    [Fact]
    public void Nothing_is_reinstated_that_stands_or_before_it_ended()
    {
        Three().When(new ReinstatePledge(A, 1, Day, "On.")).ThenRefused("pledge-standing");
        var withdrawn = Three((A, new PledgeEvent.Withdrawn(Day, "moved")));
        withdrawn.When(new ReinstatePledge(A, 2, EffectiveDate.On(2024, 5, 31), "On.")).ThenRefused("before-ended", "from");
        withdrawn.When(new ReinstatePledge(A, 2, new EffectiveDate("2023"), "On.")).ThenRefused("before-ended", "from");
        withdrawn.When(new ReinstatePledge(A, 2, EffectiveDate.On(2024, 6, 1), "On.")).ThenRecorded(Stream, new PledgeEvent.Reinstated(EffectiveDate.On(2024, 6, 1), "On."));
        withdrawn.When(new ReinstatePledge(A, 2, Early, "On.")).ThenRefused("before-announced", "from");
        withdrawn.When(new ReinstatePledge(A, 1, Day, "On.")).ThenRefused("stale");
        withdrawn.When(new ReinstatePledge(A, 2, null!, "On.")).ThenRefused("missing", "from");
        withdrawn.When(new ReinstatePledge(A, 2, Day, "")).ThenRefused("missing", "reason");
        withdrawn.When(new ReinstatePledge("IMRF-2022-0009", 2, Day, "On.")).ThenRefused("unknown-pledge", "id");
    }

    [Fact]
    public void What_was_reinstated_ends_again()
    {
        var back = Three((A, new PledgeEvent.Withdrawn(Day, "moved")), (A, new PledgeEvent.Reinstated(new EffectiveDate("2025"), "On.")));
        back.When(new WithdrawPledge(A, 3, new EffectiveDate("2026"), "moved")).ThenRecorded(Stream, new PledgeEvent.Withdrawn(new EffectiveDate("2026"), "moved"));
        back.When(new ReinstatePledge(A, 3, new EffectiveDate("2025"), "On.")).ThenRefused("pledge-standing");
    }

    private static CompletePledge Complete(long version) => new(A, version, Day, "Done.", [Proof]);

    private static (ICommand Command, PledgeEvent Happened, string Refusal) Way(string way, long version, string id = A, string reason = "Why.", EffectiveDate? from = null)
    {
        var on = from ?? Day;
        return way switch
        {
            "supersede" => (new SupersedePledge(id, version, B, on, reason), new PledgeEvent.Superseded(B, on, reason), "pledge-continued"),
            "complete" => (new CompletePledge(id, version, on, reason, [Proof]), new PledgeEvent.Completed(on, reason, [Proof]), "pledge-completed"),
            "duplicate" => (new MarkDuplicate(id, version, B, reason), new PledgeEvent.MarkedDuplicate(B, reason), "pledge-continued"),
            "split" => (new SplitPledge(id, version, [B, C], on, reason), new PledgeEvent.Split([B, C], on, reason), "pledge-continued"),
            "merge" => (new MergePledge(id, version, B, on, reason), new PledgeEvent.Merged(B, on, reason), "pledge-continued"),
            "withdraw" => (new WithdrawPledge(id, version, on, reason), new PledgeEvent.Withdrawn(on, reason), "pledge-withdrawn"),
            _ => throw new ArgumentException($"'{way}' is no way to end a pledge.", nameof(way)),
        };
    }
}

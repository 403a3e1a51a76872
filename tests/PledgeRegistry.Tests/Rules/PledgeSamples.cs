using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using static PledgeRegistry.Tests.Rules.SampleValues;

namespace PledgeRegistry.Tests.Rules;

/// <summary>The part of <see cref="Samples"/> that is about pledges and partnerships.</summary>
internal static class PledgeSamples
{
    // Each for a command that needs a pledge of its own sort.
    private const string One = "IMRF-2022-0001", Common = "IMRF-2022-0002", Open = "IMRF-2022-0003", Ended = "IMRF-2022-0004", Done = "IMRF-2022-0005", Asked = "RCM-2016-0001";

    private static readonly ItemRef Mapped = new("gcm/2018", "GCM-01");

    public static PartnershipContent Partnership { get; } = new(Words, Words, "IOM", Place);

    /// <summary>Every member filled: more than a pledge may be at once, as it either matches another or is in partnership.</summary>
    public static PledgeContent Whole { get; } = SampleRegistry.CommonPledge() with
    {
        By = ["CRI", "HND"],
        Owing = ["CRI"],
        Addressees = ["COL"],
        AnnouncedOn = new EffectiveDate("2022-05-17", "on the first day"),
        Due = new Due(Worded, "IMRF-2026", "by the next forum"),
        Type = PledgeType.Matching,
        Matches = Common,
        Partnership = "HEALTH-POSTS",
        Mirror = new MirrorPledge("GRF-4711", "https://example.org/pledges/4711"),
        Concreteness = Concreteness.ConcreteAction,
        Lead = "Ministry of Health",
        Cycle = 2026,
        Milestones = [new Milestone("M1", "The first post is open.", new Due(Worded, "IMRF-2026", "soon"))],
        Indicators =
        [
            new Indicator("I1", IndicatorType.Outcome, "Children who were seen", "percent", new Measured("12.5", Worded), new Target("90", new Due(Worded, "IMRF-2026", "in the end")), "Of those who crossed."),
        ],
        Amounts = [new Amount("2500000.5", "USD", "Posts", Through2023)],
    };

    public static PledgeContent Matching { get; } = Whole with { Partnership = null };

    public static PledgeContent InPartnership { get; } = Whole with { Type = PledgeType.InPartnership, Matches = null };

    public static PledgeContent Least { get; } = new(
        PledgeKind.Conclusion, "agreed", "Focal points", "Each country names one.", "en", "RCM-2016-WORKSHOP", new EffectiveDate("2016-09"), [], [], [], null, null, [], null, [], [], [], [],
        null, null, null, null, null, null, null, [], [], []);

    public static ProgressReport Report { get; } = new(
        "CRI", ClaimedStatus.PartiallyFulfilled, Worded, "Forty clinics take part.", "en", Through2023, "Few nurses.", "Train more.", [Proof],
        [new IndicatorValue("I1", "-3.25", Worded, "Of the 12 planned.")], [new MilestoneReached("M1", Worded)], [new Amount("1250", "HNL", "Vaccines", Through2023)],
        "Ask first.", "Boats with nurses.", "A manual.");

    public static ProgressReport LeastReport { get; } = new("CRI", ClaimedStatus.InProgress, new EffectiveDate("2023"), "A start.", "en", null, null, null, [], [], [], [], null, null, null);

    public static Review Review { get; } = new(SampleRegistry.Secretariat, ReviewStanding.Secretariat, ReviewView.ClarificationAsked, 1, Worded, "Which clinics?", "en", [Proof]);

    public static Review LeastReview { get; } = new("IOM", ReviewStanding.Independent, ReviewView.NotVerifiable, null, Day, "No access.", "en", []);

    public static Share Share { get; } = new("Posts on the coast.", "en", "Ministry of Health", new Due(Worded, "IMRF-2026", "soon"), [new Amount("1000", "USD", "Posts", Through2023)], [new ShareTarget("I1", "12.5")]);

    public static Translation Translation { get; } = new("ar", "الصحة", "الصحة للجميع", TranslationStanding.Unofficial);

    public static IReadOnlyList<(string Stream, IEvent Event)> History { get; } =
    [
        ("partnership/HEALTH-POSTS", new PartnershipEvent.Formed(Partnership)),
        ($"pledge/{One}", new PledgeEvent.Recorded(SampleRegistry.CommonPledge() with { Type = null, By = ["CRI"], Owing = ["CRI"] })),
        ($"pledge/{One}", new PledgeEvent.ProgressReported(1, SampleRegistry.Report())),
        ($"pledge/{One}", new PledgeEvent.Reviewed(1, SampleRegistry.Review())),
        ($"pledge/{One}", new PledgeEvent.Mapped(Mapped, "Data.", Retrospective: false)),
        ($"pledge/{One}", new PledgeEvent.MappingContested(1, Mapped, "HND", "It isn't about data.", "en")),
        ($"pledge/{Common}", new PledgeEvent.Recorded(SampleRegistry.CommonPledge() with { AnnouncedOn = Whole.AnnouncedOn })),
        ($"pledge/{Common}", new PledgeEvent.PartyInvited("COL", Day, "It shares the border.")),
        ($"pledge/{Open}", new PledgeEvent.Recorded(SampleRegistry.CommonPledge())),
        ($"pledge/{Open}", new PledgeEvent.OpenedForSignature(Day, null, "More may join.")),
        ($"pledge/{Ended}", new PledgeEvent.Recorded(SampleRegistry.Pledge())),
        ($"pledge/{Ended}", new PledgeEvent.Withdrawn(Day, "moved")),
        ($"pledge/{Done}", new PledgeEvent.Recorded(SampleRegistry.Pledge())),
        ($"pledge/{Done}", new PledgeEvent.ProgressReported(1, SampleRegistry.Report(status: ClaimedStatus.Fulfilled))),
        ($"pledge/{Asked}", new PledgeEvent.Recorded(SampleRegistry.Recommendation())),
    ];

    public static IReadOnlyList<ICommand> Commands { get; } =
    [
        new RecordPledge(Matching, [new MappingReason(Item, "It names health care.", Main: true)]),
        new RecordPledge(InPartnership, []),
        new CorrectPledge(One, 5, Matching, "misread"),
        new CorrectPledge(One, 5, InPartnership, "misread"),
        new AmendPledge(One, 5, Matching with { By = ["CRI"], AnnouncedOn = EffectiveDate.On(2022, 5, 17) }, Worded, "widened"),
        new AmendPledge(Common, 2, InPartnership with { Owing = ["HND", "CRI"] }, Worded, "widened"),
        new WithdrawPledge(One, 5, Worded, "moved"),
        new MapPledge(One, Item, "It names health care.", Main: true),
        new RetireMapping(One, Mapped, "wrong"),
        new MarkMapping(One, Mapped, Main: true, "It matters most."),
        new MoveMapping(One, Mapped, Item, "The action is named."),
        new ContestMapping(One, Mapped, "COL", "It isn't about data.", "en"),
        new AnswerContest(One, 1, SampleRegistry.Reviewer, Upheld: true, "So it is.", "en"),
        new ReportProgress(One, Report),
        new CorrectReport(One, 5, 1, Report, "misread"),
        new ReviewPledge(One, Review),
        new ReplyToReview(One, 1, "CRI", "Those on the coast.", "en"),
        new AnswerAsAddressee(Asked, "HND", AddresseeAnswer.Supported, "Gladly.", "en", Worded),
        new TranslatePledge(One, Translation),
        new OpenForSignature(Common, Worded, Worded, "More may join."),
        new CloseForSignature(Open, Worded, "Enough have joined."),
        new InviteParty(Common, "IOM", Worded, "It can help."),
        new AcceptPledge(Common, "COL", Worded, "Gladly.", "en", Place),
        new DeclinePledge(Common, "COL", Worded, "Not now.", "en"),
        new DeclareShare(Common, "HND", Share, Worded, "As agreed."),
        new LeavePledge(Common, "HND", Worded, "The post closed."),
        new SupersedePledge(One, 5, Common, Worded, "One for both."),
        new CompletePledge(Done, 2, Worded, "All is done.", [Proof]),
        new MarkDuplicate(One, 5, Common, "Recorded twice."),
        new SplitPledge(One, 5, [Common, Open], Worded, "One for each coast."),
        new MergePledge(One, 5, Common, Worded, "One for both."),
        new ReinstatePledge(Ended, 2, Worded, "It goes on."),
        new FormPartnership("HEALTH-BOATS", Partnership),
        new CorrectPartnership("HEALTH-POSTS", 1, Partnership with { Convener = "HND" }, "misread"),
    ];

    public static IReadOnlyList<IEvent> Events { get; } =
    [
        new PledgeEvent.Recorded(Whole),
        new PledgeEvent.Corrected(Whole, "misread"),
        new PledgeEvent.Amended(Whole, Worded, "widened"),
        new PledgeEvent.Mapped(Item, "It names health care.", Retrospective: true),
        new PledgeEvent.MappingRetired(Item, "wrong"),
        new PledgeEvent.MappingMarked(Mapped, Main: true, "It matters most."),
        new PledgeEvent.MappingMoved(Mapped, Item, "The action is named.", Retrospective: true),
        new PledgeEvent.MappingContested(2, Item, "COL", "It isn't about data.", "en"),
        new PledgeEvent.ContestAnswered(1, SampleRegistry.Reviewer, Upheld: true, "So it is.", "en"),
        new PledgeEvent.ProgressReported(2, Report),
        new PledgeEvent.ReportCorrected(1, Report, "misread"),
        new PledgeEvent.Reviewed(2, Review),
        new PledgeEvent.ReviewReplied(1, "CRI", "Those on the coast.", "en"),
        new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Supported, Worded, "Gladly.", "en"),
        new PledgeEvent.Translated(2, Translation),
        new PledgeEvent.OpenedForSignature(Worded, Worded, "More may join."),
        new PledgeEvent.ClosedForSignature(Worded, "Enough have joined."),
        new PledgeEvent.PartyInvited("COL", Worded, "It shares the border."),
        new PledgeEvent.PartyAccepted("COL", Worded, "Gladly.", "en", Place),
        new PledgeEvent.PartyDeclined("COL", Worded, "Not now.", "en"),
        new PledgeEvent.ShareDeclared("HND", Share, Worded, "As agreed."),
        new PledgeEvent.PartyLeft("HND", Worded, "The post closed."),
        new PledgeEvent.Withdrawn(Worded, "moved"),
        new PledgeEvent.Superseded(Common, Worded, "One for both."),
        new PledgeEvent.Completed(Worded, "All is done.", [Proof]),
        new PledgeEvent.MarkedDuplicate(Common, "Recorded twice."),
        new PledgeEvent.Split([Common, Open], Worded, "One for each coast."),
        new PledgeEvent.Merged(Common, Worded, "One for both."),
        new PledgeEvent.Reinstated(Worded, "It goes on."),
        new PartnershipEvent.Formed(Partnership),
        new PartnershipEvent.Corrected(Partnership, "misread"),
    ];

    public static IReadOnlyList<IEvent> LeastEvents { get; } =
    [
        new PledgeEvent.Recorded(Least),
        new PledgeEvent.Corrected(Least, "misread"),
        new PledgeEvent.Amended(Least, Day, "widened"),
        new PledgeEvent.Mapped(Item, "It names health care.", Retrospective: false),
        new PledgeEvent.MappingRetired(Item, "wrong"),
        new PledgeEvent.MappingMarked(Mapped, Main: false, "It doesn't."),
        new PledgeEvent.MappingMoved(Mapped, Item, "The action is named.", Retrospective: false),
        new PledgeEvent.MappingContested(1, Item, "COL", "Wrong.", "en"),
        new PledgeEvent.ContestAnswered(1, "CRI", Upheld: false, "Right.", "en"),
        new PledgeEvent.ProgressReported(1, LeastReport),
        new PledgeEvent.ReportCorrected(1, LeastReport, "misread"),
        new PledgeEvent.Reviewed(1, LeastReview),
        new PledgeEvent.ReviewReplied(1, "CRI", "No.", "en"),
        new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Noted, Day, "Noted.", "en"),
        new PledgeEvent.Translated(1, new Translation("es", "Puestos", "Cada país.", TranslationStanding.Machine)),
        new PledgeEvent.OpenedForSignature(Day, null, "More may join."),
        new PledgeEvent.ClosedForSignature(Day, "Enough."),
        new PledgeEvent.PartyInvited("COL", Day, "Asked."),
        new PledgeEvent.PartyAccepted("COL", Day, null, null, null),
        new PledgeEvent.PartyDeclined("COL", Day, "No.", "en"),
        new PledgeEvent.ShareDeclared("HND", new Share("Posts.", "en", null, null, [], []), Day, null),
        new PledgeEvent.PartyLeft("HND", Day, "Closed."),
        new PledgeEvent.Withdrawn(Day, "moved"),
        new PledgeEvent.Superseded(Common, Day, "Both."),
        new PledgeEvent.Completed(Day, "Done.", []),
        new PledgeEvent.MarkedDuplicate(Common, "Twice."),
        new PledgeEvent.Split([], Day, "Each."),
        new PledgeEvent.Merged(Common, Day, "Both."),
        new PledgeEvent.Reinstated(Day, "On."),
        new PartnershipEvent.Formed(new PartnershipContent(Words, Texts.None, null, null)),
        new PartnershipEvent.Corrected(new PartnershipContent(Words, Texts.None, null, null), "misread"),
    ];
}

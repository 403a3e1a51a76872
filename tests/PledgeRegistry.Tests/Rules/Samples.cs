using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Tests.Rules;

/// <summary>
/// For each command one that is accepted with every member filled, and the state that accepts it; for each event one with
/// every member filled, and one with everything optional left out. Rules and golden files walk over them.
/// </summary>
internal static class Samples
{
    /// <summary>Two ids of actors; the first is the focal point of Honduras in <see cref="State"/>.</summary>
    public const string Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb";

    private const string Hex = "0123456789abcdef";

    private static readonly EffectiveDate Day = EffectiveDate.On(2023, 6, 1);
    private static readonly EffectiveDate Worded = new("2026-05-08", "by the next forum – “sooner, if possible”");
    private static readonly Texts Words = Texts.Of(("ar", "الصحة للجميع"), ("en", "Health \"for all\" \\ 😀"), ("es", "Salud\u2028para todos: año 2022"), ("fr", "Santé\tpour\ntous"));
    private static readonly ItemRef Item = new("gcm/2018", "GCM-15.e");
    private static readonly Evidence Proof = new("Decree", "https://example.org/decree.pdf", "application/pdf", Hash64(Hex), Hash64("fedcba9876543210"));
    private static readonly Period Span = new(new EffectiveDate("2023-01-16", "mid-January"), new EffectiveDate("2023-12-31", "the end of the year"));

    /// <summary>A registry in which all the commands below are accepted.</summary>
    public static readonly RegistryState State = SampleRegistry.After(SampleRegistry.State,
    [
        ("pledge/IMRF-2022-0001", new PledgeEvent.Recorded(SampleRegistry.Pledge())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.ProgressReported(1, SampleRegistry.Report())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Reviewed(1, SampleRegistry.Review())),
        ("pledge/IMRF-2022-0001", new PledgeEvent.Mapped(new ItemRef("gcm/2018", "GCM-01"), "Data.", Retrospective: false)),
        ("pledge/RCM-2016-0001", new PledgeEvent.Recorded(SampleRegistry.Recommendation())),
        ("initiative/RCM-2016-I0001", new InitiativeEvent.Recorded(SampleRegistry.Initiative())),
        ("framework/draft/1", new FrameworkEvent.Opened("draft", "1", Words, "notes", Day, null, CodeList: false)),
        ("framework/draft/1", new FrameworkEvent.ItemAdded("D-1", null, null, Texts.None, Texts.None, null)),
        ("participant/HND", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "HND", Day, null)),
        ("source/minutes", new SourceEvent.Registered("Minutes", null, "es", null, Hash64("b"), null, null)),
    ]);

    public static PledgeContent Pledge { get; } = SampleRegistry.Pledge() with
    {
        By = ["CRI", "HND"],
        Owing = ["CRI"],
        Addressees = ["COL"],
        AnnouncedOn = new EffectiveDate("2022-05-17", "on the first day"),
        Due = new Due(Worded, "IMRF-2026", "by the next forum"),
    };

    public static PledgeContent LeastPledge { get; } = new(
        PledgeKind.Conclusion, "agreed", "Focal points", "Each country names one.", "en", "RCM-2016-WORKSHOP", new EffectiveDate("2016-09"), [], [], [], null, null, [], null, [], [], [], []);

    public static InitiativeContent Initiative { get; } = new(
        "CRI", "programme", "updated", ["RCM-A1", "RCM-A2"], Words, Words, "RCM-2016-XXI", new EffectiveDate("2016-11-01", "early November"), Span, "IMRF-2022-0001",
        "Ministry of Health", "both", ["A university", "A clinic"], ["women"], ["tuberculosis"], ["transit", "destination"],
        "Distance.", "Boats.", "Ask first.", "Boats with nurses.", "A manual.", [new Result("Posts", "-3.25", "posts", "of the 12 planned")], [Item], "Boats.", "Nurses.", [Proof],
        new SourcePlace("notes", "page 2"));

    public static InitiativeContent LeastInitiative { get; } = new(
        "CRI", "news", "new", ["RCM-A1"], Texts.Of(("es", "Puestos")), Texts.Of(("es", "Tres.")), "RCM-2016-XXI", new EffectiveDate("2016"), null, null,
        null, null, [], [], [], [], null, null, null, null, null, [], [], null, null, [], null);

    public static ProgressReport Report { get; } = new("CRI", ClaimedStatus.PartiallyFulfilled, Worded, "Forty clinics take part.", "en", Span, "Few nurses.", "Train more.", [Proof]);

    public static ProgressReport LeastReport { get; } = new("CRI", ClaimedStatus.NotStarted, new EffectiveDate("2023"), "Nothing yet.", "en", null, null, null, []);

    public static Review Review { get; } = new("IOM", ReviewStanding.Secretariat, ReviewView.ClarificationAsked, 1, Worded, "Which clinics?", "en", [Proof]);

    public static Review LeastReview { get; } = new("IOM", ReviewStanding.Independent, ReviewView.NotVerifiable, null, Day, "No access.", "en", []);

    public static MeetingContent Meeting { get; } = new("IMRF", "forum", 2, 2026, Words, Worded, new EffectiveDate("2026-05-08", "the Friday"), "New York", "RCM-2016-XXI", "notes, page 3");

    public static MeetingContent LeastMeeting { get; } = new("IMRF", "forum", null, 2026, Words, null, null, null, null, "notes");

    public static SeriesSettings Settings { get; } = new(Words, "vice-ministerial", 6, ReviewsApply: true, "Agreed in 2023.");

    public static SeriesSettings LeastSettings { get; } = new(Words, null, 12, ReviewsApply: false, null);

    public static IReadOnlyList<ICommand> Commands { get; } =
    [
        new RecordPledge(Pledge, [new MappingReason(Item, "It names health care.")]),
        new CorrectPledge("IMRF-2022-0001", 4, Pledge, "misread"),
        new AmendPledge("IMRF-2022-0001", 4, Pledge with { By = ["CRI"] }, Worded, "widened"),
        new WithdrawPledge("IMRF-2022-0001", 4, Worded, "moved"),
        new MapPledge("IMRF-2022-0001", Item, "It names health care."),
        new RetireMapping("IMRF-2022-0001", new ItemRef("gcm/2018", "GCM-01"), "wrong"),
        new ReportProgress("IMRF-2022-0001", Report),
        new CorrectReport("IMRF-2022-0001", 4, 1, Report, "misread"),
        new ReviewPledge("IMRF-2022-0001", Review),
        new ReplyToReview("IMRF-2022-0001", 1, "CRI", "Those on the coast.", "en"),
        new AnswerAsAddressee("RCM-2016-0001", "HND", AddresseeAnswer.Supported, "Gladly.", "en", Worded),
        new RecordInitiative(Initiative),
        new UpdateInitiative("RCM-2016-I0001", 1, Initiative, "opened"),
        new CorrectInitiative("RCM-2016-I0001", 1, Initiative, "misread"),
        new WithdrawInitiative("RCM-2016-I0001", 1, Worded, "ended"),
        new RegisterParticipant("GROUP", "collective", Words, "El grupo", "notes", [new RoleIn("member", "RCM")], [new RoleStart("member", "IMRF", Worded, "notes")], [new MemberStart("IOM", Worded, "notes")]),
        new RenameParticipant("CRI", Words, "new name", "notes"),
        new StartRole("CRI", "network-member", "IMRF", Worded, "notes"),
        new EndRole("CRI", "member", "RCM", Worded, "left", "notes"),
        new AddMember("WORKSHOP", "IOM", Worded, "notes"),
        new RemoveMember("WORKSHOP", "COL", Worded, "left", "notes"),
        new AppointActor("CRI", Ben, ActorRole.Secretariat, "RCM", Span.From, Worded),
        new EndAppointment("HND", Ana, ActorRole.FocalPoint, "HND", Worded, "moved on"),
        new HandOver("HND", Ana, Ben, Worded, "moved on"),
        new SetClearance("CRI", Required: true, "as agreed"),
        new AnnounceMeeting("IMRF-2026-SIDE", Meeting, ["notes", "minutes"], [new Cluster("RT1", ["GCM-01", "GCM-15"])]),
        new CorrectMeeting("IMRF-2026", 1, Meeting, "misread"),
        new AttachDocument("IMRF-2026", "minutes"),
        new SetClusters("IMRF-2026", 1, [new Cluster("RT1", ["GCM-01", "GCM-15"])], "notes"),
        new OpenSeries("PANCAP", Settings),
        new ChangeSeriesSettings("RCM", 1, Settings, "agreed"),
        new RegisterSource("S9", "Report of the ninth meeting", "A secretariat", "es", Worded, Hash64(Hex), "https://example.org/s9.pdf", "Scanned."),
        new OpenFramework("sdg", "2015", Words, "notes", Worded, Worded, CodeList: false),
        new AddFrameworkItem("draft/1", "D-1.1", "point", "D-1", Words, Words, "labels to be checked"),
        new CloseFramework("draft/1", 1),
        new RetireFramework("gcm/2018", Worded, "replaced"),
        new CompleteOpeningData("base", "1"),
        new OpenRegistry(Words, Demonstration: true),
    ];

    public static RegistryState StateFor(ICommand command) => command is OpenRegistry ? RegistryState.Empty : State;

    public static IReadOnlyList<IEvent> Events { get; } =
    [
        new PledgeEvent.Recorded(Pledge),
        new PledgeEvent.Corrected(Pledge, "misread"),
        new PledgeEvent.Amended(Pledge, Worded, "widened"),
        new PledgeEvent.Mapped(Item, "It names health care.", Retrospective: true),
        new PledgeEvent.MappingRetired(Item, "wrong"),
        new PledgeEvent.ProgressReported(2, Report),
        new PledgeEvent.ReportCorrected(1, Report, "misread"),
        new PledgeEvent.Reviewed(2, Review),
        new PledgeEvent.ReviewReplied(1, "CRI", "Those on the coast.", "en"),
        new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Supported, Worded, "Gladly.", "en"),
        new PledgeEvent.Withdrawn(Worded, "moved"),
        new InitiativeEvent.Recorded(Initiative),
        new InitiativeEvent.Updated(Initiative, "opened"),
        new InitiativeEvent.Corrected(Initiative, "misread"),
        new InitiativeEvent.Withdrawn(Worded, "ended"),
        new ParticipantEvent.Registered("collective", Words, "El grupo", "notes", [new RoleIn("member", "RCM")]),
        new ParticipantEvent.Renamed(Words, "new name", "notes"),
        new ParticipantEvent.RoleStarted("network-member", "IMRF", Worded, "notes"),
        new ParticipantEvent.RoleEnded("member", "RCM", Worded, "left", "notes"),
        new ParticipantEvent.MemberJoined("IOM", Worded, "notes"),
        new ParticipantEvent.MemberLeft("COL", Worded, "left", "notes"),
        new ParticipantEvent.ActorAppointed(Ben, ActorRole.Secretariat, "RCM", Worded, Worded),
        new ParticipantEvent.AppointmentEnded(Ana, ActorRole.FocalPoint, "HND", Worded, "moved on"),
        new ParticipantEvent.HandedOver(Ana, Ben, Worded, "moved on"),
        new ParticipantEvent.ClearanceSet(Required: true, "as agreed"),
        new ClearanceEvent.Given(Ben),
        new MeetingEvent.Announced(Meeting),
        new MeetingEvent.Corrected(Meeting, "misread"),
        new MeetingEvent.DocumentAttached("notes"),
        new MeetingEvent.ClustersSet([new Cluster("RT1", ["GCM-01", "GCM-15"])], "notes"),
        new SeriesEvent.Opened(Settings),
        new SeriesEvent.SettingsChanged(Settings, "agreed"),
        new SourceEvent.Registered("Report of the ninth meeting", "A secretariat", "es", Worded, Hash64(Hex), "https://example.org/s9.pdf", "Scanned."),
        new FrameworkEvent.Opened("sdg", "2015", Words, "notes", Worded, Worded, CodeList: true),
        new FrameworkEvent.ItemAdded("D-1.1", "point", "D-1", Words, Words, "labels to be checked"),
        new FrameworkEvent.Closed(1),
        new FrameworkEvent.Retired(Worded, "replaced"),
        new RegistryEvent.Opened(Words, Demonstration: true),
        new RegistryEvent.OpeningDataLoaded("base", "1"),
    ];

    public static IReadOnlyList<IEvent> LeastEvents { get; } =
    [
        new PledgeEvent.Recorded(LeastPledge),
        new PledgeEvent.Corrected(LeastPledge, "misread"),
        new PledgeEvent.Amended(LeastPledge, Day, "widened"),
        new PledgeEvent.Mapped(Item, "It names health care.", Retrospective: false),
        new PledgeEvent.MappingRetired(Item, "wrong"),
        new PledgeEvent.ProgressReported(1, LeastReport),
        new PledgeEvent.ReportCorrected(1, LeastReport, "misread"),
        new PledgeEvent.Reviewed(1, LeastReview),
        new PledgeEvent.ReviewReplied(1, "CRI", "No.", "en"),
        new PledgeEvent.AddresseeAnswered("HND", AddresseeAnswer.Noted, Day, "Noted.", "en"),
        new PledgeEvent.Withdrawn(Day, "moved"),
        new InitiativeEvent.Recorded(LeastInitiative),
        new InitiativeEvent.Updated(LeastInitiative, "opened"),
        new InitiativeEvent.Corrected(LeastInitiative, "misread"),
        new InitiativeEvent.Withdrawn(Day, "ended"),
        new ParticipantEvent.Registered("state", Words, null, "notes", []),
        new ParticipantEvent.Renamed(Words, "new name", "notes"),
        new ParticipantEvent.RoleStarted("member", "RCM", null, "notes"),
        new ParticipantEvent.RoleEnded("member", "RCM", Day, "left", "notes"),
        new ParticipantEvent.MemberJoined("IOM", null, "notes"),
        new ParticipantEvent.MemberLeft("COL", Day, "left", "notes"),
        new ParticipantEvent.ActorAppointed(Ben, ActorRole.Administrator, ActorId.Registry, Day, null),
        new ParticipantEvent.AppointmentEnded(Ana, ActorRole.FocalPoint, "HND", Day, "moved on"),
        new ParticipantEvent.HandedOver(Ana, Ben, Day, "moved on"),
        new ParticipantEvent.ClearanceSet(Required: false, "as agreed"),
        new ClearanceEvent.Given(Ben),
        new MeetingEvent.Announced(LeastMeeting),
        new MeetingEvent.Corrected(LeastMeeting, "misread"),
        new MeetingEvent.DocumentAttached("notes"),
        new MeetingEvent.ClustersSet([], "notes"),
        new SeriesEvent.Opened(LeastSettings),
        new SeriesEvent.SettingsChanged(LeastSettings, "agreed"),
        new SourceEvent.Registered("Notes", null, "en", null, Hash64("a"), null, null),
        new FrameworkEvent.Opened("sdg", "2015", Words, "notes", Day, null, CodeList: false),
        new FrameworkEvent.ItemAdded("D-1", null, null, Texts.None, Texts.None, null),
        new FrameworkEvent.Closed(0),
        new FrameworkEvent.Retired(Day, "replaced"),
        new RegistryEvent.Opened(Words, Demonstration: false),
        new RegistryEvent.OpeningDataLoaded("base", "1"),
    ];

    /// <summary>A stream of <see cref="State"/> in which the event can happen next.</summary>
    public static string StreamOf(IEvent happened) => happened switch
    {
        PledgeEvent or ClearanceEvent => "pledge/IMRF-2022-0001",
        InitiativeEvent => "initiative/RCM-2016-I0001",
        ParticipantEvent.MemberJoined or ParticipantEvent.MemberLeft => "participant/WORKSHOP",
        ParticipantEvent.AppointmentEnded or ParticipantEvent.HandedOver => "participant/HND",
        ParticipantEvent => "participant/CRI",
        MeetingEvent => "meeting/IMRF-2026",
        SeriesEvent => "series/RCM",
        SourceEvent => "source/minutes",
        FrameworkEvent => "framework/draft/1",
        RegistryEvent => "registry",
        _ => throw new InvalidOperationException($"{happened.GetType()} is of no family known here; add it."),
    };

    private static string Hash64(string digits) => string.Concat(Enumerable.Repeat(digits, 64 / digits.Length));
}

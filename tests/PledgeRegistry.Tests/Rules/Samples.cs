using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Writing;
using static PledgeRegistry.Tests.Rules.SampleValues;

namespace PledgeRegistry.Tests.Rules;

/// <summary>
/// For each command one that is accepted with every member filled (or two that have them all between them, where one can't),
/// and the state that accepts it; for each event one with every member filled, and one with everything optional left out.
/// Rules and golden files walk over them. Those of pledges are in <see cref="PledgeSamples"/>.
/// </summary>
internal static class Samples
{
    /// <summary>Two ids of actors; the first is the focal point of Honduras in <see cref="State"/>.</summary>
    public const string Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb";

    /// <summary>Two keys of one log: the first signs it in <see cref="State"/>. Their seeds are 32 bytes of 0 and of 1.</summary>
    public const string SigningKey = "example.org/log+4e933303+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop", OtherKey = "example.org/log+8f13f9e4+AYqI4910CfGV/VLbLTy6XXLKZwm/HZQSG/N0iAG0D29c";

    public static readonly string SigningKeyPem = VerifierKey.TryParse(SigningKey)!.SpkiPem!, OtherKeyPem = VerifierKey.TryParse(OtherKey)!.SpkiPem!;

    public static readonly IReadOnlyList<SealedView> Views =
        [new SealedView("rcm-grid/2", [new ViewParameter("meeting", "RCM-2016-XXI")], Hash64("a")), new SealedView("coverage/3", [new ViewParameter("framework", "gcm/2018")], Hash64("b"))];

    /// <summary>A registry in which all the commands below are accepted.</summary>
    public static readonly RegistryState State = SampleRegistry.After(SampleRegistry.State,
    [
        .. PledgeSamples.History,
        ("initiative/RCM-2016-I0001", new InitiativeEvent.Recorded(SampleRegistry.Initiative())),
        ("exchange/RCM-2016-X0001", new ExchangeEvent.Recorded(SampleRegistry.Need())),
        ("exchange/RCM-2016-X0002", new ExchangeEvent.Recorded(SampleRegistry.Offer())),
        ("exchange/RCM-2016-X0003", new ExchangeEvent.Recorded(SampleRegistry.Offer("HND"))),
        ("exchange/RCM-2016-X0001", new ExchangeEvent.MatchProposed(1, "RCM-2016-X0002", "IOM", EffectiveDate.On(2016, 12, 1), "Both are about training.")),
        ("framework/gcm/2018", new FrameworkEvent.CrosswalkAdded("GCM-01", new ItemRef("rcm-areas/2016", "RCM-A2"), CrosswalkRelation.Related, "notes")),
        ("framework/draft/1", new FrameworkEvent.Opened("draft", "1", Words, "notes", Day, null, CodeList: false)),
        ("framework/draft/1", new FrameworkEvent.ItemAdded("D-1", null, null, Texts.None, Texts.None, null)),
        ("participant/HND", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "HND", Day, null)),
        ("registry", new RegistryEvent.SigningKeyPublished(SigningKey, SigningKeyPem)),
        ("registry", new RegistryEvent.RedactionAllowed(Allowed: true, "ordered")),
        ("source/minutes", new SourceEvent.Registered("Minutes", null, "es", null, Hash64("b"), null, null)),
    ]);

    public static InitiativeContent Initiative { get; } = new(
        "CRI", "programme", "updated", ["RCM-A1", "RCM-A2"], Words, Words, "RCM-2016-XXI", new EffectiveDate("2016-11-01", "early November"), Through2023, "IMRF-2022-0001",
        "Ministry of Health", "both", ["A university", "A clinic"], ["women"], ["tuberculosis"], ["transit", "destination"],
        "Distance.", "Boats.", "Ask first.", "Boats with nurses.", "A manual.", [new Result("Posts", "-3.25", "posts", "of the 12 planned")], [Item], "Boats.", "Nurses.", [Proof],
        new SourcePlace("notes", "page 2"));

    public static InitiativeContent LeastInitiative { get; } = new(
        "CRI", "news", "new", ["RCM-A1"], Texts.Of(("es", "Puestos")), Texts.Of(("es", "Tres.")), "RCM-2016-XXI", new EffectiveDate("2016"), null, null,
        null, null, [], [], [], [], null, null, null, null, null, [], [], null, null, [], null);

    public static ExchangeContent Exchange { get; } = new(
        Direction.Need, "CRI", Words, Words, ["financial", "process"], [Item, new ItemRef("rcm-areas/2016", "RCM-A1")], ["CRI", "Darién"], ["women"], "RCM-2016-XXI",
        new EffectiveDate("2016-11-17", "on the first day"), Worded, "IMRF-2022-0001", "RCM-2016-I0001", new Amount("1250.5", "USD", "Training", Through2023), new SourcePlace("notes", "page 2"));

    public static ExchangeContent LeastExchange { get; } = new(
        Direction.Offer, "CRI", Texts.Of(("es", "Formación")), Texts.Of(("es", "Cursos.")), [], [], [], [], "RCM-2016-XXI", new EffectiveDate("2016"), null, null, null, null, null);
    public static MeetingContent Meeting { get; } = new("IMRF", "forum", 2, 2026, Words, Worded, new EffectiveDate("2026-05-08", "the Friday"), "New York", "RCM-2016-XXI", "notes, page 3");

    public static MeetingContent LeastMeeting { get; } = new("IMRF", "forum", null, 2026, Words, null, null, null, null, "notes");

    public static SeriesSettings Settings { get; } = new(Words, "vice-ministerial", 24, 10, 6, 3, ReviewsApply: true, "Agreed in 2023.");

    public static SeriesSettings LeastSettings { get; } = new(Words, null, 12, 0, 12, 0, ReviewsApply: false, null);

    public static IReadOnlyList<ICommand> Commands { get; } =
    [
        .. PledgeSamples.Commands,
        new RecordInitiative(Initiative),
        new UpdateInitiative("RCM-2016-I0001", 1, Initiative, "opened"),
        new CorrectInitiative("RCM-2016-I0001", 1, Initiative, "misread"),
        new WithdrawInitiative("RCM-2016-I0001", 1, Worded, "ended"),
        new RecordNeedOrOffer(Exchange),
        new CorrectNeedOrOffer("RCM-2016-X0001", 2, Exchange, "misread"),
        new CloseNeedOrOffer("RCM-2016-X0001", 2, Closing.Met, Worded, "received"),
        new ProposeMatch("RCM-2016-X0001", "RCM-2016-X0003", "IOM", Worded, "Both are about training."),
        new AnswerMatch("RCM-2016-X0001", 1, "CRI", MatchAnswer.Accepted, Worded, "Gladly.", "en"),
        new EndMatch("RCM-2016-X0001", 1, "IOM", Worded, "moved"),
        new RegisterParticipant("GROUP", "collective", Words, "El grupo", "notes", [new RoleIn("member", "RCM")], [new RoleStart("member", "IMRF", Worded, "notes")], [new MemberStart("IOM", Worded, "notes")]),
        new RenameParticipant("CRI", Words, "new name", "notes"),
        new StartRole("CRI", "network-member", "IMRF", Worded, "notes"),
        new EndRole("CRI", "member", "RCM", Worded, "left", "notes"),
        new AddMember("WORKSHOP", "IOM", Worded, "notes"),
        new RemoveMember("WORKSHOP", "COL", Worded, "left", "notes"),
        new AppointActor("CRI", Ben, ActorRole.Secretariat, "RCM", Through2023.From, Worded),
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
        new AddCrosswalk("gcm/2018", "GCM-15", new ItemRef("rcm-areas/2016", "RCM-A1"), CrosswalkRelation.Broader, "notes"),
        new RetireCrosswalk("gcm/2018", "GCM-01", new ItemRef("rcm-areas/2016", "RCM-A2"), "wrong"),
        new CompleteOpeningData("base", "1"),
        new PublishSigningKey(OtherKey, OtherKeyPem),
        new RetireSigningKey(SigningKey, "lost"),
        new AllowRedaction(Allowed: false, "done"),
        new RedactEntry(SampleRegistry.History.Count, "A court", "ordered", "{\"title\":\"[withheld]\"}", Hash64(Hex)),
        new SealViews(2, SampleRegistry.Tree.Root(2).ToString(), "2026-05-08", "IMRF-2026", Views),
        new OpenRegistry(Words, Demonstration: true),
    ];

    public static RegistryState StateFor(ICommand command) => command is OpenRegistry ? RegistryState.Empty : State;

    public static IReadOnlyList<IEvent> Events { get; } =
    [
        .. PledgeSamples.Events,
        new InitiativeEvent.Recorded(Initiative),
        new InitiativeEvent.Updated(Initiative, "opened"),
        new InitiativeEvent.Corrected(Initiative, "misread"),
        new InitiativeEvent.Withdrawn(Worded, "ended"),
        new ExchangeEvent.Recorded(Exchange),
        new ExchangeEvent.Corrected(Exchange, "misread"),
        new ExchangeEvent.Closed(Closing.Met, Worded, "received"),
        new ExchangeEvent.MatchProposed(2, "RCM-2016-X0003", "IOM", Worded, "Both are about training."),
        new ExchangeEvent.MatchAnswered(1, "CRI", MatchAnswer.Accepted, Worded, "Gladly.", "en"),
        new ExchangeEvent.MatchEnded(1, "IOM", Worded, "moved"),
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
        new FrameworkEvent.CrosswalkAdded("D-1", Item, CrosswalkRelation.Narrower, "notes"),
        new FrameworkEvent.CrosswalkRetired("D-1", Item, "wrong"),
        new RegistryEvent.Opened(Words, Demonstration: true),
        new RegistryEvent.OpeningDataLoaded("base", "1"),
        new RegistryEvent.SigningKeyPublished(OtherKey, OtherKeyPem),
        new RegistryEvent.SigningKeyRetired(SigningKey, "lost"),
        new RegistryEvent.RedactionAllowed(Allowed: true, "ordered"),
        new RegistryEvent.EntryRedacted(5, "A court", "ordered", "{\"title\":\"[withheld]\"}", Hash64(Hex)),
        new RegistryEvent.ViewsSealed(2, SampleRegistry.Tree.Root(2).ToString(), "2026-05-08", "IMRF-2026", Views),
    ];

    public static IReadOnlyList<IEvent> LeastEvents { get; } =
    [
        .. PledgeSamples.LeastEvents,
        new InitiativeEvent.Recorded(LeastInitiative),
        new InitiativeEvent.Updated(LeastInitiative, "opened"),
        new InitiativeEvent.Corrected(LeastInitiative, "misread"),
        new InitiativeEvent.Withdrawn(Day, "ended"),
        new ExchangeEvent.Recorded(LeastExchange),
        new ExchangeEvent.Corrected(LeastExchange, "misread"),
        new ExchangeEvent.Closed(Closing.Lapsed, Day, "received"),
        new ExchangeEvent.MatchProposed(2, "RCM-2016-X0003", "IOM", Day, "Both are about training."),
        new ExchangeEvent.MatchAnswered(1, "CRI", MatchAnswer.Declined, Day, "No.", "en"),
        new ExchangeEvent.MatchEnded(1, "IOM", Day, "moved"),
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
        new FrameworkEvent.CrosswalkAdded("D-1", Item, CrosswalkRelation.Exact, "notes"),
        new FrameworkEvent.CrosswalkRetired("D-1", Item, "wrong"),
        new RegistryEvent.Opened(Words, Demonstration: false),
        new RegistryEvent.OpeningDataLoaded("base", "1"),
        new RegistryEvent.SigningKeyPublished(OtherKey, OtherKeyPem),
        new RegistryEvent.SigningKeyRetired(SigningKey, "lost"),
        new RegistryEvent.RedactionAllowed(Allowed: false, "done"),
        new RegistryEvent.EntryRedacted(5, "A court", "ordered", "{}", Hash64(Hex)),
        new RegistryEvent.ViewsSealed(1, SampleRegistry.Tree.Root(1).ToString(), "2026-05-08", null, [new SealedView("participants/1", [], Hash64("a"))]),
    ];

    /// <summary>A stream of <see cref="State"/> in which the event can happen next.</summary>
    public static string StreamOf(IEvent happened) => happened switch
    {
        PledgeEvent or ClearanceEvent => "pledge/IMRF-2022-0001",
        PartnershipEvent => "partnership/HEALTH-POSTS",
        InitiativeEvent => "initiative/RCM-2016-I0001",
        ExchangeEvent => "exchange/RCM-2016-X0001",
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
}

using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Tests.Rules;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Writing;

/// <summary>Who may record what: every role with every command, its own and another's.</summary>
public sealed class AuthorityTests
{
    private const string Own = "a-oooooooooooooooooooooooooo", Other = "a-pppppppppppppppppppppppppp";
    private const string Party = "focal-point deputy secretariat", Keeper = "administrator";

    // Pledges of Costa Rica, and one of Honduras to which it is invited, and one that it joined.
    private const string Mine = "IMRF-2022-0020", Ended = "IMRF-2022-0021", Open = "IMRF-2022-0022", Theirs = "IMRF-2022-0023", Joined = "IMRF-2022-0024";

    private static readonly ItemRef Mapped = new("gcm/2018", "GCM-01");

    private const string Second = "a-ssssssssssssssssssssssssss";

    private static readonly DateOnly Today = new(2026, 5, 8);
    private static readonly EffectiveDate Since = new("2020"), Day = new("2026-05");

    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge() with { By = ["CRI"], Owing = ["CRI"] };
    private static readonly InitiativeContent Initiative = SampleRegistry.Initiative();

    /// <summary>For each command one about Costa Rica (a review: by it) in the series named, and who may ask for it.</summary>
    private static readonly (ICommand Command, string Series, string Roles)[] Matrix =
    [
        (new RecordPledge(Pledge, []), "IMRF", Party),
        (new CorrectPledge(Mine, 5, Common with { Title = "Care" }, "misread"), "IMRF", Party),
        (new AmendPledge(Mine, 5, Common with { Title = "Care" }, Day, "widened"), "IMRF", Party),
        (new TranslatePledge(Mine, PledgeSamples.Translation), "IMRF", Party),
        (new WithdrawPledge(Mine, 5, Day, "moved"), "IMRF", Party),
        (new SupersedePledge(Mine, 5, Ended, Day, "moved"), "IMRF", Party),
        (new CompletePledge(Mine, 5, Day, "done", []), "IMRF", Party),
        (new MarkDuplicate(Mine, 5, Ended, "the same"), "IMRF", Party),
        (new SplitPledge(Mine, 5, [Ended, Theirs], Day, "too much for one"), "IMRF", Party),
        (new MergePledge(Mine, 5, Ended, Day, "one is enough"), "IMRF", Party),
        (new ReinstatePledge(Ended, 2, Day, "taken up again"), "IMRF", Party),
        (new OpenForSignature(Mine, Day, null, "more may join"), "IMRF", Party),
        (new CloseForSignature(Open, Day, "enough"), "IMRF", Party),
        (new InviteParty(Mine, "COL", Day, "it shares the border"), "IMRF", Party),
        (new AcceptPledge(Theirs, "CRI", Day, null, null, null), "IMRF", Party),
        (new DeclinePledge(Theirs, "CRI", Day, "Not now.", "en"), "IMRF", Party),
        (new DeclareShare(Mine, "CRI", new Share("Posts on the coast.", "en", null, null, [], []), Day, null), "IMRF", Party),
        (new LeavePledge(Joined, "CRI", Day, "moved"), "IMRF", Party),
        (new FormPartnership("CARE", PledgeSamples.Partnership with { Convener = "CRI" }), "", $"{Party} {Keeper}"),
        (new CorrectPartnership("POSTS", 1, PledgeSamples.Partnership with { Convener = "CRI", Source = null }, "misread"), "", $"{Party} {Keeper}"),
        (new MapPledge(Mine, new ItemRef("gcm/2018", "GCM-15"), "It says so."), "IMRF", $"{Party} reviewer"),
        (new MarkMapping(Mine, Mapped, Main: true, "It matters most."), "IMRF", $"{Party} reviewer"),
        (new MoveMapping(Mine, Mapped, new ItemRef("gcm/2018", "GCM-15"), "It is named."), "IMRF", $"{Party} reviewer"),
        (new RetireMapping(Mine, Mapped, "It doesn't."), "IMRF", $"{Party} reviewer"),
        (new ContestMapping(Mine, Mapped, "CRI", "It isn't about data.", "en"), "IMRF", $"{Party} reviewer"),
        (new AnswerContest(Mine, 1, "CRI", Upheld: true, "So it is.", "en"), "IMRF", $"{Party} reviewer"),
        (new ReportProgress(Mine, SampleRegistry.Report() with { Narrative = "More." }), "IMRF", Party),
        (new CorrectReport(Mine, 5, 1, SampleRegistry.Report() with { Narrative = "Less." }, "misread"), "IMRF", Party),
        (new ReviewPledge("RCM-2016-0002", SampleRegistry.Review("CRI")), "RCM", "secretariat reviewer"),
        (new ReplyToReview(Mine, 1, "CRI", "Those on the coast.", "en"), "IMRF", Party),
        (new AnswerAsAddressee("RCM-2016-0001", "CRI", AddresseeAnswer.Noted, "Noted.", "en", Day), "RCM", Party),
        (new RecordNeedOrOffer(SampleRegistry.Need() with { Participant = "CRI" }), "RCM", Party),
        (new CorrectNeedOrOffer("RCM-2016-X0009", 1, SampleRegistry.Need() with { Participant = "CRI", Places = ["HND"] }, "misread"), "RCM", Party),
        (new CloseNeedOrOffer("RCM-2016-X0009", 1, Closing.Lapsed, Day, "over"), "RCM", Party),
        (new ProposeMatch("RCM-2016-X0009", "RCM-2016-X0003", "CRI", Day, "Both are about training."), "RCM", Party),
        (Sample<AnswerMatch>(), "RCM", Party),
        (new EndMatch("RCM-2016-X0001", 1, "CRI", Day, "moved"), "RCM", Party),
        (new RecordInitiative(Initiative), "RCM", Party),
        (new UpdateInitiative("RCM-2016-I0001", 1, Initiative with { Novelty = "updated" }, "opened"), "RCM", Party),
        (new CorrectInitiative("RCM-2016-I0001", 1, Initiative with { Needs = "Boats." }, "misread"), "RCM", Party),
        (new WithdrawInitiative("RCM-2016-I0001", 1, Day, "ended"), "RCM", Party),
        (Sample<AnnounceMeeting>(), "IMRF", "secretariat"),
        (Sample<CorrectMeeting>(), "IMRF", "secretariat"),
        (Sample<AttachDocument>(), "IMRF", "secretariat"),
        (Sample<SetClusters>(), "IMRF", "secretariat"),
        (Sample<RegisterSource>(), "", "secretariat administrator"),
        (Sample<RegisterParticipant>(), "", Keeper),
        (Sample<RenameParticipant>(), "", Keeper),
        (Sample<StartRole>(), "", Keeper),
        (Sample<EndRole>(), "", Keeper),
        (Sample<AddMember>(), "", Keeper),
        (Sample<RemoveMember>(), "", Keeper),
        (Sample<AppointActor>(), "", Keeper),
        (Sample<EndAppointment>(), "", Keeper),
        (new HandOver("CRI", Own, Samples.Ben, Day, "moved on"), "", "focal-point administrator"),
        (Sample<SetClearance>(), "", "focal-point deputy administrator"),
        (Sample<OpenSeries>(), "", Keeper),
        (Sample<ChangeSeriesSettings>(), "", Keeper),
        (Sample<OpenFramework>(), "", Keeper),
        (Sample<AddFrameworkItem>(), "", Keeper),
        (Sample<CloseFramework>(), "", Keeper),
        (Sample<RetireFramework>(), "", Keeper),
        (Sample<AddCrosswalk>(), "", Keeper),
        (Sample<RetireCrosswalk>(), "", Keeper),
        (Sample<OpenRegistry>(), "", ""),
        (Sample<CompleteOpeningData>(), "", ""),
        (Sample<PublishSigningKey>(), "", ""),
        (Sample<RetireSigningKey>(), "", ""),
        (Sample<AllowRedaction>(), "", Keeper),
        (Sample<RedactEntry>(), "", Keeper),
        (Sample<SealViews>(), "", Keeper),
    ];

    public static TheoryData<string, ActorRole> Cases()
    {
        var cases = new TheoryData<string, ActorRole>();
        foreach (var (command, _, _) in Matrix)
        {
            foreach (var role in Enum.GetValues<ActorRole>())
            {
                cases.Add(command.GetType().Name, role);
            }
        }
        return cases;
    }

    [Fact]
    public void The_matrix_has_every_command_once()
    {
        var all = typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsInterface: false } && t.IsAssignableTo(typeof(ICommand))).Select(t => t.Name).Order(StringComparer.Ordinal);
        Assert.Equal(all, Matrix.Select(m => m.Command.GetType().Name).Order(StringComparer.Ordinal));
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_role_records_what_is_its_own(string name, ActorRole role)
    {
        var (command, series, roles) = Row(name);
        Expect(roles.Split(' ').Contains(role.Code()), Decide(command, role, Own, "CRI", Scope(role, "CRI", series.Length > 0 ? series : "RCM"), "CRI"), $"{role} with its own {name}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void A_role_records_nothing_of_another_participant_or_series(string name, ActorRole role)
    {
        var (command, series, roles) = Row(name);
        // An administrator's scope is the registry, and what is of no series is of every secretariat.
        var may = roles.Split(' ').Contains(role.Code()) && (role == ActorRole.Administrator || (role == ActorRole.Secretariat && command is RegisterSource));
        Expect(may, Decide(command, role, Other, "HND", Scope(role, "HND", series == "RCM" ? "IMRF" : "RCM"), "HND"), $"{role} with another's {name}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Who_is_not_appointed_records_nothing_in_any_role(string name, ActorRole role) =>
        Assert.Equal("not-appointed", Assert.Single(Refused(Authority.Decide(Samples.State, Row(name).Command, new Author(Own, role.Code(), "CRI"), Today))).Code);

    [Fact]
    public void An_operator_records_everything()
    {
        foreach (var (command, _, _) in Matrix)
        {
            var state = command is OpenRegistry ? RegistryState.Empty : State("CRI", Own, ActorRole.Auditor, ActorId.Registry);
            Assert.IsType<Decision.Accepted>(Authority.Decide(Seconded(state, command), command, SampleRegistry.Author with { ClearedBy = SecondFor(command) }, Today));
        }
    }

    [Theory]
    [InlineData("operators")]
    [InlineData("none")]
    [InlineData("")]
    [InlineData("FocalPoint")]
    public void What_is_no_role_records_nothing(string role) =>
        Assert.Equal("not-appointed", Assert.Single(Refused(Authority.Decide(State("CRI", Own, ActorRole.FocalPoint, "CRI"), new RecordPledge(Pledge, []), new Author(Own, role, null), Today))).Code);

    [Fact]
    public void An_appointment_holds_from_its_first_day_to_before_its_end()
    {
        var state = SampleRegistry.After(Samples.State, [("participant/CRI", new ParticipantEvent.ActorAppointed(Own, ActorRole.FocalPoint, "CRI", new EffectiveDate("2026-05-01"), new EffectiveDate("2026-06")))]);
        foreach (var (day, holds) in new[] { (new DateOnly(2026, 4, 30), false), (new DateOnly(2026, 5, 1), true), (new DateOnly(2026, 5, 31), true), (new DateOnly(2026, 6, 1), false) })
        {
            Assert.Equal(holds, Authority.Decide(state, new RecordPledge(Pledge, []), new Author(Own, "focal-point", null), day) is Decision.Accepted);
        }
    }

    [Fact]
    public void A_focal_point_promises_nothing_in_another_s_name()
    {
        var state = State("CRI", Own, ActorRole.FocalPoint, "CRI");
        foreach (var content in new[] { Pledge with { Owing = ["CRI", "HND"] }, Pledge with { By = ["CRI", "HND"] }, Pledge with { By = ["HND"], Owing = ["HND"] } })
        {
            Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, new RecordPledge(content, []), new Author(Own, "focal-point", null), Today))).Code);
        }
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, new RecordPledge(Pledge, []), new Author(Own, "focal-point", "HND"), Today))).Code);
    }

    [Fact]
    public void A_secretariat_says_on_whose_behalf()
    {
        var state = State("IOM", Own, ActorRole.Secretariat, "IMRF");
        var command = new RecordPledge(Pledge, []);
        Assert.IsType<Decision.Accepted>(Authority.Decide(state, command, new Author(Own, "secretariat", "CRI"), Today));
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, command, new Author(Own, "secretariat", "HND"), Today))).Code);
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, command, new Author(Own, "secretariat", null), Today))).Code);
    }

    [Fact]
    public void What_is_not_known_is_refused_by_the_command_itself()
    {
        var state = State("CRI", Own, ActorRole.FocalPoint, "CRI");
        Assert.Equal("unknown-pledge", Assert.Single(Refused(Authority.Decide(state, new WithdrawPledge("IMRF-2022-0099", 0, Day, "so"), new Author(Own, "focal-point", null), Today))).Code);
    }

    [Fact]
    public void Of_several_roles_the_one_that_may_is_acted_in()
    {
        var state = SampleRegistry.After(State("IOM", Own, ActorRole.Reviewer, "IMRF"),
            [("participant/IOM", new ParticipantEvent.ActorAppointed(Own, ActorRole.FocalPoint, "IOM", Since, null))]);
        var review = new ReviewPledge("IMRF-2022-0001", SampleRegistry.Review());
        Assert.Equal(new Author(Own, "reviewer", null), Authority.AuthorFor(state, review, Own, null, null, Today));
        Assert.Equal(new Author(Own, "focal-point", "IOM"), Authority.AuthorFor(state, new SetClearance("IOM", Required: true, "so"), Own, null, null, Today));
        Assert.Equal(new Author(Other, "none", null), Authority.AuthorFor(state, review, Other, null, null, Today));
        Assert.Equal("IOM", Authority.ParticipantOf(state, Own, Today));
        Assert.Null(Authority.ParticipantOf(state, Other, Today));
    }

    [Fact]
    public void A_focal_point_cannot_hand_over_a_colleagues_other_roles()
    {
        var state = SampleRegistry.After(State("CRI", Own, ActorRole.FocalPoint, "CRI"),
            [("participant/CRI", new ParticipantEvent.ActorAppointed(Other, ActorRole.Secretariat, "RCM", Since, null))]);
        var taken = new HandOver("CRI", Other, Samples.Ben, Day, "mine now");
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, taken, new Author(Own, "focal-point", null), Today))).Code);
        Assert.IsType<Decision.Accepted>(Authority.Decide(state, taken, new Author("local-operator", Author.Operator, null), Today));
    }

    [Fact]
    public void A_stranger_answers_no_contest_of_anothers_mapping_and_takes_no_partnership_that_is_nobodys()
    {
        var state = SampleRegistry.After(State("COL", Own, ActorRole.FocalPoint, "COL"),
            [("partnership/FREE", new PartnershipEvent.Formed(PledgeSamples.Partnership with { Convener = null }))]);
        var author = new Author(Own, "focal-point", null);
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, new AnswerContest(Mine, 1, "COL", Upheld: true, "So it is.", "en"), author, Today))).Code);
        Assert.Equal("not-yours", Assert.Single(Refused(Authority.Decide(state, new CorrectPartnership("FREE", 1, PledgeSamples.Partnership with { Convener = "COL" }, "mine now"), author, Today))).Code);
    }

    private static Decision Decide(ICommand command, ActorRole role, string actor, string participant, string scope, string onBehalfOf)
    {
        var state = command is OpenRegistry ? RegistryState.Empty : State(participant, actor, role, scope);
        if (command is HandOver { From: Own } && (role != ActorRole.FocalPoint || actor != Own))
        {
            state = SampleRegistry.After(state, [("participant/CRI", new ParticipantEvent.ActorAppointed(Own, ActorRole.Deputy, "CRI", Since, null))]);
        }
        var author = new Author(actor, role.Code(), role is ActorRole.Administrator or ActorRole.Reviewer or ActorRole.Auditor ? null : onBehalfOf, SecondFor(command));
        state = Seconded(state, command);
        // Nobody is appointed before there is a registry.
        return Authority.Decide(state, command, author, Today);
    }

    private static RegistryState State(string participant, string actor, ActorRole role, string scope) => SampleRegistry.After(Samples.State,
    [
        ("series/RCM", new SeriesEvent.SettingsChanged(Samples.Settings, "so")),
        ("pledge/RCM-2016-0001", new PledgeEvent.Corrected(SampleRegistry.Recommendation() with { Addressees = ["CRI", "HND"] }, "so")),
        ("pledge/RCM-2016-0002", new PledgeEvent.Recorded(SampleRegistry.Conclusion() with { Owing = ["COL"] })),
        ($"pledge/{Mine}", new PledgeEvent.Recorded(Common)),
        ($"pledge/{Mine}", new PledgeEvent.ProgressReported(1, SampleRegistry.Report(status: ClaimedStatus.Fulfilled))),
        ($"pledge/{Mine}", new PledgeEvent.Reviewed(1, SampleRegistry.Review())),
        ($"pledge/{Mine}", new PledgeEvent.Mapped(Mapped, "Data.", Retrospective: false)),
        ($"pledge/{Mine}", new PledgeEvent.MappingContested(1, Mapped, "COL", "It isn't about data.", "en")),
        ($"pledge/{Ended}", new PledgeEvent.Recorded(Common)),
        ($"pledge/{Ended}", new PledgeEvent.Withdrawn(new EffectiveDate("2023"), "moved")),
        ($"pledge/{Open}", new PledgeEvent.Recorded(Common)),
        ($"pledge/{Open}", new PledgeEvent.OpenedForSignature(new EffectiveDate("2023"), null, "More may join.")),
        ($"pledge/{Theirs}", new PledgeEvent.Recorded(Common with { By = ["HND"], Owing = ["HND"] })),
        ($"pledge/{Theirs}", new PledgeEvent.PartyInvited("CRI", new EffectiveDate("2023"), "It shares the border.")),
        ($"pledge/{Joined}", new PledgeEvent.Recorded(Common with { By = ["HND"], Owing = ["HND"] })),
        ($"pledge/{Joined}", new PledgeEvent.PartyAccepted("CRI", new EffectiveDate("2023"), null, null, null)),
        ("partnership/POSTS", new PartnershipEvent.Formed(PledgeSamples.Partnership with { Convener = "CRI" })),
        ("exchange/RCM-2016-X0009", new ExchangeEvent.Recorded(SampleRegistry.Need() with { Participant = "CRI" })),
        ($"participant/{participant}", new ParticipantEvent.ActorAppointed(actor, role, scope, Since, null)),
    ]);

    // Nobody withholds anything alone.
    private static string? SecondFor(ICommand command) => command is RedactEntry ? Second : null;

    private static RegistryState Seconded(RegistryState state, ICommand command) => command is RedactEntry
        ? SampleRegistry.After(state, [("participant/IOM", new ParticipantEvent.ActorAppointed(Second, ActorRole.Administrator, ActorId.Registry, Since, null))])
        : state;

    private static string Scope(ActorRole role, string participant, string series) => role switch
    {
        ActorRole.FocalPoint or ActorRole.Deputy => participant,
        ActorRole.Secretariat or ActorRole.Reviewer => series,
        _ => ActorId.Registry,
    };

    private static void Expect(bool may, Decision decision, string what)
    {
        if (may)
        {
            Assert.True(decision is Decision.Accepted, $"{what} is not accepted: {(decision is Decision.Refused r ? string.Join("; ", r.Reasons) : decision)}");
            return;
        }
        var reason = Assert.Single(Refused(decision));
        Assert.True(reason is { Kind: RefusalKind.Forbidden, Code: "not-yours" or "not-appointed" }, $"{what} is refused as {reason}");
    }

    private static IReadOnlyList<Refusal> Refused(Decision decision) => Assert.IsType<Decision.Refused>(decision).Reasons;

    private static (ICommand Command, string Series, string Roles) Row(string name) => Matrix.Single(m => m.Command.GetType().Name == name);

    private static T Sample<T>() where T : ICommand => Samples.Commands.OfType<T>().Single() is var sample && sample is ChangeSeriesSettings
        ? (T)(ICommand)new ChangeSeriesSettings("IMRF", 1, Samples.Settings, "agreed") : sample;
}

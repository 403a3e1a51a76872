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

    private static readonly DateOnly Today = new(2026, 5, 8);
    private static readonly EffectiveDate Since = new("2020"), Day = new("2026-05");

    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();
    private static readonly InitiativeContent Initiative = SampleRegistry.Initiative();

    /// <summary>For each command one about Costa Rica (a review: by it) in the series named, and who may ask for it.</summary>
    private static readonly (ICommand Command, string Series, string Roles)[] Matrix =
    [
        (new RecordPledge(Pledge, []), "IMRF", Party),
        (new CorrectPledge("IMRF-2022-0001", 4, Pledge with { Title = "Care" }, "misread"), "IMRF", Party),
        (new AmendPledge("IMRF-2022-0001", 4, Pledge with { Title = "Care" }, Day, "widened"), "IMRF", Party),
        (new WithdrawPledge("IMRF-2022-0001", 4, Day, "moved"), "IMRF", Party),
        (new MapPledge("IMRF-2022-0001", new ItemRef("gcm/2018", "GCM-15"), "It says so."), "IMRF", $"{Party} reviewer"),
        (new RetireMapping("IMRF-2022-0001", new ItemRef("gcm/2018", "GCM-01"), "It doesn't."), "IMRF", $"{Party} reviewer"),
        (new ReportProgress("IMRF-2022-0001", SampleRegistry.Report() with { Narrative = "More." }), "IMRF", Party),
        (new CorrectReport("IMRF-2022-0001", 4, 1, SampleRegistry.Report() with { Narrative = "Less." }, "misread"), "IMRF", Party),
        (new ReviewPledge("RCM-2016-0002", SampleRegistry.Review("CRI")), "RCM", "reviewer"),
        (new ReplyToReview("IMRF-2022-0001", 1, "CRI", "Those on the coast.", "en"), "IMRF", Party),
        (new AnswerAsAddressee("RCM-2016-0001", "CRI", AddresseeAnswer.Noted, "Noted.", "en", Day), "RCM", Party),
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
        (Sample<OpenRegistry>(), "", ""),
        (Sample<CompleteOpeningData>(), "", ""),
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
        var may = roles.Split(' ').Contains(role.Code()) && (role == ActorRole.Administrator || (role == ActorRole.Secretariat && series.Length == 0));
        Expect(may, Decide(command, role, Other, "HND", Scope(role, "HND", series == "RCM" ? "IMRF" : "RCM"), "HND"), $"{role} with another's {name}");
    }

    [Theory]
    [MemberData(nameof(Cases))]
    public void Who_is_not_appointed_records_nothing_in_any_role(string name, ActorRole role) =>
        Assert.Equal("not-appointed", Assert.Single(Refused(Authority.Decide(Samples.State, Row(name).Command, new Author(Own, role.Code(), "CRI"), Today))).Code);

    [Fact]
    public void An_operator_records_everything()
    {
        foreach (var (command, _, _) in Matrix.Where(m => m.Command is not (HandOver or ReviewPledge)))
        {
            Assert.IsType<Decision.Accepted>(Authority.Decide(Samples.StateFor(command), command, SampleRegistry.Author, Today));
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

    private static Decision Decide(ICommand command, ActorRole role, string actor, string participant, string scope, string onBehalfOf)
    {
        var state = command is OpenRegistry ? RegistryState.Empty : State(participant, actor, role, scope);
        if (command is HandOver { From: Own } && (role != ActorRole.FocalPoint || actor != Own))
        {
            state = SampleRegistry.After(state, [("participant/CRI", new ParticipantEvent.ActorAppointed(Own, ActorRole.Deputy, "CRI", Since, null))]);
        }
        var author = new Author(actor, role.Code(), role is ActorRole.Administrator or ActorRole.Reviewer or ActorRole.Auditor ? null : onBehalfOf);
        // Nobody is appointed before there is a registry.
        return Authority.Decide(state, command, author, Today);
    }

    private static RegistryState State(string participant, string actor, ActorRole role, string scope) => SampleRegistry.After(Samples.State,
    [
        ("series/RCM", new SeriesEvent.SettingsChanged(Samples.Settings, "so")),
        ("pledge/RCM-2016-0001", new PledgeEvent.Corrected(SampleRegistry.Recommendation() with { Addressees = ["CRI", "HND"] }, "so")),
        ("pledge/RCM-2016-0002", new PledgeEvent.Recorded(SampleRegistry.Conclusion() with { Owing = ["COL"] })),
        ($"participant/{participant}", new ParticipantEvent.ActorAppointed(actor, role, scope, Since, null)),
    ]);

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

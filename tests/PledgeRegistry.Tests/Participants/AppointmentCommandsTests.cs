using PledgeRegistry.Log;
using PledgeRegistry.Participants;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Participants;

public sealed class AppointmentCommandsTests
{
    private const string Ana = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", Ben = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb", Eva = "a-cccccccccccccccccccccccccc";

    private static readonly EffectiveDate From = new("2022-03"), Until = new("2024-01-15");

    private static readonly AppointActor Appoint = new("CRI", Ana, ActorRole.FocalPoint, "CRI", From, null);

    private static readonly EndAppointment End = new("CRI", Ana, ActorRole.FocalPoint, "CRI", Until, "moved on");

    private static readonly HandOver Hand = new("CRI", Ana, Ben, Until, "moved on");

    [Fact]
    public void An_actor_is_appointed_from_a_date_and_until_another_where_that_is_known()
    {
        Given().When(Appoint).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "CRI", From, null));
        Given().When(Appoint with { Until = Until }).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "CRI", From, Until));
    }

    [Fact]
    public void A_deputy_needs_no_focal_point_beside_it() =>
        Given().When(Appoint with { Role = ActorRole.Deputy }).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.Deputy, "CRI", From, null));

    [Theory]
    [InlineData(ActorRole.FocalPoint, "HND", "wrong-scope")]
    [InlineData(ActorRole.Deputy, "RCM", "wrong-scope")]
    [InlineData(ActorRole.Secretariat, "CRI", "unknown-series")]
    [InlineData(ActorRole.Reviewer, "registry", "unknown-series")]
    [InlineData(ActorRole.Auditor, "RCM", "wrong-scope")]
    [InlineData(ActorRole.Administrator, "CRI", "wrong-scope")]
    public void The_scope_goes_with_the_role(ActorRole role, string scope, string code) =>
        Given().When(Appoint with { Role = role, Scope = scope }).ThenRefused(code, "scope");

    [Theory]
    [InlineData(ActorRole.Secretariat, "RCM")]
    [InlineData(ActorRole.Reviewer, "IMRF")]
    [InlineData(ActorRole.Auditor, "registry")]
    [InlineData(ActorRole.Administrator, "registry")]
    public void A_series_or_the_registry_is_the_scope_of_the_other_roles(ActorRole role, string scope) =>
        Given().When(Appoint with { Role = role, Scope = scope }).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, role, scope, From, null));

    [Theory]
    [InlineData("a-01")]
    [InlineData("local-operator")]
    [InlineData("a-AAAAAAAAAAAAAAAAAAAAAAAAAA")]
    [InlineData("a-aaaaaaaaaaaaaaaaaaaaaaaaa")]
    [InlineData("a-aaaaaaaaaaaaaaaaaaaaaaaaa1")]
    [InlineData("a-aaaaaaaaaaaaaaaaaaaaaaaaaa\n")]
    [InlineData("ana@example.org")]
    public void An_actor_s_id_is_random_and_tells_nobody_s_name(string id)
    {
        Given().When(Appoint with { Actor = id }).ThenRefused("not-an-actor", "actor");
        Given(Appointed()).When(End with { Actor = id }).ThenRefused("not-an-actor", "actor");
        Given(Appointed()).When(Hand with { To = id }).ThenRefused("not-an-actor", "to");
        Given(Appointed()).When(Hand with { From = id }).ThenRefused("not-an-actor", "from");
    }

    [Fact]
    public void Nobody_is_appointed_twice_at_a_time()
    {
        Given(Appointed()).When(Appoint).ThenRefused("appointment-open", "actor");
        Given(Appointed()).When(Appoint with { Role = ActorRole.Deputy }).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.Deputy, "CRI", From, null));
        var ended = Given(Appointed(), Ended());
        ended.When(Appoint with { From = new EffectiveDate("2024-01-14") }).ThenRefused("appointment-open", "actor");
        ended.When(Appoint with { From = Until }).ThenRecorded("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "CRI", Until, null));
    }

    [Fact]
    public void An_appointment_does_not_end_before_it_starts()
    {
        Given().When(Appoint with { Until = From }).ThenRefused("period-reversed", "until");
        Given(Appointed()).When(End with { Until = From }).ThenRefused("period-reversed", "until");
        Given(Appointed()).When(Hand with { On = From }).ThenRefused("period-reversed", "on");
    }

    [Fact]
    public void An_actor_acts_for_one_participant_only()
    {
        Given(Appointed()).When(Appoint with { Code = "HND", Scope = "HND" }).ThenRefused("actor-elsewhere", "actor");
        Given(Appointed(), Ended()).When(Appoint with { Code = "HND", Scope = "HND" }).ThenRefused("actor-elsewhere", "actor");
        Given(Appointed(), ("participant/HND", new ParticipantEvent.ActorAppointed(Ben, ActorRole.FocalPoint, "HND", From, null)))
            .When(Hand).ThenRefused("actor-elsewhere", "to");
    }

    [Fact]
    public void An_appointment_ends_once_or_earlier_than_it_would_have()
    {
        var ended = new ParticipantEvent.AppointmentEnded(Ana, ActorRole.FocalPoint, "CRI", Until, "moved on");
        Given(Appointed()).When(End).ThenRecorded("participant/CRI", ended);
        Given(Appointed(), Ended()).When(End).ThenRefused("appointment-not-open", "actor");
        Given(("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "CRI", From, new EffectiveDate("2025")))).When(End).ThenRecorded("participant/CRI", ended);
        Given().When(End).ThenRefused("appointment-not-open", "actor");
        Given(Appointed()).When(End with { Role = ActorRole.Deputy }).ThenRefused("appointment-not-open", "actor");
        Given(Appointed()).When(End with { Role = (ActorRole)9 }).ThenRefused("unknown-code", "role");
    }

    [Fact]
    public void All_that_an_actor_holds_is_handed_over_by_one_event()
    {
        var given = Given(Appointed(), ("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.Secretariat, "RCM", From, new EffectiveDate("2025"))));
        var decided = given.When(Hand).ThenRecorded("participant/CRI", new ParticipantEvent.HandedOver(Ana, Ben, Until, "moved on"));
        var appointments = given.State.Evolve("participant/CRI", ((Decision.Accepted)decided.Decision).Events[0]).Participants["CRI"].Appointments;
        var (start, day) = (new DateOnly(2022, 3, 1), new DateOnly(2024, 1, 15));
        Assert.Equal(
            [
                new Appointment(Ana, ActorRole.FocalPoint, "CRI", start, day),
                new Appointment(Ana, ActorRole.Secretariat, "RCM", start, day),
                new Appointment(Ben, ActorRole.FocalPoint, "CRI", day, null),
                new Appointment(Ben, ActorRole.Secretariat, "RCM", day, new DateOnly(2025, 1, 1)),
            ],
            appointments);
        Assert.False(appointments[0].Holds(day));
        Assert.True(appointments[0].Holds(day.AddDays(-1)));
        Assert.True(appointments[2].Holds(day));
    }

    [Fact]
    public void A_handover_is_to_somebody_else_who_has_not_that_role()
    {
        Given(Appointed()).When(Hand with { To = Ana }).ThenRefused("same-actor", "to");
        Given(Appointed(), ("participant/CRI", new ParticipantEvent.ActorAppointed(Ben, ActorRole.FocalPoint, "CRI", From, null))).When(Hand).ThenRefused("appointment-open", "to");
        Given(Appointed(), ("participant/CRI", new ParticipantEvent.ActorAppointed(Ben, ActorRole.Deputy, "CRI", From, null)))
            .When(Hand).ThenRecorded("participant/CRI", new ParticipantEvent.HandedOver(Ana, Ben, Until, "moved on"));
    }

    [Fact]
    public void Only_who_is_appointed_hands_over()
    {
        Given().When(Hand).ThenRefused("appointment-not-open", "from");
        Given(Appointed(), Ended()).When(Hand).ThenRefused("appointment-not-open", "from");
        Given(Appointed()).When(Hand with { From = Eva }).ThenRefused("appointment-not-open", "from");
    }

    [Fact]
    public void Whether_clearance_is_needed_is_set_with_a_reason()
    {
        var set = new SetClearance("CRI", Required: true, "as agreed");
        Given().When(set).ThenRecorded("participant/CRI", new ParticipantEvent.ClearanceSet(Required: true, "as agreed"));
        Given().When(set with { Required = false }).ThenNothing();
        var required = Given(("participant/CRI", new ParticipantEvent.ClearanceSet(Required: true, "as agreed")));
        required.When(set).ThenNothing();
        required.When(set with { Required = false }).ThenRecorded("participant/CRI", new ParticipantEvent.ClearanceSet(Required: false, "as agreed"));
        Given().When(set with { Reason = "" }).ThenRefused("missing", "reason");
    }

    [Fact]
    public void Of_a_participant_that_is_not_known_nothing_is_recorded()
    {
        foreach (ICommand command in new ICommand[] { Appoint with { Code = "XXX" }, End with { Code = "XXX" }, Hand with { Code = "XXX" }, new SetClearance("XXX", Required: true, "so") })
        {
            Given().When(command).ThenRefused("unknown-participant", "code");
        }
    }

    private static (string, IEvent) Appointed() => ("participant/CRI", new ParticipantEvent.ActorAppointed(Ana, ActorRole.FocalPoint, "CRI", From, null));

    private static (string, IEvent) Ended() => ("participant/CRI", new ParticipantEvent.AppointmentEnded(Ana, ActorRole.FocalPoint, "CRI", Until, "moved on"));
}

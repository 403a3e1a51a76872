using PledgeRegistry.Participants;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Participants;

public sealed class ParticipantCommandsTests
{
    private static readonly Texts Names = Texts.Of(("en", "Panama"), ("es", "Panamá"));
    private static readonly EffectiveDate From = EffectiveDate.On(2020, 1, 1);
    private static readonly RegisterParticipant Panama = new("PAN", "state", Names, "República de Panamá", "notes", [], [], []);
    private static readonly RegisterParticipant Group = new("GROUP", "collective", Texts.Of(("en", "A group")), null, "notes", [new RoleIn("member", "RCM")], [], [new MemberStart("IOM", From, "notes")]);

    [Fact]
    public void A_participant_is_registered_with_its_roles() =>
        Given().When(Panama with { Roles = [new RoleStart("member", "RCM", null, "notes"), new RoleStart("observer-country", "IMRF", From, "notes")] })
            .ThenRecorded("participant/PAN",
                new ParticipantEvent.Registered("state", Names, "República de Panamá", "notes", []),
                new ParticipantEvent.RoleStarted("member", "RCM", null, "notes"),
                new ParticipantEvent.RoleStarted("observer-country", "IMRF", From, "notes"));

    [Fact]
    public void A_collective_is_registered_with_its_members() =>
        Given().When(Group).ThenRecorded("participant/GROUP",
            new ParticipantEvent.Registered("collective", Group.Names, null, "notes", [new RoleIn("member", "RCM")]),
            new ParticipantEvent.MemberJoined("IOM", From, "notes"));

    [Theory]
    [InlineData("")]
    [InlineData("P")]
    [InlineData("pan")]
    [InlineData("1PAN")]
    [InlineData("PAN MA")]
    [InlineData("PAN\n")]
    [InlineData("ÑAN")]
    [InlineData("ABCDEFGHIJKLMNOPQRSTUVWXYZ-ABCDEFGHIJKLMN")]
    public void A_code_has_capital_letters_digits_and_hyphens(string code) => Refused(Panama with { Code = code }, "not-a-code", "code");

    [Fact]
    public void A_code_is_given_once() => Refused(Panama with { Code = "CRI" }, "participant-exists", "code");

    [Fact]
    public void A_registration_keeps_to_its_form()
    {
        Refused(Panama with { Type = "planet" }, "unknown-code", "type");
        Refused(Panama with { Names = Texts.None }, "missing", "names");
        Refused(Panama with { NameInSource = "" }, "missing", "nameInSource");
        Refused(Panama with { Source = "" }, "missing", "source");
    }

    [Fact]
    public void Only_a_collective_has_members()
    {
        Refused(Group with { Type = "state" }, "not-a-collective", "members");
        Refused(Group with { Type = "state", Members = [] }, "not-a-collective", "membersByRole");
    }

    [Fact]
    public void Roles_and_members_from_the_start_keep_to_their_forms()
    {
        Refused(Panama with { Roles = [new RoleStart("king", "RCM", null, "notes")] }, "unknown-code", "roles[0].role");
        Refused(Panama with { Roles = [new RoleStart("member", "R C M", null, "notes")] }, "not-an-id", "roles[0].scope");
        Refused(Panama with { Roles = [new RoleStart("member", "RCM", new EffectiveDate("x"), "notes")] }, "not-a-date", "roles[0].from");
        Refused(Panama with { Roles = [new RoleStart("member", "RCM", null, "")] }, "missing", "roles[0].source");
        Refused(Group with { Members = [new MemberStart("XXX", null, "notes")] }, "unknown-participant", "members[0].member");
        Refused(Group with { Members = [new MemberStart("GROUP", null, "notes")] }, "unknown-participant", "members[0].member");
        Refused(Group with { Members = [new MemberStart("IOM", new EffectiveDate("x"), "notes")] }, "not-a-date", "members[0].from");
        Refused(Group with { Members = [new MemberStart("IOM", null, "")] }, "missing", "members[0].source");
        Refused(Group with { MembersByRole = [new RoleIn("king", "RCM")] }, "unknown-code", "membersByRole[0].role");
        Refused(Group with { MembersByRole = [new RoleIn("member", "")] }, "not-an-id", "membersByRole[0].scope");
    }

    [Fact]
    public void A_role_or_member_is_not_started_twice()
    {
        Refused(Panama with { Roles = [new RoleStart("member", "RCM", null, "notes"), new RoleStart("member", "RCM", From, "minutes")] }, "twice", "roles");
        Refused(Group with { Members = [new MemberStart("IOM", null, "notes"), new MemberStart("IOM", From, "minutes")] }, "twice", "members");
    }

    [Fact]
    public void More_roles_than_one_batch_takes_are_refused() =>
        Refused(Panama with { Roles = [.. Enumerable.Range(0, Check.MostParts + 1).Select(i => new RoleStart("member", $"S-{i}", null, "notes"))] }, "too-many", "roles");

    [Fact]
    public void A_participant_is_renamed_with_why() =>
        Given().When(new RenameParticipant("CRI", Names, "new name", "notes")).ThenRecorded("participant/CRI", new ParticipantEvent.Renamed(Names, "new name", "notes"));

    [Fact]
    public void The_same_names_again_decide_nothing() =>
        Given().When(new RenameParticipant("CRI", Texts.Of(("en", "CRI")), "new name", "notes")).ThenNothing();

    [Fact]
    public void A_new_name_keeps_to_its_form()
    {
        Refused(new RenameParticipant("XXX", Names, "new name", "notes"), "unknown-participant", "code");
        Refused(new RenameParticipant("CRI", Texts.None, "new name", "notes"), "missing", "names");
        Refused(new RenameParticipant("CRI", Names, "", "notes"), "missing", "reason");
        Refused(new RenameParticipant("CRI", Names, "new name", ""), "missing", "source");
    }

    [Fact]
    public void A_role_starts_in_a_scope() =>
        Given().When(new StartRole("CRI", "network-member", "IMRF", From, "notes"))
            .ThenRecorded("participant/CRI", new ParticipantEvent.RoleStarted("network-member", "IMRF", From, "notes"));

    [Fact]
    public void A_role_that_is_held_does_not_start_again() =>
        Refused(new StartRole("CRI", "member", "RCM", From, "notes"), "role-open", "role");

    [Fact]
    public void A_role_starts_again_after_it_ended_but_not_before()
    {
        var ended = Given(("participant/CRI", new ParticipantEvent.RoleEnded("member", "RCM", new EffectiveDate("2018"), "left", "notes")));
        ended.When(new StartRole("CRI", "member", "RCM", From, "notes")).ThenRecorded("participant/CRI", new ParticipantEvent.RoleStarted("member", "RCM", From, "notes"));
        ended.When(new StartRole("CRI", "member", "RCM", EffectiveDate.On(2018, 1, 1), "notes"))
            .ThenRecorded("participant/CRI", new ParticipantEvent.RoleStarted("member", "RCM", EffectiveDate.On(2018, 1, 1), "notes"));
        ended.When(new StartRole("CRI", "member", "RCM", EffectiveDate.On(2017, 12, 31), "notes")).ThenRefused("spans-overlap", "from");
        ended.When(new StartRole("CRI", "member", "RCM", null, "notes")).ThenRefused("spans-overlap", "from");
    }

    [Fact]
    public void A_start_keeps_to_its_form()
    {
        Refused(new StartRole("XXX", "member", "RCM", From, "notes"), "unknown-participant", "code");
        Refused(new StartRole("CRI", "king", "RCM", From, "notes"), "unknown-code", "role");
        Refused(new StartRole("CRI", "member", "", From, "notes"), "not-an-id", "scope");
        Refused(new StartRole("CRI", "member", "X", new EffectiveDate("x"), "notes"), "not-a-date", "from");
        Refused(new StartRole("CRI", "member", "X", From, ""), "missing", "source");
    }

    [Fact]
    public void A_role_ends_with_why() =>
        Given().When(new EndRole("CRI", "member", "RCM", From, "left", "notes")).ThenRecorded("participant/CRI", new ParticipantEvent.RoleEnded("member", "RCM", From, "left", "notes"));

    [Fact]
    public void A_role_ends_once()
    {
        Given(("participant/CRI", new ParticipantEvent.RoleEnded("member", "RCM", From, "left", "notes")))
            .When(new EndRole("CRI", "member", "RCM", From, "left", "notes")).ThenRefused("role-not-open", "role");
        Refused(new EndRole("CRI", "member", "IMRF", From, "left", "notes"), "role-not-open", "role");
    }

    [Fact]
    public void A_role_lasts_a_day_at_least()
    {
        Refused(new EndRole("CRI", "member", "RCM", EffectiveDate.On(2016, 1, 1), "left", "notes"), "period-reversed", "until");
        Given().When(new EndRole("CRI", "member", "RCM", EffectiveDate.On(2016, 1, 2), "left", "notes"))
            .ThenRecorded("participant/CRI", new ParticipantEvent.RoleEnded("member", "RCM", EffectiveDate.On(2016, 1, 2), "left", "notes"));
    }

    [Fact]
    public void An_end_keeps_to_its_form()
    {
        Refused(new EndRole("XXX", "member", "RCM", From, "left", "notes"), "unknown-participant", "code");
        Refused(new EndRole("CRI", "member", "RCM", new EffectiveDate("x"), "left", "notes"), "not-a-date", "until");
        Refused(new EndRole("CRI", "member", "RCM", From, "", "notes"), "missing", "reason");
        Refused(new EndRole("CRI", "member", "RCM", From, "left", ""), "missing", "source");
    }

    [Fact]
    public void A_member_joins_a_collective() =>
        Given().When(new AddMember("WORKSHOP", "IOM", From, "notes")).ThenRecorded("participant/WORKSHOP", new ParticipantEvent.MemberJoined("IOM", From, "notes"));

    [Fact]
    public void Only_a_participant_that_is_not_a_member_yet_joins_and_only_a_collective()
    {
        Refused(new AddMember("XXX", "IOM", From, "notes"), "unknown-participant", "code");
        Refused(new AddMember("CRI", "IOM", From, "notes"), "not-a-collective", "code");
        Refused(new AddMember("WORKSHOP", "XXX", From, "notes"), "unknown-participant", "member");
        Refused(new AddMember("WORKSHOP", "WORKSHOP", From, "notes"), "own-member", "member");
        Refused(new AddMember("WORKSHOP", "COL", From, "notes"), "member-open", "member");
        Refused(new AddMember("WORKSHOP", "IOM", new EffectiveDate("x"), "notes"), "not-a-date", "from");
        Refused(new AddMember("WORKSHOP", "IOM", From, ""), "missing", "source");
    }

    [Fact]
    public void A_member_joins_again_after_it_left_but_not_before()
    {
        var left = Given(("participant/WORKSHOP", new ParticipantEvent.MemberLeft("COL", From, "left", "notes")));
        left.When(new AddMember("WORKSHOP", "COL", From, "notes")).ThenRecorded("participant/WORKSHOP", new ParticipantEvent.MemberJoined("COL", From, "notes"));
        left.When(new AddMember("WORKSHOP", "COL", new EffectiveDate("2019"), "notes")).ThenRefused("spans-overlap", "from");
    }

    [Fact]
    public void A_member_leaves_once_with_why()
    {
        Given().When(new RemoveMember("WORKSHOP", "COL", From, "left", "notes")).ThenRecorded("participant/WORKSHOP", new ParticipantEvent.MemberLeft("COL", From, "left", "notes"));
        Given(("participant/WORKSHOP", new ParticipantEvent.MemberLeft("COL", From, "left", "notes")))
            .When(new RemoveMember("WORKSHOP", "COL", From, "left", "notes")).ThenRefused("member-not-open", "member");
    }

    [Fact]
    public void A_leave_keeps_to_its_form()
    {
        Refused(new RemoveMember("XXX", "COL", From, "left", "notes"), "unknown-participant", "code");
        Refused(new RemoveMember("WORKSHOP", "IOM", From, "left", "notes"), "member-not-open", "member");
        Refused(new RemoveMember("WORKSHOP", "COL", new EffectiveDate("2015"), "left", "notes"), "period-reversed", "until");
        Refused(new RemoveMember("WORKSHOP", "COL", new EffectiveDate("x"), "left", "notes"), "not-a-date", "until");
        Refused(new RemoveMember("WORKSHOP", "COL", From, "", "notes"), "missing", "reason");
        Refused(new RemoveMember("WORKSHOP", "COL", From, "left", ""), "missing", "source");
    }

    private static void Refused(ICommand command, string code, string field) => Given().When(command).ThenRefused(code, field);
}

using PledgeRegistry.Participants;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Tests.Participants;

public sealed class MembershipTests
{
    private static readonly DateOnly Eve = new(2015, 12, 31), First = new(2016, 1, 1), Last = new(2019, 12, 31), After = new(2020, 1, 1);

    [Fact]
    public void A_party_named_is_included_on_any_day() =>
        Assert.True(SampleRegistry.State.Includes(["CRI"], "CRI", DateOnly.MinValue));

    [Fact]
    public void A_collective_named_is_included_itself() =>
        Assert.True(SampleRegistry.State.Includes(["RCM-MEMBERS"], "RCM-MEMBERS", Eve));

    [Fact]
    public void Members_by_role_are_those_who_hold_it_on_the_day()
    {
        var state = With(("participant/HND", new ParticipantEvent.RoleEnded("member", "RCM", new EffectiveDate("2020"), "left", "notes")));
        Assert.False(state.IsMember("RCM-MEMBERS", "HND", Eve));
        Assert.True(state.IsMember("RCM-MEMBERS", "HND", First));
        Assert.True(state.IsMember("RCM-MEMBERS", "HND", Last));
        Assert.False(state.IsMember("RCM-MEMBERS", "HND", After));
        Assert.False(state.IsMember("RCM-MEMBERS", "COL", First));
    }

    [Fact]
    public void Members_by_name_are_those_within_a_span_that_joined()
    {
        var state = With(
            ("participant/WORKSHOP", new ParticipantEvent.MemberLeft("COL", new EffectiveDate("2017"), "left", "notes")),
            ("participant/WORKSHOP", new ParticipantEvent.MemberJoined("COL", new EffectiveDate("2019"), "notes")));
        Assert.True(state.IsMember("WORKSHOP", "COL", new DateOnly(2016, 12, 31)));
        Assert.False(state.IsMember("WORKSHOP", "COL", new DateOnly(2017, 1, 1)));
        Assert.False(state.IsMember("WORKSHOP", "COL", new DateOnly(2018, 12, 31)));
        Assert.True(state.IsMember("WORKSHOP", "COL", new DateOnly(2019, 1, 1)));
    }

    [Fact]
    public void A_span_without_a_start_holds_since_before_anything_is_known() =>
        Assert.True(With(("participant/WORKSHOP", new ParticipantEvent.MemberJoined("IOM", null, "notes"))).IsMember("WORKSHOP", "IOM", DateOnly.MinValue));

    [Fact]
    public void Only_a_collective_has_members()
    {
        Assert.False(SampleRegistry.State.IsMember("CRI", "CRI", First));
        Assert.False(SampleRegistry.State.IsMember("XXX", "CRI", First));
        Assert.False(SampleRegistry.State.Includes([], "CRI", First));
    }

    private static RegistryState With(params (string, PledgeRegistry.Log.IEvent)[] happened) => SampleRegistry.After(SampleRegistry.State, happened);
}

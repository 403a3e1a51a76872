using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using Xunit.Sdk;

namespace PledgeRegistry.Tests.Testing;

public sealed class RandomEventsTests
{
    [Fact]
    public void The_same_seed_makes_the_same_events() =>
        Assert.Equal(
            Enumerable.Range(0, 50).Select(s => DeepText.Of(new RandomEvents(s).Entry())),
            Enumerable.Range(0, 50).Select(s => DeepText.Of(new RandomEvents(s).Entry())));

    [Fact]
    public void What_may_be_null_sometimes_is_and_what_may_not_never_is()
    {
        var made = Enumerable.Range(0, 200).Select(s => ((PledgeEvent.Recorded)new RandomEvents(s).Event(typeof(PledgeEvent.Recorded))).Content).ToList();
        Assert.Contains(made, c => c.Due is null);
        Assert.Contains(made, c => c.Due is { Date: not null, Words: null });
        Assert.Contains(made, c => c.By.Count == 0);
        Assert.Contains(made, c => c.By.Count > 1);
        Assert.All(made, c => Assert.DoesNotContain(null, new object?[] { c.Title, c.By, c.AnnouncedOn, c.AnnouncedOn.Date }));
        Assert.Contains(Enumerable.Range(0, 50).Select(s => (MeetingEvent.Announced)new RandomEvents(s).Event(typeof(MeetingEvent.Announced))), m => m.Content.Ordinal is null);
    }

    [Fact]
    public void Every_type_of_event_can_be_made() =>
        Assert.All(RandomEvents.Types, t => Assert.IsType(t, new RandomEvents(1).Event(t)));

    [Fact]
    public void A_failure_names_the_seed_that_repeats_it()
    {
        var failed = Assert.Throws<XunitException>(() => Seeded.Run(10, random => Assert.True(random.Text() is null, "as it must")));
        Assert.Matches("PLEDGEREGISTRY_SEED=[0-9]+ repeats it", failed.Message);
    }

    [Fact]
    public void Two_states_are_alike_only_if_all_their_members_are()
    {
        var other = SampleRegistry.State.Evolve("registry", new RegistryEvent.OpeningDataLoaded("set", "1"));
        Assert.NotEqual(DeepText.Of(SampleRegistry.State), DeepText.Of(other));
        Assert.Equal(DeepText.Of(SampleRegistry.State), DeepText.Of(SampleRegistry.After(RegistryState.Empty, SampleRegistry.History)));
    }

}

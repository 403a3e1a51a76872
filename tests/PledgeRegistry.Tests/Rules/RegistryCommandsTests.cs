using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Rules;

public sealed class RegistryCommandsTests
{
    private static readonly Texts Names = Texts.Of(("en", "A registry"));

    [Fact]
    public void A_registry_is_opened_once()
    {
        var accepted = Assert.IsType<Decision.Accepted>(new OpenRegistry(Names, Demonstration: true).Decide(RegistryState.Empty, SampleRegistry.Author));
        Assert.Equal("registry", accepted.Stream);
        Assert.Equal(new RegistryEvent.Opened(Names, Demonstration: true), Assert.Single(accepted.Events));
        Given().When(new OpenRegistry(Names, Demonstration: true)).ThenRefused("registry-open");
    }

    [Fact]
    public void A_registry_has_a_name()
    {
        var refused = Assert.IsType<Decision.Refused>(new OpenRegistry(Texts.None, Demonstration: false).Decide(RegistryState.Empty, SampleRegistry.Author));
        Assert.Equal("names", Assert.Single(refused.Reasons).Field);
    }

    [Fact]
    public void A_set_of_opening_data_is_completed_once_a_version()
    {
        Given().When(new CompleteOpeningData("base", "1")).ThenRecorded("registry", new RegistryEvent.OpeningDataLoaded("base", "1"));
        var loaded = Given(("registry", new RegistryEvent.OpeningDataLoaded("base", "1")));
        loaded.When(new CompleteOpeningData("base", "1")).ThenNothing();
        loaded.When(new CompleteOpeningData("base", "2")).ThenRecorded("registry", new RegistryEvent.OpeningDataLoaded("base", "2"));
    }

    [Fact]
    public void A_set_of_opening_data_has_an_id_and_a_version()
    {
        Given().When(new CompleteOpeningData("", "1")).ThenRefused("not-an-id", "set");
        Given().When(new CompleteOpeningData("base", "1/2")).ThenRefused("not-an-id", "version");
    }
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class MapPledgeTests
{
    private const string Stream = $"pledge/{Pledge1}";
    private static readonly ItemRef Health = new("gcm/2018", "GCM-15");
    private static readonly PledgeEvent.Mapped Mapped = new(Health, "It is about health.", Retrospective: false);

    private static GivenWhenThen Recorded => Given((Stream, new PledgeEvent.Recorded(Pledge())));
    private static GivenWhenThen AlreadyMapped => Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, Mapped));

    [Fact]
    public void A_pledge_is_mapped_with_why() =>
        Recorded.When(new MapPledge(Pledge1, Health, "It is about health.")).ThenRecorded(Stream, Mapped);

    [Fact]
    public void A_pledge_is_mapped_to_an_action_too() =>
        Recorded.When(new MapPledge(Pledge1, new ItemRef("gcm/2018", "GCM-15.e"), "It names health care."))
            .ThenRecorded(Stream, new PledgeEvent.Mapped(new ItemRef("gcm/2018", "GCM-15.e"), "It names health care.", Retrospective: false));

    [Fact]
    public void A_commitment_of_2016_is_mapped_to_the_compact_of_2018_in_retrospect() =>
        Given(("pledge/RCM-2016-0001", new PledgeEvent.Recorded(Conclusion()))).When(new MapPledge(Conclusion1, Health, "The same aim."))
            .ThenRecorded("pledge/RCM-2016-0001", new PledgeEvent.Mapped(Health, "The same aim.", Retrospective: true));

    [Fact]
    public void A_mapping_that_is_there_is_not_made_again() =>
        AlreadyMapped.When(new MapPledge(Pledge1, Health, "Again.")).ThenNothing();

    [Fact]
    public void A_retired_mapping_can_be_made_again() =>
        Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, Mapped), (Stream, new PledgeEvent.MappingRetired(Health, "wrong")))
            .When(new MapPledge(Pledge1, Health, "It is about health.")).ThenRecorded(Stream, Mapped);

    [Fact]
    public void Only_an_item_of_a_framework_in_force_is_mapped_to()
    {
        Recorded.When(new MapPledge(Pledge1, new ItemRef("gcm/2018", "GCM-99"), "Why.")).ThenRefused("unknown-item", "item");
        Recorded.When(new MapPledge(Pledge1, new ItemRef("gcm/2030", "GCM-15"), "Why.")).ThenRefused("unknown-item", "item");
        Recorded.When(new MapPledge(Pledge1, new ItemRef("level/1", "national"), "Why.")).ThenRefused("unknown-item", "item");
    }

    [Fact]
    public void A_framework_that_is_still_open_is_not_mapped_to() =>
        Given(
                (Stream, new PledgeEvent.Recorded(Pledge())),
                ("framework/sdg/2015", new FrameworkEvent.Opened("sdg", "2015", Texts.Of(("en", "SDG")), "notes", new EffectiveDate("2015"), null, CodeList: false)),
                ("framework/sdg/2015", new FrameworkEvent.ItemAdded("SDG-3.8", null, null, Texts.None, Texts.None, null)))
            .When(new MapPledge(Pledge1, new ItemRef("sdg/2015", "SDG-3.8"), "Why.")).ThenRefused("unknown-item", "item");

    [Fact]
    public void A_framework_out_of_force_is_not_mapped_to_but_its_mappings_can_be_retired()
    {
        var retired = Given((Stream, new PledgeEvent.Recorded(Pledge())), (Stream, Mapped), ("framework/gcm/2018", new FrameworkEvent.Retired(new EffectiveDate("2030"), "replaced")));
        retired.When(new MapPledge(Pledge1, new ItemRef("gcm/2018", "GCM-01"), "Why.")).ThenRefused("unknown-item", "item");
        retired.When(new RetireMapping(Pledge1, Health, "wrong")).ThenRecorded(Stream, new PledgeEvent.MappingRetired(Health, "wrong"));
    }

    [Fact]
    public void A_mapping_is_retired_with_why() =>
        AlreadyMapped.When(new RetireMapping(Pledge1, Health, "wrong")).ThenRecorded(Stream, new PledgeEvent.MappingRetired(Health, "wrong"));

    [Fact]
    public void Only_a_mapping_that_is_there_is_retired() =>
        Recorded.When(new RetireMapping(Pledge1, Health, "wrong")).ThenRefused("not-mapped", "item");

    [Fact]
    public void Both_need_a_reason_of_at_most_2000_characters()
    {
        Recorded.When(new MapPledge(Pledge1, Health, "")).ThenRefused("missing", "reason");
        Recorded.When(new MapPledge(Pledge1, Health, new string('x', 2_001))).ThenRefused("too-long", "reason");
        AlreadyMapped.When(new RetireMapping(Pledge1, Health, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void What_is_not_there_is_not_mapped()
    {
        Recorded.When(new MapPledge("IMRF-2022-0002", Health, "Why.")).ThenRefused("unknown-pledge", "id");
        Recorded.When(new RetireMapping("IMRF-2022-0002", Health, "wrong")).ThenRefused("unknown-pledge", "id");
    }
}

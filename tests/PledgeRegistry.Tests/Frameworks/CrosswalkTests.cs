using PledgeRegistry.Frameworks;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Frameworks;

public sealed class CrosswalkTests
{
    private const string Stream = "framework/gcm/2018";
    private static readonly ItemRef Area = new("rcm-areas/2016", "RCM-A1");
    private static readonly AddCrosswalk Add = new("gcm/2018", "GCM-15", Area, CrosswalkRelation.Broader, "notes");
    private static readonly RetireCrosswalk Retire = new("gcm/2018", "GCM-15", Area, "It was wrong.");
    private static readonly FrameworkEvent.CrosswalkAdded Added = new("GCM-15", Area, CrosswalkRelation.Broader, "notes");
    private static readonly FrameworkEvent.CrosswalkRetired Retired = new("GCM-15", Area, "It was wrong.");

    [Fact]
    public void A_crosswalk_is_added_to_a_closed_version_and_to_one_out_of_force()
    {
        Given().When(Add).ThenRecorded(Stream, Added);
        Given((Stream, new FrameworkEvent.Retired(EffectiveDate.On(2030, 1, 1), "replaced"))).When(Add).ThenRecorded(Stream, Added);
    }

    [Fact]
    public void A_crosswalk_between_two_items_is_added_once_from_whichever_end()
    {
        Given((Stream, Added)).When(Add).ThenRefused("crosswalk-exists", "to");
        Given((Stream, Added)).When(Add with { Relation = CrosswalkRelation.Related }).ThenRefused("crosswalk-exists", "to");
        Given((Stream, Added)).When(new AddCrosswalk("rcm-areas/2016", "RCM-A1", new ItemRef("gcm/2018", "GCM-15"), CrosswalkRelation.Narrower, "notes")).ThenRefused("crosswalk-exists", "to");
        Given((Stream, Added)).When(Add with { Code = "GCM-01" }).ThenRecorded(Stream, Added with { Code = "GCM-01" });
    }

    [Fact]
    public void Both_ends_are_items_of_frameworks_and_not_the_same()
    {
        Refused(Add with { Framework = "gcm/2030" }, "unknown-framework", "framework");
        Refused(Add with { Code = "GCM-99" }, "unknown-item", "code");
        Refused(Add with { Framework = "level/1", Code = "local" }, "unknown-item", "code");
        Refused(Add with { To = new ItemRef("gcm/2030", "GCM-15") }, "unknown-item", "to");
        Refused(Add with { To = new ItemRef("rcm-areas/2016", "RCM-A99") }, "unknown-item", "to");
        Refused(Add with { To = new ItemRef("level/1", "local") }, "unknown-item", "to");
        Refused(Add with { To = new ItemRef("gcm/2018", "GCM-15") }, "crosswalk-to-itself", "to");
    }

    [Fact]
    public void A_crosswalk_says_what_one_is_to_the_other_and_who_says_so()
    {
        Refused(Add with { Relation = (CrosswalkRelation)9 }, "unknown-code", "relation");
        Refused(Add with { Source = "" }, "missing", "source");
    }

    [Fact]
    public void A_crosswalk_that_stands_is_retired_once_with_why_and_may_be_added_again()
    {
        Given((Stream, Added)).When(Retire).ThenRecorded(Stream, Retired);
        Given((Stream, Added), (Stream, Retired)).When(Retire).ThenRefused("no-crosswalk", "to");
        Given((Stream, Added), (Stream, Retired)).When(Add).ThenRecorded(Stream, Added);
    }

    [Fact]
    public void What_is_not_there_is_not_retired()
    {
        Refused(Retire, "no-crosswalk", "to");
        Given((Stream, Added)).When(Retire with { Reason = "" }).ThenRefused("missing", "reason");
        Given((Stream, Added)).When(Retire with { Framework = "gcm/2030" }).ThenRefused("unknown-framework", "framework");
        Given((Stream, Added)).When(Retire with { Code = "GCM-99" }).ThenRefused("unknown-item", "code");
        // It is retired where it was recorded.
        Given((Stream, Added)).When(new RetireCrosswalk("rcm-areas/2016", "RCM-A1", new ItemRef("gcm/2018", "GCM-15"), "wrong")).ThenRefused("no-crosswalk", "to");
    }

    private static void Refused(ICommand command, string code, string field) => Given().When(command).ThenRefused(code, field);
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Frameworks;

public sealed class FrameworkCommandsTests
{
    private const string Stream = "framework/sdg/2015";
    private static readonly Texts Name = Texts.Of(("en", "Sustainable Development Goals"));
    private static readonly EffectiveDate From = EffectiveDate.On(2015, 9, 25);
    private static readonly FrameworkEvent.Opened Opened = new("sdg", "2015", Name, "notes", From, new EffectiveDate("2030"), CodeList: false);
    private static readonly FrameworkEvent.ItemAdded Goal = new("SDG-3", "goal", null, Texts.Of(("en", "Health")), Texts.None, null);
    private static readonly OpenFramework Open = new("sdg", "2015", Name, "notes", From, new EffectiveDate("2030"), CodeList: false);
    private static readonly AddFrameworkItem Add = new("sdg/2015", "SDG-3.8", "target", "SDG-3", Texts.Of(("en", "Universal health coverage")), Texts.None, "labels to be checked");

    private static GivenWhenThen WithGoal => Given((Stream, Opened), (Stream, Goal));
    private static GivenWhenThen Closed => Given((Stream, Opened), (Stream, Goal), (Stream, new FrameworkEvent.Closed(1)));

    [Fact]
    public void A_version_is_opened_once()
    {
        Given().When(Open).ThenRecorded(Stream, Opened);
        WithGoal.When(Open).ThenRefused("framework-exists", "version");
        WithGoal.When(Open with { Version = "2030" }).ThenRecorded("framework/sdg/2030", Opened with { Version = "2030" });
    }

    [Fact]
    public void A_version_keeps_to_its_form()
    {
        Refused(Open with { Scheme = "sdg/x" }, "not-an-id", "scheme");
        Refused(Open with { Version = "" }, "not-an-id", "version");
        Refused(Open with { Names = Texts.None }, "missing", "names");
        Refused(Open with { Source = "" }, "missing", "source");
        Refused(Open with { ValidFrom = new EffectiveDate("x") }, "not-a-date", "validFrom");
        Refused(Open with { ValidUntil = new EffectiveDate("x") }, "not-a-date", "validUntil");
        Refused(Open with { ValidUntil = new EffectiveDate("2014") }, "period-reversed", "validUntil");
    }

    [Fact]
    public void An_item_is_added_after_its_parent()
    {
        WithGoal.When(Add).ThenRecorded(Stream, new FrameworkEvent.ItemAdded("SDG-3.8", "target", "SDG-3", Add.Labels, Texts.None, "labels to be checked"));
        WithGoal.When(Add with { Parent = "SDG-4" }).ThenRefused("unknown-item", "parent");
        WithGoal.When(Add with { Parent = "SDG-3.8" }).ThenRefused("unknown-item", "parent");
    }

    [Fact]
    public void An_item_may_be_a_code_without_labels() =>
        WithGoal.When(Add with { Labels = Texts.None }).ThenRecorded(Stream, new FrameworkEvent.ItemAdded("SDG-3.8", "target", "SDG-3", Texts.None, Texts.None, "labels to be checked"));

    [Fact]
    public void An_item_is_added_once() => WithGoal.When(Add with { Code = "SDG-3", Parent = null }).ThenRefused("item-exists", "code");

    [Fact]
    public void An_item_keeps_to_its_form()
    {
        WithGoal.When(Add with { Code = "SDG 3.8" }).ThenRefused("not-an-id", "code");
        WithGoal.When(Add with { Level = "" }).ThenRefused("missing", "level");
        WithGoal.When(Add with { Note = "" }).ThenRefused("missing", "note");
        WithGoal.When(Add with { Labels = null! }).ThenRefused("missing", "labels");
        WithGoal.When(Add with { Labels = Texts.Of(("en", " ")) }).ThenRefused("missing", "labels.en");
        WithGoal.When(Add with { Descriptions = Texts.Of(("English", "x")) }).ThenRefused("not-a-language", "descriptions.English");
    }

    [Fact]
    public void A_closed_version_takes_no_more_items()
    {
        Closed.When(Add).ThenRefused("framework-closed", "framework");
        Refused(Add with { Framework = "gcm/2018" }, "framework-closed", "framework");
        Refused(Add, "unknown-framework", "framework");
    }

    [Fact]
    public void A_version_is_closed_when_all_its_items_are_there()
    {
        WithGoal.When(new CloseFramework("sdg/2015", 1)).ThenRecorded(Stream, new FrameworkEvent.Closed(1));
        WithGoal.When(new CloseFramework("sdg/2015", 2)).ThenRefused("items-missing", "items");
        Closed.When(new CloseFramework("sdg/2015", 1)).ThenRefused("framework-closed", "framework");
        Refused(new CloseFramework("sdg/2015", 0), "unknown-framework", "framework");
    }

    [Fact]
    public void A_closed_version_is_retired_once_with_why()
    {
        var until = new EffectiveDate("2031");
        Closed.When(new RetireFramework("sdg/2015", until, "over")).ThenRecorded(Stream, new FrameworkEvent.Retired(until, "over"));
        Given((Stream, Opened), (Stream, Goal), (Stream, new FrameworkEvent.Closed(1)), (Stream, new FrameworkEvent.Retired(until, "over")))
            .When(new RetireFramework("sdg/2015", until, "over")).ThenNothing();
    }

    [Fact]
    public void Only_a_closed_version_is_retired_and_not_before_it_was_valid()
    {
        WithGoal.When(new RetireFramework("sdg/2015", From, "over")).ThenRefused("framework-open", "framework");
        Refused(new RetireFramework("sdg/2015", From, "over"), "unknown-framework", "framework");
        Closed.When(new RetireFramework("sdg/2015", new EffectiveDate("2014"), "over")).ThenRefused("period-reversed", "from");
        Closed.When(new RetireFramework("sdg/2015", new EffectiveDate("x"), "over")).ThenRefused("not-a-date", "from");
        Closed.When(new RetireFramework("sdg/2015", From, "")).ThenRefused("missing", "reason");
    }

    [Fact]
    public void A_version_counts_only_once_it_is_closed_and_until_it_is_retired()
    {
        Assert.False(WithGoal.State.Frameworks["sdg/2015"].InForce);
        Assert.True(Closed.State.Frameworks["sdg/2015"].InForce);
        Assert.False(SampleRegistry.After(Closed.State, [(Stream, new FrameworkEvent.Retired(From, "over"))]).Frameworks["sdg/2015"].InForce);
    }

    private static void Refused(ICommand command, string code, string field) => Given().When(command).ThenRefused(code, field);
}

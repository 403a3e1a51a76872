using PledgeRegistry.Log;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Rules;

public sealed class SealTests
{
    private static readonly string One = SampleRegistry.Tree.Root(1).ToString(), Two = SampleRegistry.Tree.Root(2).ToString();

    private static readonly SealViews Seal = new(2, Two, "2026-05-08", null, Samples.Views);

    private static readonly RegistryEvent.ViewsSealed Sealed = new(2, Two, "2026-05-08", null, Samples.Views);

    [Fact]
    public void What_views_say_at_a_basis_is_sealed_once()
    {
        Given().When(Seal).ThenRecorded("registry", Sealed);
        Given(("registry", Sealed)).When(Seal).ThenNothing();
        Given(("registry", Sealed)).When(Seal with { On = "2026-05-09" }).ThenRecorded("registry", Sealed with { On = "2026-05-09" });
        Given(("registry", Sealed)).When(Seal with { Meeting = "IMRF-2026" }).ThenRecorded("registry", Sealed with { Meeting = "IMRF-2026" });
        Given(("registry", Sealed)).When(Seal with { Size = 1, Root = One }).ThenRecorded("registry", Sealed with { Size = 1, Root = One });
    }

    [Fact]
    public void A_seal_is_of_a_size_that_the_log_has_and_of_its_root()
    {
        Given().When(Seal with { Size = 0 }).ThenRefused("nothing-to-seal", "size");
        Given().When(Seal with { Size = -1 }).ThenRefused("nothing-to-seal", "size");
        Given().When(Seal with { Size = 3 }).ThenRefused("size-beyond-log", "size");
        Given().When(Seal with { Root = One }).ThenRefused("other-root", "root");
        Given().When(Seal with { Root = Two.ToUpperInvariant() }).ThenRefused("not-a-sha256", "root");
        // Without the log's tree no size is known to be durable.
        Assert.IsType<Decision.Refused>(Seal.Decide(RegistryState.Empty, SampleRegistry.Author));
    }

    [Theory]
    [InlineData("2026-05")]
    [InlineData("2026-02-30")]
    [InlineData("08.05.2026")]
    public void A_seal_is_judged_on_a_day(string on) => Given().When(Seal with { On = on }).ThenRefused("not-a-date", "on");

    [Fact]
    public void A_seal_names_a_meeting_that_there_is() => Given().When(Seal with { Meeting = "IMRF-2099" }).ThenRefused("unknown-meeting", "meeting");

    [Fact]
    public void A_seal_has_views_each_once_with_version_and_hash()
    {
        var (view, other) = (Samples.Views[0], Samples.Views[1]);
        Given().When(Seal with { Views = [] }).ThenRefused("missing", "views");
        Given().When(Seal with { Views = [view, view with { Sha256 = other.Sha256 }] }).ThenRefused("twice", "views");
        Given().When(Seal with { Views = [other with { Parameters = [] }, other] }).ThenRecorded("registry", Sealed with { Views = [other with { Parameters = [] }, other] });
        Given().When(Seal with { Views = [view with { View = "rcm-grid" }] }).ThenRefused("not-a-view", "views[0].view");
        Given().When(Seal with { Views = [view with { View = "rcm-grid/2\n" }] }).ThenRefused("not-a-view", "views[0].view");
        Given().When(Seal with { Views = [view with { Sha256 = "abc" }] }).ThenRefused("not-a-sha256", "views[0].sha256");
        Given().When(Seal with { Views = [view with { Parameters = [new ViewParameter("a b", "1")] }] }).ThenRefused("not-a-parameter", "views[0].parameters[0].name");
        Given().When(Seal with { Views = [view with { Parameters = [new ViewParameter("cycle", "2 0")] }] }).ThenRefused("not-a-parameter", "views[0].parameters[0].value");
    }

    /// <summary>Entries that the writer has decided and not yet written are in its state, and not in the log: they are not sealed.</summary>
    [Fact]
    public void What_is_not_durable_yet_is_not_sealed()
    {
        var tree = new MerkleTree();
        var state = SampleRegistry.After(RegistryState.Empty.On(tree), SampleRegistry.History);
        Assert.Null(state.RootAt(1));
        tree.Append(MerkleTree.LeafHash("first"u8));
        Assert.Equal(One, state.RootAt(1).ToString());
        Assert.Null(state.RootAt(2));
        Assert.Null(RegistryState.Empty.On(tree).RootAt(1));
    }

    [Fact]
    public void What_is_sealed_is_the_same_event_after_it_was_stored()
    {
        var stored = (RegistryEvent.ViewsSealed)StoredJson.Decode(CanonicalJson.Parse(StoredJson.Encode(Sealed)), typeof(RegistryEvent.ViewsSealed));
        Given(("registry", stored)).When(Seal).ThenNothing();
    }
}

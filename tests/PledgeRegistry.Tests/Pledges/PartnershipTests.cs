using PledgeRegistry.Pledges;
using PledgeRegistry.Testing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;
using static PledgeRegistry.Testing.SampleRegistry;

namespace PledgeRegistry.Tests.Pledges;

public sealed class PartnershipTests
{
    private const string Stream = "partnership/HEALTH-POSTS";
    private static readonly PartnershipContent Posts = new(Texts.Of(("en", "Health posts")), Texts.Of(("en", "A post at every crossing.")), "IOM", new SourcePlace("notes", "page 4"));

    private static GivenWhenThen Formed => Given((Stream, new PartnershipEvent.Formed(Posts)));

    [Fact]
    public void A_partnership_is_formed_before_the_pledges_that_name_it()
    {
        var pledge = Pledge() with { Type = PledgeType.InPartnership, Partnership = "HEALTH-POSTS" };
        Given().When(new FormPartnership("HEALTH-POSTS", Posts)).ThenRecorded(Stream, new PartnershipEvent.Formed(Posts));
        Given().When(new RecordPledge(pledge, [])).ThenRefused("unknown-partnership", "content.partnership");
        Formed.When(new RecordPledge(pledge, [])).ThenRecorded($"pledge/{Pledge1}", new PledgeEvent.Recorded(pledge));
    }

    [Fact]
    public void It_needs_no_convener_and_no_source() =>
        Given().When(new FormPartnership("HEALTH-POSTS", Posts with { Convener = null, Source = null })).ThenRecorded(Stream, new PartnershipEvent.Formed(Posts with { Convener = null, Source = null }));

    [Fact]
    public void It_is_formed_once() => Formed.When(new FormPartnership("HEALTH-POSTS", Posts)).ThenRefused("partnership-exists", "id");

    [Fact]
    public void It_keeps_to_its_form()
    {
        Given().When(new FormPartnership("HEALTH POSTS", Posts)).ThenRefused("not-an-id", "id");
        Given().When(new FormPartnership(null!, Posts)).ThenRefused("not-an-id", "id");
        Refused(null!, "missing", "content");
        Refused(Posts with { Names = Texts.None }, "missing", "content.names");
        Refused(Posts with { Names = null! }, "missing", "content.names");
        Refused(Posts with { Goal = Texts.None }, "missing", "content.goal");
        Refused(Posts with { Goal = Texts.Of(("english", "A post.")) }, "not-a-language", "content.goal.english");
        Refused(Posts with { Convener = "XXX" }, "unknown-participant", "content.convener");
        Refused(Posts with { Source = new SourcePlace("hearsay", "page 1") }, "unknown-source", "content.source.source");
    }

    [Fact]
    public void Its_record_is_mended_with_why()
    {
        var mended = Posts with { Convener = "HND" };
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 1, mended, "misread")).ThenRecorded(Stream, new PartnershipEvent.Corrected(mended, "misread"));
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 1, Posts, "misread")).ThenNothing();
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 0, mended, "misread")).ThenRefused("stale");
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 1, mended, "")).ThenRefused("missing", "reason");
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 1, mended with { Convener = "XXX" }, "misread")).ThenRefused("unknown-participant", "content.convener");
        Formed.When(new CorrectPartnership("HEALTH-POSTS", 1, null!, "misread")).ThenRefused("missing", "content");
        Formed.When(new CorrectPartnership("BOATS", 1, mended, "misread")).ThenRefused("unknown-partnership", "id");
    }

    private static void Refused(PartnershipContent content, string code, string field) => Given().When(new FormPartnership("HEALTH-POSTS", content)).ThenRefused(code, field);
}

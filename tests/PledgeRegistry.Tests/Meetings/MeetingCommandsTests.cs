using PledgeRegistry.Meetings;
using PledgeRegistry.Testing;
using PledgeRegistry.Writing;
using Xunit;
using static PledgeRegistry.Testing.GivenWhenThen;

namespace PledgeRegistry.Tests.Meetings;

public sealed class MeetingCommandsTests
{
    private const string Stream = "meeting/IMRF-2030";
    private static readonly MeetingContent Forum = new(
        "IMRF", "forum", 3, 2030, Texts.Of(("en", "Third forum")), EffectiveDate.On(2030, 5, 6), EffectiveDate.On(2030, 5, 9), "New York", null, "notes");
    private static readonly Cluster Table1 = new("RT1", ["GCM-01", "GCM-15"]);

    private static GivenWhenThen Announced => Given((Stream, new MeetingEvent.Announced(Forum)));

    [Fact]
    public void A_meeting_is_announced_with_its_documents_and_clusters() =>
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, ["notes"], [Table1])).ThenRecorded(Stream,
            new MeetingEvent.Announced(Forum), new MeetingEvent.DocumentAttached("notes"), new MeetingEvent.ClustersSet([Table1], "notes"));

    [Fact]
    public void A_meeting_without_clusters_has_no_entry_for_them() =>
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, [], [])).ThenRecorded(Stream, new MeetingEvent.Announced(Forum));

    [Fact]
    public void A_meeting_is_announced_once() =>
        Announced.When(new AnnounceMeeting("IMRF-2030", Forum, [], [])).ThenRefused("meeting-exists", "id");

    [Theory]
    [InlineData("")]
    [InlineData("-IMRF")]
    [InlineData("IMRF/2030")]
    [InlineData("IMRF 2030")]
    [InlineData("IMRF-2030\n")]
    [InlineData("A123456789012345678901234567890123456789012345678901234567890")]
    public void An_id_has_letters_digits_dots_and_hyphens(string id) =>
        Given().When(new AnnounceMeeting(id, Forum, [], [])).ThenRefused("not-an-id", "id");

    [Fact]
    public void A_meeting_keeps_to_its_form()
    {
        Refused(Forum with { Series = "G20" }, "unknown-series", "content.series");
        Refused(Forum with { Type = "party" }, "unknown-code", "content.type");
        Refused(Forum with { Year = 30 }, "not-a-year", "content.year");
        Refused(Forum with { Year = 2201 }, "not-a-year", "content.year");
        Refused(Forum with { Ordinal = 0 }, "not-a-number", "content.ordinal");
        Refused(Forum with { Names = Texts.None }, "missing", "content.names");
        Refused(Forum with { From = new EffectiveDate("2030-5-6") }, "not-a-date", "content.from");
        Refused(Forum with { To = new EffectiveDate("2030-5-6") }, "not-a-date", "content.to");
        Refused(Forum with { To = EffectiveDate.On(2030, 5, 5) }, "period-reversed", "content.to");
        Refused(Forum with { Place = "" }, "missing", "content.place");
        Refused(Forum with { Source = "" }, "missing", "content.source");
        Refused(Forum with { PartOf = "IMRF-1830" }, "unknown-meeting", "content.partOf");
        Refused(Forum with { PartOf = "IMRF-2030" }, "unknown-meeting", "content.partOf");
    }

    [Fact]
    public void Documents_are_registered_sources_named_once()
    {
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, ["hearsay"], [])).ThenRefused("unknown-source", "documents[0]");
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, ["notes", "notes"], [])).ThenRefused("twice", "documents");
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, [.. Enumerable.Range(0, Check.MostParts + 1).Select(i => $"s{i}")], [])).ThenRefused("too-many", "documents");
    }

    [Fact]
    public void Clusters_cover_items_of_frameworks_in_force()
    {
        Clusters("unknown-item", "clusters[0].items[1]", new Cluster("RT1", ["GCM-01", "GCM-99"]));
        Clusters("unknown-item", "clusters[0].items[0]", new Cluster("RT1", ["policy"]));
        Clusters("twice", "clusters[0].items", new Cluster("RT1", ["GCM-01", "GCM-01"]));
        Clusters("twice", "clusters", Table1, new Cluster("RT1", ["GCM-01"]));
        Clusters("not-an-id", "clusters[0].code", new Cluster("Round table 1", ["GCM-01"]));
    }

    [Fact]
    public void A_meeting_is_corrected_with_why()
    {
        var moved = Forum with { Place = "Geneva", PartOf = "IMRF-2026" };
        Announced.When(new CorrectMeeting("IMRF-2030", 1, moved, "misread")).ThenRecorded(Stream, new MeetingEvent.Corrected(moved, "misread"));
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum, "misread")).ThenNothing();
    }

    [Fact]
    public void A_correction_keeps_series_and_year_and_needs_the_last_version()
    {
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum with { Series = "RCM" }, "misread")).ThenRefused("id-would-change", "content.series");
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum with { Year = 2031 }, "misread")).ThenRefused("id-would-change", "content.series");
        Announced.When(new CorrectMeeting("IMRF-2030", 0, Forum with { Place = "Geneva" }, "misread")).ThenRefused("stale");
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum with { Place = "Geneva" }, "")).ThenRefused("missing", "reason");
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum with { Type = "party" }, "misread")).ThenRefused("unknown-code", "content.type");
        Announced.When(new CorrectMeeting("IMRF-2031", 1, Forum, "misread")).ThenRefused("unknown-meeting", "id");
    }

    [Fact]
    public void A_meeting_is_not_part_of_itself_by_any_way()
    {
        Announced.When(new CorrectMeeting("IMRF-2030", 1, Forum with { PartOf = "IMRF-2030" }, "misread")).ThenRefused("part-of-itself", "content.partOf");
        var side = Forum with { Type = "other", PartOf = "IMRF-2030" };
        Given((Stream, new MeetingEvent.Announced(Forum)), ("meeting/SIDE", new MeetingEvent.Announced(side)), ("meeting/SIDE-SIDE", new MeetingEvent.Announced(side with { PartOf = "SIDE" })))
            .When(new CorrectMeeting("IMRF-2030", 1, Forum with { PartOf = "SIDE-SIDE" }, "misread")).ThenRefused("part-of-itself", "content.partOf");
    }

    [Fact]
    public void A_document_is_attached_once()
    {
        Announced.When(new AttachDocument("IMRF-2030", "notes")).ThenRecorded(Stream, new MeetingEvent.DocumentAttached("notes"));
        Given((Stream, new MeetingEvent.Announced(Forum)), (Stream, new MeetingEvent.DocumentAttached("notes"))).When(new AttachDocument("IMRF-2030", "notes")).ThenNothing();
        Announced.When(new AttachDocument("IMRF-2030", "hearsay")).ThenRefused("unknown-source", "source");
        Announced.When(new AttachDocument("IMRF-2031", "notes")).ThenRefused("unknown-meeting", "id");
    }

    [Fact]
    public void Clusters_replace_the_ones_before()
    {
        var set = Given((Stream, new MeetingEvent.Announced(Forum)), (Stream, new MeetingEvent.ClustersSet([Table1], "notes")));
        set.When(new SetClusters("IMRF-2030", 2, [Table1 with { Code = "RT2" }], "notes")).ThenRecorded(Stream, new MeetingEvent.ClustersSet([Table1 with { Code = "RT2" }], "notes"));
        set.When(new SetClusters("IMRF-2030", 2, [], "notes")).ThenRecorded(Stream, new MeetingEvent.ClustersSet([], "notes"));
        set.When(new SetClusters("IMRF-2030", 2, [new Cluster("RT1", ["GCM-01", "GCM-15"])], "notes")).ThenNothing();
    }

    [Fact]
    public void Clusters_need_the_last_version_and_a_source()
    {
        Announced.When(new SetClusters("IMRF-2030", 0, [Table1], "notes")).ThenRefused("stale");
        Announced.When(new SetClusters("IMRF-2030", 1, [Table1], "")).ThenRefused("missing", "source");
        Announced.When(new SetClusters("IMRF-2031", 1, [Table1], "notes")).ThenRefused("unknown-meeting", "id");
    }

    private static void Refused(MeetingContent content, string code, string field) =>
        Given().When(new AnnounceMeeting("IMRF-2030", content, [], [])).ThenRefused(code, field);

    private static void Clusters(string code, string field, params Cluster[] clusters)
    {
        Given().When(new AnnounceMeeting("IMRF-2030", Forum, [], clusters)).ThenRefused(code, field);
        Announced.When(new SetClusters("IMRF-2030", 1, clusters, "notes")).ThenRefused(code, field);
    }
}

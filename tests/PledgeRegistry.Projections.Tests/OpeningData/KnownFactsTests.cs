using PledgeRegistry.Frameworks;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Projections.Tests.OpeningData;

/// <summary>Who, where and what the documents and public pages tell of, named here once more and held against the log.</summary>
[Collection(OpeningDataCollection.Name)]
public sealed class KnownFactsTests(LoadedRegistry loaded)
{
    [Fact]
    public Task The_Global_Compact_has_23_objectives_with_labels_in_English_French_and_Spanish_and_a_general_code_beside_them()
    {
        var items = loaded.Items("gcm/2018");
        var objectives = items.Where(i => i.Level == "objective").ToArray();
        Assert.Equal(Enumerable.Range(1, 23).Select(n => $"GCM-{n:00}"), objectives.Select(i => i.Code));
        Assert.Single(items, i => i.Level == "code");
        Assert.All(items.Where(i => i.Level == "action"), i => Assert.Matches($"^{i.Parent}\\.[a-z]$", i.Code));
        Assert.Equal(new EffectiveDate("2018-12-19"), loaded.All<FrameworkEvent.Opened>().Single(f => f.Id == "gcm/2018").Event.ValidFrom);
        return Snapshot.Verify(string.Join('\n', objectives.Select(i => $"{i.Code} | {i.Labels["en"]} | {i.Labels["fr"]} | {i.Labels["es"]}")));
    }

    [Theory]
    [InlineData("gcm-principles/2018", "principle", "GCM-P01 GCM-P02 GCM-P03 GCM-P04 GCM-P05 GCM-P06 GCM-P07 GCM-P08 GCM-P09 GCM-P10")]
    [InlineData("rcm-areas/2016", "area", "RCM-A1 RCM-A2 RCM-A3 RCM-A4 RCM-A5 RCM-A6")]
    [InlineData("mhof/2010", "priority", "MHOF-1 MHOF-2 MHOF-3 MHOF-4")]
    [InlineData("mhof/2010", "point", "MHOF-1.1 MHOF-1.2 MHOF-1.3 MHOF-2.1 MHOF-2.2 MHOF-2.3 MHOF-3.1 MHOF-3.2 MHOF-4.1 MHOF-4.2")]
    [InlineData("wha61.17/2008", "point", "WHA61.17-1 WHA61.17-2 WHA61.17-3")]
    [InlineData("sdg/2015", "target", "SDG-3.8 SDG-10.7")]
    [InlineData("sdg/2015", "indicator", "SDG-3.8.1 SDG-3.8.2 SDG-10.7.1 SDG-10.7.2 SDG-10.7.3 SDG-10.7.4")]
    [InlineData("ihr/2018", "capacity", 13)]
    [InlineData("ihr/2021", "capacity", 15)]
    [InlineData("who-gap/2019", "priority", "GAP-1 GAP-2 GAP-3 GAP-4 GAP-5 GAP-6")]
    [InlineData("pancap/2019", "area", "PANCAP-1 PANCAP-2 PANCAP-3 PANCAP-4 PANCAP-5 PANCAP-6 PANCAP-7")]
    public void A_framework_has_its_items_and_each_a_label_and_a_parent_above(string framework, string level, object expected)
    {
        var items = loaded.Items(framework);
        var found = items.Where(i => i.Level == level).ToArray();
        Assert.Equal(expected, expected is int ? found.Length : string.Join(' ', found.Select(i => i.Code)));
        Assert.All(found, i => Assert.All(new[] { "en", "es", "fr" }, language => Assert.False(string.IsNullOrWhiteSpace(i.Labels[language]), $"{i.Code} {language}")));
        Assert.All(items, i => Assert.True(i.Parent is null || i.Code.StartsWith(i.Parent + ".", StringComparison.Ordinal), i.Code));
        Assert.False(loaded.All<FrameworkEvent.Opened>().Single(f => f.Id == framework).Event.CodeList);
    }

    [Fact]
    public void The_six_areas_of_work_are_those_of_the_workshop() => Assert.Equal(
        ["Awareness", "Prevention", "Detection", "Treatment/assistance", "Outbreak control", "Mental health"], loaded.Items("rcm-areas/2016").Select(i => i.Labels["en"]));

    [Fact]
    public void The_capacities_of_the_health_regulations_are_two_versions_of_one_scheme_one_after_the_other()
    {
        var versions = loaded.All<FrameworkEvent.Opened>().Where(f => f.Event.Scheme == "ihr").Select(f => (f.Event.Version, f.Event.ValidFrom.Date, f.Event.ValidUntil?.Date));
        Assert.Equal([("2018", "2018-06", "2021"), ("2021", "2021", null)], versions);
    }

    [Theory]
    [InlineData("member", "BLZ CAN CRI DOM GTM HND MEX NIC PAN SLV USA")]
    [InlineData("observer-country", "ARG COL ECU JAM PER")]
    [InlineData("observer-organization", "ECLAC IACHR ICRC ILO IOM SEGIB SICA UNDP UNFPA UNHCR UNICEF UNODC UNSR-MIG")]
    [InlineData("civil-society", "RNCOM")]
    public void The_Regional_Conference_has_its_members_and_observers(string role, string expected) =>
        Assert.Equal(expected, string.Join(' ', loaded.WithRole(role, "RCM")));

    [Fact]
    public void Who_took_part_in_the_workshop_of_2016_without_a_standing_in_the_Conference_has_a_part_in_the_meeting_only()
    {
        foreach (var code in new[] { "PAHO", "COMISCA" })
        {
            Assert.Contains(loaded.All<ParticipantEvent.RoleStarted>(), r => r.Id == code && r.Event.Scope == "RCM-2016-WORKSHOP");
            Assert.DoesNotContain(loaded.All<ParticipantEvent.RoleStarted>(), r => r.Id == code && r.Event.Scope == "RCM");
        }
        Assert.Equal(["CRI"], loaded.WithRole("host", "RCM-2016-WORKSHOP"));
    }

    [Fact]
    public void The_forum_of_2022_has_its_round_tables() => Assert.Equal(
        [
            "RT1 GCM-02 GCM-05 GCM-06 GCM-12 GCM-18",
            "RT2 GCM-04 GCM-08 GCM-09 GCM-10 GCM-11 GCM-13 GCM-21",
            "RT3 GCM-14 GCM-15 GCM-16 GCM-19 GCM-20 GCM-22",
            "RT4 GCM-01 GCM-03 GCM-07 GCM-17 GCM-23",
        ],
        Assert.Single(loaded.All<MeetingEvent.ClustersSet>(), c => c.Id == "IMRF-2022").Event.Clusters.Select(c => $"{c.Code} {string.Join(' ', c.Items)}"));

    [Theory]
    [InlineData("CMIM-9", "CMIM", 9, "2011-02-17", "2011-02-18", "cmim-2011-slides")]
    [InlineData("RCM-2016-WORKSHOP", "RCM", null, "2016-09-28", "2016-09-29", "rcm-2016-workshop-conclusions")]
    [InlineData("RCM-XXI", "RCM", 21, "2016-11-17", "2016-11-18", "")]
    [InlineData("PANCAP-2019", "PANCAP", null, null, "2019-04-11", "pancap-2019-release")]
    [InlineData("IMRF-2022-DIALOGUE-APRIL", "IMRF", null, "2022-04-27", "2022-04-27", "imrf-2022-dialogue-note")]
    [InlineData("IMRF-2022", "IMRF", null, "2022-05-17", "2022-05-20", "")]
    [InlineData("IMRF-2022-SIDE-HEALTH", "IMRF", null, "2022-05-19", "2022-05-19", "imrf-2022-side-event-notes")]
    [InlineData("IMRF-2026", "IMRF", null, "2026-05-05", "2026-05-08", "")]
    [InlineData("IMRF-2030", "IMRF", null, null, null, "")]
    public void A_meeting_was_where_and_when_the_sources_say(string id, string series, int? ordinal, string? from, string? to, string documents)
    {
        var content = loaded.All<MeetingEvent.Announced>().Single(m => m.Id == id).Event.Content;
        Assert.Equal((series, ordinal, from, to), (content.Series, content.Ordinal, content.From?.Date, content.To?.Date));
        Assert.Equal(documents, string.Join(' ', loaded.All<MeetingEvent.DocumentAttached>().Where(d => d.Id == id).Select(d => d.Event.Source)));
        Assert.NotEmpty(content.Source);
    }

    [Fact]
    public void Reviews_apply_where_there_is_a_mandate()
    {
        var series = loaded.All<SeriesEvent.Opened>().ToDictionary(s => s.Id, s => s.Event.Settings);
        Assert.Equal(["IMRF"], series.Where(s => s.Value.ReviewsApply).Select(s => s.Key));
        Assert.Equal(("vice-ministerial", "forum"), (series["RCM"].RegularMeetingType, series["IMRF"].RegularMeetingType));
    }

    [Fact]
    public async Task The_grid_of_the_opening_data_has_every_member_and_observer_and_nothing_recorded()
    {
        var grid = await loaded.Given.AsksAsync(new GetRcmProgressGrid(loaded.Given.Now));
        Assert.Equal([11, 5, 13, 1], grid.Groups.Take(4).Select(g => g.Rows.Count));
        Assert.Equal(6, grid.Areas.Count);
        Assert.Equal(0, grid.Total.Recorded);
        Assert.True(grid.Total.Owed + grid.Total.Asked + grid.NobodyNamed.Sum(c => c.Count.Owed) > 0);
    }

    [Fact]
    public async Task The_follow_up_of_the_opening_data_has_no_report_and_nobody_is_late_who_was_only_asked()
    {
        var view = await loaded.Given.AsksAsync(new GetImrfFollowUp(loaded.Given.Now, "2022"));
        Assert.Equal(23, view.ByObjective.Count);
        Assert.True(view.Total.Claimed["no-report"] > 0);
        Assert.Equal(view.Total.Claimed["no-report"], view.Total.Claimed.Values.Sum());
        Assert.All(view.Lines.Where(l => l.Part is Part.Asked or null), l => Assert.Equal((Freshness.NotApplicable, Timeliness.NotApplicable), (l.Freshness, l.Timeliness)));
    }

    [Fact]
    public async Task The_collective_of_the_members_is_the_eleven_on_any_day()
    {
        foreach (var on in new[] { "2016-09-28", "2026-11-21" })
        {
            Assert.Equal(loaded.WithRole("member", "RCM"), (await loaded.Given.AsksAsync(new GetParticipant(loaded.Given.At(on), "RCM-MEMBERS")))!.Members.Select(m => m.Id).Order(StringComparer.Ordinal));
        }
    }
}

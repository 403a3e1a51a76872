using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Projections.Tests.Meetings;

public sealed class MeetingTests
{
    [Fact]
    public async Task A_meeting_has_its_documents_clusters_roles_parts_and_what_was_recorded_there()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        await given.RecordsAsync(SampleRegistry.Pledge());
        var withdrawn = await given.RecordsAsync(SampleRegistry.Pledge());
        await given.WithdrawsAsync(withdrawn, "2022-05-20");
        await given.RecordsAsync(SampleRegistry.Pledge() with { Meeting = "IMRF-2022-SIDE" });
        var view = (await given.AsksAsync(new GetMeeting(given.Now, "IMRF-2022")))!;
        Assert.Equal((2, 0, "IMRF-2022-SIDE"), (view.Pledges, view.Initiatives, view.Parts.Single().Id));
        Assert.Equal(["notes"], view.Documents.Select(d => d.Id));
        Assert.Equal(["RT1", "RT3"], view.Clusters.Select(c => c.Code));
        Assert.Equal("IMRF-2022", (await given.AsksAsync(new GetMeeting(given.Now, "IMRF-2022-SIDE")))!.PartOf?.Id);
        Assert.Equal("ILO", Assert.Single((await given.AsksAsync(new GetMeeting(given.Now, "RCM-2016-WORKSHOP")))!.Roles).Participant.Id);
        Assert.Null(await given.AsksAsync(new GetMeeting(given.Now, "IMRF-1999")));
    }

    [Fact]
    public async Task A_list_counts_what_each_meeting_has_by_the_day_of_the_reading()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        await given.RecordsAsync(SampleRegistry.Pledge());
        var id = await given.RecordsAsync(SampleRegistry.Initiative());
        await given.UpdatesAsync(id, SampleRegistry.Initiative() with { Novelty = "completed", Meeting = "RCM-2017-XXII", EffectiveOn = new EffectiveDate("2017-10") });
        Assert.Equal(["RCM-2016-WORKSHOP 0 0", "RCM-2016-XXI 0 1", "RCM-2017-XXII 0 0", "IMRF-2022 0 0", "IMRF-2022-SIDE 0 0", "IMRF-2026 0 0", "IMRF-2030 0 0"], await ListAsync("2017-10-30", null));
        Assert.Equal(["RCM-2016-WORKSHOP 0 0", "RCM-2016-XXI 0 1", "RCM-2017-XXII 0 1"], await ListAsync("2022-05-20", "RCM"));
        Assert.Equal(["IMRF-2022 1 0", "IMRF-2022-SIDE 0 0", "IMRF-2026 0 0", "IMRF-2030 0 0"], await ListAsync("2022-05-20", "IMRF"));

        async Task<IEnumerable<string>> ListAsync(string on, string? series) =>
            (await given.AsksAsync(new ListMeetings(given.At(on), series))).Meetings.Select(m => $"{m.Id} {m.Pledges} {m.Initiatives}");
    }

    [Fact]
    public async Task A_correction_is_read_from_its_size_on()
    {
        await using var given = await Given.ARegistryAsync();
        var size = given.Size;
        var content = given.Registry.State.Meetings["IMRF-2030"].Content;
        await given.DoesAsync(new CorrectMeeting("IMRF-2030", 1, content with { Place = "New York" }, "Now known."));
        Assert.Equal("New York", (await given.AsksAsync(new GetMeeting(given.Now, "IMRF-2030")))!.Content.Place);
        Assert.Null((await given.AsksAsync(new GetMeeting(given.At("2030-01-01", size), "IMRF-2030")))!.Content.Place);
    }

    [Fact]
    public async Task A_source_says_which_meetings_it_is_of_and_how_much_was_recorded_from_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        await given.DoesAsync(new RegisterSource("other", "Another", null, "en", null, new string('b', 64), null, null));
        await given.RecordsAsync(SampleRegistry.Pledge());
        await given.RecordsAsync(SampleRegistry.Conclusion());
        Assert.Equal(["notes 1", "other 0"], (await given.AsksAsync(new ListSources(given.Now))).Sources.Select(s => $"{s.Id} {s.Pledges}"));
        var view = (await given.AsksAsync(new GetSource(given.Now, "notes")))!;
        Assert.Equal((1, "IMRF-2022"), (view.Pledges, view.Meetings.Single().Id));
        Assert.Equal(0, (await given.AsksAsync(new GetSource(given.At("2022-05-16"), "notes")))!.Pledges);
        Assert.Null(await given.AsksAsync(new GetSource(given.Now, "unknown")));
        Assert.Null(await given.AsksAsync(new GetSource(given.At("2022-05-20", given.Size - 3), "other")));
    }
}

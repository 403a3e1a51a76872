using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Versions;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Versions;

/// <summary>The versions to cite, over the sample registry, which was recorded on 2016-01-04.</summary>
public sealed class GetVersionsTests : IAsyncLifetime
{
    private Given given = null!;
    private long opened;

    public async Task InitializeAsync()
    {
        given = await Given.ARegistryAsync();
        opened = given.Size;
        await given.On("2016-02-29").DoesAsync(new AnnounceMeeting("M-2016", new MeetingContent("IMRF", "workshop", null, 2016, Texts.Of(("en", "A meeting")), new EffectiveDate("2016-03"), null, null, null, "A test."), [], []));
        await given.DoesAsync(new CompleteOpeningData("same-day", "1"));
    }

    public Task DisposeAsync() => given.DisposeAsync().AsTask();

    [Fact]
    public async Task The_end_of_each_day_with_entries_is_a_version_and_the_last_one_is_open()
    {
        Assert.Equal([("day", opened + 2, "2016-02-29", false), ("day", opened, "2016-01-04", true)], await VersionsAsync("2016-03-01"));
        Assert.Equal([("day", opened, "2016-01-04", false)], await VersionsAsync("2016-03-01", opened));
        // In the middle of a day, it is what was known by then.
        Assert.Equal([("day", opened + 1, "2016-02-29", false), ("day", opened, "2016-01-04", true)], await VersionsAsync("2016-03-01", opened + 1));
        Assert.Empty(await VersionsAsync("2016-03-01", 0));
    }

    [Fact]
    public async Task A_meeting_is_a_version_once_something_was_recorded_after_its_last_day()
    {
        await given.On("2016-03-31").DoesAsync(new CompleteOpeningData("during", "1"));
        await given.On("2016-04-01").DoesAsync(new CompleteOpeningData("after", "1"));
        Assert.Contains(("meeting", opened + 3, "2016-03-31", true), await VersionsAsync("2016-04-01"));
        Assert.DoesNotContain(await VersionsAsync("2016-04-01", opened + 2), v => v.Kind == "meeting");
        // Judged before, it is none yet.
        Assert.DoesNotContain(await VersionsAsync("2016-03-30"), v => v.Kind == "meeting");
    }

    [Fact]
    public async Task Pages_follow_one_another()
    {
        var first = await given.AsksAsync(new GetVersions(given.At("2016-03-01"), 0, 1));
        Assert.Equal((2, 1L), (first.Count, first.Next));
        var second = await given.AsksAsync(new GetVersions(given.At("2016-03-01"), 1, 1));
        Assert.Null(second.Next);
        Assert.Equal(opened, Assert.Single(second.Versions).Size);
        Assert.Empty((await given.AsksAsync(new GetVersions(given.At("2016-03-01"), long.MaxValue, 1))).Versions);
    }

    // A set of the sample data may stand for meetings long before the registry: they are no versions of it.
    private async Task<(string Kind, long Size, string On, bool Settled)[]> VersionsAsync(string on, long? size = null) =>
        [.. (await given.AsksAsync(new GetVersions(given.At(on, size)))).Versions.Select(v => (v.Kind.Code(), v.Size, v.On.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture), v.Settled))];
}

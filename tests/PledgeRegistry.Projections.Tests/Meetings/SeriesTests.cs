using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Meetings;

namespace PledgeRegistry.Projections.Tests.Meetings;

public sealed class SeriesTests
{
    [Fact]
    public async Task A_series_has_its_settings_its_meetings_by_date_and_the_regular_ones_around_the_day()
    {
        await using var given = await Given.ARegistryAsync();
        var view = (await given.AsksAsync(new GetSeries(given.At("2024-01-01"), "IMRF")))!;
        Assert.Equal(("IMRF-2022", "IMRF-2026"), (view.Previous?.Id, view.Next?.Id));
        Assert.Equal(("forum", 12, 8, 12, 4, 1L), (view.RegularMeetingType?.Code, view.Settings.ReportingMonths, view.Settings.NoticeWeeks, view.Settings.SilentAfterMonths, view.Settings.EarlyNoticeWeeks, view.Version));
        Assert.Equal(["IMRF-2022 True", "IMRF-2022-SIDE False", "IMRF-2026 True", "IMRF-2030 True"], view.Meetings.Select(m => $"{m.Id} {m.Regular}"));
        Assert.Null(await given.AsksAsync(new GetSeries(given.Now, "G20")));
        Assert.Null(await given.AsksAsync(new GetSeries(given.At("2024-01-01", 1), "IMRF")));
    }

    [Fact]
    public async Task A_meeting_is_the_next_one_until_its_last_day_is_over()
    {
        await using var given = await Given.ARegistryAsync();
        Assert.Equal((null, "RCM-2016-XXI"), await AroundAsync("2016-11-18"));
        Assert.Equal(("RCM-2016-XXI", "RCM-2017-XXII"), await AroundAsync("2016-11-19"));
        Assert.Equal(("RCM-2017-XXII", null), await AroundAsync("2017-11-18"));

        async Task<(string? Previous, string? Next)> AroundAsync(string on)
        {
            var item = (await given.AsksAsync(new ListSeries(given.At(on)))).Series.Single(s => s.Code == "RCM");
            return (item.Previous?.Id, item.Next?.Id);
        }
    }

    [Fact]
    public async Task Without_a_regular_meeting_there_is_none_before_and_none_after()
    {
        await using var given = await Given.ARegistryAsync();
        await given.DoesAsync(new OpenSeries("PANCAP", given.Registry.State.Series["RCM"].Settings with { RegularMeetingType = null, NoticeWeeks = 2 }));
        await given.DoesAsync(new AnnounceMeeting("PANCAP-2019", SampleData.Meeting("PANCAP", "workshop", 2019, null, "2019-04-11"), [], []));
        var list = await given.AsksAsync(new ListSeries(given.Now));
        Assert.Equal(["RCM", "IMRF", "PANCAP"], list.Series.Select(s => s.Code));
        var series = list.Series[^1];
        Assert.Equal((1, null, null, null), (series.Meetings, series.RegularMeetingType, series.Previous, series.Next));
    }

    [Fact]
    public async Task Changed_settings_hold_from_their_entry_on_and_the_version_names_what_a_change_replaces()
    {
        await using var given = await Given.ARegistryAsync();
        var size = given.Size;
        await given.DoesAsync(new ChangeSeriesSettings("RCM", 1, given.Registry.State.Series["RCM"].Settings with { NoticeWeeks = 20 }, "They need longer."));
        Assert.Equal((20, 2L), await NoticeAsync(given.Size));
        Assert.Equal((8, 1L), await NoticeAsync(size));

        async Task<(int Weeks, long Version)> NoticeAsync(long known)
        {
            var view = (await given.AsksAsync(new GetSeries(given.At("2017-01-01", known), "RCM")))!;
            return (view.Settings.NoticeWeeks, view.Version);
        }
    }
}

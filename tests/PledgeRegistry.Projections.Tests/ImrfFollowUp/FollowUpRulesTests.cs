using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;

namespace PledgeRegistry.Projections.Tests.ImrfFollowUp;

public sealed class FollowUpRulesTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Theory]
    [InlineData("2023-05-17", Freshness.NotYetExpected)] // twelve months after the announcement
    [InlineData("2023-05-18", Freshness.NotYetExpected)] // the forum it was announced at is still the previous one
    [InlineData("2026-05-06", Freshness.NotYetExpected)]
    [InlineData("2026-05-07", Freshness.Silent)] // the day after the next forum ended
    public async Task A_series_with_regular_meetings_expects_a_report_between_two_of_them(string on, Freshness expected)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        Assert.Equal(expected, await FreshnessAsync(given, on));
    }

    [Fact]
    public async Task Nobody_is_silent_the_day_after_the_forum_that_it_reported_to()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2026-03-01");
        Assert.Equal(Freshness.Fresh, await FreshnessAsync(given, "2026-05-07"));
        Assert.Equal(Freshness.Fresh, await FreshnessAsync(given, "2027-03-01"));
        Assert.Equal(Freshness.Silent, await FreshnessAsync(given, "2027-03-02"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2026-05-05");
        Assert.Equal(Freshness.Fresh, await FreshnessAsync(given, "2030-12-31"));
        Assert.Equal(Freshness.Silent, await FreshnessAsync(given, "2031-01-01"));
    }

    [Fact]
    public async Task A_series_without_regular_meetings_goes_by_its_months()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var settings = given.Registry.State.Series["IMRF"].Settings;
        await given.DoesAsync(new ChangeSeriesSettings("IMRF", given.Registry.State.VersionOf("series/IMRF"), settings with { RegularMeetingType = null, SilentAfterMonths = 6 }, "A trial."));
        var size = given.Size;
        await given.RecordsAsync(Pledge);
        Assert.Equal(Freshness.NotYetExpected, await FreshnessAsync(given, "2022-11-17"));
        Assert.Equal(Freshness.Silent, await FreshnessAsync(given, "2022-11-18"));
        Assert.True(given.Size > size);
    }

    [Theory]
    [InlineData("0001-01-01", Freshness.NotYetExpected)]
    [InlineData("0002-01-01", Freshness.NotYetExpected)]
    [InlineData("0002-01-02", Freshness.Silent)]
    [InlineData("9999-12-31", Freshness.Silent)]
    public async Task Any_day_can_be_asked_for(string on, Freshness expected)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge with { AnnouncedOn = new EffectiveDate("0001-01-01") });
        Assert.Equal(expected, await FreshnessAsync(given, on));
    }

    [Theory]
    [InlineData("2022-05-17", "2026-05-07")] // heard of at the forum: until the day after the next
    [InlineData("2025-05-06", "2026-05-07")] // a year later is the last day of that forum, which isn't over yet
    [InlineData("2025-05-07", "2026-05-08")] // a year later it is over: the months decide
    [InlineData("2026-05-05", "2031-01-01")] // the one after has a year only, and is over with it
    [InlineData("2031-01-31", "2032-02-01")] // nobody knows when that forum began: the months alone decide
    [InlineData("2016-02-29", "2017-03-01")]
    [InlineData("9998-12-31", null)]
    public async Task The_day_from_which_a_party_is_silent_is_known_beforehand(string heardOf, string? expected)
    {
        await using var given = await Given.ARegistryAsync();
        var calendar = given.Models.Meetings.Calendar("IMRF", given.Size);
        Assert.Equal(expected is null ? null : Given.Day(expected), FollowUpRules.SilentFrom(Given.Day(heardOf), calendar));
    }

    [Fact]
    public async Task A_deadline_ends_with_the_last_day_of_its_date()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge with { Due = new Due(new EffectiveDate("2023-35")) });
        Assert.Equal((Timeliness.NotYetDue, Given.Day("2023-09-30")), await TimelinessAsync(given, "2023-09-30"));
        Assert.Equal(Timeliness.Late, (await TimelinessAsync(given, "2023-10-01")).Timeliness);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.PartiallyFulfilled, "2023-09-01");
        Assert.Equal(Timeliness.Late, (await TimelinessAsync(given, "2023-10-01")).Timeliness);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2023-09");
        Assert.Equal(Timeliness.OnTime, (await TimelinessAsync(given, "2023-10-01")).Timeliness);
    }

    [Fact]
    public async Task What_is_due_at_a_meeting_is_due_by_its_last_day()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge with { Due = new Due(Meeting: "IMRF-2026") });
        Assert.Equal((Timeliness.NotYetDue, Given.Day("2026-05-06")), await TimelinessAsync(given, "2026-05-06"));
        Assert.Equal(Timeliness.Late, (await TimelinessAsync(given, "2026-05-07")).Timeliness);
    }

    [Fact]
    public async Task Words_alone_are_no_due_date_and_nor_is_a_meeting_without_dates()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge with { Due = new Due(Words: "soon") });
        Assert.Equal((Timeliness.NoDueDate, null), await TimelinessAsync(given, "2090-01-01"));
        await using var other = (await Given.ARegistryAsync()).On("2022-05-17");
        await other.RecordsAsync(Pledge with { Due = new Due(Meeting: "IMRF-2030") });
        Assert.Equal((Timeliness.NoDueDate, null), await TimelinessAsync(other, "2090-01-01"));
    }

    [Fact]
    public async Task Fulfilled_late_is_by_the_first_of_the_unbroken_run_of_such_claims()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge with { Due = new Due(EffectiveDate.On(2023, 6, 30)) });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2023-06-01");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2023-08-01");
        Assert.Equal(Timeliness.OnTime, (await TimelinessAsync(given, "2023-09-01")).Timeliness);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2023-07-15");
        Assert.Equal(Timeliness.FulfilledLate, (await TimelinessAsync(given, "2023-09-01")).Timeliness);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Discontinued, "2023-08-15");
        Assert.Equal(Timeliness.NotApplicable, (await TimelinessAsync(given, "2023-09-01")).Timeliness);
    }

    private static async Task<Freshness> FreshnessAsync(Given given, string on) => Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines).Freshness;

    private static async Task<(Timeliness Timeliness, DateOnly? DueOn)> TimelinessAsync(Given given, string on)
    {
        var line = Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines);
        return (line.Timeliness, line.DueOn);
    }
}

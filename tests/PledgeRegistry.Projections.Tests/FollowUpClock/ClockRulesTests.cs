using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Projections.Tests.FollowUpClock;

public sealed class ClockRulesTests
{
    [Theory]
    [InlineData("2022-05-17", 12, "2022-05-17 2023-05-17")]
    [InlineData("2023-05-16", 12, "2022-05-17 2023-05-17")]
    [InlineData("2023-05-17", 12, "2023-05-17 2024-05-17")]
    [InlineData("2022-05-16", 12, "2022-05-17 2023-05-17")] // recorded before it was announced
    [InlineData("2026-05-16", 48, "2022-05-17 2026-05-17")]
    [InlineData("9999-12-31", 60, "9997-05-17 9999-12-31")]
    public void A_period_begins_with_its_first_day_and_ends_before_that_of_the_next(string on, int months, string expected) =>
        Assert.Equal(expected, Text(ClockRules.PeriodOf(Given.Day(on), null, Given.Day("2022-05-17"), months)));

    [Theory]
    [InlineData("2022-02-27", "2022-01-31 2022-02-28")]
    [InlineData("2022-02-28", "2022-02-28 2022-03-31")]
    [InlineData("2022-03-30", "2022-02-28 2022-03-31")]
    [InlineData("2022-03-31", "2022-03-31 2022-04-30")]
    public void Periods_from_the_last_of_a_month_end_with_months(string on, string expected) =>
        Assert.Equal(expected, Text(ClockRules.PeriodOf(Given.Day(on), null, Given.Day("2022-01-31"), 1)));

    [Fact]
    public async Task Periods_are_counted_from_the_day_after_the_previous_meeting()
    {
        await using var given = await Given.ARegistryAsync();
        var calendar = given.Models.Meetings.Calendar("IMRF", given.Size);
        Assert.Equal("2026-05-07 2027-05-07", Text(ClockRules.PeriodOf(Given.Day("2026-05-07"), calendar.Previous(Given.Day("2026-05-07")), Given.Day("2022-05-17"), 12)));
        // The one without dates is over with its year.
        Assert.Equal("2031-01-01 2032-01-01", Text(ClockRules.PeriodOf(Given.Day("2031-06-01"), calendar.Previous(Given.Day("2031-06-01")), Given.Day("2022-05-17"), 12)));
    }

    [Fact]
    public void No_day_is_before_the_first() => Assert.Equal(DateOnly.MinValue, ClockRules.WeeksBefore(new DateOnly(1, 1, 5), 104));

    private static string Text(ClockPeriod period) => $"{period.From:yyyy-MM-dd} {period.Before:yyyy-MM-dd}";
}

using System.Globalization;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests;

public sealed class EffectiveDateTests
{
    [Theory]
    [InlineData("2016-09-29", "2016-09-29", "2016-09-29", DatePrecision.Day)]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", DatePrecision.Month)]
    [InlineData("2022-12", "2022-12-01", "2022-12-31", DatePrecision.Month)]
    [InlineData("2022", "2022-01-01", "2022-12-31", DatePrecision.Year)]
    [InlineData("2022-21", "2022-03-01", "2022-05-31", DatePrecision.Season)]
    [InlineData("2022-22", "2022-06-01", "2022-08-31", DatePrecision.Season)]
    [InlineData("2022-23", "2022-09-01", "2022-11-30", DatePrecision.Season)]
    [InlineData("2023-24", "2023-12-01", "2024-02-29", DatePrecision.Season)]
    [InlineData("2022-33", "2022-01-01", "2022-03-31", DatePrecision.Quarter)]
    [InlineData("2022-34", "2022-04-01", "2022-06-30", DatePrecision.Quarter)]
    [InlineData("2022-35", "2022-07-01", "2022-09-30", DatePrecision.Quarter)]
    [InlineData("2022-36", "2022-10-01", "2022-12-31", DatePrecision.Quarter)]
    [InlineData("2022-40", "2022-01-01", "2022-06-30", DatePrecision.Half)]
    [InlineData("2022-41", "2022-07-01", "2022-12-31", DatePrecision.Half)]
    [InlineData("0001", "0001-01-01", "0001-12-31", DatePrecision.Year)]
    [InlineData("9998-24", "9998-12-01", "9999-02-28", DatePrecision.Season)]
    public void A_date_runs_from_the_first_day_it_can_mean_to_the_last(string date, string first, string last, DatePrecision precision)
    {
        var known = new EffectiveDate(date);
        Assert.True(known.IsValid());
        Assert.Equal((first, last, precision), (Iso(known.First()), Iso(known.Last()), known.Precision()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("0000")]
    [InlineData("9999")]
    [InlineData("9999-12-31")]
    [InlineData("22")]
    [InlineData("20222")]
    [InlineData("2022-00")]
    [InlineData("2022-13")]
    [InlineData("2022-20")]
    [InlineData("2022-25")]
    [InlineData("2022-32")]
    [InlineData("2022-37")]
    [InlineData("2022-39")]
    [InlineData("2022-42")]
    [InlineData("2022/05")]
    [InlineData("2022-5")]
    [InlineData("2022-1\0")]
    [InlineData("202\0")]
    [InlineData("-022-05")]
    [InlineData("2022--5")]
    [InlineData("2022-02-29")]
    [InlineData("2022-13-01")]
    [InlineData("2022-1-011")]
    [InlineData(" 2022-01")]
    [InlineData("٢٠٢٢")]
    [InlineData("2022-05-17T00:00")]
    public void What_is_no_date_of_the_format_is_not_valid(string? date)
    {
        Assert.False(new EffectiveDate(date!).IsValid());
        Assert.Throws<FormatException>(() => new EffectiveDate(date!).First());
    }

    [Fact]
    public void With_words_a_day_only_puts_it_in_order()
    {
        var known = new EffectiveDate("2024-05-17", "in two years");
        Assert.Equal((DatePrecision.Words, "in two years"), (known.Precision(), known.ToString()));
        Assert.Equal(known.First(), known.Last());
        Assert.False(new EffectiveDate("2024-05", "in two years").IsValid());
        Assert.False(new EffectiveDate("2024", "in two years").IsValid());
    }

    [Fact]
    public void A_changed_copy_is_a_date_of_its_own()
    {
        var before = new EffectiveDate("2016");
        Assert.Equal(2016, before.First().Year);
        Assert.Equal("2022-12-31", Iso((before with { Date = "2022" }).Last()));
        var day = new EffectiveDate("2016-09-29");
        Assert.Equal((DatePrecision.Day, DatePrecision.Words), (day.Precision(), (day with { Words = "then" }).Precision()));
        Assert.Equal(before, before with { });
        Assert.Equal(before.GetHashCode(), (before with { }).GetHashCode());
    }

    [Theory]
    [InlineData("ar-SA")]
    [InlineData("fa-IR")]
    [InlineData("th-TH")]
    public void The_culture_s_calendar_changes_nothing(string culture)
    {
        var before = CultureInfo.CurrentCulture;
        try
        {
            CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo(culture);
            Assert.Equal("2022-05-17", EffectiveDate.On(2022, 5, 17).Date);
            Assert.Equal(new DateOnly(2022, 5, 17), new EffectiveDate("2022-05-17").First());
            Assert.Equal(new DateOnly(2022, 6, 30), new EffectiveDate("2022-34").Last());
        }
        finally
        {
            CultureInfo.CurrentCulture = before;
        }
    }

    [Fact]
    public async Task Threads_that_share_a_date_all_read_the_same()
    {
        for (var round = 0; round < 2_000; round++)
        {
            var shared = new EffectiveDate("2022-34");
            var read = await Task.WhenAll(Enumerable.Range(0, 4).Select(_ => Task.Run(() => (shared.First(), shared.Last(), shared.Precision()))));
            Assert.All(read, r => Assert.Equal((new DateOnly(2022, 4, 1), new DateOnly(2022, 6, 30), DatePrecision.Quarter), r));
        }
    }

    [Fact]
    public void Later_dates_of_the_same_precision_start_later() => Seeded.Run(500, random =>
    {
        var (a, b) = (EffectiveDate.On(DateOnly.FromDayNumber(random.Random.Next(3_000_000))), EffectiveDate.On(DateOnly.FromDayNumber(random.Random.Next(3_000_000))));
        Assert.Equal(Math.Sign(string.CompareOrdinal(a.Date, b.Date)), Math.Sign(a.First().CompareTo(b.First())));
    });

    private static string Iso(DateOnly day) => day.ToString("yyyy-MM-dd", CultureInfo.InvariantCulture);
}

using System.Globalization;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Tests;

public sealed class EffectiveDateTests
{
    [Theory]
    [InlineData("2022-05-17", "2022-05-17", "2022-05-17", DatePrecision.Day)]
    [InlineData("2024-02-29", "2024-02-29", "2024-02-29", DatePrecision.Day)]
    [InlineData("2000-02-29", "2000-02-29", "2000-02-29", DatePrecision.Day)]
    [InlineData("2022-01", "2022-01-01", "2022-01-31", DatePrecision.Month)]
    [InlineData("2023-02", "2023-02-01", "2023-02-28", DatePrecision.Month)]
    [InlineData("2024-02", "2024-02-01", "2024-02-29", DatePrecision.Month)]
    [InlineData("1900-02", "1900-02-01", "1900-02-28", DatePrecision.Month)]
    [InlineData("2022-12", "2022-12-01", "2022-12-31", DatePrecision.Month)]
    [InlineData("2022-21", "2022-03-01", "2022-05-31", DatePrecision.Season)]
    [InlineData("2022-22", "2022-06-01", "2022-08-31", DatePrecision.Season)]
    [InlineData("2022-23", "2022-09-01", "2022-11-30", DatePrecision.Season)]
    [InlineData("2022-24", "2022-12-01", "2023-02-28", DatePrecision.Season)]
    [InlineData("2023-24", "2023-12-01", "2024-02-29", DatePrecision.Season)]
    [InlineData("2022-33", "2022-01-01", "2022-03-31", DatePrecision.Quarter)]
    [InlineData("2022-34", "2022-04-01", "2022-06-30", DatePrecision.Quarter)]
    [InlineData("2022-35", "2022-07-01", "2022-09-30", DatePrecision.Quarter)]
    [InlineData("2022-36", "2022-10-01", "2022-12-31", DatePrecision.Quarter)]
    [InlineData("2022-40", "2022-01-01", "2022-06-30", DatePrecision.Half)]
    [InlineData("2022-41", "2022-07-01", "2022-12-31", DatePrecision.Half)]
    [InlineData("2022", "2022-01-01", "2022-12-31", DatePrecision.Year)]
    [InlineData("0001", "0001-01-01", "0001-12-31", DatePrecision.Year)]
    [InlineData("9998-24", "9998-12-01", "9999-02-28", DatePrecision.Season)]
    public void A_date_has_a_first_and_a_last_day_that_it_can_mean(string text, string first, string last, DatePrecision precision)
    {
        var date = new EffectiveDate(text);
        Assert.True(date.IsValid());
        Assert.Equal((Day(first), Day(last), precision), (date.First(), date.Last(), date.Precision()));
    }

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("22")]
    [InlineData("0000")]
    [InlineData("9999")]
    [InlineData("+2022")]
    [InlineData("-2022")]
    [InlineData(" 2022")]
    [InlineData("202X")]
    [InlineData("202\0")]
    [InlineData("2022-1\0")]
    [InlineData("٢٠٢٢")]
    [InlineData("2022-2")]
    [InlineData("2022-00")]
    [InlineData("2022-13")]
    [InlineData("2022-20")]
    [InlineData("2022-25")]
    [InlineData("2022-32")]
    [InlineData("2022-37")]
    [InlineData("2022-39")]
    [InlineData("2022-42")]
    [InlineData("2022/05")]
    [InlineData("2022--5")]
    [InlineData("2022-05-00")]
    [InlineData("2022-05-32")]
    [InlineData("2023-02-29")]
    [InlineData("1900-02-29")]
    [InlineData("2022-5-17")]
    [InlineData("17-05-2022")]
    [InlineData("03/04/2022")]
    [InlineData("20220517")]
    [InlineData("2022-05-17T00:00")]
    [InlineData("2022-05-17Z")]
    [InlineData("2022~")]
    [InlineData("in two years")]
    public void What_is_not_a_date_of_ISO_8601_2_is_refused(string? text)
    {
        var date = new EffectiveDate(text!);
        Assert.False(date.IsValid());
        Assert.Throws<FormatException>(() => date.First());
        Assert.Throws<FormatException>(() => date.Last());
        Assert.Throws<FormatException>(() => date.Precision());
    }

    [Fact]
    public void Words_are_the_date_and_a_day_puts_them_in_order()
    {
        var date = new EffectiveDate("2024-02-29", "in two years");
        Assert.True(date.IsValid());
        Assert.Equal((new DateOnly(2024, 2, 29), new DateOnly(2024, 2, 29), DatePrecision.Words), (date.First(), date.Last(), date.Precision()));
        Assert.Equal("in two years", date.ToString());
    }

    [Theory]
    [InlineData("2024")]
    [InlineData("2024-02")]
    [InlineData("2024-24")]
    [InlineData("2023-02-29")]
    public void Words_take_only_a_day_beside_them(string text) => Assert.False(new EffectiveDate(text, "in two years").IsValid());

    [Fact]
    public void A_role_holds_from_the_first_day_and_a_claim_from_the_last()
    {
        var date = new EffectiveDate("2016-36");
        Assert.Equal(new DateOnly(2016, 10, 1), date.First());
        Assert.Equal(new DateOnly(2016, 12, 31), date.Last());
    }

    [Fact]
    public void A_copy_with_another_date_is_read_afresh()
    {
        var date = new EffectiveDate("2022");
        Assert.Equal(2022, date.First().Year);
        var copy = date with { Date = "2024-05-17" };
        Assert.Equal((new DateOnly(2024, 5, 17), DatePrecision.Day), (copy.First(), copy.Precision()));
        Assert.False((date with { Date = "2022-13" }).IsValid());
    }

    [Fact]
    public void Dates_are_equal_by_what_is_stored_and_not_by_what_was_read()
    {
        var read = new EffectiveDate("2022-05");
        read.First();
        Assert.Equal(new EffectiveDate("2022-05"), read);
        Assert.Equal(new EffectiveDate("2022-05").GetHashCode(), read.GetHashCode());
        Assert.NotEqual(new EffectiveDate("2022-05-01", "May"), new EffectiveDate("2022-05-01"));
    }

    [Fact]
    public void A_day_is_written_as_it_is_read() => Assert.Equal("0987-06-05", EffectiveDate.On(987, 6, 5).Date);

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

    private static DateOnly Day(string text) => DateOnly.ParseExact(text, "yyyy-MM-dd", CultureInfo.InvariantCulture);
}

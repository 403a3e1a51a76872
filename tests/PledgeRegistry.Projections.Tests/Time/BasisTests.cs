using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Time;

/// <summary>Entries at 0: 2016-01-01T10:00Z, 1: 2016-01-02T00:00Z, 2 to 4: 2016-01-02T10:00:00.500Z, 5: 2016-02-01T23:59:59.999Z. Today is 2016-03-01.</summary>
public sealed class BasisTests : IAsyncLifetime
{
    private Given given = null!;

    public async Task InitializeAsync()
    {
        given = await Given.OnLogAsync(new InMemoryLog());
        await given.On("2016-01-01T10:00:00Z").DoesAsync(new OpenRegistry(Texts.Of(("en", "Sample")), true));
        await given.On("2016-01-02T00:00:00Z").DoesAsync(new CompleteOpeningData("a", "1"));
        given.On("2016-01-02T10:00:00.500Z");
        foreach (var set in new[] { "b", "c", "d" })
        {
            await given.DoesAsync(new CompleteOpeningData(set, "1"));
        }
        await given.On("2016-02-01T23:59:59.999Z").DoesAsync(new CompleteOpeningData("e", "1"));
        given.On("2016-03-01");
    }

    public Task DisposeAsync() => given.DisposeAsync().AsTask();

    [Theory]
    // Nothing asked for: all that is known, today.
    [InlineData(null, null, null, 6, "2016-03-01", true)]
    [InlineData("", "", "", 6, "2016-03-01", true)]
    // A day alone: all that is known, on that day.
    [InlineData(null, "1999-12-31", null, 6, "1999-12-31", true)]
    // A size: on the date of the prefix's last entry; an empty prefix has the first entry's.
    [InlineData("0", null, null, 0, "2016-01-01", true)]
    [InlineData("1", null, null, 1, "2016-01-01", true)]
    [InlineData("2", null, null, 2, "2016-01-02", true)]
    [InlineData("6", null, null, 6, "2016-02-01", true)]
    [InlineData("006", null, null, 6, "2016-02-01", true)]
    [InlineData("2", "2030-01-01", null, 2, "2030-01-01", true)]
    // An instant: the entries recorded by then.
    [InlineData(null, null, "2016-01-01T09:59:59.999Z", 0, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-01T10:00:00Z", 1, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-01T10:00Z", 1, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-01T17:00:00Z", 1, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-02T00:00:00Z", 2, "2016-01-02", true)]
    [InlineData(null, null, "2016-01-01T23:59:59.9999999Z", 1, "2016-01-01", true)]
    // Several entries in one millisecond are there together.
    [InlineData(null, null, "2016-01-02T10:00:00.499Z", 2, "2016-01-02", true)]
    [InlineData(null, null, "2016-01-02T10:00:00.5Z", 5, "2016-01-02", true)]
    [InlineData(null, null, "2016-01-02T10:00:00.500Z", 5, "2016-01-02", true)]
    // With an offset.
    [InlineData(null, null, "2016-01-02T01:00:00+01:00", 2, "2016-01-02", true)]
    [InlineData(null, null, "2016-01-01T23:59:59+01:00", 1, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-01T04:00-06:00", 1, "2016-01-01", true)]
    // A date is the end of that UTC day.
    [InlineData(null, null, "2015-12-31", 0, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-01", 1, "2016-01-01", true)]
    [InlineData(null, null, "2016-01-02", 5, "2016-01-02", true)]
    [InlineData(null, null, "2016-01-31", 5, "2016-01-02", true)]
    [InlineData(null, "2016-01-20", "2016-01-31", 5, "2016-01-20", true)]
    // Up to the last entry and after it, an entry that is yet to come may still belong to it.
    [InlineData(null, null, "2016-02-01T23:59:59.998Z", 5, "2016-01-02", true)]
    [InlineData(null, null, "2016-02-01T23:59:59.999Z", 6, "2016-02-01", false)]
    [InlineData(null, null, "2016-02-01", 6, "2016-02-01", false)]
    [InlineData(null, null, "2016-03-01", 6, "2016-02-01", false)]
    [InlineData(null, null, "9999-12-31", 6, "2016-02-01", false)]
    [InlineData(null, null, "0001-01-01", 0, "2016-01-01", true)]
    public void A_request_is_resolved(string? size, string? on, string? asOf, long expectedSize, string expectedOn, bool settled)
    {
        var (basis, problem) = Resolve(new BasisRequest(size, on, asOf));
        Assert.Null(problem);
        Assert.Equal(new Basis(expectedSize, Given.Day(expectedOn)), basis);
        Assert.Equal(settled, basis!.Settled);
        Assert.Equal(expectedOn, basis.OnText());
    }

    [Theory]
    [InlineData("7", null, null, "size", "basis-out-of-range")]
    [InlineData("9223372036854775807", null, null, "size", "basis-out-of-range")]
    [InlineData("9223372036854775808", null, null, "size", "basis-not-a-size")]
    [InlineData("-1", null, null, "size", "basis-not-a-size")]
    [InlineData("+1", null, null, "size", "basis-not-a-size")]
    [InlineData(" 1", null, null, "size", "basis-not-a-size")]
    [InlineData("1.0", null, null, "size", "basis-not-a-size")]
    [InlineData("1,000", null, null, "size", "basis-not-a-size")]
    [InlineData("١", null, null, "size", "basis-not-a-size")]
    [InlineData("head", null, null, "size", "basis-not-a-size")]
    [InlineData("1", null, "2016-01-01", "asOf", "basis-twice")]
    [InlineData("x", null, "2016-01-01", "asOf", "basis-twice")]
    [InlineData(null, "2016-1-1", null, "on", "basis-not-a-date")]
    [InlineData(null, "2016-02-30", null, "on", "basis-not-a-date")]
    [InlineData(null, "01/02/2016", null, "on", "basis-not-a-date")]
    [InlineData(null, "2016", null, "on", "basis-not-a-date")]
    [InlineData(null, "today", null, "on", "basis-not-a-date")]
    [InlineData("1", "2016-01-01T00:00Z", null, "on", "basis-not-a-date")]
    [InlineData(null, null, "2016-13-01", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "2016-01-01T10:00:00", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "2016-01-01T10:00:00 01:00", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "2016-01-01 10:00:00Z", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "2016-01-01T25:00:00Z", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "0001-01-01T00:00:00+14:00", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "9999-12-31T23:59:59-14:00", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "1463486400", "asOf", "basis-not-a-moment")]
    [InlineData(null, null, "17.05.2016", "asOf", "basis-not-a-moment")]
    public void A_request_that_makes_no_sense_is_answered_with_how_to_mend_it(string? size, string? on, string? asOf, string parameter, string code)
    {
        var (basis, problem) = Resolve(new BasisRequest(size, on, asOf));
        Assert.Null(basis);
        Assert.Equal((parameter, code), (problem!.Parameter, problem.Code));
        Assert.EndsWith(".", problem.Message, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("on", "2023-02-29", "no-such-day", "There is no day 2023-02-29.")]
    [InlineData("on", "0000-01-01", "no-such-day", "There is no day 0000-01-01.")]
    [InlineData("on", "2023-2-29", null, "Write a date as 2022-05-17.")]
    [InlineData("on", "2023-02-29 ", null, "Write a date as 2022-05-17.")]
    [InlineData("on", "٢٠٢٣-٠٢-٢٩", null, "Write a date as 2022-05-17.")]
    [InlineData("asOf", "2023-02-29", "no-such-day", "There is no day 2023-02-29.")]
    [InlineData("asOf", "2023-13-01T12:00Z", "no-such-day", "There is no day 2023-13-01.")]
    [InlineData("asOf", "2022-05-17T12:00", "no-zone", "2022-05-17T12:00 is without a zone: write Z behind it for UTC, or an offset such as +02:00.")]
    [InlineData("asOf", "2022-05-17T12:00:00.5", "no-zone", "2022-05-17T12:00:00.5 is without a zone: write Z behind it for UTC, or an offset such as +02:00.")]
    [InlineData("asOf", "2022-05-17T12:00 02:00", "space-for-plus", "A space stands where the offset's + was to be. In an address + means a space: write 2022-05-17T12:00%2B02:00.")]
    [InlineData("asOf", "2022-05-17T25:00", null, "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.")]
    [InlineData("asOf", "2022-05-17T12:00 ", null, "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.")]
    [InlineData("asOf", "2022-05-17 12:00Z", null, "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.")]
    [InlineData("asOf", "yesterday", null, "Write a moment as 2022-05-17 or 2022-05-17T12:00:00Z.")]
    public void What_is_written_nearly_right_is_told_what_it_lacks(string parameter, string value, string? why, string message)
    {
        var problem = Resolve(parameter == "on" ? new BasisRequest(On: value) : new BasisRequest(AsOf: value)).Problem;
        Assert.Equal((parameter, why, message), (problem!.Parameter, problem.Why?.Code(), problem.Message));
    }

    [Fact]
    public void Out_of_range_says_how_far_it_goes() =>
        Assert.Equal(["6"], Resolve(new BasisRequest("7")).Problem!.Args);

    [Fact]
    public async Task An_empty_registry_is_read_today()
    {
        await using var empty = (await Given.OnLogAsync(new InMemoryLog())).On("2016-03-01");
        var resolver = new BasisResolver(empty.Registry, empty.Models.Meetings, empty.Clock);
        Assert.Equal(new Basis(0, Given.Day("2016-03-01")), resolver.Resolve(new BasisRequest()).Basis);
        Assert.Equal(new Basis(0, Given.Day("2016-03-01")), resolver.Resolve(new BasisRequest("0")).Basis);
        Assert.False(Is(0, "2016-03-01", resolver.Resolve(new BasisRequest(AsOf: "2016-01-01")).Basis).Settled);
    }

    [Fact]
    public async Task A_moment_is_settled_once_a_later_entry_exists_and_stays_what_it_was()
    {
        var request = new BasisRequest(AsOf: "2016-02-15");
        Assert.False(Is(6, "2016-02-01", Resolve(request).Basis).Settled);
        await given.On("2016-02-15T08:00:00Z").DoesAsync(new CompleteOpeningData("f", "1"));
        Assert.False(Is(7, "2016-02-15", Resolve(request).Basis).Settled);
        await given.On("2016-02-16T00:00:00Z").DoesAsync(new CompleteOpeningData("g", "1"));
        Assert.True(Is(7, "2016-02-15", Resolve(request).Basis).Settled);
        await given.On("2016-03-01").DoesAsync(new CompleteOpeningData("h", "1"));
        Assert.True(Is(7, "2016-02-15", Resolve(request).Basis).Settled);
    }

    [Fact]
    public void Today_is_the_clocks_day_in_UTC_whatever_its_zone()
    {
        given.On("2016-03-01T23:30:00-05:00");
        Assert.Equal("2016-03-02", Resolve(new BasisRequest()).Basis!.OnText());
        Assert.True(new BasisRequest().IsNow);
        Assert.False(new BasisRequest(On: "2016-03-02").IsNow);
    }

    [Theory]
    [InlineData("2016-01-01T09:59:59.9999999Z", 0)]
    [InlineData("2016-01-01T10:00:00Z", 1)]
    [InlineData("2016-01-02T10:00:00.4999999Z", 2)]
    [InlineData("2016-01-02T10:00:00.5Z", 5)]
    [InlineData("2016-01-02T11:00:00.5+01:00", 5)]
    [InlineData("9999-12-31T23:59:59Z", 6)]
    public void A_size_at_an_instant_has_every_entry_that_was_recorded_by_then(string instant, long size) =>
        Assert.Equal(size, given.Registry.SizeAt(DateTimeOffset.Parse(instant, System.Globalization.CultureInfo.InvariantCulture)));

    [Fact]
    public void No_culture_changes_what_is_understood_or_written()
    {
        var culture = System.Globalization.CultureInfo.CurrentCulture;
        try
        {
            foreach (var name in new[] { "ar-SA", "th-TH", "fa-IR", "tr-TR" })
            {
                System.Globalization.CultureInfo.CurrentCulture = new System.Globalization.CultureInfo(name);
                Assert.Equal("2016-01-02", Resolve(new BasisRequest(AsOf: "2016-01-02")).Basis!.OnText());
                Assert.Equal("2016-03-01", Resolve(new BasisRequest()).Basis!.OnText());
                Assert.Equal(["6"], Resolve(new BasisRequest("7")).Problem!.Args);
            }
        }
        finally
        {
            System.Globalization.CultureInfo.CurrentCulture = culture;
        }
    }

    private static Basis Is(long size, string on, Basis? basis)
    {
        Assert.Equal(new Basis(size, Given.Day(on)), basis);
        return basis!;
    }

    private (Basis? Basis, BasisProblem? Problem) Resolve(BasisRequest request) => new BasisResolver(given.Registry, given.Models.Meetings, given.Clock).Resolve(request);
}

using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Time;

/// <summary>Bases asked for by a meeting, over the sample registry, which was recorded on 2016-01-04.</summary>
public sealed class MeetingBasisTests : IAsyncLifetime
{
    private Given given = null!;

    public async Task InitializeAsync() => given = await Given.ARegistryAsync();

    public Task DisposeAsync() => given.DisposeAsync().AsTask();

    [Fact]
    public async Task A_meeting_is_what_was_known_at_the_end_of_its_last_day_judged_on_that_day()
    {
        await AnnouncesAsync("M-2016", new EffectiveDate("2016-05-17"), new EffectiveDate("2016-05-20"));
        await given.On("2016-05-20T23:59:59.999Z").DoesAsync(new CompleteOpeningData("during", "1"));
        var then = given.Size;
        Assert.False(Resolve("M-2016").Settled);
        await given.On("2016-05-21T00:00:00Z").DoesAsync(new CompleteOpeningData("after", "1"));
        var basis = Resolve("M-2016");
        Assert.Equal(new Basis(then, Given.Day("2016-05-20")), basis);
        Assert.True(basis.Settled);
        Assert.Equal("asOfMeeting:M-2016", basis.From.ToString());
    }

    [Theory]
    [InlineData("2016-05", "2016-05-31")]
    [InlineData("2016-02", "2016-02-29")]
    [InlineData("2016-22", "2016-08-31")]
    [InlineData("2016-33", "2016-03-31")]
    [InlineData("2016", "2016-12-31")]
    public async Task A_coarse_date_ends_with_the_last_day_of_its_period(string date, string last)
    {
        await AnnouncesAsync("M-2016", new EffectiveDate(date), null);
        given.On("2017-06-01");
        Assert.Equal(Given.Day(last), Resolve("M-2016").On);
    }

    [Fact]
    public async Task A_meeting_without_a_date_ends_with_its_year()
    {
        await AnnouncesAsync("M-2016", null, null);
        given.On("2017-06-01");
        Assert.Equal("2016-12-31", Resolve("M-2016").OnText());
    }

    [Fact]
    public async Task A_registry_younger_than_the_meeting_gives_what_it_knows_now_and_says_so()
    {
        await AnnouncesAsync("M-2011", new EffectiveDate("2011-02-17"), new EffectiveDate("2011-02-18"), 2011);
        var basis = Resolve("M-2011");
        Assert.Equal(new Basis(given.Size, Given.Day("2011-02-18")), basis);
        Assert.False(basis.Settled);
        Assert.Equal((HeadInstead.RegistryYounger, "asOfMeeting:M-2011,head-for-registry-younger"), (basis.From.Instead, basis.From.ToString()));
    }

    [Fact]
    public async Task A_meeting_that_was_recorded_only_after_it_was_over_is_read_with_what_is_known_now_and_says_so()
    {
        var content = new MeetingContent("IMRF", "workshop", null, 2016, Texts.Of(("en", "Late")), new EffectiveDate("2016-03-01"), null, null, null, "A test.");
        await given.On("2016-05-01").DoesAsync(new AnnounceMeeting("M-2016", content, [], []));
        var basis = Resolve("M-2016");
        Assert.Equal((new Basis(given.Size, Given.Day("2016-03-01")), false), (basis, basis.Settled));
        Assert.Equal("asOfMeeting:M-2016,head-for-meeting-recorded-later", basis.From.ToString());
        Assert.NotNull(given.Models.Meetings.Meeting("M-2016", basis.Size));
    }

    [Fact]
    public async Task A_meeting_to_come_is_read_with_what_is_known_now_on_its_day_and_says_so()
    {
        await AnnouncesAsync("M-2030", new EffectiveDate("2030-05"), null, 2030);
        var basis = Resolve("M-2030");
        Assert.Equal(new Basis(given.Size, Given.Day("2030-05-31")), basis);
        Assert.False(basis.Settled);
        Assert.Equal("asOfMeeting:M-2030,head-for-meeting-to-come", basis.From.ToString());
    }

    [Fact]
    public async Task A_date_beside_a_meeting_is_the_date()
    {
        await AnnouncesAsync("M-2011", new EffectiveDate("2011-02-18"), null, 2011);
        Assert.Equal("2014-01-01", Resolve("M-2011", on: "2014-01-01").OnText());
    }

    [Fact]
    public async Task The_meetings_date_is_the_one_that_is_known_now()
    {
        await AnnouncesAsync("M-2016", new EffectiveDate("2016-05-17"), null);
        var meeting = given.Models.Meetings.Meeting("M-2016", given.Size)!;
        await given.DoesAsync(new CorrectMeeting("M-2016", meeting.Version, meeting.Content with { From = new EffectiveDate("2016-06-01") }, "It was moved."));
        given.On("2017-01-01");
        Assert.Equal("2016-06-01", Resolve("M-2016").OnText());
    }

    [Theory]
    [InlineData("NONE", null, null, "asOfMeeting", "basis-unknown-meeting")]
    [InlineData("imrf-2022", null, null, "asOfMeeting", "basis-unknown-meeting")]
    [InlineData("IMRF-2022", "1", null, "asOfMeeting", "basis-twice")]
    [InlineData("IMRF-2022", null, "2016-01-01", "asOfMeeting", "basis-twice")]
    [InlineData("NONE", "x", "y", "asOf", "basis-twice")]
    public void What_makes_no_sense_is_refused(string meeting, string? size, string? asOf, string parameter, string code)
    {
        var (basis, problem) = Resolver.Resolve(new BasisRequest(size, null, asOf, meeting));
        Assert.Null(basis);
        Assert.Equal((parameter, code), (problem!.Parameter, problem.Code));
    }

    [Fact]
    public void An_unknown_meeting_is_answered_with_where_the_list_is()
    {
        var problem = Resolver.Resolve(new BasisRequest(AsOfMeeting: "NONE")).Problem!;
        Assert.Contains("/api/meetings", problem.Message, StringComparison.Ordinal);
        Assert.Equal(["NONE"], problem.Args);
    }

    [Fact]
    public void A_meeting_is_not_now() => Assert.False(new BasisRequest(AsOfMeeting: "M").IsNow);

    private BasisResolver Resolver => new(given.Registry, given.Models.Meetings, given.Clock);

    private Basis Resolve(string meeting, string? on = null)
    {
        var (basis, problem) = Resolver.Resolve(new BasisRequest(On: on, AsOfMeeting: meeting));
        Assert.Null(problem);
        return basis!;
    }

    private Task<string> AnnouncesAsync(string id, EffectiveDate? from, EffectiveDate? to, int year = 2016) =>
        given.On("2016-05-01").DoesAsync(new AnnounceMeeting(id, new MeetingContent("IMRF", "workshop", null, year, Texts.Of(("en", id)), from, to, null, null, "A test."), [], []));
}

using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Projections.Difference;
using PledgeRegistry.Projections.MeetingPack;
using PledgeRegistry.Projections.Time;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.Difference;

/// <summary>What a meeting's end is for a reader who looks back, where the registry learnt late of it. The sample is of 2016-01-04.</summary>
public sealed class MomentsTests : IAsyncLifetime
{
    private Given given = null!;

    public async Task InitializeAsync() => given = await Given.ARegistryAsync();

    public async Task DisposeAsync() => await given.DisposeAsync();

    [Fact]
    public async Task A_meeting_that_was_known_in_time_is_read_as_of_its_end()
    {
        await given.On("2016-05-01").DoesAsync(Announced("M", "2016-05-20"));
        var then = given.Size;
        await given.On("2016-06-01").DoesAsync(new CompleteOpeningData("after", "1"));
        var view = await PackAsync("M");
        Assert.Equal((new Basis(then, Given.Day("2016-05-20")), false), (view.Made, view.YoungRegistry));
    }

    [Fact]
    public async Task A_meeting_that_was_announced_after_it_was_over_is_read_with_what_is_known_now_and_says_so()
    {
        await given.On("2016-06-01").DoesAsync(Announced("M", "2016-05-20"));
        var view = await PackAsync("M");
        Assert.Equal((new Basis(given.Size, Given.Day("2016-05-20")), true), (view.Made, view.YoungRegistry));
        Assert.Equal("asOfMeeting:M,head-for-meeting-recorded-later", view.Made.From.ToString());
        Assert.NotNull(given.Models.Meetings.Meeting("M", view.Made.Size));
    }

    [Theory]
    [InlineData("2016-05-20", "2016-07-08")]
    [InlineData("2016-07-08", "2016-05-20")]
    public async Task A_meeting_whose_days_were_corrected_after_it_was_over_is_read_on_its_right_day(string wrong, string right)
    {
        await given.On("2016-05-01").DoesAsync(Announced("M", wrong));
        var meeting = given.Models.Meetings.Meeting("M", given.Size)!;
        await given.On("2016-09-01").DoesAsync(new CorrectMeeting("M", meeting.Version, Announced("M", right).Content, "The days were wrong."));
        var view = await PackAsync("M");
        Assert.Equal((new Basis(given.Size, Given.Day(right)), true), (view.Made, view.YoungRegistry));
        // Asked for again at what it was made from, it is the same.
        Assert.Equal(view.Made, (await given.Mediator.Send(new GetMeetingPack(new Reading(view.Made, "en"), "M")))!.Made);
    }

    private async Task<MeetingPackView> PackAsync(string id) => (await given.Mediator.Send(new GetMeetingPack(given.At("2017-01-01"), id)))!;

    private static AnnounceMeeting Announced(string id, string last) =>
        new(id, new MeetingContent("IMRF", "workshop", null, 2016, Texts.Of(("en", id)), new EffectiveDate(last), null, null, null, "A test."), [], []);
}

using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Projections.Tests.FollowUpClock;

public sealed class ClockTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Theory]
    [InlineData("2026-03-09", Notice.NotYet)]
    [InlineData("2026-03-10", Notice.Begun)] // eight weeks before 5 May
    [InlineData("2026-05-04", Notice.Begun)]
    [InlineData("2026-05-05", Notice.UnderWay)]
    [InlineData("2026-05-06", Notice.UnderWay)]
    [InlineData("2026-05-07", Notice.DateNotKnown)] // of the one after only the year is known
    [InlineData("2031-01-01", Notice.NoMeeting)]
    public async Task Notice_begins_so_many_weeks_before_the_next_meeting(string on, Notice expected)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        var series = Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At(on)))).Series);
        Assert.Equal(expected, series.Notice);
        Assert.Equal(expected is Notice.NoMeeting or Notice.DateNotKnown ? null : Given.Day("2026-03-10"), series.NoticeFrom);
    }

    [Fact]
    public async Task A_postponed_meeting_moves_its_notice_and_the_past_keeps_the_old_one()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        var size = given.Size;
        await PostponeAsync(given, "IMRF-2026", "2026-10-06", "2026-10-07");
        Assert.Equal((Notice.NotYet, "2026-08-11"), await NoticeAsync(given.Size));
        Assert.Equal((Notice.Begun, "2026-03-10"), await NoticeAsync(size));
        await PostponeAsync(given, "IMRF-2026", null, null);
        Assert.Equal((Notice.DateNotKnown, ""), await NoticeAsync(given.Size));

        async Task<(Notice, string)> NoticeAsync(long known)
        {
            var series = Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2026-04-01", known)))).Series);
            return (series.Notice, $"{series.NoticeFrom:yyyy-MM-dd}");
        }
    }

    [Fact]
    public async Task A_report_is_awaited_for_the_meeting_of_who_would_be_silent_once_it_is_over()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge);
        Assert.Equal((Awaited.ForMeeting, "2026-05-07"), await AwaitedAsync(given, "2026-04-01"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2025-05-06");
        Assert.Equal((Awaited.ForMeeting, "2026-05-07"), await AwaitedAsync(given, "2026-04-01"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2025-05-07");
        Assert.Equal((Awaited.Nothing, "2026-05-08"), await AwaitedAsync(given, "2026-04-01"));
        // The one after is awaited as soon as this one is over, though nobody knows its day yet.
        Assert.Equal((Awaited.ForMeeting, "2026-05-08"), await AwaitedAsync(given, "2026-05-07"));
    }

    [Fact]
    public async Task Where_no_meeting_is_known_a_report_is_awaited_in_each_period()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-10-01");
        await given.DoesAsync(new OpenSeries("PANCAP", given.Registry.State.Series["RCM"].Settings with { RegularMeetingType = null, ReportingMonths = 6 }));
        await given.DoesAsync(new AnnounceMeeting("PANCAP-2019", SampleData.Meeting("PANCAP", "workshop", 2019, null, "2019-04-11"), [], []));
        var id = await given.RecordsAsync(Pledge with { Kind = PledgeKind.Statement, Meeting = "PANCAP-2019", AnnouncedOn = EffectiveDate.On(2019, 4, 30), Due = null });
        Assert.Equal((Awaited.Nothing, "2019-04-30 2019-10-30"), await PeriodAsync("2019-10-29"));
        Assert.Equal((Awaited.InPeriod, "2019-10-30 2020-04-30"), await PeriodAsync("2019-10-30"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2019-11-01");
        Assert.Equal((Awaited.InPeriod, "2019-10-30 2020-04-30"), await PeriodAsync("2019-10-31"));
        Assert.Equal((Awaited.Nothing, "2019-10-30 2020-04-30"), await PeriodAsync("2020-04-29"));
        Assert.Equal((Awaited.InPeriod, "2020-04-30 2020-10-30"), await PeriodAsync("2020-04-30"));

        async Task<(Awaited, string)> PeriodAsync(string on)
        {
            var line = await LineAsync(given, on);
            return (line.Awaited, $"{line.Period.From:yyyy-MM-dd} {line.Period.Before:yyyy-MM-dd}");
        }
    }

    [Theory]
    [InlineData("2026-04-08", Silence.HeardOf)]
    [InlineData("2026-04-09", Silence.EarlyNotice)] // four weeks before 7 May
    [InlineData("2026-05-06", Silence.EarlyNotice)]
    [InlineData("2026-05-07", Silence.Silent)]
    public async Task A_party_is_told_weeks_before_it_shows_as_silent(string on, Silence expected)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        var line = await LineAsync(given, on);
        Assert.Equal(expected, line.Silence);
        Assert.Equal(("2022-05-17", expected == Silence.Silent), ($"{line.HeardOf:yyyy-MM-dd}", line.SilentFrom <= Given.Day(on)));
    }

    [Fact]
    public async Task What_is_due_before_the_next_meeting_is_over_is_near_and_what_is_past_is_late()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge with { Title = "a day", Due = new Due(EffectiveDate.On(2026, 5, 6)) });
        await given.RecordsAsync(Pledge with { Title = "a day after", Due = new Due(EffectiveDate.On(2026, 5, 7)) });
        await given.RecordsAsync(Pledge with { Title = "the forum", Due = new Due(Meeting: "IMRF-2026") });
        await given.RecordsAsync(Pledge with { Title = "a forum without dates", Due = new Due(Meeting: "IMRF-2030") });
        await given.RecordsAsync(Pledge with { Title = "words", Due = new Due(Words: "soon") });
        Assert.Equal(["a day Soon", "a day after Later", "the forum Soon", "a forum without dates Later", "words None"], await DueAsync("2026-05-01"));
        Assert.Equal(["a day Late", "a day after Soon", "the forum Late", "a forum without dates Soon", "words None"], await DueAsync("2026-05-07"));
        Assert.Equal(["a day Late", "a day after Late", "the forum Late", "a forum without dates None", "words None"], await DueAsync("2031-01-01"));
        var party = Assert.Single(Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2026-05-07")))).Series).Parties);
        Assert.Equal((5, 2, 2, 0, 5), (party.Reports, party.Due, party.Late, party.EarlyNotices, party.Silent));

        async Task<IEnumerable<string>> DueAsync(string on) =>
            Assert.Single(Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At(on)))).Series).Parties).Lines.Select(l => $"{l.Title} {l.Due}");
    }

    [Theory]
    [InlineData(ClaimedStatus.Fulfilled)]
    [InlineData(ClaimedStatus.Discontinued)]
    public async Task Who_says_that_it_is_done_is_reminded_of_nothing_but_sees_when_the_public_will_miss_a_report(ClaimedStatus status)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge with { Due = new Due(EffectiveDate.On(2023, 12, 31)) });
        await given.ReportsAsync(id, "CRI", status, "2023-03-01");
        var line = await LineAsync(given, "2026-04-20");
        Assert.Equal((Awaited.Nothing, DueState.None, Silence.EarlyNotice), (line.Awaited, line.Due, line.Silence));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2023-04-01");
        line = await LineAsync(given, "2026-04-20");
        Assert.Equal((Awaited.ForMeeting, DueState.Late), (line.Awaited, line.Due));
    }

    [Fact]
    public async Task What_was_withdrawn_is_on_no_list_from_the_day_on_which_it_was()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge);
        await given.WithdrawsAsync(id, "2024-01-01");
        Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2023-12-31")))).Series);
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.At("2024-01-01")))).Series);
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.At("2024-01-01"), "CRI"))).Series);
    }

    [Fact]
    public async Task Nobody_is_reminded_of_what_it_was_only_asked()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-10-01");
        await given.RecordsAsync(SampleRegistry.Recommendation());
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.At("2017-11-01")))).Series);
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.At("2017-11-01"), "HND"))).Series);
    }

    [Fact]
    public async Task A_member_is_told_of_its_collectives_promise_and_reminded_of_its_own_alone()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-10-01");
        var id = await given.RecordsAsync(SampleRegistry.Conclusion());
        var all = Assert.Single(Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2017-11-01")))).Series).Parties);
        Assert.Equal(("RCM-MEMBERS", 1, 1, 1), (all.Party.Id, all.Reports, all.Late, all.Lines.Count));
        var line = await LineAsync(given, "2017-11-01", "HND");
        Assert.Equal((Part.OwesAsMember, "RCM-MEMBERS", Awaited.Nothing, Silence.NotJudged, null, DueState.None), (line.Part, line.Collective?.Id, line.Awaited, line.Silence, line.SilentFrom, line.Due));
        Assert.Equal(DueState.Soon, (await LineAsync(given, "2016-11-01", "HND")).Due);
        // Who reported all the same is judged in public, and so sees it coming.
        await given.ReportsAsync(id, "HND", ClaimedStatus.Planning, "2016-11-17");
        line = await LineAsync(given, "2017-11-01", "HND");
        Assert.Equal((Awaited.Nothing, Silence.EarlyNotice, "2017-11-18"), (line.Awaited, line.Silence, $"{line.SilentFrom:yyyy-MM-dd}"));
        // What the collective says is done is done for all.
        await given.ReportsAsync(id, "RCM-MEMBERS", ClaimedStatus.Fulfilled, "2017-05-01");
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.At("2017-11-01"), "HND"))).Series);
    }

    [Fact]
    public async Task A_party_of_two_series_is_in_each_by_itself_and_the_next_meeting_comes_first()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-10-01");
        await given.RecordsAsync(SampleRegistry.Conclusion() with { Owing = ["CRI"] });
        given.On("2022-05-17");
        await given.RecordsAsync(Pledge);
        var view = await given.AsksAsync(new GetFollowUpClock(given.At("2022-05-18"), "CRI"));
        Assert.Equal(["IMRF IMRF-2022 1", "RCM  1"], view.Series.Select(s => $"{s.Series.Id} {s.Next?.Id} {s.Parties.Single().Lines.Count}"));
        Assert.Equal("RCM", Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2022-05-18"), "CRI", "RCM"))).Series).Series.Id);
        Assert.Equal("CRI", view.Participant?.Id);
    }

    [Fact]
    public async Task A_participant_that_owes_nothing_has_an_empty_list()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        Assert.Empty((await given.AsksAsync(new GetFollowUpClock(given.Now, "MAR"))).Series);
        Assert.Empty((await given.AsksAsync(new GetClockDays(given.Now, "MAR")))!.Days);
        Assert.Null(await given.AsksAsync(new GetClockDays(given.Now, "NOPE")));
    }

    [Fact]
    public async Task Milestones_are_on_the_list_until_a_report_says_that_they_were_reached()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge with { Milestones = [new Milestone("M1", "A plan.", new Due(EffectiveDate.On(2023, 6, 30))), new Milestone("M2", "Forty clinics.", new Due(Meeting: "IMRF-2026"))] });
        Assert.Equal(["M1 Soon 2023-06-30", "M2 Soon 2026-05-06"], await MilestonesAsync("2023-06-30"));
        Assert.Equal(["M1 Late 2023-06-30", "M2 Soon 2026-05-06"], await MilestonesAsync("2023-07-01"));
        await given.DoesAsync(new ReportProgress(id, Given.Report("CRI", ClaimedStatus.InProgress, "2023-09-01") with { Milestones = [new MilestoneReached("M1", EffectiveDate.On(2023, 8, 1))] }));
        Assert.Equal(["M1 Late 2023-06-30", "M2 Soon 2026-05-06"], await MilestonesAsync("2023-08-31"));
        Assert.Equal(["M2 Soon 2026-05-06"], await MilestonesAsync("2023-09-01"));
        Assert.Equal(1, Assert.Single(Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At("2023-09-01")))).Series).Parties).Milestones);
        var day = (await given.AsksAsync(new GetClockDays(given.At("2023-09-01"), "CRI")))!.Days.Single(d => d.Kind == DayKind.Milestone);
        Assert.Equal(("M2", Given.Day("2026-05-06"), Given.Day("2026-03-11")), (day.Milestone?.Code, day.From, day.ToldFrom));

        async Task<IEnumerable<string>> MilestonesAsync(string on) => (await LineAsync(given, on)).Milestones.Select(m => $"{m.Code} {m.State} {m.DueOn:yyyy-MM-dd}");
    }

    private static async Task<(Awaited, string)> AwaitedAsync(Given given, string on)
    {
        var line = await LineAsync(given, on);
        return (line.Awaited, $"{line.SilentFrom:yyyy-MM-dd}");
    }

    private static async Task<ClockLine> LineAsync(Given given, string on, string? participant = null) =>
        Assert.Single(Assert.Single(Assert.Single((await given.AsksAsync(new GetFollowUpClock(given.At(on), participant))).Series).Parties).Lines);

    internal static Task PostponeAsync(Given given, string meeting, string? from, string? to) => given.DoesAsync(new CorrectMeeting(
        meeting, given.Registry.State.VersionOf($"meeting/{meeting}"),
        given.Registry.State.Meetings[meeting].Content with { From = from is null ? null : new EffectiveDate(from), To = to is null ? null : new EffectiveDate(to) }, "Postponed."));
}

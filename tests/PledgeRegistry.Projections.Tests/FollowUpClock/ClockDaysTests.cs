using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FollowUpClock;

namespace PledgeRegistry.Projections.Tests.FollowUpClock;

public sealed class ClockDaysTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task A_clock_has_the_meeting_its_notice_and_each_commitments_days()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        Assert.Equal(
            ["2026-03-10 Notice", "2026-04-09 EarlyNotice", "2026-05-05 Meeting", "2026-05-07 Silent", "2026-05-31 Due"],
            (await DaysAsync(given, "2024-01-01")).Days.Select(d => $"{d.From:yyyy-MM-dd} {d.Kind}"));
        Assert.Equal(Given.Day("2026-05-07"), (await DaysAsync(given, "2024-01-01")).Days.Single(d => d.Kind == DayKind.Meeting).Before);
    }

    [Fact]
    public async Task A_party_is_told_of_a_thing_from_its_day_on_and_no_longer_of_what_was_to_come()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge);
        Assert.Equal([], await ToldAsync("2026-03-09"));
        Assert.Equal(["Notice"], await ToldAsync("2026-03-10"));
        Assert.Equal(["EarlyNotice", "Due", "Notice"], await ToldAsync("2026-04-09"));
        Assert.Equal(["Silent", "Due"], await ToldAsync("2026-05-07"));
        Assert.Equal(["Late", "Silent"], await ToldAsync("2026-06-01"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2026-04-01");
        Assert.Equal([], await ToldAsync("2026-06-01"));

        async Task<IEnumerable<string>> ToldAsync(string on) => (await DaysAsync(given, on)).Told.Select(d => d.Kind.ToString());
    }

    [Fact]
    public async Task A_thing_keeps_its_id_when_its_date_moves_and_its_revision_grows()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        var id = await given.RecordsAsync(Pledge);
        var before = (await DaysAsync(given, "2026-04-01")).Days.ToDictionary(d => d.Kind);
        given.On("2025-12-01");
        await ClockTests.PostponeAsync(given, "IMRF-2026", "2026-10-06", "2026-10-07");
        var after = (await DaysAsync(given, "2026-04-01")).Days.ToDictionary(d => d.Kind);
        foreach (var kind in new[] { DayKind.Meeting, DayKind.Notice, DayKind.EarlyNotice, DayKind.Silent })
        {
            Assert.Equal(before[kind].Id, after[kind].Id);
            Assert.True(before[kind].From < after[kind].From && before[kind].Revision < after[kind].Revision && before[kind].ChangedAt < after[kind].ChangedAt, $"{kind}");
        }
        Assert.Equal(before.Count, before.Values.Select(d => d.Id).Distinct().Count());
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2025-11-01");
        Assert.True(after[DayKind.Due].Revision < (await DaysAsync(given, "2026-04-01")).Days.Single(d => d.Kind == DayKind.Due).Revision);
    }

    [Fact]
    public async Task Two_participants_and_two_registries_have_nothing_of_the_same_id()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge with { Owing = ["CRI", "HND"] });
        var (one, other) = (await DaysAsync(given, "2026-04-01"), (await given.AsksAsync(new GetClockDays(given.At("2026-04-01"), "HND")))!);
        Assert.Empty(one.Days.Select(d => d.Id).Append(one.Id).Intersect(other.Days.Select(d => d.Id).Append(other.Id)));
    }

    [Fact]
    public async Task The_stamp_is_the_time_of_the_last_entry_or_the_start_of_the_day_and_no_clock_is_read()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-17");
        await given.RecordsAsync(Pledge);
        given.On("2040-01-01");
        Assert.Equal(new DateTimeOffset(2026, 4, 1, 0, 0, 0, TimeSpan.Zero), (await DaysAsync(given, "2026-04-01")).Stamp);
        Assert.Equal(new DateTimeOffset(2022, 5, 17, 12, 0, 0, TimeSpan.Zero), (await DaysAsync(given, "2022-05-01")).Stamp);
    }

    private static async Task<ClockDays> DaysAsync(Given given, string on) => (await given.AsksAsync(new GetClockDays(given.At(on), "CRI")))!;
}

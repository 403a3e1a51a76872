using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;
using PledgeRegistry.Projections.Replay;
using PledgeRegistry.Projections.Tests.Properties;

namespace PledgeRegistry.Projections.Tests.Replay;

public sealed class ReplayStepTests
{
    [Fact]
    public async Task By_entry_a_step_is_one_entry_and_stays_between_none_and_all()
    {
        await using var given = await Given.ARegistryAsync();
        Assert.Equal(11, (await StepAsync(given, 10, ReplayBy.Entry, forward: true)).Size);
        Assert.Equal(9, (await StepAsync(given, 10, ReplayBy.Entry, forward: false)).Size);
        Assert.Equal(0, (await StepAsync(given, 0, ReplayBy.Entry, forward: false)).Size);
        Assert.Equal(given.Size, (await StepAsync(given, given.Size, ReplayBy.Entry, forward: true)).Size);
    }

    [Fact]
    public async Task By_day_a_step_ends_where_a_day_ends()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var before = given.Size;
        var pledge = await given.RecordsAsync(SampleRegistry.Pledge());
        await given.ReportsAsync(pledge, "CRI", ClaimedStatus.Planning, "2022-05-30");
        var first = given.Size;
        await given.On("2022-06-09").ReportsAsync(pledge, "CRI", ClaimedStatus.InProgress, "2022-06-05");
        Assert.Equal(first, (await StepAsync(given, before, ReplayBy.Day, forward: true)).Size);
        Assert.Equal(given.Size, (await StepAsync(given, first, ReplayBy.Day, forward: true)).Size);
        Assert.Equal(given.Size, (await StepAsync(given, given.Size, ReplayBy.Day, forward: true)).Size);
        Assert.Equal(first, (await StepAsync(given, given.Size, ReplayBy.Day, forward: false)).Size);
        Assert.Equal(before, (await StepAsync(given, first - 1, ReplayBy.Day, forward: false)).Size);
        Assert.Equal(0, (await StepAsync(given, 1, ReplayBy.Day, forward: false)).Size);
    }

    [Fact]
    public async Task By_meeting_a_step_ends_with_the_next_meeting_and_before_the_registry_was_it_judges_all_that_is_known_on_that_day()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var before = given.Size;
        await given.RecordsAsync(SampleRegistry.Pledge());
        var days = given.Models.Meetings.Meetings(given.Size).Select(m => m.OverBy).Distinct().Order().ToArray();
        var seen = new List<ReplayStep>();
        for (var on = new DateOnly(2010, 1, 1); seen.Count < days.Length; on = seen[^1].On!.Value)
        {
            seen.Add(await given.AsksAsync(new GetReplayStep(Given.Read(on, given.Size), ReplayOf.Grid, "", ReplayBy.Meeting, Forward: true)));
        }
        Assert.Equal(days, seen.Select(s => s.On!.Value));
        var known = DateOnly.FromDateTime(given.Registry.RecordedAt(0).UtcDateTime);
        Assert.All(seen, s => Assert.Equal(s.On < known || s.On >= new DateOnly(2022, 6, 1) ? given.Size : before, s.Size));
        Assert.Contains(seen, s => s.Size == before);
        var back = await given.AsksAsync(new GetReplayStep(Given.Read(days[^1], given.Size), ReplayOf.Grid, "", ReplayBy.Meeting, Forward: false));
        Assert.Equal(days[^2], back.On);
        Assert.Null((await given.AsksAsync(new GetReplayStep(Given.Read(days[^1], given.Size), ReplayOf.Grid, "", ReplayBy.Meeting, Forward: true))).On);
    }

    [Fact]
    public async Task By_change_a_pledge_is_followed_from_one_of_its_entries_to_the_next()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var (pledge, other) = (await given.RecordsAsync(SampleRegistry.Pledge()), await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Another" }));
        var recorded = given.Size - 1;
        await given.ReportsAsync(other, "CRI", ClaimedStatus.Planning, "2022-05-30");
        await given.ReportsAsync(pledge, "CRI", ClaimedStatus.Planning, "2022-05-30");
        await given.ReportsAsync(other, "CRI", ClaimedStatus.InProgress, "2022-05-31");
        GetReplayStep Step(long size, bool forward) => new(Given.Read(new DateOnly(2022, 6, 1), size), ReplayOf.Pledge, pledge, ReplayBy.Change, forward);
        Assert.Equal(recorded, (await given.AsksAsync(Step(0, true))).Size);
        Assert.Equal(given.Size - 1, (await given.AsksAsync(Step(recorded, true))).Size);
        Assert.Equal(new ReplayStep(given.Size), await given.AsksAsync(Step(given.Size - 1, true)));
        Assert.Equal(given.Size - 1, (await given.AsksAsync(Step(given.Size, false))).Size);
        Assert.Equal(recorded, (await given.AsksAsync(Step(given.Size - 1, false))).Size);
        Assert.Equal(0, (await given.AsksAsync(Step(recorded, false))).Size);
        Assert.Equal(new ReplayStep(0), await given.AsksAsync(Step(0, false)));
    }

    [Fact]
    public Task By_change_no_change_is_passed_over_in_either_direction() => Seeded.RunAsync(2, async random =>
    {
        await using var given = await Given.ARegistryAsync();
        var from = given.Size;
        await new RandomStory(given, random.Random).GoOnAsync(40);
        var on = new DateOnly(2024, 1, 1);
        var shown = new List<byte[]>();
        for (var size = from; size <= given.Size; size++)
        {
            shown.Add(Views.Bytes(await given.AsksAsync(new GetRcmProgressGrid(Given.Read(on, size))) with { Basis = new Basis(0, on) }));
        }
        long[] changes = [.. Enumerable.Range(1, shown.Count - 1).Where(i => !shown[i].AsSpan().SequenceEqual(shown[i - 1])).Select(i => from + i)];
        Assert.NotEmpty(changes);
        var forward = new List<long>();
        for (var size = from; ;)
        {
            var step = await given.AsksAsync(new GetReplayStep(Given.Read(on, size), ReplayOf.Grid, "", ReplayBy.Change, Forward: true));
            size = step.Size;
            if (forward.LastOrDefault() == size || size == given.Size && changes[^1] != size)
            {
                break;
            }
            forward.Add(size);
        }
        Assert.Equal(changes, forward);
        for (var i = changes.Length - 1; i > 0; i--)
        {
            Assert.Equal(changes[i - 1], (await given.AsksAsync(new GetReplayStep(Given.Read(on, changes[i]), ReplayOf.Grid, "", ReplayBy.Change, Forward: false))).Size);
        }
    });

    [Fact]
    public async Task A_step_looks_only_so_far_and_says_so_and_can_be_cancelled()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var pledge = await given.RecordsAsync(SampleRegistry.Pledge());
        var from = given.Size;
        for (var i = 0; i <= GetReplayStepHandler.MostViews; i++)
        {
            await given.DoesAsync(new RenameParticipant("IOM", Texts.Of(("en", $"Name {i}")), "It was written otherwise.", "A list."));
        }
        var query = new GetReplayStep(Given.Read(new DateOnly(2022, 6, 1), from), ReplayOf.Coverage, "no-such-framework", ReplayBy.Change, Forward: true);
        Assert.Equal(new ReplayStep(from + GetReplayStepHandler.MostViews - 1, LookedEnough: true), await given.AsksAsync(query));
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Mediator.Send(query, new CancellationToken(canceled: true)));
        Assert.Null(await given.AsksAsync(new GetPledge(Given.Read(new DateOnly(2022, 6, 1), 0), pledge)));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_step_looks_only_so_long_and_gets_on_by_one_entry_at_least(bool forward)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var from = given.Size;
        for (var i = 0; i < 5; i++)
        {
            await given.DoesAsync(new RenameParticipant("IOM", Texts.Of(("en", $"Name {i}")), "It was written otherwise.", "A list."));
        }
        var reading = Given.Read(new DateOnly(2022, 6, 1), forward ? from : given.Size);
        var query = new GetReplayStep(reading, ReplayOf.Coverage, "no-such-framework", ReplayBy.Change, forward) { Clock = new SlowClock() };
        Assert.Equal(new ReplayStep(forward ? from + 1 : given.Size - 2, LookedEnough: true), await given.AsksAsync(query));
    }

    /// <summary>Between two looks at it, more time goes by than a step may take.</summary>
    private sealed class SlowClock : TimeProvider
    {
        private long ticks;

        public override long TimestampFrequency => TimeSpan.TicksPerSecond;

        public override long GetTimestamp() => ticks += 2 * GetReplayStepHandler.Longest.Ticks;
    }

    private static Task<ReplayStep> StepAsync(Given given, long size, ReplayBy by, bool forward) =>
        given.AsksAsync(new GetReplayStep(Given.Read(new DateOnly(2022, 6, 1), size), ReplayOf.Grid, "", by, forward));
}

using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Difference;

namespace PledgeRegistry.Projections.Tests.Difference;

public sealed class DifferenceTests : IAsyncLifetime
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    private Given given = null!;

    public async Task InitializeAsync() => given = (await Given.ARegistryAsync()).On("2022-05-18");

    public async Task DisposeAsync() => await given.DisposeAsync();

    [Fact]
    public async Task What_was_recorded_between_two_sizes_was_added_by_its_entries()
    {
        var size = given.Size;
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        var line = Assert.Single((await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"))).Rows);
        Assert.Equal((DifferenceKind.Added, DifferenceReason.Recorded, $"pledge/{id}", Pledge.Title, false), (line.Kind, line.Reason, line.Stream, line.Title, line.ByTime));
        Assert.Equal([(size, "pledge-recorded", CauseKind.Recorded), (size + 1, "pledge-mapped", CauseKind.Recorded)], line.Causes.Select(c => (c.Position, Named(c), c.How)));
    }

    [Fact]
    public async Task A_claim_changes_by_the_report_that_makes_it()
    {
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2022-05-30");
        var line = Assert.Single((await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"))).Rows);
        Assert.Equal((DifferenceKind.Changed, null), (line.Kind, line.Reason));
        Assert.Equal([("claimed", null, "in-progress"), ("claimedOn", null, "2022-05-30"), ("freshness", "not-yet-expected", "fresh")], line.Fields.Select(f => (f.Field, f.From, f.To!)));
        Assert.Equal([("pledge-progress-reported", CauseKind.Recorded)], line.Causes.Select(c => (Named(c), c.How)));
    }

    [Fact]
    public async Task A_party_becomes_late_by_time_alone()
    {
        await given.RecordsAsync(Pledge with { Due = new Due(new EffectiveDate("2023-06")) });
        var view = await FollowUpAsync(given.At("2023-06-30"), given.At("2023-07-01"));
        var line = Assert.Single(view.Rows);
        Assert.Equal(("timeliness", "not-yet-due", "late", false, true), Assert.Single(line.Fields.Select(f => (f.Field, f.From, f.To, f.ByEntries, f.ByTime))));
        Assert.Equal((true, 0, 0L), (line.ByTime, line.CauseCount, view.Entries));
    }

    [Fact]
    public async Task A_role_begins_and_ends_by_time_and_the_entry_says_so()
    {
        await given.DoesAsync(new StartRole("MAR", "member", "RCM", new EffectiveDate("2023"), "notes"));
        await given.DoesAsync(new EndRole("MAR", "member", "RCM", new EffectiveDate("2025"), "It left.", "notes"));
        Task<DifferencesView> AskAsync(string from, string to) => DiffersAsync("participants", given.At(from), given.At(to));
        var begins = Assert.Single((await AskAsync("2022-12-31", "2023-01-01")).Rows, r => r.Stream == "participant/MAR");
        Assert.Equal((DifferenceKind.Added, DifferenceReason.CameIntoForce), (begins.Kind, begins.Reason));
        Assert.Equal([("participant-role-started", CauseKind.TookEffect)], begins.Causes.Select(c => (Named(c), c.How)));
        var ends = Assert.Single((await AskAsync("2024-12-31", "2025-01-01")).Rows);
        Assert.Equal((DifferenceKind.Gone, DifferenceReason.NotInForce), (ends.Kind, ends.Reason));
        Assert.Equal("It left.", Assert.Single(ends.Causes).Why);
    }

    [Fact]
    public async Task A_correction_of_the_text_is_drift_and_so_is_a_correction_of_the_correction_and_back_again_is_nothing()
    {
        var id = await given.RecordsAsync(Pledge);
        var first = given.Size;
        await given.CorrectsAsync(id, Pledge with { Text = Pledge.Text.Replace("whatever", "no matter what", StringComparison.Ordinal) });
        var second = given.Size;
        await given.CorrectsAsync(id, Pledge with { Text = Pledge.Text.Replace("whatever", "whatever it is that", StringComparison.Ordinal) });
        var third = given.Size;
        await given.CorrectsAsync(id, Pledge);
        foreach (var (from, to, entries) in new[] { (first, second, 1), (second, third, 1), (first, third, 2) })
        {
            var line = Assert.Single((await FollowUpAsync(given.At("2022-06-01", from), given.At("2022-06-01", to))).Rows);
            Assert.Equal((DifferenceKind.Drift, "text", entries), (line.Kind, Assert.Single(line.Fields).Field, line.CauseCount));
        }
        var whole = await FollowUpAsync(given.At("2022-06-01", first), given.At("2022-06-01"));
        Assert.Equal((0, 3L), (whole.Counts.All, whole.Entries));
    }

    [Fact]
    public async Task A_correction_of_a_fact_is_a_change_although_the_text_differs_too()
    {
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.CorrectsAsync(id, Pledge with { Title = "Care for every child", Due = new Due(new EffectiveDate("2025-05")) });
        var line = Assert.Single((await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"))).Rows);
        Assert.Equal((DifferenceKind.Changed, "It was misread."), (line.Kind, Assert.Single(line.Causes).Why));
        Assert.Equal([("dueOn", false), ("title", true)], line.Fields.Select(f => (f.Field, f.Wording)));
    }

    [Fact]
    public async Task A_translation_is_drift_of_the_pledge_and_nothing_in_the_follow_up()
    {
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.TranslatesAsync(id, "es", "Atención primaria");
        await given.TranslatesAsync(id, "es", "Atención primaria para cada niña y niño");
        Assert.Equal(0, (await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"))).Counts.All);
        var line = Assert.Single((await DiffersAsync("pledge", given.At("2022-06-01", size + 1), given.At("2022-06-01"), ("id", id))).Rows);
        Assert.Equal((DifferenceKind.Drift, $"{id}/translation/es"), (line.Kind, line.Key));
    }

    [Fact]
    public async Task A_withdrawal_that_takes_effect_later_than_it_is_recorded_changes_nothing_until_its_day()
    {
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.WithdrawsAsync(id, "2023-01-01");
        Assert.Equal(0, (await FollowUpAsync(given.At("2022-12-31", size), given.At("2022-12-31"))).Counts.All);
        var view = await FollowUpAsync(given.At("2022-12-31"), given.At("2023-01-01"));
        var line = Assert.Single(view.Rows);
        Assert.Equal((DifferenceKind.Gone, DifferenceReason.Withdrawn, 0L, false), (line.Kind, line.Reason, view.Entries, line.ByTime));
        Assert.Equal([("pledge-withdrawn", CauseKind.TookEffect)], line.Causes.Select(c => (Named(c), c.How)));
        // Recorded between the two, and in force by the second: it is the same entry that did it.
        var both = Assert.Single((await FollowUpAsync(given.At("2022-12-31", size), given.At("2023-01-01"))).Rows);
        Assert.Equal((DifferenceKind.Gone, "No longer possible."), (both.Kind, Assert.Single(both.Causes).Why));
    }

    [Fact]
    public async Task Of_two_reports_on_the_same_day_the_later_entry_holds_and_both_are_causes()
    {
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2022-06-01");
        var line = Assert.Single((await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"))).Rows);
        Assert.Equal(("in-progress", 2), (line.Fields.Single(f => f.Field == "claimed").To, line.CauseCount));
        var byTime = Assert.Single((await FollowUpAsync(given.At("2022-05-31"), given.At("2022-06-01"))).Rows);
        Assert.All(byTime.Causes, c => Assert.Equal(CauseKind.TookEffect, c.How));
        Assert.Equal(2, byTime.CauseCount);
    }

    [Fact]
    public async Task One_partys_report_is_no_cause_in_anothers_row()
    {
        var id = await given.RecordsAsync(SampleRegistry.CommonPledge());
        var size = given.Size;
        await given.ReportsAsync(id, "HND", ClaimedStatus.Planning, "2022-06-01");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2022-06-01");
        var view = await FollowUpAsync(given.At("2022-06-01", size), given.At("2022-06-01"));
        Assert.Equal([("CRI", size + 1), ("HND", size)], view.Rows.Select(r => (r.Participant, Assert.Single(r.Causes).Position)));
    }

    [Fact]
    public async Task A_retired_mapping_takes_the_entry_out_of_the_grid()
    {
        var id = await given.RecordsAsync(Pledge with { Owing = ["CRI"] }, "rcm-areas/2016 RCM-A1");
        var size = given.Size;
        await given.DoesAsync(new RetireMapping(id, Given.Item("rcm-areas/2016 RCM-A1"), "It was the wrong area."));
        var line = Assert.Single((await DiffersAsync("rcm-grid", given.At("2022-06-01", size), given.At("2022-06-01"))).Rows, r => r.Stream == $"pledge/{id}");
        Assert.Equal((DifferenceKind.Gone, DifferenceReason.Retired, "CRI"), (line.Kind, line.Reason, line.Participant));
        Assert.Equal("It was the wrong area.", Assert.Single(line.Causes).Why);
    }

    [Fact]
    public async Task What_no_longer_meets_the_filter_has_gone_and_what_meets_it_now_is_added()
    {
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        var size = given.Size;
        await given.DoesAsync(new MoveMapping(id, Given.Item("gcm/2018 GCM-15"), Given.Item("gcm/2018 GCM-02"), "It is about data."));
        Task<DifferencesView> AskAsync(Reading from, Reading to, string objective) => DiffersAsync("imrf-follow-up", from, to, ("cycle", "2022"), ("objective", objective));
        var (before, after) = (given.At("2022-06-01", size), given.At("2022-06-01"));
        Assert.Equal(DifferenceReason.LeftTheFilter, Assert.Single((await AskAsync(before, after, "GCM-15")).Rows).Reason);
        Assert.Equal(DifferenceReason.MetTheFilter, Assert.Single((await AskAsync(before, after, "GCM-02")).Rows).Reason);
    }

    [Fact]
    public async Task The_same_moment_twice_has_no_difference_in_any_view()
    {
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15", "rcm-areas/2016 RCM-A1");
        foreach (var view in ComparedViews.All)
        {
            var same = await DiffersAsync(view.Name, given.At("2023-06-01"), given.At("2023-06-01"), [.. Which(view, id)]);
            Assert.Equal((0, true, false), (same.Counts.All, same.IsSameMoment, same.Backwards));
        }
    }

    [Fact]
    public async Task A_later_moment_first_says_what_would_be_undone()
    {
        var size = given.Size;
        var id = await given.RecordsAsync(Pledge);
        var view = await FollowUpAsync(given.At("2022-06-01"), given.At("2022-06-01", size));
        var line = Assert.Single(view.Rows);
        Assert.Equal((true, DifferenceKind.Gone, DifferenceReason.NotRecordedThen, Pledge.Title), (view.Backwards, line.Kind, line.Reason, line.Title));
        Assert.Equal(size, Assert.Single(line.Causes).Position);
        Assert.True((await FollowUpAsync(given.At("2022-06-02"), given.At("2022-06-01"))).Backwards);
        Assert.False((await FollowUpAsync(given.At("2022-06-02", size), given.At("2022-06-01"))).Backwards);
    }

    [Fact]
    public async Task A_meetings_new_date_is_the_cause_where_nothing_nearer_is()
    {
        await given.RecordsAsync(Pledge with { Due = new Due(Meeting: "IMRF-2026") });
        var size = given.Size;
        var meeting = given.Registry.State.Meetings["IMRF-2026"];
        await given.DoesAsync(new PledgeRegistry.Meetings.CorrectMeeting(
            "IMRF-2026", given.Registry.State.VersionOf("meeting/IMRF-2026"), meeting.Content with { From = new EffectiveDate("2026-06-01"), To = new EffectiveDate("2026-06-03") }, "It was moved."));
        var line = Assert.Single((await FollowUpAsync(given.At("2026-05-20", size), given.At("2026-05-20"))).Rows);
        Assert.Equal(("meeting/IMRF-2026", "It was moved."), (Assert.Single(line.Causes).Stream, line.Causes[0].Why));
        Assert.Contains(line.Fields, f => (f.Field, f.From, f.To) == ("timeliness", "late", "not-yet-due"));
    }

    [Fact]
    public async Task Pages_follow_one_another_and_one_kind_can_be_asked_for()
    {
        var size = given.Size;
        for (var i = 0; i < 7; i++)
        {
            await given.RecordsAsync(Pledge with { Title = $"Number {i}" });
        }
        var (from, to) = (given.At("2022-06-01", size), given.At("2022-06-01"));
        var keys = new List<string>();
        string? after = null;
        do
        {
            var page = await AskAsync(from, to, after, 3, DifferenceKind.Added);
            Assert.Equal(7, page.Counts.Added);
            keys.AddRange(page.Rows.Select(r => r.Key));
            after = page.Next;
        }
        while (after is not null);
        Assert.Equal((await AskAsync(from, to, null, 500, null)).Rows.Select(r => r.Key), keys);
        Assert.Empty((await AskAsync(from, to, null, 500, DifferenceKind.Drift)).Rows);

        Task<DifferencesView> AskAsync(Reading first, Reading second, string? next, int limit, DifferenceKind? only) => NotNullAsync(given.AsksAsync(
            new GetDifferences(second, first.Basis, ComparedViews.Find("pledges")!, new Dictionary<string, string>(), only, next, limit)));
    }

    [Fact]
    public async Task It_can_be_stopped()
    {
        await given.RecordsAsync(Pledge);
        using var stopped = new CancellationTokenSource();
        await stopped.CancelAsync();
        foreach (var view in ComparedViews.All)
        {
            await Assert.ThrowsAnyAsync<OperationCanceledException>(async () => await given.Mediator.Send(
                new GetDifferences(given.At("2022-06-02"), given.At("2022-06-01").Basis, view, Which(view, "IMRF-2022-0001").ToDictionary(w => w.Item1, w => w.Item2)), stopped.Token));
        }
    }

    [Fact]
    public async Task Of_what_nobody_knows_at_either_moment_there_is_no_answer()
    {
        var reading = given.At("2022-06-01");
        foreach (var (view, parameter) in new[] { ("pledge", "id"), ("coverage", "framework") })
        {
            Assert.Null(await given.AsksAsync(new GetDifferences(reading, reading.Basis, ComparedViews.Find(view)!, new Dictionary<string, string> { [parameter] = "nope" })));
        }
    }

    [Fact]
    public async Task The_meeting_before_a_day_gives_a_moment_as_it_was_known_then_or_as_it_is_known_now()
    {
        var moments = new Moments(given.Models, given.Registry);
        var known = given.Size;
        await given.On("2026-11-01").RecordsAsync(Pledge);
        var (meeting, basis) = moments.Previous("IMRF", given.At("2026-11-22"))!.Value;
        // The sample was recorded before the forum of 2026, so what was known at its end is told from what came after.
        Assert.Equal(("IMRF-2026", known, "2026-05-06"), (meeting.Id, basis.Size, basis.OnText()));
        Assert.Equal("IMRF-2022", moments.Previous("IMRF", new Reading(basis, "en"))!.Value.Meeting.Id);
        Assert.Null(moments.Previous("IMRF", given.At("2022-05-01")));
        // A meeting that was held before the first entry: what is known now, on its day.
        var early = given.Models.Meetings.Meetings(given.Size).First(m => m.OverBy.Year == 2016) with { Content = given.Models.Meetings.Meeting("IMRF-2022", given.Size)!.Content with { From = null, To = new EffectiveDate("2011-02-18") } };
        Assert.Equal((given.Size, "2011-02-18"), (moments.Of(early, given.Now).Size, moments.Of(early, given.Now).OnText()));
        Assert.Equal(given.At("2026-05-01").Basis, moments.Of(given.Models.Meetings.Meeting("IMRF-2026", given.Size)!, given.At("2026-05-01")));
    }

    internal static IEnumerable<(string, string)> Which(ComparedView view, string pledge) =>
        view.Which.Select(w => (w, w switch { "cycle" => "2022", "framework" => "gcm", _ => pledge }));

    private Task<DifferencesView> FollowUpAsync(Reading from, Reading to) => DiffersAsync("imrf-follow-up", from, to, ("cycle", "2022"));

    private Task<DifferencesView> DiffersAsync(string view, Reading from, Reading to, params (string, string)[] filter) => NotNullAsync(given.AsksAsync(
        new GetDifferences(to, from.Basis, ComparedViews.Find(view)!, filter.ToDictionary(f => f.Item1, f => f.Item2), Limit: 500)));

    // Whatever the version of its stored shape.
    private static string Named(Cause cause) => cause.Type.Split('.')[0];

    private static async Task<DifferencesView> NotNullAsync(Task<DifferencesView?> asked) => (await asked)!;
}

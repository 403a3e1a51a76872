using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.RcmProgressGrid;

namespace PledgeRegistry.Projections.Tests.RcmProgressGrid;

public sealed class GridTests
{
    private static readonly PledgeContent Conclusion = SampleRegistry.Conclusion();
    private static readonly PledgeContent Recommendation = SampleRegistry.Recommendation() with { Addressees = ["HND"] };
    private static readonly InitiativeContent Initiative = SampleRegistry.Initiative();

    [Fact]
    public async Task Every_participant_with_a_role_has_a_row_and_every_area_a_column_though_nothing_was_recorded()
    {
        await using var given = await Given.ARegistryAsync();
        var grid = await given.AsksAsync(new GetRcmProgressGrid(given.Now));
        Assert.Equal(["RCM-A1", "RCM-A2", "RCM-A3"], grid.Areas.Select(a => a.Code));
        Assert.Equal(["policy", "programme", "project", "news", "report"], grid.Kinds.Select(k => k.Code));
        Assert.Equal(["member", "observer-country", "observer-organization", "civil-society", "invited", "collective"], grid.Groups.Select(g => g.Role));
        Assert.Equal(["CRI HND MEX", "COL", "UNFPA", "RNCOM", "ILO", ""], grid.Groups.Select(g => string.Join(' ', g.Rows.Select(r => r.Participant))));
        Assert.All(Rows(grid), row =>
        {
            Assert.Equal(["RCM-A1", "RCM-A2", "RCM-A3"], row.Cells.Select(c => c.Area));
            Assert.All(row.Cells, c =>
            {
                Assert.Equal(CellCount.None, c.Count);
                Assert.Equal(grid.Kinds.Select(k => k.Code), c.Recorded.Select(k => k.Kind));
            });
        });
        Assert.Equal(CellCount.None, grid.Total);
    }

    [Fact]
    public async Task A_group_is_of_the_day_and_a_role_with_a_coarse_date_holds_from_its_first_day()
    {
        await using var given = await Given.ARegistryAsync();
        Assert.DoesNotContain("PAN", await MembersAsync("2016-12-31"));
        Assert.Contains("PAN", await MembersAsync("2017-01-01"));
        await given.DoesAsync(new EndRole("PAN", "member", "RCM", new EffectiveDate("2019-06"), "It left.", "notes"));
        Assert.Contains("PAN", await MembersAsync("2019-05-31"));
        Assert.DoesNotContain("PAN", await MembersAsync("2019-06-01"));

        async Task<IEnumerable<string>> MembersAsync(string on) =>
            (await given.AsksAsync(new GetRcmProgressGrid(given.At(on)))).Groups[0].Rows.Select(r => r.Participant);
    }

    [Fact]
    public async Task What_is_owed_what_was_asked_and_what_was_recorded_are_never_added_up()
    {
        await using var given = await Given.ARegistryAsync();
        var owed = await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A1");
        await given.RecordsAsync(Recommendation, "rcm-areas/2016 RCM-A1");
        await given.RecordsAsync(Initiative with { Participant = "HND" });
        await given.RecordsAsync(Initiative with { Participant = "HND", Kind = "policy", Areas = ["RCM-A1", "RCM-A2"] });
        await given.ReportsAsync(owed, "HND", ClaimedStatus.InProgress, "2016-11-10");
        var cell = Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2016-12-01"))), "HND", "RCM-A1");
        Assert.Equal(new CellCount(Owed: 1, Asked: 1, Recorded: 3, OwedAsMember: 0, AskedAsMember: 0), cell.Count);
        Assert.Equal(("conclusion", "in-progress"), (Assert.Single(cell.Owed).Kind, cell.Owed[0].Status));
        Assert.Equal(("recommendation", null), (Assert.Single(cell.Asked).Kind, cell.Asked[0].Status));
        Assert.Equal(["policy 1", "programme 1", "project 0", "news 0", "report 1"], cell.Recorded.Select(k => $"{k.Kind} {k.Entries.Count}"));
    }

    [Fact]
    public async Task The_promise_of_a_collective_is_in_each_members_row_as_the_collectives_and_counted_once_as_owed()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Conclusion, "rcm-areas/2016 RCM-A2");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2016-11-10");
        var grid = await given.AsksAsync(new GetRcmProgressGrid(given.At("2016-12-01")));
        foreach (var member in new[] { "CRI", "HND", "MEX" })
        {
            var cell = Cell(grid, member, "RCM-A2");
            var item = Assert.Single(cell.Owed);
            Assert.Equal("RCM-MEMBERS", item.Collective);
            // What one member says of its share is that member's alone.
            Assert.Equal(member == "CRI" ? "fulfilled" : null, item.Status);
            Assert.Equal((0, 1), (cell.Count.Owed, cell.Count.OwedAsMember));
        }
        var collective = Assert.Single(grid.Groups.Single(g => g.Role == "collective").Rows);
        Assert.Equal("RCM-MEMBERS", collective.Participant);
        Assert.Null(Assert.Single(collective.Cells[1].Owed).Collective);
        Assert.Null(collective.Cells[1].Owed[0].Status);
        Assert.Empty(Cell(grid, "COL", "RCM-A2").Owed);
        Assert.Equal(new CellCount(Owed: 1, Asked: 0, Recorded: 1, OwedAsMember: 3, AskedAsMember: 0), grid.ColumnTotals[1]);
        Assert.Equal(grid.ColumnTotals[1], grid.Total);
    }

    [Fact]
    public async Task Who_is_named_and_is_a_member_of_the_collective_too_owes_once_itself()
    {
        await using var given = await Given.ARegistryAsync();
        await given.RecordsAsync(Conclusion with { Owing = ["RCM-MEMBERS", "HND"] }, "rcm-areas/2016 RCM-A1");
        var cell = Cell(await given.AsksAsync(new GetRcmProgressGrid(given.Now)), "HND", "RCM-A1");
        Assert.Null(Assert.Single(cell.Owed).Collective);
        Assert.Equal((1, 0), (cell.Count.Owed, cell.Count.OwedAsMember));
    }

    [Fact]
    public async Task What_names_nobody_has_a_row_of_its_own()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Conclusion with { Owing = [] }, "rcm-areas/2016 RCM-A3");
        var grid = await given.AsksAsync(new GetRcmProgressGrid(given.Now));
        Assert.Equal(id, Assert.Single(grid.NobodyNamed[2].Owed).Pledge);
        Assert.Empty(grid.NobodyNamed[0].Owed);
        Assert.Equal(CellCount.None, grid.Total);
    }

    [Fact]
    public async Task What_was_withdrawn_stays_in_its_cell_marked_and_is_not_counted()
    {
        await using var given = await Given.ARegistryAsync();
        var pledge = await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A1");
        await given.ReportsAsync(pledge, "HND", ClaimedStatus.Planning, "2016-11-01");
        var initiative = await given.RecordsAsync(Initiative with { Participant = "HND" });
        await given.WithdrawsAsync(pledge, "2017-03");
        await given.DoesAsync(new WithdrawInitiative(initiative, given.VersionOf(initiative), new EffectiveDate("2017-03-15"), "It never began."));
        var before = Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2017-03-14"))), "HND", "RCM-A1");
        Assert.Equal(new CellCount(1, 0, 2, 0, 0), before.Count);
        Assert.Null(before.Owed[0].Ended);
        var after = Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2017-03-31"))), "HND", "RCM-A1");
        Assert.Equal(CellCount.None, after.Count);
        Assert.Equal(EndingKind.Withdrawn, Assert.Single(after.Owed).Ended);
        Assert.Equal([EndingKind.Withdrawn, EndingKind.Withdrawn], after.Recorded.SelectMany(k => k.Entries).Select(e => e.Ended));
    }

    [Fact]
    public async Task A_claim_with_a_coarse_date_holds_from_its_last_day_and_ties_go_to_the_later_position()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A1");
        await given.ReportsAsync(id, "HND", ClaimedStatus.Fulfilled, "2017-02");
        await given.ReportsAsync(id, "HND", ClaimedStatus.Planning, "2016-12-01");
        Assert.Equal("planning", await StatusAsync("2017-02-27"));
        Assert.Equal("fulfilled", await StatusAsync("2017-02-28"));
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2017-02-28");
        Assert.Equal("in-progress", await StatusAsync("2017-02-28"));
        await given.DoesAsync(new CorrectReport(id, given.VersionOf(id), 1, Given.Report("HND", ClaimedStatus.PartiallyFulfilled, "2017-02"), "A slip."));
        Assert.Equal("in-progress", await StatusAsync("2017-02-28"));

        async Task<string?> StatusAsync(string on) => Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At(on))), "HND", "RCM-A1").Owed[0].Status;
    }

    [Fact]
    public async Task A_mapping_that_is_retired_leaves_the_grid_from_that_size_on()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A1");
        var size = given.Size;
        await given.DoesAsync(new RetireMapping(id, Given.Item("rcm-areas/2016 RCM-A1"), "It is about something else."));
        Assert.Single(Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2016-12-01", size))), "HND", "RCM-A1").Owed);
        Assert.Empty(Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2016-12-01"))), "HND", "RCM-A1").Owed);
    }

    [Fact]
    public async Task An_initiative_stays_in_the_grid_of_each_meeting_it_was_reported_to_as_it_was_then()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Initiative);
        await given.UpdatesAsync(id, Initiative with { Novelty = "completed", Meeting = "RCM-2017-XXII", EffectiveOn = new EffectiveDate("2017-10") });
        Assert.Equal("new", await NoveltyAsync("RCM-2016-XXI"));
        Assert.Equal("completed", await NoveltyAsync("RCM-2017-XXII"));
        Assert.Equal("completed", await NoveltyAsync(null));
        Assert.Null(await NoveltyAsync("RCM-2016-WORKSHOP"));

        async Task<string?> NoveltyAsync(string? meeting) => Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2018-01-01"), meeting)), "CRI", "RCM-A1")
            .Recorded.SelectMany(k => k.Entries).SingleOrDefault()?.Status;
    }

    [Fact]
    public async Task A_report_belongs_to_the_regular_meeting_that_it_was_news_to()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A1");
        await given.ReportsAsync(id, "HND", ClaimedStatus.Planning, "2016-11-18");
        await given.ReportsAsync(id, "HND", ClaimedStatus.InProgress, "2016-11-19");
        await given.ReportsAsync(id, "HND", ClaimedStatus.Fulfilled, "2017-11-17");
        Assert.Equal([1], await ReportsAsync("RCM-2016-XXI"));
        Assert.Equal([2, 3], await ReportsAsync("RCM-2017-XXII"));
        Assert.Empty(await ReportsAsync("RCM-2016-WORKSHOP"));
        Assert.Equal([1, 2, 3], await ReportsAsync(null));

        async Task<IEnumerable<int>> ReportsAsync(string? meeting) => Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2018-01-01"), meeting)), "HND", "RCM-A1")
            .Recorded.Single(k => k.Kind == "report").Entries.Select(e => e.Report!.Value);
    }

    [Fact]
    public async Task A_period_is_half_open_and_shows_what_held_in_it()
    {
        await using var given = await Given.ARegistryAsync();
        var id = await given.RecordsAsync(Initiative with { EffectiveOn = EffectiveDate.On(2016, 11, 1) });
        await given.UpdatesAsync(id, Initiative with { Novelty = "updated", EffectiveOn = EffectiveDate.On(2017, 6, 1) });
        Assert.Equal("new", await NoveltyAsync("2016-11-01", "2017-06-01"));
        Assert.Null(await NoveltyAsync("2016-11-02", "2017-06-01"));
        Assert.Equal("updated", await NoveltyAsync("2017-06-01", "2017-06-02"));

        async Task<string?> NoveltyAsync(string from, string until) => Cell(
                await given.AsksAsync(new GetRcmProgressGrid(given.At("2018-01-01"), null, Given.Day(from), Given.Day(until))), "CRI", "RCM-A1")
            .Recorded.SelectMany(k => k.Entries).SingleOrDefault()?.Status;
    }

    [Fact]
    public async Task What_was_recorded_is_published_though_its_coarse_date_ends_later()
    {
        await using var given = await Given.ARegistryAsync();
        given.On("2017-04-10");
        await given.RecordsAsync(Conclusion with { Owing = ["HND"], AnnouncedOn = new EffectiveDate("2017") }, "rcm-areas/2016 RCM-A1");
        await given.RecordsAsync(Initiative with { Participant = "HND", EffectiveOn = new EffectiveDate("2017") });
        Assert.Equal(new CellCount(1, 0, 1, 0, 0), Cell(await given.AsksAsync(new GetRcmProgressGrid(given.Now)), "HND", "RCM-A1").Count);
        Assert.Equal(CellCount.None, Cell(await given.AsksAsync(new GetRcmProgressGrid(given.At("2017-04-09"))), "HND", "RCM-A1").Count);
    }

    [Fact]
    public async Task An_area_that_a_later_version_drops_keeps_its_column_while_something_is_in_it()
    {
        await using var given = await Given.ARegistryAsync();
        await given.RecordsAsync(Conclusion with { Owing = ["HND"] }, "rcm-areas/2016 RCM-A3");
        await SampleData.VersionAsync(given, "rcm-areas", "2020", "2020-01-01", false, [("RCM-A1", null), ("RCM-B1", null)]);
        await given.DoesAsync(new RetireFramework("rcm-areas/2016", new EffectiveDate("2020"), "A new list."));
        var grid = await given.AsksAsync(new GetRcmProgressGrid(given.At("2020-06-01")));
        Assert.Equal(["RCM-A1", "RCM-B1", "RCM-A3"], grid.Areas.Select(a => a.Code));
        Assert.Single(Cell(grid, "HND", "RCM-A3").Owed);
        Assert.Equal("RCM-A1 of 2016", (await given.AsksAsync(new GetRcmProgressGrid(given.At("2019-12-31")))).Areas[0].Label);
    }

    [Fact]
    public async Task Labels_are_in_the_readers_language()
    {
        await using var given = await Given.ARegistryAsync();
        var grid = await given.AsksAsync(new GetRcmProgressGrid(given.Now with { Language = "es" }));
        Assert.Equal("RCM-A1 of 2016 (es)", grid.Areas[0].Label);
        Assert.Equal("member of 1 (es)", grid.Groups[0].Label);
        Assert.Equal("MEX (es)", grid.Groups[0].Rows.Single(r => r.Participant == "MEX").Name);
    }

    private static IEnumerable<GridRow> Rows(GridView grid) => grid.Groups.SelectMany(g => g.Rows);

    private static GridCell Cell(GridView grid, string participant, string area) => Rows(grid).Single(r => r.Participant == participant).Cells.Single(c => c.Area == area);
}

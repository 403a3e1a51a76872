using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Participants;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Time;

/// <summary>The edges of both kinds of time, each by its name.</summary>
public sealed class EdgesOfTimeTests : IAsyncLifetime
{
    private Given given = null!;

    public async Task InitializeAsync() => given = await Given.ARegistryAsync();

    public async Task DisposeAsync() => await given.DisposeAsync();

    [Theory]
    // A leap day is a day, and the last one of its month.
    [InlineData("2024-02-29", "2024-02-28", "2024-02-29")]
    [InlineData("2024-02", "2024-02-28", "2024-02-29")]
    [InlineData("2023-02", "2023-02-27", "2023-02-28")]
    // A quarter holds from its last day, and so does a half; a winter ends with the February of the next year.
    [InlineData("2023-33", "2023-03-30", "2023-03-31")]
    [InlineData("2023-36", "2023-12-30", "2023-12-31")]
    [InlineData("2023-40", "2023-06-29", "2023-06-30")]
    [InlineData("2023-24", "2024-02-28", "2024-02-29")]
    [InlineData("2023", "2023-12-30", "2023-12-31")]
    public async Task A_claim_holds_from_the_last_day_that_its_date_can_mean(string date, string before, string from)
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        await given.On("2025-01-10").ReportsAsync(pledge, "CRI", ClaimedStatus.Fulfilled, date);
        Assert.Equal((null, "fulfilled"), (await ClaimedAsync(pledge, given.At(before)), await ClaimedAsync(pledge, given.At(from))));
    }

    [Fact]
    public async Task Of_two_claims_of_one_day_the_one_recorded_later_holds_also_where_one_was_coarse()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        await given.On("2024-01-10").ReportsAsync(pledge, "CRI", ClaimedStatus.InProgress, "2023-12-31");
        var one = given.Now;
        await given.ReportsAsync(pledge, "CRI", ClaimedStatus.Planning, "2023");
        Assert.Equal(("in-progress", "planning"), (await ClaimedAsync(pledge, one), await ClaimedAsync(pledge, given.Now)));
    }

    [Fact]
    public async Task A_correction_of_a_correction_is_what_is_known_and_each_size_knows_its_own()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge() with { Title = "First" });
        var sizes = new List<long> { given.Size };
        foreach (var title in new[] { "Second", "Third" })
        {
            await given.On($"202{sizes.Count + 2}-01-01").CorrectsAsync(pledge, SampleRegistry.Pledge() with { Title = title });
            sizes.Add(given.Size);
        }
        var titles = new List<string>();
        foreach (var size in sizes)
        {
            // On a day before either correction: what was true then, as it was known to be.
            titles.Add((await PledgeAsync(pledge, given.At("2022-07-01", size))).Content.Title);
        }
        Assert.Equal(["First", "Second", "Third"], titles);
    }

    [Fact]
    public async Task A_correction_of_a_corrected_report_moves_what_is_claimed_on_days_long_past()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        await given.On("2023-06-01").ReportsAsync(pledge, "CRI", ClaimedStatus.Fulfilled, "2023-05-01");
        var sizes = new List<long> { given.Size };
        foreach (var (status, on) in new[] { (ClaimedStatus.InProgress, "2023-05-01"), (ClaimedStatus.Planning, "2023-08-01") })
        {
            await given.DoesAsync(new CorrectReport(pledge, given.VersionOf(pledge), 1, Given.Report("CRI", status, on), "It was misread."));
            sizes.Add(given.Size);
        }
        Assert.Equal("fulfilled, in-progress, ", string.Join(", ", await Task.WhenAll(sizes.Select(size => ClaimedAsync(pledge, given.At("2023-07-01", size))))));
        Assert.Equal("planning", await ClaimedAsync(pledge, given.At("2023-08-01")));
    }

    [Fact]
    public async Task A_withdrawal_that_holds_later_than_it_was_recorded_ends_it_on_its_day_and_not_before()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        var before = given.Size;
        await given.On("2023-01-10").WithdrawsAsync(pledge, "2024-07-01");
        Assert.Null((await PledgeAsync(pledge, given.At("2024-06-30"))).Ended);
        Assert.Equal(EndingKind.Withdrawn, (await PledgeAsync(pledge, given.At("2024-07-01"))).Ended);
        // Who knew nothing of it yet sees it go on.
        Assert.Null((await PledgeAsync(pledge, given.At("2024-07-01", before))).Ended);
    }

    [Fact]
    public async Task A_withdrawal_that_is_recorded_late_holds_on_days_long_past_for_who_knows_it()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        var before = given.Size;
        await given.On("2025-01-10").WithdrawsAsync(pledge, "2023-07-01");
        Assert.Equal(EndingKind.Withdrawn, (await PledgeAsync(pledge, given.At("2023-07-01"))).Ended);
        Assert.Null((await PledgeAsync(pledge, given.At("2023-07-01", before))).Ended);
    }

    [Fact]
    public async Task A_role_that_ended_is_none_from_the_day_of_its_end_and_was_one_until_the_day_before()
    {
        await given.On("2023-06-01").DoesAsync(new EndRole("HND", "member", "RCM", new EffectiveDate("2023-07-01"), "It left.", "notes"));
        Assert.Equal((true, false), (await IsMemberAsync("HND", given.At("2023-06-30")), await IsMemberAsync("HND", given.At("2023-07-01"))));
    }

    [Fact]
    public async Task An_instant_with_several_entries_has_them_all_and_a_size_reads_amid_them()
    {
        given.On("2022-06-01T10:00:00Z");
        var first = await given.RecordsAsync(SampleRegistry.Pledge());
        var amid = given.Size;
        var second = await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Another" });
        given.On("2022-06-02");
        var (basis, _) = new BasisResolver(given.Registry, given.Models.Meetings, given.Clock).Resolve(new BasisRequest(AsOf: "2022-06-01T10:00:00Z"));
        Assert.Equal(given.Size, basis!.Size);
        Assert.Equal([first, second], await IdsAsync(given.At("2022-06-01")));
        Assert.Equal([first], await IdsAsync(given.At("2022-06-01", amid)));
    }

    [Fact]
    public async Task As_known_in_one_year_and_true_in_another_are_two_questions()
    {
        var pledge = await given.On("2022-06-01").RecordsAsync(SampleRegistry.Pledge());
        await given.On("2022-06-10").ReportsAsync(pledge, "CRI", ClaimedStatus.InProgress, "2022-06-05");
        var may = given.Size;
        // Found later: it had been done all the time.
        await given.On("2024-02-01").ReportsAsync(pledge, "CRI", ClaimedStatus.Fulfilled, "2022-06-20");
        Assert.Equal("in-progress", await ClaimedAsync(pledge, given.At("2022-07-01", may)));
        Assert.Equal("fulfilled", await ClaimedAsync(pledge, given.At("2022-07-01")));
        Assert.Equal("in-progress", await ClaimedAsync(pledge, given.At("2022-06-19")));
    }

    private async Task<FollowUpLine> LineAsync(string pledge, Reading reading) => (await given.AsksAsync(new GetImrfFollowUp(reading, "2022"))).Lines.Single(l => l.Pledge == pledge && l.Party == "CRI");

    private async Task<string?> ClaimedAsync(string pledge, Reading reading) => (await LineAsync(pledge, reading)).Claimed;

    private async Task<PledgeView> PledgeAsync(string pledge, Reading reading) => (await given.AsksAsync(new GetPledge(reading, pledge)))!;

    private async Task<bool> IsMemberAsync(string code, Reading reading) =>
        (await given.AsksAsync(new ListParticipants(reading, Role: "member", Scope: "RCM"))).Participants.Any(p => p.Code == code);

    private async Task<IEnumerable<string>> IdsAsync(Reading reading) => (await given.AsksAsync(new ListPledges(reading))).Pledges.Select(p => p.Id);
}

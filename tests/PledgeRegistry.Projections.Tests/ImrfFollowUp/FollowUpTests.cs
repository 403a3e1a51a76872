using PledgeRegistry.Frameworks;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;

namespace PledgeRegistry.Projections.Tests.ImrfFollowUp;

public sealed class FollowUpTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();
    private static readonly PledgeContent Recommendation = SampleRegistry.Recommendation() with
    {
        Meeting = "IMRF-2022",
        AnnouncedOn = EffectiveDate.On(2022, 5, 19),
        Addressees = ["HND"],
        Due = new Due(EffectiveDate.On(2023, 1, 1)),
    };

    [Fact]
    public async Task Without_a_commitment_every_state_and_every_objective_is_there_with_zero()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"));
        Assert.Equal(("IMRF-2022", "IMRF-2026"), (view.Forum?.Id, view.NextForum?.Id));
        Assert.Equal(["pledge", "conclusion", "statement", "recommendation"], view.ByKind.Select(g => g.Code));
        Assert.Equal(["GCM-01", "GCM-02", "GCM-15"], view.ByObjective.Select(g => g.Code));
        Assert.Equal(["RT1", "RT3"], view.ByRoundTable.Select(g => g.Code));
        Assert.Equal(["not-started", "planning", "in-progress", "partially-fulfilled", "fulfilled", "discontinued", "no-report"], view.Total.Claimed.Keys);
        Assert.Equal(["verified", "partly-verified", "not-verifiable", "disagrees", "clarification-asked", "answered", "not-reviewed"], view.Total.Verified.Keys);
        Assert.Equal(["fresh", "not-yet-expected", "silent", "not-applicable"], view.Total.Freshness.Keys);
        Assert.Equal(["on-time", "fulfilled-late", "late", "not-yet-due", "no-due-date", "not-applicable"], view.Total.Timeliness.Keys);
        Assert.Equal(["noted", "supported", "not-answered"], view.Total.Answers.Keys);
        Assert.Equal(["withdrawn", "superseded", "completed", "duplicate", "split", "merged"], view.Total.Ended.Keys);
        Assert.All(view.ByKind.Concat(view.ByObjective).Select(g => g.Counts).Append(view.Total), c =>
            Assert.Equal(0, new[] { c.Commitments, c.Ended, c.Claimed, c.Verified, c.Freshness, c.Timeliness, c.Answers }.Sum(d => d.Values.Sum())));
    }

    [Fact]
    public async Task Claimed_verified_fresh_and_on_time_are_four_things()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        Assert.Equal((null, null, Freshness.NotYetExpected, Timeliness.NotYetDue), await StateAsync("2022-06-01"));
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2023-03");
        Assert.Equal((null, null, Freshness.NotYetExpected, Timeliness.NotYetDue), await StateAsync("2023-03-30"));
        Assert.Equal(("fulfilled", null, Freshness.Fresh, Timeliness.OnTime), await StateAsync("2023-03-31"));
        await given.ReviewsAsync(id, ReviewView.Disagrees, "2023-09-01");
        Assert.Equal(("fulfilled", "disagrees", Freshness.Fresh, Timeliness.OnTime), await StateAsync("2023-09-01"));
        Assert.Equal(("fulfilled", "disagrees", Freshness.Silent, Timeliness.OnTime), await StateAsync("2027-01-01"));
        var counts = (await given.AsksAsync(new GetImrfFollowUp(given.At("2027-01-01"), "2022"))).Total;
        Assert.Equal((1, 1, 1, 1), (counts.Claimed["fulfilled"], counts.Verified["disagrees"], counts.Freshness["silent"], counts.Timeliness["on-time"]));

        async Task<(string?, string?, Freshness, Timeliness)> StateAsync(string on)
        {
            var line = Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines);
            return (line.Claimed, line.Verified, line.Freshness, line.Timeliness);
        }
    }

    [Fact]
    public async Task No_report_received_is_a_state_of_its_own()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge);
        var started = await given.RecordsAsync(Pledge with { Title = "Another" });
        await given.ReportsAsync(started, "CRI", ClaimedStatus.NotStarted, "2022-12-01");
        var claimed = (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-01-01"), "2022"))).Total.Claimed;
        Assert.Equal((1, 1, 2), (claimed["no-report"], claimed["not-started"], claimed.Values.Sum()));
    }

    [Fact]
    public async Task Kinds_are_always_told_apart()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge);
        await given.RecordsAsync(Recommendation);
        await given.RecordsAsync(Pledge with { Kind = PledgeKind.Statement, Title = "A statement" });
        await given.RecordsAsync(Pledge with { Kind = PledgeKind.Statement, Title = "Another statement" });
        var view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"));
        Assert.Equal(["pledge 1", "conclusion 0", "statement 2", "recommendation 1"], view.ByKind.Select(g => $"{g.Code} {g.Counts.Commitments.Values.Sum()}"));
        Assert.All(view.ByKind, g => Assert.Equal(g.Counts.Commitments[g.Code], g.Counts.Commitments.Values.Sum()));
        Assert.Equal([1, 0, 2, 1], view.Total.Commitments.Values);
        view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022", Kind: "recommendation"));
        Assert.Equal("recommendation", Assert.Single(view.Lines).Kind);
        Assert.Equal((1, 0), (view.Total.Commitments["recommendation"], view.Total.Commitments["pledge"]));
    }

    [Fact]
    public async Task An_addressee_is_never_silent_or_late()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        var id = await given.RecordsAsync(Recommendation with { Addressees = ["HND", "RCM-MEMBERS"] });
        var lines = (await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"))).Lines;
        Assert.Equal(["HND", "RCM-MEMBERS"], lines.Select(l => l.Party));
        Assert.All(lines, l => Assert.Equal((Part.Asked, null, null, Freshness.NotApplicable, Timeliness.NotApplicable), (l.Part, l.Claimed, l.Answer, l.Freshness, l.Timeliness)));
        await given.AnswersAsync(id, "HND", AddresseeAnswer.Noted, "2022-06-01");
        await given.AnswersAsync(id, "HND", AddresseeAnswer.Supported, "2022-09");
        await given.AnswersAsync(id, "CRI", AddresseeAnswer.Noted, "2022-09-01");
        Assert.Equal(["HND noted"], await AnswersAsync("2022-08-31"));
        Assert.Equal(["HND noted", "CRI noted"], await AnswersAsync("2022-09-01"));
        Assert.Equal(["HND supported", "CRI noted"], await AnswersAsync("2022-09-30"));
        var total = (await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"))).Total;
        Assert.Equal((1, 1, 1), (total.Answers["supported"], total.Answers["noted"], total.Answers["not-answered"]));
        Assert.Equal(0, total.Claimed.Values.Sum() + total.Freshness.Values.Sum() + total.Timeliness.Values.Sum());

        async Task<IEnumerable<string>> AnswersAsync(string on) =>
            (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Lines.Where(l => l.Answer is not null).Select(l => $"{l.Party} {l.Answer}");
    }

    [Fact]
    public async Task A_collectives_promise_has_one_line_and_a_member_one_of_its_own_only_if_it_reported()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { By = [], Owing = ["RCM-MEMBERS"] });
        Assert.Equal(["RCM-MEMBERS Owes "], await LinesAsync(null));
        await given.ReportsAsync(id, "HND", ClaimedStatus.Planning, "2022-06-01");
        Assert.Equal(["RCM-MEMBERS Owes ", "HND OwesAsMember RCM-MEMBERS"], await LinesAsync(null));
        // What touches a member is the collective's line, and its own.
        Assert.Equal(["RCM-MEMBERS Owes "], await LinesAsync("MEX"));
        Assert.Equal(["RCM-MEMBERS Owes ", "HND OwesAsMember RCM-MEMBERS"], await LinesAsync("HND"));
        Assert.Empty(await LinesAsync("MAR"));

        async Task<IEnumerable<string>> LinesAsync(string? party) =>
            (await given.AsksAsync(new GetImrfFollowUp(given.At("2022-07-01"), "2022", Party: party))).Lines.Select(l => $"{l.Party} {l.Part} {l.Collective}");
    }

    [Fact]
    public async Task A_commitment_that_names_nobody_has_a_line()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        await given.RecordsAsync(Recommendation with { Kind = PledgeKind.Conclusion, Addressees = [] });
        var view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"));
        Assert.Equal((null, null, Freshness.NotApplicable, Timeliness.NotApplicable), (view.Lines[0].Party, view.Lines[0].Part, view.Lines[0].Freshness, view.Lines[0].Timeliness));
        Assert.Equal(1, view.Total.Commitments["conclusion"]);
        Assert.Empty(view.ByParty);
    }

    [Fact]
    public async Task A_review_of_one_partys_report_says_nothing_of_another()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { Owing = ["CRI", "HND"] });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Fulfilled, "2022-09-01");
        await given.ReviewsAsync(id, ReviewView.Verified, "2022-10-01", report: 1);
        await given.ReviewsAsync(id, ReviewView.NotVerifiable, "2022-11-01", standing: ReviewStanding.Independent);
        Assert.Equal(["CRI verified not-verifiable", "HND  not-verifiable"],
            (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-01-01"), "2022"))).Lines.Select(l => $"{l.Party} {l.Verified} {l.Independent}"));
        await given.ReviewsAsync(id, ReviewView.PartlyVerified, "2022-10");
        Assert.Equal(["partly-verified", "partly-verified"], (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-01-01"), "2022"))).Lines.Select(l => l.Verified));
        Assert.Equal(["verified", null], (await given.AsksAsync(new GetImrfFollowUp(given.At("2022-10-30"), "2022"))).Lines.Select(l => l.Verified));
    }

    [Fact]
    public async Task What_was_withdrawn_has_its_line_marked_and_is_counted_apart()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.WithdrawsAsync(id, "2023");
        Assert.Equal((null, 1, 0), await StateAsync("2023-12-30"));
        Assert.Equal((EndingKind.Withdrawn, 0, 1), await StateAsync("2023-12-31"));
        var view = await given.AsksAsync(new GetImrfFollowUp(given.At("2030-01-01"), "2022"));
        Assert.Equal((Freshness.NotApplicable, Timeliness.NotApplicable), (view.Lines[0].Freshness, view.Lines[0].Timeliness));
        Assert.Equal(1, view.ByObjective.Single(g => g.Code == "GCM-15").Counts.Ended["withdrawn"]);

        async Task<(EndingKind?, int, int)> StateAsync(string on)
        {
            var v = await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"));
            return (Assert.Single(v.Lines).Ended, v.Total.Claimed["no-report"], v.Total.Ended.Values.Sum());
        }
    }

    [Fact]
    public async Task An_action_counts_for_its_objective_and_its_round_table_and_empty_objectives_come_first()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-01", "gcm/2018 GCM-15.e", "rcm-areas/2016 RCM-A1");
        var view = await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"));
        Assert.Equal(["GCM-01", "GCM-15"], view.Lines[0].Objectives);
        Assert.Equal(["RT3"], view.Lines[0].RoundTables);
        Assert.Equal(["GCM-02", "GCM-01", "GCM-15"], view.ByObjective.Select(g => g.Code));
        Assert.Equal((0, 1), (view.ByRoundTable[0].Counts.Commitments["pledge"], view.ByRoundTable[1].Counts.Commitments["pledge"]));
        Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022", Objective: "GCM-15"))).Lines);
        Assert.Empty((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022", Objective: "GCM-02"))).Lines);
        Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022", RoundTable: "RT3"))).Lines);
        Assert.Empty((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022", RoundTable: "RT1"))).Lines);
    }

    [Fact]
    public async Task A_cycle_has_what_was_announced_at_its_forum_and_beside_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-20");
        await given.RecordsAsync(Pledge with { Meeting = "IMRF-2022-SIDE", AnnouncedOn = EffectiveDate.On(2022, 5, 19) });
        await given.RecordsAsync(Pledge with { Meeting = "IMRF-2026", AnnouncedOn = EffectiveDate.On(2022, 5, 19) });
        await given.RecordsAsync(SampleRegistry.Conclusion());
        Assert.Equal("IMRF-2022-SIDE", Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2022"))).Lines).Meeting);
        Assert.Equal("IMRF-2026", Assert.Single((await given.AsksAsync(new GetImrfFollowUp(given.Now, "2026"))).Lines).Meeting);
        var none = await given.AsksAsync(new GetImrfFollowUp(given.Now, "1999"));
        Assert.Empty(none.Lines);
        Assert.Null(none.Forum);
    }

    [Fact]
    public async Task The_next_forum_is_known_though_only_its_year_is()
    {
        await using var given = await Given.ARegistryAsync();
        Assert.Equal("IMRF-2026", await NextAsync("2026-05-06"));
        Assert.Equal("IMRF-2030", await NextAsync("2026-05-07"));
        Assert.Equal("IMRF-2030", await NextAsync("2030-12-31"));
        Assert.Null(await NextAsync("2031-01-01"));

        async Task<string?> NextAsync(string on) => (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).NextForum?.Id;
    }

    [Fact]
    public async Task Changes_are_what_was_recorded_after_the_forum_until_the_day_of_the_reading()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18T23:59:59.999Z");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        given.On("2022-05-19T00:00:00Z");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-05-19");
        given.On("2023-02-01");
        await given.WithdrawsAsync(id, "2023-02-01");
        Assert.Empty(await ChangesAsync("2022-05-18"));
        Assert.Equal(["pledge-progress-reported.v2"], await ChangesAsync("2023-01-31"));
        Assert.Equal(["pledge-progress-reported.v2", "pledge-withdrawn.v1"], await ChangesAsync("2023-02-01"));

        async Task<IEnumerable<string>> ChangesAsync(string on) => (await given.AsksAsync(new GetImrfFollowUp(given.At(on), "2022"))).Changes.Select(c => c.Type);
    }

    [Fact]
    public async Task A_pledge_that_is_mapped_to_another_version_keeps_its_objective()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.RecordsAsync(Pledge, "gcm/2018 GCM-15.e");
        await SampleData.VersionAsync(given, "gcm", "2030", "2030", false, [("GCM-15", null), ("GCM-24", null)]);
        await given.DoesAsync(new RetireFramework("gcm/2018", new EffectiveDate("2030"), "Replaced."));
        var view = await given.AsksAsync(new GetImrfFollowUp(given.At("2030-02-01"), "2022"));
        Assert.Equal(["GCM-24 0", "GCM-15 1"], view.ByObjective.Select(g => $"{g.Code} {g.Counts.Commitments["pledge"]}"));
    }

    [Fact]
    public async Task A_party_is_one_on_the_day_of_the_reading()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { By = [], Owing = ["RCM-MEMBERS"] });
        await given.ReportsAsync(id, "PAN", ClaimedStatus.Planning, "2022-06-01");
        await given.DoesAsync(new EndRole("PAN", "member", "RCM", new EffectiveDate("2023"), "It left.", "notes"));
        Assert.Contains("PAN", (await given.AsksAsync(new GetImrfFollowUp(given.At("2022-12-31"), "2022"))).Lines.Select(l => l.Party));
        Assert.DoesNotContain("PAN", (await given.AsksAsync(new GetImrfFollowUp(given.At("2023-01-01"), "2022"))).Lines.Select(l => l.Party));
    }
}

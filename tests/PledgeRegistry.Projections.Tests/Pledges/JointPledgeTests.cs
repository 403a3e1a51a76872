using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ImrfFollowUp;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Pledges;

/// <summary>A common pledge, whose parties come, share, report and leave by themselves.</summary>
public sealed class JointPledgeTests
{
    private static readonly PledgeContent Common = SampleRegistry.CommonPledge();

    [Fact]
    public async Task Who_was_invited_owes_nothing_until_it_accepts_and_who_declines_never_did()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.InvitesAsync(id, "MEX", "2022-06-01");
        await given.InvitesAsync(id, "PAN", "2022-06-01");
        await given.AcceptsAsync(id, "MEX", "2022-09");
        await given.DeclinesAsync(id, "PAN", "2022-10-01");
        Assert.Equal(["CRI Owes", "HND Owes"], await LinesAsync(given, id, "2022-05-31"));
        Assert.Equal(["CRI Owes", "HND Owes", "MEX Invited", "PAN Invited"], await LinesAsync(given, id, "2022-09-29"));
        Assert.Equal(["CRI Owes", "HND Owes", "MEX Owes since 2022-09-30", "PAN Invited"], await LinesAsync(given, id, "2022-09-30"));
        Assert.Equal(["CRI Owes", "HND Owes", "MEX Owes since 2022-09-30", "PAN Declined"], await LinesAsync(given, id, "2022-10-01"));
        var declined = (await PageAsync(given, id, "2030-01-01")).Parties.Single(p => p.Participant.Id == "PAN");
        Assert.Equal(("Not this year.", Freshness.NotApplicable, Timeliness.NotApplicable, null), (declined.Act?.Text, declined.Freshness, declined.Timeliness, declined.DueOn));
    }

    [Fact]
    public async Task Who_left_keeps_its_line_with_what_it_claimed_and_owes_again_once_it_comes_back()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.ReportsAsync(id, "HND", ClaimedStatus.PartiallyFulfilled, "2023-01-15");
        await given.LeavesAsync(id, "HND", "2023-06-01");
        await given.InvitesAsync(id, "HND", "2025-01-10");
        await given.AcceptsAsync(id, "HND", "2025-03-01");
        Assert.Equal(["CRI Owes", "HND Owes"], await LinesAsync(given, id, "2023-05-31"));
        Assert.Equal(["CRI Owes", "HND Left"], await LinesAsync(given, id, "2023-06-01"));
        Assert.Equal(["CRI Owes", "HND Invited"], await LinesAsync(given, id, "2025-01-10"));
        Assert.Equal(["CRI Owes", "HND Owes since 2025-03-01"], await LinesAsync(given, id, "2025-03-01"));
        var left = (await PageAsync(given, id, "2024-01-01")).Parties.Single(p => p.Participant.Id == "HND");
        Assert.Equal(("partially-fulfilled", Freshness.NotApplicable, Timeliness.NotApplicable), (left.Claimed?.Code, left.Freshness, left.Timeliness));
    }

    [Fact]
    public async Task A_correction_that_says_it_never_was_a_party_holds_for_the_days_before_it_left_too()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.LeavesAsync(id, "HND", "2024-01-01");
        await given.CorrectsAsync(id, Common with { By = ["CRI"], Owing = ["CRI"] });
        Assert.Equal(["CRI Owes"], await LinesAsync(given, id, "2023-01-01"));
        Assert.False(given.Registry.State.Pledges[id].OwesItself("HND", Given.Day("2023-01-01")));
        Assert.Equal(["CRI"], (await given.AsksAsync(new ListPledges(given.At("2023-01-01")))).Pledges.Single().Owing.Select(o => o.Id));
    }

    [Fact]
    public async Task An_addressee_that_accepts_owes_and_is_no_longer_only_asked()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common with { Addressees = ["MEX", "PAN"] });
        await given.InvitesAsync(id, "MEX", "2022-06-01");
        await given.AcceptsAsync(id, "MEX", "2022-07-01");
        Assert.Equal(["CRI Owes", "HND Owes", "MEX Asked", "PAN Asked"], await LinesAsync(given, id, "2022-05-31"));
        Assert.Equal(["CRI Owes", "HND Owes", "PAN Asked", "MEX Invited"], await LinesAsync(given, id, "2022-06-30"));
        Assert.Equal(["CRI Owes", "HND Owes", "MEX Owes since 2022-07-01", "PAN Asked"], await LinesAsync(given, id, "2022-07-01"));
    }

    [Fact]
    public async Task It_is_open_for_signature_on_the_days_between_and_not_while_it_has_ended()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common);
        await given.DoesAsync(new OpenForSignature(id, new EffectiveDate("2022-07"), new EffectiveDate("2022-12"), "All are welcome."));
        Assert.Equal([false, true, true, false], await OpenAsync("2022-06-30", "2022-07-01", "2022-12-31", "2023-01-01"));
        await given.DoesAsync(new CloseForSignature(id, new EffectiveDate("2022-10-01"), "Enough."));
        Assert.Equal([true, false], await OpenAsync("2022-09-30", "2022-10-01"));
        await given.DoesAsync(new OpenForSignature(id, new EffectiveDate("2023-05-01"), null, "Once more."));
        Assert.Equal([true, false, true], await OpenAsync("2022-09-30", "2023-04-30", "2040-01-01"));
        Assert.Equal("Once more.", (await PageAsync(given, id, "2022-08-01")).Signature?.Reason);
        await given.WithdrawsAsync(id, "2024-01-01");
        Assert.Equal([true, false], await OpenAsync("2023-12-31", "2024-01-01"));

        async Task<List<bool>> OpenAsync(params string[] days)
        {
            var open = new List<bool>();
            foreach (var day in days)
            {
                open.Add((await PageAsync(given, id, day)).OpenForSignature);
            }
            return open;
        }
    }

    [Fact]
    public async Task A_partys_share_is_its_own_and_holds_from_its_date()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Common with { Due = new Due(new EffectiveDate("2026-05")) });
        await given.SharesAsync(id, "CRI", SampleRegistry.Share("12"), "2022-06");
        await given.SharesAsync(id, "CRI", SampleRegistry.Share("15") with { Due = null }, "2023-01-01");
        Assert.Equal([(null, "2026-05-31"), (null, "2026-05-31")], await SharesAsync("2022-06-29"));
        Assert.Equal([("12", "2025-12-31"), (null, "2026-05-31")], await SharesAsync("2022-06-30"));
        Assert.Equal([("15", "2026-05-31"), (null, "2026-05-31")], await SharesAsync("2023-01-01"));

        async Task<IEnumerable<(string?, string?)>> SharesAsync(string on) => (await PageAsync(given, id, on)).Parties
            .Select(p => (p.Share?.Share.Targets.Single().Value, p.DueOn?.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)));
    }

    [Fact]
    public async Task A_pledge_in_partnership_names_its_goal_and_the_others_under_it_and_the_partnership_its_convener()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        await given.DoesAsync(new FormPartnership("POSTS", new PartnershipContent(Texts.Of(("en", "Posts"), ("es", "Puestos")), Texts.Of(("en", "A post at every crossing.")), "IOM", new SourcePlace("notes", "page 1"))));
        var content = SampleRegistry.Pledge() with { Type = PledgeType.InPartnership, Partnership = "POSTS" };
        var one = await given.RecordsAsync(content);
        var two = await given.RecordsAsync(content with { Title = "Another" });
        await given.AmendsAsync(two, content with { Title = "Another", Type = null, Partnership = null }, "2024-01-01");
        Assert.Equal(("Posts", "A post at every crossing."), ((await PageAsync(given, one, "2023-01-01")).Partnership?.Name, (await PageAsync(given, one, "2023-01-01")).Partnership?.Goal));
        Assert.Equal([two], (await PageAsync(given, one, "2023-12-31")).Partnership!.Pledges);
        Assert.Empty((await PageAsync(given, one, "2024-01-01")).Partnership!.Pledges);
        var view = (await given.AsksAsync(new GetPartnership(given.At("2023-01-01") with { Language = "es" }, "POSTS")))!;
        Assert.Equal(("Puestos", "A post at every crossing.", "IOM", "Notes of the side event"), (view.Name, view.Goal, view.Convener?.Id, view.Source?.Name));
        Assert.Equal([one, two], view.Pledges);
        Assert.Equal([one], Assert.Single((await given.AsksAsync(new ListPartnerships(given.At("2024-01-01")))).Partnerships).Pledges);
        Assert.Null(await given.AsksAsync(new GetPartnership(given.Now, "NONE")));
    }

    private static async Task<PledgeView> PageAsync(Given given, string id, string on) => (await given.AsksAsync(new GetPledge(given.At(on), id)))!;

    private static async Task<IEnumerable<string>> LinesAsync(Given given, string id, string on) =>
        (await PageAsync(given, id, on)).Parties.Select(p => $"{p.Participant.Id} {p.Part}{(p.Since is { } since ? $" since {since:yyyy-MM-dd}" : "")}");
}

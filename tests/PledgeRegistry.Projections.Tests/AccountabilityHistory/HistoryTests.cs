using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.AccountabilityHistory;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Projections.Tests.AccountabilityHistory;

public sealed class HistoryTests
{
    private static readonly PledgeContent Pledge = SampleRegistry.Pledge();

    [Fact]
    public async Task A_line_says_who_did_what_when_why_and_from_what_to_what()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        given.On("2023-02-03");
        var position = given.Size;
        await given.DoesAsync(
            new AmendPledge(id, 1, Pledge with { Title = "Care for every child", Due = null, Natures = ["policy-legislative", "financial"] }, new EffectiveDate("2023-03"), "There is money now."), new Author("a-02", Author.Operator, "CRI"));
        var line = (await HistoryAsync(given, $"pledge/{id}")).Lines[1];
        Assert.Equal((position, 1L, "pledge-amended.v2", "operator", "CRI", "There is money now.", "2023-03"),
            (line.Position, line.Version, line.Type, line.Role, line.OnBehalfOf, line.Reason, line.EffectiveOn?.Date));
        Assert.Equal(given.Clock.Now, line.RecordedAt);
        Assert.Equal(given.Registry.Tree.Leaf(position).ToString(), line.LeafHash);
        Assert.Equal(
            [
                new FieldChange("due.date.date", "2026-05", null),
                new FieldChange("natures", "policy-legislative", "policy-legislative, financial"),
                new FieldChange("title", Pledge.Title, "Care for every child"),
            ],
            line.Changes);
    }

    [Fact]
    public async Task The_first_entry_sets_every_field_and_a_correction_only_what_differs()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        await given.CorrectsAsync(id, Pledge with { Text = Pledge.Text + " As read." });
        await given.CorrectsAsync(id, Pledge);
        var lines = (await HistoryAsync(given, $"pledge/{id}")).Lines;
        Assert.All(lines[0].Changes, c => Assert.Null(c.From));
        Assert.Contains(new FieldChange("title", null, Pledge.Title), lines[0].Changes);
        Assert.Equal(new FieldChange("text", Pledge.Text, Pledge.Text + " As read."), Assert.Single(lines[1].Changes));
        Assert.Equal(new FieldChange("text", Pledge.Text + " As read.", Pledge.Text), Assert.Single(lines[2].Changes));
    }

    [Fact]
    public async Task A_report_that_is_corrected_differs_from_the_report_of_that_number_alone()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.InProgress, "2022-07-01");
        await given.DoesAsync(new CorrectReport(id, given.VersionOf(id), 1, Given.Report("CRI", ClaimedStatus.NotStarted, "2022-06-01"), "A slip."));
        Assert.Equal([new FieldChange("status", "planning", "not-started")], (await HistoryAsync(given, $"pledge/{id}")).Lines[3].Changes);
    }

    [Fact]
    public async Task A_mapping_that_is_retired_was_there_before_and_is_not_after()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge, "gcm/2018 GCM-15");
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        var lines = (await HistoryAsync(given, $"pledge/{id}")).Lines;
        Assert.Contains(new FieldChange("item.item", null, "GCM-15"), lines[1].Changes);
        Assert.Equal([new FieldChange("item.framework", "gcm/2018", null), new FieldChange("item.item", "GCM-15", null)], lines[2].Changes);
        Assert.Equal("Contested.", lines[2].Reason);
    }

    [Fact]
    public async Task The_history_of_a_participant_has_all_that_touches_its_promises()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var from = given.Size;
        var id = await given.RecordsAsync(Pledge with { Owing = ["CRI", "HND"] }, "gcm/2018 GCM-15");
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        await given.ReviewsAsync(id, ReviewView.Verified, "2022-06-02", report: 1);
        await given.ReviewsAsync(id, ReviewView.Verified, "2022-06-03");
        await given.DoesAsync(new ReplyToReview(id, 2, "HND", "Thank you.", "en"));
        await given.DoesAsync(new RetireMapping(id, Given.Item("gcm/2018 GCM-15"), "Contested."));
        await given.CorrectsAsync(id, Pledge with { Title = "Without Honduras" });
        await given.WithdrawsAsync(id, "2022-08-01");
        Assert.Equal(["recorded", "mapped", "reviewed", "review-replied", "mapping-retired", "corrected"], await TypesAsync("HND"));
        Assert.Equal(["recorded", "mapped", "progress-reported", "reviewed", "reviewed", "mapping-retired", "corrected", "withdrawn"], await TypesAsync("CRI"));
        Assert.Equal(["reviewed", "reviewed"], await TypesAsync(SampleRegistry.Secretariat));

        async Task<IEnumerable<string>> TypesAsync(string participant) =>
            (await given.AsksAsync(new GetHistory(given.Now, Participant: participant, From: from))).Lines.Select(l => l.Type["pledge-".Length..^".v1".Length]);
    }

    [Fact]
    public async Task The_history_of_a_participant_has_its_initiatives_roles_collectives_and_what_was_done_for_it()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var from = given.Size;
        var id = await given.RecordsAsync(SampleRegistry.Initiative());
        await given.DoesAsync(new WithdrawInitiative(id, 1, new EffectiveDate("2022-06-01"), "Never began."));
        await given.DoesAsync(new AddMember("WORKSHOP", "CRI", new EffectiveDate("2022"), "notes"));
        await given.DoesAsync(new RemoveMember("WORKSHOP", "CRI", new EffectiveDate("2023"), "It left.", "notes"));
        await given.DoesAsync(new StartRole("CRI", "network-member", "IMRF", null, "notes"));
        await given.DoesAsync(new RenameParticipant("CRI", Texts.Of(("en", "Costa Rica")), "Its name.", "notes"), new Author("a-02", Author.Operator, "IOM"));
        Assert.Equal(
            ["initiative-recorded.v1", "initiative-withdrawn.v1", "participant-member-joined.v1", "participant-member-left.v1", "participant-role-started.v1", "participant-renamed.v1"],
            (await given.AsksAsync(new GetHistory(given.Now, Participant: "CRI", From: from))).Lines.Select(l => l.Type));
        Assert.Equal(2, (await given.AsksAsync(new GetHistory(given.Now, Participant: "WORKSHOP", From: from))).Lines.Count);
        Assert.Equal("participant-renamed.v1", Assert.Single((await given.AsksAsync(new GetHistory(given.Now, Participant: "IOM", From: from))).Lines).Type);
        Assert.Equal([new FieldChange("names.en", "CRI", "Costa Rica")],
            (await given.AsksAsync(new GetHistory(given.Now, Actor: "a-02"))).Lines.Single().Changes);
    }

    [Fact]
    public async Task Narrowed_by_two_things_only_what_has_both_is_left()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge with { Owing = ["CRI", "HND"] });
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        await given.RecordsAsync(Pledge);
        var both = await given.AsksAsync(new GetHistory(given.Now, Stream: $"pledge/{id}", Participant: "HND", Actor: "a-01"));
        Assert.Equal(1, both.Count);
        Assert.Equal("pledge-recorded.v2", Assert.Single(both.Lines).Type);
        Assert.Equal(0, (await given.AsksAsync(new GetHistory(given.Now, Stream: $"pledge/{id}", Actor: "nobody"))).Count);
        Assert.Equal(0, (await given.AsksAsync(new GetHistory(given.Now, Stream: "pledge/unknown"))).Count);
    }

    [Theory]
    [InlineData(null)]
    [InlineData("CRI")]
    public async Task Pages_hold_every_line_once_in_either_direction(string? participant)
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        for (var i = 0; i < 7; i++)
        {
            await given.RecordsAsync(Pledge with { Title = $"Pledge {i}" });
        }
        var size = given.Size - 1;
        var all = await given.AsksAsync(new GetHistory(given.At("2022-05-18", size), Participant: participant, Limit: 1000));
        Assert.Equal(all.Count, all.Lines.Count);
        Assert.Null(all.Next);
        Assert.True(all.Count > 7);
        foreach (var limit in new[] { 1, 3, (int)all.Count })
        {
            Assert.Equal(all.Lines.Select(l => l.Position), await PagesAsync(limit, newestFirst: false));
            Assert.Equal(all.Lines.Select(l => l.Position).Reverse(), await PagesAsync(limit, newestFirst: true));
        }

        async Task<List<long>> PagesAsync(int limit, bool newestFirst)
        {
            var positions = new List<long>();
            long? from = null;
            do
            {
                var page = await given.AsksAsync(new GetHistory(given.At("2022-05-18", size), Participant: participant, From: from, Limit: limit, NewestFirst: newestFirst));
                Assert.Equal(all.Count, page.Count);
                positions.AddRange(page.Lines.Select(l => l.Position));
                from = page.Next;
            }
            while (from is not null);
            return positions;
        }
    }

    [Theory]
    [InlineData(long.MinValue, false, 3)]
    [InlineData(-1, true, 0)]
    [InlineData(long.MaxValue, true, 3)]
    [InlineData(long.MaxValue, false, 0)]
    [InlineData(1, true, 2)]
    [InlineData(1, false, 2)]
    public async Task A_page_can_start_anywhere(long from, bool newestFirst, int expected)
    {
        await using var given = await Given.ARegistryAsync();
        Assert.Equal(expected, (await given.AsksAsync(new GetHistory(given.At("2016-10-03", 3), From: from, NewestFirst: newestFirst))).Lines.Count);
    }

    [Fact]
    public async Task Reading_at_a_size_never_shows_later_entries()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(Pledge);
        var size = given.Size;
        await given.ReportsAsync(id, "CRI", ClaimedStatus.Planning, "2022-06-01");
        Assert.Equal(1, (await given.AsksAsync(new GetHistory(given.At("2030-01-01", size), Stream: $"pledge/{id}"))).Count);
        Assert.Equal(size, (await given.AsksAsync(new GetHistory(given.At("2030-01-01", size)))).Count);
        Assert.Equal(0, (await given.AsksAsync(new GetHistory(given.At("2030-01-01", 0)))).Count);
        Assert.Empty((await given.AsksAsync(new GetHistory(given.At("2030-01-01", 0), NewestFirst: true))).Lines);
    }

    [Fact]
    public async Task What_is_set_again_shows_what_it_replaces()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var settings = given.Registry.State.Series["IMRF"].Settings;
        await given.DoesAsync(new ChangeSeriesSettings("IMRF", 1, settings with { SilentAfterMonths = 18 }, "Decided so."));
        Assert.Equal([new FieldChange("silentAfterMonths", "12", "18")], (await HistoryAsync(given, "series/IMRF")).Lines[1].Changes);
        await given.DoesAsync(new SetClusters("IMRF-2022", given.Registry.State.VersionOf("meeting/IMRF-2022"), [new Cluster("RT1", ["GCM-02"])], "notes"));
        Assert.Equal([new FieldChange("[1].code", "RT3", null), new FieldChange("[1].items", "GCM-15", null)], (await HistoryAsync(given, "meeting/IMRF-2022")).Lines[^1].Changes);
        var meeting = given.Registry.State.Meetings["IMRF-2030"].Content;
        await given.DoesAsync(new CorrectMeeting("IMRF-2030", 1, meeting with { Place = "New York" }, "Now known."));
        Assert.Equal([new FieldChange("place", null, "New York")], (await HistoryAsync(given, "meeting/IMRF-2030")).Lines[^1].Changes);
        var initiative = await given.RecordsAsync(SampleRegistry.Initiative());
        await given.UpdatesAsync(initiative, SampleRegistry.Initiative() with { Novelty = "completed" });
        Assert.Equal([new FieldChange("novelty", "new", "completed")], (await HistoryAsync(given, $"initiative/{initiative}")).Lines[^1].Changes);
        await given.DoesAsync(new RetireFramework("gcm/2018", new EffectiveDate("2030"), "Replaced."));
        Assert.Equal(("2030", "Replaced."), ((await HistoryAsync(given, "framework/gcm/2018")).Lines[^1].EffectiveOn?.Date, (await HistoryAsync(given, "framework/gcm/2018")).Lines[^1].Reason));
    }

    private static Task<HistoryView> HistoryAsync(Given given, string stream) => given.AsksAsync(new GetHistory(given.Now, Stream: stream));
}

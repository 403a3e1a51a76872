using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.FrameworkCoverage;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Pledges;

public sealed class MappingTests
{
    private static readonly ItemRef One = Given.Item("gcm/2018 GCM-01"), Two = Given.Item("gcm/2018 GCM-02"), Fifteen = Given.Item("gcm/2018 GCM-15");

    [Fact]
    public async Task A_mapping_that_is_moved_says_where_it_went_and_keeps_its_mark()
    {
        await using var given = (await Given.ARegistryAsync()).On("2016-10-03");
        var id = await given.RecordsAsync(SampleRegistry.Conclusion(), "gcm/2018 GCM-01");
        await given.DoesAsync(new MarkMapping(id, One, true, "It is the heart of it."));
        await given.DoesAsync(new MoveMapping(id, One, Two, "Misread."));
        Assert.Equal(["GCM-01 main retired: Misread. to GCM-02", "GCM-02 main"], await MappingsAsync(given, id));
        Assert.All((await PageAsync(given, id)).Mappings, m => Assert.True(m.Retrospective));
        Assert.Equal([0, 1, 0, 0], (await given.AsksAsync(new GetFrameworkCoverage(given.Now, "gcm")))!.Items.Select(i => i.ByKind["conclusion"]));
        await given.DoesAsync(new MarkMapping(id, Two, false, "One of many."));
        Assert.Equal(["GCM-01 main retired: Misread. to GCM-02", "GCM-02"], await MappingsAsync(given, id));
    }

    [Fact]
    public async Task A_contested_mapping_stands_marked_until_the_contest_is_upheld()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-01", "gcm/2018 GCM-15");
        await given.DoesAsync(new ContestMapping(id, One, "IOM", "It says nothing of data.", "en"));
        await given.DoesAsync(new ContestMapping(id, Fifteen, "HND", "It is about something else.", "en"));
        Assert.Equal(["GCM-01 IOM open", "GCM-15 HND open"], await MappingsAsync(given, id));
        Assert.Equal([1, 0, 1, 0], (await given.AsksAsync(new GetFrameworkCoverage(given.Now, "gcm")))!.Items.Select(i => i.ByKind["pledge"]));
        await given.DoesAsync(new AnswerContest(id, 1, "CRI", Upheld: true, "Indeed.", "en"));
        await given.DoesAsync(new AnswerContest(id, 2, "CRI", Upheld: false, "Page 2 does.", "en"));
        Assert.Equal(["GCM-01 retired: Indeed. IOM upheld by CRI: Indeed.", "GCM-15 HND not upheld by CRI: Page 2 does."], await MappingsAsync(given, id));
        Assert.Equal([0, 0, 1, 0], (await given.AsksAsync(new GetFrameworkCoverage(given.Now, "gcm")))!.Items.Select(i => i.ByKind["pledge"]));
    }

    [Fact]
    public async Task A_contest_that_waits_goes_over_with_the_mapping_and_one_that_was_answered_stays()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-01");
        await given.DoesAsync(new ContestMapping(id, One, "IOM", "It says nothing of data.", "en"));
        await given.DoesAsync(new AnswerContest(id, 1, "CRI", Upheld: false, "It does.", "en"));
        await given.DoesAsync(new ContestMapping(id, One, "HND", "Nor of children.", "en"));
        await given.DoesAsync(new MoveMapping(id, One, Two, "Misread."));
        await given.DoesAsync(new MoveMapping(id, Two, Fifteen, "Misread again."));
        Assert.Equal(["GCM-01 retired: Misread. to GCM-02 IOM not upheld by CRI: It does.", "GCM-02 retired: Misread again. to GCM-15", "GCM-15 HND open"], await MappingsAsync(given, id));
        Assert.Equal("GCM-01", (await PageAsync(given, id)).Mappings[2].Contests.Single().Item.Item);
        await given.DoesAsync(new AnswerContest(id, 2, "CRI", Upheld: true, "Indeed.", "en"));
        Assert.Equal("GCM-15 retired: Indeed. HND upheld by CRI: Indeed.", (await MappingsAsync(given, id))[2]);
    }

    [Fact]
    public async Task A_contest_of_a_mapping_that_was_retired_is_not_one_of_the_mapping_made_again()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-05-18");
        var id = await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-01");
        await given.DoesAsync(new ContestMapping(id, One, "IOM", "It says nothing of data.", "en"));
        await given.DoesAsync(new RetireMapping(id, One, "Right."));
        await given.DoesAsync(new MapPledge(id, One, "After all.", Main: true));
        Assert.Equal(["GCM-01 retired: Right. IOM open", "GCM-01 main"], await MappingsAsync(given, id));
    }

    private static async Task<PledgeView> PageAsync(Given given, string id) => (await given.AsksAsync(new GetPledge(given.Now, id)))!;

    private static async Task<List<string>> MappingsAsync(Given given, string id) =>
    [
        .. (await PageAsync(given, id)).Mappings.Select(m => string.Join(' ', new[]
        {
            m.Item.Item,
            m.Main ? "main" : null,
            m.RetiredAt is null ? null : $"retired: {m.RetiredReason}",
            m.MovedTo is { } to ? $"to {to.Item}" : null,
            m.Contests.Count == 0 ? null : string.Join(", ", m.Contests.Select(c => $"{c.By} {(c.Answer is null ? "open" : $"{(c.Answer.Upheld ? "upheld" : "not upheld")} by {c.Answer.By}: {c.Answer.Text}")}")),
        }.OfType<string>())),
    ];
}

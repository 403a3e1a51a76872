using PledgeRegistry.Log;
using PledgeRegistry.Projections.Pledges;

namespace PledgeRegistry.Projections.Tests.Properties;

public sealed class AsOfTests
{
    private static readonly string[] Days = ["2016-09-30", "2018-06-30", "2022-05-20", "2024-02-29", "2027-01-01"];

    [Fact]
    public Task A_view_at_a_size_is_the_view_of_a_registry_that_knows_no_more() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await StoryAsync(random.Random, 150);
        var entries = await given.EntriesAsync();
        foreach (var size in Sizes(random.Random, entries.Count, 10))
        {
            await using var smaller = await Given.OnEntriesAsync(entries.Take(size));
            await Views.SameAsync(smaller, given, given.At(Days[random.Random.Next(Days.Length)], size));
        }
    });

    [Fact]
    public Task What_was_folded_live_is_what_is_folded_from_the_start() => Seeded.RunAsync(3, async random =>
    {
        await using var given = await StoryAsync(random.Random, 150);
        await using var again = await Given.OnLogAsync(given.Log);
        Assert.Equal(given.Registry.Head, again.Registry.Head);
        foreach (var day in Days)
        {
            await Views.SameAsync(again, given, given.At(day));
            await Views.SameAsync(again, given, given.At(day, random.Random.Next((int)given.Size)));
        }
    });

    [Fact]
    public Task The_same_basis_gives_the_same_bytes_after_more_was_recorded() => Seeded.RunAsync(2, async random =>
    {
        await using var given = await Given.ARegistryAsync();
        var story = new RandomStory(given, random.Random);
        var before = new List<(string Name, Reading Reading, byte[] Bytes)>();
        for (var i = 0; i < 6; i++)
        {
            await story.GoOnAsync(30);
            var reading = given.At(Days[random.Random.Next(Days.Length)]);
            foreach (var (name, ask) in Views.All)
            {
                before.Add((name, reading, await ask(given, reading)));
            }
        }
        foreach (var (name, reading, bytes) in before)
        {
            Views.Same($"{name} at {reading.Size}", bytes, await Views.All.Single(v => v.Name == name).Ask(given, reading));
        }
    });

    [Fact]
    public Task A_day_never_shows_what_happens_after_it() => Seeded.RunAsync(4, async random =>
    {
        await using var given = await Given.ARegistryAsync();
        await new RandomStory(given, random.Random).GoOnAsync(100);
        var on = DateOnly.FromDateTime(given.Clock.Now.UtcDateTime).AddDays(random.Random.Next(-700, 700));
        var before = Given.Read(on, given.Size);
        // What is recorded is published: the day must be over when it goes on.
        given.Clock.Advance(TimeSpan.FromDays(1000));
        var later = new RandomStory(given, random.Random) { OnlyAfter = on };
        await later.GoOnAsync(60);
        Assert.InRange(later.Count.Recorded, 25, 60);
        foreach (var (name, ask) in Views.OfADay)
        {
            var expected = await ask(given, before);
            var found = await ask(given, Given.Read(on, given.Size));
            Views.Same($"{name} on {on:yyyy-MM-dd}", WithoutSize(expected, before.Size), WithoutSize(found, given.Size));
        }
    });

    [Fact]
    public Task A_row_that_was_read_once_is_the_same_for_ever_and_a_size_reads_the_last_before_it() => Seeded.RunAsync(2, async random =>
    {
        await using var given = await Given.ARegistryAsync();
        foreach (var title in new[] { "one", "two", "three", "four", "five" })
        {
            await given.RecordsAsync(SampleRegistry.Pledge() with { Title = title });
        }
        var story = new RandomStory(given, random.Random);
        var read = new List<(string Id, long Size, PledgeRow Row, byte[] Bytes)>();
        for (var i = 0; i < 120; i++)
        {
            await story.GoOnAsync(1);
            read.AddRange(given.Models.Pledges.At(given.Size).Select(row => (row.Id, given.Size, row, Views.Bytes(row))));
        }
        Assert.True(read.Count >= 5 * 120);
        var entries = await given.EntriesAsync();
        var positions = entries.Select(e => EntryCodec.Current.Decode(e.Bytes.Span)).ToLookup(e => e.Stream, e => e.Position);
        foreach (var (id, size, row, bytes) in read)
        {
            var again = given.Models.Pledges.At(id, size);
            Assert.Same(row, again);
            Views.Same($"{id} at {size}", bytes, Views.Bytes(again));
            Assert.Equal((positions[$"pledge/{id}"].Last(p => p < size), positions[$"pledge/{id}"].First()), (row.LastPosition, row.Position));
        }
    });

    [Fact]
    public async Task The_stories_reach_past_the_rules_and_touch_every_kind_of_event_of_the_domain()
    {
        var types = new HashSet<string>();
        var (recorded, all) = (0, 0);
        for (var seed = 1; seed <= 8; seed++)
        {
            await using var given = await Given.ARegistryAsync();
            var story = new RandomStory(given, new Random(seed));
            await story.GoOnAsync(250);
            types.UnionWith((await given.EntriesAsync()).Select(e => EntryCodec.Current.Decode(e.Bytes.Span).Type));
            (recorded, all) = (recorded + story.Count.Recorded, all + story.Count.All);
        }
        Assert.InRange(recorded, all / 2, all);
        // No story can meet these: a registry is loaded by its opening data, a version in use isn't retired here, and keys, seals and what is withheld are the tool's and the host's.
        Assert.Equal(["entry-redacted.v1", "framework-retired.v1", "opening-data-loaded.v1", "redaction-allowed.v1", "signing-key-published.v1", "signing-key-retired.v1", "views-sealed.v1"], EventTypes.All.Select(t => t.Key).Except(types).Order(StringComparer.Ordinal));
    }

    internal static async Task<Given> StoryAsync(Random random, int commands)
    {
        var given = await Given.ARegistryAsync();
        await new RandomStory(given, random).GoOnAsync(commands);
        return given;
    }

    // From none to all of it, the last more often: that is where the stories are.
    private static IEnumerable<int> Sizes(Random random, int all, int count) =>
        Enumerable.Range(0, count - 3).Select(_ => random.Next(all / 2, all + 1)).Concat([0, random.Next(all / 2), all]).Distinct();

    private static byte[] WithoutSize(byte[] json, long size) =>
        System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(json).Replace($"{{\"size\":{size},", "{\"size\":0,", StringComparison.Ordinal));
}

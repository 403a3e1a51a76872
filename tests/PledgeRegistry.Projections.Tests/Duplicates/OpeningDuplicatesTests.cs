using PledgeRegistry.OpeningData;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Duplicates;
using PledgeRegistry.Projections.Tests.OpeningData;
using Xunit.Abstractions;

namespace PledgeRegistry.Projections.Tests.Duplicates;

/// <summary>The finder on what the five documents hold, and how well it tells what is planted from what isn't the same.</summary>
[Collection(OpeningDataCollection.Name)]
public sealed class OpeningDuplicatesTests(LoadedRegistry loaded, ITestOutputHelper output)
{
    // Pairs of different commitments that are alike enough to be looked at, each with why it is none.
    private static readonly Dictionary<string, string> Known = new()
    {
        ["s1-morocco-plans s1-morocco-practices"] = "Two parts of one sentence of one speaker, told in the same words: the one is about plans, the other about sharing practices.",
    };

    [Fact]
    public async Task No_two_commitments_of_the_documents_look_the_same_but_those_that_are_known_to()
    {
        var keys = FiveDocuments.PledgeKeys().Zip(loaded.All<PledgeEvent.Recorded>(), (key, recorded) => (recorded.Id, key)).ToDictionary(p => p.Id, p => p.key);
        var near = (await loaded.Given.AsksAsync(new ListDuplicates(loaded.Given.Now, 200, Least: 35))).Pairs;
        foreach (var pair in near)
        {
            output.WriteLine($"{pair.Second.Likeness} (title {pair.Second.Title}, text {pair.Second.Text}, parties {pair.Second.Parties}, items {pair.Second.Items}) {keys[pair.First]} {keys[pair.Second.Pledge]}");
        }
        var pairs = (await loaded.Given.AsksAsync(new ListDuplicates(loaded.Given.Now, 200))).Pairs;
        Assert.Equal(Known.Keys.Order(StringComparer.Ordinal), pairs.Select(p => $"{keys[p.First]} {keys[p.Second.Pledge]}").Order(StringComparer.Ordinal));
        Assert.All(Known.Values, Assert.NotEmpty);
    }

    [Fact]
    public async Task Most_of_what_is_planted_is_found_and_little_else()
    {
        await using var given = await DuplicateTests.RecordedAsync();
        var documents = loaded.Pledges().ToArray();
        foreach (var least in new[] { 35, 40, 45, 50, 55, 60, 65, 70, 75 })
        {
            var (planted, found, wrong) = await MeasureAsync(given, documents, least);
            output.WriteLine($"from {least}: recall {found} of {planted} ({100.0 * found / planted:0.0} %), precision {found} of {found + wrong} ({100.0 * found / Math.Max(1, found + wrong):0.0} %)");
            if (least == 55)
            {
                Assert.True(found >= planted * 95 / 100, $"Only {found} of {planted} were found.");
                Assert.True(wrong * 20 <= found, $"{wrong} that aren't the same were found beside {found}.");
            }
        }
    }

    // Sought: each planted one in each form, of the same party and mapped to the same item, of the same party but not mapped, and
    // of another party; and each commitment of the documents as if the same party had made it.
    private static async Task<(int Planted, int Found, int Wrong)> MeasureAsync(Given given, (string Key, PledgeContent Content)[] documents, int least)
    {
        var (planted, found, wrong) = (0, 0, 0);
        foreach (var original in Planted.All)
        {
            foreach (var (_, title, text) in original.Near())
            {
                foreach (var items in new[] { new[] { Given.Item("gcm/2018 GCM-15") }, [] })
                {
                    var candidates = (await given.AsksAsync(new FindDuplicates(given.Now, new Sought(null, [new SoughtWording(title, text)], ["CRI"], items), 20, least))).Candidates;
                    planted++;
                    found += candidates.Count(c => c.PledgeTitle == original.Title);
                    wrong += candidates.Count(c => c.PledgeTitle != original.Title);
                }
            }
        }
        foreach (var (_, content) in documents)
        {
            wrong += (await given.AsksAsync(new FindDuplicates(given.Now, new Sought(null, [new SoughtWording(content.Title, content.Text)], ["CRI"], [Given.Item("gcm/2018 GCM-15")]), 20, least))).Candidates.Count;
        }
        return (planted, found, wrong);
    }
}

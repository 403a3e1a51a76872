using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Duplicates;

namespace PledgeRegistry.Projections.Tests.Duplicates;

public sealed class DuplicateTests
{
    private static readonly ItemRef[] Items = [Given.Item("gcm/2018 GCM-15")];

    public static TheoryData<string, string> Near()
    {
        var near = new TheoryData<string, string>();
        foreach (var planted in Planted.All)
        {
            foreach (var (how, _, _) in planted.Near())
            {
                near.Add(planted.Title, how);
            }
        }
        return near;
    }

    [Theory]
    [MemberData(nameof(Near))]
    public async Task What_was_recorded_already_is_found_first_in_other_words_order_letters_and_marks(string original, string how)
    {
        await using var given = await RecordedAsync();
        var (_, title, text) = Planted.All.Single(p => p.Title == original).Near().Single(n => n.How == how);
        var found = await LikeAsync(given, title, text, "CRI");
        Assert.NotEmpty(found);
        Assert.Equal(original, found[0].PledgeTitle);
        Assert.True(found.Count == 1 || found[1].Likeness < found[0].Likeness);
    }

    [Fact]
    public async Task Nothing_else_is_like_what_nobody_recorded()
    {
        await using var given = await RecordedAsync();
        foreach (var planted in Planted.All)
        {
            // The same party, the same item, the same matter: another promise all the same.
            Assert.Equal([planted.Title], (await LikeAsync(given, planted.TitleAgain, planted.Again, "CRI")).Select(c => c.PledgeTitle));
        }
        Assert.Empty(await LikeAsync(given, "Health of migrants in detention", "People in migration detention are seen by a doctor within a day of their arrival, and no child is detained at all.", "CRI"));
        Assert.Empty(await LikeAsync(given, "", "", "CRI"));
    }

    [Fact]
    public async Task The_same_words_of_another_party_rank_below_the_same_partys()
    {
        await using var given = await RecordedAsync();
        var planted = Planted.All[0];
        var other = await given.RecordsAsync(Content(planted.Title, planted.Text, "en", "HND"), "gcm/2018 GCM-15");
        var found = await LikeAsync(given, planted.Title, planted.Text, "CRI");
        Assert.Equal(["IMRF-2022-0001", other], found.Select(c => c.Pledge));
        Assert.Equal((100, 100, 100, 100, 100), (found[0].Likeness, found[0].Title, found[0].Text, found[0].Parties, found[0].Items));
        Assert.Equal((100, 100, 0, 100), (found[1].Title, found[1].Text, found[1].Parties, found[1].Items));
        // And in the reworded form the other party's still isn't the first.
        Assert.Equal("IMRF-2022-0001", (await LikeAsync(given, planted.TitleAgain, planted.Again, "CRI"))[0].Pledge);
    }

    [Fact]
    public async Task A_translation_is_found_like_the_original()
    {
        await using var given = await RecordedAsync();
        var (english, arabic) = (Planted.All[0], Planted.All.First(p => p.Language == "ar"));
        await given.DoesAsync(new TranslatePledge("IMRF-2022-0001", new Translation("ar", "ترجمة", "نص آخر تماما عن مراكز الرعاية", TranslationStanding.Machine)));
        var spanish = await given.RecordsAsync(Content("Atención primaria", "La atención primaria de la niñez migrante en los puestos fronterizos.", "es", "HND"));
        await given.DoesAsync(new TranslatePledge(spanish, new Translation("en", english.TitleAgain, english.Again, TranslationStanding.Unofficial)));
        Assert.Equal(["IMRF-2022-0001", spanish], (await LikeAsync(given, english.TitleAgain, english.Again, "HND")).Select(c => c.Pledge).Order());
        Assert.Equal(arabic.Title, (await LikeAsync(given, arabic.TitleAgain, arabic.Again, "CRI"))[0].PledgeTitle);
    }

    [Fact]
    public async Task Of_a_recorded_pledge_it_finds_the_others_and_a_pair_is_listed_once()
    {
        await using var given = await RecordedAsync();
        Assert.Empty((await given.AsksAsync(new ListDuplicates(given.Now))).Pairs);
        var planted = Planted.All[1];
        var again = await given.RecordsAsync(Content(planted.TitleAgain, planted.Again, "en", "CRI"), "gcm/2018 GCM-15");
        Assert.Equal(["IMRF-2022-0002"], (await given.AsksAsync(new FindDuplicatesOf(given.Now, again)))!.Candidates.Select(c => c.Pledge));
        Assert.Equal([again], (await given.AsksAsync(new FindDuplicatesOf(given.Now, "IMRF-2022-0002")))!.Candidates.Select(c => c.Pledge));
        var pair = Assert.Single((await given.AsksAsync(new ListDuplicates(given.Now))).Pairs);
        Assert.Equal(("IMRF-2022-0002", planted.Title, again), (pair.First, pair.FirstTitle, pair.Second.Pledge));
        Assert.Null(await given.AsksAsync(new FindDuplicatesOf(given.Now, "IMRF-2022-9999")));
        // Once it is marked, it was looked at; and before it was recorded, it isn't there.
        await given.DoesAsync(new MarkDuplicate(again, given.VersionOf(again), "IMRF-2022-0002", "Twice."));
        Assert.Empty((await given.AsksAsync(new ListDuplicates(given.Now))).Pairs);
        Assert.Single((await given.AsksAsync(new ListDuplicates(given.At("2022-06-01", given.Size - 1)))).Pairs);
        Assert.Empty((await given.AsksAsync(new ListDuplicates(given.At("2022-05-01")))).Pairs);
    }

    /// <summary>A registry with all that is planted, each as it was first worded, all of one party and mapped to one item.</summary>
    internal static async Task<Given> RecordedAsync()
    {
        var given = (await Given.ARegistryAsync()).On("2022-06-01");
        foreach (var planted in Planted.All)
        {
            await given.RecordsAsync(Content(planted.Title, planted.Text, planted.Language, "CRI"), "gcm/2018 GCM-15");
        }
        return given;
    }

    private static PledgeContent Content(string title, string text, string language, string party) =>
        SampleRegistry.Pledge() with { Kind = PledgeKind.Statement, Title = title, Text = text, Language = language, By = [party], Owing = [party] };

    private static async Task<IReadOnlyList<DuplicateCandidate>> LikeAsync(Given given, string title, string text, string party) =>
        (await given.AsksAsync(new FindDuplicates(given.Now, new Sought(null, [new SoughtWording(title, text)], [party], Items)))).Candidates;
}

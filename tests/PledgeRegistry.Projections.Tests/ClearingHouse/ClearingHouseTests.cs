using PledgeRegistry.Initiatives;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.ClearingHouse;

namespace PledgeRegistry.Projections.Tests.ClearingHouse;

public sealed class ClearingHouseTests
{
    private static readonly InitiativeContent Initiative = SampleRegistry.Initiative() with
    {
        Challenge = "Few nurses.",
        Response = "Train more.",
        Lesson = "Pregúntese primero a la población.",
        GoodPractice = "Boats with nurses.",
        ReusableMaterial = "A manual.",
        Populations = ["women"],
        Conditions = ["tuberculosis"],
        JourneyStages = ["transit"],
    };

    [Fact]
    public async Task Each_text_of_an_initiative_that_others_can_learn_from_is_there_with_where_it_comes_from()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        var id = await given.RecordsAsync(Initiative);
        var view = await given.AsksAsync(new GetClearingHouse(given.Now));
        Assert.Equal(Enum.GetValues<MaterialKind>(), view.Materials.Select(m => m.Kind));
        Assert.All(view.Materials, m => Assert.Equal((id, "CRI", null, "en"), (m.Of.Id, m.Participant.Id, m.Report, m.Language)));
        Assert.Equal("RCM-A1 of 2016", view.Materials[0].Items[0].Label);
    }

    [Fact]
    public async Task Reports_on_progress_give_theirs_in_their_language()
    {
        await using var given = (await Given.ARegistryAsync()).On("2024-01-01");
        var pledge = await given.RecordsAsync(SampleRegistry.Pledge(), "gcm/2018 GCM-15.e");
        await given.DoesAsync(new ReportProgress(pledge, SampleRegistry.Report() with { Language = "es", Lesson = "Hay que preguntar.", GoodPractice = "Barcos.", ReusableMaterial = "Un manual." }));
        var view = await given.AsksAsync(new GetClearingHouse(given.Now, Item: "GCM-15"));
        Assert.Equal([MaterialKind.Lesson, MaterialKind.GoodPractice, MaterialKind.ReusableMaterial], view.Materials.Select(m => m.Kind));
        Assert.All(view.Materials, m => Assert.Equal((pledge, 1, "es", "CRI"), (m.Of.Id, m.Report, m.Language, m.Participant.Id)));
        Assert.Equal(0, (await given.AsksAsync(new GetClearingHouse(given.At("2023-05-31")))).Count);
    }

    [Fact]
    public async Task What_was_withdrawn_is_left_out_and_named()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        var id = await given.RecordsAsync(Initiative);
        await given.DoesAsync(new WithdrawInitiative(id, 1, new EffectiveDate("2018"), "It never began."));
        var before = await given.AsksAsync(new GetClearingHouse(given.At("2018-12-30")));
        Assert.Equal((5L, 0), (before.Count, before.Withdrawn.Count));
        var after = await given.AsksAsync(new GetClearingHouse(given.At("2018-12-31")));
        Assert.Equal((0L, id), (after.Count, Assert.Single(after.Withdrawn).Id));
        Assert.Empty((await given.AsksAsync(new GetClearingHouse(given.At("2018-12-31"), Participant: "HND"))).Withdrawn);
    }

    [Fact]
    public async Task Each_parameter_narrows()
    {
        await using var given = (await Given.ARegistryAsync()).On("2019-01-01");
        await given.RecordsAsync(Initiative);
        await given.RecordsAsync(SampleRegistry.Initiative() with { Participant = "HND", Areas = ["RCM-A2"], Links = [], Lesson = "Data first.", EffectiveOn = new EffectiveDate("2017") });
        var now = given.Now;
        await CountAsync(6, new GetClearingHouse(now));
        await CountAsync(2, new GetClearingHouse(now, MaterialKind.Lesson));
        await CountAsync(1, new GetClearingHouse(now, Item: "RCM-A2"));
        await CountAsync(5, new GetClearingHouse(now, Item: "GCM-15"));
        await CountAsync(1, new GetClearingHouse(now, Participant: "HND"));
        await CountAsync(5, new GetClearingHouse(now, Population: "women"));
        await CountAsync(5, new GetClearingHouse(now, Condition: "tuberculosis"));
        await CountAsync(0, new GetClearingHouse(now, Condition: "mental-health"));
        await CountAsync(0, new GetClearingHouse(now, Stage: "origin"));
        await CountAsync(1, new GetClearingHouse(now, Text: "PREGUNTESE poblacion"));
        var page = await given.AsksAsync(new GetClearingHouse(now, Skip: 1, Limit: 2));
        Assert.Equal((6L, 2, MaterialKind.Challenge), (page.Count, page.Materials.Count, page.Materials[0].Kind));

        async Task CountAsync(int count, GetClearingHouse query) => Assert.Equal(count, (await given.AsksAsync(query)).Count);
    }

    [Theory]
    [InlineData("Pregúntese primero", "PREGUNTESE", true)]
    [InlineData("La santé d’abord", "sante abord", true)]
    [InlineData("Straße", "STRASSE", false)]
    [InlineData("الصِّحَّة للجميع", "الصحه", true)]
    [InlineData("إلى الأطفال", "الي الاطفال", true)]
    [InlineData("مـــواد", "مواد", true)]
    [InlineData("Few nurses", "nurses few", true)]
    [InlineData("Few nurses", "few doctors", false)]
    [InlineData("anything", "  ", true)]
    public void Words_are_found_whatever_their_case_accents_and_vowel_marks(string text, string words, bool found) => Assert.Equal(found, SearchText.Has(text, words));
}

using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Search;

namespace PledgeRegistry.Projections.Tests.Search;

public sealed class SearchTests
{
    private static readonly PledgeContent Vaccines = SampleRegistry.Pledge() with
    {
        Title = "Vaccines for children on the move",
        Text = string.Concat(Enumerable.Repeat("The ministry of health vaccinates every child at the southern border, whatever its papers say; nurses go to the shelters. ", 3)).Trim(),
    };

    [Fact]
    public async Task All_words_must_be_there_in_whatever_order_case_and_accents()
    {
        await using var given = await RecordedAsync();
        await FindsAsync(given, "vaccines", "IMRF-2022-0001");
        await FindsAsync(given, "SHÉLTERS   vaccines", "IMRF-2022-0001");
        await FindsAsync(given, "vaccines hospitals");
    }

    [Fact]
    public void Every_value_of_a_character_can_be_folded_alone_and_within_words()
    {
        for (var c = 0; c <= char.MaxValue; c++)
        {
            Assert.All(["", "a"], around => Assert.StartsWith(around, FoldedText.Of($"{around}{(char)c}{around}"), StringComparison.Ordinal));
        }
        // What is no text parts words: kept from being a character, in each plane, or half a pair.
        foreach (var none in Enumerable.Range(0, 17).SelectMany(plane => new[] { 0xFFFE, 0xFFFF }.Select(c => (plane << 16) + c)).Concat(Enumerable.Range(0xFDD0, 32)).Select(char.ConvertFromUtf32).Append("\uD800").Append("\uDFFF"))
        {
            Assert.Equal(["north", "south"], FoldedText.Words($"North{none}South{none}"));
        }
    }

    [Fact]
    public async Task What_is_no_character_in_a_query_is_passed_over()
    {
        await using var given = await RecordedAsync();
        await FindsAsync(given, "vaccines\uFFFE", "IMRF-2022-0001");
        await FindsAsync(given, "\uFFFF\uFDD0vaccines\uDBFF\uDFFE shelters", "IMRF-2022-0001");
        await FindsAsync(given, "\uFFFE");
    }

    [Fact]
    public async Task A_phrase_must_stand_as_it_is_and_a_star_ends_any_beginning()
    {
        await using var given = await RecordedAsync();
        await FindsAsync(given, "\"ministry of health\"", "IMRF-2022-0001");
        await FindsAsync(given, "“southern border” nurses", "IMRF-2022-0001");
        await FindsAsync(given, "\"border southern\"");
        await FindsAsync(given, "\"southern border", "IMRF-2022-0001");
        await FindsAsync(given, "vaccin* nurse*", "IMRF-2022-0001");
        await FindsAsync(given, "nurse");
    }

    [Fact]
    public async Task What_was_corrected_away_is_found_only_at_a_size_before()
    {
        await using var given = await RecordedAsync();
        var before = given.Size;
        await given.CorrectsAsync("IMRF-2022-0001", Vaccines with { Title = "Inoculations for children on the move" });
        await FindsAsync(given, "vaccines");
        await FindsAsync(given, "inoculations", "IMRF-2022-0001");
        await FindsAsync(given, "shelters", "IMRF-2022-0001");
        Assert.Equal(["IMRF-2022-0001"], await IdsAsync(given, "vaccines", before));
        Assert.Empty(await IdsAsync(given, "inoculations", before));
    }

    [Fact]
    public async Task What_was_not_recorded_yet_is_not_found()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var before = given.Size;
        await given.RecordsAsync(Vaccines);
        Assert.Empty(await IdsAsync(given, "vaccines", before));
        Assert.Equal(["IMRF-2022-0001"], await IdsAsync(given, "vaccines", before + 1));
    }

    [Fact]
    public async Task An_amended_wording_is_still_found_and_said_to_be_an_earlier_one()
    {
        await using var given = await RecordedAsync();
        await given.AmendsAsync("IMRF-2022-0001", Vaccines with { Title = "Care for children on the move" }, "2023");
        var later = Assert.Single((await given.AsksAsync(new GetSearch(given.At("2024-01-01"), "vaccines"))).Hits);
        Assert.True(later.Earlier);
        Assert.Equal("Vaccines", Assert.Single(later.Text, p => p.Marked).Text);
        Assert.False(Assert.Single((await given.AsksAsync(new GetSearch(given.At("2022-06-01"), "vaccines"))).Hits).Earlier);
    }

    [Fact]
    public async Task Reports_reviews_replies_and_translations_are_found_with_where_they_stand()
    {
        await using var given = await RecordedAsync();
        const string id = "IMRF-2022-0001";
        await given.TranslatesAsync(id, "es", "Vacunación infantil");
        await given.TranslatesAsync(id, "ar", "صِحَّة الأطفال");
        await given.DoesAsync(new ReportProgress(id, SampleRegistry.Report() with { Narrative = "Refrigerators were bought." }));
        await given.ReviewsAsync(id, ReviewView.Verified, "2023-08-01", report: 1);
        Assert.Equal(SearchField.TranslatedText, (await OneAsync(given, "vacunacion")).Field);
        Assert.Equal("ar", (await OneAsync(given, "صحه الاطفال")).TextLanguage);
        var report = await OneAsync(given, "refrigerators");
        Assert.Equal((SearchField.Report, 1), (report.Field, report.Report));
        var reviewed = given.Models.Pledges.At(id, given.Size)!.Reviews[0].Review.Reason;
        Assert.Equal(SearchField.Review, (await OneAsync(given, $"\"{reviewed}\"")).Field);
        await given.DoesAsync(new CorrectReport(id, given.VersionOf(id), 1, SampleRegistry.Report() with { Narrative = "Freezers were bought." }, "It was freezers."));
        await FindsAsync(given, "refrigerators");
        Assert.Equal(SearchField.Report, (await OneAsync(given, "freezers")).Field);
        // A later translation takes the place of the one before, in its language alone.
        await given.TranslatesAsync(id, "es", "Inmunización infantil");
        await FindsAsync(given, "vacunacion");
        await FindsAsync(given, "الاطفال", id);
    }

    [Fact]
    public async Task Everything_that_is_public_is_found_by_its_name()
    {
        await using var given = await RecordedAsync();
        var initiative = await given.RecordsAsync(SampleRegistry.Initiative() with { Title = Texts.Of(("es", "Botes con enfermeras")) });
        var need = await given.DoesAsync(new RecordNeedOrOffer(SampleRegistry.Need() with { Title = Texts.Of(("en", "Ambulances wanted")) }));
        await given.DoesAsync(new FormPartnership("border-health", new PartnershipContent(Texts.Of(("en", "Frontier alliance")), Texts.Of(("en", "Care on every route")), null, null)));
        (string Words, SearchKind Kind, string Id)[] expected =
        [
            ("enfermeras", SearchKind.Initiative, initiative), ("ambulances", SearchKind.Need, need), ("frontier alliance", SearchKind.Partnership, "border-health"), ("HND", SearchKind.Participant, "HND"),
            ("IMRF-2022", SearchKind.Meeting, "IMRF-2022"), ("notes", SearchKind.Source, "notes"), ("GCM-15", SearchKind.FrameworkItem, "gcm/2018/GCM-15"),
        ];
        foreach (var (words, kind, id) in expected)
        {
            var view = await given.AsksAsync(new GetSearch(given.Now, words, kind));
            Assert.Contains(view.Hits, h => h.Kind == kind && h.Id == id);
            Assert.All(view.Hits, h => Assert.Equal(kind, h.Kind));
            Assert.Equal(view.Count, view.Kinds[kind.Code()]);
        }
    }

    [Fact]
    public async Task A_framework_is_found_once_it_is_complete_and_a_code_list_never()
    {
        await using var given = await Given.ARegistryAsync();
        var item = await OneAsync(given, "GCM-15.e");
        Assert.Equal("gcm/2018/GCM-15.e", item.Id);
        var entries = await given.EntriesAsync();
        var closed = Enumerable.Range(0, entries.Count).First(p => given.Models.History.At(p) is { Stream: "framework/gcm/2018", Event: FrameworkEvent.Closed });
        Assert.Empty(await IdsAsync(given, "GCM-15.e", closed));
        Assert.Equal(["gcm/2018/GCM-15.e"], await IdsAsync(given, "GCM-15.e", closed + 1));
        Assert.Null((await AskAsync(given, "tuberculosis")).Hits.FirstOrDefault(h => h.Kind is SearchKind.Framework or SearchKind.FrameworkItem));
    }

    [Fact]
    public async Task The_words_are_marked_and_nothing_of_the_text_is_lost_or_added()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        await given.RecordsAsync(Vaccines with { Text = string.Concat(Enumerable.Repeat("Nothing to see here at all. ", 20)) + "<b>Clínicas</b> & more. " + string.Concat(Enumerable.Repeat("And so it goes on. ", 20)) });
        var hit = await OneAsync(given, "clinicas");
        Assert.Equal("Clínicas", Assert.Single(hit.Text, p => p.Marked).Text);
        var text = string.Concat(hit.Text.Select(p => p.Text));
        Assert.StartsWith("… ", text, StringComparison.Ordinal);
        Assert.EndsWith(" …", text, StringComparison.Ordinal);
        Assert.Contains("<b>Clínicas</b> & more.", text, StringComparison.Ordinal);
        Assert.InRange(text.Length, 100, 300);
        var titled = await OneAsync(given, "vaccines");
        Assert.Equal(("Vaccines", " for children on the move"), (titled.Title[0].Text, titled.Title[1].Text));
        Assert.Empty(titled.Text);
    }

    [Fact]
    public async Task A_title_comes_before_a_text_and_a_text_before_a_report_and_what_is_even_by_its_id()
    {
        await using var given = (await Given.ARegistryAsync()).On("2022-06-01");
        var reported = await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "First" });
        var told = await given.RecordsAsync(Vaccines with { Title = "Second" });
        var titled = await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Shelters" });
        var again = await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "More shelters" });
        await given.DoesAsync(new ReportProgress(reported, SampleRegistry.Report() with { Narrative = "Shelters were opened." }));
        Assert.Equal([titled, again, told, reported], await IdsAsync(given, "shelters", given.Size));
        var second = await given.AsksAsync(new GetSearch(given.Now, "shelters", Skip: 2, Limit: 1));
        Assert.Equal((4L, told, 3L), (second.Count, Assert.Single(second.Hits).Id, second.Next));
        Assert.Null((await given.AsksAsync(new GetSearch(given.Now, "shelters", Skip: 3, Limit: 1))).Next);
    }

    [Theory]
    [InlineData("", SearchOutcome.Empty)]
    [InlineData("  … *", SearchOutcome.Empty)]
    [InlineData("of the", SearchOutcome.OnlyCommonWords)]
    [InlineData("\"of the\"", SearchOutcome.OnlyCommonWords)]
    [InlineData("في من", SearchOutcome.OnlyCommonWords)]
    [InlineData("x", SearchOutcome.TooShort)]
    [InlineData("q*", SearchOutcome.TooShort)]
    [InlineData("nowhere", SearchOutcome.Nothing)]
    [InlineData("\uD800 \uFFFF", SearchOutcome.Empty)]
    public async Task What_finds_nothing_says_why(string text, SearchOutcome outcome)
    {
        await using var given = await RecordedAsync();
        var view = await AskAsync(given, text);
        Assert.Equal((outcome, 0L, 0), (view.Outcome, view.Count, view.Hits.Count));
    }

    [Fact]
    public async Task What_is_too_long_is_not_searched_for_and_what_is_left_out_is_named()
    {
        await using var given = await RecordedAsync();
        Assert.Equal(SearchOutcome.TooLong, (await AskAsync(given, new string('a', GetSearch.MostCharacters + 1))).Outcome);
        Assert.Equal(SearchOutcome.TooLong, (await AskAsync(given, string.Join(' ', Enumerable.Range(10, GetSearch.MostWords + 1)))).Outcome);
        var view = await AskAsync(given, "the vaccines of z");
        Assert.Equal(SearchOutcome.Found, view.Outcome);
        Assert.Equal("vaccines; the of z", $"{string.Join(' ', view.Words)}; {string.Join(' ', view.LeftOut)}");
    }

    [Fact]
    public async Task A_code_that_is_a_common_word_is_found_by_itself()
    {
        await using var given = await RecordedAsync();
        await given.DoesAsync(new RegisterParticipant("CAN", "state", Texts.Of(("en", "Canada")), null, "A list.", [], [], []));
        await FindsAsync(given, "can", "CAN");
        await FindsAsync(given, "can vaccines", "IMRF-2022-0001");
    }

    [Fact]
    public async Task A_search_that_is_cancelled_stops_and_the_next_one_goes_on()
    {
        await using var given = await RecordedAsync();
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() => given.Mediator.Send(new GetSearch(given.Now, "vaccines"), new CancellationToken(canceled: true)));
        await FindsAsync(given, "vaccines", "IMRF-2022-0001");
    }

    private static async Task<Given> RecordedAsync()
    {
        var given = (await Given.ARegistryAsync()).On("2022-06-01");
        await given.RecordsAsync(Vaccines);
        await given.RecordsAsync(SampleRegistry.Pledge() with { Title = "Hospitals", By = ["HND"], Owing = ["HND"] });
        return given;
    }

    private static Task<SearchView> AskAsync(Given given, string text) => given.AsksAsync(new GetSearch(given.Now, text));

    private static async Task<SearchHit> OneAsync(Given given, string text) => Assert.Single((await AskAsync(given, text)).Hits);

    private static async Task FindsAsync(Given given, string text, params string[] ids) => Assert.Equal(ids, await IdsAsync(given, text, given.Size));

    private static async Task<string[]> IdsAsync(Given given, string text, long size) =>
        [.. (await given.AsksAsync(new GetSearch(Given.Read(new DateOnly(2024, 1, 1), size), text))).Hits.Select(h => h.Id)];
}

using System.Text.Json;
using PledgeRegistry.Frameworks;
using PledgeRegistry.OpeningData;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Tests.OpeningData;

[Collection(OpeningDataCollection.Name)]
public sealed class OpeningLogTests(LoadedRegistry loaded)
{
    [Fact]
    public void Nobody_has_reported_reviewed_answered_or_withdrawn_anything() => Assert.Equal(
        ["pledge-mapped.v2", "pledge-recorded.v2"],
        loaded.Entries.Where(e => e.Stream.StartsWith("pledge/", StringComparison.Ordinal) || e.Stream.StartsWith("initiative/", StringComparison.Ordinal))
            .Select(e => e.Type).Distinct().Order(StringComparer.Ordinal));

    [Fact]
    public void What_each_pledge_says_is_what_the_data_say()
    {
        // Read as it is, not by what loads it.
        using var stream = typeof(FiveDocuments).Assembly.GetManifestResourceStream("OpeningData/pledges.json")!;
        using var data = JsonDocument.Parse(stream);
        var expected = data.RootElement.EnumerateArray().ToArray();
        var pledges = loaded.Pledges().ToArray();
        Assert.Equal(expected.Length, pledges.Length);
        Assert.All(expected.Zip(pledges), p =>
        {
            var (json, (key, content)) = p;
            Assert.Equal(
                [Text(json, "key"), Text(json, "kind"), Text(json, "modality"), Text(json, "title"), Text(json, "text"), Text(json, "language"), Text(json, "meeting")],
                [key, content.Kind.Code(), content.Modality, content.Title, content.Text, content.Language, content.Meeting]);
            Assert.Equal(Text(json.GetProperty("announcedOn"), "date"), content.AnnouncedOn.Date);
            Assert.Equal((Text(json.GetProperty("source"), "id"), Text(json.GetProperty("source"), "place")), (content.Source!.Source, content.Source.Place));
            Assert.Equal(Texts(json, "by"), content.By);
            Assert.Equal(Texts(json, "owing"), content.Owing);
            Assert.Equal(Texts(json, "addressees"), content.Addressees);
            Assert.Equal(json.TryGetProperty("due", out var due) ? Optional(due, "meeting") : null, content.Due?.Meeting);
            Assert.Equal(Texts(json, "natures"), content.Natures);
            Assert.Equal(Texts(json, "populations"), content.Populations);
            Assert.Equal(Texts(json, "conditions"), content.Conditions);
        });
        Assert.Equal(
            expected.SelectMany(json => json.GetProperty("mappings").EnumerateArray().Select(m => (new ItemRef(Text(m, "framework"), Text(m, "item")), Text(m, "reason")))),
            loaded.All<PledgeEvent.Mapped>().Select(m => (m.Event.Item, m.Event.Reason)));

        static string Text(JsonElement json, string name) => json.GetProperty(name).GetString()!;
        static string? Optional(JsonElement json, string name) => json.TryGetProperty(name, out var text) ? text.GetString() : null;
        static IEnumerable<string> Texts(JsonElement json, string name) => json.TryGetProperty(name, out var list) ? list.EnumerateArray().Select(t => t.GetString()!) : [];
    }

    [Fact]
    public void A_recommendation_is_owed_by_nobody_and_a_statement_is_somebodys() => Assert.All(loaded.Pledges(), p =>
    {
        Assert.NotEqual(PledgeKind.Pledge, p.Content.Kind);
        Assert.True(p.Content.Kind != PledgeKind.Recommendation || p.Content.Owing.Count == 0, p.Key);
        Assert.True(p.Content.Kind != PledgeKind.Statement || p.Content.By.Count > 0, p.Key);
        Assert.Empty(p.Content.Owing.Intersect(p.Content.Addressees));
    });

    [Fact]
    public void Nothing_is_by_or_owed_by_who_was_only_planned_to_speak()
    {
        // The concept note was written before the dialogue: its agenda says who was to speak, and reports a report.
        var note = loaded.Pledges().Where(p => p.Content.Source?.Source == "imrf-2022-dialogue-note").ToArray();
        Assert.NotEmpty(note);
        Assert.All(note, p =>
        {
            Assert.Equal(PledgeKind.Recommendation, p.Content.Kind);
            Assert.Empty(p.Content.Owing);
            Assert.Empty(p.Content.By.Except(["UN-SG"]));
            Assert.DoesNotContain("agenda", p.Content.Source!.Place, StringComparison.OrdinalIgnoreCase);
        });
        Assert.All(Sentence.All.Where(s => s.Document == "imrf-2022-dialogue-note" && s.Section.StartsWith("agenda", StringComparison.Ordinal) && s.Section.Contains("speaker", StringComparison.Ordinal)),
            s => Assert.Equal("left-out", s.Outcome));
    }

    [Fact]
    public void Every_item_that_something_is_mapped_to_exists_in_a_framework_that_is_no_code_list()
    {
        var frameworks = loaded.All<FrameworkEvent.Opened>().Where(f => !f.Event.CodeList).Select(f => f.Id).ToHashSet();
        Assert.All(loaded.All<PledgeEvent.Mapped>(), m =>
        {
            Assert.Contains(m.Event.Item.Framework, frameworks);
            Assert.Contains(m.Event.Item.Item, loaded.Items(m.Event.Item.Framework).Select(i => i.Code));
        });
    }

    [Fact]
    public void A_mapping_is_retrospective_exactly_where_the_framework_is_younger_than_the_announcement()
    {
        var validFrom = loaded.All<FrameworkEvent.Opened>().ToDictionary(f => f.Id, f => f.Event.ValidFrom);
        var announced = loaded.All<PledgeEvent.Recorded>().ToDictionary(p => p.Id, p => p.Event.Content.AnnouncedOn);
        var mapped = loaded.All<PledgeEvent.Mapped>().ToArray();
        Assert.All(mapped, m => Assert.Equal(
            string.CompareOrdinal(FirstDay(validFrom[m.Event.Item.Framework].Date), LastDay(announced[m.Id].Date)) > 0, m.Event.Retrospective));
        // What the workshop of 2016 agreed is older than the Global Compact of 2018, what was said in 2022 is not.
        var gcm = mapped.Where(m => m.Event.Item.Framework == "gcm/2018").ToLookup(m => m.Id[..8], m => m.Event.Retrospective);
        Assert.Equal([true], gcm["RCM-2016"].Distinct());
        Assert.Equal([false], gcm["IMRF-202"].Distinct());
        Assert.Equal([false], mapped.Where(m => m.Event.Item.Framework == "rcm-areas/2016").Select(m => m.Event.Retrospective).Distinct());

        // Only years, months and days are among the data.
        static string FirstDay(string date) => date.Length switch { 4 => $"{date}-01-01", 7 => $"{date}-01", _ => date };
        static string LastDay(string date) => date.Length switch { 4 => $"{date}-12-31", 7 => $"{date}-31", _ => date };
    }

    [Fact]
    public void The_log_ends_with_the_mark_that_all_of_it_is_there_and_no_person_is_its_author()
    {
        // What was added later is a set of its own, and ends with a mark of its own.
        Assert.Equal(new RegistryEvent.OpeningDataLoaded(FiveDocuments.Set, FiveDocuments.Additions), loaded.Entries[^1].Event);
        Assert.Equal([FiveDocuments.Version, FiveDocuments.Additions], loaded.All<RegistryEvent.OpeningDataLoaded>().Select(l => l.Event.Version));
        Assert.True(FiveDocuments.IsLoaded(loaded.Given.Registry.State));
        Assert.Equal(["opening-data"], loaded.Entries.Select(e => e.Actor).Distinct());
        Assert.Equal([false], loaded.All<RegistryEvent.Opened>().Select(o => o.Event.Demonstration));
    }
}

using PledgeRegistry.Frameworks;
using PledgeRegistry.Meetings;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Tests.OpeningData;

[Collection(OpeningDataCollection.Name)]
public sealed class SentencesTests(LoadedRegistry loaded)
{
    private static readonly string[] Documents =
        ["cmim-2011-slides", "imrf-2022-dialogue-note", "imrf-2022-side-event-notes", "pancap-2019-release", "rcm-2016-workshop-conclusions"];

    [Fact]
    public void Every_row_is_of_one_of_the_five_documents_and_says_what_became_of_the_sentence()
    {
        Assert.Equal(Documents, Sentence.All.Select(s => s.Document).Distinct().Order(StringComparer.Ordinal));
        Assert.All(Sentence.All, s => Assert.Contains(s.Outcome, new[] { "recorded", "left-out" }));
        Assert.All(Sentence.All, s => Assert.All(new[] { s.Section, s.Gist }, Assert.NotEmpty));
    }

    [Fact]
    public void What_was_left_out_has_a_reason_and_names_nothing() => Assert.All(Sentence.All.Where(s => s.Outcome == "left-out"), s =>
    {
        Assert.NotEmpty(s.Reason);
        Assert.Empty(s.Items);
    });

    [Fact]
    public void What_was_recorded_names_pledges_of_the_same_document_or_framework_items_that_are_in_the_log()
    {
        var pledges = loaded.Pledges().ToDictionary(p => p.Key, p => p.Content.Source?.Source);
        var lists = loaded.All<FrameworkEvent.Opened>().ToDictionary(f => f.Id, f => f.Event.CodeList);
        var items = loaded.All<FrameworkEvent.ItemAdded>().Where(i => !lists[i.Id]).Select(i => i.Event.Code).ToHashSet();
        Assert.All(Sentence.All.Where(s => s.Outcome == "recorded"), s =>
        {
            Assert.NotEmpty(s.Items);
            Assert.All(s.Items, item => Assert.True(pledges.TryGetValue(item, out var document) ? document == s.Document : items.Contains(item), $"{s.Document}, {s.Section}: {item}"));
        });
    }

    [Fact]
    public void Every_pledge_in_the_log_is_named_by_a_sentence_of_its_document()
    {
        Assert.Equal(loaded.Pledges().Count(), loaded.All<PledgeEvent.Recorded>().Count());
        Assert.All(loaded.Pledges(), p => Assert.Contains(Sentence.All, s => s.Items.Contains(p.Key) && s.Document == p.Content.Source?.Source));
    }

    [Fact]
    public void The_sources_are_the_five_documents_with_the_hashes_of_their_texts() => Assert.Equal(
        [
            ("cmim-2011-slides", "a5a8eac72fbd25f5595e9ae7c6d065d96cd90832208c881beca67ea605454e67"),
            ("imrf-2022-dialogue-note", "f9281eeea6564ea151f2467ea9032287ffccf8a675ea7a04abd0270fa8222c8e"),
            ("imrf-2022-side-event-notes", "afefae894e44403e1e49d1314eac92d3387e78f74ffa197f03abb8731dceed20"),
            ("pancap-2019-release", "170adabc746be6045eab4952eed924cc20c49aaa2f524337d9983799addaf4e0"),
            ("rcm-2016-workshop-conclusions", "0c4abe00b8197a0be1929f7df0be5d86122f459521d805e1ba0b10fc6d17f039"),
        ],
        loaded.All<SourceEvent.Registered>().Select(s => (s.Id, s.Event.Sha256)).OrderBy(s => s.Id, StringComparer.Ordinal));

    [Fact]
    public Task What_there_is_of_each_document_changes_only_knowingly() => Snapshot.Verify(string.Join('\n',
        Documents.SelectMany(document => new[]
            {
                $"{document}",
                $"  sentences recorded {Sentence.All.Count(s => s.Document == document && s.Outcome == "recorded")}",
                $"  sentences left out {Sentence.All.Count(s => s.Document == document && s.Outcome == "left-out")}",
            }
            .Concat(loaded.Pledges().Where(p => p.Content.Source?.Source == document).GroupBy(p => p.Content.Kind.Code()).OrderBy(g => g.Key, StringComparer.Ordinal).Select(g => $"  {g.Key} {g.Count()}")))
        .Concat(loaded.All<FrameworkEvent.Closed>().Select(f => $"{f.Id} {f.Event.Items}"))));
}

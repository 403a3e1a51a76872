using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Search;

/// <summary>What a page shows of something that was found: its name, and a piece of the text with the words marked.</summary>
internal sealed class SearchHits(ReadModels models, Reading reading, IReadOnlyList<SoughtWord> words, IReadOnlyList<IReadOnlyList<string>> phrases)
{
    public SearchHit Of(SearchDocument document, Found found)
    {
        var title = Title(document);
        var marks = Marks.Spans(title.Text, words, phrases);
        var passage = models.Search.At(found.Passage);
        var pledge = document.Kind == SearchKind.Pledge ? models.Pledges.At(document.Id, reading.Size) : null;
        // Where the words stand in the title that is shown, or in the code, there is nothing to add.
        var piece = passage.Field == SearchField.Code || (passage.Field == SearchField.Name && marks.Count > 0) ? null : Piece(passage);
        return new SearchHit(
            document.Kind, document.Id, Marks.Whole(title.Text, marks), title.Language, passage.Field,
            passage.Field is SearchField.Report or SearchField.Review or SearchField.Reply ? passage.Part : null,
            IsEarlier(document, passage, pledge),
            piece is { } p ? Marks.CutOut(p.Text.Text, p.Spans) : [], piece?.Text.Language ?? title.Language,
            pledge?.EndedOn(reading.On), found.Score);
    }

    private (SearchedText Text, IReadOnlyList<(int Start, int End)> Spans)? Piece(Passage passage)
    {
        (SearchedText Text, IReadOnlyList<(int Start, int End)> Spans)? first = null;
        foreach (var text in models.Search.Texts(passage))
        {
            var spans = Marks.Spans(text.Text, words, phrases);
            if (spans.Count > 0 && (first is null || text.Language == reading.Language && first.Value.Text.Language != reading.Language))
            {
                first = (text, spans);
            }
        }
        return first;
    }

    private bool IsEarlier(SearchDocument document, Passage passage, PledgeRow? pledge) => passage.Field is SearchField.Name or SearchField.Text && document.Kind switch
    {
        SearchKind.Pledge => !ReferenceEquals(pledge!.Wordings[passage.Part - 1], pledge.WordingOn(reading.On)),
        SearchKind.Initiative when models.Initiatives.At(document.Id, reading.Size) is { } row => row.On(reading.On) is { } phase && !ReferenceEquals(phase, row.Phases[passage.Part - 1]),
        _ => false,
    };

    private SearchedText Title(SearchDocument document)
    {
        var (id, size) = (document.Id, reading.Size);
        return document.Kind switch
        {
            SearchKind.Pledge => models.Pledges.At(id, size)!.On(reading.On) is var content ? new(content.Language, content.Title) : default,
            SearchKind.Initiative => models.Initiatives.At(id, size) is { } i ? Named((i.On(reading.On) ?? i.Phases[0]).Content.Title, id) : default,
            SearchKind.Need or SearchKind.Offer => Named(models.Exchange.At(id, size)?.Content.Title, id),
            SearchKind.Partnership => Named(models.Partnerships.At(id, size)?.Content.Names, id),
            SearchKind.Participant => Named(models.Participants.At(id, size)?.Names, id),
            SearchKind.Meeting => Named(models.Meetings.Meeting(id, size)?.Content.Names, id),
            SearchKind.Series => Named(models.Meetings.Series(id, size)?.Settings.Names, id),
            SearchKind.Source => models.Meetings.Source(id, size)!.Document is var source ? new(source.Language, source.Title) : default,
            SearchKind.Framework => Named(models.Frameworks.At(id, size)?.Opened.Names, id),
            SearchKind.FrameworkItem => id.LastIndexOf('/') is var at ? Named(models.Frameworks.At(id[..at], size)?.Find(id[(at + 1)..])?.Labels, id[(at + 1)..]) : default,
            _ => throw new InvalidOperationException($"No title is known for {document.Kind}."),
        };
    }

    private SearchedText Named(Texts? names, string id) =>
        names?[reading.Language] is { } own ? new(reading.Language, own)
        : names?["en"] is { } english ? new("en", english)
        : names is { Count: > 0 } ? new(names.First().Key, names.First().Value)
        : new("", id);
}

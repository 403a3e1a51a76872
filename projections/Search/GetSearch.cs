using System.Text.Json.Serialization;
using MediatR;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.Search;

/// <summary>Asks where words stand, in all that was public at a basis. The day of the reading doesn't narrow: what was known is found.</summary>
/// <param name="Text">Words that must all be there; phrases in quotation marks; a star after a word for all that begin so. At most 200 characters.</param>
/// <param name="Kind">Only of this kind.</param>
/// <param name="Skip">How many to leave out at the start.</param>
/// <param name="Limit">At most so many, 1 to 100.</param>
public sealed record GetSearch(Reading Reading, string Text, SearchKind? Kind = null, long Skip = 0, int Limit = 20) : IRequest<SearchView>
{
    /// <summary>How many characters are read.</summary>
    public const int MostCharacters = 200;

    /// <summary>How many words and phrases are searched for.</summary>
    public const int MostWords = 24;

    /// <summary>How many texts are read again for one phrase.</summary>
    public const int MostRead = 5_000;
}

/// <summary>How a search went.</summary>
[JsonConverter(typeof(KebabEnum<SearchOutcome>))]
public enum SearchOutcome
{
    /// <summary>Something was found.</summary>
    Found,

    /// <summary>Nothing has all the words.</summary>
    Nothing,

    /// <summary>Nothing was asked.</summary>
    Empty,

    /// <summary>Only words that every text has.</summary>
    OnlyCommonWords,

    /// <summary>Only single letters.</summary>
    TooShort,

    /// <summary>More characters or words than are read.</summary>
    TooLong,
}

/// <summary>What was found at a basis.</summary>
/// <param name="Words">The words that were searched for, as they were understood; a star where any word that begins so will do.</param>
/// <param name="Phrases">The phrases.</param>
/// <param name="LeftOut">The words that weren't searched for: those that every text has, and single letters.</param>
/// <param name="Count">How many were found in all, of the kind that was asked for.</param>
/// <param name="Kinds">How many of each kind were found, whatever kind was asked for.</param>
/// <param name="Hits">What matters most first: where the words stand in a code, then a name, then its own text, then what others said of it; then by kind and id.</param>
/// <param name="Next">How many to leave out for the next page, or null on the last.</param>
/// <param name="Capped">True where a phrase's words stand in more texts than are read again for one, so that older places may be left out.</param>
public sealed record SearchView(
    Basis Basis, SearchOutcome Outcome, IReadOnlyList<string> Words, IReadOnlyList<string> Phrases, IReadOnlyList<string> LeftOut,
    long Count, IReadOnlyDictionary<string, int> Kinds, IReadOnlyList<SearchHit> Hits, long? Next, bool Capped)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "search/2";
}

/// <summary>Something that was found.</summary>
/// <param name="Id">As it is known by; a framework's item by the version's id, a slash and its code.</param>
/// <param name="Title">Its name in the reader's language or the one there is, in pieces.</param>
/// <param name="TitleLanguage">BCP 47.</param>
/// <param name="Field">Where the piece is from.</param>
/// <param name="Report">The number of the report or review, where it is from one.</param>
/// <param name="Earlier">True where it is from a wording that another one has taken the place of on the day of the reading.</param>
/// <param name="Text">A piece of the text with the words in it; empty where they stand in the title.</param>
/// <param name="TextLanguage">BCP 47.</param>
/// <param name="Ended">How a pledge ended, on the day of the reading.</param>
public sealed record SearchHit(
    SearchKind Kind, string Id, IReadOnlyList<TextPiece> Title, string TitleLanguage, SearchField Field, int? Report, bool Earlier,
    IReadOnlyList<TextPiece> Text, string TextLanguage, EndingKind? Ended, int Score);

/// <param name="mostRead">How many texts are read again for one phrase.</param>
public sealed class GetSearchHandler(ReadModels models, int mostRead = GetSearch.MostRead) : IRequestHandler<GetSearch, SearchView>
{
    public Task<SearchView> Handle(GetSearch request, CancellationToken cancellationToken) => Task.FromResult(Search(request, cancellationToken));

    private SearchView Search(GetSearch request, CancellationToken cancellationToken)
    {
        var reading = request.Reading;
        if (request.Text.Length > GetSearch.MostCharacters)
        {
            return Nothing(reading, SearchOutcome.TooLong, null);
        }
        var asked = SearchWords.Of(request.Text);
        if (asked.Words.Count + asked.Phrases.Count > GetSearch.MostWords)
        {
            return Nothing(reading, SearchOutcome.TooLong, asked);
        }
        models.Search.CatchUp(reading.Size, cancellationToken);
        var words = asked.Words;
        var only = words.Count + asked.Phrases.Count == 0;
        if (only)
        {
            // A code may be such a word: CAN, PER.
            words = [.. asked.Common.Select(w => new SoughtWord(w))];
        }
        var run = new SearchRun(models.Search, reading.Size, mostRead, cancellationToken);
        var found = run.Run(words, asked.Phrases);
        if (found.Count == 0)
        {
            var outcome = !only ? SearchOutcome.Nothing
                : asked.Common.Count > 0 ? SearchOutcome.OnlyCommonWords
                : asked.Letters.Count > 0 ? SearchOutcome.TooShort
                : SearchOutcome.Empty;
            return Nothing(reading, outcome, asked) with { Capped = run.Capped };
        }
        var kinds = new SortedDictionary<SearchKind, int>();
        var ranked = new List<(int Document, Found Found)>();
        foreach (var (document, how) in found)
        {
            var kind = models.Search.Document(document).Kind;
            kinds[kind] = kinds.GetValueOrDefault(kind) + 1;
            if (request.Kind is null || kind == request.Kind)
            {
                ranked.Add((document, how));
            }
        }
        cancellationToken.ThrowIfCancellationRequested();
        ranked.Sort(Compare);
        var skip = (int)Math.Clamp(request.Skip, 0, ranked.Count);
        var page = ranked.Skip(skip).Take(Math.Clamp(request.Limit, 1, 100)).ToArray();
        var hits = new SearchHits(models, reading, words, asked.Phrases);
        return new SearchView(
            reading.Basis, ranked.Count > 0 ? SearchOutcome.Found : SearchOutcome.Nothing, Words(words), Phrases(asked), only ? [] : [.. asked.Common, .. asked.Letters],
            ranked.Count, kinds.ToDictionary(k => k.Key.Code(), k => k.Value), [.. page.Select(p => hits.Of(models.Search.Document(p.Document), p.Found))],
            skip + page.Length < ranked.Count ? skip + page.Length : null, run.Capped);
    }

    private int Compare((int Document, Found Found) a, (int Document, Found Found) b)
    {
        var (x, y) = (models.Search.Document(a.Document), models.Search.Document(b.Document));
        var order = b.Found.Score.CompareTo(a.Found.Score);
        order = order == 0 ? x.Kind.CompareTo(y.Kind) : order;
        return order == 0 ? string.CompareOrdinal(x.Id, y.Id) : order;
    }

    private static SearchView Nothing(Reading reading, SearchOutcome outcome, SearchWords? asked) => new(
        reading.Basis, outcome, asked is null ? [] : Words(asked.Words), asked is null ? [] : Phrases(asked), asked is null ? [] : [.. asked.Common, .. asked.Letters],
        0, new Dictionary<string, int>(), [], null, Capped: false);

    private static IReadOnlyList<string> Words(IReadOnlyList<SoughtWord> words) => [.. words.Select(w => w.Begins ? $"{w.Word}*" : w.Word)];

    private static IReadOnlyList<string> Phrases(SearchWords asked) => [.. asked.Phrases.Select(p => string.Join(' ', p))];
}

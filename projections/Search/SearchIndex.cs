using System.Collections.Concurrent;
using System.Globalization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;
using PledgeRegistry.Projections.AccountabilityHistory;

namespace PledgeRegistry.Projections.Search;

/// <summary>Something that can be found: a pledge, a meeting, a framework's item.</summary>
/// <param name="kind">What it is.</param>
/// <param name="id">As it is known by; a framework's item by the version's id, a slash and its code.</param>
internal sealed class SearchDocument(SearchKind kind, string id)
{
    public SearchKind Kind => kind;
    public string Id => id;

    /// <summary>How many wordings there were; for the fold.</summary>
    public int Wordings { get; set; }

    /// <summary>Its last passage, or −1; for the fold.</summary>
    public int LastPassage { get; set; } = -1;
}

/// <summary>A field of a document as one entry set it. Until when it stands is kept apart, for that alone changes.</summary>
/// <param name="Document">Its place in the list of documents.</param>
/// <param name="From">The position of the entry that made it known.</param>
/// <param name="Part">Which one: of several wordings, translations or reports.</param>
/// <param name="Previous">The document's passage before it, or −1.</param>
internal readonly record struct Passage(int Document, int From, SearchField Field, int Part, int Previous);

/// <summary>
/// The words of all that is public, by the passage they stand in, and from and to which position each passage stood: what
/// is found at a size is what was known then, and costs no more than what is found now. Nothing of the texts is kept: they are
/// in the history. A fold of the history, taken in by whoever searches: no command waits for it, nor does a start.
/// </summary>
public sealed class SearchIndex(HistoryTimeline history)
{
    /// <summary>A longer word is known by its first letters.</summary>
    internal const int LongestTerm = 48;

    // So many entries are taken in at a time: who waits meanwhile can be cancelled, and goes on with what is left.
    private const int AtATime = 256;

    private readonly Lock taking = new();
    private readonly ConcurrentDictionary<string, Postings> byTerm = new(StringComparer.Ordinal);
    private readonly AppendOnlyList<Postings> terms = new();
    private readonly AppendOnlyList<Passage> passages = new();
    private readonly AppendOnlyList<SearchDocument> documents = new();
    private int[] until = new int[16];
    private int size;

    // For the fold alone.
    private readonly Dictionary<string, int> byStream = new(StringComparer.Ordinal);
    private readonly Dictionary<string, int> languages = new(StringComparer.Ordinal);
    private readonly Dictionary<string, List<int>> opened = new(StringComparer.Ordinal);

    /// <summary>How many entries are in it.</summary>
    public int Size => Volatile.Read(ref size);

    /// <summary>Takes in what it doesn't have yet of so many entries. Whatever was begun stays when it is cancelled.</summary>
    public void CatchUp(long known, CancellationToken cancel)
    {
        while (Size < known)
        {
            cancel.ThrowIfCancellationRequested();
            lock (taking)
            {
                for (var i = 0; i < AtATime && size < known; i++)
                {
                    Apply(history.At(size));
                    Volatile.Write(ref size, size + 1);
                }
            }
        }
    }

    internal SearchDocument Document(int number) => documents[number];
    internal Passage At(int passage) => passages[passage];

    /// <summary>How many passages were known at a size: those below this number.</summary>
    internal int Known(long at)
    {
        var all = passages.Snapshot();
        int low = 0, high = all.Length;
        while (low < high)
        {
            var middle = (low + high) >>> 1;
            (low, high) = all[middle].From < at ? (middle + 1, high) : (low, middle);
        }
        return low;
    }

    /// <summary>True if a passage still stood at a size at which it was known.</summary>
    internal bool Stands(int passage, long at) => Volatile.Read(ref until)[passage] >= at;

    internal Postings? Find(string term) => byTerm.GetValueOrDefault(term);

    /// <summary>The words that begin so.</summary>
    internal IEnumerable<Postings> Beginning(string prefix)
    {
        for (var i = 0; i < terms.Count; i++)
        {
            if (terms[i].Term.StartsWith(prefix, StringComparison.Ordinal))
            {
                yield return terms[i];
            }
        }
    }

    /// <summary>The texts of a passage.</summary>
    internal IEnumerable<SearchedText> Texts(Passage passage) => passage.Field == SearchField.Code
        ? [new("", Code(Document(passage.Document)))]
        // A framework is known from when it was complete, and was written down before.
        : SearchTexts.Of(history.At(Document(passage.Document).Kind is SearchKind.Framework or SearchKind.FrameworkItem ? passage.Part : passage.From).Event, passage.Field);

    /// <summary>How many bytes it has set aside, about: what keeps them is an array or two for each word.</summary>
    public (long Postings, long Terms, long Passages, long Documents) Footprint() => (
        terms.Snapshot().ToArray().Sum(t => (long)t.Capacity), terms.Count, passages.Count, documents.Count);

    private static string Code(SearchDocument document) =>
        document.Kind == SearchKind.FrameworkItem ? document.Id[(document.Id.LastIndexOf('/') + 1)..] : document.Id;

    private void Apply(HistoryRow row)
    {
        switch (row.Event)
        {
            case PledgeEvent e:
                Apply(row, e);
                break;
            case InitiativeEvent.Recorded or InitiativeEvent.Updated or InitiativeEvent.Corrected:
                Wording(row, Of(row, SearchKind.Initiative), next: row.Event is not InitiativeEvent.Corrected);
                break;
            case ExchangeEvent.Recorded { Content.Direction: var direction }:
                Wording(row, Of(row, direction == Direction.Need ? SearchKind.Need : SearchKind.Offer), next: true);
                break;
            case ExchangeEvent.Corrected:
                Wording(row, Of(row, SearchKind.Need), next: false);
                break;
            case PartnershipEvent:
                Wording(row, Of(row, SearchKind.Partnership), next: row.Event is PartnershipEvent.Formed);
                break;
            case ParticipantEvent.Registered:
                Wording(row, Of(row, SearchKind.Participant), next: true);
                break;
            case ParticipantEvent.Renamed:
                Set(row, Of(row, SearchKind.Participant), SearchField.Name, 1, replaces: true);
                break;
            case MeetingEvent.Announced or MeetingEvent.Corrected:
                Wording(row, Of(row, SearchKind.Meeting), next: row.Event is MeetingEvent.Announced);
                break;
            case SeriesEvent:
                Wording(row, Of(row, SearchKind.Series), next: row.Event is SeriesEvent.Opened);
                break;
            case SourceEvent:
                Wording(row, Of(row, SearchKind.Source), next: true);
                break;
            // Code lists label the registry's own forms: nobody looks for them.
            case FrameworkEvent.Opened { CodeList: false }:
                opened.Add(row.Stream, [(int)row.Position]);
                break;
            case FrameworkEvent.ItemAdded when opened.TryGetValue(row.Stream, out var items):
                items.Add((int)row.Position);
                break;
            case FrameworkEvent.Closed when opened.Remove(row.Stream, out var items):
                Complete(row, items);
                break;
        }
    }

    private void Apply(HistoryRow row, PledgeEvent happened)
    {
        var pledge = Of(row, SearchKind.Pledge);
        switch (happened)
        {
            case PledgeEvent.Recorded or PledgeEvent.Corrected or PledgeEvent.Amended:
                Wording(row, pledge, next: happened is not PledgeEvent.Corrected);
                break;
            case PledgeEvent.Translated e:
                Set(row, pledge, SearchField.TranslatedName, Language(e.Translation.Language), replaces: true);
                Set(row, pledge, SearchField.TranslatedText, Language(e.Translation.Language), replaces: true);
                break;
            case PledgeEvent.ProgressReported e:
                Set(row, pledge, SearchField.Report, e.Number);
                break;
            case PledgeEvent.ReportCorrected e:
                Set(row, pledge, SearchField.Report, e.Number, replaces: true);
                break;
            case PledgeEvent.Reviewed e:
                Set(row, pledge, SearchField.Review, e.Number);
                break;
            case PledgeEvent.ReviewReplied e:
                Set(row, pledge, SearchField.Reply, e.Review);
                break;
            case PledgeEvent.AddresseeAnswered or PledgeEvent.PartyAccepted or PledgeEvent.PartyDeclined or PledgeEvent.ShareDeclared:
                Set(row, pledge, SearchField.Answer, 0);
                break;
        }
    }

    private int Of(HistoryRow row, SearchKind kind)
    {
        if (!byStream.TryGetValue(row.Stream, out var document))
        {
            document = New(row, kind, row.Stream[(row.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..]);
            byStream.Add(row.Stream, document);
        }
        return document;
    }

    private int New(HistoryRow row, SearchKind kind, string id)
    {
        documents.Add(new SearchDocument(kind, id));
        var document = documents.Count - 1;
        var code = Add(document, (int)row.Position, SearchField.Code, 0);
        Read(code, Code(documents[document]), everything: true);
        return document;
    }

    // Its title and text, in the place of the last ones or after them.
    private void Wording(HistoryRow row, int document, bool next)
    {
        var number = next ? ++documents[document].Wordings : documents[document].Wordings;
        Set(row, document, SearchField.Name, number, replaces: !next);
        Set(row, document, SearchField.Text, number, replaces: !next);
    }

    private void Complete(HistoryRow row, List<int> items)
    {
        var id = row.Stream[(row.Stream.IndexOf('/', StringComparison.Ordinal) + 1)..];
        var framework = New(row, SearchKind.Framework, id);
        foreach (var position in items)
        {
            var happened = history.At(position).Event;
            if (happened is FrameworkEvent.ItemAdded added)
            {
                var item = New(row, SearchKind.FrameworkItem, $"{id}/{added.Code}");
                Write(item, (int)row.Position, SearchField.Name, position, SearchTexts.Of(added, SearchField.Name));
                Write(item, (int)row.Position, SearchField.Text, position, SearchTexts.Of(added, SearchField.Text));
            }
            else
            {
                Write(framework, (int)row.Position, SearchField.Name, position, SearchTexts.Of(happened, SearchField.Name));
            }
        }
    }

    private void Set(HistoryRow row, int document, SearchField field, int part, bool replaces = false)
    {
        for (var passage = replaces ? documents[document].LastPassage : -1; passage >= 0; passage = passages[passage].Previous)
        {
            if (passages[passage].Field == field && passages[passage].Part == part)
            {
                until[passage] = (int)row.Position;
                break;
            }
        }
        Write(document, (int)row.Position, field, part, SearchTexts.Of(row.Event, field));
    }

    private void Write(int document, int position, SearchField field, int part, IEnumerable<SearchedText> texts)
    {
        var passage = -1;
        foreach (var text in texts)
        {
            passage = passage < 0 ? Add(document, position, field, part) : passage;
            Read(passage, text.Text, everything: false);
        }
    }

    private int Add(int document, int position, SearchField field, int part)
    {
        var passage = passages.Count;
        if (passage == until.Length)
        {
            var longer = new int[passage * 2];
            until.CopyTo(longer, 0);
            Volatile.Write(ref until, longer);
        }
        until[passage] = int.MaxValue;
        passages.Add(new Passage(document, position, field, part, documents[document].LastPassage));
        documents[document].LastPassage = passage;
        return passage;
    }

    // A code is found by all its words: "can" is Canada's.
    private void Read(int passage, string text, bool everything)
    {
        var lookup = byTerm.GetAlternateLookup<ReadOnlySpan<char>>();
        Span<char> digits = stackalloc char[LongestTerm];
        var words = new WordReader(text);
        while (words.MoveNext())
        {
            if (!everything && !Tells(words.Current))
            {
                continue;
            }
            var term = Term(words.Current, digits);
            if (!lookup.TryGetValue(term, out var postings))
            {
                postings = new Postings(term.ToString());
                byTerm[postings.Term] = postings;
                terms.Add(postings);
            }
            postings.Add(passage);
        }
    }

    /// <summary>True for a word that can be searched for: no common one, nor a single letter.</summary>
    internal static bool Tells(ReadOnlySpan<char> word) => !IsLetter(word) && !CommonWords.Has(word);

    /// <summary>True for a single letter; one of Chinese or Japanese is a word.</summary>
    internal static bool IsLetter(ReadOnlySpan<char> word) => word.Length == 1 && word[0] < '\u2E80' && !char.IsDigit(word[0]);

    /// <summary>A word as the index knows it: short enough, and with the digits 0 to 9 whatever its script.</summary>
    internal static ReadOnlySpan<char> Term(ReadOnlySpan<char> word, Span<char> buffer)
    {
        word = word[..Math.Min(word.Length, LongestTerm)];
        var other = false;
        for (var i = 0; i < word.Length; i++)
        {
            buffer[i] = word[i];
            if (word[i] >= 128 && char.IsDigit(word[i]))
            {
                buffer[i] = (char)('0' + CharUnicodeInfo.GetDecimalDigitValue(word[i]));
                other = true;
            }
        }
        return other ? buffer[..word.Length] : word;
    }

    private int Language(string language)
    {
        if (!languages.TryGetValue(language, out var number))
        {
            languages.Add(language, number = languages.Count);
        }
        return number;
    }
}

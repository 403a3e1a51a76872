using System.Text.Json.Serialization;
using PledgeRegistry.Exchange;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Log;
using PledgeRegistry.Meetings;
using PledgeRegistry.Participants;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Search;

/// <summary>What was found.</summary>
[JsonConverter(typeof(KebabEnum<SearchKind>))]
public enum SearchKind
{
    /// <summary>A commitment of any kind, with its translations, reports and reviews.</summary>
    Pledge,

    /// <summary>What a participant has done.</summary>
    Initiative,

    /// <summary>Something that a participant needs.</summary>
    Need,

    /// <summary>Something that a participant offers.</summary>
    Offer,

    /// <summary>A goal that several pledges stand under.</summary>
    Partnership,

    /// <summary>A participant, by its names.</summary>
    Participant,

    /// <summary>A meeting.</summary>
    Meeting,

    /// <summary>A series of meetings.</summary>
    Series,

    /// <summary>A document that entries come from.</summary>
    Source,

    /// <summary>A version of a framework.</summary>
    Framework,

    /// <summary>An item of a framework.</summary>
    FrameworkItem,
}

/// <summary>Where in it the words stand, the weightiest first.</summary>
[JsonConverter(typeof(KebabEnum<SearchField>))]
public enum SearchField
{
    /// <summary>Its id or code.</summary>
    Code,

    /// <summary>Its title or name.</summary>
    Name,

    /// <summary>The title of a translation.</summary>
    TranslatedName,

    /// <summary>Its own text: description, terms, labels.</summary>
    Text,

    /// <summary>The text of a translation.</summary>
    TranslatedText,

    /// <summary>A report on progress.</summary>
    Report,

    /// <summary>A review.</summary>
    Review,

    /// <summary>A party's reply to a review.</summary>
    Reply,

    /// <summary>What a party or an addressee said of its part: its answer, its share.</summary>
    Answer,
}

/// <summary>A text that can be found, and its language (BCP 47).</summary>
internal readonly record struct SearchedText(string Language, string Text);

/// <summary>The texts of an entry, by what they are of: the one place that says what can be found.</summary>
internal static class SearchTexts
{
    // Where an entry doesn't say in what language its words are, they are English or names.
    private const string Unsaid = "en";

    /// <summary>What a field of an event says; nothing where the event has no such field.</summary>
    public static IEnumerable<SearchedText> Of(IEvent happened, SearchField field) => (happened, field) switch
    {
        (PledgeEvent.Recorded e, _) => Pledge(e.Content, field),
        (PledgeEvent.Corrected e, _) => Pledge(e.Content, field),
        (PledgeEvent.Amended e, _) => Pledge(e.Content, field),
        (PledgeEvent.Translated e, SearchField.TranslatedName) => Said(e.Translation.Language, e.Translation.Title),
        (PledgeEvent.Translated e, SearchField.TranslatedText) => Said(e.Translation.Language, e.Translation.Text),
        (PledgeEvent.ProgressReported e, SearchField.Report) => Report(e.Report),
        (PledgeEvent.ReportCorrected e, SearchField.Report) => Report(e.Report),
        (PledgeEvent.Reviewed e, SearchField.Review) => Said(e.Review.Language, [e.Review.Reason, .. e.Review.Evidence.Select(x => x.Title)]),
        (PledgeEvent.ReviewReplied e, SearchField.Reply) => Said(e.Language, e.Text),
        (PledgeEvent.AddresseeAnswered e, SearchField.Answer) => Said(e.Language, e.Text),
        (PledgeEvent.PartyAccepted e, SearchField.Answer) => Said(e.Language ?? Unsaid, e.Text),
        (PledgeEvent.PartyDeclined e, SearchField.Answer) => Said(e.Language, e.Text),
        (PledgeEvent.ShareDeclared e, SearchField.Answer) => Said(e.Share.Language, e.Share.Text, e.Share.Lead),
        (PartnershipEvent.Formed e, _) => Partnership(e.Content, field),
        (PartnershipEvent.Corrected e, _) => Partnership(e.Content, field),
        (InitiativeEvent.Recorded e, _) => Initiative(e.Content, field),
        (InitiativeEvent.Updated e, _) => Initiative(e.Content, field),
        (InitiativeEvent.Corrected e, _) => Initiative(e.Content, field),
        (ExchangeEvent.Recorded e, _) => Exchange(e.Content, field),
        (ExchangeEvent.Corrected e, _) => Exchange(e.Content, field),
        (ParticipantEvent.Registered e, SearchField.Name) => All(e.Names),
        (ParticipantEvent.Registered e, SearchField.Text) => Said(Unsaid, e.NameInSource),
        (ParticipantEvent.Renamed e, SearchField.Name) => All(e.Names),
        (MeetingEvent.Announced e, _) => Meeting(e.Content, field),
        (MeetingEvent.Corrected e, _) => Meeting(e.Content, field),
        (SeriesEvent.Opened e, _) => Series(e.Settings, field),
        (SeriesEvent.SettingsChanged e, _) => Series(e.Settings, field),
        (SourceEvent.Registered e, SearchField.Name) => Said(e.Language, e.Title),
        (SourceEvent.Registered e, SearchField.Text) => Said(Unsaid, e.Publisher, e.Note),
        (FrameworkEvent.Opened e, SearchField.Name) => All(e.Names),
        (FrameworkEvent.ItemAdded e, SearchField.Name) => All(e.Labels),
        (FrameworkEvent.ItemAdded e, SearchField.Text) => All(e.Descriptions).Concat(Said(Unsaid, e.Note)),
        _ => [],
    };

    private static IEnumerable<SearchedText> Pledge(PledgeContent content, SearchField field) => field switch
    {
        SearchField.Name => Said(content.Language, content.Title),
        SearchField.Text => Said(content.Language, [content.Text, .. content.Milestones.Select(m => m.Text), .. content.Indicators.Select(i => i.Text), content.Lead]),
        _ => [],
    };

    private static IEnumerable<SearchedText> Report(ProgressReport report) => Said(
        report.Language,
        [report.Narrative, report.Challenges, report.NextSteps, report.Lesson, report.GoodPractice, report.ReusableMaterial, .. report.Evidence.Select(e => e.Title)]);

    private static IEnumerable<SearchedText> Partnership(PartnershipContent content, SearchField field) => field switch
    {
        SearchField.Name => All(content.Names),
        SearchField.Text => All(content.Goal),
        _ => [],
    };

    private static IEnumerable<SearchedText> Initiative(InitiativeContent content, SearchField field) => field switch
    {
        SearchField.Name => All(content.Title),
        SearchField.Text => All(content.Description).Concat(Said(
            content.Title.FirstOrDefault().Key ?? Unsaid,
            [
                content.LeadInstitution, .. content.Partners, content.Challenge, content.Response, content.Lesson, content.GoodPractice, content.ReusableMaterial, content.Needs, content.Offers,
                .. content.Results.Select(r => r.What), .. content.Evidence.Select(e => e.Title),
            ])),
        _ => [],
    };

    private static IEnumerable<SearchedText> Exchange(ExchangeContent content, SearchField field) => field switch
    {
        SearchField.Name => All(content.Title),
        SearchField.Text => All(content.Description),
        _ => [],
    };

    private static IEnumerable<SearchedText> Meeting(MeetingContent content, SearchField field) => field switch
    {
        SearchField.Name => All(content.Names),
        SearchField.Text => Said(Unsaid, content.Place),
        _ => [],
    };

    private static IEnumerable<SearchedText> Series(SeriesSettings settings, SearchField field) => field switch
    {
        SearchField.Name => All(settings.Names),
        SearchField.Text => Said(Unsaid, settings.Note),
        _ => [],
    };

    private static IEnumerable<SearchedText> All(Texts texts) => texts.Select(t => new SearchedText(t.Key, t.Value));

    private static IEnumerable<SearchedText> Said(string language, params IEnumerable<string?> texts) =>
        texts.Where(t => !string.IsNullOrEmpty(t)).Select(t => new SearchedText(language, t!));
}

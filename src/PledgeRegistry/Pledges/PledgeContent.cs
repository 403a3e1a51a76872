using System.Text.Json.Serialization;

namespace PledgeRegistry.Pledges;

/// <summary>The four kinds of commitment, always told apart. Labels are in the vocabulary <c>list-pledge-kind</c>.</summary>
[JsonConverter(typeof(KebabEnum<PledgeKind>))]
public enum PledgeKind
{
    /// <summary>A pledge of the IMRF pledging initiative.</summary>
    Pledge,

    /// <summary>A next step that a conference agreed.</summary>
    Conclusion,

    /// <summary>Made by a party about itself at an event.</summary>
    Statement,

    /// <summary>Asked of others.</summary>
    Recommendation,
}

/// <summary>A place in a registered source document.</summary>
/// <param name="Source">The source's id.</param>
/// <param name="Place">Section, page, paragraph.</param>
public sealed record SourcePlace(string Source, string Place);

/// <summary>Until when: on a date, at a meeting, or only in the source's words.</summary>
/// <param name="Date">The day, month, quarter or year by which it is due.</param>
/// <param name="Meeting">The id of the meeting at which it is due.</param>
/// <param name="Words">The source’s own words, such as “in two years”.</param>
public sealed record Due(EffectiveDate? Date = null, string? Meeting = null, string? Words = null);

/// <summary>What a pledge says. Codes are of the vocabularies (lists) in the log; participants by their codes.</summary>
/// <param name="Kind">pledge, conclusion, statement or recommendation (<c>list-pledge-kind</c>).</param>
/// <param name="Modality">As the source words it: will, agreed, should … (<c>list-modality</c>).</param>
/// <param name="Title">A short title, in <paramref name="Language"/>.</param>
/// <param name="Text">The text in <paramref name="Language"/>; 300 to 3,000 characters for an IMRF pledge.</param>
/// <param name="Language">The language of title and text (BCP 47).</param>
/// <param name="Meeting">The meeting where it was announced.</param>
/// <param name="AnnouncedOn">When it was made known.</param>
/// <param name="By">Whose words or whose decision it is; empty where the source doesn't say.</param>
/// <param name="Owing">Who accepted, and so owes.</param>
/// <param name="Addressees">Who was asked; owes nothing, and is never silent or late.</param>
/// <param name="Source">Where it was read, in a registered source.</param>
/// <param name="Due">Until when it is to be done; null where nothing is said.</param>
/// <param name="Natures">What sort of commitment it is, as on the UN Network’s form: codes of <c>list-nature</c>.</param>
/// <param name="Level">local, national, regional or global: a code of <c>list-level</c>.</param>
/// <param name="Places">Countries (ISO 3166-1 alpha-3) and regions of implementation.</param>
/// <param name="Populations">Whom it is for: codes of <c>list-population</c>.</param>
/// <param name="JourneyStages">Stages of the migrants’ journey: codes of <c>list-journey-stage</c>.</param>
/// <param name="Conditions">Priority conditions of the RCM workshop of 2016 (S0) that it is about: codes of <c>list-condition</c>.</param>
public sealed record PledgeContent(
    PledgeKind Kind,
    string Modality,
    string Title,
    string Text,
    string Language,
    string Meeting,
    EffectiveDate AnnouncedOn,
    IReadOnlyList<string> By,
    IReadOnlyList<string> Owing,
    IReadOnlyList<string> Addressees,
    SourcePlace? Source,
    Due? Due,
    IReadOnlyList<string> Natures,
    string? Level,
    IReadOnlyList<string> Places,
    IReadOnlyList<string> Populations,
    IReadOnlyList<string> JourneyStages,
    IReadOnlyList<string> Conditions);

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
public sealed record Due(EffectiveDate? Date = null, string? Meeting = null, string? Words = null);

/// <summary>What a pledge says. Codes are of the vocabularies (lists) in the log; participants by their codes.</summary>
/// <param name="Modality">As the source words it: will, agreed, should …</param>
/// <param name="Text">The text in <paramref name="Language"/>; 300 to 3,000 characters for an IMRF pledge.</param>
/// <param name="Meeting">The meeting where it was announced.</param>
/// <param name="AnnouncedOn">When it was made known.</param>
/// <param name="By">Whose words or whose decision it is; empty where the source doesn't say.</param>
/// <param name="Owing">Who accepted, and so owes.</param>
/// <param name="Addressees">Who was asked; owes nothing, and is never silent or late.</param>
/// <param name="Places">Countries (ISO 3166-1 alpha-3) and regions of implementation.</param>
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

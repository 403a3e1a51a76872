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
/// <param name="Date">On or in which date, with its precision.</param>
/// <param name="Meeting">The id of the meeting at which.</param>
/// <param name="Words">As the source puts it ("within two years").</param>
public sealed record Due(EffectiveDate? Date = null, string? Meeting = null, string? Words = null);

/// <summary>
/// What a pledge says. Codes are of the vocabularies (lists) in the log; participants by their codes. The fields are those
/// of the UN Network's pledging form and what that form lacks.
/// </summary>
/// <param name="Kind">Pledge, conclusion, statement or recommendation.</param>
/// <param name="Modality">As the source words it: will, agreed, should … (<c>list-modality</c>).</param>
/// <param name="Title">A short title, in <paramref name="Language"/>.</param>
/// <param name="Text">The text in <paramref name="Language"/>; 300 to 3,000 characters for an IMRF pledge.</param>
/// <param name="Language">The language of the original (BCP 47). Translations are events of their own.</param>
/// <param name="Meeting">The meeting where it was announced.</param>
/// <param name="AnnouncedOn">When it was made known.</param>
/// <param name="By">Whose words or whose decision it is; empty where the source doesn't say.</param>
/// <param name="Owing">Who accepted when it was made, and so owes. Who accepts or leaves later does so by an event of its own.</param>
/// <param name="Addressees">Who was asked; owes nothing, and is never silent or late.</param>
/// <param name="Source">The document that it is in, and the place there; or null where it was recorded directly.</param>
/// <param name="Due">Until when the whole is to be done; null where nothing is said.</param>
/// <param name="Natures">financial, human resources, process, policy, data … (<c>list-nature</c>).</param>
/// <param name="Level">local, national, regional, global (<c>list-level</c>).</param>
/// <param name="Places">Countries (ISO 3166-1 alpha-3) and regions of implementation.</param>
/// <param name="Populations">Whom it is for (<c>list-population</c>).</param>
/// <param name="JourneyStages">origin, transit, destination, return (<c>list-journey-stage</c>).</param>
/// <param name="Conditions">Priority health conditions (<c>list-condition</c>; S0).</param>
/// <param name="Type">How its parties stand to each other; null where the source doesn't say.</param>
/// <param name="Matches">The id of the pledge that it matches.</param>
/// <param name="Partnership">The id of the partnership under whose goal it is.</param>
/// <param name="Mirror">That it is also made under the Global Compact on Refugees; or null.</param>
/// <param name="Concreteness">Announcement or concrete action; null where nobody said.</param>
/// <param name="Lead">The institution that leads; or null.</param>
/// <param name="Cycle">The year of the forum under which it is followed up, where that isn't its meeting's year.</param>
/// <param name="Milestones">Steps on the way.</param>
/// <param name="Indicators">What will be measured.</param>
/// <param name="Amounts">Money, where it is financial.</param>
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
    IReadOnlyList<string> Conditions,
    PledgeType? Type,
    string? Matches,
    string? Partnership,
    MirrorPledge? Mirror,
    Concreteness? Concreteness,
    string? Lead,
    int? Cycle,
    IReadOnlyList<Milestone> Milestones,
    IReadOnlyList<Indicator> Indicators,
    IReadOnlyList<Amount> Amounts);

using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Initiatives;

/// <summary>A result. <paramref name="Value"/> is a decimal number as text; the note says what it is a share of.</summary>
/// <param name="What">What was counted or measured.</param>
/// <param name="Value">A decimal number as text, in its one form (1250, 0.5).</param>
/// <param name="Unit">The unit of the value.</param>
/// <param name="DenominatorNote">What the value is a share of.</param>
public sealed record Result(string What, string Value, string Unit, string? DenominatorNote);

/// <summary>An entry of RCM progress: a new policy, programme, project or piece of news.</summary>
/// <param name="Participant">Who reports it.</param>
/// <param name="Kind">policy, programme, project, news (vocabulary <c>list-initiative-kind</c>).</param>
/// <param name="Novelty">new, updated, completed, discontinued (<c>list-novelty</c>).</param>
/// <param name="Areas">One or more areas of work (framework <c>rcm-areas</c>).</param>
/// <param name="Title">By language; English or Spanish at least.</param>
/// <param name="Description">Plain language, by language.</param>
/// <param name="Meeting">The meeting it is reported to.</param>
/// <param name="EffectiveOn">When what it says was true.</param>
/// <param name="Period">The span of time that it tells of.</param>
/// <param name="Pledge">The pledge it serves, if any.</param>
/// <param name="LeadInstitution">The institution that leads it; never a person.</param>
/// <param name="Sector">Of the lead institution: migration, health, both, other (<c>list-sector</c>).</param>
/// <param name="Partners">Organizations that take part, by name; never people.</param>
/// <param name="Populations">Whom it is for: codes of <c>list-population</c>.</param>
/// <param name="Conditions">Priority conditions of the RCM workshop of 2016 (S0) that it is about: codes of <c>list-condition</c>.</param>
/// <param name="JourneyStages">Stages of the migrants’ journey: codes of <c>list-journey-stage</c>.</param>
/// <param name="Challenge">A challenge that was met.</param>
/// <param name="Response">What was done about the challenge.</param>
/// <param name="Lesson">What was learned from it.</param>
/// <param name="GoodPractice">What worked, for others to take up.</param>
/// <param name="ReusableMaterial">Material that others can use.</param>
/// <param name="Results">What came of it, in numbers.</param>
/// <param name="Links">Framework items that it serves, beside its areas of work.</param>
/// <param name="Needs">What the participant needs of others, in words.</param>
/// <param name="Offers">What the participant can give to others, in words.</param>
/// <param name="Evidence">What shows it: pages, or files by their hashes.</param>
/// <param name="Source">Where it was read, in a registered source.</param>
public sealed record InitiativeContent(
    string Participant,
    string Kind,
    string Novelty,
    IReadOnlyList<string> Areas,
    Texts Title,
    Texts Description,
    string Meeting,
    EffectiveDate EffectiveOn,
    Period? Period,
    string? Pledge,
    string? LeadInstitution,
    string? Sector,
    IReadOnlyList<string> Partners,
    IReadOnlyList<string> Populations,
    IReadOnlyList<string> Conditions,
    IReadOnlyList<string> JourneyStages,
    string? Challenge,
    string? Response,
    string? Lesson,
    string? GoodPractice,
    string? ReusableMaterial,
    IReadOnlyList<Result> Results,
    IReadOnlyList<ItemRef> Links,
    string? Needs,
    string? Offers,
    IReadOnlyList<Evidence> Evidence,
    SourcePlace? Source);

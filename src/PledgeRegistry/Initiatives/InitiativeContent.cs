using PledgeRegistry.Frameworks;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Initiatives;

/// <summary>A result. <paramref name="Value"/> is a decimal number as text; the note says what it is a share of.</summary>
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
/// <param name="Pledge">The pledge it serves, if any.</param>
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

using System.Text.Json.Serialization;
using MediatR;
using PledgeRegistry.Projections.Time;

namespace PledgeRegistry.Projections.ClearingHouse;

/// <summary>What sort of material it is that others can learn from.</summary>
[JsonConverter(typeof(KebabEnum<MaterialKind>))]
public enum MaterialKind
{
    /// <summary>A challenge that was met.</summary>
    Challenge,

    /// <summary>What was done about a challenge.</summary>
    Response,

    /// <summary>What was learned.</summary>
    Lesson,

    /// <summary>What worked, for others to take up.</summary>
    GoodPractice,

    /// <summary>Manuals, forms, software that others can use.</summary>
    ReusableMaterial,
}

/// <summary>Asks for lessons, good practices and reusable material; null parameters don't narrow.</summary>
/// <param name="Item">The code of an area of work or of any framework item: what is about it or about a part of it.</param>
/// <param name="Text">Words that must all stand in the text or its title; case, accents and vowel marks don't count.</param>
/// <param name="Skip">Leaves out so many from the start.</param>
/// <param name="Limit">At most so many, 1 to 500.</param>
public sealed record GetClearingHouse(
    Reading Reading, MaterialKind? Kind = null, string? Item = null, string? Participant = null, string? Population = null, string? Condition = null, string? Stage = null,
    string? Text = null, long Skip = 0, int Limit = 100) : IRequest<ClearingHouseView>;

/// <summary>What can be learned from initiatives and from reports on progress, the latest first.</summary>
/// <param name="Count">How many there are in all.</param>
/// <param name="Withdrawn">What holds something that was asked for, but was withdrawn, and so is left out.</param>
public sealed record ClearingHouseView(Basis Basis, long Count, IReadOnlyList<Material> Materials, IReadOnlyList<Named> Withdrawn)
{
    /// <summary>Raised when the same entries would make another view.</summary>
    public const string View = "clearing-house/1";
}

/// <summary>One lesson, practice or piece of material.</summary>
/// <param name="Language">The language that it was recorded in (BCP 47); null where the entry doesn't say.</param>
/// <param name="Of">The initiative or the pledge that it comes from, with its title.</param>
/// <param name="Report">The number of the report on the pledge; null where it comes from an initiative.</param>
public sealed record Material(
    MaterialKind Kind, string Text, string? Language, Named Of, int? Report, Named Participant, IReadOnlyList<LabelledItem> Items, IReadOnlyList<Coded> Populations,
    IReadOnlyList<Coded> Conditions, IReadOnlyList<Coded> JourneyStages, EffectiveDate EffectiveOn, long Position);

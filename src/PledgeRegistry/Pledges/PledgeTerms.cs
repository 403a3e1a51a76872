using System.Text.Json.Serialization;

namespace PledgeRegistry.Pledges;

/// <summary>How the parties of a pledge stand to each other and to other pledges. As on the UN Network's pledging form.</summary>
[JsonConverter(typeof(KebabEnum<PledgeType>))]
public enum PledgeType
{
    /// <summary>One party's own.</summary>
    Individual,

    /// <summary>One pledge of several parties, each with its own share.</summary>
    Common,

    /// <summary>One of several pledges under one goal: see the partnership it names.</summary>
    InPartnership,

    /// <summary>Made to match another pledge, which it names.</summary>
    Matching,
}

/// <summary>Whether a pledge only makes an intention known, or sets out what will be done. As on the UN Network's pledging form.</summary>
[JsonConverter(typeof(KebabEnum<Concreteness>))]
public enum Concreteness
{
    /// <summary>An intention was made known.</summary>
    Announcement,

    /// <summary>What will be done is set out.</summary>
    ConcreteAction,
}

/// <summary>What an indicator measures (the usual three of human rights indicators: HRI/MC/2008/3).</summary>
[JsonConverter(typeof(KebabEnum<IndicatorType>))]
public enum IndicatorType
{
    /// <summary>Whether the laws, bodies and policies are there.</summary>
    Structural,

    /// <summary>Whether what was planned is being done.</summary>
    Process,

    /// <summary>Whether it changed anything for people.</summary>
    Outcome,
}

/// <summary>That the same pledge is also made under the Global Compact on Refugees.</summary>
/// <param name="Reference">What it is called there: an id or a title.</param>
/// <param name="Url">Where it can be read there, or null.</param>
public sealed record MirrorPledge(string Reference, string? Url);

/// <summary>A step on the way, due on a date or at a meeting.</summary>
/// <param name="Code">Its code within the pledge, such as <c>M1</c>: reports name it.</param>
/// <param name="Text">What will have been reached, in the pledge's language.</param>
/// <param name="Due">By when.</param>
public sealed record Milestone(string Code, string Text, Due Due);

/// <summary>A value on a day.</summary>
/// <param name="Value">A decimal number as text: <c>12.5</c>.</param>
/// <param name="On">The day, month or year that it is of.</param>
public sealed record Measured(string Value, EffectiveDate On);

/// <summary>A value to be reached.</summary>
/// <param name="Value">A decimal number as text.</param>
/// <param name="Due">By when: on a date or at a meeting; null where only the number was promised.</param>
public sealed record Target(string Value, Due? Due);

/// <summary>What will be measured. Reports give its values.</summary>
/// <param name="Code">Its code within the pledge, such as <c>I1</c>: reports and shares name it.</param>
/// <param name="Type">What it measures.</param>
/// <param name="Text">What is counted or observed, in the pledge's language.</param>
/// <param name="Unit">The unit of all its values: persons, clinics, percent.</param>
/// <param name="Baseline">Where it stood at the start, or null where nobody measured.</param>
/// <param name="Target">Where it is to stand, or null.</param>
/// <param name="DenominatorNote">What a share is a share of, or null where it is no share.</param>
public sealed record Indicator(string Code, IndicatorType Type, string Text, string Unit, Measured? Baseline, Target? Target, string? DenominatorNote);

/// <summary>An amount of money. Never added up across currencies.</summary>
/// <param name="Value">A decimal number as text, in units of the currency: <c>2500000</c>.</param>
/// <param name="Currency">ISO 4217: <c>USD</c>.</param>
/// <param name="Purpose">What it is for, in the language of what it is part of; or null.</param>
/// <param name="Period">When it is given or was spent, or null.</param>
public sealed record Amount(string Value, string Currency, string? Purpose, Period? Period);

/// <summary>A party's own part of a common pledge.</summary>
/// <param name="Text">What this party does, in <paramref name="Language"/>.</param>
/// <param name="Language">BCP 47.</param>
/// <param name="Lead">The institution that leads there, or null.</param>
/// <param name="Due">By when its own part is due, where that differs from the pledge's.</param>
/// <param name="Amounts">What it puts in.</param>
/// <param name="Targets">Its own part of the pledge's targets.</param>
public sealed record Share(string Text, string Language, string? Lead, Due? Due, IReadOnlyList<Amount> Amounts, IReadOnlyList<ShareTarget> Targets);

/// <summary>A party's part of a target.</summary>
/// <param name="Indicator">The code of the pledge's indicator.</param>
/// <param name="Value">A decimal number as text, in the indicator's unit.</param>
public sealed record ShareTarget(string Indicator, string Value);

/// <summary>Who made a translation.</summary>
[JsonConverter(typeof(KebabEnum<TranslationStanding>))]
public enum TranslationStanding
{
    /// <summary>The party's own, or the issuing body's.</summary>
    Official,

    /// <summary>Made by somebody else, to help readers.</summary>
    Unofficial,

    /// <summary>Made by a machine, and read by nobody.</summary>
    Machine,
}

/// <summary>A pledge's title and text in another language. The original stays the one that counts.</summary>
/// <param name="Language">BCP 47.</param>
/// <param name="Title">The title in that language.</param>
/// <param name="Text">The text in that language.</param>
/// <param name="Standing">Whose translation it is.</param>
public sealed record Translation(string Language, string Title, string Text, TranslationStanding Standing);

/// <summary>How a pledge came to an end as a record that is followed up.</summary>
[JsonConverter(typeof(KebabEnum<EndingKind>))]
public enum EndingKind
{
    /// <summary>The parties took it back.</summary>
    Withdrawn,

    /// <summary>Another pledge took its place.</summary>
    Superseded,

    /// <summary>It was done: no more reports are expected.</summary>
    Completed,

    /// <summary>The same promise is recorded under another id.</summary>
    Duplicate,

    /// <summary>It goes on as several pledges.</summary>
    Split,

    /// <summary>It goes on in another pledge, together with others.</summary>
    Merged,
}

using System.Text.Json.Serialization;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Projections.Smart;

/// <summary>The five questions of the SMART check.</summary>
[JsonConverter(typeof(KebabEnum<SmartCriterion>))]
public enum SmartCriterion
{
    /// <summary>Does it say who does what, where and for whom?</summary>
    Specific,

    /// <summary>Can it be told whether it was done?</summary>
    Measurable,

    /// <summary>Does it say with what, and who leads?</summary>
    Achievable,

    /// <summary>Is it tied to what was agreed?</summary>
    Relevant,

    /// <summary>Does it say until when, and by which steps?</summary>
    TimeBound,
}

/// <summary>A point that is given or not.</summary>
/// <param name="Code">A stable word, such as <c>baseline</c>: pages say what it asks for and how to meet it.</param>
/// <param name="Met">True if the pledge says it.</param>
/// <param name="Found">What it says: codes, or how many; empty where it says nothing.</param>
public sealed record SmartPoint(string Code, bool Met, string Found);

/// <summary>One of the five, with its points.</summary>
public sealed record SmartPart(SmartCriterion Criterion, IReadOnlyList<SmartPoint> Points)
{
    /// <summary>How many points are met.</summary>
    public int Met => Points.Count(p => p.Met);
}

/// <summary>
/// How far a pledge says what can be followed up: specific, measurable, achievable, relevant, time-bound. One point for
/// each thing that it says, all alike, each explained. It helps whoever writes a pledge, and never blocks; it says nothing
/// about whether a promise is a good one.
/// </summary>
public sealed record SmartScore(IReadOnlyList<SmartPart> Parts)
{
    public int Met => Parts.Sum(p => p.Met);

    public int Most => Parts.Sum(p => p.Points.Count);

    /// <param name="content">What the pledge says.</param>
    /// <param name="mappings">How many framework items it is mapped to.</param>
    /// <param name="shares">The shares that its parties declared.</param>
    public static SmartScore Of(PledgeContent content, int mappings, IReadOnlyCollection<Share> shares)
    {
        var targets = content.Indicators.Where(i => i.Target is not null).ToArray();
        var dues = new[] { content.Due }.Concat(shares.Select(s => s.Due)).OfType<Due>().Where(d => d.Date is not null || d.Meeting is not null).ToArray();
        return new SmartScore(
        [
            Part(SmartCriterion.Specific,
                Codes("who", content.Kind == PledgeKind.Recommendation ? content.Addressees : content.Owing),
                Codes("where", content.Places.Count > 0 || content.Level is null ? content.Places : [content.Level]),
                Codes("for-whom", content.Populations),
                Point("concrete-action", content.Concreteness == Concreteness.ConcreteAction, content.Concreteness?.Code() ?? "")),
            Part(SmartCriterion.Measurable,
                Codes("indicator", content.Indicators.Select(i => i.Code)),
                Codes("unit", content.Indicators.Select(i => i.Unit).Distinct()),
                Codes("baseline", content.Indicators.Where(i => i.Baseline is not null).Select(i => i.Code)),
                Codes("target", targets.Select(i => i.Code))),
            Part(SmartCriterion.Achievable,
                Codes("resources", content.Amounts.Concat(shares.SelectMany(s => s.Amounts)).Select(a => $"{a.Value} {a.Currency}")),
                Codes("lead", new[] { content.Lead }.Concat(shares.Select(s => s.Lead)).OfType<string>().Distinct())),
            Part(SmartCriterion.Relevant, Point("mapped", mappings > 0, mappings > 0 ? $"{mappings}" : "")),
            Part(SmartCriterion.TimeBound,
                Codes("due", dues.Select(d => d.Date?.ToString() ?? d.Meeting!).Distinct()),
                Codes("milestones", content.Milestones.Select(m => m.Code))),
        ]);
    }

    private static SmartPart Part(SmartCriterion criterion, params IReadOnlyList<SmartPoint> points) => new(criterion, points);

    private static SmartPoint Point(string code, bool met, string found) => new(code, met, found);

    private static SmartPoint Codes(string code, IEnumerable<string> found)
    {
        var all = string.Join(", ", found);
        return new SmartPoint(code, all.Length > 0, all);
    }
}

using PledgeRegistry.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>What a report says, as the fields of a form.</summary>
public static class ReportFields
{
    public static ProgressReport Report(this FormValues values) => new(
        values.One("report.party") ?? "",
        values.Code<ClaimedStatus>("report.status"),
        values.Date("report.effectiveOn")!,
        values.One("report.narrative") ?? "",
        values.One("report.language") ?? "",
        values.Period("report.period"),
        values.One("report.challenges"),
        values.One("report.nextSteps"),
        values.Evidence("report.evidence"),
        values.Each("report.values", row => new IndicatorValue(values.One($"{row}.indicator") ?? "", values.One($"{row}.value") ?? "", values.Date($"{row}.on")!, values.One($"{row}.denominatorNote"))),
        values.Each("report.milestones", row => new MilestoneReached(values.One($"{row}.milestone") ?? "", values.Date($"{row}.on")!)),
        values.Amounts("report.amounts"),
        values.One("report.lesson"),
        values.One("report.goodPractice"),
        values.One("report.reusableMaterial"));

    public static IEnumerable<(string Name, string? Value)> Typed(this ProgressReport report) =>
    [
        ("report.party", report.Party), ("report.status", report.Status.Code()), .. report.EffectiveOn.Typed("report.effectiveOn"), ("report.narrative", report.Narrative), ("report.language", report.Language),
        .. report.Period.Typed("report.period"), ("report.challenges", report.Challenges), ("report.nextSteps", report.NextSteps), .. report.Evidence.Typed("report.evidence"),
        .. report.Values.Rows("report.values", (v, row) => [($"{row}.indicator", v.Indicator), ($"{row}.value", v.Value), .. v.On.Typed($"{row}.on"), ($"{row}.denominatorNote", v.DenominatorNote)]),
        .. report.Milestones.Rows("report.milestones", (m, row) => [($"{row}.milestone", m.Milestone), .. m.On.Typed($"{row}.on")]),
        .. report.Amounts.Typed("report.amounts"), ("report.lesson", report.Lesson), ("report.goodPractice", report.GoodPractice), ("report.reusableMaterial", report.ReusableMaterial),
    ];

    /// <summary>The codes of a list's rows: those that are filled in, then one for each that nothing was said of yet.</summary>
    public static IReadOnlyList<string> RowsFor(this FormValues values, string list, string member, IEnumerable<string> codes)
    {
        string[] filled = [.. values.Each(list, row => values.One($"{row}.{member}") ?? "")];
        return [.. filled, .. codes.Except(filled)];
    }
}

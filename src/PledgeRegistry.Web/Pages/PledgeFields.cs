using System.Globalization;
using PledgeRegistry.Pledges;

namespace PledgeRegistry.Web.Pages;

/// <summary>What a pledge says, as the fields of a form: read from them, and put into them.</summary>
public static class PledgeFields
{
    public static FieldRowsModel Milestones(this WritingPage form) => form.FieldRows("content.milestones", "Pledge.Milestones", row =>
    [
        form.Line($"{row}.text", "Pledge.Milestone"), .. form.DueFields($"{row}.due"), form.Line($"{row}.code", "Form.OwnCode", hint: "Form.OwnCodeHint", leftToRight: true),
    ], "NewPledge.MilestonesHint");

    public static FieldRowsModel Indicators(this WritingPage form) => form.FieldRows("content.indicators", "Pledge.Indicators", row =>
    [
        form.Line($"{row}.text", "Pledge.Indicator"), form.Select($"{row}.type", "Indicator.Type", form.Words<IndicatorType>("IndicatorType")), form.Line($"{row}.unit", "NewInitiative.ResultUnit"),
        form.Line($"{row}.baseline.value", "Indicator.Baseline", leftToRight: true), form.Day($"{row}.baseline.on", "Indicator.BaselineOn"),
        form.Line($"{row}.target.value", "Indicator.Target", leftToRight: true), .. form.DueFields($"{row}.target.due"),
        form.Line($"{row}.denominatorNote", "NewInitiative.ResultOf"), form.Line($"{row}.code", "Form.OwnCode", hint: "Form.OwnCodeHint", leftToRight: true),
    ], "NewPledge.IndicatorsHint");

    /// <summary>By when: on a date, at a meeting, or in the source's words.</summary>
    public static IReadOnlyList<FieldModel> DueFields(this WritingPage form, string field) =>
        [form.Day($"{field}.date", "NewPledge.DueDate"), form.Select($"{field}.meeting", "NewPledge.DueMeeting", form.Meetings()), form.Line($"{field}.words", "NewPledge.DueWords", hint: "NewPledge.DueWordsHint")];

    public static PledgeContent Pledge(this FormValues values) => new(
        values.Code<PledgeKind>("content.kind"),
        values.One("content.modality") ?? "",
        values.One("content.title") ?? "",
        values.One("content.text") ?? "",
        values.One("content.language") ?? "",
        values.One("content.meeting") ?? "",
        values.Date("content.announcedOn")!,
        values.Many("content.by"),
        values.Many("content.owing"),
        values.Many("content.addressees"),
        values.Source("content.source"),
        values.Due("content.due"),
        values.Many("content.natures"),
        values.One("content.level"),
        Places(values.One("content.places") ?? ""),
        values.Many("content.populations"),
        values.Many("content.journeyStages"),
        values.Many("content.conditions"),
        values.OptionalCode<PledgeType>("content.type"),
        values.One("content.matches"),
        values.One("content.partnership"),
        values.One("content.mirror.reference") is null && values.One("content.mirror.url") is null ? null : new MirrorPledge(values.One("content.mirror.reference") ?? "", values.One("content.mirror.url")),
        values.OptionalCode<Concreteness>("content.concreteness"),
        values.One("content.lead"),
        values.One("content.cycle") is { } cycle ? int.TryParse(cycle, NumberStyles.None, CultureInfo.InvariantCulture, out var year) ? year : -1 : null,
        Coded(values, "content.milestones", "M", (row, code) => new Milestone(code, values.One($"{row}.text") ?? "", values.Due($"{row}.due")!)),
        Coded(values, "content.indicators", "I", (row, code) => new Indicator(
            code, values.Code<IndicatorType>($"{row}.type"), values.One($"{row}.text") ?? "", values.One($"{row}.unit") ?? "",
            values.One($"{row}.baseline.value") is null && values.One($"{row}.baseline.on") is null ? null : new Measured(values.One($"{row}.baseline.value") ?? "", values.Date($"{row}.baseline.on")!),
            values.One($"{row}.target.value") is null && values.Due($"{row}.target.due") is null ? null : new Target(values.One($"{row}.target.value") ?? "", values.Due($"{row}.target.due")),
            values.One($"{row}.denominatorNote"))),
        values.Amounts("content.amounts"));

    public static IEnumerable<(string Name, string? Value)> Typed(this PledgeContent content) =>
    [
        ("content.kind", content.Kind.Code()), ("content.modality", content.Modality), ("content.title", content.Title), ("content.text", content.Text), ("content.language", content.Language),
        ("content.meeting", content.Meeting), .. content.AnnouncedOn.Typed("content.announcedOn"),
        .. content.By.Typed("content.by"), .. content.Owing.Typed("content.owing"), .. content.Addressees.Typed("content.addressees"),
        .. content.Source.Typed("content.source"), .. content.Due.Typed("content.due"), .. content.Natures.Typed("content.natures"), ("content.level", content.Level),
        ("content.places", PlacesText(content.Places)), .. content.Populations.Typed("content.populations"), .. content.JourneyStages.Typed("content.journeyStages"), .. content.Conditions.Typed("content.conditions"),
        ("content.type", content.Type?.Code()), ("content.matches", content.Matches), ("content.partnership", content.Partnership),
        ("content.mirror.reference", content.Mirror?.Reference), ("content.mirror.url", content.Mirror?.Url), ("content.concreteness", content.Concreteness?.Code()), ("content.lead", content.Lead),
        ("content.cycle", content.Cycle?.ToString(CultureInfo.InvariantCulture)),
        .. content.Milestones.Rows("content.milestones", (m, row) => [($"{row}.code", m.Code), ($"{row}.text", m.Text), .. m.Due.Typed($"{row}.due")]),
        .. content.Indicators.Rows("content.indicators", (i, row) =>
        [
            ($"{row}.code", i.Code), ($"{row}.type", i.Type.Code()), ($"{row}.text", i.Text), ($"{row}.unit", i.Unit), ($"{row}.baseline.value", i.Baseline?.Value), .. (i.Baseline?.On).Typed($"{row}.baseline.on"),
            ($"{row}.target.value", i.Target?.Value), .. (i.Target?.Due).Typed($"{row}.target.due"), ($"{row}.denominatorNote", i.DenominatorNote),
        ]),
        .. content.Amounts.Typed("content.amounts"),
    ];

    // A comma parts places, unless one has a comma of its own: then a semicolon does.
    private static string[] Places(string text) =>
        text.Split(text.Contains(';', StringComparison.Ordinal) ? ';' : ',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries);

    private static string? PlacesText(IReadOnlyList<string> places) =>
        places.Count == 0 ? null : places.Any(p => p.Contains(',', StringComparison.Ordinal)) ? string.Concat(places.Select(p => $"{p}; ")).TrimEnd() : string.Join(", ", places);

    // Whoever gives no code gets the next that is free: M1, M2 …
    private static List<T> Coded<T>(FormValues values, string list, string prefix, Func<string, string, T> read)
    {
        var taken = values.Each(list, row => values.One($"{row}.code")).OfType<string>().ToHashSet(StringComparer.Ordinal);
        var next = 0;
        return [.. values.Each(list, row => read(row, values.One($"{row}.code") ?? Free()))];

        string Free()
        {
            string code;
            do
            {
                code = string.Create(CultureInfo.InvariantCulture, $"{prefix}{++next}");
            }
            while (!taken.Add(code));
            return code;
        }
    }
}

using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>Rules about a pledge's type, milestones, indicators and amounts.</summary>
internal static class TermRules
{
    public static Check Terms(this Check check, RegistryState head, PledgeContent content, string? id)
    {
        check.That(content.Type is not { } type || Enum.IsDefined(type), "unknown-code", "This is no type of pledge.", "content.type", RefusalKind.Invalid, $"{content.Type}", "pledge-type")
            .That(content.Concreteness is not { } concreteness || Enum.IsDefined(concreteness), "unknown-code", "This is neither an announcement nor a concrete action.", "content.concreteness", RefusalKind.Invalid, $"{content.Concreteness}", "concreteness")
            .That(content.Type != PledgeType.Individual || (content.Owing ?? []).Concat(head.AcceptedLater(id)).Distinct().Count() <= 1, "individual-of-many", "An individual pledge is one party's. A pledge of several is a common one.", "content.type")
            .That((content.Type == PledgeType.Matching) == (content.Matches is not null), "matching-what", "A matching pledge names the pledge that it matches, and only a matching one does.", "content.matches")
            .That(content.Matches is null || (content.Matches != id && head.Pledges.ContainsKey(content.Matches)), "unknown-pledge", $"No other pledge has the id '{content.Matches}'.", "content.matches", RefusalKind.Invalid, content.Matches ?? "")
            .That((content.Type == PledgeType.InPartnership) == (content.Partnership is not null), "partnership-which", "A pledge in partnership names the partnership, and only such a one does.", "content.partnership")
            .That(content.Partnership is null || head.Partnerships.ContainsKey(content.Partnership), "unknown-partnership", $"No partnership has the id '{content.Partnership}'.", "content.partnership", RefusalKind.Invalid, content.Partnership ?? "")
            .OptionalText(content.Lead, "content.lead", Check.ShortText)
            .That(content.Cycle is null or (>= 1900 and <= 2200), "not-a-year", "A cycle is the year of its forum, such as 2022.", "content.cycle");
        if (content.Mirror is { } mirror)
        {
            check.Text(mirror.Reference, "content.mirror.reference", Check.ShortText).OptionalAddress(mirror.Url, "content.mirror.url");
        }
        return check.Each(content.Milestones, "content.milestones", (milestone, field) => check.Id(milestone.Code, $"{field}.code").Text(milestone.Text, $"{field}.text", 2000)
                .That(milestone.Due is not null, "missing", "Say by when.", $"{field}.due").Due(milestone.Due, content.AnnouncedOn, $"{field}.due"))
            .Once(content.Milestones, m => m.Code, "content.milestones")
            .Each(content.Indicators, "content.indicators", (indicator, field) => check.Indicator(indicator, content.AnnouncedOn, field))
            .Once(content.Indicators, i => i.Code, "content.indicators")
            .Amounts(content.Amounts, "content.amounts");
    }

    public static Check Amounts(this Check check, IReadOnlyList<Amount>? amounts, string field) => check.Each(amounts, field, (amount, f) => check.Amount(amount, f));

    public static Check Amount(this Check check, Amount amount, string f) => check
        .Decimal(amount.Value, $"{f}.value").That(amount.Value?.StartsWith('-') != true, "below-zero", "An amount is not below zero.", $"{f}.value")
        .Currency(amount.Currency, $"{f}.currency").OptionalText(amount.Purpose, $"{f}.purpose", Check.ShortText).Period(amount.Period, $"{f}.period");

    /// <summary>What a report says in numbers, and which milestones it says were reached.</summary>
    /// <param name="before">The report that this one corrects, which may name what an amendment took out since.</param>
    public static Check Values(this Check check, PledgeContent content, ProgressReport report, ProgressReport? before) => check
        .Each(report.Values, "report.values", (value, field) => (Named(before?.Values, v => v.Indicator == value.Indicator) ? check : check.IndicatorOf(content, value.Indicator, $"{field}.indicator")).Decimal(value.Value, $"{field}.value")
            .Date(value.On, $"{field}.on").OptionalText(value.DenominatorNote, $"{field}.denominatorNote", 1000))
        .Once(report.Values, v => (v.Indicator, v.On), "report.values")
        .Each(report.Milestones, "report.milestones", (reached, field) => check.Date(reached.On, $"{field}.on")
            .That(content.Milestones.Any(m => m.Code == reached.Milestone) || Named(before?.Milestones, m => m.Milestone == reached.Milestone), "unknown-milestone", $"This pledge has no milestone '{reached.Milestone}'.", $"{field}.milestone", RefusalKind.Invalid, reached.Milestone ?? ""))
        .Once(report.Milestones, m => m.Milestone, "report.milestones")
        .Amounts(report.Amounts, "report.amounts");

    public static Check IndicatorOf(this Check check, PledgeContent content, string? code, string field) =>
        check.That(content.Indicators.Any(i => i.Code == code), "unknown-indicator", $"This pledge has no indicator '{code}'.", field, RefusalKind.Invalid, code ?? "");

    private static bool Named<T>(IReadOnlyList<T>? before, Func<T, bool> same) => before?.Any(same) == true;

    private static Check Indicator(this Check check, Indicator indicator, EffectiveDate? announcedOn, string field)
    {
        check.Id(indicator.Code, $"{field}.code").Text(indicator.Text, $"{field}.text", 2000).Text(indicator.Unit, $"{field}.unit", 100).OptionalText(indicator.DenominatorNote, $"{field}.denominatorNote", 1000)
            .That(Enum.IsDefined(indicator.Type), "unknown-code", "This is no type of indicator.", $"{field}.type", RefusalKind.Invalid, $"{indicator.Type}", "indicator-type");
        if (indicator.Baseline is { } baseline)
        {
            check.Decimal(baseline.Value, $"{field}.baseline.value").Date(baseline.On, $"{field}.baseline.on");
        }
        return indicator.Target is { } target ? check.Decimal(target.Value, $"{field}.target.value").Due(target.Due, announcedOn, $"{field}.target.due") : check;
    }
}

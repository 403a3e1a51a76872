using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Private;
using PledgeRegistry.Projections;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form in which a party reports on its own share of a pledge.</summary>
public sealed class NewReportPage(Show show, WriteGuard guard) : PledgeForm(show, guard, "report")
{
    /// <summary>Who can report: who owes it, and the members of collectives that do.</summary>
    public IReadOnlyList<Option> Parties() => PartiesThat(Part.Owes, Part.OwesAsMember);

    public override bool MayKeep => true;

    protected override Task<IActionResult> AnswerAsync() => AnswerAsync(DraftKind.Report, Command, _ => $"/pledges/{Id}", () => Values.One("report.party"));

    protected override Task<IActionResult> SendAsync() => RecordAsync(Command());

    private ReportProgress Command() => new(Id, Values.Report());
}

/// <summary>Mends a report that was wrong. Whose it is stays.</summary>
public sealed class CorrectReportForm(Show show, WriteGuard guard) : PledgeForm(show, guard, "correct-report")
{
    public int Number => int.Parse((string)RouteData.Values["number"]!, System.Globalization.CultureInfo.InvariantCulture);

    public override bool Possible => true;

    protected override bool IsThere() => int.TryParse((string?)RouteData.Values["number"], out var number) && number >= 1 && number <= State.Reports.Count;

    protected override IEnumerable<(string Name, string? Value)> Preset() => State.Reports[Number - 1].Typed();

    protected override Task<IActionResult> SendAsync() =>
        RecordAsync(new CorrectReport(Id, Version, Number, Values.Report() with { Party = State.Reports[Number - 1].Party }, Text("reason")));
}

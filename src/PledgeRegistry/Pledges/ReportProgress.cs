using PledgeRegistry.Log;
using PledgeRegistry.Writing;

namespace PledgeRegistry.Pledges;

/// <summary>A party reports on its own share of a pledge.</summary>
public sealed record ReportProgress(string Id, ProgressReport Report) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
        new Check(head).Standing(pledge).Report(head, pledge, Report).Refusal
        ?? (pledge.Reports.FindLast(r => r.Party == Report.Party) is { } latest && StoredJson.Same(latest, Report)
            ? Decision.NothingToDo
            : PledgeRules.Accept(Id, new PledgeEvent.ProgressReported(pledge.Reports.Count + 1, Report))));
}

/// <summary>Mends a report that was wrong. The old one stays readable; whose report it is can't change.</summary>
public sealed record CorrectReport(string Id, long ExpectedVersion, int Number, ProgressReport Report, string Reason) : ICommand
{
    public Decision Decide(RegistryState head, Author author) => PledgeRules.Of(head, Id, pledge =>
    {
        if (Number < 1 || Number > pledge.Reports.Count)
        {
            return Decision.Refuse(new Refusal("unknown-report", $"This pledge has no report {Number}.", "number", RefusalKind.NotFound, $"{Number}"));
        }
        var before = pledge.Reports[Number - 1];
        return new Check(head).Version($"pledge/{Id}", ExpectedVersion).Report(head, pledge, Report, before).Text(Reason, "reason")
            .That(Report is null || Report.Party == before.Party, "other-party", $"Report {Number} is of '{before.Party}'.", "report.party", RefusalKind.Invalid, before.Party)
            .Refusal
            ?? (StoredJson.Same(Report!, before) ? Decision.NothingToDo : PledgeRules.Accept(Id, new PledgeEvent.ReportCorrected(Number, Report!, Reason)));
    });
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Private;
using PledgeRegistry.Projections;
using PledgeRegistry.Projections.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form in which a party reports on its own share of a pledge.</summary>
public sealed class NewReportPage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    public PledgeView View { get; private set; } = null!;

    /// <summary>Who can report: who owes it, and the members of collectives that do.</summary>
    public IReadOnlyList<Option> Parties() =>
        [.. View.Parties.Where(p => p.Part is Part.Owes or Part.OwesAsMember).Select(p => new Option(p.Participant.Id, $"{p.Participant.Name} ({p.Participant.Id})"))];

    /// <summary>The evidence typed so far: title, address, SHA-256.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Evidence => Values.Rows("report.evidence", "title", "url", "sha256");

    public async Task<IActionResult> OnGetAsync(string id)
    {
        MayWrite();
        return !await FindAsync(id) ? Missing(id) : OpenDraft() ? Page() : Missing(Show.Asked("draft")!);
    }

    public async Task<IActionResult> OnPostAsync(string id)
    {
        if (!await FindAsync(id))
        {
            return Missing(id);
        }
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return await AnswerAsync(DraftKind.Report, () => Command(id), pledge => $"/pledges/{pledge}", () => Values.One("report.party"));
    }

    private async Task<bool> FindAsync(string id)
    {
        if (await Ask(new GetPledge(Reading, id)) is not { } view)
        {
            return false;
        }
        View = view;
        return true;
    }

    private ReportProgress Command(string id) => new(id, new ProgressReport(
        Values.One("report.party") ?? "",
        EnumOf<ClaimedStatus>(Values.One("report.status")),
        Date("report.effectiveOn")!,
        Values.One("report.narrative") ?? "",
        Values.One("report.language") ?? "",
        Period("report.period"),
        Values.One("report.challenges"),
        Values.One("report.nextSteps"),
        EvidenceOf("report.evidence"),
        [], [], [], null, null, null));
}

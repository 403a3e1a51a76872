using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Initiatives;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form to record a policy, programme, project or piece of news.</summary>
public sealed class NewInitiativePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    private static readonly string[] TitleLanguages = ["en", "es"];

    public IReadOnlyList<IReadOnlyList<string?>> Results => Values.Rows("content.results", "what", "value", "unit", "denominatorNote");

    public IActionResult OnGet()
    {
        MayWrite();
        return OpenDraft() ? Page() : Missing(Show.Asked("draft")!);
    }

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return await AnswerAsync(DraftKind.Initiative, () => new RecordInitiative(Content()), id => $"/initiatives/{id}", () => Values.One("content.participant"));
    }

    private InitiativeContent Content() => new(
        Values.One("content.participant") ?? "",
        Values.One("content.kind") ?? "",
        Values.One("content.novelty") ?? "",
        Values.Many("content.areas"),
        TextsOf("content.title", TitleLanguages),
        TextsOf("content.description", TitleLanguages),
        Values.One("content.meeting") ?? "",
        Values.Date("content.effectiveOn")!,
        Values.Period("content.period"),
        Values.One("content.pledge"),
        Values.One("content.leadInstitution"),
        Values.One("content.sector"),
        [.. (Values.One("content.partners") ?? "").Split('\n', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Values.Many("content.populations"),
        Values.Many("content.conditions"),
        Values.Many("content.journeyStages"),
        Values.One("content.challenge"),
        Values.One("content.response"),
        Values.One("content.lesson"),
        Values.One("content.goodPractice"),
        Values.One("content.reusableMaterial"),
        [.. Results.Select(r => new Result(r[0] ?? "", r[1] ?? "", r[2] ?? "", r[3]))],
        [.. Values.Many("content.links").Select(ItemOf)],
        Values.One("content.needs"),
        Values.One("content.offers"),
        Values.Evidence("content.evidence"),
        Values.Source("content.source"));
}

using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Private;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form to record a commitment of any kind.</summary>
public sealed class NewPledgePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
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
        return await AnswerAsync(DraftKind.Pledge, () => Command(), id => $"/pledges/{id}", () => Values.Many("content.owing").Concat(Values.Many("content.by")).FirstOrDefault());
    }

    /// <summary>The mappings typed so far: item and reason.</summary>
    public IReadOnlyList<IReadOnlyList<string?>> Mappings => Values.Rows("mappings", "item", "reason");

    private RecordPledge Command() => new(
        new PledgeContent(
            EnumOf<PledgeKind>(Values.One("content.kind")),
            Values.One("content.modality") ?? "",
            Values.One("content.title") ?? "",
            Values.One("content.text") ?? "",
            Values.One("content.language") ?? "",
            Values.One("content.meeting") ?? "",
            Date("content.announcedOn")!,
            Values.Many("content.by"),
            Values.Many("content.owing"),
            Values.Many("content.addressees"),
            Source("content.source"),
            DueDate(),
            Values.Many("content.natures"),
            Values.One("content.level"),
            [.. (Values.One("content.places") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
            Values.Many("content.populations"),
            Values.Many("content.journeyStages"),
            Values.Many("content.conditions"),
            null, null, null, null, null, null, null, [], [], []),
        [.. Mappings.Select(m => new MappingReason(ItemOf(m[0]), m[1] ?? ""))]);

    private Due? DueDate()
    {
        var due = new Due(Date("content.due.date"), Values.One("content.due.meeting"), Values.One("content.due.words"));
        return due is { Date: null, Meeting: null, Words: null } ? null : due;
    }
}

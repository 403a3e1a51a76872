using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Pledges;
using PledgeRegistry.Private;
using PledgeRegistry.Projections.Duplicates;
using PledgeRegistry.Projections.Smart;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form to record a commitment of any kind.</summary>
public sealed class NewPledgePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    /// <summary>How far what was typed says what can be followed up, once that was asked.</summary>
    public SmartScore? Smart { get; private set; }

    /// <summary>What looks like it and is recorded already, once that was asked.</summary>
    public IReadOnlyList<DuplicateCandidate> Alike { get; private set; } = [];

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
        return await AnswerAsync(DraftKind.Pledge, () => Command(), id => $"/pledges/{id}", () => Values.Many("content.owing").Concat(Values.Many("content.by")).FirstOrDefault(), CheckAsync);
    }

    // Nothing is recorded: what would be refused is told, with the score and what looks alike.
    private async Task CheckAsync()
    {
        var command = Command();
        var content = command.Content;
        Tell(command);
        Smart = SmartScore.Of(content, command.Mappings.Count, []);
        Alike = (await Ask(new FindDuplicates(Reading, new Sought(null, [new SoughtWording(content.Title, content.Text)], content.Owing.Count > 0 ? content.Owing : [.. content.By.Concat(content.Addressees)], [.. command.Mappings.Select(m => m.Item)])))).Candidates;
    }

    /// <summary>The items that it is mapped to, each with why, and whether it is a main one.</summary>
    public FieldRowsModel MappingRows() => FieldRows("mappings", "Pledge.Mappings", row =>
    [
        Line($"{row}.item", "NewPledge.Item", leftToRight: true, list: "items"), Line($"{row}.reason", "NewPledge.Reason"),
        Select($"{row}.main", "Mapping.IsMain", [new Option("yes", T["Form.Yes"])]),
    ], "NewPledge.MappingsHint") with { Rows = RowCount("mappings", Values.Rows("mappings")) };

    private RecordPledge Command() => new(
        Values.Pledge(),
        Values.Each("mappings", row => new MappingReason(ItemOf(Values.One($"{row}.item")), Values.One($"{row}.reason") ?? "", Values.One($"{row}.main") is not null)));
}

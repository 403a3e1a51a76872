using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Pledges;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form to record a need or an offer.</summary>
public sealed class NewExchangePage(Show show, WriteGuard guard) : WritingPage(show, guard)
{
    private static readonly string[] TitleLanguages = ["en", "es"];

    public IReadOnlyList<Option> Directions() =>
        [new("need", T["Direction.need"], null, T["NewExchange.NeedMeaning"]), new("offer", T["Direction.offer"], null, T["NewExchange.OfferMeaning"])];

    public void OnGet() => MayWrite();

    public async Task<IActionResult> OnPostAsync()
    {
        if (!MayWrite())
        {
            Response.StatusCode = StatusCodes.Status403Forbidden;
            return Page();
        }
        return Take() ? await RecordAsync(new RecordNeedOrOffer(Content()), id => $"/exchange/{id}") : Page();
    }

    private ExchangeContent Content() => new(
        EnumOf<Direction>(Values.One("content.direction")),
        Values.One("content.participant") ?? "",
        TextsOf("content.title", TitleLanguages),
        TextsOf("content.description", TitleLanguages),
        Values.Many("content.natures"),
        [.. Values.Many("content.items").Select(ItemOf)],
        [.. (Values.One("content.places") ?? "").Split(',', StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries)],
        Values.Many("content.populations"),
        Values.One("content.meeting") ?? "",
        Date("content.effectiveOn")!,
        Date("content.openUntil"),
        Values.One("content.pledge"),
        Values.One("content.initiative"),
        Amount(),
        Source("content.source"));

    private Amount? Amount()
    {
        var (value, currency) = (Values.One("content.amount.value"), Values.One("content.amount.currency"));
        return value is null && currency is null ? null : new Amount(value ?? "", currency?.ToUpperInvariant() ?? "", null, null);
    }
}

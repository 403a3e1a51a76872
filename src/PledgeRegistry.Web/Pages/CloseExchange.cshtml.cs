using Microsoft.AspNetCore.Mvc;
using PledgeRegistry.Exchange;
using PledgeRegistry.Web.Security;

namespace PledgeRegistry.Web.Pages;

/// <summary>The form that says that a need or an offer is no longer open.</summary>
public sealed class CloseExchangePage(Show show, WriteGuard guard) : ExchangeForm(show, guard)
{
    public IReadOnlyList<Option> Ways() => [.. Kebab.Codes<Closing>().Select(c => new Option(c, Show.Word("ExchangeStatus", c)))];

    protected override Task<IActionResult> SendAsync() =>
        RecordAsync(new CloseNeedOrOffer(Id, View.Version, EnumOf<Closing>(Values.One("how")), Date("from")!, Values.One("reason") ?? ""));
}

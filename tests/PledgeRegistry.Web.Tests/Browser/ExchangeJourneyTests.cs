using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public sealed class ExchangeJourneyTests(BrowserRegistry site)
{
    [Fact]
    public async Task A_need_and_an_offer_are_recorded_brought_together_by_both_sides_and_ended()
    {
        var page = await site.OpenAsync("/exchange/new");
        var need = await RecordsAsync(page, "need", "PER", "Interpreters for the southern crossing");
        var offer = await RecordsAsync(page, "offer", "ECU", "Interpreters on the telephone");

        await page.GotoAsync($"/exchange/{need}/match");
        await page.Locator("[name='offer']").SelectOptionAsync(offer);
        await page.Locator("[name='by']").SelectOptionAsync("IOM");
        await page.Locator("[name='on']").FillAsync("2026-06");
        await page.Locator("[name='reason']").FillAsync("Both are about the same crossing.");
        await SendAsync(page);
        foreach (var side in new[] { "PER", "ECU" })
        {
            await page.GotoAsync($"/exchange/{need}/matches/1/answer");
            await page.Locator("[name='party']").SelectOptionAsync(side);
            await page.Locator("[name='answer'][value='accepted']").CheckAsync();
            await page.Locator("[name='on']").FillAsync("2026-07-01");
            await page.Locator("[name='text']").FillAsync($"Gladly, says {side}.");
            await SendAsync(page);
        }
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Gladly, says ECU.");
        // The other side's page tells the same.
        await page.GotoAsync($"/exchange/{offer}");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Gladly, says PER.");

        await page.GetByRole(AriaRole.Link, new() { Name = "End this match" }).ClickAsync();
        await SendAsync(page);
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await page.Locator("[name='by']").SelectOptionAsync("ECU");
        await page.Locator("[name='from']").FillAsync("2026-09-30");
        await page.Locator("[name='reason']").FillAsync("The line was closed.");
        await SendAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("The line was closed.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task An_offer_that_is_over_is_closed_with_why_and_stays_readable()
    {
        var page = await site.OpenAsync("/exchange/new");
        var offer = await RecordsAsync(page, "offer", "ARG", "Two buses for the cold months");
        await page.GotoAsync($"/exchange/{offer}");
        await page.GetByRole(AriaRole.Link, new() { Name = "Say that it is no longer open" }).ClickAsync();
        await page.Locator("[name='how'][value='lapsed']").CheckAsync();
        await page.Locator("[name='from']").FillAsync("2026-10-01");
        await page.Locator("[name='reason']").FillAsync("Nobody asked for them.");
        await SendAsync(page);
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("Nobody asked for them.");
        await Assertions.Expect(page.GetByRole(AriaRole.Link, new() { Name = "Say that it is no longer open" })).ToHaveCountAsync(0);
        await page.Context.CloseAsync();
    }

    private static async Task<string> RecordsAsync(IPage page, string direction, string participant, string title)
    {
        await page.GotoAsync("/exchange/new");
        await page.Locator($"[name='content.direction'][value='{direction}']").CheckAsync();
        await page.Locator("[name='content.participant']").SelectOptionAsync(participant);
        await page.Locator("[name='content.title.en']").FillAsync(title);
        await page.Locator("[name='content.description.en']").FillAsync("From the first to the last bus.");
        await page.Locator("[name='content.meeting']").SelectOptionAsync("RCM-XXI");
        await page.Locator("[name='content.effectiveOn']").FillAsync("2016-11");
        await SendAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync(title);
        return new Uri(page.Url).AbsolutePath.Split('/')[^1];
    }

    private static Task SendAsync(IPage page) => page.Locator("p.submit button").First.ClickAsync();
}

using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public class SeriesFormTests(BrowserRegistry site)
{
    [Fact]
    public async Task Settings_are_changed_with_a_reason_and_what_the_form_does_not_touch_stays()
    {
        var before = site.Registry.Host.Node.Registry.State.Series["CMIM"].Settings;
        var page = await site.OpenAsync("/series/CMIM", script: false);
        await page.GetByRole(AriaRole.Link, new() { Name = "Change the settings" }).ClickAsync();
        await page.Locator("[name='settings.noticeWeeks']").FillAsync("six");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Write a whole number from 0 to 104.");
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("Reason");
        Assert.Equal("six", await page.Locator("[name='settings.noticeWeeks']").InputValueAsync());
        await page.Locator("[name='settings.noticeWeeks']").FillAsync("6");
        await page.Locator("[name='reason']").FillAsync("They asked for it.");
        await page.Locator(".submit button").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"/series/CMIM\?recorded=\d+$"));
        Assert.Contains("before a regular meeting begins: 6.", await page.Locator("main").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Contains("They asked for it.", await page.Locator(".history").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Equal(before with { NoticeWeeks = 6 }, site.Registry.Host.Node.Registry.State.Series["CMIM"].Settings);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_changes_what_somebody_changed_meanwhile_is_told_so_and_nothing_is_overwritten()
    {
        var (first, second) = (await site.OpenAsync("/series/WHA/settings"), await site.OpenAsync("/series/WHA/settings"));
        await ChangeAsync(first, "20");
        await first.WaitForURLAsync(new Regex(@"/series/WHA\?recorded=\d+$"));
        await ChangeAsync(second, "30");
        await Assertions.Expect(second.GetByRole(AriaRole.Alert)).ToContainTextAsync("Somebody changed this meanwhile.");
        Assert.Equal("30", await second.Locator("[name='settings.noticeWeeks']").InputValueAsync());
        Assert.Equal(20, site.Registry.Host.Node.Registry.State.Series["WHA"].Settings.NoticeWeeks);
        await first.Context.CloseAsync();
        await second.Context.CloseAsync();

        static async Task ChangeAsync(IPage page, string weeks)
        {
            await page.Locator("[name='settings.noticeWeeks']").FillAsync(weeks);
            await page.Locator("[name='reason']").FillAsync("Longer.");
            await page.Locator(".submit button").ClickAsync();
        }
    }
}

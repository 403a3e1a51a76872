using Deque.AxeCore.Commons;
using Deque.AxeCore.Playwright;
using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public class AccessibilityTests(BrowserRegistry site)
{
    private static readonly int[] Widths = [360, 1280];

    private static readonly AxeRunOptions Rules = new()
    {
        RunOnly = new RunOnlyOptions { Type = "tag", Values = ["wcag2a", "wcag2aa", "wcag21a", "wcag21aa", "wcag22aa", "best-practice"] },
    };

    public static TheoryData<string, string> Languages4(string[] pages)
    {
        var data = new TheoryData<string, string>();
        foreach (var page in pages)
        {
            foreach (var language in Languages.All)
            {
                data.Add(page, language);
            }
        }
        return data;
    }

    public static TheoryData<string, string> MainPages => Languages4(Site.Main);

    /// <summary>Each page in two languages, one at each width, so that every language meets every width.</summary>
    public static TheoryData<string, string, int> OtherPages
    {
        get
        {
            var data = new TheoryData<string, string, int>();
            for (var i = 0; i < Site.Others.Length; i++)
            {
                data.Add(Site.Others[i], Languages.All[i % 4], Widths[i / 4 % 2]);
                data.Add(Site.Others[i], Languages.All[(i + 2) % 4], Widths[(i / 4 + 1) % 2]);
            }
            return data;
        }
    }

    [Theory]
    [MemberData(nameof(MainPages))]
    public async Task A_main_page_has_nothing_that_axe_finds_and_never_scrolls_sideways(string path, string language)
    {
        var page = await site.OpenAsync(Site.In(path, language));
        foreach (var width in Widths)
        {
            await page.SetViewportSizeAsync(width, 900);
            await CheckAsync(page);
        }
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(OtherPages))]
    public async Task Every_other_page_has_nothing_that_axe_finds_and_never_scrolls_sideways(string path, string language, int width)
    {
        var page = await site.OpenAsync(Site.In(path, language), width);
        await CheckAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task In_the_dark_there_is_contrast_enough()
    {
        var page = await site.OpenAsync("/rcm/grid");
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { ColorScheme = ColorScheme.Dark });
        await CheckAsync(page);
        await page.GotoAsync($"/pledges/{BrowserRegistry.RichPledge}");
        await CheckAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_with_errors_is_as_accessible_as_one_without()
    {
        var page = await site.OpenAsync("/pledges/new");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToBeVisibleAsync();
        await CheckAsync(page);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Whatever_has_the_focus_shows_it()
    {
        var page = await site.OpenAsync("/rcm/grid");
        for (var i = 0; i < 40; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            var outline = await page.EvaluateAsync<string>("() => { const s = getComputedStyle(document.activeElement); return s.outlineStyle === 'none' ? '' : s.outlineWidth; }");
            Assert.True(outline == "3px", await page.EvaluateAsync<string>("() => document.activeElement.outerHTML.slice(0, 200)"));
        }
        await page.Context.CloseAsync();
    }

    internal static async Task CheckAsync(IPage page)
    {
        var result = await page.RunAxe(Rules);
        Assert.True(result.Passes.Length > 10, "axe looked at nothing.");
        Assert.True(result.Violations.Length == 0, $"{page.Url}\n{string.Join('\n', result.Violations.Select(v => $"{v.Id}: {v.Help}\n  {string.Join("\n  ", v.Nodes.Take(3).Select(n => n.Html))}"))}");
        var sideways = await page.EvaluateAsync<int>("() => document.documentElement.scrollWidth - document.documentElement.clientWidth");
        Assert.True(sideways <= 0, $"{page.Url} is {sideways} pixels wider than the window.");
    }
}

using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public class ReplayJourneyTests(BrowserRegistry site)
{
    private string Head => site.Registry.Size.ToString(CultureInfo.InvariantCulture);

    [Fact]
    public async Task Without_script_links_and_forms_step_and_jump()
    {
        var page = await site.OpenAsync("/replay?size=700", script: false);
        await page.Locator("#forward").ClickAsync();
        Assert.EndsWith("/replay?size=701", page.Url, StringComparison.Ordinal);
        await page.Locator("#back").ClickAsync();
        await page.Locator("#back").ClickAsync();
        await Assertions.Expect(page.Locator(".made")).ToContainTextAsync("Entry 699 of");
        Assert.Equal($"/history?from=698&size=699#entry-698", await page.Locator("#made a").First.GetAttributeAsync("href"));
        await page.Locator("#made a").First.ClickAsync();
        await Assertions.Expect(page.Locator("#entry-698")).ToBeVisibleAsync();
        await page.GoBackAsync();
        await page.Locator("#replay details summary").ClickAsync();
        await page.Locator("#to-size").FillAsync("42");
        await page.Locator("#to-size").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".made")).ToContainTextAsync("Entry 42 of");
        await page.Locator("#replay details summary").ClickAsync();
        await page.Locator("#to-meeting").SelectOptionAsync("RCM-XXI");
        await page.Locator("#to-meeting ~ button, form:has(#to-meeting) button").ClickAsync();
        Assert.EndsWith($"/replay?size={Head}&on=2016-11-18", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#player")).ToBeHiddenAsync();
        await page.Locator("#view").SelectOptionAsync("pledge");
        await page.Locator("#subject").FillAsync(BrowserRegistry.RichPledge);
        await page.Locator("form:has(#view) button").ClickAsync();
        await Assertions.Expect(page.Locator("#frame h2")).ToBeVisibleAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "What changes this view" }).ClickAsync();
        await page.Locator("#first").ClickAsync();
        await Assertions.Expect(page.Locator("#frame")).ToContainTextAsync("It isn’t known yet");
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#made")).ToContainTextAsync(BrowserRegistry.RichPledge);
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("en")]
    [InlineData("ar")]
    public async Task With_script_the_keyboard_alone_plays_slides_and_steps_on_one_page(string language)
    {
        var page = await site.OpenAsync($"/replay?size=690&lang={language}");
        var loads = 0;
        page.Load += (_, _) => loads++;
        await page.Locator("#slider").FocusAsync();
        // Towards the end of the slider, which in Arabic is on the left.
        await page.Keyboard.PressAsync(language == "ar" ? "ArrowLeft" : "ArrowRight");
        await Assertions.Expect(page.Locator("#said")).ToContainTextAsync("691");
        Assert.Matches("size=691", page.Url);
        await page.Locator("#back").FocusAsync();
        await page.Keyboard.PressAsync("Enter");
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("690");
        Assert.Equal("back", await page.EvaluateAsync<string>("() => document.activeElement.id"));
        await page.Locator("#speed").SelectOptionAsync("150");
        await page.Locator("#play").FocusAsync();
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#play")).ToHaveAttributeAsync("aria-pressed", "true");
        await Assertions.Expect(page.Locator("#slider")).Not.ToHaveValueAsync(new Regex("^69[0-2]$"));
        await page.Keyboard.PressAsync("Space");
        await Assertions.Expect(page.Locator("#play")).ToHaveAttributeAsync("aria-pressed", "false");
        var stopped = await page.Locator("#slider").InputValueAsync();
        Assert.Contains(stopped, await page.Locator("#said").InnerTextAsync(), StringComparison.Ordinal);
        await page.WaitForTimeoutAsync(400);
        Assert.Equal(stopped, await page.Locator("#slider").InputValueAsync());
        Assert.Equal(0, loads);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Played_to_the_end_it_stops_and_shows_what_the_grid_shows()
    {
        var page = await site.OpenAsync($"/replay?size={site.Registry.Size - 2}&on=2026-11-22");
        await page.Locator("#speed").SelectOptionAsync("150");
        await page.Locator("#play").ClickAsync();
        await Assertions.Expect(page.Locator("#said")).ToHaveTextAsync("That was the last entry.");
        var played = await page.Locator("#frame table.grid").InnerTextAsync();
        await page.GotoAsync($"/rcm/grid?size={Head}&on=2026-11-22");
        Assert.Equal(await page.Locator("table.grid").InnerTextAsync(), played);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Played_and_loaded_again_or_gone_back_to_it_is_the_whole_page_at_the_step_it_had()
    {
        var page = await site.OpenAsync("/replay?size=690");
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("691");
        await WholeAsync(page, "691", () => page.ReloadAsync());
        // A frame that is asked for twice, and an address whose page is kept already.
        await page.Locator("#back").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("690");
        await WholeAsync(page, "690", () => page.ReloadAsync());
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("691");
        await page.GotoAsync("/about");
        await WholeAsync(page, "691", () => page.GoBackAsync());
        await page.Context.CloseAsync();

        static async Task WholeAsync(IPage page, string size, Func<Task> again)
        {
            await again();
            await Assertions.Expect(page.Locator("header.site")).ToBeVisibleAsync();
            await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync(size);
            await Assertions.Expect(page.Locator(".made")).ToContainTextAsync($"Entry {size} of");
        }
    }

    [Fact]
    public async Task What_leads_to_another_view_or_language_keeps_the_step_that_was_played_to()
    {
        var page = await site.OpenAsync("/replay");
        await page.Locator("#first").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("0");
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("1");
        await page.Locator(".languages a[lang=es]").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"/replay\?size=1$"));
        Assert.Equal("es", await page.Locator("html").GetAttributeAsync("lang"));
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("2");
        await page.Locator("#view").SelectOptionAsync("coverage");
        await page.Locator("form:has(#view) button").ClickAsync();
        await page.WaitForURLAsync(new Regex("view=coverage"));
        Assert.Equal("2", await page.Locator("#slider").InputValueAsync());
        // A step to a meeting is one to another day of judging, which goes along as well.
        await page.GotoAsync($"/replay?by=meeting&size={Head}&on=2022-05-19");
        await page.Locator("#back").ClickAsync();
        await page.WaitForURLAsync(u => !u.Contains("on=2022-05-19", StringComparison.Ordinal));
        var on = Regex.Match(page.Url, "on=([0-9-]+)").Groups[1].Value;
        foreach (var form in new[] { "form:has(#view)", "form.slide", "form:has(#to-size)", "form:has(#to-moment)" })
        {
            Assert.Equal(on, await page.Locator($"{form} input[type=hidden][name=on]").InputValueAsync());
        }
        Assert.Equal(0, await page.Locator("form:has(#to-meeting) input[name=on]").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task By_meeting_it_goes_from_before_the_first_meeting_to_the_last_one_and_no_further()
    {
        var meetings = site.Registry.Host.Node.Models.Meetings.Meetings(site.Registry.Size).Select(m => m.OverBy).Distinct().Order().ToArray();
        var page = await site.OpenAsync("/replay?by=meeting&size=900", script: false);
        await page.Locator("#first").ClickAsync();
        Assert.EndsWith($"size=0&on={meetings[0].AddDays(-1):yyyy-MM-dd}", page.Url, StringComparison.Ordinal);
        foreach (var meeting in meetings)
        {
            await page.Locator("#forward").ClickAsync();
            Assert.EndsWith($"&on={meeting:yyyy-MM-dd}", page.Url, StringComparison.Ordinal);
        }
        Assert.Equal("true", await page.Locator("#frame").GetAttributeAsync("data-last"));
        await page.Locator("#back").ClickAsync();
        Assert.EndsWith($"&on={meetings[^2]:yyyy-MM-dd}", page.Url, StringComparison.Ordinal);
        await page.Context.CloseAsync();
        // Played, it does the same. From the end it begins again.
        var playing = await site.OpenAsync($"/replay?by=meeting&size={Head}&on={meetings[^1]:yyyy-MM-dd}");
        await playing.Locator("#speed").SelectOptionAsync("150");
        await playing.Locator("#play").ClickAsync();
        await playing.WaitForURLAsync(new Regex($"on={meetings[1]:yyyy-MM-dd}"));
        await Assertions.Expect(playing.Locator("#said")).ToHaveTextAsync("That was the last entry.", new() { Timeout = 60_000 });
        Assert.Contains($"on={meetings[^1]:yyyy-MM-dd}", playing.Url, StringComparison.Ordinal);
        await playing.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/replay?size=900")]
    [InlineData("/replay")]
    [InlineData("/replay?asOf=2200-01-01")]
    public async Task Whatever_leads_from_the_page_leads_to_the_step_that_is_shown(string path)
    {
        var page = await site.OpenAsync(path);
        await page.Locator("#first").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("0");
        await page.Locator("#forward").ClickAsync();
        await Assertions.Expect(page.Locator("#slider")).ToHaveValueAsync("1");
        var links = await page.EvaluateAsync<string[]>("() => [...document.querySelectorAll('header.site a, footer.site a, link[rel=alternate]')].filter(a => !a.closest('.languages, [data-now]') && !a.getAttribute('href').startsWith('#')).map(a => a.href)");
        Assert.InRange(links.Length, 20, 100);
        Assert.All(links, l => Assert.Matches("[?&]size=1(&|#|$)", l));
        Assert.DoesNotContain(links, l => l.Contains("asOf", StringComparison.Ordinal));
        Assert.Equal("#main", await page.Locator("a.skip").GetAttributeAsync("href"));
        Assert.Equal("1", await page.Locator("form.search input[name=size]").InputValueAsync());
        Assert.Equal(0, await page.Locator("form.search input[name=asOf]").CountAsync());
        Assert.DoesNotMatch("size=", await page.Locator("footer a[href^='/pledges/new']").GetAttributeAsync("href") ?? "size=");
        await page.Locator("nav.main a[href^='/pledges']").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"/pledges\?size=1"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Where_the_registry_does_not_answer_it_stops_and_says_so()
    {
        var page = await site.OpenAsync("/replay?size=690");
        await page.RouteAsync("**/replay?*", r => r.AbortAsync());
        await page.Locator("#play").ClickAsync();
        await Assertions.Expect(page.Locator("#said")).ToContainTextAsync("didn’t answer");
        await Assertions.Expect(page.Locator("#play")).ToHaveAttributeAsync("aria-pressed", "false");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_found_is_opened_and_before_it_existed_it_is_not_found()
    {
        var before = site.Registry.Size;
        var page = await site.OpenAsync("/initiatives/new", script: false);
        await page.Locator("[id='content.participant']").SelectOptionAsync("HND");
        await page.Locator("[id='content.kind-policy']").CheckAsync();
        await page.Locator("[id='content.novelty-new']").CheckAsync();
        await page.Locator("[id='content.areas-RCM-A3']").CheckAsync();
        await page.Locator("[id='content.title.es']").FillAsync("Ambulancias fluviales zumbadoras");
        await page.Locator("[id='content.description.es']").FillAsync("Para <b>todas</b> las personas.");
        await page.Locator("[id='content.meeting']").SelectOptionAsync("RCM-XXI");
        await page.Locator("[id='content.effectiveOn']").FillAsync("2016-10");
        await page.Locator(".submit button").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"\?recorded="));
        await page.Locator("#find").FillAsync("ZUMBADORAS \"para b todas\"");
        await page.Locator("#find").PressAsync("Enter");
        await Assertions.Expect(page.Locator(".hits > li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".hits mark").First).ToHaveTextAsync("zumbadoras");
        Assert.Equal(0, await page.Locator(".hits b").CountAsync());
        await page.Locator(".hits h2 a").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("Ambulancias fluviales zumbadoras");
        // Back to before it existed: by the box, at the basis of the page.
        await page.GotoAsync($"/search?q=zumbadoras&size={before.ToString(CultureInfo.InvariantCulture)}");
        await Assertions.Expect(page.Locator("main [role=status]")).ToContainTextAsync("Nothing has all these words.");
        await page.GetByRole(AriaRole.Link, new() { Name = "Search what is known now" }).ClickAsync();
        await Assertions.Expect(page.Locator(".hits > li")).ToHaveCountAsync(1);
        await page.Context.CloseAsync();
    }
}

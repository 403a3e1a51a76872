using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PledgeRegistry.Pledges;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public partial class PageTests(BrowserRegistry site)
{
    public static TheoryData<string> EveryPage => [.. Site.Main, .. Site.Others];

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task In_Arabic_a_page_runs_from_right_to_left_and_has_no_word_left_untranslated(string path)
    {
        var page = await site.OpenAsync(Site.In(path, "ar"));
        Assert.Equal("rtl", await page.Locator("html").GetAttributeAsync("dir"));
        Assert.Equal("rtl", await page.EvaluateAsync<string>("() => getComputedStyle(document.querySelector('h1')).direction"));
        // Words of another alphabet stand in codes, or in an element that says in what language they are.
        var words = await page.EvaluateAsync<string[]>(
            """
            () => {
              const found = [];
              const walker = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
              for (let node = walker.nextNode(); node; node = walker.nextNode()) {
                const parent = node.parentElement;
                if (parent.closest('code, option, time, datalist, script') || parent.closest('[lang]').lang !== 'ar') continue;
                const text = node.textContent.replace(/https?:\/\/\S*|\b[A-Z][A-Za-z0-9]*-[A-Za-z0-9.-]+|\bSHA-256\b|\bJSON\b/g, '');
                if (/[a-z]{3,}/i.test(text.replace(/\b[A-Z]{3}\b/g, ''))) found.push(node.textContent.trim());
              }
              for (const e of document.querySelectorAll('[aria-label]')) {
                if (e.closest('[lang]').lang === 'ar' && /[a-z]{3,}/.test(e.getAttribute('aria-label'))) found.push(e.getAttribute('aria-label'));
              }
              return [document.title.replace(/[A-Z]+-[0-9A-Z-]+.*–|gcm|NOPE/g, ''), ...found].filter(t => /[a-z]{3,}/.test(t));
            }
            """);
        Assert.Equal([], words.Where(w => !TitleOfContent().IsMatch(w)));
        await page.Context.CloseAsync();
    }

    [Theory]
    [MemberData(nameof(EveryPage))]
    public async Task Every_link_leads_somewhere_and_every_page_names_its_basis_and_its_twin(string path)
    {
        var (response, html) = await site.Registry.GetAsync(path);
        var wrong = path is "/nope" or "/pledges/NOPE" ? 404 : path.Contains("size=x", StringComparison.Ordinal) || path.Contains("from=29", StringComparison.Ordinal) || path.Contains("asOf=never", StringComparison.Ordinal) ? 400 : 200;
        Assert.Equal(wrong, (int)response.StatusCode);
        Assert.DoesNotContain("style=\"", html, StringComparison.Ordinal);
        // One page has a script, in a file of its own.
        Assert.Equal(path.StartsWith("/replay", StringComparison.Ordinal) && wrong == 200 ? 1 : 0, html.Split("<script").Length - 1);
        Assert.DoesNotContain("<script>", html, StringComparison.Ordinal);
        if (wrong == 200 && path is not ("/about" or "/proof") && !path.StartsWith("/contacts", StringComparison.Ordinal) && path != "/drafts" && !Site.Records(path))
        {
            Assert.True(response.Headers.Contains(ReadingContext.Header), path);
            Assert.Contains("rel=\"alternate\" type=\"application/json\"", html, StringComparison.Ordinal);
        }
        if (wrong != 200)
        {
            return;
        }
        foreach (var link in Hrefs().Matches(html).Select(m => System.Net.WebUtility.HtmlDecode(m.Groups[1].Value)).Where(h => h.StartsWith('/')).Distinct())
        {
            if (Checked.TryAdd(link, true))
            {
                var (answer, _) = await site.Registry.GetAsync(link);
                Assert.True((int)answer.StatusCode < 400, $"{path} links to {link}, which answers {(int)answer.StatusCode}.");
            }
        }
    }

    [Fact]
    public async Task A_language_is_chosen_without_script_and_stays()
    {
        var page = await site.OpenAsync("/pledges?kind=statement", script: false);
        await page.Locator("a[hreflang=fr]").ClickAsync();
        Assert.EndsWith("/pledges?kind=statement", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Engagements");
        await page.GotoAsync("/about");
        Assert.Equal("fr", await page.Locator("html").GetAttributeAsync("lang"));
        await page.GotoAsync("/lang/es?returnUrl=//example.org/");
        Assert.Equal(new Uri(new Uri(site.Address), "/").ToString(), page.Url);
        await page.Context.CloseAsync();
    }

    /// <summary>An address that names a language, as every citation does, leads on in it.</summary>
    [Fact]
    public async Task A_language_in_the_address_is_kept_from_page_to_page_and_given_up_for_another()
    {
        var page = await site.OpenAsync("/rcm/grid?lang=es", script: false);
        foreach (var link in new[] { "nav.main a[href^='/pledges']", "main a[href^='/pledges/']", "footer a[href^='/pledges/new']", "header a.name" })
        {
            await page.Locator(link).First.ClickAsync();
            Assert.Contains("lang=es", page.Url, StringComparison.Ordinal);
            Assert.Equal("es", await page.Locator("html").GetAttributeAsync("lang"));
        }
        await page.Locator("#find").FillAsync("salud");
        await page.Locator("#find").PressAsync("Enter");
        await page.WaitForURLAsync(new Regex("/search"));
        Assert.Equal("es", await page.Locator("html").GetAttributeAsync("lang"));
        await page.Locator("a[hreflang=fr]").ClickAsync();
        Assert.DoesNotContain("lang=", page.Url, StringComparison.Ordinal);
        Assert.Equal("fr", await page.Locator("html").GetAttributeAsync("lang"));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_basis_is_chosen_without_losing_the_filter()
    {
        var page = await site.OpenAsync("/pledges?kind=conclusion", script: false);
        await page.Locator(".basis summary").ClickAsync();
        await page.Locator("#basis-size").FillAsync("700");
        await page.Locator("#basis-on").FillAsync("2020-01-01");
        await page.Locator(".basis button").ClickAsync();
        Assert.Contains("kind=conclusion", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator(".basis")).ToContainTextAsync("As known after 700 entries (recorded until ");
        await Assertions.Expect(page.Locator(".basis")).ToContainTextAsync("judged on 1 January 2020.");
        Assert.Equal("conclusion", await page.Locator("#kind").InputValueAsync());
        await page.GetByRole(AriaRole.Link, new() { Name = "One entry later" }).ClickAsync();
        await Assertions.Expect(page.Locator(".basis")).ToContainTextAsync("As known after 701 entries");
        await page.Locator("#basis-size").EvaluateAsync("e => e.closest('details').open = true");
        await page.Locator("#basis-size").FillAsync("yesterday");
        await page.Locator(".basis button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("A number of entries is a whole number");
        Assert.Equal("yesterday", await page.Locator("#basis-size").InputValueAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_page_of_200_pledges_is_under_200_kB()
    {
        for (var count = (await ListedAsync()).Count; count < 200; count++)
        {
            await site.RecordAsync(new RecordPledge(BrowserRegistry.Content($"A promise of some length about the health of migrants, number {count}", "PAN"), []));
        }
        var (listed, bytes) = await ListedAsync();
        Assert.Equal(200, listed);
        Assert.True(bytes < 200_000, $"{bytes} bytes");

        async Task<(int Count, int Bytes)> ListedAsync()
        {
            var (_, html) = await site.Registry.GetAsync("/pledges?lang=ar");
            return (Regex.Count(html, "<th scope=\"row\">"), Encoding.UTF8.GetByteCount(html));
        }
    }

    [Theory]
    [InlineData("/rcm/grid?lang=en")]
    [InlineData("/rcm/grid?lang=es")]
    [InlineData("/rcm/grid?lang=ar&transposed=1")]
    public async Task The_grid_prints_on_one_landscape_page(string path)
    {
        var page = await site.OpenAsync(path);
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));
        Assert.Equal(1, Regex.Count(pdf, @"/Type /Page\b"));
        Assert.Matches(@"MediaBox \[0 0 841\S* 59[45]", pdf);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_was_said_in_another_language_says_so()
    {
        var page = await site.OpenAsync($"/pledges/{BrowserRegistry.RichPledge}?lang=fr");
        await Assertions.Expect(page.Locator(".reply [lang=es]")).ToHaveTextAsync("La segunda clínica abrió en mayo.");
        await Assertions.Expect(page.Locator("h1 [lang=en]")).ToHaveTextAsync("Primary care for all, and for children first");
        await Assertions.Expect(page.Locator("#wordings ~ .card").First).ToContainTextAsync("Primary care for all");
        await Assertions.Expect(page.Locator(".retired")).ToContainTextAsync("Rattachement retiré");
        await page.GotoAsync($"/pledges/{BrowserRegistry.WithdrawnPledge}?lang=en");
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Ended: withdrawn. From: 1 January 2023. Reason: It had to stop.");
        await page.Context.CloseAsync();
    }

    private static readonly System.Collections.Concurrent.ConcurrentDictionary<string, bool> Checked = new();

    [GeneratedRegex("href=\"([^\"#]+)")]
    private static partial Regex Hrefs();

    // The title of a page about one thing is the thing's own.
    [GeneratedRegex("^(Notes|Health of migrants|Primary|A hotline|Helpline|Vaccines|Clinics|Border health|Training of|Courses for)")]
    private static partial Regex TitleOfContent();
}

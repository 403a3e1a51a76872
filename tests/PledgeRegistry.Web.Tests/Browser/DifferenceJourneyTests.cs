using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>Somebody compares two meetings, and prints a pack.</summary>
[Collection(nameof(BrowserTests))]
public class DifferenceJourneyTests(BrowserRegistry site)
{
    [Fact]
    public async Task Two_meetings_are_compared_without_script_and_what_was_done_since_shows_with_its_entries()
    {
        var page = await site.OpenAsync("/differences", script: false);
        await page.Locator("#of").SelectOptionAsync("imrf-follow-up/2022");
        await page.Locator("[id='from.meeting']").SelectOptionAsync("IMRF-2022");
        await page.Locator("[id='meeting']").SelectOptionAsync("IMRF-2026");
        await page.Locator(".moments button").ClickAsync();
        Assert.Contains("from.asOfMeeting=IMRF-2022", page.Url, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#result")).ToHaveTextAsync("IMRF follow-up, cycle of 2022");
        await Assertions.Expect(page.Locator(".result .facts").First).ToContainTextAsync("judged on 20 May 2022");
        await Assertions.Expect(page.Locator(".result .facts").First).ToContainTextAsync("judged on 8 May 2026");
        var row = page.Locator(".difference.changed", new() { HasText = BrowserRegistry.RichPledge });
        await Assertions.Expect(row).ToContainTextAsync(new Regex("No report received.*(In progress|Planning)"));
        await Assertions.Expect(row).ToContainTextAsync("Reviewed");
        await Assertions.Expect(row.Locator("ins")).ToContainTextAsync("and for children first");
        var gone = page.Locator(".difference.gone", new() { HasText = BrowserRegistry.WithdrawnPledge });
        await Assertions.Expect(gone.Locator(".mark")).ToHaveTextAsync("withdrawn");
        await Assertions.Expect(gone).ToContainTextAsync("It had to stop.");

        // Only one kind, then from the cause to its entry.
        await page.Locator(".result .actions").GetByRole(AriaRole.Link, new() { Name = "No longer there" }).ClickAsync();
        await Assertions.Expect(page.Locator(".difference.changed")).ToHaveCountAsync(0);
        await gone.GetByRole(AriaRole.Link, new() { Name = "Commitment withdrawn" }).ClickAsync();
        await Assertions.Expect(page.Locator(".history > li").First).ToContainTextAsync("It had to stop.");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task The_moments_can_be_swapped_and_the_page_says_so()
    {
        var page = await site.OpenAsync("/differences?of=imrf-follow-up/2022&from.asOfMeeting=IMRF-2022&asOfMeeting=IMRF-2026");
        var added = await page.Locator(".difference.added").CountAsync();
        await page.GetByRole(AriaRole.Link, new() { Name = "Swap the two moments" }).ClickAsync();
        await Assertions.Expect(page.Locator(".result .notice")).ToContainTextAsync("what would be undone");
        Assert.Equal(added, await page.Locator(".difference.gone").CountAsync());
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task From_a_meeting_to_its_pack_which_names_its_basis_and_prints_on_pages_without_navigation()
    {
        var page = await site.OpenAsync("/meetings/IMRF-2026");
        await page.GetByRole(AriaRole.Link, new() { Name = "Meeting pack, for paper" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToContainTextAsync("2026");
        Assert.Matches(@"/meetings/IMRF-2026/pack\?size=\d+&on=2026-05-08$", page.Url);
        await Assertions.Expect(page.Locator(".made-from")).ToContainTextAsync(site.Registry.Host.Node.Registry.Head.Root.ToString());
        foreach (var section in new[] { "stand", "changes", "silent", "due" })
        {
            await Assertions.Expect(page.Locator($"#{section}")).ToBeVisibleAsync();
        }
        await page.EmulateMediaAsync(new PageEmulateMediaOptions { Media = Media.Print });
        foreach (var hidden in new[] { "nav.main", "footer.site", ".basis", ".languages" })
        {
            await Assertions.Expect(page.Locator(hidden).First).ToBeHiddenAsync();
        }
        Assert.Equal("table-footer-group", await page.Locator(".made-from").EvaluateAsync<string>("e => getComputedStyle(e).display"));
        Assert.Equal("table-header-group", await page.Locator(".pack thead").First.EvaluateAsync<string>("e => getComputedStyle(e).display"));
        var pdf = Encoding.Latin1.GetString(await page.PdfAsync(new PagePdfOptions { PreferCSSPageSize = true }));
        Assert.InRange(Regex.Count(pdf, @"/Type /Page\b"), 4, 40);
        await page.Context.CloseAsync();
    }
}

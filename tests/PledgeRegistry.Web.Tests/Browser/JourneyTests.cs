using System.Globalization;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

[Collection(nameof(BrowserTests))]
public class JourneyTests(BrowserRegistry site)
{
    private const string Title = "vaccination for every child on the move";

    private static readonly string Text = string.Concat(Enumerable.Repeat("Canada will vaccinate every child on the move, whatever its papers. ", 6)).Trim();

    private const string SendTwice =
        """
        async () => {
          const form = document.querySelector('form[method=post]');
          const send = () => fetch(location.href, { method: 'POST', body: new FormData(form) }).then(r => r.url);
          return Promise.all([send(), send()]);
        }
        """;

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_person_records_and_reports_with_the_keyboard_alone_and_reads_everything_as_it_was_before(bool script)
    {
        var sizeBefore = site.Registry.Size;
        var title = script ? $"With script: {Title}" : $"Without script: {Title}";
        var page = await site.OpenAsync("/", script: script);

        await TabToAsync(page, "a[href='/pledges/new']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/pledges/new");
        await TabToAsync(page, "[name='content.kind']");
        await page.Keyboard.PressAsync("Space");
        await ChooseAsync(page, "content.modality", "Will do");
        await TypeAsync(page, "content.title", title);
        await TypeAsync(page, "content.text", Text);
        await ChooseAsync(page, "content.meeting", "International Migration Review Forum 2022");
        await TypeAsync(page, "content.announcedOn", "2022-05-19");
        await ChooseAsync(page, "content.by[0]", "Canada");
        await ChooseAsync(page, "content.owing[0]", "Canada");
        await TypeAsync(page, "content.due.date", "2030");
        await TypeAsync(page, "mappings[0].item", "GCM-15");
        await TypeAsync(page, "mappings[0].reason", "It is a basic service.");
        await TypeAsync(page, "mappings[1].item", "RCM-A2");
        await TypeAsync(page, "mappings[1].reason", "It prevents.");
        await TabToAsync(page, ".submit button");
        await page.Keyboard.PressAsync("Enter");

        await page.WaitForURLAsync(new Regex(@"/pledges/IMRF-2022-\d{4}\?recorded=\d+$"));
        var id = Regex.Match(page.Url, @"IMRF-2022-\d{4}").Value;
        Assert.Contains(sizeBefore.ToString("N0", CultureInfo.GetCultureInfo("en")), await page.Locator(".receipt").InnerTextAsync(), StringComparison.Ordinal);
        Assert.Matches("[0-9a-f]{64}", await page.Locator(".receipt .hash").InnerTextAsync());

        await TabToAsync(page, $"a[href='/pledges/{id}/report']");
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**/report");
        await TabToAsync(page, "[name='report.status']");
        await page.Keyboard.PressAsync("Space");
        await page.Keyboard.PressAsync("ArrowDown");
        await page.Keyboard.PressAsync("ArrowDown");
        await TypeAsync(page, "report.effectiveOn", "2022-10");
        await TypeAsync(page, "report.narrative", "Vaccines were bought.");
        await TypeAsync(page, "report.evidence[0].title", "The budget");
        await TypeAsync(page, "report.evidence[0].url", "https://example.org/budget");
        // Enter in a field records: it doesn't add a row.
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync(new Regex($@"/pledges/{id}\?recorded=\d+$"));
        await Assertions.Expect(page.Locator("#report-1 h3")).ToHaveTextAsync("Report 1, Canada: In progress");

        await FollowAsync(page, "/imrf", "/imrf/2022");
        await Assertions.Expect(page.Locator("table.lines tr", new() { HasText = title }).First).ToContainTextAsync("In progress");
        await FollowAsync(page, "/rcm/grid");
        await Assertions.Expect(page.Locator(".grid").GetByText(title).First).ToBeAttachedAsync();
        await FollowAsync(page, "/history");
        await Assertions.Expect(page.Locator(".history > li").First).ToContainTextAsync("Progress reported");
        await Assertions.Expect(page.Locator(".history > li").First).ToContainTextAsync(id);

        // Now everything as it stood before: by the control of the page, and from there by links.
        await TabToAsync(page, ".basis summary");
        await page.Keyboard.PressAsync("Enter");
        await TypeAsync(page, "basis-size", sizeBefore.ToString(CultureInfo.InvariantCulture));
        await page.Keyboard.PressAsync("Enter");
        await page.WaitForURLAsync("**size=*");
        await Assertions.Expect(page.Locator(".basis")).ToContainTextAsync("This is the past.");
        var then = $"?size={sizeBefore.ToString(CultureInfo.InvariantCulture)}";
        Assert.DoesNotContain(title, await page.ContentAsync(), StringComparison.Ordinal);
        foreach (var path in new[] { "/imrf/2022", "/rcm/grid", "/pledges", "/history" })
        {
            await page.GotoAsync(path + then);
            Assert.DoesNotContain(title, await page.ContentAsync(), StringComparison.Ordinal);
        }
        var missing = await page.GotoAsync($"/pledges/{id}{then}");
        Assert.Equal(404, missing!.Status);
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = "Back to now" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(title);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task What_is_wrong_is_said_where_it_is_and_nothing_typed_is_lost()
    {
        var sizeBefore = site.Registry.Size;
        var page = await site.OpenAsync("/pledges/new?lang=es");
        await page.Locator("[id='content.title']").FillAsync("Un título");
        await page.Locator("[id='content.text']").FillAsync("Demasiado corto.");
        await page.Locator("[id='content.announcedOn']").FillAsync("03/04/2022");
        await page.Locator("[id='content.owing[0]']").SelectOptionAsync("MEX");
        await page.Locator("[id='content.kind-pledge']").CheckAsync();
        await page.Locator("summary", new() { HasText = "Naturaleza, lugares" }).ClickAsync();
        await page.Locator("[id='content.natures-financial']").CheckAsync();
        await page.Locator("[id='mappings[0].item']").FillAsync("GCM-99");
        await page.Locator(".submit button").ClickAsync();

        var alert = page.GetByRole(AriaRole.Alert);
        await Assertions.Expect(alert).ToContainTextAsync("«03/04/2022» no es una fecha.");
        await Assertions.Expect(alert).ToContainTextAsync("Ningún marco vigente tiene un elemento «GCM-99».");
        await Assertions.Expect(page.Locator("[id='content.text-error']")).ToContainTextAsync("Tiene 16 caracteres; se necesitan al menos 300.");
        await Assertions.Expect(page.Locator("[id='content.meeting-error']")).ToContainTextAsync("Es necesario");
        Assert.Equal("Un título", await page.Locator("[id='content.title']").InputValueAsync());
        Assert.Equal("Demasiado corto.", await page.Locator("[id='content.text']").InputValueAsync());
        Assert.Equal("03/04/2022", await page.Locator("[id='content.announcedOn']").InputValueAsync());
        Assert.Equal("MEX", await page.Locator("[id='content.owing[0]']").InputValueAsync());
        Assert.Equal("GCM-99", await page.Locator("[id='mappings[0].item']").InputValueAsync());
        Assert.True(await page.Locator("[id='content.kind-pledge']").IsCheckedAsync());
        Assert.True(await page.Locator("[id='content.natures-financial']").IsCheckedAsync());
        foreach (var link in await alert.Locator("a").AllAsync())
        {
            var target = (await link.GetAttributeAsync("href"))![1..];
            Assert.Equal(1, await page.Locator($"[id='{target}']").CountAsync());
        }

        // A row more keeps everything as well, and writes nothing.
        var rows = await page.Locator("select[name='content.owing']").CountAsync();
        await page.Locator("button[name='add'][value='content.owing']").ClickAsync();
        Assert.Equal(rows + 1, await page.Locator("select[name='content.owing']").CountAsync());
        Assert.Equal("Un título", await page.Locator("[id='content.title']").InputValueAsync());
        Assert.Equal(sizeBefore, site.Registry.Size);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_that_is_sent_twice_records_once()
    {
        var page = await site.OpenAsync($"/pledges/{BrowserRegistry.RichPledge}/report");
        await page.Locator("[id='report.status-fulfilled']").CheckAsync();
        await page.Locator("[id='report.effectiveOn']").FillAsync("2024-05-01");
        await page.Locator("[id='report.narrative']").FillAsync("All of it is done.");
        var sizeBefore = site.Registry.Size;
        // Two posts of the same form, at once: what a double click does.
        var addresses = await page.EvaluateAsync<string[]>(SendTwice);
        Assert.Equal(sizeBefore + 1, site.Registry.Size);
        Assert.Equal(addresses[0], addresses[1]);
        await page.Locator(".submit button").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"\?recorded=\d+$"));
        Assert.Equal(addresses[0], page.Url);
        await page.ReloadAsync();
        Assert.Equal(sizeBefore + 1, site.Registry.Size);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_form_that_was_recorded_and_then_changed_is_recorded_only_when_sent_again()
    {
        var page = await site.OpenAsync($"/pledges/{BrowserRegistry.RichPledge}/report");
        await page.Locator("[id='report.status-planning']").CheckAsync();
        await page.Locator("[id='report.effectiveOn']").FillAsync("2024-06-01");
        await page.Locator("[id='report.narrative']").FillAsync("Plans are made.");
        await page.Locator("[id='report.challenges']").FillAsync("No money yet.");
        var sizeBefore = site.Registry.Size;
        await page.EvaluateAsync<string[]>(SendTwice);
        await page.Locator("[id='report.narrative']").FillAsync("Plans are made, and more.");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("recorded already");
        Assert.Equal("Plans are made, and more.", await page.Locator("[id='report.narrative']").InputValueAsync());
        Assert.Equal(sizeBefore + 1, site.Registry.Size);
        await page.Locator(".submit button").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"\?recorded=\d+$"));
        Assert.Equal(sizeBefore + 2, site.Registry.Size);
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_person_records_an_initiative_and_finds_it_in_the_grid()
    {
        var page = await site.OpenAsync("/initiatives/new", script: false);
        await page.Locator("[id='content.participant']").SelectOptionAsync("HND");
        await page.Locator("[id='content.kind-policy']").CheckAsync();
        await page.Locator("[id='content.novelty-new']").CheckAsync();
        await page.Locator("[id='content.areas-RCM-A3']").CheckAsync();
        await page.Locator("[id='content.title.es']").FillAsync("Tamizaje en la frontera");
        await page.Locator("[id='content.description.es']").FillAsync("Detección temprana para todas las personas.");
        await page.Locator("[id='content.meeting']").SelectOptionAsync("RCM-XXI");
        await page.Locator("[id='content.effectiveOn']").FillAsync("2016-10");
        await page.Locator("[id='content.results[0].what']").FillAsync("Personas atendidas");
        await page.Locator("[id='content.results[0].value']").FillAsync("310");
        await page.Locator("[id='content.results[0].unit']").FillAsync("personas");
        await page.Locator(".submit button").ClickAsync();
        await page.WaitForURLAsync(new Regex(@"/initiatives/RCM-2016-I\d{4}\?recorded="));
        await Assertions.Expect(page.Locator("h1 [lang=es]")).ToHaveTextAsync("Tamizaje en la frontera");
        await page.GotoAsync("/rcm/grid?meeting=RCM-XXI");
        var cell = page.Locator(".grid td", new() { HasText = "Tamizaje en la frontera" });
        await Assertions.Expect(cell).ToHaveCountAsync(1);
        await Assertions.Expect(cell.Locator("summary")).ToContainTextAsync(new Regex("Policy [0-9]"));
        await page.Context.CloseAsync();
    }

    private static async Task TabToAsync(IPage page, string selector)
    {
        var wanted = page.Locator(selector);
        for (var i = 0; i < 300; i++)
        {
            await page.Keyboard.PressAsync("Tab");
            if (await page.Locator($"{selector}:focus").CountAsync() > 0)
            {
                return;
            }
        }
        Assert.Fail($"The keyboard can't reach {selector} ({await wanted.CountAsync()} on {page.Url}).");
    }

    private static async Task TypeAsync(IPage page, string id, string text)
    {
        await TabToAsync(page, $"[id='{id}']");
        await page.Keyboard.InsertTextAsync(text);
    }

    private static async Task ChooseAsync(IPage page, string id, string text)
    {
        await TabToAsync(page, $"[id='{id}']");
        await page.Keyboard.TypeAsync(text);
    }

    private static async Task FollowAsync(IPage page, params string[] paths)
    {
        foreach (var path in paths)
        {
            await TabToAsync(page, $"a[href='{path}']");
            await page.Keyboard.PressAsync("Enter");
            await page.WaitForURLAsync($"**{path}");
        }
    }
}

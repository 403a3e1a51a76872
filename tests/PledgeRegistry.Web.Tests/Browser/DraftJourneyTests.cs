using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PledgeRegistry.Participants;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>Two people of a participant: one prepares, the other clears, and nobody else sees who they are.</summary>
[Collection(nameof(BrowserTests))]
public sealed class DraftJourneyTests(BrowserRegistry site)
{
    private static readonly string Text = string.Concat(Enumerable.Repeat("Belize will receive every migrant child in its clinics, whatever its papers. ", 6)).Trim();

    [Fact]
    public async Task A_draft_is_prepared_by_one_cleared_and_recorded_by_another_with_both_events_in_the_history()
    {
        var page = await site.OpenAsync("/contacts", script: false);
        await AppointAsync(page, "Xiomara Prepares", "Focal point");
        await AppointAsync(page, "Yago Clears", "Deputy");
        await page.GotoAsync("/contacts/clearance");
        await page.Locator("#code").SelectOptionAsync("BLZ");
        await page.Locator("[id='required-yes']").CheckAsync();
        await page.Locator("#reason").FillAsync("As agreed in the ministry.");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("a second person clears what is recorded");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("has a focal point");

        await ActAsAsync(page, "Xiomara Prepares");
        await page.GotoAsync("/pledges/new");
        await Assertions.Expect(page.Locator(".acting")).ToContainTextAsync("This is not a sign-in");
        await page.Locator("[name='content.kind'][value=pledge]").CheckAsync();
        await page.Locator("[id='content.modality']").SelectOptionAsync(new SelectOptionValue { Label = "Will do" });
        await page.Locator("[id='content.title']").FillAsync("Clinics for every child");
        await page.Locator("[id='content.text']").FillAsync("Half a");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save as draft" }).ClickAsync();
        await Assertions.Expect(page.Locator(".drafts > li")).ToHaveCountAsync(1);
        await page.Locator(".drafts").GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        await Assertions.Expect(page.Locator("[id='content.title']")).ToHaveValueAsync("Clinics for every child");
        await Assertions.Expect(page.Locator("[name='content.kind'][value=pledge]")).ToBeCheckedAsync();
        await page.Locator("[id='content.text']").FillAsync(Text);
        await page.Locator("[id='content.meeting']").SelectOptionAsync("IMRF-2022");
        await page.Locator("[id='content.announcedOn']").FillAsync("2022-05-19");
        await page.Locator("[name='content.by']").First.SelectOptionAsync("BLZ");
        await page.Locator("[name='content.owing']").First.SelectOptionAsync("BLZ");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync("Send this for clearance");
        var size = site.Registry.Size;
        await page.GetByRole(AriaRole.Button, new() { Name = "Send for clearance" }).ClickAsync();
        await Assertions.Expect(page.Locator(".drafts > li")).ToContainTextAsync("awaiting clearance");
        await page.Locator(".drafts").GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        // Who prepared it can't clear it.
        await Assertions.Expect(page.GetByRole(AriaRole.Button, new() { Name = "Clear and record" })).ToHaveCountAsync(0);

        await ActAsAsync(page, "Yago Clears");
        await page.GotoAsync("/drafts");
        await Assertions.Expect(page.Locator(".drafts > li")).ToContainTextAsync("Xiomara Prepares");
        await page.Locator(".drafts").GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        await page.Locator("[id='content.title']").FillAsync("Clinics for nobody");
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear and record" }).ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync("You changed something");
        Assert.Equal(size, site.Registry.Size);
        await page.GotoAsync("/drafts");
        await page.Locator(".drafts").GetByRole(AriaRole.Link, new() { Name = "Open" }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Clear and record" }).ClickAsync();
        await page.WaitForURLAsync(new Regex(@"/pledges/IMRF-2022-\d{4}\?recorded=\d+$"));
        var id = Regex.Match(page.Url, @"IMRF-2022-\d{4}").Value;

        await page.GotoAsync($"/pledges/{id}/history");
        var history = page.Locator("main");
        await Assertions.Expect(history).ToContainTextAsync("Commitment recorded");
        await Assertions.Expect(history).ToContainTextAsync("Cleared by a second person");
        var entries = new[] { await site.Registry.Host.Node.Registry.ReadAsync(size), await site.Registry.Host.Node.Registry.ReadAsync(size + 1) };
        Assert.Equal($"pledge/{id}", entries[1].Stream);
        Assert.NotEqual(entries[0].Actor, Assert.IsType<ClearanceEvent.Given>(entries[1].Event).By);
        await page.GotoAsync("/drafts");
        await Assertions.Expect(page.Locator(".drafts > li")).ToContainTextAsync(id);

        // No public page or view names them or shows their ids.
        foreach (var path in new[] { $"/pledges/{id}", $"/pledges/{id}/history", "/participants/BLZ", "/history", "/history?participant=BLZ", "/api/participants/BLZ", "/api/history?participant=BLZ", $"/api/pledges/{id}" })
        {
            var (_, body) = await site.Registry.GetAsync(path);
            Assert.DoesNotContain("Xiomara", body, StringComparison.Ordinal);
            Assert.DoesNotContain(entries[0].Actor, body, StringComparison.Ordinal);
        }
        await page.GotoAsync("/contacts");
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as the operator again" }).ClickAsync();
        await site.RecordAsync(new SetClearance("BLZ", Required: false, "For the other tests."));
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_person_is_changed_handed_over_from_and_erased_and_the_access_log_tells_it()
    {
        var page = await site.OpenAsync("/contacts");
        await AppointAsync(page, "Zulema Leaves", "Focal point", "JAM");
        await page.GetByLabel("Telephone").FillAsync("+1 876 555 0100");
        await page.GetByRole(AriaRole.Button, new() { Name = "Save changes" }).ClickAsync();
        await Assertions.Expect(page.GetByLabel("Telephone")).ToHaveValueAsync("+1 876 555 0100");
        var address = page.Url.Split('?')[0];
        await AppointAsync(page, "Wanda Comes", "Deputy", "JAM");
        await page.GotoAsync(address + "/end");
        await page.Locator("#reason").FillAsync("Another post.");
        await page.Locator("#to").SelectOptionAsync(new SelectOptionValue { Label = "Wanda Comes" });
        await page.Locator("#on").FillAsync("2026-01-01");
        await page.GetByRole(AriaRole.Button, new() { Name = "Hand everything over" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Wanda Comes");
        await Assertions.Expect(page.Locator(".facts")).ToContainTextAsync("Focal point");
        await page.GotoAsync(address + "/end");
        await page.GetByRole(AriaRole.Button, new() { Name = "End one appointment" }).ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await page.GotoAsync(address);
        await page.GetByRole(AriaRole.Button, new() { Name = "Erase this person" }).ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Erased");
        Assert.DoesNotContain("Zulema", await page.ContentAsync(), StringComparison.Ordinal);
        await page.GotoAsync("/contacts/log");
        await Assertions.Expect(page.Locator("table")).ToContainTextAsync("erased");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Somebody_without_a_name_or_a_role_is_not_appointed_and_not_kept()
    {
        var size = site.Registry.Size;
        var page = await site.OpenAsync("/contacts/new");
        await page.GetByRole(AriaRole.Button, new() { Name = "Appoint somebody" }).ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToBeVisibleAsync();
        await page.Locator("#code").SelectOptionAsync("PER");
        await page.Locator("#role").SelectOptionAsync("focal-point");
        await page.Locator("#from").FillAsync("2024");
        await page.GetByRole(AriaRole.Button, new() { Name = "Appoint somebody" }).ClickAsync();
        await Assertions.Expect(page.Locator(".errors")).ToContainTextAsync("needed");
        Assert.Equal(size, site.Registry.Size);
        await page.GotoAsync("/contacts?participant=PER");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("no contacts");
        await page.Context.CloseAsync();
    }

    [Theory]
    [InlineData("/contacts")]
    [InlineData("/contacts/log")]
    [InlineData("/drafts")]
    public async Task What_is_private_is_shown_to_nobody_who_comes_from_elsewhere_and_is_kept_by_no_cache(string path)
    {
        var (here, _) = await site.Registry.GetAsync(path);
        Assert.Equal("no-store", here.Headers.CacheControl!.ToString());
        var (elsewhere, body) = await site.Registry.GetAsync(path, ("X-Forwarded-For", "192.0.2.1"));
        Assert.Equal(403, (int)elsewhere.StatusCode);
        Assert.DoesNotContain("local-operator", body, StringComparison.Ordinal);
    }

    private static async Task AppointAsync(IPage page, string name, string role, string participant = "BLZ")
    {
        await page.GotoAsync("/contacts/new");
        await page.Locator("#code").SelectOptionAsync(participant);
        await page.Locator("#role").SelectOptionAsync(new SelectOptionValue { Label = role });
        await page.Locator("#from").FillAsync("2020");
        await page.Locator("#name").FillAsync(name);
        await page.Locator("#email").FillAsync("person@example.org");
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync(name);
    }

    private static async Task ActAsAsync(IPage page, string name)
    {
        await page.GotoAsync("/contacts");
        await page.Locator("main").GetByRole(AriaRole.Link, new() { Name = name }).ClickAsync();
        await page.GetByRole(AriaRole.Button, new() { Name = "Act as this person" }).ClickAsync();
        await Assertions.Expect(page.Locator(".acting")).ToContainTextAsync("You act as:");
    }
}

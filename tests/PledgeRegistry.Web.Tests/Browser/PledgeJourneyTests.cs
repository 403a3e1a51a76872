using System.Text;
using System.Text.RegularExpressions;
using Microsoft.Playwright;
using PledgeRegistry.Frameworks;
using PledgeRegistry.Log;
using PledgeRegistry.Pledges;
using Xunit;

namespace PledgeRegistry.Web.Tests.Browser;

/// <summary>The stories of a pledge, by a person with a browser and without script.</summary>
[Collection(nameof(BrowserTests))]
public class PledgeJourneyTests(BrowserRegistry site)
{
    [Fact]
    public async Task Several_parties_share_a_pledge_and_none_changes_anothers_line()
    {
        var page = await site.OpenAsync("/pledges/new", script: false);
        await page.Locator("[id='content.kind-pledge']").CheckAsync();
        await FillAsync(page, ("content.modality", "will"), ("content.title", "Screening on the route"), ("content.meeting", "IMRF-2022"), ("content.owing[0]", "CRI"), ("content.announcedOn", "2022-05-19"),
            ("content.text", BrowserRegistry.Content("x", "CRI").Text));
        await page.Locator("summary", new() { HasText = "Type, and ties" }).ClickAsync();
        await FillAsync(page, ("content.type", "common"));
        await page.Locator("summary", new() { HasText = "Milestones, indicators" }).ClickAsync();
        await FillAsync(page, ("content.milestones[0].text", "Posts chosen"), ("content.milestones[0].due.date", "2022-12"));
        await FillAsync(page, ("content.indicators[0].text", "People screened"), ("content.indicators[0].type", "outcome"), ("content.indicators[0].unit", "people"),
            ("content.indicators[0].baseline.value", "200"), ("content.indicators[0].baseline.on", "2021"), ("content.indicators[0].target.value", "9000"), ("content.indicators[0].target.due.date", "2026"));
        await FillAsync(page, ("content.amounts[0].value", "120000"), ("content.amounts[0].currency", "usd"));
        var id = await RecordedAsync(page);
        await Assertions.Expect(page.Locator("#record")).Not.ToContainTextAsync("Leave it");
        var before = await LineAsync(page, "Costa Rica");

        await DoAsync(page, id, "invite", ("party", "PAN"), ("on", "2022-06-01"), ("reason", "It is on the same route."));
        Assert.Contains("Invited, not answered yet", await LineAsync(page, "Panama"), StringComparison.Ordinal);
        await DoAsync(page, id, "accept", ("party", "PAN"), ("from", "2022-07-01"));
        await DoAsync(page, id, "share", ("party", "PAN"), ("from", "2022-08-01"), ("share.text", "Three posts in Darién."), ("share.due.date", "2024"), ("share.targets[0].value", "3000"));
        await page.Locator("#record").GetByRole(AriaRole.Link, new() { Name = "Report progress" }).ClickAsync();
        await page.Locator("[id='report.status-in-progress']").CheckAsync();
        await FillAsync(page, ("report.party", "PAN"), ("report.effectiveOn", "2023-03"), ("report.narrative", "Three posts work."), ("report.values[0].value", "450.5"), ("report.values[0].on", "2023-02"), ("report.milestones[0].on", "2023-01-10"));
        await RecordedAsync(page);

        var panama = await LineAsync(page, "Panama");
        Assert.Contains("Three posts in Darién.", panama, StringComparison.Ordinal);
        Assert.Contains("I1: 3,000 people", panama, StringComparison.Ordinal);
        Assert.Contains("2024-12-31", panama, StringComparison.Ordinal);
        Assert.Contains("In progress", panama, StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#indicators + div")).ToContainTextAsync("450.5");
        await Assertions.Expect(page.Locator("#milestones + div")).ToContainTextAsync("Panama, 10 January 2023");
        Assert.Equal(Claimed(before), Claimed(await LineAsync(page, "Costa Rica")));

        await DoAsync(page, id, "leave", ("party", "PAN"), ("from", "2024-01-01"), ("reason", "It goes its own way."));
        Assert.Contains("Left", await LineAsync(page, "Panama"), StringComparison.Ordinal);
        Assert.Contains("its last report: In progress", await LineAsync(page, "Panama"), StringComparison.Ordinal);
        Assert.Equal(Claimed(before), Claimed(await LineAsync(page, "Costa Rica")));
        await page.GotoAsync($"/pledges/{id}?on=2023-06-01");
        Assert.Contains("Owes it", await LineAsync(page, "Panama"), StringComparison.Ordinal);
        await Assertions.Expect(page.Locator("#record")).ToHaveCountAsync(0);
        await page.GotoAsync("/participants/PAN");
        await Assertions.Expect(page.Locator("li", new() { HasText = id })).ToContainTextAsync("Left");
        await page.Context.CloseAsync();

        // What it says of itself; the table has more columns once somebody else declared a share.
        static string Claimed(string line) => line.Replace("— Not applicable ", "", StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_translation_stands_above_the_original_and_says_when_it_is_out_of_date()
    {
        var id = (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Mental health first", "HND"), []))).Id;
        var page = await site.OpenAsync($"/pledges/{id}?lang=fr", script: false);
        await DoAsync(page, id, "translate", ("translation.language", "fr"), ("translation.title", "La santé mentale d’abord"), ("translation.text", "Nous ouvrirons les soins."), ("translation.standing-official", ""));
        await page.GotoAsync($"/pledges/{id}?lang=fr");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("La santé mentale d’abord");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("de la formulation actuelle");
        await Assertions.Expect(page.Locator("details", new() { HasText = "L’original" }).Locator("[lang=en]").First).ToHaveTextAsync("Mental health first");
        await site.RecordAsync(new AmendPledge(id, site.VersionOf(id), BrowserRegistry.Content("Mental health first, and for all", "HND"), EffectiveDate.On(2024, 1, 1), "Widened."));
        await page.ReloadAsync();
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("La santé mentale d’abord");
        await Assertions.Expect(page.Locator("main")).ToContainTextAsync("d’une formulation antérieure");
        await page.GotoAsync($"/pledges/{id}?lang=en");
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("Mental health first, and for all");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_mapping_is_contested_and_the_answer_decides()
    {
        var id = (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Shelters", "GTM"), [new MappingReason(new ItemRef("gcm/2018", "GCM-08"), "It saves lives.")]))).Id;
        var page = await site.OpenAsync($"/pledges/{id}", script: false);
        await DoAsync(page, id, "contest", ("item", "gcm/2018 GCM-08"), ("by", "PICUM"), ("reason", "Shelter isn’t rescue."));
        await Assertions.Expect(page.Locator(".mappings .mark")).ToHaveTextAsync("Contested");
        await page.GetByRole(AriaRole.Link, new() { Name = "Answer it" }).ClickAsync();
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator("[id='upheld-error']")).ToContainTextAsync("This is needed");
        await page.Locator("[id='upheld-yes']").CheckAsync();
        await FillAsync(page, ("by", "UNNM"), ("text", "That is so."));
        await RecordedAsync(page);
        await Assertions.Expect(page.Locator(".mappings .retired")).ToContainTextAsync("Upheld");
        await DoAsync(page, id, "map", ("item", "GCM-15"), ("main-yes", ""), ("reason", "It is a service."));
        await Assertions.Expect(page.Locator(".mappings li").First).ToContainTextAsync("Main");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_pledge_is_split_and_its_old_id_leads_to_its_parts_and_they_lead_back()
    {
        var ids = new List<string>();
        foreach (var title in new[] { "Water and food", "Water", "Food" })
        {
            ids.Add((await site.RecordAsync(new RecordPledge(BrowserRegistry.Content(title, "SLV"), []))).Id);
        }
        var page = await site.OpenAsync($"/pledges/{ids[0]}/end", script: false);
        await page.Locator("[id='kind-split']").CheckAsync();
        await FillAsync(page, ("from", "2024"), ("into", ids[1]), ("reason", "Two ministries do it."));
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator("[id='into-error']")).ToContainTextAsync("Name two at least.");
        Assert.Equal("Two ministries do it.", await page.Locator("#reason").InputValueAsync());
        await FillAsync(page, ("into", $"{ids[1]}, {ids[2]}"));
        await RecordedAsync(page);
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("Ended: split.");
        await Assertions.Expect(page.Locator("#record")).Not.ToContainTextAsync("Report progress");
        await page.Locator(".notice").GetByRole(AriaRole.Link, new() { Name = "Food" }).ClickAsync();
        await Assertions.Expect(page.Locator("main > .facts")).ToContainTextAsync("Continues what was");
        await page.Locator("main > .facts").GetByRole(AriaRole.Link, new() { Name = "Water and food" }).ClickAsync();
        Assert.EndsWith(ids[0], new Uri(page.Url).AbsolutePath, StringComparison.Ordinal);
        await page.GotoAsync($"/pledges/{ids[0]}/leave");
        await Assertions.Expect(page.Locator(".notice")).ToContainTextAsync("nothing of this sort to record");
        await DoAsync(page, ids[0], "reinstate", ("from", "2025-01-01"), ("reason", "One ministry does it again."));
        await Assertions.Expect(page.Locator("#record")).ToContainTextAsync("Report progress");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task A_clarification_is_asked_and_the_reply_shows_as_an_answer()
    {
        var id = (await site.RecordAsync(new RecordPledge(BrowserRegistry.Content("Midwives", "BLZ"), []))).Id;
        var page = await site.OpenAsync($"/pledges/{id}/review", script: false);
        await page.Locator("[id='review.standing-secretariat']").CheckAsync();
        await page.Locator("[id='review.view-clarification-asked']").CheckAsync();
        await FillAsync(page, ("review.by", "PICUM"), ("review.effectiveOn", "2023-01-01"), ("review.reason", "How many midwives?"));
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.Locator("[id='review.standing-error']")).ToContainTextAsync("hasn’t that role");
        await FillAsync(page, ("review.by", "UNNM"));
        await RecordedAsync(page);
        await DoAsync(page, id, "reply", ("party", "BLZ"), ("text", "Twelve."));
        await Assertions.Expect(page.Locator("#review-1 .mark")).ToHaveTextAsync("Clarification answered");
        await page.GotoAsync("/imrf/2022");
        await Assertions.Expect(page.Locator("table.lines tr", new() { HasText = "Midwives" })).ToContainTextAsync("Clarification answered");
        await page.Context.CloseAsync();
    }

    [Fact]
    public async Task Who_corrects_sees_what_others_recorded_since_and_loses_nothing_typed()
    {
        var id = (await site.RecordAsync(new RecordPledge(CommonSamples.Content("Nurses"), []))).Id;
        var page = await site.OpenAsync($"/pledges/{id}/correct", script: false);
        Assert.Equal("60000.5", await page.Locator("[id='content.indicators[0].target.value']").InputValueAsync());
        Assert.Equal("IMRF-2026", await page.Locator("[id='content.milestones[1].due.meeting']").InputValueAsync());
        await FillAsync(page, ("reason", "A word was missing."), ("content.title", "More nurses"), ("content.milestones[0].text", ""), ("content.milestones[0].due.date", ""), ("content.milestones[0].code", ""));
        await site.RecordAsync(new MapPledge(id, new ItemRef("gcm/2018", "GCM-05"), "Somebody was first."));
        await page.Locator(".submit button").ClickAsync();
        await Assertions.Expect(page.GetByRole(AriaRole.Alert)).ToContainTextAsync("since you opened the form");
        await Assertions.Expect(page.Locator(".history > li")).ToHaveCountAsync(1);
        await Assertions.Expect(page.Locator(".history")).ToContainTextAsync("Somebody was first.");
        Assert.Equal("More nurses", await page.Locator("[id='content.title']").InputValueAsync());
        await RecordedAsync(page);
        await Assertions.Expect(page.Locator("h1")).ToHaveTextAsync("More nurses");
        // All but what was changed is as it was: nothing that the form doesn't show went missing.
        var content = site.Registry.Host.Node.Registry.State.Pledges[id].Content;
        var wanted = CommonSamples.Content("More nurses") with { Milestones = [CommonSamples.Content().Milestones[1]] };
        Assert.Equal(Encoding.UTF8.GetString(StoredJson.Encode(wanted)), Encoding.UTF8.GetString(StoredJson.Encode(content)));
        await page.Context.CloseAsync();
    }

    /// <summary>Two posts of the same form, at once, where the second is no longer possible by itself.</summary>
    [Theory]
    [InlineData("decline")]
    [InlineData("end")]
    public async Task A_form_that_is_sent_twice_records_once_although_it_could_not_be_recorded_again(string doing)
    {
        var id = (await site.RecordAsync(new RecordPledge(CommonSamples.Content($"Twice: {doing}"), []))).Id;
        await site.RecordAsync(new InviteParty(id, "PAN", EffectiveDate.On(2022, 6, 1), "Same route."));
        var page = await site.OpenAsync($"/pledges/{id}/{doing}");
        if (doing == "end")
        {
            await page.Locator("#kind-withdrawn").CheckAsync();
            await FillAsync(page, ("from", "2024"), ("reason", "No money."));
        }
        else
        {
            await FillAsync(page, ("party", "PAN"), ("on", "2022-07-01"), ("text", "No."));
        }
        var size = site.Registry.Size;
        var addresses = await page.EvaluateAsync<string[]>(
            """
            async () => {
              const form = document.querySelector('form[method=post]');
              const send = () => fetch(location.href, { method: 'POST', body: new FormData(form) }).then(r => r.url);
              return [await send(), await send()];
            }
            """);
        Assert.Equal(size + 1, site.Registry.Size);
        Assert.Equal(addresses[0], addresses[1]);
        Assert.Contains("recorded=", addresses[0], StringComparison.Ordinal);
        await page.Context.CloseAsync();
    }

    private static async Task DoAsync(IPage page, string id, string doing, params (string Field, string Value)[] fields)
    {
        await page.GotoAsync($"/pledges/{id}");
        await page.Locator($"#record a[href='/pledges/{id}/{doing}']").ClickAsync();
        await FillAsync(page, fields);
        await RecordedAsync(page);
    }

    /// <summary>Fills in by the names of fields; a choice is named with its code, and has no value.</summary>
    private static async Task FillAsync(IPage page, params (string Field, string Value)[] fields)
    {
        foreach (var (name, value) in fields)
        {
            var field = page.Locator($"[id='{name}']");
            var tag = await field.EvaluateAsync<string>("e => e.type === 'checkbox' || e.type === 'radio' ? 'CHOICE' : e.tagName");
            await (tag switch
            {
                "CHOICE" => field.CheckAsync(),
                "SELECT" => field.SelectOptionAsync(value),
                _ => field.FillAsync(value),
            });
        }
    }

    private static async Task<string> RecordedAsync(IPage page)
    {
        await page.Locator(".submit button").ClickAsync();
        if (await page.GetByRole(AriaRole.Alert).CountAsync() > 0)
        {
            Assert.Fail($"{page.Url}: {await page.GetByRole(AriaRole.Alert).InnerTextAsync()}");
        }
        Assert.Matches(@"/pledges/[A-Z]+-\d{4}-\d{4}\?recorded=\d+$", page.Url);
        return Regex.Match(page.Url, @"[A-Z]+-\d{4}-\d{4}").Value;
    }

    private static async Task<string> LineAsync(IPage page, string party) =>
        Regex.Replace(await page.Locator("#parties ~ .scroll").First.Locator("tr", new() { Has = page.GetByRole(AriaRole.Rowheader, new() { Name = party }) }).InnerTextAsync(), @"\s+", " ");
}

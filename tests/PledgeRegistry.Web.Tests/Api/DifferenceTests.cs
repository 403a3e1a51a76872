using System.Net;
using System.Text.Json;
using System.Text.RegularExpressions;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Two moments over HTTP: how they are named, and what an answer says of them.</summary>
public sealed class DifferenceTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        await Addresses.WriteSomethingAsync(registry);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task A_pledge_that_was_recorded_since_is_added_with_the_entries_that_made_it()
    {
        var size = registry.Size;
        var body = await JsonAsync($"/api/differences/pledges?from.size=100&on=2026-12-01&change=added&limit=500");
        var row = body.GetProperty("rows").EnumerateArray().Single(r => r.GetProperty("stream").GetString() == "pledge/IMRF-2026-0001");
        Assert.Equal(("added", "recorded", "pledge-recorded"), (row.GetProperty("kind").GetString(), row.GetProperty("reason").GetString(), row.GetProperty("causes")[0].GetProperty("type").GetString()!.Split('.')[0]));
        Assert.Equal((100L, size, size - 100), (body.GetProperty("from").GetProperty("size").GetInt64(), body.GetProperty("basis").GetProperty("size").GetInt64(), body.GetProperty("entries").GetInt64()));
        Assert.Equal(registry.Host.Node.Registry.Tree.Root(100).ToString(), body.GetProperty("fromRoot").GetString());
    }

    [Fact]
    public async Task A_withdrawal_to_come_takes_the_pledge_out_on_its_day_and_backwards_brings_it_in()
    {
        var gone = (await JsonAsync("/api/differences/pledges?from.on=2028-12-31&on=2029-01-01")).GetProperty("rows").EnumerateArray().Single();
        Assert.Equal(("gone", "withdrawn", "took-effect"), (gone.GetProperty("kind").GetString(), gone.GetProperty("reason").GetString(), gone.GetProperty("causes")[0].GetProperty("how").GetString()));
        var back = await JsonAsync("/api/differences/pledges?from.on=2029-01-01&on=2028-12-31");
        Assert.True(back.GetProperty("backwards").GetBoolean());
        Assert.Equal(("added", "reinstated"), (back.GetProperty("rows")[0].GetProperty("kind").GetString(), back.GetProperty("rows")[0].GetProperty("reason").GetString()));
    }

    [Fact]
    public async Task The_previous_meeting_of_a_series_is_a_shortcut_for_its_moment()
    {
        var size = registry.Size;
        var (since, body) = await registry.GetAsync($"/api/differences/registry?since=previous-meeting&series=IMRF&size={size}&on=2026-05-08");
        Assert.Contains("on=2022-05-20; from=asOfMeeting:IMRF-2022", Assert.Single(since.Headers.GetValues("Registry-First-Basis")), StringComparison.Ordinal);
        var (_, named) = await registry.GetAsync($"/api/differences/registry?from.asOfMeeting=IMRF-2022&size={size}&on=2026-05-08");
        Assert.Equal(body, named);
    }

    [Fact]
    public async Task An_answer_of_two_sizes_and_two_days_stays_what_it_is()
    {
        var size = registry.Size;
        var (response, body) = await registry.GetAsync($"/api/differences/pledges?from.asOfMeeting=IMRF-2022&size={size}&on=2026-05-08&lang=en&view=differences/1");
        Assert.Equal("no-cache", response.Headers.CacheControl?.ToString());
        var permanent = response.Content.Headers.ContentLocation!.ToString();
        Assert.Contains("from.on=2022-05-20", permanent, StringComparison.Ordinal);
        Assert.DoesNotContain("asOfMeeting", permanent, StringComparison.Ordinal);
        var (again, same) = await registry.GetAsync(permanent);
        Assert.Equal(body, same);
        Assert.Contains("immutable", again.Headers.CacheControl!.ToString(), StringComparison.Ordinal);
        var (unchanged, _) = await registry.GetAsync(permanent, ("If-None-Match", again.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, unchanged.StatusCode);
        var (other, _) = await registry.GetAsync(permanent.Replace("from.on=2022-05-20", "from.on=2022-05-21", StringComparison.Ordinal), ("If-None-Match", again.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, other.StatusCode);
    }

    [Theory]
    [InlineData("registry", "from.size")]
    [InlineData("registry?from.size=9999999", "from.size")]
    [InlineData("registry?from.asOf=yesterday", "from.asOf")]
    [InlineData("registry?from.on=2022-13-01", "from.on")]
    [InlineData("registry?from.asOfMeeting=NOPE", "from.asOfMeeting")]
    [InlineData("registry?since=previous-meeting", "series")]
    [InlineData("registry?since=previous-meeting&series=NOPE", "since")]
    [InlineData("registry?since=previous-meeting&series=IMRF&from.size=1", "since")]
    [InlineData("registry?from.size=1&change=nothing", "change")]
    [InlineData("registry?from.size=1&limit=501", "limit")]
    [InlineData("imrf-follow-up?from.size=1", "cycle")]
    [InlineData("imrf-follow-up?cycle=abc&from.size=3", "cycle")]
    [InlineData("imrf-follow-up?cycle=1999&from.size=3", "cycle")]
    [InlineData("coverage?from.size=1", "framework")]
    [InlineData("pledges?from.size=1&kind=nothing", "kind")]
    [InlineData("rcm-grid?from.size=1&until=never", "until")]
    [InlineData("participants?from.size=1&role=member", "scope")]
    public async Task What_cannot_be_understood_is_named(string address, string parameter)
    {
        var (response, body) = await registry.GetAsync($"/api/differences/{address}");
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Equal(parameter, JsonDocument.Parse(body).RootElement.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Theory]
    [InlineData("pledge?id=NOPE&from.size=1")]
    [InlineData("coverage?framework=nope&from.size=1")]
    [InlineData("nothing?from.size=1")]
    public async Task What_is_not_there_is_not_found(string address) => Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/api/differences/{address}")).Response.StatusCode);

    [Theory]
    [InlineData("imrf-follow-up/abc")]
    [InlineData("imrf-follow-up/1999")]
    [InlineData("coverage/nope")]
    [InlineData("pledge/NOPE")]
    [InlineData("nothing")]
    public async Task What_is_not_there_has_no_page_of_differences(string of) =>
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/differences?of={of}&from.size=3")).Response.StatusCode);

    [Fact]
    public async Task Of_one_and_the_same_moment_no_page_says_that_a_day_differs()
    {
        var (_, same) = await registry.GetAsync("/differences?of=rcm-grid&from.size=700&size=700&lang=en");
        Assert.Contains("The two moments are one and the same", same, StringComparison.Ordinal);
        Assert.DoesNotContain("only the day on which they are judged differs", same, StringComparison.Ordinal);
        var (_, days) = await registry.GetAsync("/differences?of=rcm-grid&from.size=700&from.on=2022-05-20&size=700&lang=en");
        Assert.Contains("only the day on which they are judged differs", days, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/differences?lang=en&on=2026-11-01", "This registry has no entry from so early: what the second moment knows stands in")]
    [InlineData("/differences?lang=en&from.asOfMeeting=IMRF-2022&size=700", "This registry has no entry from so early: what the second moment knows stands in")]
    [InlineData("/differences?lang=en&from.asOfMeeting=IMRF-2030", "This meeting isn’t over yet: what the second moment knows stands in")]
    [InlineData("/differences?lang=en&from.size=600", null)]
    public async Task Where_something_stands_in_for_the_first_moment_the_page_says_so_of_the_first(string address, string? words)
    {
        var (response, html) = await registry.GetAsync(address);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        var page = WebUtility.HtmlDecode(html);
        var first = page[page.IndexOf("<dl class=\"facts two\">", StringComparison.Ordinal)..page.IndexOf("<dt>Second moment</dt>", StringComparison.Ordinal)];
        Assert.Equal(words is not null, first.Contains(words ?? "stands in", StringComparison.Ordinal));
    }

    [Theory]
    [InlineData("frameworks&after=framework/participant-r", "/frameworks/participant-role/", null)]
    [InlineData("meetings", "/meetings/IMRF-2022", "IMRF-2022")]
    [InlineData("series", "/series/RCM", "RCM")]
    public async Task What_differs_is_titled_as_its_own_page_is_headed(string of, string path, string? code)
    {
        foreach (var language in Languages.All)
        {
            var (_, html) = await registry.GetAsync($"/differences?of={of}&from.size=0&lang={language}");
            var link = Regex.Match(html, $"<h4><a href=\"({path}[^\"?]*)[^\"]*\">(.*?)</a>");
            Assert.True(link.Success, $"{of} in {language}");
            var (_, own) = await registry.GetAsync($"{link.Groups[1].Value}?lang={language}");
            Assert.Equal(Regex.Match(own, "<h1>(.*?)</h1>", RegexOptions.Singleline).Groups[1].Value.Trim(), link.Groups[2].Value);
            Assert.NotEqual(code ?? link.Groups[1].Value["/frameworks/".Length..], link.Groups[2].Value);
        }
    }

    [Fact]
    public async Task A_pack_is_made_as_of_the_end_of_its_meeting_whenever_it_is_read()
    {
        var pack = await JsonAsync("/api/meetings/IMRF-2026/pack?on=2026-12-01");
        Assert.Equal(("2026-12-01", "2026-05-08", "IMRF-2022"),
            (pack.GetProperty("basis").GetProperty("on").GetString(), pack.GetProperty("made").GetProperty("on").GetString(), pack.GetProperty("previous").GetProperty("meeting").GetProperty("id").GetString()));
        Assert.Equal(registry.Host.Node.Registry.Tree.Root(registry.Size).ToString(), pack.GetProperty("root").GetString());
        Assert.Equal(pack.GetProperty("followUps").GetArrayLength(), pack.GetProperty("changes").GetArrayLength());
        Assert.True(pack.GetProperty("followUps").GetArrayLength() > 0);
        var early = await JsonAsync("/api/meetings/IMRF-2026/pack?on=2026-04-01");
        Assert.Equal("2026-04-01", early.GetProperty("made").GetProperty("on").GetString());
        Assert.True((await JsonAsync("/api/meetings/RCM-XXI/pack?on=2026-12-01")).TryGetProperty("grid", out _));
    }

    [Theory]
    [InlineData("/meetings/WHA-61/pack", "Nobody owes anything in this series.")]
    [InlineData("/meetings/IMRF-2022/pack", "No report is expected yet of those who gave none.")]
    public async Task A_pack_says_that_all_have_reported_only_where_they_have(string address, string words)
    {
        var (response, html) = await registry.GetAsync($"{address}?lang=en");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains(words, html, StringComparison.Ordinal);
        Assert.DoesNotContain("Everybody who owes something", html, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Letters_of_every_script_are_sent_as_they_are()
    {
        var (_, html) = await registry.GetAsync("/differences?lang=ar");
        Assert.Contains("اللحظة الأولى", html, StringComparison.Ordinal);
        Assert.DoesNotContain("&#x6", html, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("registry")]
    [InlineData("registry&after=pledge")]
    [InlineData("pledges")]
    [InlineData("coverage/gcm")]
    [InlineData("rcm-grid")]
    public async Task A_full_page_of_differences_is_under_200_kB_in_every_language(string of)
    {
        foreach (var language in Languages.All)
        {
            var (_, html) = await registry.GetAsync($"/differences?of={of}&from.size=0&lang={language}");
            var (shown, bytes) = (html.Split("<article").Length - 1, System.Text.Encoding.UTF8.GetByteCount(html));
            Assert.Equal(80, shown);
            Assert.True(bytes < 200_000, $"{of} in {language}: {bytes} bytes");
        }
    }

    [Fact]
    public async Task A_row_shows_its_first_causes_and_leads_to_all_of_them()
    {
        var (_, html) = await registry.GetAsync("/differences?of=registry&from.size=0");
        var followed = 0;
        foreach (var row in html.Split("<article")[1..].Select(r => r[..r.IndexOf("</article>", StringComparison.Ordinal)]))
        {
            Assert.InRange(Regex.Count(row, "<li><a href=\"/history"), 0, 3);
            var more = Regex.Match(row, "<a href=\"([^\"]*)\" rel=\"nofollow\">and more entries: ([0-9,]+)</a>");
            if (more.Success && followed++ % 9 == 0)
            {
                var address = WebUtility.HtmlDecode(more.Groups[1].Value);
                var answered = (await JsonAsync(address)).GetProperty("rows").EnumerateArray().Single();
                Assert.Equal(int.Parse(more.Groups[2].Value, System.Globalization.CultureInfo.InvariantCulture) + 3, answered.GetProperty("causeCount").GetInt32());
                Assert.Contains($"/history?from={answered.GetProperty("causes")[0].GetProperty("position").GetInt64()}\"", row, StringComparison.Ordinal);
            }
        }
        Assert.True(followed > 0);
        var (_, pledges) = await registry.GetAsync("/differences?of=pledges&from.size=100");
        Assert.Matches("href=\"/pledges/[^\"]*/history\" rel=\"nofollow\">and more entries: ", pledges);
    }

    private async Task<JsonElement> JsonAsync(string address)
    {
        var (response, body) = await registry.GetAsync(address);
        Assert.True(response.IsSuccessStatusCode, $"{address}: {body}");
        return JsonDocument.Parse(body).RootElement;
    }
}

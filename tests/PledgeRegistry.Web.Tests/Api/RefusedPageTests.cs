using System.Globalization;
using System.Net;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>What a page can't use in its address, it refuses in words, as the API does: nothing else is shown in its place.</summary>
public sealed class RefusedPageTests(ReadProblemTests.Running running) : IClassFixture<ReadProblemTests.Running>
{
    [Theory]
    [InlineData("/pledges?size=1&size=2", "size")]
    [InlineData("/rcm/grid?on=2022-05-17&on=2022-05-18", "on")]
    [InlineData("/meetings?asOfMeeting=IMRF-2022&asOfMeeting=IMRF-2026", "asOfMeeting")]
    [InlineData("/differences?from.size=1&from.size=2", "from.size")]
    [InlineData("/pledges?kind=pledge&kind=statement", "kind")]
    public async Task A_parameter_that_is_given_twice_is_refused(string address, string parameter)
    {
        foreach (var language in Languages.All)
        {
            var main = await RefusedAsync($"{address}&lang={language}");
            Assert.Contains(parameter, main, StringComparison.Ordinal);
            if (language == "en")
            {
                Assert.Contains("more than once. Give it once.", main, StringComparison.Ordinal);
            }
        }
    }

    [Theory]
    [InlineData("/replay?view=nope", "view", "grid follow-up coverage pledge")]
    [InlineData("/replay?by=nope", "by", "entry change day meeting")]
    [InlineData("/replay?go=nope", "go", "first back forward last")]
    [InlineData("/replay?meeting=nope", "meeting", "")]
    [InlineData("/rcm/grid?meeting=nope", "meeting", "")]
    [InlineData("/differences?change=nope", "change", "added changed gone drift")]
    [InlineData("/differences?series=NOPE", "series", "IMRF RCM")]
    [InlineData("/search?kind=nope", "kind", "pledge initiative need offer")]
    [InlineData("/history?from=nope", "from", "")]
    [InlineData("/history?from=99999", "from", "")]
    [InlineData("/history?from=-1", "from", "")]
    public async Task A_parameter_that_is_not_known_is_refused_with_what_it_can_be(string address, string parameter, string instead)
    {
        foreach (var language in Languages.All)
        {
            var main = await RefusedAsync($"{address}&lang={language}");
            Assert.Contains($">{parameter}</code>", main, StringComparison.Ordinal);
            Assert.Contains(address.Split('=')[1], main, StringComparison.Ordinal);
            foreach (var code in instead.Split(' ', StringSplitOptions.RemoveEmptyEntries))
            {
                var link = $"{address.Split('?')[0]}?lang={language}&{parameter}={code}";
                Assert.Contains($"href=\"{link}\"", main, StringComparison.Ordinal);
                Assert.Equal((link, HttpStatusCode.OK), (link, (await running.Registry.GetAsync(link)).Response.StatusCode));
            }
        }
    }

    [Theory]
    [InlineData("99999", HttpStatusCode.NotFound)]
    [InlineData("99999999999999999999", HttpStatusCode.NotFound)]
    [InlineData("abc", HttpStatusCode.BadRequest)]
    [InlineData("-1", HttpStatusCode.BadRequest)]
    [InlineData("1.5", HttpStatusCode.BadRequest)]
    public async Task The_proof_of_what_is_no_entry_is_no_other_entrys(string entry, HttpStatusCode status)
    {
        foreach (var language in Languages.All)
        {
            var main = await RefusedAsync($"/proof?entry={entry}&lang={language}", status);
            Assert.Contains($"name=\"entry\" inputmode=\"numeric\" pattern=\"[0-9]+\" value=\"{entry}\"", main, StringComparison.Ordinal);
            Assert.DoesNotContain("/log/proof/", main, StringComparison.Ordinal);
            Assert.DoesNotContain(running.Registry.Host.Node.Registry.Tree.Leaf(running.Registry.Size - 1).ToString(), main, StringComparison.Ordinal);
            if (language == "en")
            {
                Assert.Contains(string.Create(CultureInfo.GetCultureInfo("en"), $"There is no entry {entry}; ask for 0 to {running.Registry.Size - 1:N0}."), main, StringComparison.Ordinal);
            }
        }
        Assert.Equal(HttpStatusCode.OK, (await running.Registry.GetAsync("/proof?entry=")).Response.StatusCode);
    }

    [Fact]
    public async Task Where_no_meeting_gives_a_first_moment_or_no_row_comes_after_the_key_the_differences_say_so()
    {
        var (_, none) = await running.Registry.GetAsync("/differences?series=RCM&size=1&lang=en");
        Assert.Contains("There is no first moment yet", none, StringComparison.Ordinal);
        var (_, after) = await running.Registry.GetAsync("/differences?from.size=0&after=zzz&lang=en");
        Assert.Contains("No row comes after this key: <code dir=\"ltr\">zzz</code>", after, StringComparison.Ordinal);
        Assert.DoesNotContain("Nothing of this kind differs", after, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("/cite?")]
    [InlineData("/cite?of=&")]
    [InlineData("/cite?of=/nope&")]
    [InlineData("/cite?of=/pledges/NOPE&")]
    public async Task What_can_not_be_cited_is_told_how_to_name_what_can(string address)
    {
        foreach (var language in Languages.All)
        {
            var (response, html) = await running.Registry.GetAsync($"{address}lang={language}");
            var main = WebUtility.HtmlDecode(html[html.IndexOf("<main", StringComparison.Ordinal)..]);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Contains("of=/rcm/grid", main, StringComparison.Ordinal);
            Assert.Equal(address.Contains("/nope", StringComparison.Ordinal), main.Contains("/nope", StringComparison.Ordinal));
        }
    }

    [Fact]
    public async Task What_is_given_empty_is_not_given()
    {
        foreach (var address in new[] { "/replay?view=&by=&go=&meeting=", "/differences?change=", "/search?q=health&kind=", "/history?from=" })
        {
            Assert.Equal((address, HttpStatusCode.OK), (address, (await running.Registry.GetAsync(address)).Response.StatusCode));
        }
    }

    private async Task<string> RefusedAsync(string address, HttpStatusCode status = HttpStatusCode.BadRequest)
    {
        var (response, html) = await running.Registry.GetAsync(address);
        Assert.Equal((address, status), (address, response.StatusCode));
        Assert.False(response.Headers.Contains(ReadingContext.Header), address);
        var main = html[html.IndexOf("<main", StringComparison.Ordinal)..];
        Assert.Contains("role=\"alert\"", main, StringComparison.Ordinal);
        return WebUtility.HtmlDecode(main);
    }
}

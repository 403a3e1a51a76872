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

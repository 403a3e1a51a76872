using System.Net;
using PledgeRegistry.Web.Pages;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>How pages may be kept: asked for again each time, and not sent again where they are the same.</summary>
public sealed class PageCachingTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        await Addresses.WriteSomethingAsync(registry);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task A_page_that_is_unchanged_is_not_sent_again()
    {
        foreach (var address in PageAddresses.ByPattern.Values)
        {
            var (first, html) = await registry.GetAsync(address);
            Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
            Assert.Equal(["Accept-Encoding", "Accept-Language", "Cookie", .. address.StartsWith("/replay", StringComparison.Ordinal) ? [ReplayPage.FrameHeader] : Array.Empty<string>()], first.Headers.Vary.Distinct().Order(StringComparer.Ordinal));
            var (second, nothing) = await registry.GetAsync(address, ("If-None-Match", first.Headers.ETag!.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Empty(nothing);
            Assert.Equal(first.Headers.ETag, second.Headers.ETag);
            Assert.Equal(first.Headers.Vary, second.Headers.Vary);
            Assert.Equal(html, (await registry.GetAsync(address)).Body);
        }
    }

    [Fact]
    public async Task A_part_of_a_page_is_kept_by_nobody_and_never_taken_for_the_page()
    {
        const string Address = "/replay?size=700";
        var (page, html) = await registry.GetAsync(Address);
        var tag = page.Headers.ETag!.ToString();
        Assert.Contains("<html", html, StringComparison.Ordinal);
        // Who has the page asks for the part, and gets it.
        foreach (var headers in new[] { new[] { (ReplayPage.FrameHeader, "1") }, [(ReplayPage.FrameHeader, "1"), ("If-None-Match", tag)], [(ReplayPage.FrameHeader, "1"), ("Cookie", "acting=operator")] })
        {
            var (part, frame) = await registry.GetAsync(Address, headers);
            Assert.Equal(HttpStatusCode.OK, part.StatusCode);
            Assert.Equal("no-store", part.Headers.CacheControl!.ToString());
            Assert.Null(part.Headers.ETag);
            Assert.Contains(ReplayPage.FrameHeader, part.Headers.Vary);
            Assert.Equal("en", Assert.Single(part.Content.Headers.ContentLanguage));
            Assert.StartsWith("size=700;", Assert.Single(part.Headers.GetValues("Registry-Basis")), StringComparison.Ordinal);
            Assert.Contains("id=\"frame\"", frame, StringComparison.Ordinal);
            Assert.DoesNotContain("<html", frame, StringComparison.Ordinal);
        }
        // On a page without parts the header means nothing.
        Assert.Equal("no-cache", (await registry.GetAsync("/pledges", (ReplayPage.FrameHeader, "1"))).Response.Headers.CacheControl!.ToString());
    }

    [Fact]
    public async Task A_page_is_sent_again_after_the_next_entry_in_another_language_at_another_basis_and_compressed()
    {
        var tags = new List<string>();
        foreach (var (address, header, value) in new[]
        {
            ("/pledges", "Accept-Language", "en"), ("/pledges", "Accept-Language", "es"), ("/pledges", "Cookie", "lang=fr"), ("/pledges", "Accept-Encoding", "br"),
            ("/pledges?size=800", "", ""), ("/pledges?size=800&on=2020-01-01", "", ""), ("/pledges?asOf=2100-01-01", "", ""), ("/pledges?asOfMeeting=IMRF-2022", "", ""), ("/pledges?kind=pledge", "", ""),
        })
        {
            tags.Add((await registry.GetAsync(address, (header.Length > 0 ? header : "X-None", value))).Response.Headers.ETag!.Tag);
        }
        Assert.Equal(tags.Count, tags.Distinct().Count());
        await registry.PostAsync("/api/initiatives", Bodies.Initiative());
        // It names the head: also a page in the past is another one then.
        foreach (var address in new[] { "/pledges", "/pledges?size=800" })
        {
            Assert.DoesNotContain((await registry.GetAsync(address)).Response.Headers.ETag!.Tag, tags);
        }
    }

    [Fact]
    public async Task What_somebody_gets_who_says_who_they_are_is_theirs_alone()
    {
        foreach (var (address, header, value) in new[]
        {
            ("/pledges", "Cookie", "acting=operator"), ("/api/pledges?size=800&on=2026-01-01&lang=en&view=pledges/1", "Authorization", "Bearer something"),
            ("/api/pledges?size=800&on=2026-01-01&lang=en&view=pledges/1", "Registry-Acting-As", "operator"),
        })
        {
            var (response, _) = await registry.GetAsync(address.Replace("pledges/1", PledgeRegistry.Projections.Pledges.PledgeList.View, StringComparison.Ordinal), (header, value));
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            Assert.Equal("no-cache, private", response.Headers.CacheControl!.ToString());
        }
    }

    [Theory]
    [InlineData("/pledges?size=x")]
    [InlineData("/pledges/NOPE")]
    public async Task A_page_of_what_is_wrong_is_kept_by_nobody(string address) =>
        Assert.Equal("no-store", (await registry.GetAsync(address)).Response.Headers.CacheControl!.ToString());

    [Fact]
    public async Task A_page_is_never_kept_for_ever() =>
        Assert.Equal("no-cache", (await registry.GetAsync("/pledges?size=800&on=2026-01-01&lang=en&view=pledges/1")).Response.Headers.CacheControl!.ToString());
}

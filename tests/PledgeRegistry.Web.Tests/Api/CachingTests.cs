using System.Net;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

public sealed class CachingTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task What_is_unchanged_is_not_sent_again()
    {
        foreach (var address in Addresses.All.Where(a => !a.Contains("IMRF-2026-0001", StringComparison.Ordinal) && !a.Contains("I0001", StringComparison.Ordinal) && !a.Contains("border-health", StringComparison.Ordinal) && !a.Contains("/RCM-2016-X", StringComparison.Ordinal)))
        {
            var (first, _) = await registry.GetAsync(address);
            Assert.False(first.Headers.ETag!.IsWeak);
            var (second, body) = await registry.GetAsync(address, ("If-None-Match", first.Headers.ETag.ToString()));
            Assert.Equal(HttpStatusCode.NotModified, second.StatusCode);
            Assert.Empty(body);
            Assert.Equal(first.Headers.ETag, second.Headers.ETag);
            var (other, _) = await registry.GetAsync(address, ("If-None-Match", "\"00000000000000000000000000000000\""));
            Assert.Equal(HttpStatusCode.OK, other.StatusCode);
        }
    }

    [Fact]
    public async Task A_tag_goes_with_the_first_new_entry()
    {
        var (first, _) = await registry.GetAsync("/api/rcm/grid");
        await registry.PostAsync("/api/initiatives", Bodies.Initiative());
        var (second, _) = await registry.GetAsync("/api/rcm/grid", ("If-None-Match", first.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.OK, second.StatusCode);
        Assert.NotEqual(first.Headers.ETag, second.Headers.ETag);
    }

    [Fact]
    public async Task Each_basis_language_encoding_and_address_has_a_tag_of_its_own()
    {
        string[] addresses =
        [
            "/api/pledges", "/api/pledges?lang=es", "/api/pledges?size=800", "/api/pledges?size=800&on=2020-01-01", "/api/pledges?kind=pledge",
        ];
        var tags = new List<string>();
        foreach (var address in addresses)
        {
            tags.Add((await registry.GetAsync(address)).Response.Headers.ETag!.Tag);
            tags.Add((await registry.GetAsync(address, ("Accept-Encoding", "br"))).Response.Headers.ETag!.Tag);
        }
        tags.Add((await registry.GetAsync("/api/pledges", ("Accept-Language", "fr"))).Response.Headers.ETag!.Tag);
        Assert.Equal(tags.Count, tags.Distinct().Count());
        // However the basis and the language were asked for.
        var (plain, _) = await registry.GetAsync("/api/pledges");
        foreach (var same in new[] { "/api/pledges?lang=en", $"/api/pledges?size={registry.Size}&on={plain.Headers.GetValues("Registry-Basis").Single().Split("on=")[1][..10]}" })
        {
            Assert.Equal(plain.Headers.ETag, (await registry.GetAsync(same)).Response.Headers.ETag);
        }
    }

    [Fact]
    public async Task A_body_says_nothing_of_how_its_basis_was_asked_for()
    {
        var clock = new ManualTimeProvider(new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero));
        await using var later = await TestRegistry.StartAsync(clock: clock);
        var (first, open) = await later.GetAsync("/api/sources?asOf=2150-06-01");
        Assert.Contains("from=asOf:2150-06-01; settled=false;", first.Headers.GetValues("Registry-Basis").Single(), StringComparison.Ordinal);
        clock.Advance(TimeSpan.FromDays(300));
        Assert.Equal(HttpStatusCode.Created, (await later.PostAsync("/api/initiatives", Bodies.Initiative())).Response.StatusCode);
        var (second, settled) = await later.GetAsync("/api/sources?asOf=2150-06-01");
        Assert.Contains("; settled=true;", second.Headers.GetValues("Registry-Basis").Single(), StringComparison.Ordinal);
        Assert.Equal(open, settled);
        Assert.Equal(first.Headers.ETag, second.Headers.ETag);
        Assert.Equal(open, (await later.GetAsync(second.Content.Headers.ContentLocation!.ToString())).Body);
    }

    [Fact]
    public async Task What_is_compressed_says_so()
    {
        var (response, _) = await registry.GetAsync("/api/pledges", ("Accept-Encoding", "br"));
        Assert.Equal("br", Assert.Single(response.Content.Headers.ContentEncoding));
        Assert.Contains("Accept-Encoding", response.Headers.Vary);
        var (again, _) = await registry.GetAsync("/api/pledges", ("Accept-Encoding", "br"), ("If-None-Match", response.Headers.ETag!.ToString()));
        Assert.Equal(HttpStatusCode.NotModified, again.StatusCode);
    }

    [Fact]
    public async Task The_address_of_an_answer_that_stays_is_named_and_only_that_one_is_kept_for_ever()
    {
        foreach (var address in new[] { "/api/pledges?kind=conclusion&lang=fr", "/api/frameworks/wha61.17", "/api/entries/7" })
        {
            var (first, body) = await registry.GetAsync(address);
            Assert.Equal("no-cache", first.Headers.CacheControl!.ToString());
            var stays = first.Content.Headers.ContentLocation!.ToString();
            var (second, same) = await registry.GetAsync(stays, ("Accept-Language", "ar"), ("Cookie", "lang=es"));
            Assert.Equal(body, same);
            Assert.Equal("public, max-age=31536000, immutable", Assert.Single(second.Headers.GetValues("Cache-Control")));
            Assert.DoesNotContain("Accept-Language", second.Headers.Vary);
        }
    }

    [Theory]
    [InlineData("/api/registry?size=800&on=2026-01-01&lang=en")]
    [InlineData("/api/registry?size=800&on=2026-01-01&view=registry/1")]
    [InlineData("/api/registry?size=800&lang=en&view=registry/1")]
    [InlineData("/api/registry?on=2026-01-01&lang=en&view=registry/1")]
    [InlineData("/api/registry?asOf=2100-01-01&on=2026-01-01&lang=en&view=registry/1")]
    public async Task Without_size_date_language_and_view_an_answer_is_asked_for_again(string address) =>
        Assert.Equal("no-cache", (await registry.GetAsync(address)).Response.Headers.CacheControl!.ToString());

    [Theory]
    [InlineData("/api/registry", true)]
    [InlineData("/api/registry?lang=en", false)]
    public async Task An_answer_varies_by_the_reader_s_language_unless_the_address_has_it(string address, bool varies) =>
        Assert.Equal(varies, (await registry.GetAsync(address)).Response.Headers.Vary.Contains("Accept-Language"));

    [Fact]
    public async Task Problems_are_kept_by_nobody() =>
        Assert.Equal("no-store", (await registry.GetAsync("/api/pledges/NONE?size=800&on=2026-01-01&lang=en&view=pledge/1")).Response.Headers.CacheControl!.ToString());
}

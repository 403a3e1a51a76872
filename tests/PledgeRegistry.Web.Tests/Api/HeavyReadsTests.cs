using System.Net;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>What costs much is bounded; everything else goes on.</summary>
public sealed class HeavyReadsTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData("/api/search?q=health")]
    [InlineData("/API/Search?q=health")]
    [InlineData("/api/differences/pledges?from.size=100")]
    [InlineData("/api/meetings/IMRF-2022/pack")]
    [InlineData("/api/exchange/suggestions")]
    [InlineData("/api/frameworks/gcm/coverage?through=crosswalks")]
    [InlineData("/replay?lang=en")]
    [InlineData("/search?q=health&lang=en")]
    [InlineData("/differences?lang=en")]
    [InlineData("/meetings/IMRF-2022/pack?lang=en")]
    public async Task Above_the_limit_a_read_waits_or_is_refused_and_is_served_afterwards(string address)
    {
        Task<(HttpResponseMessage Response, string Body)>[] asked;
        using (await registry.Host.App.Services.GetRequiredService<HeavyReads>().TakeAsync(HeavyReads.AtOnce, CancellationToken.None))
        {
            asked = [.. Enumerable.Range(0, HeavyReads.Waiting + 1).Select(_ => registry.GetAsync(address))];
            var (refused, body) = await await Task.WhenAny(asked);
            Assert.Equal(HttpStatusCode.TooManyRequests, refused.StatusCode);
            Assert.Equal(TimeSpan.FromSeconds(2), refused.Headers.RetryAfter!.Delta);
            if (address.StartsWith("/api", StringComparison.OrdinalIgnoreCase))
            {
                Assert.Equal("application/problem+json", refused.Content.Headers.ContentType!.MediaType);
                Assert.Equal("/problems/busy", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
            }
            else
            {
                Assert.Contains("busy just now", body, StringComparison.Ordinal);
            }
            Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/api/pledges")).Response.StatusCode);
        }
        Assert.Single(await Task.WhenAll(asked), a => a.Response.StatusCode == HttpStatusCode.TooManyRequests);
        Assert.NotEqual(HttpStatusCode.TooManyRequests, (await registry.GetAsync(address)).Response.StatusCode);
    }
}

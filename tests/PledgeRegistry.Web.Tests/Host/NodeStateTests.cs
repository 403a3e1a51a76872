using System.Net;
using System.Text.RegularExpressions;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>What a node says of itself where it can't write, and what it answers to who comes after a size.</summary>
public sealed partial class NodeStateTests : IAsyncLifetime
{
    private const string Source = """{"id":"a-source","title":"A title","language":"en","sha256":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}""";

    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync(clock: clock);

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task An_answer_to_a_command_names_what_its_reader_comes_after()
    {
        var (response, _) = await registry.PostTextAsync("/api/sources", Source);
        var after = Assert.Single(response.Headers.GetValues("Registry-After"));
        Assert.Equal($"{registry.Size}:{registry.Host.Node.Registry.Tree.Leaf(registry.Size - 1)}", after);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/api/sources/a-source", ("Registry-After", after))).Response.StatusCode);
    }

    [Fact]
    public async Task A_request_that_comes_after_more_than_was_read_waits_for_it()
    {
        var after = $"{registry.Size + 1}";
        var asking = registry.GetAsync("/api/sources/a-source", ("Registry-After", after));
        await Task.Delay(200);
        Assert.False(asking.IsCompleted);
        await registry.PostTextAsync("/api/sources", Source);
        Assert.Equal(HttpStatusCode.OK, (await asking).Response.StatusCode);
    }

    [Fact]
    public async Task What_does_not_come_in_time_is_asked_for_later()
    {
        var (response, body) = await registry.GetAsync("/api/sources", ("Registry-After", "99999999"));
        Assert.Equal(HttpStatusCode.ServiceUnavailable, response.StatusCode);
        Assert.Equal("1", Assert.Single(response.Headers.GetValues("Retry-After")));
        Assert.Contains("/problems/not-read-so-far", body, StringComparison.Ordinal);
        Assert.Contains($"has read {registry.Size} entries", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Who_comes_from_another_history_is_told_so()
    {
        var (response, body) = await registry.GetAsync("/api/sources", ("Registry-After", $"{registry.Size}:{Hash.Of("other"u8)}"));
        Assert.Equal(HttpStatusCode.Conflict, response.StatusCode);
        Assert.Contains("/problems/other-history", body, StringComparison.Ordinal);
    }

    [Theory]
    [InlineData("x")]
    [InlineData("-1")]
    [InlineData("5:")]
    [InlineData("5:abc")]
    [InlineData("5:a:b")]
    [InlineData("0:bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb")]
    public async Task What_is_no_size_is_refused(string given)
    {
        var (response, body) = await registry.GetAsync("/api/sources", ("Registry-After", given));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("/problems/after-malformed", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_form_that_recorded_something_has_the_browser_s_next_pages_come_after_it()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = registry.Client.BaseAddress };
        using var recorded = await SendFormAsync(browser);
        Assert.Equal(HttpStatusCode.Redirect, recorded.StatusCode);
        var cookie = Assert.Single(recorded.Headers.GetValues("Set-Cookie"), c => c.StartsWith($"{Cookie}=", StringComparison.Ordinal));
        Assert.Matches($"^{Cookie}={registry.Size}; max-age=60; path=/; samesite=lax; httponly$", cookie);
        Assert.DoesNotContain("hindered", await browser.GetStringAsync(recorded.Headers.Location), StringComparison.Ordinal);
    }

    // A registry at another port of the same machine has a cookie of its own.
    private string Cookie => $"after-{registry.Client.BaseAddress!.Port}";

    [Fact]
    public async Task A_page_that_cannot_come_after_what_was_recorded_says_so()
    {
        var (response, body) = await registry.GetAsync("/pledges?lang=en", ("Cookie", $"{Cookie}=99999999"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Contains($"this server has read {registry.Size} entries, and you come after 99,999,999", body, StringComparison.Ordinal);
        // A cookie is the browser's: what is no size in it is nothing.
        Assert.DoesNotContain("hindered", (await registry.GetAsync("/pledges", ("Cookie", $"{Cookie}=x"))).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_node_that_cannot_write_says_so_on_every_page_in_every_language_and_keeps_what_is_typed()
    {
        using var browser = new HttpClient(new HttpClientHandler { AllowAutoRedirect = false }) { BaseAddress = registry.Client.BaseAddress };
        var form = await browser.GetStringAsync("/partnerships/new");
        clock.Now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        foreach (var (language, words) in new[] { ("en", "clock doesn’t agree"), ("es", "El reloj"), ("fr", "L’horloge"), ("ar", "ساعة هذا الخادم") })
        {
            foreach (var page in new[] { "/", "/pledges", "/about", "/rcm/grid", "/pledges/new" })
            {
                var body = WebUtility.HtmlDecode((await registry.GetAsync($"{page}?lang={language}")).Body);
                var banner = Assert.Single(Banner().Matches(body)).Value;
                Assert.Contains("role=\"status\"", banner, StringComparison.Ordinal);
                Assert.Contains(words, banner, StringComparison.Ordinal);
                Assert.Contains($"{registry.Host.Node.Registry.Head.RecordedAt:yyyy-MM-dd HH:mm} UTC", banner, StringComparison.Ordinal);
            }
        }
        using var refused = await SendFormAsync(browser, form);
        Assert.Equal(HttpStatusCode.ServiceUnavailable, refused.StatusCode);
        Assert.Contains("value=\"Border health\"", await refused.Content.ReadAsStringAsync(), StringComparison.Ordinal);

        var (ready, state) = await registry.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("\"reason\":\"clock\"", state, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/health/reading")).Response.StatusCode);
    }

    private static async Task<HttpResponseMessage> SendFormAsync(HttpClient browser, string? form = null)
    {
        form ??= await browser.GetStringAsync("/partnerships/new");
        var hidden = Hidden().Matches(form).ToDictionary(m => m.Groups["name"].Value, m => m.Groups["value"].Value);
        return await browser.PostAsync("/partnerships/new", new FormUrlEncodedContent(
        [
            KeyValuePair.Create("__RequestVerificationToken", hidden["__RequestVerificationToken"]), KeyValuePair.Create("key", hidden["key"]),
            KeyValuePair.Create("id", "border-health"), KeyValuePair.Create("content.names.en", "Border health"), KeyValuePair.Create("content.goal.en", "Health care on every route."),
        ]));
    }

    [GeneratedRegex("<input name=\"(?<name>[A-Za-z_]+)\" type=\"hidden\" value=\"(?<value>[^\"]*)\"|<input type=\"hidden\" name=\"(?<name>[a-z]+)\" value=\"(?<value>[^\"]*)\"")]
    private static partial Regex Hidden();

    [GeneratedRegex("<p class=\"hindered\".*?</p>", RegexOptions.Singleline)]
    private static partial Regex Banner();
}

using System.Globalization;
using System.Net;
using System.Text.RegularExpressions;
using PledgeRegistry.Testing;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>RFC 7089, as an archive's client uses it. After the opening data come two entries in one second, one in the next, and one at the end of the month.</summary>
public sealed partial class MementoTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2151, 1, 5, 8, 0, 0, TimeSpan.Zero));
    private TestRegistry registry = null!;
    private long opened;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync(clock: clock);
        opened = registry.Size;
        clock.Now = new DateTimeOffset(2151, 2, 1, 10, 0, 0, 500, TimeSpan.Zero);
        await RecordAsync();
        clock.Advance(TimeSpan.FromMilliseconds(100));
        await RecordAsync();
        clock.Now = new DateTimeOffset(2151, 2, 1, 10, 0, 1, TimeSpan.Zero);
        await RecordAsync();
        clock.Now = new DateTimeOffset(2151, 2, 28, 23, 59, 59, 999, TimeSpan.Zero);
        await RecordAsync();
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    // A meeting's pack leads to its own basis: it has no state of now.
    private static bool LeadsNowhere(string address) => !address.EndsWith("/pack", StringComparison.Ordinal);

    [Fact]
    public async Task Every_page_and_every_read_names_its_original_its_timegate_and_its_timemap()
    {
        foreach (var address in PageAddresses.ByPattern.Values.Where(IsThere).Where(LeadsNowhere).Concat(ReadEndpoints.All.Select(e => Addresses.ByPattern[e.Pattern][0]).Where(IsThere)))
        {
            var (response, _) = await GetAsync(address);
            Assert.True(response.StatusCode == HttpStatusCode.OK, address);
            var links = Links(response);
            Assert.Equal(Full(address), links["original"].Address);
            Assert.Equal(Full("/timegate" + address), links["timegate"].Address);
            Assert.Equal(Full("/timemap/link" + address), links["timemap"].Address);
            Assert.False(response.Headers.Contains("Memento-Datetime"));
            Assert.Equal(HttpStatusCode.Found, (await GetAsync(links["timegate"].Address)).Response.StatusCode);
            Assert.Equal(HttpStatusCode.OK, (await GetAsync(links["timemap"].Address)).Response.StatusCode);
        }
    }

    [Theory]
    // Before the first: the first. In a second: its last entry. After the last: the last.
    [InlineData("Mon, 01 Jan 1990 00:00:00 GMT", -1, "2026")]
    [InlineData("Mon, 01 Feb 2151 09:59:59 GMT", 0, null)]
    [InlineData("Mon, 01 Feb 2151 10:00:00 GMT", 2, "2151-02-01")]
    [InlineData("Mon, 01 Feb 2151 10:00:01 GMT", 3, "2151-02-01")]
    [InlineData("Sun, 28 Feb 2151 23:59:58 GMT", 3, "2151-02-01")]
    [InlineData("Sun, 28 Feb 2151 23:59:59 GMT", 4, "2151-02-28")]
    [InlineData("Tue, 29 Feb 2152 00:00:00 GMT", 4, "2151-02-28")]
    [InlineData("Fri, 31 Dec 9999 23:59:59 GMT", 4, "2151-02-28")]
    [InlineData("", 4, "2151-02-28")]
    public async Task A_timegate_leads_to_the_state_at_a_datetime(string datetime, int after, string? on)
    {
        var (response, body) = await GetAsync("/timegate/api/pledges?kind=conclusion&lang=es", ("Accept-Datetime", datetime));
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Empty(body);
        Assert.Equal(["Accept-Datetime"], response.Headers.Vary);
        Assert.False(response.Headers.Contains("Memento-Datetime"));
        Assert.Equal(Full("/api/pledges?kind=conclusion&lang=es"), Links(response)["original"].Address);
        var location = response.Headers.Location!.ToString();
        Assert.StartsWith("/api/pledges?kind=conclusion&lang=es&size=", location, StringComparison.Ordinal);
        if (after >= 0)
        {
            Assert.Contains($"&size={opened + after}&on={on}", location, StringComparison.Ordinal);
        }
        var (memento, _) = await GetAsync(location);
        Assert.Equal(HttpStatusCode.OK, memento.StatusCode);
        Assert.Equal(Full("/api/pledges?kind=conclusion&lang=es"), Links(memento)["original"].Address);
    }

    [Theory]
    [InlineData("yesterday")]
    [InlineData("2151-02-01T10:00:00Z")]
    [InlineData("Tue, 01 Feb 2151 10:00:00 GMT")]
    [InlineData("Mon, 29 Feb 2151 10:00:00 GMT")]
    [InlineData("Mon, 01 Feb 2151 10:00:00 +0100")]
    public async Task A_datetime_that_is_none_is_a_bad_request(string datetime)
    {
        var (response, body) = await GetAsync("/timegate/rcm/grid", ("Accept-Datetime", datetime));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("/problems/accept-datetime-malformed", body, StringComparison.Ordinal);
        Assert.Equal(["Accept-Datetime"], response.Headers.Vary);
    }

    [Fact]
    public async Task A_memento_says_when_it_is_of_and_what_comes_before_and_after_it()
    {
        foreach (var original in new[] { "/api/pledges", "/pledges" })
        {
            var (response, _) = await GetAsync($"{original}?size={opened + 2}&on=2151-02-01");
            Assert.Equal("Mon, 01 Feb 2151 10:00:00 GMT", response.Headers.GetValues("Memento-Datetime").Single());
            var links = Links(response);
            Assert.Equal(Full(original), links["original"].Address);
            Assert.Equal("Mon, 01 Feb 2151 10:00:01 GMT", links["next"].Datetime);
            Assert.Equal("Sun, 28 Feb 2151 23:59:59 GMT", links["last"].Datetime);
            Assert.Equal(Full($"{original}?size={opened + 4}&on=2151-02-28"), links["last"].Address);
            Assert.StartsWith(Full($"{original}?size={opened}&on="), links["prev"].Address, StringComparison.Ordinal);
            Assert.True(links.ContainsKey("first"));
            // Each of them can be followed, and says the same of itself.
            foreach (var other in links.Where(l => l.Value.Datetime is not null))
            {
                Assert.Equal(other.Value.Datetime, (await GetAsync(other.Value.Address)).Response.Headers.GetValues("Memento-Datetime").Single());
            }
            // The middle of a second can be read, but is no stop on the way.
            var middle = Links((await GetAsync($"{original}?size={opened + 1}")).Response);
            Assert.Contains($"size={opened + 2}&", middle["next"].Address, StringComparison.Ordinal);
            Assert.Contains($"size={opened}&", middle["prev"].Address, StringComparison.Ordinal);
            var last = Links((await GetAsync($"{original}?size={opened + 4}")).Response);
            Assert.False(last.ContainsKey("next"));
        }
    }

    [Theory]
    [InlineData("/api/pledges")]
    [InlineData("/api/pledges?asOf=2151-02-10")]
    [InlineData("/api/pledges?asOfMeeting=IMRF-2022")]
    [InlineData("/pledges?on=2021-01-01")]
    [InlineData("/pledges?size=0")]
    public async Task What_may_become_another_state_is_no_memento(string address) =>
        Assert.False((await GetAsync(address)).Response.Headers.Contains("Memento-Datetime"));

    [Fact]
    public async Task A_date_of_its_own_belongs_to_the_resource_and_stays()
    {
        var (response, _) = await GetAsync("/timegate/rcm/grid?on=2021-06-30&asOf=2151-01-01&size=3", ("Accept-Datetime", "Mon, 01 Feb 2151 10:00:01 GMT"));
        Assert.Equal($"/rcm/grid?on=2021-06-30&size={opened + 3}", response.Headers.Location!.ToString());
        Assert.Equal(Full("/rcm/grid?on=2021-06-30"), Links((await GetAsync(response.Headers.Location.ToString())).Response)["original"].Address);
    }

    [Fact]
    public async Task A_timemap_lists_every_state_once_and_in_order()
    {
        var (response, body) = await GetAsync("/timemap/link/rcm/grid?meeting=RCM-XXI");
        Assert.Equal("application/link-format", response.Content.Headers.ContentType!.MediaType);
        var links = Parse(body.ReplaceLineEndings(" "));
        Assert.Equal(Full("/rcm/grid?meeting=RCM-XXI"), links.Single(l => l.Relation == "original").Address);
        Assert.Equal(Full("/timegate/rcm/grid?meeting=RCM-XXI"), links.Single(l => l.Relation == "timegate").Address);
        Assert.Matches("rel=\"self\";type=\"application/link-format\";from=\"[^\"]+\";until=\"Sun, 28 Feb 2151 23:59:59 GMT\"", body);
        var mementos = links.Where(l => l.Relation.EndsWith("memento", StringComparison.Ordinal)).ToArray();
        Assert.StartsWith("first ", mementos[0].Relation, StringComparison.Ordinal);
        Assert.Equal("last memento", mementos[^1].Relation);
        Assert.Equal(mementos.Length, mementos.Select(m => m.Datetime).Distinct().Count());
        Assert.Equal(
            ["Mon, 01 Feb 2151 10:00:00 GMT", "Mon, 01 Feb 2151 10:00:01 GMT", "Sun, 28 Feb 2151 23:59:59 GMT"], mementos[^3..].Select(m => m.Datetime));
        foreach (var memento in mementos)
        {
            var (answer, _) = await GetAsync("/timegate/rcm/grid?meeting=RCM-XXI", ("Accept-Datetime", memento.Datetime!));
            Assert.Equal(memento.Address, Full(answer.Headers.Location!.ToString()));
        }
    }

    [Fact]
    public async Task A_long_timemap_has_pages_that_miss_nothing()
    {
        for (var i = 0; registry.Size <= 1010; i++)
        {
            clock.Advance(TimeSpan.FromSeconds(1));
            await RecordAsync();
        }
        var found = new List<string>();
        var next = (string?)Full("/timemap/link/pledges");
        var pages = new List<string>();
        while (next is not null)
        {
            pages.Add(next);
            var (response, body) = await GetAsync(next);
            Assert.Equal(HttpStatusCode.OK, response.StatusCode);
            var links = Parse(body.ReplaceLineEndings(" "));
            found.AddRange(links.Where(l => l.Relation.EndsWith("memento", StringComparison.Ordinal)).Select(l => l.Address));
            next = links.Where(l => l.Relation == "timemap").Select(l => l.Address).FirstOrDefault(a => !pages.Contains(a));
        }
        Assert.Equal(2, pages.Count);
        Assert.Equal(found.Count, found.Distinct().Count());
        // One a second: all that was recorded since the opening, less the two entries of one second.
        Assert.Equal(registry.Size - opened - 1, found.Count(a => long.Parse(SizeIn().Match(a).Groups[1].Value, CultureInfo.InvariantCulture) > opened));
        Assert.Equal(HttpStatusCode.NotFound, (await GetAsync("/timemap/link/3/pledges")).Response.StatusCode);
    }

    [Theory]
    [InlineData("/timegate//example.org/")]
    [InlineData("/timegate///example.org/pledges")]
    [InlineData("/timegate/https://example.org/pledges")]
    [InlineData("/timegate/%2F%2Fexample.org")]
    [InlineData("/timegate/%5Cexample.org")]
    [InlineData("/timegate/pledges/new")]
    [InlineData("/timegate/contacts")]
    [InlineData("/timegate/drafts")]
    [InlineData("/timegate/about")]
    [InlineData("/timegate/lang/es")]
    [InlineData("/timegate/api/private/contacts")]
    [InlineData("/timegate/health/ready")]
    [InlineData("/timegate/timegate/pledges")]
    [InlineData("/timegate/nope")]
    [InlineData("/timemap/link/contacts")]
    [InlineData("/timemap/link//example.org")]
    public async Task Nothing_but_what_is_read_at_a_basis_has_a_timegate_or_a_timemap(string address)
    {
        var (response, _) = await GetAsync(address);
        Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
        Assert.Null(response.Headers.Location);
    }

    [Fact]
    public async Task What_is_odd_in_a_query_can_not_break_out_of_a_link_or_a_location()
    {
        var (response, _) = await GetAsync("/timegate/pledges?kind=%0D%0ALocation:%20//example.org&text=%3E;rel=%22x%22,%3C//e%3E");
        Assert.Equal(HttpStatusCode.Found, response.StatusCode);
        Assert.Matches("^/pledges\\?[^<>\"\\s]*&size=[0-9]+&on=[0-9-]+$", response.Headers.Location!.OriginalString);
        Assert.Equal(3, Links(response).Count);
    }

    [Theory]
    [InlineData("/timegate/pledges")]
    [InlineData("/timemap/link/pledges")]
    public async Task Only_get_and_head_are_taken(string address)
    {
        using var head = new HttpRequestMessage(HttpMethod.Head, address);
        var (response, _) = await SendAsync(head);
        Assert.True(response.StatusCode is HttpStatusCode.Found or HttpStatusCode.OK);
        foreach (var method in new[] { HttpMethod.Post, HttpMethod.Put, HttpMethod.Delete })
        {
            using var other = new HttpRequestMessage(method, address);
            Assert.Equal(HttpStatusCode.MethodNotAllowed, (await SendAsync(other)).Response.StatusCode);
        }
    }

    private static bool IsThere(string address) =>
        !address.Contains("IMRF-2026-0001", StringComparison.Ordinal) && !address.Contains("border-health", StringComparison.Ordinal) && !address.Contains("/RCM-2016-X", StringComparison.Ordinal) && !address.Contains("I0001", StringComparison.Ordinal);

    private static Dictionary<string, (string Address, string? Datetime)> Links(HttpResponseMessage response) =>
        Parse(string.Join(", ", response.Headers.GetValues("Link"))).SelectMany(l => l.Relation.Split(' ').Where(r => r != "memento").Select(r => (r, l))).ToDictionary(l => l.r, l => (l.l.Address, l.l.Datetime), StringComparer.Ordinal);

    private static (string Address, string Relation, string? Datetime)[] Parse(string links) =>
        [.. OneLink().Matches(links).Select(m => (m.Groups[1].Value, m.Groups[2].Value, Datetime().Match(m.Groups[3].Value) is { Success: true } found ? found.Groups[1].Value : null))];

    private string Full(string address) => $"{registry.Host.Addresses.First()}{address}";

    private async Task RecordAsync() => Assert.True((await registry.PostAsync("/api/initiatives", Bodies.Initiative(title: $"Vans {registry.Size}"))).Response.IsSuccessStatusCode);

    private async Task<(HttpResponseMessage Response, string Body)> GetAsync(string address, params (string Name, string Value)[] headers)
    {
        using var request = new HttpRequestMessage(HttpMethod.Get, address);
        return await SendAsync(request, headers);
    }

    // As it is answered: a client that follows of itself would hide it.
    private async Task<(HttpResponseMessage Response, string Body)> SendAsync(HttpRequestMessage request, params (string Name, string Value)[] headers)
    {
        using var handler = new SocketsHttpHandler { AllowAutoRedirect = false };
        using var client = new HttpClient(handler) { BaseAddress = registry.Client.BaseAddress };
        foreach (var (name, value) in headers.Where(h => h.Value.Length > 0))
        {
            request.Headers.TryAddWithoutValidation(name, value);
        }
        var response = await client.SendAsync(request);
        return (response, await response.Content.ReadAsStringAsync());
    }

    [GeneratedRegex("<([^>]*)>;rel=\"([^\"]*)\"((?:;[a-z]+=\"[^\"]*\")*)")]
    private static partial Regex OneLink();

    [GeneratedRegex("datetime=\"([^\"]*)\"")]
    private static partial Regex Datetime();

    [GeneratedRegex("size=([0-9]+)")]
    private static partial Regex SizeIn();
}

using System.Globalization;
using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>What every read endpoint answers, at every basis.</summary>
public sealed class ReadTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        await Addresses.WriteSomethingAsync(registry);
    }

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public void Every_read_endpoint_is_tested() =>
        Assert.Equal(ReadEndpoints.All.Select(e => e.Pattern).Order(StringComparer.Ordinal), Addresses.ByPattern.Keys.Order(StringComparer.Ordinal));

    [Fact]
    public async Task Every_endpoint_answers_now_and_names_what_the_answer_was_made_from()
    {
        foreach (var (pattern, addresses) in Addresses.ByPattern)
        {
            var view = ReadEndpoints.All.Single(e => e.Pattern == pattern).View;
            foreach (var address in addresses)
            {
                var (response, body) = await registry.GetAsync(address);
                Assert.True(response.StatusCode == HttpStatusCode.OK, $"{address}: {response.StatusCode} {body}");
                Assert.Equal("application/json", response.Content.Headers.ContentType?.MediaType);
                var basis = Assert.Single(response.Headers.GetValues("Registry-Basis"));
                Assert.StartsWith($"size={registry.Size}; on=", basis, StringComparison.Ordinal);
                Assert.EndsWith($"; root={registry.Host.Node.Registry.Head.Root}; view={view}", basis, StringComparison.Ordinal);
                if (pattern != "/api/entries/{position}")
                {
                    Assert.Equal(registry.Size, JsonDocument.Parse(body).RootElement.GetProperty("basis").GetProperty("size").GetInt64());
                }
            }
        }
    }

    [Fact]
    public async Task Every_endpoint_answers_at_every_basis()
    {
        foreach (var address in Addresses.All)
        {
            foreach (var basis in Addresses.Bases(registry.Size))
            {
                var (response, body) = await registry.GetAsync(Addresses.With(address, basis));
                // What isn't there yet isn't found; nothing else may go wrong.
                Assert.True(response.StatusCode is HttpStatusCode.OK or HttpStatusCode.NotFound, $"{address} {basis}: {response.StatusCode} {body}");
                if (response.StatusCode == HttpStatusCode.OK && basis.StartsWith("size=", StringComparison.Ordinal))
                {
                    Assert.StartsWith(basis.Split('&')[0] + "; on=", Assert.Single(response.Headers.GetValues("Registry-Basis")), StringComparison.Ordinal);
                }
            }
        }
    }

    [Fact]
    public async Task The_same_basis_is_the_same_bytes_after_more_entries_and_after_a_restart()
    {
        var size = registry.Size;
        var before = await AnswersAsync(size);
        var (response, _) = await registry.PostAsync("/api/pledges/IMRF-2026-0001/mappings", Bodies.Mappings("GCM-17")[0]);
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal(before, await AnswersAsync(size));
        registry = await registry.RestartAsync();
        Assert.Equal(before, await AnswersAsync(size));
        Assert.True(before.Count(a => a.Value.StartsWith("OK", StringComparison.Ordinal)) > before.Count / 2);
    }

    [Fact]
    public async Task A_head_request_gets_the_headers_alone()
    {
        foreach (var address in Addresses.All)
        {
            var (get, body) = await registry.GetAsync(address);
            using var request = new HttpRequestMessage(HttpMethod.Head, address);
            var (head, nothing) = await registry.SendAsync(request);
            Assert.Equal(HttpStatusCode.OK, head.StatusCode);
            Assert.Empty(nothing);
            Assert.Equal(get.Headers.ETag, head.Headers.ETag);
            Assert.Equal(System.Text.Encoding.UTF8.GetByteCount(body), head.Content.Headers.ContentLength);
        }
    }

    [Fact]
    public async Task An_entry_is_its_stored_bytes_and_anybody_can_check_it_against_its_leaf_hash()
    {
        for (long position = registry.Size - 5; position < registry.Size; position++)
        {
            var response = await registry.Client.GetAsync(new Uri($"/api/entries/{position.ToString(CultureInfo.InvariantCulture)}", UriKind.Relative));
            var bytes = await response.Content.ReadAsByteArrayAsync();
            Assert.Equal((await registry.Host.Node.Registry.ReadStoredAsync(position)).Bytes.ToArray(), bytes);
            Assert.Equal(Convert.ToHexStringLower(SHA256.HashData([0, .. bytes])), Assert.Single(response.Headers.GetValues("Registry-Leaf-Hash")));
        }
    }

    [Fact]
    public async Task Pages_of_a_list_follow_one_another_without_a_gap()
    {
        var all = Ids((await registry.GetAsync("/api/pledges?limit=500")).Body, out _);
        var paged = new List<string>();
        string? next = "";
        while (next is not null)
        {
            paged.AddRange(Ids((await registry.GetAsync($"/api/pledges?limit=20{(next.Length == 0 ? "" : $"&after={next}")}")).Body, out next));
        }
        Assert.Equal(all, paged);
        Assert.True(all.Count > 40);
    }

    [Fact]
    public async Task Codes_are_words_dates_are_days_and_what_is_absent_is_left_out()
    {
        var (_, body) = await registry.GetAsync("/api/imrf/2026/follow-up");
        var line = JsonDocument.Parse(body).RootElement.GetProperty("lines")[0];
        Assert.Equal("owes", line.GetProperty("part").GetString());
        Assert.Equal("not-yet-due", line.GetProperty("timeliness").GetString());
        Assert.Equal("2028-12-31", line.GetProperty("dueOn").GetString());
        Assert.False(line.TryGetProperty("collective", out _));
    }

    private async Task<Dictionary<string, string>> AnswersAsync(long size)
    {
        var answers = new Dictionary<string, string>(StringComparer.Ordinal);
        foreach (var address in Addresses.All)
        {
            foreach (var basis in Addresses.Bases(size).Where(b => b.StartsWith("size=", StringComparison.Ordinal)))
            {
                var (response, body) = await registry.GetAsync(Addresses.With(address, basis));
                answers.Add($"{address} {basis}", $"{response.StatusCode} {response.Headers.ETag} {body}");
            }
        }
        return answers;
    }

    private static List<string> Ids(string body, out string? next)
    {
        var list = JsonDocument.Parse(body).RootElement;
        next = list.TryGetProperty("next", out var n) ? n.GetString() : null;
        return [.. list.GetProperty("pledges").EnumerateArray().Select(p => p.GetProperty("id").GetString()!)];
    }
}

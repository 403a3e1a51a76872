using System.Net;
using PledgeRegistry.Testing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>What holds for every answer: headers, languages, health, and what happens when something goes wrong.</summary>
public sealed class AnswerTests : IAsyncLifetime
{
    private readonly ManualTimeProvider clock = new(new DateTimeOffset(2150, 1, 1, 0, 0, 0, TimeSpan.Zero));
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync(clock: clock);

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Theory]
    [InlineData("/api/registry")]
    [InlineData("/api/nothing-here")]
    [InlineData("/api/registry?size=x")]
    [InlineData("/nothing-here.css")]
    [InlineData("/health/live")]
    public async Task Every_answer_forbids_a_browser_what_it_does_not_need(string address)
    {
        var (response, _) = await registry.GetAsync(address);
        var policy = Assert.Single(response.Headers.GetValues("Content-Security-Policy"));
        Assert.StartsWith("default-src 'none';", policy, StringComparison.Ordinal);
        Assert.Contains("frame-ancestors 'none'", policy, StringComparison.Ordinal);
        Assert.DoesNotContain("unsafe", policy, StringComparison.Ordinal);
        Assert.Equal("nosniff", Assert.Single(response.Headers.GetValues("X-Content-Type-Options")));
        Assert.Equal("same-origin", Assert.Single(response.Headers.GetValues("Referrer-Policy")));
        Assert.False(response.Headers.Contains("Server"));
    }

    [Theory]
    [InlineData("?lang=es", "fr", "ar", "es")]
    [InlineData("", "fr", "ar", "fr")]
    [InlineData("", "", "ar;q=0.9, es;q=0.4", "ar")]
    [InlineData("", "xx", "es-GT", "es")]
    [InlineData("", "", "de", "en")]
    [InlineData("", "", "", "en")]
    public async Task The_language_is_of_the_address_then_of_the_cookie_then_of_the_browser(string query, string cookie, string accepted, string expected)
    {
        var (response, _) = await registry.GetAsync($"/api/registry{query}", ("Cookie", cookie.Length > 0 ? $"lang={cookie}" : ""), ("Accept-Language", accepted));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal(expected, Assert.Single(response.Content.Headers.ContentLanguage));
    }

    [Fact]
    public async Task Names_are_in_the_reader_s_language()
    {
        Assert.Contains("Registre des engagements", (await registry.GetAsync("/api/registry?lang=fr")).Body, StringComparison.Ordinal);
        Assert.Contains("سجل التعهدات", (await registry.GetAsync("/api/registry?lang=ar")).Body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_registry_that_can_write_is_ready()
    {
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/health/live")).Response.StatusCode);
        var (response, body) = await registry.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal($"{{\"status\":\"ready\",\"size\":{registry.Size}}}", body);
    }

    [Fact]
    public async Task A_registry_whose_clock_went_back_says_so_writes_nothing_and_goes_on_reading()
    {
        clock.Now = new DateTimeOffset(2020, 1, 1, 0, 0, 0, TimeSpan.Zero);
        var before = registry.Size;
        var (ready, state) = await registry.GetAsync("/health/ready");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, ready.StatusCode);
        Assert.Contains("clock", state, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/health/live")).Response.StatusCode);

        var (write, problem) = await registry.PostAsync("/api/participants/MEX/names", new { names = new { en = "Mexico, renamed" }, reason = "A test.", source = "A test." });
        Assert.Equal(HttpStatusCode.ServiceUnavailable, write.StatusCode);
        Assert.Equal("5", Assert.Single(write.Headers.GetValues("Retry-After")));
        Assert.Equal("/problems/unavailable", problem.GetProperty("type").GetString());
        Assert.Equal(before, registry.Size);

        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/api/rcm/grid")).Response.StatusCode);
    }

    [Fact]
    public async Task Damage_found_while_serving_is_told_without_a_path_or_a_trace_and_nothing_damaged_is_given_out()
    {
        using (var connection = new Microsoft.Data.Sqlite.SqliteConnection($"Data Source={registry.Folder.Log};Pooling=False"))
        {
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "DROP TRIGGER entries_are_never_changed; UPDATE entries SET bytes = CAST(replace(bytes, 'GCM-01.a', 'GCM-01.b') AS BLOB) WHERE position = 3";
            command.ExecuteNonQuery();
        }
        var (response, body) = await registry.GetAsync("/api/entries/3");
        Assert.Equal(HttpStatusCode.InternalServerError, response.StatusCode);
        Assert.Contains("/problems/log-damaged", body, StringComparison.Ordinal);
        Assert.DoesNotContain("GCM-01", body, StringComparison.Ordinal);
        Assert.DoesNotContain("   at ", body, StringComparison.Ordinal);
        Assert.DoesNotContain(registry.Folder.Path, body, StringComparison.Ordinal);
    }
}

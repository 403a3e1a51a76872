using System.Net;
using System.Text.Json;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

public sealed class ReadProblemTests(ReadProblemTests.Running running) : IClassFixture<ReadProblemTests.Running>
{
    [Theory]
    [InlineData("/api/pledges?foo=1", "unknown-parameter", "foo")]
    [InlineData("/api/pledges?Size=1", "unknown-parameter", "Size")]
    [InlineData("/api/history?actor=local-operator", "unknown-parameter", "actor")]
    [InlineData("/api/registry?kind=pledge", "unknown-parameter", "kind")]
    [InlineData("/api/registry?size=1&size=2", "parameter-twice", "size")]
    [InlineData("/api/registry?size=ten", "basis-not-a-size", "size")]
    [InlineData("/api/registry?size=-1", "basis-not-a-size", "size")]
    [InlineData("/api/registry?size=99999999", "basis-out-of-range", "size")]
    [InlineData("/api/registry?size=99999999999999999999", "basis-not-a-size", "size")]
    [InlineData("/api/registry?on=17/05/2022", "basis-not-a-date", "on")]
    [InlineData("/api/registry?on=2022-02-30", "basis-not-a-date", "on")]
    [InlineData("/api/registry?on=0001-01-01", "basis-out-of-range", "on")]
    [InlineData("/api/registry?on=9999-12-31", "basis-out-of-range", "on")]
    [InlineData("/api/registry?asOf=yesterday", "basis-not-a-moment", "asOf")]
    [InlineData("/api/registry?asOf=2022-05-17T12:00:00", "basis-not-a-moment", "asOf")]
    [InlineData("/api/registry?asOf=2022-05-17&size=3", "basis-twice", "asOf")]
    [InlineData("/api/registry?lang=de", "bad-parameter", "lang")]
    [InlineData("/api/registry?view=registry/99", "other-view", "view")]
    [InlineData("/api/pledges?kind=promise", "bad-parameter", "kind")]
    [InlineData("/api/pledges?limit=0", "bad-parameter", "limit")]
    [InlineData("/api/pledges?limit=501", "bad-parameter", "limit")]
    [InlineData("/api/pledges?after=NONE", "bad-parameter", "after")]
    [InlineData("/api/initiatives?after=NONE", "bad-parameter", "after")]
    [InlineData("/api/rcm/grid?meeting=nope", "bad-parameter", "meeting")]
    [InlineData("/api/differences/rcm-grid?from.size=1&meeting=nope", "bad-parameter", "meeting")]
    [InlineData("/api/rcm/grid?from=2022", "bad-parameter", "from")]
    [InlineData("/api/history?from=-1", "bad-parameter", "from")]
    [InlineData("/api/history?limit=1001", "bad-parameter", "limit")]
    [InlineData("/api/history?newestFirst=yes", "bad-parameter", "newestFirst")]
    [InlineData("/api/participants?role=member", "bad-parameter", "scope")]
    [InlineData("/api/frameworks/gcm/coverage?scope=RCM", "bad-parameter", "role")]
    public async Task A_parameter_that_can_not_be_used_is_named(string address, string code, string parameter)
    {
        var problem = await ProblemAsync(address, HttpStatusCode.BadRequest);
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(parameter, problem.GetProperty("errors")[0].GetProperty("field").GetString());
        Assert.NotEmpty(problem.GetProperty("detail").GetString()!);
    }

    [Theory]
    [InlineData("/api/registry?on=2023-02-29", "There is no day 2023-02-29.")]
    [InlineData("/api/registry?asOf=2023-02-29", "There is no day 2023-02-29.")]
    [InlineData("/api/rcm/grid?from=2023-02-29", "'from' is a date, and there is no day 2023-02-29.")]
    [InlineData("/api/registry?asOf=2022-05-17T12:00", "2022-05-17T12:00 is without a zone: write Z behind it for UTC, or an offset such as +02:00.")]
    [InlineData("/api/registry?asOf=2022-05-17T12:00+02:00", "In an address + means a space: write 2022-05-17T12:00%2B02:00.")]
    public async Task A_date_that_is_written_nearly_right_is_told_what_it_lacks(string address, string message) =>
        Assert.Contains(message, (await ProblemAsync(address, HttpStatusCode.BadRequest)).GetProperty("errors")[0].GetProperty("message").GetString(), StringComparison.Ordinal);

    [Fact]
    public async Task An_unknown_parameter_is_answered_with_the_known_ones()
    {
        var detail = (await ProblemAsync("/api/rcm/grid?meting=RCM-XXI", HttpStatusCode.BadRequest)).GetProperty("detail").GetString();
        Assert.Contains("'meting'", detail, StringComparison.Ordinal);
        Assert.EndsWith("size, on, asOf, asOfMeeting, lang, view, meeting, from, until.", detail, StringComparison.Ordinal);
    }

    [Fact]
    public async Task All_that_is_wrong_is_told_at_once()
    {
        var problem = await ProblemAsync("/api/pledges?kind=promise&limit=x&lang=xx", HttpStatusCode.BadRequest);
        Assert.Equal(["kind", "lang", "limit"], problem.GetProperty("errors").EnumerateArray().Select(e => e.GetProperty("field").GetString()!).Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("/api/pledges/IMRF-1999-0001", "unknown-pledge")]
    [InlineData("/api/pledges/IMRF-1999-0001/history", "unknown-pledge")]
    [InlineData("/api/pledges/RCM-2016-0001?size=10", "unknown-pledge")]
    [InlineData("/api/initiatives/NONE", "unknown-initiative")]
    [InlineData("/api/participants/XXX", "unknown-participant")]
    [InlineData("/api/meetings/XXX", "unknown-meeting")]
    [InlineData("/api/sources/xxx", "unknown-source")]
    [InlineData("/api/frameworks/xxx", "unknown-framework")]
    [InlineData("/api/frameworks/gcm/1066", "unknown-framework")]
    [InlineData("/api/frameworks/gcm/coverage?version=1066", "unknown-framework")]
    [InlineData("/api/frameworks/modality/coverage", "unknown-framework")]
    [InlineData("/api/entries/99999999", "unknown-entry")]
    [InlineData("/api/entries/-1", "unknown-entry")]
    [InlineData("/api/entries/first", "unknown-entry")]
    [InlineData("/api/entries/5?size=5", "unknown-entry")]
    [InlineData("/api/imrf/soon/follow-up", "no-such-address")]
    [InlineData("/api/nothing", "no-such-address")]
    [InlineData("/api", "no-such-address")]
    public async Task What_is_not_there_is_a_problem_of_its_own(string address, string code) =>
        Assert.Equal($"/problems/{code}", (await ProblemAsync(address, HttpStatusCode.NotFound)).GetProperty("type").GetString());

    [Fact]
    public async Task A_form_that_is_not_offered_is_refused_and_what_a_browser_accepts_is_given()
    {
        Assert.Equal(HttpStatusCode.NotAcceptable, (await running.Registry.GetAsync("/api/registry", ("Accept", "application/xml"))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.NotAcceptable, (await running.Registry.GetAsync("/api/registry", ("Accept", "application/json;q=0"))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await running.Registry.GetAsync("/api/registry", ("Accept", "text/html,application/xml;q=0.9,*/*;q=0.8"))).Response.StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await running.Registry.GetAsync("/api/registry", ("Accept", "application/*"))).Response.StatusCode);
    }

    [Fact]
    public async Task Another_method_is_refused_with_those_that_are_taken()
    {
        using var request = new HttpRequestMessage(HttpMethod.Delete, "/api/pledges/RCM-2016-0001");
        var (response, body) = await running.Registry.SendAsync(request);
        Assert.Equal(HttpStatusCode.MethodNotAllowed, response.StatusCode);
        Assert.Contains("/problems/method-not-allowed", body, StringComparison.Ordinal);
        Assert.Contains("GET", response.Content.Headers.Allow);
    }

    private async Task<JsonElement> ProblemAsync(string address, HttpStatusCode status)
    {
        var (response, body) = await running.Registry.GetAsync(address);
        Assert.True(status == response.StatusCode, $"{response.StatusCode} {body}");
        Assert.Equal("application/problem+json", response.Content.Headers.ContentType?.MediaType);
        var problem = JsonDocument.Parse(body).RootElement;
        Assert.Equal((int)status, problem.GetProperty("status").GetInt32());
        return problem;
    }

    public sealed class Running : IAsyncLifetime
    {
        public TestRegistry Registry { get; private set; } = null!;

        public async Task InitializeAsync() => Registry = await TestRegistry.StartAsync();

        public async Task DisposeAsync() => await Registry.DisposeAsync();
    }
}

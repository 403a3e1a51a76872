using System.Net;
using System.Text;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Each way to be refused: its status and its code; and nothing is written.</summary>
public sealed class WriteProblemTests : IAsyncLifetime
{
    private const string Pledge = "/api/pledges/IMRF-2026-0001";

    private TestRegistry registry = null!;
    private long size;

    public async Task InitializeAsync()
    {
        registry = await TestRegistry.StartAsync();
        await registry.PostAsync("/api/pledges", Bodies.Pledge());
        await registry.PostAsync($"{Pledge}/reports", Bodies.Report());
        size = registry.Size;
    }

    public async Task DisposeAsync()
    {
        Assert.Equal(size, registry.Size);
        await registry.DisposeAsync();
    }

    [Fact]
    public async Task Without_an_idempotency_key_nothing_is_taken()
    {
        Refused(HttpStatusCode.BadRequest, "idempotency-key-missing", await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "")));
        Refused(HttpStatusCode.BadRequest, "idempotency-key-missing", await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", new string('k', 201))));
        Refused(HttpStatusCode.BadRequest, "idempotency-key-missing", await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "two words")));
    }

    [Fact]
    public async Task A_key_belongs_to_one_request()
    {
        var (first, _) = await registry.PostAsync($"{Pledge}/mappings", Bodies.Mappings("GCM-17")[0], ("Idempotency-Key", "k"));
        Assert.Equal(HttpStatusCode.Created, first.StatusCode);
        size = registry.Size;
        Refused(HttpStatusCode.UnprocessableEntity, "idempotency-key-reused", await registry.PostAsync($"{Pledge}/mappings", Bodies.Mappings("GCM-18")[0], ("Idempotency-Key", "k")));
    }

    [Fact]
    public async Task A_key_that_is_being_worked_on_is_a_conflict()
    {
        var running = registry.Host.App.Services.GetRequiredService<RunningKeys>();
        Assert.True(running.TryStart("k"));
        var answer = await registry.PostAsync($"{Pledge}/mappings", Bodies.Mappings("GCM-17")[0], ("Idempotency-Key", "k"));
        Refused(HttpStatusCode.Conflict, "idempotency-key-running", answer);
        Assert.Equal("1", Assert.Single(answer.Response.Headers.GetValues("Retry-After")));
        running.End("k");
        Assert.Equal(HttpStatusCode.Created, (await registry.PostAsync($"{Pledge}/mappings", Bodies.Mappings("GCM-17")[0], ("Idempotency-Key", "k"))).Response.StatusCode);
        size = registry.Size;
    }

    [Theory]
    [InlineData("", HttpStatusCode.PreconditionRequired, "if-match-missing")]
    [InlineData("\"1\"", HttpStatusCode.PreconditionFailed, "stale")]
    [InlineData("\"9\"", HttpStatusCode.PreconditionFailed, "stale")]
    [InlineData("3", HttpStatusCode.BadRequest, "if-match-malformed")]
    [InlineData("*", HttpStatusCode.BadRequest, "if-match-malformed")]
    [InlineData("W/\"3\"", HttpStatusCode.BadRequest, "if-match-malformed")]
    public async Task Who_replaces_a_value_names_the_version_that_it_replaces(string ifMatch, HttpStatusCode status, string code) =>
        Refused(status, code, await registry.PostAsync($"{Pledge}/corrections", new { content = Bodies.Content("Other"), reason = "Why." }, ("If-Match", ifMatch)));

    [Fact]
    public async Task Who_adds_something_names_no_version() =>
        Refused(HttpStatusCode.BadRequest, "if-match-unexpected", await registry.PostAsync($"{Pledge}/reports", Bodies.Report("fulfilled"), ("If-Match", "\"3\"")));

    [Fact]
    public async Task Who_is_acted_for_must_be_known()
    {
        var answer = await registry.PostAsync($"{Pledge}/reports", Bodies.Report("fulfilled"), ("Registry-On-Behalf-Of", "NOBODY"));
        Refused(HttpStatusCode.UnprocessableEntity, "unknown-participant", answer);
        Assert.Equal("Registry-On-Behalf-Of", answer.Body.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    [Fact]
    public async Task The_registry_s_own_refusals_have_the_status_of_their_kind()
    {
        Refused(HttpStatusCode.NotFound, "unknown-pledge", await registry.PostAsync("/api/pledges/IMRF-1999-0001/reports", Bodies.Report()));
        Refused(HttpStatusCode.NotFound, "unknown-report", await registry.PostAsync($"{Pledge}/reports/7/corrections", new { report = Bodies.ReportContent(), reason = "Why." }, ("If-Match", "\"3\"")));
        Refused(HttpStatusCode.Forbidden, "own-review", await registry.PostAsync($"{Pledge}/reviews", Bodies.Review("MEX")));
        Refused(HttpStatusCode.Conflict, "not-mapped", await registry.PostAsync($"{Pledge}/mappings/retire", Bodies.Mappings("GCM-23")[0]));
        Refused(HttpStatusCode.Conflict, "no-reviews", await registry.PostAsync("/api/pledges/RCM-2016-0010/reviews", Bodies.Review("PICUM")), several: true);
        Refused(HttpStatusCode.UnprocessableEntity, "not-a-party", await registry.PostAsync($"{Pledge}/reports", Bodies.Report(party: "HND")));
    }

    /// <summary>Each command about a pledge: one that isn't there, and where it replaces a value, without the version and with an old one.</summary>
    [Fact]
    public async Task A_pledge_that_is_not_there_takes_nothing_and_one_that_is_replaces_nothing_unseen()
    {
        var day = new { date = "2027-01-01" };
        var (from, reason) = (day, "Why.");
        var item = new { framework = "gcm/2018", item = "GCM-15" };
        (string What, object Body, bool Replaces)[] commands =
        [
            ("amendments", new { content = Bodies.Content("Other"), from, reason }, true), ("withdrawal", new { from, reason }, true), ("supersession", new { by = "RCM-2016-0001", from, reason }, true),
            ("completion", new { from, reason }, true), ("duplicate", new { of = "RCM-2016-0001", reason }, true), ("split", new { into = new[] { "RCM-2016-0001", "RCM-2016-0002" }, from, reason }, true),
            ("merger", new { into = "RCM-2016-0001", from, reason }, true), ("reinstatement", new { from, reason }, true), ("reports/1/corrections", new { report = Bodies.ReportContent("fulfilled"), reason }, true),
            ("translations", new { translation = new { language = "es", title = "T", text = "T", standing = "machine" } }, false), ("signature", new { from, reason }, false), ("signature/close", new { from, reason }, false),
            ("parties/MEX/invitation", new { on = day, reason }, false), ("parties/MEX/acceptance", new { from }, false), ("parties/MEX/refusal", new { on = day, text = "No.", language = "en" }, false),
            ("parties/MEX/share", new { share = new { text = "All.", language = "en" }, from }, false), ("parties/MEX/departure", new { from, reason }, false),
            ("mappings/mark", new { item, main = true, reason }, false), ("mappings/move", new { from = item, to = item, reason }, false), ("contests", new { item, by = "UNNM", reason, language = "en" }, false),
            ("contests/1/answer", new { by = "UNNM", upheld = true, text = "Yes.", language = "en" }, false),
        ];
        foreach (var (what, body, replaces) in commands)
        {
            Refused(HttpStatusCode.NotFound, "unknown-pledge", await registry.PostAsync($"/api/pledges/IMRF-1999-0001/{what}", body, ("If-Match", replaces ? "\"1\"" : "")));
            if (replaces)
            {
                Refused(HttpStatusCode.PreconditionRequired, "if-match-missing", await registry.PostAsync($"{Pledge}/{what}", body));
                Refused(HttpStatusCode.PreconditionFailed, "stale", await registry.PostAsync($"{Pledge}/{what}", body, ("If-Match", "\"1\"")), several: what is "completion" or "reinstatement");
            }
            else
            {
                Refused(HttpStatusCode.BadRequest, "if-match-unexpected", await registry.PostAsync($"{Pledge}/{what}", body, ("If-Match", "\"3\"")));
            }
        }
    }

    [Fact]
    public async Task What_the_state_of_a_pledge_does_not_allow_is_a_conflict()
    {
        var day = new { date = "2027-01-01" };
        (string What, object Body, string Code, string IfMatch)[] commands =
        [
            ("parties/GTM/invitation", new { on = day, reason = "Why." }, "not-common", ""), ("parties/GTM/refusal", new { on = day, text = "No.", language = "en" }, "not-invited", ""),
            ("parties/MEX/departure", new { from = day, reason = "Why." }, "last-party", ""), ("signature/close", new { from = day, reason = "Why." }, "signature-not-open", ""),
            ("signature", new { from = day, reason = "Why." }, "not-common", ""),
            ("mappings/mark", new { item = new { framework = "gcm/2018", item = "GCM-01" }, main = true, reason = "Why." }, "not-mapped", ""),
            ("contests", new { item = new { framework = "gcm/2018", item = "GCM-01" }, by = "UNNM", reason = "Why.", language = "en" }, "not-mapped", ""),
            ("reinstatement", new { from = day, reason = "Why." }, "pledge-standing", "\"3\""), ("completion", new { from = day, reason = "Why." }, "not-fulfilled", "\"3\""),
        ];
        foreach (var (what, body, code, ifMatch) in commands)
        {
            Refused(HttpStatusCode.Conflict, code, await registry.PostAsync($"{Pledge}/{what}", body, ("If-Match", ifMatch)));
        }
        Refused(HttpStatusCode.NotFound, "unknown-contest", await registry.PostAsync($"{Pledge}/contests/1/answer", new { by = "UNNM", upheld = true, text = "Yes.", language = "en" }));
        Refused(HttpStatusCode.NotFound, "unknown-partnership", await registry.PostAsync("/api/partnerships/none/corrections", new { content = new { names = new { en = "A" }, goal = new { en = "B" } }, reason = "Why." }, ("If-Match", "\"1\"")));
        Refused(HttpStatusCode.UnprocessableEntity, "original-language", await registry.PostAsync($"{Pledge}/translations", new { translation = new { language = "en", title = "T", text = "T", standing = "machine" } }));
    }

    [Fact]
    public async Task Several_reasons_are_all_named_by_their_fields()
    {
        var answer = await registry.PostAsync("/api/pledges", Bodies.Pledge("", ["NOBODY"]));
        Refused(HttpStatusCode.UnprocessableEntity, "refused", answer);
        var errors = answer.Body.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code")} {e.GetProperty("field")}").ToArray();
        Assert.Contains("missing content.title", errors);
        Assert.Contains("unknown-participant content.owing[0]", errors);
    }

    [Theory]
    [InlineData("text/plain")]
    [InlineData("application/x-www-form-urlencoded")]
    [InlineData("multipart/form-data; boundary=x")]
    [InlineData("application/json; charset=utf-16")]
    [InlineData("application/merge-patch+json")]
    [InlineData(null)]
    public async Task Only_json_is_taken(string? mediaType)
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pledges") { Content = new ByteArrayContent(Encoding.UTF8.GetBytes("{}")) };
        if (mediaType is not null)
        {
            request.Content.Headers.TryAddWithoutValidation("Content-Type", mediaType);
        }
        var (response, body) = await registry.SendAsync(request, ("Idempotency-Key", "k"));
        Refused(HttpStatusCode.UnsupportedMediaType, "wrong-media-type", (response, JsonDocument.Parse(body).RootElement));
    }

    [Theory]
    [InlineData(true)]
    [InlineData(false)]
    public async Task A_body_over_256_KiB_is_refused_whether_or_not_it_says_its_length(bool saysLength)
    {
        var bytes = Encoding.UTF8.GetBytes($"{{\"content\":\"{new string('x', 262_145)}\"}}");
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pledges") { Content = saysLength ? new ByteArrayContent(bytes) : new StreamContent(new Unsized(bytes)) };
        request.Content.Headers.ContentType = new("application/json");
        var (response, body) = await registry.SendAsync(request, ("Idempotency-Key", "k"));
        Refused(HttpStatusCode.RequestEntityTooLarge, "body-too-large", (response, JsonDocument.Parse(body).RootElement));
    }

    [Fact]
    public async Task A_problem_s_code_is_explained_at_its_type()
    {
        var (_, problem) = await registry.PostAsync("/api/pledges", "{");
        var type = problem.GetProperty("type").GetString()!;
        var (json, explained) = await registry.GetAsync(type);
        Assert.Equal("application/json", json.Content.Headers.ContentType?.MediaType);
        Assert.Equal(problem.GetProperty("title").GetString(), JsonDocument.Parse(explained).RootElement.GetProperty("title").GetString());
        var (text, words) = await registry.GetAsync(type, ("Accept", "text/html,*/*;q=0.8"));
        Assert.Equal("text/plain", text.Content.Headers.ContentType?.MediaType);
        Assert.StartsWith(problem.GetProperty("title").GetString(), words, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync("/problems/none")).Response.StatusCode);
    }

    [Theory]
    [InlineData("X-Forwarded-For", "127.0.0.1")]
    [InlineData("Via", "1.1 proxy")]
    [InlineData("Host", "registry.example.org")]
    [InlineData("Origin", "https://evil.example.org")]
    [InlineData("Sec-Fetch-Site", "cross-site")]
    public async Task Who_may_come_from_elsewhere_writes_nothing_and_still_reads(string header, string value)
    {
        Refused(HttpStatusCode.Forbidden, "not-allowed-here", await registry.PostAsync("/api/pledges", Bodies.Pledge(), (header, value)));
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync("/api/registry", (header, value))).Response.StatusCode);
    }

    [Fact]
    public async Task A_page_s_form_from_elsewhere_is_refused_in_words()
    {
        var (response, body) = await registry.PostTextAsync("/nothing", "{}", ("Origin", "https://evil.example.org"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.StartsWith("This request may not write.", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Served_to_other_machines_it_takes_no_writes()
    {
        await using var open = await TestRegistry.StartAsync(urls: "http://127.0.0.1:0;http://0.0.0.0:0");
        var before = open.Size;
        Refused(HttpStatusCode.Forbidden, "not-allowed-here", await open.PostAsync("/api/pledges", Bodies.Pledge()));
        Assert.Equal(before, open.Size);
        Assert.Equal(HttpStatusCode.OK, (await open.GetAsync("/api/registry")).Response.StatusCode);
    }

    private static void Refused(HttpStatusCode status, string code, (HttpResponseMessage Response, JsonElement Body) answer, bool several = false)
    {
        Assert.True(answer.Response.StatusCode == status, $"{answer.Response.StatusCode} {answer.Body}");
        Assert.Equal("application/problem+json", answer.Response.Content.Headers.ContentType?.MediaType);
        Assert.Equal((int)status, answer.Body.GetProperty("status").GetInt32());
        Assert.Equal($"/problems/{(several ? "refused" : code)}", answer.Body.GetProperty("type").GetString());
        Assert.True(!several || answer.Body.GetProperty("errors").EnumerateArray().Any(e => e.GetProperty("code").GetString() == code));
    }

    /// <summary>A stream that doesn't know its length: it is sent in chunks.</summary>
    private sealed class Unsized(byte[] bytes) : MemoryStream(bytes)
    {
        public override bool CanSeek => false;
    }
}

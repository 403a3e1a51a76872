using System.Net;
using System.Text.Json;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Everything that can be recorded, recorded by HTTP.</summary>
public sealed class WriteTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public void Every_command_but_those_of_the_tool_has_one_address()
    {
        var commands = typeof(ICommand).Assembly.GetTypes().Where(t => t is { IsInterface: false, IsAbstract: false } && t.IsAssignableTo(typeof(ICommand)))
            .Except([typeof(OpenRegistry), typeof(CompleteOpeningData), typeof(PublishSigningKey), typeof(RetireSigningKey), typeof(AllowRedaction), typeof(RedactEntry), typeof(SealViews)]).Select(t => t.Name);
        Assert.Equal(commands.Order(StringComparer.Ordinal), WriteEndpoints.All.Select(e => e.Command.Name).Order(StringComparer.Ordinal));
        Assert.Equal(WriteEndpoints.All.Count, WriteEndpoints.All.Select(e => e.Pattern).Distinct().Count());
    }

    [Fact]
    public async Task What_is_new_is_answered_with_its_receipt_and_its_place()
    {
        var before = registry.Size;
        var (response, receipt) = await registry.PostAsync("/api/pledges", Bodies.Pledge());
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("/api/pledges/IMRF-2026-0001", response.Headers.Location!.ToString());
        Assert.Equal("recorded", receipt.GetProperty("outcome").GetString());
        Assert.Equal(before, receipt.GetProperty("position").GetInt64());
        Assert.Equal(2, receipt.GetProperty("count").GetInt32());
        Assert.Equal(before + 2, receipt.GetProperty("size").GetInt64());
        Assert.Equal("IMRF-2026-0001", receipt.GetProperty("id").GetString());
        Assert.Equal(before + 2, registry.Size);

        var (entry, body) = await registry.GetAsync($"/api/entries/{before}");
        Assert.Equal(receipt.GetProperty("leafHash").GetString(), Assert.Single(entry.Headers.GetValues("Registry-Leaf-Hash")));
        Assert.Equal(receipt.GetProperty("entryId").GetString(), JsonDocument.Parse(body).RootElement.GetProperty("id").GetString());
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(response.Headers.Location.ToString())).Response.StatusCode);
    }

    [Fact]
    public async Task The_author_is_the_local_operator_for_the_participant_that_is_named()
    {
        var (_, receipt) = await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Registry-On-Behalf-Of", "MEX"));
        var entry = await registry.Host.Node.Registry.ReadAsync(receipt.GetProperty("position").GetInt64());
        Assert.Equal(("local-operator", "operator", "MEX"), (entry.Actor, entry.Role, entry.OnBehalfOf));
    }

    [Fact]
    public async Task The_same_request_again_is_answered_the_same_and_recorded_once()
    {
        var (_, first) = await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "one"));
        var size = registry.Size;
        var (response, second) = await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "one"));
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("repeated", second.GetProperty("outcome").GetString());
        Assert.Equal(first.GetProperty("entryId").GetString(), second.GetProperty("entryId").GetString());
        Assert.Equal(size, registry.Size);

        registry = await registry.RestartAsync();
        Assert.Equal("repeated", (await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "one"))).Body.GetProperty("outcome").GetString());
    }

    [Fact]
    public async Task Many_at_once_with_one_key_are_recorded_once()
    {
        var size = registry.Size;
        var answers = await Task.WhenAll(Enumerable.Range(0, 12).Select(_ => registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Idempotency-Key", "one"))));
        Assert.All(answers, a => Assert.Contains(a.Response.StatusCode, (HttpStatusCode[])[HttpStatusCode.Created, HttpStatusCode.OK, HttpStatusCode.Conflict]));
        Assert.Single(answers, a => a.Response.StatusCode == HttpStatusCode.Created);
        Assert.Equal(size + 2, registry.Size);
    }

    [Fact]
    public async Task What_is_so_already_is_answered_as_nothing_new()
    {
        await registry.PostAsync("/api/pledges", Bodies.Pledge());
        var size = registry.Size;
        var (response, body) = await registry.PostAsync("/api/pledges/IMRF-2026-0001/mappings", Bodies.Mappings("GCM-15")[0]);
        Assert.Equal(HttpStatusCode.OK, response.StatusCode);
        Assert.Equal("nothing-new", body.GetProperty("outcome").GetString());
        Assert.Equal(size, registry.Size);
    }

    /// <summary>Each address once, in an order in which each is accepted.</summary>
    [Fact]
    public async Task Every_address_takes_its_command()
    {
        var taken = new HashSet<string>(StringComparer.Ordinal);
        foreach (var (pattern, address, body, ifMatch) in EveryCommand())
        {
            var before = registry.Size;
            var (response, answer) = await registry.PostAsync(address, body, ("If-Match", ifMatch));
            Assert.True(response.StatusCode == HttpStatusCode.Created, $"{address}: {response.StatusCode} {answer}");
            Assert.Equal(before + answer.GetProperty("count").GetInt32(), registry.Size);
            Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(response.Headers.Location!.ToString())).Response.StatusCode);
            Assert.Equal(ifMatch.Length > 0, WriteEndpoints.All.Single(e => e.Pattern == pattern).Replaces);
            taken.Add(pattern);
        }
        Assert.Equal(WriteEndpoints.All.Select(e => e.Pattern).Order(StringComparer.Ordinal), taken.Order(StringComparer.Ordinal));
    }

    private static (string Pattern, string Address, object Body, string IfMatch)[] EveryCommand()
    {
        var day = new { date = "2027-01-01" };
        var settings = new { names = new { en = "Test series" }, reportingMonths = 12, noticeWeeks = 8, silentAfterMonths = 12, earlyNoticeWeeks = 4, reviewsApply = true };
        var meeting = new { series = "TST", type = "forum", year = 2027, names = new { en = "Test forum" }, source = "A test." };
        return
        [
            ("/api/series", "/api/series", new { code = "TST", settings }, ""),
            ("/api/series/{code}/settings", "/api/series/TST/settings", new { settings = settings with { silentAfterMonths = 24 }, reason = "Longer." }, "\"1\""),
            ("/api/sources", "/api/sources", new { id = "test-source", title = "A test source", language = "en", sha256 = new string('a', 64) }, ""),
            ("/api/meetings", "/api/meetings", new { id = "TST-2027", content = meeting, documents = Array.Empty<string>(), clusters = Array.Empty<object>() }, ""),
            ("/api/meetings/{id}/corrections", "/api/meetings/TST-2027/corrections", new { content = meeting with { source = "A better test." }, reason = "Corrected." }, "\"1\""),
            ("/api/meetings/{id}/documents", "/api/meetings/TST-2027/documents", new { source = "test-source" }, ""),
            ("/api/meetings/{id}/clusters", "/api/meetings/TST-2027/clusters", new { clusters = new[] { new { code = "RT1", items = new[] { "GCM-15" } } }, source = "A test." }, "\"3\""),

            ("/api/participants", "/api/participants", new { code = "TEST-GROUP", type = "collective", names = new { en = "Test group" }, source = "A test.", membersByRole = Array.Empty<object>(), roles = Array.Empty<object>(), members = Array.Empty<object>() }, ""),
            ("/api/participants/{code}/names", "/api/participants/TEST-GROUP/names", new { names = new { en = "Test group, renamed" }, reason = "Renamed.", source = "A test." }, ""),
            ("/api/participants/{code}/roles", "/api/participants/TEST-GROUP/roles", new { role = "invited", scope = "RCM", from = new { date = "2026-01-01" }, source = "A test." }, ""),
            ("/api/participants/{code}/roles/end", "/api/participants/TEST-GROUP/roles/end", new { role = "invited", scope = "RCM", until = day, reason = "Ended.", source = "A test." }, ""),
            ("/api/participants/{code}/members", "/api/participants/TEST-GROUP/members", new { member = "MEX", from = new { date = "2026-01-01" }, source = "A test." }, ""),
            ("/api/participants/{code}/members/end", "/api/participants/TEST-GROUP/members/end", new { member = "MEX", until = day, reason = "Ended.", source = "A test." }, ""),

            ("/api/participants/{code}/actors", "/api/participants/MEX/actors", new { actor = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", role = "focal-point", scope = "MEX", from = new { date = "2026" } }, ""),
            ("/api/participants/{code}/actors/hand-over", "/api/participants/MEX/actors/hand-over", new { from = "a-aaaaaaaaaaaaaaaaaaaaaaaaaa", to = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb", on = new { date = "2026-06-01" }, reason = "Handed over." }, ""),
            ("/api/participants/{code}/actors/end", "/api/participants/MEX/actors/end", new { actor = "a-bbbbbbbbbbbbbbbbbbbbbbbbbb", role = "focal-point", scope = "MEX", until = day, reason = "Ended." }, ""),
            ("/api/participants/{code}/clearance", "/api/participants/MEX/clearance", new { required = true, reason = "As agreed." }, ""),

            ("/api/frameworks", "/api/frameworks", new { scheme = "test.1", version = "1", names = new { en = "Test framework" }, source = "A test.", validFrom = day, codeList = false }, ""),
            ("/api/frameworks/{scheme}/{version}/items", "/api/frameworks/test.1/1/items", new { code = "T-1", labels = new { en = "The first" }, descriptions = new { } }, ""),
            ("/api/frameworks/{scheme}/{version}/close", "/api/frameworks/test.1/1/close", new { items = 1 }, ""),
            ("/api/frameworks/{scheme}/{version}/crosswalks", "/api/frameworks/test.1/1/crosswalks", new { code = "T-1", to = new { framework = "gcm/2018", item = "GCM-15" }, relation = "close", source = "A test." }, ""),
            ("/api/frameworks/{scheme}/{version}/crosswalks/retire", "/api/frameworks/test.1/1/crosswalks/retire", new { code = "T-1", to = new { framework = "gcm/2018", item = "GCM-15" }, reason = "Wrong." }, ""),
            ("/api/frameworks/{scheme}/{version}/retire", "/api/frameworks/test.1/1/retire", new { from = day, reason = "Over." }, ""),

            ("/api/pledges", "/api/pledges", Bodies.Pledge(), ""),
            ("/api/pledges/{id}/mappings", "/api/pledges/IMRF-2026-0001/mappings", Bodies.Mappings("GCM-17")[0], ""),
            ("/api/pledges/{id}/mappings/retire", "/api/pledges/IMRF-2026-0001/mappings/retire", Bodies.Mappings("GCM-17")[0], ""),
            ("/api/pledges/{id}/reports", "/api/pledges/IMRF-2026-0001/reports", Bodies.Report(), ""),
            ("/api/pledges/{id}/reports/{number:int}/corrections", "/api/pledges/IMRF-2026-0001/reports/1/corrections", new { report = Bodies.ReportContent("partially-fulfilled"), reason = "More was done." }, "\"5\""),
            ("/api/pledges/{id}/reviews", "/api/pledges/IMRF-2026-0001/reviews", Bodies.Review(), ""),
            ("/api/pledges/{id}/reviews/{review:int}/replies", "/api/pledges/IMRF-2026-0001/reviews/1/replies", new { party = "MEX", text = "Thank you.", language = "en" }, ""),
            .. Joint(day),
            ("/api/pledges/{id}/corrections", "/api/pledges/IMRF-2026-0001/corrections", new { content = Bodies.Content("Clinics"), reason = "Shorter." }, "\"8\""),
            ("/api/pledges/{id}/amendments", "/api/pledges/IMRF-2026-0001/amendments", new { content = Bodies.Content("More clinics"), from = day, reason = "More was promised." }, "\"9\""),
            ("/api/pledges/{id}/withdrawal", "/api/pledges/IMRF-2026-0001/withdrawal", new { from = day, reason = "Taken back." }, "\"10\""),
            ("/api/pledges/{id}/answers", "/api/pledges/RCM-2016-0001/answers", new { party = "MIGRATION-HEALTH-BODIES", answer = "noted", text = "Noted.", language = "en", on = new { date = "2026-10-01" } }, ""),

            .. Endings(day),

            ("/api/exchange", "/api/exchange", Bodies.Exchange("need", "HND"), ""),
            ("/api/exchange", "/api/exchange", Bodies.Exchange("offer", "MEX"), ""),
            ("/api/exchange/{need}/matches", "/api/exchange/RCM-2016-X0002/matches", new { offer = "RCM-2016-X0003", by = "IOM", on = new { date = "2026-06-01" }, reason = "Both are about training." }, ""),
            ("/api/exchange/{need}/matches/{match:int}/answers", "/api/exchange/RCM-2016-X0002/matches/1/answers", Bodies.MatchAnswer("MEX"), ""),
            ("/api/exchange/{need}/matches/{match:int}/end", "/api/exchange/RCM-2016-X0002/matches/1/end", new { by = "MEX", from = day, reason = "The courses are over." }, ""),
            ("/api/exchange/{id}/corrections", "/api/exchange/RCM-2016-X0002/corrections", new { content = Bodies.ExchangeContent("need", "HND", "GTM"), reason = "The place was wrong." }, "\"4\""),
            ("/api/exchange/{id}/closing", "/api/exchange/RCM-2016-X0003/closing", new { how = "met", from = day, reason = "The courses were given." }, "\"1\""),

            ("/api/initiatives", "/api/initiatives", Bodies.Initiative(), ""),
            ("/api/initiatives/{id}/updates", "/api/initiatives/RCM-2016-I0001/updates", new { content = Bodies.InitiativeContent("updated"), reason = "News." }, "\"1\""),
            ("/api/initiatives/{id}/corrections", "/api/initiatives/RCM-2016-I0001/corrections", new { content = Bodies.InitiativeContent("updated", "Health vans"), reason = "Better title." }, "\"2\""),
            ("/api/initiatives/{id}/withdrawal", "/api/initiatives/RCM-2016-I0001/withdrawal", new { from = day, reason = "Taken back." }, "\"3\""),
        ];
    }

    /// <summary>A common pledge, IMRF-2026-0002: its parties, translation, mappings and their contests; and a partnership.</summary>
    private static (string Pattern, string Address, object Body, string IfMatch)[] Joint(object day)
    {
        const string Address = "/api/pledges/IMRF-2026-0002", Pattern = "/api/pledges/{id}";
        var since = new { date = "2026-06-01" };
        var (item, other) = (new { framework = "gcm/2018", item = "GCM-15" }, new { framework = "gcm/2018", item = "GCM-01" });
        return
        [
            ("/api/pledges", "/api/pledges", Bodies.Common(), ""),
            ($"{Pattern}/parties/{{party}}/invitation", $"{Address}/parties/GTM/invitation", new { on = since, reason = "On the same route." }, ""),
            ($"{Pattern}/parties/{{party}}/invitation", $"{Address}/parties/HND/invitation", new { on = since, reason = "On the same route." }, ""),
            ($"{Pattern}/parties/{{party}}/acceptance", $"{Address}/parties/GTM/acceptance", new { from = since }, ""),
            ($"{Pattern}/parties/{{party}}/refusal", $"{Address}/parties/HND/refusal", new { on = since, text = "Not this year.", language = "en" }, ""),
            ($"{Pattern}/signature", $"{Address}/signature", new { from = since, reason = "Others asked." }, ""),
            ($"{Pattern}/signature/close", $"{Address}/signature/close", new { from = day, reason = "Enough." }, ""),
            ($"{Pattern}/parties/{{party}}/share", $"{Address}/parties/GTM/share", new { share = new { text = "Two posts.", language = "en", targets = new[] { new { indicator = "I1", value = "5000" } } }, from = since }, ""),
            ($"{Pattern}/parties/{{party}}/departure", $"{Address}/parties/GTM/departure", new { from = day, reason = "It goes its own way." }, ""),
            ($"{Pattern}/translations", $"{Address}/translations", new { translation = new { language = "es", title = "Vacunas", text = "Abriremos la vacunación.", standing = "official" } }, ""),
            ($"{Pattern}/mappings/mark", $"{Address}/mappings/mark", new { item, main = true, reason = "It matters most." }, ""),
            ($"{Pattern}/mappings/move", $"{Address}/mappings/move", new { from = item, to = other, reason = "It counts." }, ""),
            ($"{Pattern}/contests", $"{Address}/contests", new { item = other, by = "PICUM", reason = "It doesn’t.", language = "en" }, ""),
            ($"{Pattern}/contests/{{number:int}}/answer", $"{Address}/contests/1/answer", new { by = "UNNM", upheld = true, text = "True.", language = "en" }, ""),
            ("/api/partnerships", "/api/partnerships", new { id = "border-health", content = new { names = new { en = "Border health" }, goal = new { en = "Care on every route." } } }, ""),
            ("/api/partnerships/{id}/corrections", "/api/partnerships/border-health/corrections", new { content = new { names = new { en = "Health at borders" }, goal = new { en = "Care on every route." } }, reason = "Renamed." }, "\"1\""),
        ];
    }

    /// <summary>Each way to end a pledge, on pledges 3 to 8, and the way back.</summary>
    private static (string Pattern, string Address, object Body, string IfMatch)[] Endings(object day)
    {
        const string Pattern = "/api/pledges/{id}", First = "IMRF-2026-0003", Second = "IMRF-2026-0004";
        (string, string, object, string) On(int number, string what, object body, int version = 2) => ($"{Pattern}/{what}", $"/api/pledges/IMRF-2026-000{number}/{what}", body, $"\"{version}\"");
        return
        [
            .. Enumerable.Range(3, 6).Select(n => ("/api/pledges", "/api/pledges", Bodies.Pledge($"Clinics, part {n}"), "")),
            On(5, "supersession", new { by = First, from = day, reason = "Said anew." }),
            On(6, "duplicate", new { of = First, reason = "Recorded twice." }),
            On(7, "split", new { into = new[] { First, Second }, from = day, reason = "Two ministries." }),
            On(8, "merger", new { into = First, from = day, reason = "One programme." }),
            (Pattern + "/reports", $"/api/pledges/{Second}/reports", Bodies.Report("fulfilled"), ""),
            On(4, "completion", new { from = day, reason = "It was done." }, 3),
            On(8, "reinstatement", new { from = new { date = "2028-01-01" }, reason = "It goes on by itself." }, 3),
        ];
    }
}

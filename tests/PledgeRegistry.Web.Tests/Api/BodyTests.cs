using System.Net;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;
using PledgeRegistry.Web.Api;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Bodies that are no JSON, not of a command's shape, or lack something: refused by their place, and never an error of the program.</summary>
public sealed class BodyTests(ReadProblemTests.Running running) : IClassFixture<ReadProblemTests.Running>
{
    private static readonly string Good = JsonSerializer.Serialize(Bodies.Pledge(), JsonSerializerOptions.Web);

    [Theory]
    [InlineData("", null, "line 1, byte 1")]
    [InlineData("{\"content\": {\n  \"title\": }}", "content.title", "line 2, byte 12")]
    [InlineData("{\"content\": {\"by\": [\"MEX\", tru]}}", "content.by[0]", "line 1")]
    [InlineData("{\"content\": {}} x", null, "line 1, byte 17")]
    [InlineData("{\"content\": {}, }", "content", "line 1")]
    [InlineData("{\"content\": 'x'}", "content", "line 1")]
    [InlineData("{\"content\": {\"title\": \"a\", \"title\": \"b\"}}", "content.title", "twice")]
    [InlineData("{\"content\": {\"by\": [\"MEX\", \"\\ud800\"]}}", "content.by[1]", "half of a character")]
    [InlineData("{\"content\": {\"title\": \"a\\u0000b\"}}", "content.title", "NUL")]
    public async Task What_is_no_json_is_refused_with_its_place(string body, string? field, string place)
    {
        var problem = await RefusedAsync(body, HttpStatusCode.BadRequest, "malformed-json");
        Assert.Contains(place, problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
        Assert.Equal(field, problem.GetProperty("errors")[0].TryGetProperty("field", out var at) ? at.GetString() : null);
    }

    [Fact]
    public async Task Nesting_stops_at_32()
    {
        var problem = await RefusedAsync(string.Concat(Enumerable.Repeat("[", 33)) + new string(']', 33), HttpStatusCode.BadRequest, "malformed-json");
        Assert.Contains("32", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Bytes_that_are_no_utf_8_are_refused()
    {
        using var request = new HttpRequestMessage(HttpMethod.Post, "/api/pledges") { Content = new ByteArrayContent([.. "{\"content\":\""u8, 0xC3, 0x28, .. "\"}"u8]) };
        request.Content.Headers.ContentType = new("application/json");
        var (response, body) = await running.Registry.SendAsync(request, ("Idempotency-Key", "k"));
        Assert.Equal(HttpStatusCode.BadRequest, response.StatusCode);
        Assert.Contains("malformed-json", body, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_is_not_known_and_what_has_the_wrong_type_is_named_all_at_once()
    {
        var problem = await RefusedAsync(
            """{"content": {"titel": "x", "title": 5, "by": "MEX", "owing": [null], "due": {"date": "2028"}, "text": {}}, "id": "IMRF-2026-0099", "mappings": [{"item": [], "reason": false}]}""",
            HttpStatusCode.BadRequest, "wrong-shape");
        var errors = problem.GetProperty("errors").EnumerateArray().Select(e => $"{e.GetProperty("code")} {e.GetProperty("field")}").ToArray();
        Assert.Equal(
            [
                "missing content.kind", "unknown-member content.titel", "unknown-member id", "wrong-type content.by", "wrong-type content.due.date", "wrong-type content.owing[0]",
                "wrong-type content.text", "wrong-type content.title", "wrong-type mappings[0].item", "wrong-type mappings[0].reason",
            ],
            errors.Order(StringComparer.Ordinal));
    }

    [Theory]
    [InlineData("[]")]
    [InlineData("\"pledge\"")]
    [InlineData("null")]
    [InlineData("7")]
    public async Task A_body_that_is_no_object_is_refused(string body) => await RefusedAsync(body, HttpStatusCode.BadRequest, "wrong-shape");

    [Fact]
    public async Task A_code_that_is_absent_is_never_read_as_the_first_of_its_list()
    {
        var body = JsonNode.Parse(Good)!;
        ((JsonObject)body["content"]!).Remove("kind");
        await RefusedAsync(body.ToJsonString(), HttpStatusCode.UnprocessableEntity, "missing");
        body["content"]!["kind"] = "promise";
        var problem = await RefusedAsync(body.ToJsonString(), HttpStatusCode.UnprocessableEntity, "unknown-code");
        Assert.Contains("pledge, conclusion, statement, recommendation", problem.GetProperty("detail").GetString(), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_list_that_is_left_out_is_empty_and_so_is_one_within_another()
    {
        var body = JsonNode.Parse(Good)!;
        foreach (var list in new[] { "addressees", "natures", "places", "populations", "journeyStages", "conditions", "milestones", "amounts" })
        {
            ((JsonObject)body["content"]!).Remove(list);
        }
        body["content"]!["indicators"] = JsonNode.Parse("""[{"code": "I1", "type": "outcome", "text": "Children vaccinated", "unit": "children"}]""");
        body["content"]!["conditions"] = null;
        await using var registry = await TestRegistry.StartAsync();
        var (response, answer) = await registry.PostTextAsync("/api/pledges", body.ToJsonString());
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        var (_, read) = await registry.GetAsync("/api/pledges/IMRF-2026-0001");
        var content = JsonDocument.Parse(read).RootElement.GetProperty("content");
        Assert.Equal(0, content.GetProperty("conditions").GetArrayLength());
        Assert.Equal(0, content.GetProperty("milestones").GetArrayLength());
        Assert.Equal("I1", content.GetProperty("indicators")[0].GetProperty("code").GetString());

        // The shares' lists, two records deep; texts and records are needed as before.
        (response, answer) = await registry.PostTextAsync("/api/pledges/IMRF-2026-0001/parties/MEX/share", """{"share": {"text": "All of it.", "language": "en"}, "from": {"date": "2026-06-01"}}""");
        Assert.True(response.StatusCode == HttpStatusCode.Created, answer);
        (response, answer) = await registry.PostTextAsync("/api/pledges/IMRF-2026-0001/parties/MEX/share", """{"from": {"date": "2026-06-01"}}""");
        Assert.Equal(HttpStatusCode.UnprocessableEntity, response.StatusCode);
        Assert.Contains("\"field\":\"share\"", answer, StringComparison.Ordinal);
    }

    [Fact]
    public async Task What_a_record_says_a_member_is_without_it_may_be_left_out()
    {
        await using var registry = await TestRegistry.StartAsync();
        await registry.PostAsync("/api/pledges", Bodies.Pledge());
        var (_, read) = await registry.GetAsync("/api/pledges/IMRF-2026-0001");
        Assert.False(JsonDocument.Parse(read).RootElement.GetProperty("mappings")[0].GetProperty("main").GetBoolean());
    }

    [Fact]
    public async Task What_the_registry_refuses_in_a_text_is_named_by_its_field()
    {
        var body = JsonNode.Parse(Good)!;
        body["content"]!["title"] = "Clinics \u202e for all";
        var problem = await RefusedAsync(body.ToJsonString(), HttpStatusCode.UnprocessableEntity, "text-refused");
        Assert.Equal("content.title", problem.GetProperty("errors")[0].GetProperty("field").GetString());
    }

    /// <summary>Each command with nothing, with nulls, with each member of its records absent, empty or of another type.</summary>
    [Fact]
    public async Task No_body_is_an_error_of_the_program()
    {
        var size = running.Registry.Size;
        var tried = 0;
        foreach (var endpoint in WriteEndpoints.All)
        {
            var address = endpoint.Pattern.Replace("{id}", "RCM-2016-0001", StringComparison.Ordinal).Replace("{code}", "RCM", StringComparison.Ordinal)
                .Replace("{number:int}", "1", StringComparison.Ordinal).Replace("{review:int}", "1", StringComparison.Ordinal)
                .Replace("{party}", "MEX", StringComparison.Ordinal).Replace("{scheme}", "gcm", StringComparison.Ordinal).Replace("{version}", "2018", StringComparison.Ordinal);
            foreach (var body in Variants(endpoint.Command).Distinct())
            {
                var (response, answer) = await running.Registry.PostTextAsync(address, body, ("If-Match", endpoint.Replaces ? "\"1\"" : ""));
                tried++;
                // What is so already is nothing new; anything else is a problem.
                Assert.True((int)response.StatusCode is >= 400 and < 500 || answer.Contains("nothing-new", StringComparison.Ordinal), $"{address} {body}: {response.StatusCode} {answer}");
                Assert.True(response.IsSuccessStatusCode || answer.Contains("\"/problems/", StringComparison.Ordinal), answer);
            }
        }
        Assert.Equal(size, running.Registry.Size);
        Assert.True(tried > 500, $"Only {tried} bodies were tried.");
    }

    /// <summary>An object of empty members, and the same with one member after the other put in another's place.</summary>
    private static IEnumerable<string> Variants(Type command)
    {
        var members = BodyShape.MembersOf(command).Where(m => m.Name is not ("expectedVersion" or "id" or "code" or "framework" or "number" or "party")).Where(m => !(m.Name == "review" && m.Type == typeof(int))).ToArray();
        var sample = new JsonObject(members.Select(m => KeyValuePair.Create(m.Name, Sample(m.Type, 0))));
        yield return "{}";
        yield return sample.ToJsonString();
        foreach (var (name, _) in sample.ToArray())
        {
            foreach (var other in new JsonNode?[] { null, 3.5, "", new JsonArray((JsonNode?)null), new JsonObject() })
            {
                var changed = (JsonObject)sample.DeepClone();
                changed[name] = other?.DeepClone();
                yield return changed.ToJsonString();
            }
            if (sample[name] is JsonObject nested)
            {
                foreach (var (part, _) in nested.ToArray())
                {
                    var changed = (JsonObject)sample.DeepClone();
                    changed[name]![part] = null;
                    yield return changed.ToJsonString();
                    ((JsonObject)changed[name]!).Remove(part);
                    yield return changed.ToJsonString();
                }
            }
        }
    }

    private static JsonNode? Sample(Type type, int depth)
    {
        type = Nullable.GetUnderlyingType(type) ?? type;
        return type == typeof(string) ? "-"
            : type == typeof(int) ? 0
            : type == typeof(bool) ? false
            : type.IsEnum ? JsonNamingPolicy.KebabCaseLower.ConvertName(Enum.GetNames(type)[0])
            : type == typeof(Texts) ? new JsonObject { ["en"] = "" }
            : type.IsGenericType ? (depth > 3 ? [] : new JsonArray(Sample(type.GetGenericArguments()[0], depth + 1)))
            : new JsonObject(BodyShape.MembersOf(type).Select(m => KeyValuePair.Create(m.Name, Sample(m.Type, depth + 1))));
    }

    private async Task<JsonElement> RefusedAsync(string body, HttpStatusCode status, string code)
    {
        var size = running.Registry.Size;
        var (response, answer) = await running.Registry.PostTextAsync("/api/pledges", body);
        Assert.True(response.StatusCode == status, $"{response.StatusCode} {answer}");
        var problem = JsonDocument.Parse(Encoding.UTF8.GetBytes(answer)).RootElement;
        Assert.Equal($"/problems/{code}", problem.GetProperty("type").GetString());
        Assert.Equal(size, running.Registry.Size);
        return problem;
    }
}

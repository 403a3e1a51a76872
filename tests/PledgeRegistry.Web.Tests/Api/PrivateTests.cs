using System.Net;
using System.Net.Http.Headers;
using System.Text;
using System.Text.Json;
using PledgeRegistry.Participants;
using PledgeRegistry.Web.Tests.Host;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>Who acts, who clears, and what is private, by HTTP.</summary>
public sealed class PrivateTests : IAsyncLifetime
{
    private TestRegistry registry = null!;

    public async Task InitializeAsync() => registry = await TestRegistry.StartAsync();

    public async Task DisposeAsync() => await registry.DisposeAsync();

    [Fact]
    public async Task A_pledge_is_recorded_by_one_and_cleared_by_another_who_are_appointed()
    {
        var (ana, ben) = (await AppointedAsync("MEX", "focal-point"), await AppointedAsync("MEX", "deputy"));
        await OkAsync("/api/participants/MEX/clearance", new { required = true, reason = "As agreed." });

        await RefusedAsync("clearance-needed", ("Registry-Acting-As", ana));
        await RefusedAsync("clearance-needed", ("Registry-On-Behalf-Of", "MEX"));
        await RefusedAsync("clearance-own", ("Registry-Acting-As", ana), ("Registry-Cleared-By", ana));
        await RefusedAsync("not-appointed", ("Registry-Acting-As", ana), ("Registry-Cleared-By", "a-zzzzzzzzzzzzzzzzzzzzzzzzzz"));
        await RefusedAsync("not-appointed", ("Registry-Acting-As", "a-zzzzzzzzzzzzzzzzzzzzzzzzzz"));
        var (response, receipt) = await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Registry-Acting-As", ana), ("Registry-Cleared-By", ben));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var position = receipt.GetProperty("position").GetInt64();
        var (entry, cleared) = (await registry.Host.Node.Registry.ReadAsync(position), await registry.Host.Node.Registry.ReadAsync(position + receipt.GetProperty("count").GetInt64() - 1));
        Assert.Equal((ana, "focal-point", "MEX"), (entry.Actor, entry.Role, entry.OnBehalfOf));
        Assert.Equal(new ClearanceEvent.Given(ben), cleared.Event);
    }

    [Fact]
    public async Task A_secretariat_acts_in_its_series_on_behalf_of_a_party_and_not_elsewhere()
    {
        var actor = await AppointedAsync("IOM", "secretariat", "IMRF");
        Assert.Equal(HttpStatusCode.Created, (await registry.PostAsync("/api/pledges", Bodies.Pledge(), ("Registry-Acting-As", actor), ("Registry-On-Behalf-Of", "MEX"))).Response.StatusCode);
        await RefusedAsync("not-yours", ("Registry-Acting-As", actor), ("Registry-On-Behalf-Of", "HND"));
        var other = await AppointedAsync("IOM", "secretariat", "RCM");
        await RefusedAsync("not-yours", ("Registry-Acting-As", other), ("Registry-On-Behalf-Of", "MEX"));
    }

    [Fact]
    public async Task A_contact_is_kept_changed_and_erased_and_never_comes_near_the_log()
    {
        var (response, body) = await registry.PostAsync("/api/private/contacts", Contact("MEX"));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
        var actor = body.GetProperty("actor").GetString()!;
        Assert.True(ActorId.IsOne(actor));
        Assert.Contains("xiomara@example.org", (await registry.GetAsync($"/api/private/contacts/{actor}")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Put, $"/api/private/contacts/{actor}", new { name = "Y", email = (string?)null, telephone = (string?)null, languages = new[] { "es" }, note = (string?)null })).StatusCode);
        Assert.DoesNotContain("xiomara", (await registry.GetAsync("/api/private/contacts?participant=MEX")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, $"/api/private/contacts/{actor}")).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Delete, $"/api/private/contacts/{actor}")).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await SendAsync(HttpMethod.Delete, "/api/private/contacts/a-none")).StatusCode);
        var log = (await registry.GetAsync("/api/private/access-log?most=50")).Body;
        Assert.Contains($"contact/{actor}", log, StringComparison.Ordinal);
        Assert.Contains("\"action\":\"erased\"", log, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.BadRequest, (await registry.GetAsync("/api/private/access-log?most=x")).Response.StatusCode);
    }

    [Fact]
    public async Task A_draft_is_kept_sent_for_clearance_and_cleared_by_another()
    {
        var (ana, ben) = (await AppointedAsync("MEX", "focal-point"), await AppointedAsync("MEX", "deputy"));
        var (response, body) = await registry.PostAsync("/api/private/drafts", new { participant = "MEX", kind = "pledge", form = new { title = new[] { "Half a promise" } } }, ("Registry-Acting-As", ana));
        Assert.Equal(HttpStatusCode.Created, response.StatusCode);
        var path = $"/api/private/drafts/{body.GetProperty("id").GetString()}";
        Assert.Contains("Half a promise", (await registry.GetAsync(path)).Body, StringComparison.Ordinal);
        Assert.DoesNotContain("Half a promise", (await registry.GetAsync("/api/private/drafts")).Body, StringComparison.Ordinal);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Put, path, new { version = 1, form = new { title = new[] { "A promise" } } }, ana)).StatusCode);
        Assert.Equal(HttpStatusCode.Conflict, (await SendAsync(HttpMethod.Put, path, new { version = 1, form = new { } }, ana)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, path + "/state", new { version = 2, state = "awaiting-clearance", recorded = (string?)null }, ana)).StatusCode);
        Assert.Equal(HttpStatusCode.Forbidden, (await SendAsync(HttpMethod.Post, path + "/state", new { version = 3, state = "cleared", recorded = (string?)null }, ana)).StatusCode);
        Assert.Equal(HttpStatusCode.OK, (await SendAsync(HttpMethod.Post, path + "/state", new { version = 3, state = "cleared", recorded = (string?)null }, ben)).StatusCode);
        Assert.Equal((HttpStatusCode)422, (await SendAsync(HttpMethod.Post, path + "/state", new { version = 4, state = "recorded", recorded = "NOPE" }, ben)).StatusCode);
        var draft = JsonDocument.Parse((await registry.GetAsync(path)).Body).RootElement;
        Assert.Equal(("cleared", ana, ben), (draft.GetProperty("state").GetString(), draft.GetProperty("preparedBy").GetString(), draft.GetProperty("clearedBy").GetString()));
        Assert.Equal(HttpStatusCode.NoContent, (await SendAsync(HttpMethod.Delete, path)).StatusCode);
        Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync(path)).Response.StatusCode);
    }

    [Fact]
    public async Task What_is_another_participant_s_is_not_seen()
    {
        var (ana, other) = (await AppointedAsync("MEX", "focal-point"), await AppointedAsync("HND", "focal-point"));
        var (_, draft) = await registry.PostAsync("/api/private/drafts", new { participant = "MEX", kind = "need", form = new { } }, ("Registry-Acting-As", ana));
        var path = $"/api/private/drafts/{draft.GetProperty("id").GetString()}";
        foreach (var (address, status) in new[]
                 {
                     (path, 404), ($"/api/private/contacts/{ana}", 404), ("/api/private/contacts?participant=MEX", 403), ("/api/private/contacts", 403), ("/api/private/drafts", 403),
                     ("/api/private/access-log", 403), ("/api/private/contacts?participant=HND", 200), ("/api/private/drafts?participant=HND", 200),
                 })
        {
            Assert.Equal((address, status), (address, (int)(await registry.GetAsync(address, ("Registry-Acting-As", other))).Response.StatusCode));
        }
        Assert.Equal(HttpStatusCode.Forbidden, (await registry.GetAsync("/api/private/drafts?participant=MEX", ("Registry-Acting-As", "a-zzzzzzzzzzzzzzzzzzzzzzzzzz"))).Response.StatusCode);
    }

    [Theory]
    [InlineData("/api/private/contacts")]
    [InlineData("/api/private/drafts")]
    [InlineData("/api/private/access-log")]
    public async Task Nothing_private_is_read_from_another_machine(string address)
    {
        var (response, body) = await registry.GetAsync(address, ("X-Forwarded-For", "192.0.2.1"));
        Assert.Equal(HttpStatusCode.Forbidden, response.StatusCode);
        Assert.Contains("not-allowed-here", body, StringComparison.Ordinal);
        Assert.Equal("no-store", response.Headers.CacheControl!.ToString());
    }

    [Theory]
    [InlineData("{}")]
    [InlineData("""{"participant":"MEX","name":null,"email":null,"telephone":null,"languages":[],"note":null}""")]
    [InlineData("""{"participant":"MEX","name":"A","email":null,"telephone":null,"languages":[],"note":null,"age":7}""")]
    [InlineData("""{"participant":"MEX","name":5,"email":null,"telephone":null,"languages":[],"note":null}""")]
    [InlineData("nonsense")]
    public async Task A_body_of_another_shape_is_refused(string body) =>
        Assert.Equal(HttpStatusCode.BadRequest, (await registry.PostTextAsync("/api/private/contacts", body)).Response.StatusCode);

    [Fact]
    public async Task What_is_too_long_or_of_nobody_is_refused()
    {
        Assert.Equal(HttpStatusCode.RequestEntityTooLarge, (await registry.PostAsync("/api/private/contacts", Contact("MEX", new string('n', 5000)))).Response.StatusCode);
        Assert.Equal((HttpStatusCode)422, (await registry.PostAsync("/api/private/contacts", Contact("XXX"))).Response.StatusCode);
        Assert.Equal((HttpStatusCode)422, (await registry.PostAsync("/api/private/drafts", new { participant = "XXX", kind = "need", form = new { } })).Response.StatusCode);
    }

    private async Task<string> AppointedAsync(string participant, string role, string? scope = null)
    {
        var actor = (await registry.PostAsync("/api/private/contacts", Contact(participant))).Body.GetProperty("actor").GetString()!;
        await OkAsync($"/api/participants/{participant}/actors", new { actor, role, scope = scope ?? participant, from = new { date = "2020" }, until = (object?)null });
        return actor;
    }

    private async Task OkAsync(string address, object body)
    {
        var (response, answer) = await registry.PostAsync(address, body);
        Assert.True(response.IsSuccessStatusCode, answer.ToString());
    }

    private async Task RefusedAsync(string code, params (string, string)[] headers)
    {
        var (response, body) = await registry.PostAsync("/api/pledges", Bodies.Pledge(), headers);
        Assert.Equal((HttpStatusCode.Forbidden, $"/problems/{code}"), (response.StatusCode, body.GetProperty("type").GetString()));
    }

    private async Task<HttpResponseMessage> SendAsync(HttpMethod method, string address, object? body = null, string actor = "")
    {
        using var request = new HttpRequestMessage(method, address);
        if (body is not null)
        {
            request.Content = new StringContent(JsonSerializer.Serialize(body, JsonSerializerOptions.Web), Encoding.UTF8, new MediaTypeHeaderValue("application/json"));
        }
        return (await registry.SendAsync(request, ("Registry-Acting-As", actor))).Response;
    }

    private static object Contact(string participant, string? note = null) =>
        new { participant, name = "Xiomara", email = "xiomara@example.org", telephone = (string?)null, languages = new[] { "es", "en" }, note };
}

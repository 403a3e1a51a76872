using System.Net;
using System.Reflection;
using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using PledgeRegistry.Log;
using PledgeRegistry.Private;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Web.Security;
using Xunit;

namespace PledgeRegistry.Web.Tests.Host;

/// <summary>A host whose private store goes away, and two that share one.</summary>
public sealed partial class PrivateStoreTests : IDisposable
{
    private readonly TestFolder folder = TestFolder.New();
    private readonly ManualTimeProvider clock = new();

    public PrivateStoreTests() => Directory.CreateDirectory(folder.Path);

    public void Dispose() => folder.Dispose();

    [Fact]
    public async Task A_private_store_that_is_away_is_a_problem_of_its_own_and_only_what_is_private_is_away()
    {
        using var store = Open();
        await using var node = await Node.StartAsync(Away.Of(store, out var away), clock);
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/contacts")).Status);
        away.IsAway = true;

        foreach (var address in new[] { "/api/private/contacts", "/api/private/drafts", "/api/private/access-log" })
        {
            var (status, body) = await node.GetAsync(address);
            Assert.Equal((HttpStatusCode.ServiceUnavailable, "/problems/private-unavailable"), (status, JsonDocument.Parse(body).RootElement.GetProperty("type").GetString()));
            Assert.DoesNotContain("fault of the test", body, StringComparison.Ordinal);
        }
        foreach (var (language, says) in new[] { ("en", "can’t be reached now"), ("es", "Lo privado no está disponible"), ("fr", "inaccessible pour le moment"), ("ar", "البيانات الخاصة") })
        {
            var (status, body) = await node.GetAsync($"/contacts?lang={language}");
            Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
            Assert.Contains(says, WebUtility.HtmlDecode(body), StringComparison.Ordinal);
            Assert.Contains($"lang=\"{language}\"", body, StringComparison.Ordinal);
            Assert.DoesNotContain("fault of the test", body, StringComparison.Ordinal);
        }
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/pledges")).Status);
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/api/pledges")).Status);

        away.IsAway = false;
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/contacts")).Status);
    }

    [Fact]
    public async Task Forms_go_on_with_the_keys_that_were_read_and_without_any_are_the_same_problem()
    {
        using var store = Open();
        var proxy = Away.Of(store, out var away);
        away.IsAway = true;
        await using var node = await Node.StartAsync(proxy, clock);
        var (status, body) = await node.GetAsync("/contacts/new");
        Assert.Equal(HttpStatusCode.ServiceUnavailable, status);
        Assert.Contains("can’t be reached now", WebUtility.HtmlDecode(body), StringComparison.Ordinal);
        away.IsAway = false;
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/contacts/new")).Status);
        away.IsAway = true;
        Assert.Equal(HttpStatusCode.OK, (await node.GetAsync("/contacts/new")).Status);
    }

    [Fact]
    public async Task What_one_node_protects_is_read_by_another_with_the_same_store_and_by_no_other()
    {
        using var store = Open();
        using var same = Open();
        using var another = Open("another.db");
        await using var first = await Node.StartAsync(store, clock);
        await using var second = await Node.StartAsync(same, clock);
        await using var third = await Node.StartAsync(another, clock);
        var token = await first.FormAsync("/contacts/new");
        // Taken, and then refused for what is not filled in; not for the token.
        Assert.Equal(HttpStatusCode.UnprocessableEntity, await second.PostAsync("/contacts/new", token));
        Assert.Equal(HttpStatusCode.BadRequest, await third.PostAsync("/contacts/new", token));
        Assert.NotEmpty(store.ReadKeys());
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "keys")));
    }

    private SqlitePrivateStore Open(string name = "private.db") => new(Path.Combine(folder.Path, name), clock);

    [GeneratedRegex("name=\"__RequestVerificationToken\"[^>]* value=\"(?<token>[^\"]+)\"")]
    private static partial Regex Token();

    /// <summary>A host with an empty log in memory, wired as the program is.</summary>
    private sealed class Node : IAsyncDisposable
    {
        private readonly WebApplication app;
        private readonly RegistryNode node;
        private readonly HttpClient client;

        private Node(WebApplication app, RegistryNode node) =>
            (this.app, this.node, client) = (app, node, new HttpClient(new HttpClientHandler { UseCookies = false, AllowAutoRedirect = false }) { BaseAddress = new Uri(app.Urls.First()) });

        public static async Task<Node> StartAsync(IPrivateStore store, TimeProvider clock)
        {
            var node = await RegistryNode.StartAsync(new InMemoryLog(), null, clock, [], _ => { });
            var builder = WebApplication.CreateBuilder(new WebApplicationOptions { ApplicationName = typeof(RegistryNode).Assembly.GetName().Name, ContentRootPath = AppContext.BaseDirectory });
            builder.WebHost.UseUrls("http://127.0.0.1:0");
            builder.Services.AddDataProtection().SetApplicationName("PledgeRegistry").PersistKeysToPrivateStore(store);
            var nowhere = Path.Combine(AppContext.BaseDirectory, "no-keys");
            var signer = new CheckpointSigner(node.Registry, store, nowhere, new KeyFolder(nowhere));
            builder.Services.AddRegistry(node, store, signer, new Cosigning(signer, node.Registry, null, new CosignedCopies(nowhere), clock, _ => { }), clock);
            var app = builder.Build();
            app.UseRegistry();
            await app.StartAsync();
            return new Node(app, node);
        }

        public async Task<(HttpStatusCode Status, string Body)> GetAsync(string address)
        {
            var response = await client.GetAsync(new Uri(address, UriKind.Relative));
            return (response.StatusCode, await response.Content.ReadAsStringAsync());
        }

        /// <summary>The token and the cookie of a form.</summary>
        public async Task<(string Token, string Cookie)> FormAsync(string address)
        {
            var response = await client.GetAsync(new Uri(address, UriKind.Relative));
            var cookie = response.Headers.GetValues("Set-Cookie").Single(c => c.Contains("Antiforgery", StringComparison.Ordinal));
            return (Token().Match(await response.Content.ReadAsStringAsync()).Groups["token"].Value, cookie.Split(';')[0]);
        }

        public async Task<HttpStatusCode> PostAsync(string address, (string Token, string Cookie) form)
        {
            using var request = new HttpRequestMessage(HttpMethod.Post, address)
            {
                Content = new FormUrlEncodedContent([new("__RequestVerificationToken", form.Token), new("key", "1"), new("code", "CRI"), new("role", "focal-point"), new("from", "2026"), new("name", "Somebody")]),
            };
            request.Headers.Add("Cookie", form.Cookie);
            return (await client.SendAsync(request)).StatusCode;
        }

        public async ValueTask DisposeAsync()
        {
            client.Dispose();
            await app.StopAsync();
            await app.DisposeAsync();
            await node.DisposeAsync();
        }
    }
}

/// <summary>A private store that can go away.</summary>
public class Away : DispatchProxy
{
    private IPrivateStore store = null!;

    public bool IsAway { get; set; }

    public static IPrivateStore Of(IPrivateStore store, out Away away)
    {
        var proxy = Create<IPrivateStore, Away>();
        away = (Away)(object)proxy;
        away.store = store;
        return proxy;
    }

    protected override object? Invoke(MethodInfo? targetMethod, object?[]? args) => IsAway
        ? throw new PrivateUnavailableException("A fault of the test.")
        : targetMethod!.Invoke(store, BindingFlags.DoNotWrapExceptions, null, args, null);
}

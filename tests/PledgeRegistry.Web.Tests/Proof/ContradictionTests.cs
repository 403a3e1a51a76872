using System.Text.Json;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.Extensions.Logging;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Witness;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Proof;

/// <summary>What ends the signing, or must not end it, in a host of this process.</summary>
public sealed class ContradictionTests
{
    private const string Origin = "example.org/registry";

    [Fact]
    public async Task A_contradiction_ends_the_signing_even_where_it_cannot_be_kept_and_the_host_closes_everything()
    {
        using var folder = await TestFolder.LoadedAsync();
        using var key = NoteSigner.NewEcdsa(Origin);
        new KeyFolder(Path.Combine(folder.Path, "keys")).Add(key);
        using var cosigner = new Cosigner("witness.example.net", Ed25519.NewSeed());
        await using var witness = await RefusingAsync();
        var policy = Path.Combine(folder.Path, "policy");
        await File.WriteAllLinesAsync(policy, [$"log {key.Key}", $"witness w {cosigner.Key} {witness.Urls.First()}", "quorum w"]);
        // In the way of the file that says why.
        Directory.CreateDirectory(Path.Combine(folder.Path, "registry.cosigned", "contradiction.txt"));
        var said = new List<string>();
        var host = await RegistryHost.StartAsync(
            new StartOptions(folder.Path, false, "--urls=http://127.0.0.1:0") { SignEvery = TimeSpan.FromMilliseconds(50), WitnessPolicy = policy }, what => { lock (said) { said.Add(what); } });
        using var client = new HttpClient { BaseAddress = new Uri(host.Addresses.First()) };
        Assert.IsType<Outcome.Recorded>(await host.Node.Writer.SubmitAsync(new PublishSigningKey(key.Key.ToString(), key.Key.SpkiPem!), new Author("a-01", Author.Operator, null), "key"));
        JsonElement health;
        for (var i = 0; !(health = JsonDocument.Parse(await client.GetStringAsync("/health/ready")).RootElement).TryGetProperty("notSigning", out _); i++)
        {
            Assert.True(i < 600, "It never stopped signing.");
            await Task.Delay(50);
        }
        var signed = health.GetProperty("signed").GetInt64();
        using var other = NoteSigner.NewEcdsa(Origin);
        Assert.IsType<Outcome.Recorded>(await host.Node.Writer.SubmitAsync(new PublishSigningKey(other.Key.ToString(), other.Key.SpkiPem!), new Author("a-01", Author.Operator, null), "other"));
        await Task.Delay(500);
        health = JsonDocument.Parse(await client.GetStringAsync("/health/ready")).RootElement;
        Assert.Equal(signed, health.GetProperty("signed").GetInt64());
        Assert.Contains("it has seen another one", health.GetProperty("notSigning").GetString(), StringComparison.Ordinal);
        await host.DisposeAsync();
        lock (said)
        {
            Assert.Contains(said, s => s.StartsWith("Nothing is signed any more, and why can't be kept", StringComparison.Ordinal));
        }
        // All was closed: the next one has it.
        await using var again = await RegistryHost.StartAsync(new StartOptions(folder.Path, false, "--urls=http://127.0.0.1:0"), _ => { });
        Assert.Null(again.Node.Writer.Hindrance);
    }

    [Fact]
    public async Task What_is_closed_after_something_that_throws_is_closed_all_the_same()
    {
        var closed = new List<int>();
        ValueTask Close(int which)
        {
            closed.Add(which);
            return which is 2 or 3 ? ValueTask.FromException(new IOException($"{which}")) : ValueTask.CompletedTask;
        }
        var thrown = await Assert.ThrowsAsync<IOException>(async () => await RegistryHost.AllAsync(() => Close(1), () => Close(2), () => Close(3), () => Close(4)));
        Assert.Equal("2", thrown.Message);
        Assert.Equal([1, 2, 3, 4], closed);
    }

    private static async Task<WebApplication> RefusingAsync()
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        var app = builder.Build();
        app.Urls.Add("http://127.0.0.1:0");
        app.Run(context =>
        {
            context.Response.StatusCode = StatusCodes.Status422UnprocessableEntity;
            return context.Response.WriteAsync("No.\n");
        });
        await app.StartAsync();
        return app;
    }
}

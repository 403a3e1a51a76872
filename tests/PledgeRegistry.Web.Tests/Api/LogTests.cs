using System.Net;
using System.Security.Cryptography;
using System.Text.Json;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Web.Start;
using PledgeRegistry.Web.Tests.Host;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Web.Tests.Api;

/// <summary>The signed log under <c>/log/</c>, from a host that signs.</summary>
public sealed class LogTests : IAsyncLifetime
{
    private const string Origin = "example.org/registry";

    private TestFolder folder = null!;
    private IReadOnlyList<VerifierKey> keys = [];

    public async Task InitializeAsync() => folder = await TestFolder.LoadedAsync();

    public Task DisposeAsync()
    {
        folder.Dispose();
        return Task.CompletedTask;
    }

    [Fact]
    public async Task Without_keys_nothing_is_signed_and_each_address_says_so()
    {
        await using var registry = await TestRegistry.StartAsync(folder);
        foreach (var address in new[] { "/log/checkpoint", "/log/tile/0/000", "/log/tile/entries/000.p/1", "/log/proof/0" })
        {
            var (response, body) = await registry.GetAsync(address);
            Assert.Equal(HttpStatusCode.NotFound, response.StatusCode);
            Assert.Equal("/problems/not-signed", JsonDocument.Parse(body).RootElement.GetProperty("type").GetString());
        }
        foreach (var address in new[] { "/log/tile/0/0", "/log/tile/9/000", "/log/tile/", "/log/nothing", "/log/proof/-1", "/log/proof/01", $"/log/proof/{long.MaxValue}" })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync(address)).Response.StatusCode);
        }
        var health = JsonDocument.Parse((await registry.GetAsync("/health/ready")).Body).RootElement;
        Assert.False(health.TryGetProperty("notSigning", out var reason) && reason.ValueKind != JsonValueKind.Null);
    }

    [Fact]
    public async Task The_checkpoint_the_tiles_and_the_entries_verify_and_may_be_kept()
    {
        await using var registry = await SigningAsync();
        var (size, note) = await CheckpointAsync(registry);
        Assert.Equal(keys, note.Verify(keys).Good);
        var tree = new MerkleTree();
        foreach (var tile in Tile.Of(size).Where(t => t.Level == Tile.Entries))
        {
            foreach (var entry in TileContent.ReadEntries(await BytesAsync(registry, tile), tile.Width))
            {
                tree.Append(MerkleTree.LeafHash(entry.Span));
            }
        }
        Assert.Equal(Checkpoint.Parse(note.Text), new Checkpoint(Origin, tree.Size, tree.Root(tree.Size)));
        foreach (var tile in Tile.Of(size).Where(t => t.Level != Tile.Entries))
        {
            Assert.Equal(TileContent.OfHashes(tree, tile), await BytesAsync(registry, tile));
        }
        // What isn't full or isn't there yet.
        var last = new Tile(0, size / 256, (int)(size % 256));
        foreach (var none in new[] { last with { Width = 256 }, last with { Width = last.Width + 1 }, new Tile(0, last.Index + 1, 1), new Tile(2, 0, 1) })
        {
            Assert.Equal(HttpStatusCode.NotFound, (await registry.GetAsync($"/log/{none.Path}")).Response.StatusCode);
        }
        var (checkpoint, _) = await registry.GetAsync("/log/checkpoint");
        Assert.Equal("text/plain; charset=utf-8", checkpoint.Content.Headers.ContentType!.ToString());
        Assert.Equal(TimeSpan.FromSeconds(5), checkpoint.Headers.CacheControl!.MaxAge);
        var head = await registry.SendAsync(new HttpRequestMessage(HttpMethod.Head, $"/log/{last.Path}"));
        Assert.Equal((HttpStatusCode.OK, last.Width * 32L, ""), (head.Response.StatusCode, head.Response.Content.Headers.ContentLength, head.Body));
        // Who has a bundle is told so; who has another one gets this one.
        var bundle = $"/log/{(last with { Level = Tile.Entries }).Path}";
        var tag = (await registry.GetAsync(bundle)).Response.Headers.ETag!.Tag;
        var (same, nothing) = await registry.GetAsync(bundle, ("If-None-Match", tag));
        Assert.Equal((HttpStatusCode.NotModified, "", tag), (same.StatusCode, nothing, same.Headers.ETag!.Tag));
        Assert.Equal(HttpStatusCode.OK, (await registry.GetAsync(bundle, ("If-None-Match", "\"other\""))).Response.StatusCode);
    }

    [Fact]
    public async Task A_receipt_is_exchanged_for_a_proof_once_its_entry_is_signed()
    {
        await using var registry = await SigningAsync();
        var (_, receipt) = await registry.PostAsync("/api/pledges", Bodies.Pledge());
        var position = receipt.GetProperty("position").GetInt64();
        var (response, body) = await UntilAsync(() => registry.GetAsync($"/log/proof/{position}"), r => r.Response.StatusCode == HttpStatusCode.OK);
        Assert.Equal($"{position}.tlog-proof", response.Content.Headers.ContentDisposition!.FileName!.Trim('"'));
        var verdict = TlogProof.Parse(System.Text.Encoding.UTF8.GetBytes(body)).Check(Hash.Parse(receipt.GetProperty("leafHash").GetString()!), keys);
        Assert.True(verdict.Verified, string.Join(' ', verdict.Wrong));
        Assert.Equal(Origin, verdict.Checkpoint!.Origin);
        var (_, health) = await registry.GetAsync("/health/ready");
        Assert.True(JsonDocument.Parse(health).RootElement.GetProperty("signed").GetInt64() > position);
    }

    [Fact]
    public async Task A_log_that_contradicts_what_was_signed_is_served_and_not_signed_and_health_says_why()
    {
        var registry = await SigningAsync();
        var (size, _) = await CheckpointAsync(registry);
        // Its folder stays.
        await registry.StopAsync();
        using (var stranger = NoteSigner.NewEcdsa(Origin))
        {
            var other = SignedNote.Sign(new Checkpoint(Origin, size, Hash.Of([1])).ToString(), [stranger]);
            SignedCopy.Write(Path.Combine(folder.Path, "registry.signed"), SignedCopy.Of(other));
        }
        await using var again = await TestRegistry.StartAsync(folder);
        var health = await UntilAsync(() => again.GetAsync("/health/ready"), r => r.Body.Contains("notSigning", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.OK, health.Response.StatusCode);
        Assert.Contains("another one than what was signed", JsonDocument.Parse(health.Body).RootElement.GetProperty("notSigning").GetString(), StringComparison.Ordinal);
        Assert.Contains(again.Said.ToList(), s => s.StartsWith("Signing: The log is another one", StringComparison.Ordinal));
        Assert.Equal(HttpStatusCode.NotFound, (await again.GetAsync("/log/checkpoint")).Response.StatusCode);
    }

    [Fact]
    public async Task A_key_that_others_can_read_keeps_the_registry_from_starting()
    {
        if (OperatingSystem.IsWindows())
        {
            return;
        }
        using var key = NoteSigner.NewEcdsa(Origin);
        var file = new KeyFolder(Path.Combine(folder.Path, "keys")).Add(key);
        File.SetUnixFileMode(file.Path, UnixFileMode.UserRead | UnixFileMode.OtherRead);
        var failed = await Assert.ThrowsAsync<StartFailedException>(() => RegistryHost.StartAsync(new StartOptions(folder.Path, false, "--urls=http://127.0.0.1:0"), _ => { }));
        Assert.Contains("can be read by others", failed.Message, StringComparison.Ordinal);
    }

    /// <summary>A host with keys that were published, as the tool does it.</summary>
    private async Task<TestRegistry> SigningAsync()
    {
        var registry = await TestRegistry.StartAsync(folder);
        using var ed = NoteSigner.FromSeed(Origin, SHA256.HashData("a"u8));
        using var ec = NoteSigner.NewEcdsa(Origin);
        foreach (var signer in new[] { ed, ec })
        {
            new KeyFolder(Path.Combine(folder.Path, "keys")).Add(signer);
            Assert.IsType<Outcome.Recorded>(await registry.Host.Node.Writer.SubmitAsync(
                new PublishSigningKey(signer.Key.ToString(), signer.Key.SpkiPem!), new Author("a-01", Author.Operator, null), signer.Key.IdText));
        }
        keys = [ed.Key, ec.Key];
        await registry.StopAsync();
        return await TestRegistry.StartAsync(folder, signEvery: TimeSpan.FromMilliseconds(50));
    }

    private static async Task<(long Size, SignedNote Note)> CheckpointAsync(TestRegistry registry)
    {
        var (_, body) = await UntilAsync(() => registry.GetAsync("/log/checkpoint"), r => r.Response.StatusCode == HttpStatusCode.OK);
        var note = SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(body));
        return (Checkpoint.Parse(note.Text).Size, note);
    }

    private static async Task<byte[]> BytesAsync(TestRegistry registry, Tile tile)
    {
        using var response = await registry.Client.GetAsync($"/log/{tile.Path}");
        Assert.True(response.StatusCode == HttpStatusCode.OK, tile.Path);
        Assert.Equal("application/octet-stream", response.Content.Headers.ContentType!.ToString());
        var bytes = await response.Content.ReadAsByteArrayAsync();
        // A bundle changes once something in it is withheld.
        var isBundle = tile.Level == Tile.Entries;
        Assert.Equal(isBundle ? "public, no-cache" : "public, max-age=31536000, immutable", response.Headers.CacheControl!.ToString().Replace("no-cache, public", "public, no-cache", StringComparison.Ordinal));
        Assert.Equal(isBundle ? $"\"{Convert.ToHexStringLower(SHA256.HashData(bytes))}\"" : null, response.Headers.ETag?.Tag);
        return bytes;
    }

    private static async Task<T> UntilAsync<T>(Func<Task<T>> look, Func<T, bool> good)
    {
        for (var i = 0; i < 600; i++)
        {
            if (await look() is var seen && good(seen))
            {
                return seen;
            }
            await Task.Delay(50);
        }
        throw new TimeoutException("It never came.");
    }
}

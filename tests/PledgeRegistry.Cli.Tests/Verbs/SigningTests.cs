using System.Runtime.Versioning;
using System.Text.Json;
using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Sqlite;
using PledgeRegistry.Testing;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Signing;
using PledgeRegistry.Writing;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Verbs;

/// <summary><c>pledge keys</c>, <c>pledge publish</c> and <c>pledge check</c>.</summary>
[Collection(ReadingRegistries.Name)]
[UnsupportedOSPlatform("windows")]
public sealed class SigningTests(Registries registries)
{
    private const string Origin = "example.org/registry";

    [Fact]
    public async Task Keys_are_made_published_shown_and_retired()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        (await Tool.RunAsync(folder.Path, "keys", "new")).FailedWith(2, "need the log's origin");
        (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", "https://example.org")).FailedWith(2, "without scheme");
        var made = (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin, "--json")).Json();
        Assert.Equal(Origin, made.GetProperty("origin").GetString());
        Assert.Equal(["Ed25519", "ECDSA P-256"], Keys(made).Select(k => k.GetProperty("algorithm").GetString()));
        Assert.All(Keys(made), k => Assert.Equal(UnixFileMode.UserRead | UnixFileMode.UserWrite, File.GetUnixFileMode(k.GetProperty("file").GetString()!)));
        var size = Registries.SampleHistory.Count;
        Assert.Equal([size + 1, size + 2], Keys(made).Select(k => (int)k.GetProperty("signsFrom").GetInt64()));

        (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", "example.org/another")).FailedWith(1, $"origin is {Origin}, for ever");
        var first = Keys(made)[0].GetProperty("id").GetString()!;
        (await Tool.RunAsync(folder.Path, "keys", "retire", "00000000", "--reason", "lost")).FailedWith(1, "No key 00000000");
        (await Tool.RunAsync(folder.Path, "keys", "retire", first)).FailedWith(2, "--reason");
        Assert.Contains("destroy it", (await Tool.RunAsync(folder.Path, "keys", "retire", first, "--reason", "lost")).Succeeded().Error, StringComparison.Ordinal);
        var later = (await Tool.RunAsync(folder.Path, "keys", "new", "--json")).Json();
        Assert.Equal([first, .. Keys(made).Skip(1).Select(Id)], Keys(later).Take(2).Select(Id));
        Assert.Equal((4, size + 2), (Keys(later).Count, (int)Keys(later)[0].GetProperty("signsTo").GetInt64()));

        var shown = (await Tool.RunAsync(folder.Path, "keys", "show")).Succeeded().Output;
        foreach (var key in Keys(later))
        {
            Assert.Contains(key.GetProperty("verifierKey").GetString()!, shown, StringComparison.Ordinal);
            Assert.Contains(key.GetProperty("spkiPem").GetString()!, shown, StringComparison.Ordinal);
        }
        Assert.Contains($"{size + 1} to {size + 2} (retired)", shown, StringComparison.Ordinal);
        (await Tool.RunAsync(folder.Path, "verify")).Succeeded();

        static string? Id(JsonElement key) => key.GetProperty("id").GetString();
    }

    [Fact]
    public async Task Keys_that_were_made_and_not_published_yet_are_published_first()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        using var waiting = NoteSigner.NewEcdsa(Origin);
        new KeyFolder(Path.Combine(folder.Path, "keys")).Add(waiting);
        Assert.Contains("not published", (await Tool.RunAsync(folder.Path, "keys", "show")).Succeeded().Output, StringComparison.Ordinal);
        var made = (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin, "--json")).Json();
        Assert.Equal(waiting.Key.ToString(), Assert.Single(Keys(made)).GetProperty("verifierKey").GetString());
    }

    [Fact]
    public async Task Keys_that_others_can_read_are_refused_and_a_running_registry_is_left_alone()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        await using (SqliteLog.OpenForWriting(folder.Log))
        {
            (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin)).FailedWith(1, "is being written by another process");
        }
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "keys")));
        var made = (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin, "--json")).Json();
        File.SetUnixFileMode(Keys(made)[0].GetProperty("file").GetString()!, UnixFileMode.UserRead | UnixFileMode.GroupRead);
        (await Tool.RunAsync(folder.Path, "keys", "show")).FailedWith(1, "can be read by others");
        using var none = new TemporaryFolder();
        (await Tool.RunAsync(none.Path, "keys", "new", "--origin", Origin)).FailedWith(1, "There is no registry");
        Assert.Empty(Directory.EnumerateFileSystemEntries(none.Path));
    }

    [Fact]
    public async Task What_was_signed_is_published_as_files_and_its_proofs_are_checked_offline()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        var target = Path.Combine(folder.Path, "www");
        (await Tool.RunAsync(folder.Path, "publish", target)).FailedWith(1, "Nothing was signed yet");
        var keys = Keys((await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin, "--json")).Json()).Select(k => k.GetProperty("verifierKey").GetString()!).ToList();
        var (tree, note, entry) = await SignAsync(folder);
        var done = (await Tool.RunAsync(folder.Path, "publish", target, "--json")).Json();
        Assert.Equal((tree.Size, tree.Root(tree.Size).ToString()), (done.GetProperty("size").GetInt64(), done.GetProperty("root").GetString()));
        Assert.Equal(note.ToString(), await File.ReadAllTextAsync(Path.Combine(target, "checkpoint")));
        Assert.Equal(1, (await Tool.RunAsync(folder.Path, "publish", target, "--json")).Json().GetProperty("written").GetInt32());
        foreach (var file in new[] { folder.Log, Path.Combine(folder.Log, "below") })
        {
            (await Tool.RunAsync(folder.Path, "publish", file)).FailedWith(1, $"Not published: {folder.Log} is a file, and no folder.");
        }

        var proof = Path.Combine(folder.Path, "7.tlog-proof");
        var stored = Path.Combine(folder.Path, "entry.json");
        await File.WriteAllBytesAsync(proof, TlogProof.Of(tree, 7, note).ToBytes());
        await File.WriteAllBytesAsync(stored, entry);
        var both = await CheckAsync(0, "verified", proof, "--entry", stored, "--key", keys[0], "--key", keys[1]);
        Assert.Equal(2, both.GetProperty("signedBy").GetArrayLength());
        await CheckAsync(0, "verified", proof, "--leaf", tree.Leaf(7).ToString(), "--key", keys[1]);
        var open = await CheckAsync(3, "not all of it is verified", proof, "--key", keys[0]);
        Assert.StartsWith("Which entry it is", open.GetProperty("notVerified")[0].GetString(), StringComparison.Ordinal);
        await CheckAsync(1, "wrong", proof, "--leaf", tree.Leaf(8).ToString(), "--key", keys[0]);
        using var stranger = NoteSigner.NewEcdsa(Origin);
        await CheckAsync(1, "wrong", proof, "--entry", stored, "--key", stranger.Key.ToString());
        await File.WriteAllTextAsync(stored, "{}");
        await CheckAsync(1, "wrong", proof, "--entry", stored, "--key", keys[0]);
        (await Tool.RunAsync(folder.Path, "check", stored, "--key", keys[0])).FailedWith(1, "is no proof");
        (await Tool.RunAsync(folder.Path, "check", proof, "--key", "nothing")).FailedWith(2, "no verifier key line");
        (await Tool.RunAsync(folder.Path, "check", proof)).FailedWith(2, "--key");
        (await Tool.RunAsync(folder.Path, "check", proof, "--key", keys[0], "--leaf", "x")).FailedWith(2, "64 lower-case");
        (await Tool.RunAsync(folder.Path, "check", Path.Combine(folder.Path, "none"), "--key", keys[0])).FailedWith(3, "can't be read");

        async Task<JsonElement> CheckAsync(int exitCode, string verdict, params string[] args)
        {
            var run = await Tool.RunAsync(folder.Path, ["check", .. args, "--json"]);
            Assert.Equal(exitCode, run.ExitCode);
            var json = JsonDocument.Parse(run.Output).RootElement;
            Assert.Equal(verdict, json.GetProperty("verdict").GetString());
            return json;
        }
    }

    [Fact]
    public async Task A_log_that_is_not_the_one_that_was_signed_is_not_published()
    {
        using var folder = TemporaryFolder.CopyOf(registries.Sample);
        (await Tool.RunAsync(folder.Path, "keys", "new", "--origin", Origin)).Succeeded();
        await SignAsync(folder);
        foreach (var file in new[] { "registry.db", "registry.head" })
        {
            File.Copy(Path.Combine(registries.Sample, file), Path.Combine(folder.Path, file), overwrite: true);
        }
        (await Tool.RunAsync(folder.Path, "publish", Path.Combine(folder.Path, "www"))).FailedWith(1, "Nothing was published");
        Assert.False(Directory.Exists(Path.Combine(folder.Path, "www")));
    }

    private static List<JsonElement> Keys(JsonElement listed) => [.. listed.GetProperty("keys").EnumerateArray()];

    // As the host does.
    private static async Task<(MerkleTree Tree, SignedNote Note, byte[] Entry7)> SignAsync(TemporaryFolder folder)
    {
        await using var log = SqliteLog.OpenForReading(folder.Log);
        using var store = new SqlitePrivateStore(Path.Combine(folder.Path, "private.db"), new ManualTimeProvider());
        var registry = await Registry.OpenAsync(log, EntryCodec.Current, []);
        using var signer = new CheckpointSigner(registry, store, Path.Combine(folder.Path, "registry.signed"), new KeyFolder(Path.Combine(folder.Path, "keys")));
        Assert.True(await signer.StepAsync(), signer.Refused);
        var entry = await registry.ReadStoredAsync(7);
        return (registry.Tree, SignedNote.Parse(System.Text.Encoding.UTF8.GetBytes(signer.Last!.Note)), entry.Bytes.ToArray());
    }
}

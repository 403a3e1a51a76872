using PledgeRegistry.Cli.Tests.Running;
using PledgeRegistry.Log;
using PledgeRegistry.Projections.Seals;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Published;
using PledgeRegistry.Transparency.Tiles;
using PledgeRegistry.Transparency.Witness;
using Xunit;

namespace PledgeRegistry.Cli.Tests.Published;

public sealed class PublishedVerifierTests : IAsyncLifetime, IDisposable
{
    private readonly TemporaryFolder folder = new();
    private PublishedSample sample = null!;

    public async Task InitializeAsync()
    {
        sample = await PublishedSample.MakeAsync(600);
        await sample.PublishAsync(folder.Path);
    }

    public Task DisposeAsync() => Task.CompletedTask;

    public void Dispose()
    {
        folder.Dispose();
        sample.Dispose();
    }

    [Fact]
    public async Task What_was_published_is_verified_with_the_views_that_were_sealed()
    {
        var report = await sample.VerifyAsync(folder.Path);
        Assert.Equal((PublishedResult.Verified, sample.Size, (LogFault?)null), (report.Result, report.Log.Entries, report.Log.Fault));
        Assert.Equal(sample.Keys, report.Log.SignedBy);
        Assert.Equal(1 + Tile.Of(sample.Size).Count(), report.Log.Files);
        Assert.True(report.Count(Reproduction.Match) >= SealableViews.Versions.Count);
        // One key is enough, and a key of somebody else beside it doesn't matter.
        using var other = NoteSigner.NewEcdsa("example.org/other");
        var one = await PublishedRegistry.VerifyAsync(new PublishedFolder(folder.Path), [sample.Keys[1], other.Key]);
        Assert.Equal((PublishedResult.Verified, sample.Keys[1]), (one.Result, Assert.Single(one.Log.SignedBy)));
        // A key that is named and didn't sign is told.
        using var unused = NoteSigner.NewEcdsa(PublishedSample.Origin);
        var two = await PublishedRegistry.VerifyAsync(new PublishedFolder(folder.Path), [sample.Keys[1], unused.Key]);
        Assert.Equal(PublishedResult.NotAll, two.Result);
        Assert.Contains(unused.Key.IdText, Assert.Single(two.Log.NotChecked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task Nothing_is_never_green()
    {
        using var empty = new TemporaryFolder();
        await WrongAsync(new PublishedFolder(empty.Path), "There is no checkpoint");
        File.WriteAllText(Path.Combine(empty.Path, "checkpoint"), sample.Checkpoint(0, MerkleTree.EmptyRoot));
        await WrongAsync(new PublishedFolder(empty.Path), "no entries");
        Assert.Equal(PublishedResult.Wrong, (await PublishedRegistry.VerifyAsync(new PublishedFolder(folder.Path), [])).Result);
        using var other = NoteSigner.NewEcdsa(PublishedSample.Origin);
        var unknown = await PublishedRegistry.VerifyAsync(new PublishedFolder(folder.Path), [other.Key]);
        Assert.Contains("No key that is known", unknown.Log.Fault!.What, StringComparison.Ordinal);
        // A key counts for the log of its name alone.
        File.WriteAllText(Path.Combine(empty.Path, "checkpoint"), sample.Checkpoint(origin: "example.org/elsewhere"));
        await WrongAsync(new PublishedFolder(empty.Path), "No key that is known");
    }

    [Fact]
    public async Task After_a_key_was_exchanged_for_another_only_the_new_one_is_asked_for_and_the_old_one_is_not_enough()
    {
        var (old, young) = (sample.Keys[0], sample.Keys[1]);
        using TemporaryFolder before = new(), after = new();
        Task<PublishedReport> VerifyAsync(TemporaryFolder place, params VerifierKey[] keys) => PublishedRegistry.VerifyAsync(new PublishedFolder(place.Path), keys);
        await sample.PublishKeyAsync(old);
        await sample.PublishAsync(before.Path, by: old);
        await sample.RetireKeyAsync(old);
        await sample.PublishKeyAsync(young);
        await sample.PublishAsync(after.Path, by: young);
        // Whoever knows both gives both; of the older one, the new key is no part yet.
        Assert.Equal(PublishedResult.Verified, (await VerifyAsync(before, old, young)).Result);
        var both = await VerifyAsync(after, old, young);
        Assert.Equal((PublishedResult.Verified, young), (both.Result, Assert.Single(both.Log.SignedBy)));
        Assert.Empty(both.Log.NotChecked);
        // Signed by the retired key alone, which somebody else may have by now.
        await sample.PublishAsync(after.Path, by: old);
        var retired = await VerifyAsync(after, old, young);
        Assert.Equal(PublishedResult.Wrong, retired.Result);
        Assert.Contains($"{old.IdText}, which was retired after {sample.Size - 2}", retired.Log.Fault!.What, StringComparison.Ordinal);
        // By both: the one that may is enough. One that may and didn't is told.
        await sample.PublishAsync(after.Path);
        Assert.Equal(PublishedResult.Verified, (await VerifyAsync(after, old, young)).Result);
        using var third = NoteSigner.NewEcdsa(PublishedSample.Origin);
        await sample.PublishKeyAsync(third.Key);
        await sample.PublishAsync(after.Path);
        var lacking = await VerifyAsync(after, young, third.Key);
        Assert.Equal(PublishedResult.NotAll, lacking.Result);
        Assert.Contains(third.Key.IdText, Assert.Single(lacking.Log.NotChecked), StringComparison.Ordinal);
    }

    [Fact]
    public async Task A_key_that_the_log_does_not_name_is_not_enough_where_it_names_others()
    {
        await sample.PublishKeyAsync(sample.Keys[0]);
        await sample.PublishAsync(folder.Path, by: sample.Keys[1]);
        await WrongAsync(new PublishedFolder(folder.Path), "which the log doesn't name");
    }

    [Fact]
    public async Task Every_missing_file_is_named()
    {
        foreach (var path in Tile.Of(sample.Size).Select(t => t.Path).Append("checkpoint"))
        {
            await WrongAsync(new Without(new PublishedFolder(folder.Path), path), path);
        }
    }

    [Fact]
    public async Task A_bundle_that_agrees_with_its_tile_is_still_held_against_the_root()
    {
        // Another entry, and a tile of leaf hashes that was made for it.
        var bundle = new Tile(Tile.Entries, 0);
        var entries = TileContent.ReadEntries(await ReadAsync(bundle.Path), Tile.Full).ToArray();
        var at = Enumerable.Range(0, entries.Length).First(i => System.Text.Encoding.UTF8.GetString(entries[i].Span).Contains("Note 1\"", StringComparison.Ordinal));
        var other = System.Text.Encoding.UTF8.GetBytes(System.Text.Encoding.UTF8.GetString(entries[at].Span).Replace("Note 1\"", "Nota 1\"", StringComparison.Ordinal));
        entries[at] = other;
        File.WriteAllBytes(At(bundle.Path), TileContent.OfEntries(entries));
        await WrongAsync(new PublishedFolder(folder.Path), "leaf hash");
        var leaves = await ReadAsync("tile/0/000");
        MerkleTree.LeafHash(other).CopyTo(leaves.AsSpan(at * Hash.Length));
        File.WriteAllBytes(At("tile/0/000"), leaves);
        await WrongAsync(new PublishedFolder(folder.Path), "root");
    }

    [Fact]
    public async Task A_tile_of_a_higher_level_that_lies_is_found()
    {
        var bytes = await ReadAsync("tile/1/000.p/2");
        bytes[40] ^= 1;
        File.WriteAllBytes(At("tile/1/000.p/2"), bytes);
        await WrongAsync(new PublishedFolder(folder.Path), "tile/1/000.p/2");
    }

    [Fact]
    public async Task What_was_published_at_a_smaller_size_and_is_still_there_must_be_right_too()
    {
        using var grown = new TemporaryFolder();
        await sample.PublishAsync(grown.Path, 300);
        await sample.PublishAsync(grown.Path);
        Assert.Equal(PublishedResult.Verified, (await sample.VerifyAsync(grown.Path)).Result);
        foreach (var path in new[] { "tile/entries/001.p/44", "tile/0/001.p/44", "tile/1/000.p/1" })
        {
            var file = Path.Combine(grown.Path, path);
            var whole = File.ReadAllBytes(file);
            File.WriteAllBytes(file, [.. whole[..^1], (byte)(whole[^1] ^ 1)]);
            await WrongAsync(new PublishedFolder(grown.Path), path);
            File.WriteAllBytes(file, whole);
        }
        Assert.Equal(PublishedResult.Verified, (await sample.VerifyAsync(grown.Path)).Result);
    }

    /// <summary>A log whose keeper signs nonsense: every hash and signature fits.</summary>
    [Theory]
    [InlineData("not canonical")]
    [InlineData("no entry")]
    [InlineData("position")]
    [InlineData("version")]
    [InlineData("earlier")]
    [InlineData("unknown type")]
    [InlineData("seal of another root")]
    [InlineData("seal of more")]
    public async Task What_a_registry_would_never_write_is_found_although_it_is_signed(string what)
    {
        var last = System.Text.Encoding.UTF8.GetString((await LastAsync()).Span);
        var next = last.Replace($"\"position\":{sample.Size - 2}", $"\"position\":{sample.Size}", StringComparison.Ordinal);
        var time = last.Substring(last.IndexOf("\"recordedAt\":\"", StringComparison.Ordinal) + 14, 24);
        if (what.StartsWith("seal", StringComparison.Ordinal))
        {
            await sample.AppendAsync("registry", what == "seal of more"
                ? new RegistryEvent.ViewsSealed(sample.Size + 1, sample.Tree.Root(sample.Size).ToString(), "2026-05-08", null, [])
                : new RegistryEvent.ViewsSealed(sample.Size, sample.Tree.Root(1).ToString(), "2026-05-08", null, []));
        }
        else
        {
            await sample.AppendAsync(StoredEntry.Of(System.Text.Encoding.UTF8.GetBytes(what switch
            {
                "not canonical" => next.Insert(1, " "),
                "no entry" => "{}",
                "position" => last,
                "version" => next,
                "earlier" => next.Replace("\"version\":0", "\"version\":1", StringComparison.Ordinal).Replace(time, "2000-01-01T00:00:00.000Z", StringComparison.Ordinal),
                _ => next.Replace("source-registered.v1", "source-imagined.v1", StringComparison.Ordinal),
            })));
        }
        using var other = new TemporaryFolder();
        await sample.PublishAsync(other.Path);
        var report = await sample.VerifyAsync(other.Path);
        Assert.Equal((PublishedResult.Wrong, sample.Size - 1), (report.Result, report.Log.Fault!.Position!.Value));
    }

    [Fact]
    public async Task A_view_that_does_not_match_is_wrong_and_one_of_another_version_is_neither_right_nor_wrong()
    {
        await sample.SealAsync(views => [views[0], views[1] with { View = "imrf-follow-up/999" }]);
        using var other = new TemporaryFolder();
        await sample.PublishAsync(other.Path);
        var version = await sample.VerifyAsync(other.Path);
        Assert.Equal((PublishedResult.NotCompared, 1, true), (version.Result, version.Count(Reproduction.OtherVersion), version.Log.Sound));
        await sample.SealAsync(views => [views[0] with { Sha256 = views[1].Sha256 }]);
        await sample.PublishAsync(other.Path);
        var mismatch = await sample.VerifyAsync(other.Path);
        Assert.Equal((PublishedResult.Wrong, 1, true), (mismatch.Result, mismatch.Count(Reproduction.Mismatch), mismatch.Log.Sound));
    }

    [Fact]
    public async Task What_was_withheld_is_told_and_what_was_sealed_before_is_neither_right_nor_wrong()
    {
        var participant = (long)Running.Registries.SampleHistory.ToList().FindIndex(h => h is ("participant/WORKSHOP", PledgeRegistry.Participants.ParticipantEvent.Registered));
        var by = sample.Size + 1;
        await sample.WithholdAsync(participant, "Those who");
        using var other = new TemporaryFolder();
        await sample.PublishAsync(other.Path);
        var report = await sample.VerifyAsync(other.Path);
        Assert.True(report.Log.Sound, report.Log.Fault?.What);
        Assert.Equal(new WithheldEntry(participant, by), Assert.Single(report.Log.Withheld));
        Assert.Equal((PublishedResult.NotCompared, 0), (report.Result, report.Count(Reproduction.Mismatch)));
        Assert.True(report.Count(Reproduction.Withheld) > 0 && report.Count(Reproduction.Match) > 0);
    }

    [Fact]
    public async Task A_seal_made_after_something_was_withheld_has_no_excuse()
    {
        var participant = (long)Running.Registries.SampleHistory.ToList().FindIndex(h => h is ("participant/WORKSHOP", PledgeRegistry.Participants.ParticipantEvent.Registered));
        await sample.WithholdAsync(participant, "Those who");
        await sample.SealAsync(views => [views[0] with { Sha256 = views[1].Sha256 }]);
        using var other = new TemporaryFolder();
        await sample.PublishAsync(other.Path);
        var report = await sample.VerifyAsync(other.Path);
        Assert.True(report.Log.Sound, report.Log.Fault?.What);
        Assert.Equal((PublishedResult.Wrong, 1), (report.Result, report.Count(Reproduction.Mismatch)));
    }

    [Fact]
    public async Task A_stub_that_no_entry_speaks_of_is_wrong()
    {
        await sample.WithholdAsync(40, "e", unsaid: true);
        using var other = new TemporaryFolder();
        await sample.PublishAsync(other.Path);
        Assert.Equal(PublishedResult.Wrong, (await sample.VerifyAsync(other.Path)).Result);
    }

    [Fact]
    public async Task A_policy_asks_for_witnesses()
    {
        using var one = new Cosigner("example.org/witness-1", new byte[32]);
        using var two = new Cosigner("example.org/witness-2", [.. Enumerable.Repeat((byte)7, 32)]);
        var policy = WitnessPolicy.Parse($"log {sample.Keys[0]}\nwitness one {one.Key}\nwitness two {two.Key}\ngroup both all one two\nquorum both\n");
        Task<PublishedReport> VerifyAsync() => PublishedRegistry.VerifyAsync(new PublishedFolder(folder.Path), [], policy);
        var lacking = await VerifyAsync();
        Assert.Contains("'both'", lacking.Log.Fault!.What, StringComparison.Ordinal);
        var note = SignedNote.Parse(await ReadAsync("checkpoint"));
        var at = DateTimeOffset.FromUnixTimeSeconds(1_780_000_000);
        File.WriteAllBytes(At("checkpoint"), (note with { Signatures = [.. note.Signatures, one.Sign(note.Text, at)] }).ToBytes());
        Assert.Equal(PublishedResult.Wrong, (await VerifyAsync()).Result);
        File.WriteAllBytes(At("checkpoint"), (note with { Signatures = [.. note.Signatures, one.Sign(note.Text, at), two.Sign(note.Text, at)] }).ToBytes());
        Assert.Equal(PublishedResult.Verified, (await VerifyAsync()).Result);
        File.WriteAllBytes(At("checkpoint"), (note with { Signatures = [.. note.Signatures, one.Sign(note.Text, at), two.Sign($"{note.Text}x\n", at)] }).ToBytes());
        Assert.Contains("cosignature", (await VerifyAsync()).Log.Fault!.What, StringComparison.Ordinal);
    }

    [Fact]
    public async Task Growth_is_proved_from_every_size_by_tiles_alone()
    {
        foreach (var size in new[] { 1, 2, 255, 256, 257, 300, 512, 513, sample.Size - 1, sample.Size })
        {
            var proof = await new PublishedGrowth(new PublishedFolder(folder.Path), sample.Size).ProofAsync(size);
            Assert.Equal(sample.Tree.ConsistencyProof(size, sample.Size), proof);
        }
    }

    private async Task WrongAsync(IPublishedFiles files, string what)
    {
        var report = await PublishedRegistry.VerifyAsync(files, sample.Keys);
        Assert.Equal(PublishedResult.Wrong, report.Result);
        Assert.Contains(what, report.Log.Fault!.What, StringComparison.Ordinal);
    }

    private string At(string path) => Path.Combine(folder.Path, path);

    private Task<byte[]> ReadAsync(string path) => File.ReadAllBytesAsync(At(path));

    // The one before the seal: a source.
    private async Task<ReadOnlyMemory<byte>> LastAsync()
    {
        var last = Tile.Of(sample.Size).Last(t => t.Level == Tile.Entries);
        return TileContent.ReadEntries(await ReadAsync(last.Path), last.Width)[^2];
    }

    /// <summary>All files but one.</summary>
    private sealed class Without(IPublishedFiles files, string path) : IPublishedFiles
    {
        public async Task<byte[]?> ReadAsync(string asked, int most, CancellationToken cancel = default) => asked == path ? null : await files.ReadAsync(asked, most, cancel);

        public IEnumerable<string>? Tiles() => null;
    }
}

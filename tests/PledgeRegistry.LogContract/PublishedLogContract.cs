using System.Globalization;
using System.Security.Cryptography;
using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Private;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Notes;
using PledgeRegistry.Transparency.Tiles;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>What every engine's log looks like when it is published: verified by a program that shares no code with this one.</summary>
public abstract class PublishedLogContract : IDisposable
{
    private const string Origin = "example.org/log";

    // Around the ends of tiles of the lower two levels, and well inside the third.
    private static readonly long[] Sizes = [1, 2, 255, 256, 257, 65_536, 65_537, 70_000];

    private readonly string folder = Directory.CreateTempSubdirectory("pledge-published-").FullName;
    private readonly NoteSigner ed = NoteSigner.FromSeed(Origin, SHA256.HashData("ed25519"u8));
    private readonly NoteSigner ec = NoteSigner.NewEcdsa(Origin);

    public void Dispose()
    {
        GC.SuppressFinalize(this);
        ed.Dispose();
        ec.Dispose();
        Directory.Delete(folder, recursive: true);
    }

    /// <summary>A log with nothing in it.</summary>
    protected abstract Task<IEventLog> OpenAsync();

    [Fact]
    public async Task Go_s_packages_verify_what_is_published_at_every_size()
    {
        await using var log = await OpenAsync();
        var tree = new MerkleTree();
        var published = At("log");
        var checkpoints = new List<string>();
        foreach (var size in Sizes)
        {
            await GrowAsync(log, tree, size);
            var signed = Sign(tree, size);
            var done = await TilePublisher.WriteAsync(new TileSource(tree, log), tree, signed, published);
            Assert.Equal((size, tree.Root(size)), (done.Size, done.Root));
            checkpoints.Add(At($"checkpoint-{size}"));
            File.Copy(Path.Combine(published, TilePublisher.CheckpointFile), checkpoints[^1]);
            Assert.Equal((0, $"ok: {checkpoints.Count} checkpoints, {size} entries\n"), await AuditAsync(published, checkpoints));
        }
        // Once more, and nothing but the checkpoint is written; what was there isn't touched.
        var again = await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, Sizes[^1]), published);
        Assert.Equal(1, again.Written);
        Assert.Empty(Directory.EnumerateFiles(published, "*.tmp", SearchOption.AllDirectories));

        // The same bytes as from any other engine, though published at once.
        await using var memory = new InMemoryLog();
        var other = new MerkleTree();
        await GrowAsync(memory, other, Sizes[^1]);
        await TilePublisher.WriteAsync(new TileSource(other, memory), other, Sign(other, Sizes[^1]), At("other"));
        foreach (var tile in Tile.Of(Sizes[^1]).Select(t => t.Path))
        {
            Assert.True(File.ReadAllBytes(Path.Combine(published, tile)).AsSpan().SequenceEqual(File.ReadAllBytes(Path.Combine(At("other"), tile))), tile);
        }
        Assert.Equal(Body(published), Body(At("other")));
    }

    [Fact]
    public async Task The_auditor_finds_what_was_changed()
    {
        await using var log = await OpenAsync();
        var tree = new MerkleTree();
        await GrowAsync(log, tree, 600);
        var published = At("log");
        await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 600), published);
        string[] checkpoint = [Path.Combine(published, TilePublisher.CheckpointFile)];
        Assert.Equal(0, (await AuditAsync(published, checkpoint)).ExitCode);
        foreach (var file in new[] { "tile/entries/001", "tile/entries/002.p/88", "tile/0/001", "tile/0/002.p/88", "tile/1/000.p/2", "checkpoint" })
        {
            var path = Path.Combine(published, file);
            var whole = File.ReadAllBytes(path);
            var changed = (byte[])whole.Clone();
            changed[20] ^= 1;
            File.WriteAllBytes(path, changed);
            Assert.True((await AuditAsync(published, checkpoint)).ExitCode == 1, $"{file} was changed, and nobody noticed.");
            File.WriteAllBytes(path, whole);
        }
        // Two logs under one name.
        var fork = new MerkleTree();
        await using var memory = new InMemoryLog();
        await GrowAsync(memory, fork, 300, "another");
        File.WriteAllText(At("fork"), Sign(fork, 300).Note);
        Assert.Equal(1, (await AuditAsync(published, [At("fork"), .. checkpoint])).ExitCode);
        await Assert.ThrowsAsync<PublishException>(() => TilePublisher.WriteAsync(new TileSource(fork, memory), fork, Sign(fork, 300), published));
    }

    [Fact]
    public async Task A_publication_that_was_cut_off_goes_on_and_an_older_one_replaces_nothing()
    {
        await using var log = await OpenAsync();
        var tree = new MerkleTree();
        await GrowAsync(log, tree, 600);
        var published = At("log");
        await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 300), published);
        using var stop = new CancellationTokenSource();
        var cut = 0;
        await Assert.ThrowsAnyAsync<OperationCanceledException>(() =>
            TilePublisher.WriteAsync(new TileSource(tree, new Cutting(log, () => { if (cut++ == 1) { stop.Cancel(); } })), tree, Sign(tree, 600), published, cancel: stop.Token));
        // Who reads meanwhile has the older one, whole.
        Assert.Equal(new Checkpoint(Origin, 300, tree.Root(300)).ToString(), Body(published));
        Assert.Equal(0, (await AuditAsync(published, [Path.Combine(published, "checkpoint")])).ExitCode);
        var done = await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 600), published);
        Assert.True(done.Kept > 0);
        Assert.Equal(0, (await AuditAsync(published, [Path.Combine(published, "checkpoint")])).ExitCode);
        await Assert.ThrowsAsync<PublishException>(() => TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 300), published));
        File.WriteAllText(Path.Combine(published, "checkpoint"), "mine");
        await Assert.ThrowsAsync<PublishException>(() => TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 600), published));
    }

    [Fact]
    public async Task What_was_lost_or_is_of_another_history_is_mended_by_publishing_again()
    {
        await using var log = await OpenAsync();
        await using var memory = new InMemoryLog();
        var (tree, fork) = (new MerkleTree(), new MerkleTree());
        await GrowAsync(log, tree, 600);
        await GrowAsync(memory, fork, 600, "other");
        var (published, other) = (At("log"), At("fork"));
        await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 600), published);
        await TilePublisher.WriteAsync(new TileSource(fork, memory), fork, Sign(fork, 600), other);
        string[] lost = ["tile/entries/001", "tile/0/000"], foreign = ["tile/entries/000", "tile/entries/002.p/88", "tile/0/001", "tile/1/000.p/2"];
        Array.ForEach(lost, f => File.Delete(Path.Combine(published, f)));
        Array.ForEach(foreign, f => File.Copy(Path.Combine(other, f), Path.Combine(published, f), overwrite: true));
        using (var cut = File.OpenWrite(Path.Combine(published, "tile/0/002.p/88")))
        {
            cut.SetLength(20);
        }
        var done = await TilePublisher.WriteAsync(new TileSource(tree, log), tree, Sign(tree, 600), published);
        Assert.Equal(lost.Length + foreign.Length + 1 + 1, done.Written);
        Assert.Equal(0, (await AuditAsync(published, [Path.Combine(published, "checkpoint")])).ExitCode);
    }

    private string At(string name) => Path.Combine(folder, name);

    private static string Body(string published) => SignedNote.Parse(File.ReadAllBytes(Path.Combine(published, "checkpoint"))).Text;

    private Task<(int ExitCode, string Output)> AuditAsync(string published, IEnumerable<string> checkpoints) =>
        Auditor.RunAsync(published, ed.Key.ToString(), ec.Key.ToString(), checkpoints);

    private SignedHead Sign(MerkleTree tree, long size) =>
        new(size, tree.Root(size), SignedNote.Sign(new Checkpoint(Origin, size, tree.Root(size)).ToString(), [ed, ec]).ToString());

    // Entries of many lengths; an engine doesn't look into them.
    private static async Task GrowAsync(IEventLog log, MerkleTree tree, long size, string what = "entry")
    {
        while (tree.Size < size)
        {
            var batch = Enumerable.Range((int)tree.Size, (int)Math.Min(IEventLog.MaxBatchEntries, size - tree.Size))
                .Select(i => StoredEntry.Of(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{what} {i} {new string('x', i % 97)}")))).ToList();
            var expected = tree.Size == 0 ? LogHead.Empty : new LogHead(tree.Size, tree.Leaf(tree.Size - 1));
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(expected, batch));
            batch.ForEach(e => tree.Append(e.Leaf));
        }
    }

    /// <summary>A log that has something done before each read.</summary>
    private sealed class Cutting(IEventLog log, Action before) : IEventLog
    {
        public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) => log.AppendAsync(expected, entries, cancel);

        public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
        {
            before();
            cancel.ThrowIfCancellationRequested();
            return log.ReadAsync(from, count, cancel);
        }

        public Task WaitAsync(long after, CancellationToken cancel = default) => log.WaitAsync(after, cancel);

        public ValueTask DisposeAsync() => ValueTask.CompletedTask;
    }
}

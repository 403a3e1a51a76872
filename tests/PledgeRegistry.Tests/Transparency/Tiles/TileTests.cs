using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using PledgeRegistry.Transparency.Tiles;
using Xunit;

namespace PledgeRegistry.Tests.Transparency.Tiles;

public sealed class TileTests
{
    [Theory]
    [InlineData(0, 0, 256, "tile/0/000")]
    [InlineData(0, 0, 1, "tile/0/000.p/1")]
    [InlineData(1, 999, 256, "tile/1/999")]
    [InlineData(0, 1000, 255, "tile/0/x001/000.p/255")]
    [InlineData(0, 1234067, 256, "tile/0/x001/x234/067")]
    [InlineData(7, 5, 17, "tile/7/005.p/17")]
    [InlineData(Tile.Entries, 1234067, 112, "tile/entries/x001/x234/067.p/112")]
    public void An_address_is_written_and_read_in_one_form(int level, long index, int width, string path)
    {
        var tile = new Tile(level, index, width);
        Assert.Equal(path, tile.Path);
        Assert.Equal(tile, Tile.TryParse(path));
    }

    [Theory]
    [InlineData("tile")]
    [InlineData("tile/0")]
    [InlineData("tile/0/")]
    [InlineData("tile/0/0")]
    [InlineData("tile/0/0000")]
    [InlineData("tile/0/x000/001")]
    [InlineData("tile/0/x001/x067")]
    [InlineData("tile/0/001/067")]
    [InlineData("tile/0/xx01/067")]
    [InlineData("tile/00/001")]
    [InlineData("tile/8/001")]
    [InlineData("tile/-1/001")]
    [InlineData("tile/data/001")]
    [InlineData("tile/0/001.p")]
    [InlineData("tile/0/001.p/0")]
    [InlineData("tile/0/001.p/256")]
    [InlineData("tile/0/001.p/012")]
    [InlineData("tile/0/001/12")]
    [InlineData("tile/0/x001.p/067")]
    [InlineData("tile/0/x999/x999/x999/x999/x999/x999/x999/999")]
    [InlineData("/tile/0/001")]
    [InlineData("tile/0/../001")]
    public void What_is_no_address_of_a_tile_is_none(string path) => Assert.Null(Tile.TryParse(path));

    [Fact]
    public void A_log_of_70_000_entries_has_the_tiles_that_the_format_says()
    {
        var tiles = Tile.Of(70_000).ToList();
        foreach (var level in new[] { Tile.Entries, 0 })
        {
            Assert.Equal(273, tiles.Count(t => t.Level == level && t.Width == Tile.Full));
            Assert.Equal(new Tile(level, 273, 112), Assert.Single(tiles, t => t.Level == level && t.Width < Tile.Full));
        }
        Assert.Equal([new Tile(1, 0), new Tile(1, 1, 17)], tiles.Where(t => t.Level == 1));
        Assert.Equal([new Tile(2, 0, 1)], tiles.Where(t => t.Level == 2));
        Assert.Equal(2 * 274 + 3, tiles.Count);
    }

    [Theory]
    [InlineData(0, 0)]
    [InlineData(1, 2)]
    [InlineData(255, 2)]
    [InlineData(256, 3)]
    [InlineData(257, 5)]
    [InlineData(65_536, 2 * 256 + 1 + 1)]
    [InlineData(65_537, 2 * 257 + 1 + 1)]
    public void No_tile_is_empty(long size, int count)
    {
        var tiles = Tile.Of(size).ToList();
        Assert.Equal(count, tiles.Count);
        Assert.All(tiles, t => Assert.True(t.IsIn(size) && t.Width > 0));
        Assert.All(tiles, t => Assert.True(size == 0 || !t.IsIn(t.First << (Tile.Height * Math.Max(t.Level, 0)))));
    }

    [Fact]
    public void What_was_there_before_is_left_out_and_nothing_else()
    {
        for (var before = 0; before < 1200; before += 37)
        {
            var (had, all) = (Tile.Of(before).Where(t => t.Width == Tile.Full), Tile.Of(1200));
            Assert.Equal(all.Except(had), Tile.Of(1200, before));
        }
    }

    [Fact]
    public void A_tile_holds_the_hashes_of_the_tree_and_a_partial_one_its_beginning()
    {
        var tree = new MerkleTree();
        for (var i = 0; i < 70_000; i++)
        {
            tree.Append(Hash.Of(BitConverter.GetBytes(i)));
        }
        Assert.Equal(tree.Root(65_536), Assert.Single(TileContent.ReadHashes(TileContent.OfHashes(tree, new Tile(2, 0, 1)), 1)));
        var full = TileContent.OfHashes(tree, new Tile(0, 3));
        Assert.Equal(8192, full.Length);
        Assert.Equal(tree.Leaf(3 * 256 + 7), TileContent.ReadHashes(full, 256)[7]);
        Assert.Equal(full[..(12 * 32)], TileContent.OfHashes(tree, new Tile(0, 3, 12)));
        // 256 hashes of a level have as their root a hash of the next.
        var above = TileContent.ReadHashes(TileContent.OfHashes(tree, new Tile(1, 0)), 256)[3];
        Assert.Equal(above, MerkleTree.FoldPeaks([Root(TileContent.ReadHashes(full, 256))]));
        Assert.Throws<FormatException>(() => TileContent.ReadHashes(full, 255));
    }

    [Fact]
    public void A_bundle_holds_entries_up_to_the_longest_there_is()
    {
        ReadOnlyMemory<byte>[] entries = [new byte[] { 1, 2, 3 }, Array.Empty<byte>(), new byte[65_535]];
        var bundle = TileContent.OfEntries(entries);
        Assert.Equal([0, 3, 1, 2, 3, 0, 0, 255, 255], bundle[..9]);
        Assert.Equal(entries.Select(e => e.ToArray()), TileContent.ReadEntries(bundle, 3).Select(e => e.ToArray()));
        Assert.Throws<FormatException>(() => TileContent.ReadEntries(bundle, 2));
        Assert.Throws<FormatException>(() => TileContent.ReadEntries(bundle.AsMemory(0, bundle.Length - 1), 3));
        Assert.Throws<OverflowException>(() => TileContent.OfEntries([new byte[65_536]]));
    }

    [Fact]
    public async Task What_a_log_does_not_have_yet_is_no_tile_of_it()
    {
        var (log, tree) = await LogAsync(300);
        var source = new TileSource(tree, log);
        Assert.Null(await source.ReadAsync(new Tile(0, 1), 300));
        Assert.Null(await source.ReadAsync(new Tile(0, 1, 45), 300));
        Assert.NotNull(await source.ReadAsync(new Tile(0, 1, 44), 300));
        Assert.Null(await source.ReadAsync(new Tile(0, 1, 44), 299));
        Assert.Null(await source.ReadAsync(new Tile(1, 0, 2), 300));
        Assert.Null(await source.ReadAsync(new Tile(2, 0, 1), 300));
        Assert.Null(await source.ReadAsync(new Tile(Tile.Entries, 1, 45), 300));
        Assert.Equal(44, TileContent.ReadEntries(await source.ReadAsync(new Tile(Tile.Entries, 1, 44), 300), 44).Count);
        Assert.Null(await source.ReadAsync(new Tile(0, long.MaxValue / 256, 1), 300));
    }

    [Fact]
    public async Task A_bundle_with_an_entry_that_was_changed_is_never_given_out()
    {
        var (_, tree) = await LogAsync(10);
        var (other, _) = await LogAsync(10, changed: 7);
        var damaged = await Assert.ThrowsAsync<LogDamagedException>(() => new TileSource(tree, other).ReadAsync(new Tile(Tile.Entries, 0, 10), 10));
        Assert.Contains("Entry 7", damaged.Message, StringComparison.Ordinal);
        Assert.NotNull(await new TileSource(tree, other).ReadAsync(new Tile(Tile.Entries, 0, 7), 10));
    }

    private static async Task<(InMemoryLog Log, MerkleTree Tree)> LogAsync(int size, int changed = -1)
    {
        var (log, tree, head) = (new InMemoryLog(), new MerkleTree(), LogHead.Empty);
        for (var i = 0; i < size; i++)
        {
            var entry = StoredEntry.Of([(byte)i, (byte)(i >> 8), (byte)(i == changed ? 1 : 0)]);
            await log.AppendAsync(head, [entry]);
            tree.Append(entry.Leaf);
            head = new LogHead(head.Size + 1, entry.Leaf);
        }
        return (log, tree);
    }

    private static Hash Root(IReadOnlyList<Hash> hashes)
    {
        while (hashes.Count > 1)
        {
            hashes = [.. hashes.Chunk(2).Select(pair => MerkleTree.NodeHash(pair[0], pair[1]))];
        }
        return hashes[0];
    }
}

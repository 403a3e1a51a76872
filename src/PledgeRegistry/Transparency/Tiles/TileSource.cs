using PledgeRegistry.Log;

namespace PledgeRegistry.Transparency.Tiles;

/// <summary>The tiles of a log that is open here.</summary>
/// <param name="proven">Whether a stub is one that another entry stands for; null where no stubs are looked into.</param>
public sealed class TileSource(MerkleTree tree, IEventLog log, Func<long, StoredEntry, bool>? proven = null)
{
    /// <summary>What a tile holds; null where a log of that size doesn't have it (yet).</summary>
    /// <param name="size">At most as many entries as are published in the tree.</param>
    /// <exception cref="LogDamagedException">An entry is no longer what its leaf says.</exception>
    public async Task<byte[]?> ReadAsync(Tile tile, long size, CancellationToken cancel = default) =>
        !tile.IsIn(size) ? null
        : tile.Level == Tile.Entries ? TileContent.OfEntries(await EntriesAsync(tile, cancel))
        : TileContent.OfHashes(tree, tile);

    private async Task<List<ReadOnlyMemory<byte>>> EntriesAsync(Tile tile, CancellationToken cancel)
    {
        var entries = new List<ReadOnlyMemory<byte>>(tile.Width);
        while (entries.Count < tile.Width)
        {
            var read = await log.ReadAsync(tile.First + entries.Count, tile.Width - entries.Count, cancel);
            if (read.Count == 0)
            {
                throw new LogDamagedException($"Entry {tile.First + entries.Count} is no longer there.");
            }
            foreach (var entry in read)
            {
                var position = tile.First + entries.Count;
                if (StoredEntry.LeafOf(entry.Bytes) != tree.Leaf(position) || proven?.Invoke(position, entry) == false)
                {
                    throw new LogDamagedException($"Entry {tile.First + entries.Count} is no longer what it was when it was first read.");
                }
                entries.Add(entry.Bytes);
            }
        }
        return entries;
    }
}

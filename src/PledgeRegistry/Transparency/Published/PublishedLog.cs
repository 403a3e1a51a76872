using PledgeRegistry.Log;
using PledgeRegistry.Transparency.Tiles;

namespace PledgeRegistry.Transparency.Published;

/// <summary>
/// A published log of a size, read as a log: its entries from the bundles, their leaf hashes from the tiles of level 0. What is
/// read isn't checked here: whoever reads holds the two against one another.
/// </summary>
internal sealed class PublishedLog(IPublishedFiles files, long size) : IEventLog
{
    /// <summary>The most bytes of a bundle.</summary>
    public const int MaxBundle = Tile.Full * (2 + ushort.MaxValue);

    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) =>
        throw new NotSupportedException("What is published is only read.");

    /// <exception cref="PublishedFileException">A file is missing, or has another form.</exception>
    public async Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        if (from >= size)
        {
            return [];
        }
        // As many as are in the same bundle.
        var (index, skip) = Math.DivRem(from, Tile.Full);
        var width = (int)Math.Min(Tile.Full, size - index * Tile.Full);
        var entries = await FileAsync(new Tile(Tile.Entries, index, width), MaxBundle, bytes => TileContent.ReadEntries(bytes, width), cancel);
        var leaves = await FileAsync(new Tile(0, index, width), width * Hash.Length, bytes => TileContent.ReadHashes(bytes, width), cancel);
        return [.. entries.Zip(leaves, (entry, leaf) => new StoredEntry(entry, leaf)).Skip((int)skip).Take(count)];
    }

    public Task WaitAsync(long after, CancellationToken cancel = default) => Task.Delay(Timeout.Infinite, cancel);

    public ValueTask DisposeAsync() => ValueTask.CompletedTask;

    private async Task<T> FileAsync<T>(Tile tile, int most, Func<byte[], T> read, CancellationToken cancel)
    {
        var bytes = await files.ReadAsync(tile.Path, most, cancel) ?? throw new PublishedFileException($"{tile.Path} is missing: the checkpoint speaks of {size} entries.");
        try
        {
            return read(bytes);
        }
        catch (FormatException e)
        {
            throw new PublishedFileException($"{tile.Path} isn't right: {e.Message}", e);
        }
    }
}

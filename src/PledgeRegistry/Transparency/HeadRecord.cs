using System.Buffers.Binary;
using System.Security.Cryptography;
using PledgeRegistry.Log;

namespace PledgeRegistry.Transparency;

/// <summary>
/// The last (size, root) of the log, kept in a small file outside it, so that a log that was cut, rewritten or rolled
/// back is found at the next start. Two slots are written in turn, each with a checksum: a torn write leaves the other.
/// A slot also keeps the roots of the full subtrees, which say where a rewritten log was rewritten. It may be a little
/// behind the log (after a power cut), never ahead of it.
/// </summary>
public sealed class HeadRecord : IDisposable
{
    // size, count of peaks, at most 62 peaks, SHA-256 of all that
    private const int SlotBytes = 4096;

    private readonly FileStream file;
    private readonly byte[] slot = new byte[SlotBytes];
    private int nextSlot;
    private (long Size, Hash[] Peaks) last;

    public HeadRecord(string path)
    {
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var slots = new[] { ReadSlot(0), ReadSlot(1) };
        if (slots.All(s => s is null) && file.Length > 0)
        {
            file.Dispose();
            throw new LogDamagedException($"{path} holds the last known size and root of the log, and neither of its two copies is whole. Restore it from a backup, or check the log with 'pledge verify' against a published root and then remove the file.");
        }
        var current = (slots[0]?.Size ?? -1) >= (slots[1]?.Size ?? -1) ? 0 : 1;
        last = slots[current] ?? (0, []);
        nextSlot = 1 - current;
    }

    public long Size => last.Size;

    public Hash Root => last.Peaks.Length == 0 ? MerkleTree.EmptyRoot : MerkleTree.FoldPeaks(last.Peaks);

    /// <summary>Holds a log against what was known of it.</summary>
    /// <exception cref="LogDamagedException">It was cut, rewritten or rolled back.</exception>
    public void Check(MerkleTree tree)
    {
        if (tree.Size < last.Size)
        {
            throw new LogDamagedException(
                $"The log was cut or rolled back: it has {tree.Size} entries, and had {last.Size} when this registry last ran. " +
                $"Entries {tree.Size} to {last.Size - 1} are gone. Last known root: {Root}.");
        }
        long start = 0;
        var peaks = tree.Peaks(last.Size);
        for (var i = 0; i < peaks.Count; i++)
        {
            var width = LargestPowerOfTwo(last.Size - start);
            if (peaks[i] != last.Peaks[i])
            {
                throw new LogDamagedException(
                    $"The log was rewritten: its first {last.Size} entries are not the ones that were there when this registry last ran. " +
                    $"The first difference is between entries {start} and {start + width - 1}. Last known root: {Root}; root now: {tree.Root(last.Size)}.");
            }
            start += width;
        }
    }

    /// <summary>Keeps the first <paramref name="size"/> entries' root. Survives the end of the process; a power cut may undo the last writes.</summary>
    public void Write(MerkleTree tree, long size)
    {
        var peaks = tree.Peaks(size).ToArray();
        BinaryPrimitives.WriteInt64BigEndian(slot, size);
        BinaryPrimitives.WriteInt64BigEndian(slot.AsSpan(8), peaks.Length);
        for (var i = 0; i < peaks.Length; i++)
        {
            peaks[i].CopyTo(slot.AsSpan(16 + i * Hash.Length));
        }
        var end = 16 + peaks.Length * Hash.Length;
        SHA256.HashData(slot.AsSpan(0, end), slot.AsSpan(end));
        RandomAccess.Write(file.SafeFileHandle, slot.AsSpan(0, end + Hash.Length), (long)nextSlot * SlotBytes);
        nextSlot = 1 - nextSlot;
        last = (size, peaks);
    }

    /// <summary>Makes what was written last survive a power cut as well.</summary>
    public void Dispose()
    {
        if (file.CanWrite)
        {
            file.Flush(flushToDisk: true);
        }
        file.Dispose();
    }

    private (long Size, Hash[] Peaks)? ReadSlot(int index)
    {
        Array.Clear(slot);
        RandomAccess.Read(file.SafeFileHandle, slot, (long)index * SlotBytes);
        var size = BinaryPrimitives.ReadInt64BigEndian(slot);
        var count = BinaryPrimitives.ReadInt64BigEndian(slot.AsSpan(8));
        if (size < 0 || count is < 0 or > 62)
        {
            return null;
        }
        var end = 16 + (int)count * Hash.Length;
        if (!SHA256.HashData(slot.AsSpan(0, end)).AsSpan().SequenceEqual(slot.AsSpan(end, Hash.Length)))
        {
            return null;
        }
        return (size, [.. Enumerable.Range(0, (int)count).Select(i => new Hash(slot.AsSpan(16 + i * Hash.Length, Hash.Length)))]);
    }

    private static long LargestPowerOfTwo(long n) => 1L << System.Numerics.BitOperations.Log2((ulong)n);
}

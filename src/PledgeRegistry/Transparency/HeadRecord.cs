using System.Buffers.Binary;
using System.Numerics;
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

    // A reader beside a writer may meet one slot half written, hardly ever both.
    private const int ReadTries = 3;

    private readonly string path;
    private readonly FileStream held;
    private readonly FileStream file;
    private readonly bool acceptRollback;
    private readonly byte[] slot = new byte[SlotBytes];
    private int nextSlot;
    private KnownHead last;

    // Where what was known goes with the next write, once a rollback was accepted.
    private string? aside;

    /// <summary>Opens the record, or makes it. One process at a time holds it.</summary>
    /// <param name="acceptRollback">A log that contradicts what is kept here is accepted: somebody restored an older state on purpose.</param>
    /// <exception cref="IOException">Another process holds it.</exception>
    /// <exception cref="LogDamagedException">Neither of its two copies is whole.</exception>
    public HeadRecord(string path, bool acceptRollback = false)
    {
        (this.path, this.acceptRollback) = (path, acceptRollback);
        // A lock of the operating system: it goes with the process, however that ends. The file of it stays.
        held = new FileStream($"{path}.lock", FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.None, bufferSize: 0);
        file = new FileStream(path, FileMode.OpenOrCreate, FileAccess.ReadWrite, FileShare.Read, bufferSize: 0);
        var slots = ReadSlots(file);
        if (Array.TrueForAll(slots, s => s is null) && file.Length > 0)
        {
            file.Dispose();
            held.Dispose();
            throw NeitherWhole(path);
        }
        var current = Current(slots);
        last = slots[current] ?? KnownHead.Empty;
        nextSlot = 1 - current;
    }

    /// <summary>What a file holds, read without touching it, also while a registry runs; null where there is no file, or nothing in it yet.</summary>
    /// <exception cref="LogDamagedException">Neither of its two copies is whole.</exception>
    public static KnownHead? TryRead(string path)
    {
        if (!File.Exists(path))
        {
            return null;
        }
        using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete, bufferSize: 0);
        for (var i = 0; i < ReadTries; i++)
        {
            var slots = ReadSlots(file);
            if (slots[Current(slots)] is { } known)
            {
                return known;
            }
            if (file.Length == 0)
            {
                return null;
            }
        }
        throw NeitherWhole(path);
    }

    public long Size => last.Size;

    public Hash Root => last.Root;

    /// <summary>The contradiction that was accepted, and where what was known is kept; null where there was none.</summary>
    public string? Accepted { get; private set; }

    /// <inheritdoc cref="KnownHead.Check"/>
    public void Check(MerkleTree tree)
    {
        try
        {
            last.Check(tree);
        }
        catch (LogRolledBackException e) when (acceptRollback)
        {
            aside ??= NextAside();
            Accepted = $"{e.Message} Accepted; what was known is kept in {aside}.";
        }
    }

    /// <summary>Keeps the first <paramref name="size"/> entries' root. Survives the end of the process; a power cut may undo the last writes.</summary>
    public void Write(MerkleTree tree, long size)
    {
        if (aside is not null)
        {
            // Not before there is something to put in its place.
            KeepAside(aside);
        }
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
        last = new KnownHead(size, peaks);
    }

    /// <summary>Makes what was written last survive a power cut as well.</summary>
    public void Dispose()
    {
        if (file.CanWrite)
        {
            file.Flush(flushToDisk: true);
        }
        file.Dispose();
        held.Dispose();
    }

    private string NextAside()
    {
        var number = 1;
        while (File.Exists($"{path}.rolled-back-{number}"))
        {
            number++;
        }
        return $"{path}.rolled-back-{number}";
    }

    // What was known may be the only proof that entries are gone.
    private void KeepAside(string to)
    {
        using var copy = new FileStream(to, FileMode.CreateNew, FileAccess.Write);
        var bytes = new byte[file.Length];
        copy.Write(bytes, 0, RandomAccess.Read(file.SafeFileHandle, bytes, 0));
        copy.Flush(flushToDisk: true);
        // Of two slots the larger counts, and both are of what is gone.
        file.SetLength(0);
        (aside, nextSlot) = (null, 0);
    }

    private static int Current(KnownHead?[] slots) => (slots[0]?.Size ?? -1) >= (slots[1]?.Size ?? -1) ? 0 : 1;

    private static KnownHead?[] ReadSlots(FileStream file) => [ReadSlot(file, 0), ReadSlot(file, 1)];

    private static KnownHead? ReadSlot(FileStream file, int index)
    {
        var slot = new byte[SlotBytes];
        RandomAccess.Read(file.SafeFileHandle, slot, (long)index * SlotBytes);
        var size = BinaryPrimitives.ReadInt64BigEndian(slot);
        var count = BinaryPrimitives.ReadInt64BigEndian(slot.AsSpan(8));
        // A root of each bit that is set in the size: another count would be a fault of the program that wrote it.
        if (size < 0 || count != BitOperations.PopCount((ulong)size))
        {
            return null;
        }
        var end = 16 + (int)count * Hash.Length;
        return SHA256.HashData(slot.AsSpan(0, end)).AsSpan().SequenceEqual(slot.AsSpan(end, Hash.Length))
            ? new KnownHead(size, [.. Enumerable.Range(0, (int)count).Select(i => new Hash(slot.AsSpan(16 + i * Hash.Length, Hash.Length)))])
            : null;
    }

    private static LogDamagedException NeitherWhole(string path) => new(
        $"{path} holds the last known size and root of the log, and neither of its two copies is whole. Restore it from a backup, or check the log with 'pledge verify' against a published root and then remove the file.");
}

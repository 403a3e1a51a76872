using System.Globalization;
using System.Text;
using System.Text.RegularExpressions;
using PledgeRegistry.Transparency;

namespace PledgeRegistry.Log;

/// <summary>
/// A backup of a log: a text file with a head line, the exact bytes of each entry on a line of its own (canonical JSON has
/// no line break inside), and an end line with size and root. It can be read with any tool, and it is itself a log that is
/// read: whatever reads or verifies a log does the same to a backup.
/// </summary>
public sealed partial class LogBackup : IEventLog
{
    /// <summary>The file's first line.</summary>
    public const string Head = """{"format":"pledge-registry-backup/1"}""";

    private const int ReadCount = 1024;

    // A head or end line is shorter, too.
    private const int LongestLine = EntryCodec.MaxEntryBytes;

    private readonly FileStream file;
    private readonly string path;

    // Where each entry's line begins, and behind them where the end line does.
    private readonly List<long> lines = [];

    private LogBackup(string path, FileStream file) => (this.path, this.file) = (path, file);

    /// <summary>What the end line says: how many entries there are, and their root.</summary>
    public (long Size, Hash Root) End { get; private set; }

    /// <summary>Holds what was read of it against its end line.</summary>
    /// <exception cref="LogDamagedException">It was changed.</exception>
    public void Check(MerkleTree tree)
    {
        if (tree.Size != End.Size || tree.Root(tree.Size) != End.Root)
        {
            throw new LogDamagedException($"{path} was changed: its entries have the root {tree.Root(tree.Size)}, and its last line says {End.Root}.");
        }
    }

    /// <summary>Opens a backup. Its lines are found, and not yet verified.</summary>
    /// <exception cref="FileNotFoundException">There is no such file.</exception>
    /// <exception cref="LogDamagedException">It is no backup, or was cut off.</exception>
    public static LogBackup Open(string path)
    {
        var backup = new LogBackup(path, new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 1 << 16, FileOptions.RandomAccess));
        try
        {
            backup.FindLines();
            return backup;
        }
        catch
        {
            backup.file.Dispose();
            throw;
        }
    }

    /// <summary>
    /// Writes a backup of all that is in a log now, whether or not somebody writes it meanwhile. Every leaf hash is checked
    /// on the way. The file appears under its name only when it is whole and on the disk.
    /// </summary>
    /// <param name="known">What was known of the log from outside; a log that contradicts it isn't backed up.</param>
    /// <param name="progress">Told how many entries have been written, now and then.</param>
    /// <exception cref="IOException">There is a file of that name already, or it can't be written.</exception>
    /// <exception cref="LogDamagedException">The log is damaged; nothing was kept.</exception>
    public static async Task<(long Size, Hash Root)> WriteAsync(IEventLog log, string path, KnownHead? known, Action<long>? progress = null, CancellationToken cancel = default)
    {
        if (File.Exists(path))
        {
            throw new IOException($"{path} is there already. A backup never overwrites one: name another file, or remove that one first.");
        }
        // A name of its own: what a killed run left behind is in nobody's way, and two at once don't mix.
        var part = $"{path}.{Guid.NewGuid():N}.part";
        try
        {
            MerkleTree tree;
            var options = new FileStreamOptions { Mode = FileMode.CreateNew, Access = FileAccess.Write, BufferSize = 1 << 16 };
            await using (var file = new FileStream(part, options))
            {
                tree = await CopyAsync(log, file, known, progress, cancel);
                await file.FlushAsync(cancel);
                file.Flush(flushToDisk: true);
            }
            File.Move(part, path);
            DirectorySync.Flush(Path.GetDirectoryName(Path.GetFullPath(path))!);
            return (tree.Size, tree.Root(tree.Size));
        }
        catch
        {
            File.Delete(part);
            throw;
        }
    }

    /// <summary>A backup is only read.</summary>
    public Task<AppendOutcome> AppendAsync(LogHead expected, IReadOnlyList<StoredEntry> entries, CancellationToken cancel = default) =>
        throw new InvalidOperationException($"{path} is a backup, which is only read.");

    public Task<IReadOnlyList<StoredEntry>> ReadAsync(long from, int count, CancellationToken cancel = default)
    {
        ArgumentOutOfRangeException.ThrowIfNegative(from);
        ArgumentOutOfRangeException.ThrowIfNegative(count);
        cancel.ThrowIfCancellationRequested();
        var read = new List<StoredEntry>();
        for (var position = from; position < End.Size && read.Count < count; position++)
        {
            read.Add(StoredEntry.Of(Line(position)));
        }
        return Task.FromResult<IReadOnlyList<StoredEntry>>(read);
    }

    /// <summary>A backup doesn't grow: this waits until it is cancelled.</summary>
    public Task WaitAsync(long after, CancellationToken cancel = default) =>
        after < End.Size ? Task.CompletedTask : Task.Delay(Timeout.Infinite, cancel);

    public ValueTask DisposeAsync() => file.DisposeAsync();

    private static async Task<MerkleTree> CopyAsync(IEventLog log, FileStream file, KnownHead? known, Action<long>? progress, CancellationToken cancel)
    {
        var tree = new MerkleTree();
        WriteLine(file, Encoding.ASCII.GetBytes(Head));
        while (await log.ReadAsync(tree.Size, ReadCount, cancel) is { Count: > 0 } read)
        {
            foreach (var stored in read)
            {
                if (!stored.IsSound)
                {
                    throw new LogDamagedException($"Entry {tree.Size}: the stored bytes don't match the leaf hash stored beside them.");
                }
                WriteLine(file, stored.Bytes.Span);
                tree.Append(stored.Leaf);
            }
            progress?.Invoke(tree.Size);
        }
        known?.Check(tree);
        WriteLine(file, Encoding.ASCII.GetBytes(string.Create(CultureInfo.InvariantCulture, $$"""{"end":true,"root":"{{tree.Root(tree.Size)}}","size":{{tree.Size}}}""")));
        return tree;
    }

    private static void WriteLine(FileStream file, ReadOnlySpan<byte> line)
    {
        file.Write(line);
        file.WriteByte((byte)'\n');
    }

    private void FindLines()
    {
        Span<byte> buffer = new byte[1 << 16];
        var ends = new List<long>();
        for (long at = 0; ;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, buffer, at);
            if (read == 0)
            {
                break;
            }
            for (var i = 0; i < read; i++)
            {
                if (buffer[i] == '\n')
                {
                    ends.Add(at + i);
                }
            }
            at += read;
        }
        lines.Add(0);
        lines.AddRange(ends.Select(e => e + 1));
        if (ends.Count == 0 || !Bytes(0, ends[0], 0).AsSpan().SequenceEqual(Encoding.ASCII.GetBytes(Head)))
        {
            throw new LogDamagedException($"{path} is no backup of a registry: its first line isn't {Head}.");
        }
        lines.RemoveAt(0);
        var entries = lines.Count - 2;
        var end = entries < 0 ? null : EndLine().Match(Encoding.UTF8.GetString(Bytes(lines[entries], ends[^1], entries)));
        if (end is not { Success: true } || ends[^1] + 1 != file.Length || !long.TryParse(end.Groups["size"].Value, CultureInfo.InvariantCulture, out var size))
        {
            throw new LogDamagedException($"{path} was cut off after entry {Math.Max(0, lines.Count - 1) - 1}: its last line isn't the one that ends a backup. Make the backup again, or take another.");
        }
        if (size != entries)
        {
            throw new LogDamagedException($"{path} holds {entries} entries, and its last line says {size}: lines are missing or were added.");
        }
        _ = Hash.TryParse(end.Groups["root"].Value, out var root);
        End = (size, root);
    }

    private byte[] Line(long position) => Bytes(lines[(int)position], lines[(int)position + 1] - 1, position);

    private byte[] Bytes(long from, long to, long position)
    {
        if (to - from > LongestLine)
        {
            throw new LogDamagedException($"{path}: entry {position} has {to - from} bytes; an entry has at most {LongestLine}.");
        }
        var line = new byte[to - from];
        for (var done = 0; done < line.Length;)
        {
            var read = RandomAccess.Read(file.SafeFileHandle, line.AsSpan(done), from + done);
            done += read > 0 ? read : throw new LogDamagedException($"{path} became shorter while it was read.");
        }
        return line;
    }

    [GeneratedRegex("""^\{"end":true,"root":"(?<root>[0-9a-f]{64})","size":(?<size>[0-9]{1,18})\}$""", RegexOptions.CultureInvariant)]
    private static partial Regex EndLine();
}

using PledgeRegistry.Log;

namespace PledgeRegistry.Sqlite.Tests;

/// <summary>A directory for the log of one test, removed after it.</summary>
internal sealed class LogDirectory : IDisposable
{
    private readonly string path = Directory.CreateTempSubdirectory("pledge-log-").FullName;

    public string Log => At("log.db");

    public string Wal => Log + "-wal";

    public string At(string name) => Path.Combine(path, name);

    public IEnumerable<string> Names => Directory.EnumerateFiles(path).Select(f => Path.GetFileName(f)!).Order(StringComparer.Ordinal);

    /// <summary>Makes a log of these entries, in batches of <paramref name="batch"/>, and closes it.</summary>
    public async Task<StoredEntry[]> WriteAsync(StoredEntry[] entries, int batch = 16)
    {
        await using var log = SqliteLog.OpenForWriting(Log);
        await AppendAsync(log, LogHead.Empty, entries, batch);
        return entries;
    }

    public static async Task<LogHead> AppendAsync(SqliteLog log, LogHead head, IEnumerable<StoredEntry> entries, int batch = 16)
    {
        foreach (var chunk in entries.Chunk(batch))
        {
            Assert.Equal(AppendOutcome.Appended, await log.AppendAsync(head, chunk));
            head = new LogHead(head.Size + chunk.Length, chunk[^1].Leaf);
        }
        return head;
    }

    public static StoredEntry[] Entries(int count, int seed = 1)
    {
        var random = new Random(seed);
        return [.. Enumerable.Range(0, count).Select(_ =>
        {
            var bytes = new byte[random.Next(1, 900)];
            random.NextBytes(bytes);
            return StoredEntry.Of(bytes);
        })];
    }

    public static async Task<List<StoredEntry>> ReadAllAsync(SqliteLog log)
    {
        var all = new List<StoredEntry>();
        while (await log.ReadAsync(all.Count, 100) is { Count: > 0 } read)
        {
            all.AddRange(read);
        }
        return all;
    }

    public async Task<List<StoredEntry>> ReadAllAsync()
    {
        await using var log = SqliteLog.OpenForReading(Log);
        return await ReadAllAsync(log);
    }

    public static void AssertSame(IEnumerable<StoredEntry> expected, IEnumerable<StoredEntry> actual) =>
        Assert.Equal(expected.Select(Shown), actual.Select(Shown));

    public static bool Same(StoredEntry a, StoredEntry b) => a.Leaf == b.Leaf && a.Bytes.Span.SequenceEqual(b.Bytes.Span);

    public void Dispose() => Directory.Delete(path, recursive: true);

    private static string Shown(StoredEntry e) => $"{e.Leaf} {Convert.ToHexString(e.Bytes.Span)}";
}

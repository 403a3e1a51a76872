using System.Text;
using PledgeRegistry.Log;
using PledgeRegistry.Transparency;
using Xunit;

namespace PledgeRegistry.LogContract;

/// <summary>
/// What every engine of <see cref="IEventLog"/> must do. An engine's test class inherits it and says how its log is
/// opened; each test has a log of its own.
/// </summary>
public abstract partial class EventLogContract : IAsyncLifetime
{
    /// <summary>Ends a test that would wait for ever. No test measures time by it.</summary>
    protected static readonly TimeSpan Patience = TimeSpan.FromSeconds(60);

    private readonly List<IEventLog> opened = [];

    protected IEventLog Log { get; private set; } = null!;

    /// <summary>Opens this test's log for reading and writing: empty the first time, and what was left in it after that.</summary>
    protected abstract Task<IEventLog> OpenLogAsync();

    /// <summary>Opens the same log once more, for reading, as another process would while the first is open.</summary>
    protected abstract Task<IEventLog> OpenReaderAsync();

    /// <summary>Opens the same log once more for writing; the same handle where only one process may write.</summary>
    protected virtual Task<IEventLog> OpenAnotherWriterAsync() => Task.FromResult(Log);

    /// <summary>Removes the log, after all handles were closed.</summary>
    protected virtual Task RemoveLogAsync() => Task.CompletedTask;

    public async Task InitializeAsync() => Log = await KeepAsync(OpenLogAsync());

    public async Task DisposeAsync()
    {
        foreach (var log in Enumerable.Reverse(opened).Distinct())
        {
            await log.DisposeAsync();
        }
        await RemoveLogAsync();
    }

    /// <summary>Closes every handle and opens the log again.</summary>
    protected async Task ReopenAsync()
    {
        foreach (var log in Enumerable.Reverse(opened).Distinct())
        {
            await log.DisposeAsync();
        }
        opened.Clear();
        Log = await KeepAsync(OpenLogAsync());
    }

    protected Task<IEventLog> ReaderAsync() => KeepAsync(OpenReaderAsync());

    private Task<IEventLog> AnotherWriterAsync() => KeepAsync(OpenAnotherWriterAsync());

    private async Task<IEventLog> KeepAsync(Task<IEventLog> opening)
    {
        var log = await opening;
        opened.Add(log);
        return log;
    }

    protected static StoredEntry Entry(string text) => StoredEntry.Of(Encoding.UTF8.GetBytes(text));

    protected static StoredEntry[] Entries(int count, string name = "entry") =>
        [.. Enumerable.Range(0, count).Select(i => Entry($$"""{"{{name}}":{{i}}}"""))];

    protected static StoredEntry EntryOf(int bytes, byte fill = (byte)'x')
    {
        var content = new byte[bytes];
        Array.Fill(content, fill);
        return StoredEntry.Of(content);
    }

    protected static LogHead HeadAfter(LogHead before, IReadOnlyList<StoredEntry> entries) => new(before.Size + entries.Count, entries[^1].Leaf);

    /// <summary>Appends entries that must be accepted, and says what the head is then.</summary>
    protected async Task<LogHead> AppendedAsync(LogHead expected, IReadOnlyList<StoredEntry> entries)
    {
        Assert.Equal(AppendOutcome.Appended, await Log.AppendAsync(expected, entries));
        return HeadAfter(expected, entries);
    }

    protected static async Task<List<StoredEntry>> ReadAllAsync(IEventLog log, int count = 1000)
    {
        var all = new List<StoredEntry>();
        while (true)
        {
            var read = await log.ReadAsync(all.Count, count);
            if (read.Count == 0)
            {
                return all;
            }
            Assert.True(read.Count <= count, $"{read.Count} entries were read, {count} were asked for.");
            all.AddRange(read);
        }
    }

    protected static void AssertSame(IEnumerable<StoredEntry> expected, IEnumerable<StoredEntry> actual) =>
        Assert.Equal(expected.Select(Shown), actual.Select(Shown));

    protected async Task AssertHoldsAsync(params StoredEntry[] expected) => AssertSame(expected, await ReadAllAsync(Log));

    private static string Shown(StoredEntry e) => $"{e.Leaf} {Convert.ToHexString(e.Bytes.Span)}";

    private static Hash OtherLeaf => MerkleTree.LeafHash("another history"u8);
}
